"""What may be shared names nobody: not one byte of any file, in parts within parts."""

from __future__ import annotations

import re

import pytest

from okrkit import read_folder, run_audit
from okrkit.brand import Brand
from okrkit.judge.calibration.run import run_calibration
from okrkit.show.pack.audit_pack import Judged
from okrkit.show.pack.files import FORMATS, file_of
from okrkit.show.pack.papers import papers

from ..invented_calibration import write_client  # noqa: TID252
from .reading import every_byte

NAMES = re.compile(rb"Canary|Ossa|K0\d\d|k001|Ghost\d|Soloist|Zanzibar")
MORE = {
    "objectives.csv": ["objective,title,team,owner,co_owners,cycle,level",
        "O1,Grow renewals,T1,K001,K002;Ghost1,2026-Q1,team",
        "O2,Grow sales,T2,Ghost2,,2026-Q1,team",
        "O3,Grow calm,Soloist9,K009,,2026-Q1,individual"],
    "key_results.csv": ["key_result,objective,text,driver",
        "R1,O1,Raise renewals from 82 % to 90 %,K001;K002",
        "R2,O2,Raise sales from 1 to 2,Ghost3",
        "R3,O3,Publish a plan,Canary Ossa9",
        "R4,O3,Publish a handbook,"],
    "check_ins.csv": ["key_result,date,status,author,note",
        "R1,2026-01-09,red,k001,Ask Canary Ossa2",
        "R2,2026-01-16,green,Ghost4,fine",
        "R3,2026-01-16,green,K001,fine"],
    "cycles.csv": ["cycle,start,end,length", "2026-Q1,2026-01-01,2026-03-31,quarter",
        "2026-Q2,2026-04-01,2026-06-30,quarter"],
}  # fmt: skip


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """A company whose people, and a team that is one person, have names found nowhere else."""
    folder = write_client(tmp_path_factory.mktemp("names") / "client")
    for name, lines in MORE.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (folder / "teams.csv").open("a") as file:
        file.write("Soloist9,Soloist Ossa9,individual\n")
    with (folder / "people.csv").open("a") as file:
        file.write("k001,Canary Ossa small,T1\n")
    tables = read_folder(folder)
    assert {note.kind for note in tables.notes} >= {"unresolved", "similar"}
    return Judged(run_audit(tables), run_calibration(tables))


@pytest.mark.parametrize("form", FORMATS)
def test_no_byte_of_a_shareable_file_holds_the_name_or_id_of_a_person(judged, form):
    made = papers(judged, "all", identified=False, inputs="0" * 16, brand=Brand())
    for paper in made:
        told = every_byte(file_of(paper, form))
        near = [told[max(0, at.start() - 60) : at.end() + 20] for at in NAMES.finditer(told)]
        assert near == []
        assert [at[0] for at in NAMES.finditer(told.replace(b"\0", b""))] == []


def test_the_same_company_with_names_holds_them_so_the_search_would_find_them(judged):
    made = papers(judged, "all", identified=True, inputs="0" * 16, brand=Brand())
    named = {one.name: one for one in made}
    for form in ("json", "xlsx", "pdf"):
        assert NAMES.search(every_byte(file_of(named["calibration-confidential"], form)))


def test_the_rows_of_a_finding_are_shown_without_who_drives_a_key_result(judged):
    (audit, _) = papers(judged, "all", identified=False, inputs="0" * 16, brand=Brand())
    page = file_of(audit, "html").decode()
    assert "Raise renewals from 82 %" in page
    assert "Drivers" not in page
    driver = next(one for one in judged.audit.statements[3].findings if one.rule == "one_driver")
    assert "Drivers" in driver.rows.header


def test_a_team_that_is_one_person_is_not_named(judged):
    rows = [
        row
        for one in judged.audit.statements
        for finding in one.findings
        for row in finding.rows.rows
    ]
    assert any("one person" in row for row in rows)
