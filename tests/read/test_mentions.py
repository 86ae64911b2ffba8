"""Where a client's files name one person, whatever else is wrong with them."""

from __future__ import annotations

import csv

import pytest
import xlsxwriter

from okrkit.read.mentions import mentions_of
from okrkit.schemas import SCHEMAS


@pytest.fixture
def folder(tmp_path):
    """A client whose person P1, Ada Reed, stands in ids, lists, texts and a sheet nobody knows."""
    files = {
        "people.csv": "person,name,manager\nP1,Ada Reed,\nP2,Bo,P1\nP11,Adam,P2\n",
        "teams.csv": "team,leader\nP1,P2\nT2,P1\n",
        "objectives.csv": 'objective,title,team,cycle,co_owners\nO1,Grow,P1,Q1,"P2; P1 "\n',
        "key_results.csv": 'key_result,objective,text,driver\nK1,O1,See Ada Reed,"P2;P1"\nK2,O1,adapt,Ada Reed & Bo\n',
        "changes.csv": "key_result,date,field,before,after\nK1,2026-01-05,driver,P1,P2\n",
        "answers.csv": "respondent,statement,answer\nP1,1,yes\nr2,1,no\n",
        "work.csv": "item,week,hours,person\nP1,2026-W02,1,P2\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with xlsxwriter.Workbook(str(tmp_path / "notes.xlsx")) as book:
        known, other = book.add_worksheet("grades"), book.add_worksheet("Talks, 2026")
        for at, row in enumerate(
            [["key_result", "manager", "cycle", "grade"], ["K1", "P1", "Q1", "?"]]
        ):
            known.write_row(at, 0, row)
        for at, row in enumerate(
            [[], ["who", "what"], ["P1", 3], ["x", "with Ada Reed"], ["P11", ""]]
        ):
            other.write_row(at, 0, row)
        hidden = book.add_worksheet("secret")
        hidden.write_row(0, 0, ["P1"])
        hidden.hide()
    (tmp_path / "letter.docx").write_bytes(b"Ada Reed")
    return tmp_path


def test_every_row_that_names_the_person_is_found_with_its_place(folder):
    found = mentions_of(folder, "P1")
    assert found.names == ("P1", "Ada Reed")
    assert {(row.file, row.sheet, row.row, row.named_in) for row in found.rows} == {
        ("people.csv", "", 2, ("person", "name")),
        ("people.csv", "", 3, ("manager",)),
        ("teams.csv", "", 3, ("leader",)),  # row 2 is a team that happens to be called P1
        ("objectives.csv", "", 2, ("co_owners",)),
        ("key_results.csv", "", 2, ("text", "driver")),
        ("key_results.csv", "", 3, ("driver",)),  # where a name stands for the id
        ("changes.csv", "", 2, ("before",)),
        ("answers.csv", "", 2, ("respondent",)),
        ("notes.xlsx", "grades", 2, ("manager",)),  # although its grade cannot be read
        ("notes.xlsx", "Talks, 2026", 3, ("who",)),
        ("notes.xlsx", "Talks, 2026", 4, ("what",)),
    }


def test_what_was_not_looked_into_is_said(folder):
    told = " ".join(mentions_of(folder, "P1").unread)
    assert "letter.docx" in told
    assert "secret" in told


def test_the_places_are_told_sheet_by_sheet(folder):
    assert "people.csv: rows 2-3" in mentions_of(folder, "P1").places()
    assert "notes.xlsx, sheet Talks, 2026: rows 3-4" in mentions_of(folder, "P1").places()
    assert mentions_of(folder, "P11").places() == (
        "notes.xlsx, sheet Talks, 2026: row 5", "people.csv: row 4",
    )  # fmt: skip


def test_a_name_the_files_do_not_give_can_be_added(folder):
    assert mentions_of(folder, "P9").rows == ()
    assert [row.file for row in mentions_of(folder, "P9", ["Adam"]).rows] == ["people.csv"]
    assert mentions_of(folder, "P9", ["adam", "Ada"]).rows != ()


def test_rows_come_out_as_they_stand_in_the_file(folder):
    tables = mentions_of(folder, "P1").as_tables()
    assert set(tables) == {
        "files/people", "files/teams", "files/objectives", "files/key_results", "files/changes",
        "files/answers", "files/grades", "files/notes-Talks-2026",
    }  # fmt: skip
    columns, rows = tables["files/objectives"]
    assert columns == [
        "okrkit.file", "okrkit.sheet", "okrkit.row",
        "objective", "title", "team", "cycle", "co_owners",
    ]  # fmt: skip
    assert [list(row[name] for name in columns) for row in rows] == [
        ["objectives.csv", "", "2", "O1", "Grow", "P1", "Q1", "P2; P1"]
    ]


OF_PEOPLE = {
    "teams": ["leader"], "people": ["person", "manager"], "groups": ["person"],
    "objectives": ["owner", "co_owners"], "key_results": ["driver"], "check_ins": ["author"],
    "grades": ["manager", "person"], "answers": ["respondent"], "work": ["person"],
    "commitments": ["person"], "reviews": ["person"], "pay": ["person"], "development": ["person"],
    "exercise": ["manager"],
}  # fmt: skip


@pytest.mark.parametrize("table", SCHEMAS)
def test_of_the_columns_of_ids_those_of_people_name_a_person_and_no_others(tmp_path, table):
    columns = SCHEMAS[table].columns
    cells = ["Canary" if one.kind in ("id", "ids") else "" for one in columns]
    lines = (",".join(one.name for one in columns), ",".join(cells))
    (tmp_path / f"{table}.csv").write_text("\n".join(lines) + "\n")
    found = [name for row in mentions_of(tmp_path, "Canary").rows for name in row.named_in]
    assert found == OF_PEOPLE.get(table, [])


@pytest.mark.parametrize("person", ["P001", "P017", "P042"])
def test_in_the_sample_company_nothing_is_missed_or_added(sample_folder, person):
    """Counted with the csv module: its ids of people are no other table's ids."""
    expected = {}
    for path in sample_folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.reader(file)][1:]
        count = sum(any(person in cell.split(";") for cell in row) for row in rows)
        if count:
            expected[path.name] = count
    found = {}
    for row in mentions_of(sample_folder, person).rows:
        if person in ";".join(row.cells.values()).split(";"):
            found[row.file] = found.get(row.file, 0) + 1
    assert found == expected != {}
