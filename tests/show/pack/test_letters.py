"""A manager's letter: the own figures, a refusal that says why, and not one byte of anybody else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from okrkit import run_audit
from okrkit.brand import Brand
from okrkit.show.own_page import TALK
from okrkit.show.pack.audit_pack import Judged
from okrkit.show.pack.files import FORMATS, file_of
from okrkit.show.pack.letter import letter_names
from okrkit.show.pack.papers import papers
from okrkit.tables import empty_tables

from ..invented_calibration import calibration, managers  # noqa: TID252
from .reading import every_byte


def letters(result):
    judged = Judged(run_audit(empty_tables()), result)
    made = papers(judged, "letters", identified=True, inputs="0" * 16, brand=Brand())
    return {one.name: one for one in made}


@pytest.fixture(scope="module")
def named():
    """Forty managers whose names, ids and teams are each found only where they are written."""
    whole = calibration()
    marked = tuple(
        replace(
            one,
            manager=f"Zid{k:03}",
            name=f"Znam{k:03}",
            team=f"Zteam{k:03}",
            why=f"Because of Zwhy{k:03}.",
        )
        for k, one in enumerate(whole.managers, 1)
    )
    return letters(replace(whole, managers=marked))


def test_there_is_one_letter_a_manager_named_by_the_id(named):
    assert sorted(named) == [f"letters/Zid{k:03}" for k in range(1, 41)]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("k", [1, 12, 40])
def test_no_byte_of_a_letter_is_of_another_manager(named, k, form):
    told = every_byte(file_of(named[f"letters/Zid{k:03}"], form)).replace(b"\0", b"")
    found = set(re.findall(rb"Z(?:id|nam|team|why)(\d{3})", told))
    assert found == {b"%03d" % k}
    assert b"Harbour" not in told
    assert b"Confidential: for the manager it is written to, and HR." in told


@pytest.mark.parametrize("form", FORMATS)
def test_the_letter_says_what_the_managers_own_page_says(named, form):
    told = every_byte(file_of(named["letters/Zid001"], form)).decode("utf-8", "replace")
    assert "Your grades lie clearly below comparable grades" in told
    assert TALK[:40] in told


def test_a_letter_is_one_page(named):
    for k in (1, 5, 12, 40):
        told = file_of(named[f"letters/Zid{k:03}"], "pdf")
        assert len(re.findall(rb"/Type\s*/Page\b", told)) == 1


def test_who_cannot_be_compared_gets_a_letter_that_says_why():
    few = letters(calibration(managers=managers()[:3]))
    assert len(few) == 3
    for one in few.values():
        assert one.pack.verdict == "Your grades are not held against those of others here."
        assert "at least 5 other managers" in one.pack.sections[0].paragraphs[0]
        assert one.pack.sections[2].unknown


def test_a_hostile_id_names_a_file_of_the_folder_and_nothing_else():
    ids = ["../../etc/passwd", "P4", "p4", "CON", "", "a" * 300, "日本", "x\0y", "-rf", "P 5", ".."]
    names = letter_names(ids)
    assert len({name.casefold() for name in names.values()}) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,60}", name) for name in names.values())
    assert letter_names(["P004"]) == {"P004": "P004"}
