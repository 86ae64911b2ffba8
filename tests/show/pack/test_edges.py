"""Data at its edges through every form: one of everything, very many, very long, any script."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import docx
import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

from okrkit import Tables, run_audit
from okrkit.brand import Brand
from okrkit.judge.calibration.run import run_calibration
from okrkit.show.pack.audit_pack import Judged
from okrkit.show.pack.files import FORMATS, file_of
from okrkit.show.pack.papers import papers
from okrkit.tables import empty_tables

from ..invented_calibration import calibration  # noqa: TID252
from .reading import every_byte

ODD = {
    "long": "word " * 6_400,
    "unbroken": "x" * 32_000,
    "right to left": "\u200fשלום עולם، مرحبا",
    "emoji": "🌊👩‍👩‍👧‍👦 Ana",
    "cjk": "日本語",
    "control": "a\x00b\x0bc\uffff",
    "live": "=HYPERLINK(\"x\")&<b>{{7*7}}#panic()",
    "lines": "one\r\ntwo\n\nthree\u2028four",
}  # fmt: skip


def made(audit, comparison):
    judged = Judged(audit, comparison)
    return list(papers(judged, "all", identified=True, inputs="0" * 16, brand=Brand()))


def opened(whole: bytes, form: str):
    """The file as another program than wrote it reads it."""
    readers = {"xlsx": openpyxl.load_workbook, "docx": docx.Document, "pptx": Presentation}
    if form in readers:
        return readers[form](io.BytesIO(whole))
    if form == "pdf":
        assert whole[:5] == b"%PDF-"
        return whole
    return json.loads(whole) if form == "json" else whole.decode("utf-8-sig")


def one_of_each() -> Tables:
    rows = {
        "teams": [{"team": "T1", "name": "Harbour", "level": "team"}],
        "people": [{"person": "P1", "name": "Ada", "team": "T1"}, {"person": "P2", "team": "T1"}],
        "objectives": [{"objective": "O1", "title": "Grow", "team": "T1", "cycle": "Q1"}],
        "key_results": [
            {"key_result": "K1", "objective": "O1", "text": "Raise it", "driver": "P2"}
        ],
        "grades": [
            {"key_result": "K1", "manager": "P1", "person": "P2", "cycle": "Q1", "grade": "0.7"}
        ],
        "answers": [{"respondent": "R1", "statement": "1", "answer": "yes"}],
    }
    return Tables.from_frames(**{name: pd.DataFrame(given) for name, given in rows.items()})


@pytest.mark.parametrize("form", FORMATS)
def test_one_team_with_one_manager_gives_every_paper_and_nothing_is_told_of_anybody(form):
    tables = one_of_each()
    audit, pre_read, letter = made(run_audit(tables), run_calibration(tables))
    for paper in (audit, pre_read, letter):
        opened(file_of(paper, form), form)
    assert letter.pack.verdict == "Your grades are not held against those of others here."
    assert all(part.unknown for part in pre_read.pack.sections if part.key in ("managers", "sure"))


def test_nothing_at_all_gives_an_audit_and_a_pre_read_and_no_letter():
    names = [one.name for one in made(run_audit(empty_tables()), run_calibration(empty_tables()))]
    assert names == ["audit", "calibration-confidential"]


SLOW = [pytest.param(form, marks=pytest.mark.long) if form == "pptx" else form for form in FORMATS]


@pytest.mark.parametrize("form", SLOW)
def test_whatever_managers_and_teams_are_called_the_files_open(form):
    whole = calibration(24)
    odd = tuple(
        replace(one, name=text, team=text, why=text)
        for one, text in zip(whole.managers, ODD.values(), strict=False)
    )
    mixed = replace(whole, managers=(*odd, *whole.managers[len(odd) :]), client=ODD["emoji"])
    _, pre_read, *letters = made(run_audit(empty_tables()), mixed)
    assert len(letters) == 24
    for paper in (pre_read, letters[0], letters[2], letters[5], letters[6]):
        told = file_of(paper, form)
        opened(told, form)
        assert b"<b>{{7" not in told if form == "html" else True
    if form in ("docx", "pptx", "xlsx", "json", "csv"):
        assert "שלום" in every_byte(file_of(pre_read, form)).decode("utf-8", "replace")


@pytest.mark.long
@pytest.mark.parametrize("form", FORMATS)
def test_four_hundred_managers_stand_in_every_form(form):
    _, pre_read, *letters = made(run_audit(empty_tables()), calibration(400))
    assert len(letters) == 400
    told = file_of(pre_read, form)
    opened(told, form)
    assert b"Ossa400" in every_byte(told)
