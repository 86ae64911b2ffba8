"""Managers in the audit pack: no name, no row, no count below five."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from okrkit import run_audit
from okrkit.show.pack.audit_pack import Judged, audit_pack
from okrkit.show.pack.content import words_of
from okrkit.show.pack.files import FORMATS, file_of
from okrkit.show.pack.managers import managers_section
from okrkit.show.pack.papers import audit_paper
from okrkit.show.shareable import shareable
from okrkit.tables import empty_tables

from ..invented_calibration import calibration, managers  # noqa: TID252


def every_byte(whole: bytes) -> bytes:
    """A file with all its parts unpacked, parts within parts as well."""
    if whole[:2] != b"PK":
        return whole
    parts = zipfile.ZipFile(io.BytesIO(whole))
    return b"".join(name.encode() + every_byte(parts.read(name)) for name in parts.namelist())


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "pdf"])
def test_no_manager_and_no_team_of_a_manager_is_named_in_any_byte(form):
    judged = Judged(run_audit(empty_tables()), calibration())
    whole = every_byte(file_of(audit_paper(audit_pack(judged, inputs="0" * 16), judged), form))
    assert b"show no material difference" in whole
    assert re.findall(rb"Canary|Ossa|Harbour|K0\d\d", whole) == []


def test_verdicts_shared_by_fewer_than_five_are_counted_together():
    section = managers_section(shareable(calibration()))
    (counts,) = [table for table in section.tables if table.key == "managers_verdicts"]
    # Of 40: 29 alike, 7 nobody can tell of (5 too near, 1 too few, 1 apart), 2 severe and 2 generous: 11 together.
    assert [(words_of(word), n.value) for word, n in counts.rows] == [
        ("No material difference", 29),
        ("Other verdicts, some too few to count", 11),
    ]


def test_too_few_managers_is_said_and_no_table_is_shown():
    section = managers_section(shareable(calibration(managers=managers()[:3])))
    assert section.tables == ()
    assert "Fewer than 5 managers could be compared" in section.unknown
