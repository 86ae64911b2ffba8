"""The sheets people fill in: only the blanks are open, and each says what it takes."""

from __future__ import annotations

import zipfile

import pytest

from okrkit.judge.agreed import Agreed

from .filled_in import INPUTS, cell, company, written


@pytest.fixture
def book(tmp_path):
    return written(tmp_path / "pack.xlsx")


BLANKS = {"Plan": ["Owner", "Date", "Status", "Comment"], "Grades": ["Grade agreed", "Reason"]}


@pytest.mark.parametrize("sheet", BLANKS)
def test_only_the_blanks_are_unlocked(book, sheet):
    page = book[sheet]
    assert page.protection.sheet
    rows = 2 if sheet == "Plan" else 3
    due = {
        cell(book, sheet, row, name).coordinate
        for row in range(1, rows + 1)
        for name in BLANKS[sheet]
    }
    found = {one.coordinate for row in page.iter_rows() for one in row if not one.protection.locked}
    assert found == due


def test_sheets_without_blanks_are_the_readers_to_work_with(book):
    locked = [page.title for page in book if page.protection.sheet]
    assert locked == ["Plan", "Grades"]


def test_each_blank_says_what_it_takes(book):
    rules = book["Plan"].data_validations.dataValidation
    assert [(rule.type, rule.formula1) for rule in rules] == [
        ("textLength", "120"),
        ("date", "32874"),
        ("list", '"open,agreed,done,dropped"'),
        ("textLength", "1000"),
    ]
    assert all(rule.error.startswith("Expected ") for rule in rules)


def test_a_sheet_with_grades_on_one_scale_of_numbers_takes_no_other_number(book, tmp_path):
    assert [rule.type for rule in book["Grades"].data_validations.dataValidation] == ["textLength"]
    tables = company()
    one = type(tables)(**{**vars(tables), "grades": tables.grades.head(2)})
    (grade, _) = written(tmp_path / "b.xlsx", tables=one)["Grades"].data_validations.dataValidation
    assert (grade.type, grade.formula1, grade.formula2) == ("decimal", "0", "1")


def test_keys_and_checks_are_hidden_and_the_mark_names_the_input(book):
    page, key = book["Grades"], cell(book, "Grades", 1, "okrkit key")
    hidden = page.column_dimensions[key.column_letter]
    assert (hidden.hidden, hidden.max) == (True, key.column + 1)
    assert INPUTS in page.cell(1, key.column).value


def test_a_grade_stands_on_its_own_scale_with_the_names_the_records_give(book):
    rows = [[cell(book, "Grades", row, name).value for name in
             ("Key result", "Person", "Manager", "Scale", "Grade now")] for row in (1, 2, 3)]  # fmt: skip
    assert rows == [
        ["K1 Raise renewals", "=Pia (P1)", "Mona Lund (M1)", "0-1", 0.6],
        ["K2 -1 on the list", "P2", "Mona Lund (M1)", "0-1", 0.75],
        ["K3 Cut defects", None, "M2", "1-5", 4],
    ]
    assert [cell(book, "Grades", row, "Grade now").number_format for row in (1, 2)] == [
        "#,##0.0",
        "#,##0.00",
    ]


def test_what_was_agreed_before_is_filled_in(tmp_path):
    ids = ("K1", "M1", "P1", "Q1")
    book = written(tmp_path / "a.xlsx", agreed={ids: Agreed(*ids, 0.6, 0.7, "=seen")}.items())
    assert cell(book, "Grades", 1, "Grade agreed").value == 0.7
    assert cell(book, "Grades", 1, "Reason").value == "=seen"
    parts = zipfile.ZipFile(tmp_path / "a.xlsx")
    assert not [name for name in parts.namelist() if b"<f>" in parts.read(name) and "sheet" in name]


def test_a_name_that_is_filled_in_stands_nowhere_but_in_its_cell(tmp_path):
    book = written(tmp_path / "a.xlsx")
    cell(book, "Plan", 1, "Owner").value = None
    book.save(tmp_path / "b.xlsx")
    parts = zipfile.ZipFile(tmp_path / "b.xlsx")
    assert not [name for name in parts.namelist() if b">Bo<" in parts.read(name)]
