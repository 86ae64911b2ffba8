"""A workbook that comes back: blanks are taken, and whatever else was changed is told with its place."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from okrkit.errors import InputError
from okrkit.judge.agreed import Agreed
from okrkit.judge.plan import PlanStep

from .filled_in import STEPS, cell, come_back, company, written

K1 = ("K1", "M1", "P1", "Q1")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "pack.xlsx"


@pytest.fixture
def book(path):
    return written(path)


def fill(book, path, *entries):
    """Enter values, each given as (sheet, row, column, value), and save."""
    for sheet, row, column, value in entries:
        cell(book, sheet, row, column).value = value
    book.save(path)


def problems_of(path, **given):
    filled, found = come_back(path, **given)
    return (*filled.problems, *found.problems)


def test_a_workbook_nobody_filled_in_changes_nothing(path, book):
    filled, found = come_back(path)
    assert (filled.problems, filled.told) == ((), ())
    assert len(filled.rows) == 5
    assert (found.steps, found.agreed, found.changes, found.problems) == ((), (), (), ())


def test_what_a_person_fills_in_comes_back_and_is_told_by_row(path, book):
    fill(
        book, path,
        ("Plan", 2, "Owner", " Ada  Reed "), ("Plan", 2, "Date", date(2026, 10, 31)),
        ("Plan", 1, "Status", "Agreed"), ("Plan", 1, "Comment", "first line\nsecond"),
        ("Grades", 1, "Grade agreed", 0.7), ("Grades", 1, "Reason", "Renewals were late."),
        ("Grades", 3, "Grade agreed", "3"), ("Grades", 3, "Reason", "Counted twice."),
    )  # fmt: skip
    filled, found = come_back(path)
    assert (*filled.problems, *found.problems) == ()
    assert found.steps == (
        replace(STEPS[0], status="agreed", comment="first line\nsecond"),
        replace(STEPS[1], owner="Ada Reed", due="2026-10-31"),
    )
    assert found.agreed == (
        Agreed(*K1, 0.6, 0.7, "Renewals were late."),
        Agreed("K3", "M2", "", "Q1", 0.75, 0.5, "Counted twice."),
    )
    assert [str(one).split(": ", 1) for one in found.changes] == [
        ["Plan, row 8, “Name one driver.”", "Status: nothing → 'agreed'; Comment: nothing → 'first line second'"],
        ["Plan, row 9, “Train on own examples.”", "Owner: nothing → 'Ada Reed'; Date: nothing → '2026-10-31'"],
        ["Grades, row 12, “K1 Raise renewals”", "Grade agreed: nothing → '0.7'; Reason: nothing → 'Renewals were late.'"],
        ["Grades, row 14, “K3 Cut defects”", "Grade agreed: nothing → '3'; Reason: nothing → 'Counted twice.'"],
    ]  # fmt: skip


def test_a_blank_that_is_emptied_is_a_change_too(path, book):
    fill(book, path, ("Plan", 1, "Owner", None))
    _, found = come_back(path)
    assert found.steps == (replace(STEPS[0], owner=""),)
    before = {K1: Agreed(*K1, 0.6, 0.7, "Late.")}.items()
    again = written(path, agreed=before)
    fill(again, path, ("Grades", 1, "Grade agreed", None), ("Grades", 1, "Reason", None))
    _, found = come_back(path, agreed=before)
    assert found.agreed == (Agreed(*K1, 0.6, None, ""),)


@pytest.mark.parametrize(
    ("sheet", "column", "value", "expected"),
    [
        ("Plan", "Step", "Another step.", "'Name one driver.'"),
        ("Plan", "Asked for by", None, "'8 have none.'"),
        ("Grades", "Grade now", 0.9, "'0.6'"),
        ("Grades", "Manager", "Somebody else", "'Mona Lund (M1)'"),
        ("Grades", "okrkit check", "0 0 0", "it as written"),
    ],
)
def test_a_changed_locked_cell_is_told_with_its_place(path, book, sheet, column, value, expected):
    place = f"{sheet}!{cell(book, sheet, 1, column).coordinate}"
    fill(book, path, (sheet, 1, column, value))
    (problem,) = problems_of(path)
    assert (problem.sheet, problem.row, problem.column) == (
        sheet, cell(book, sheet, 1, column).row, column,
    )  # fmt: skip
    assert problem.expected == expected
    assert place in problem.found or column == "okrkit check"


def test_everything_wrong_is_told_at_once(path, book):
    fill(
        book, path,
        ("Plan", 1, "Date", "31.10.2026"), ("Plan", 2, "Status", "nearly"), ("Plan", 2, "Owner", "x" * 121),
        ("Grades", 1, "Grade agreed", 7), ("Grades", 2, "Grade agreed", 0.5),
        ("Grades", 3, "Reason", "because"),
    )  # fmt: skip
    assert [(one.sheet, one.row, one.column) for one in problems_of(path)] == [
        ("Plan", 8, "Date"), ("Plan", 9, "Owner"), ("Plan", 9, "Status"),
        ("Grades", 12, "Grade agreed"), ("Grades", 13, "Reason"), ("Grades", 14, "Grade agreed"),
    ]  # fmt: skip


def test_a_changed_grade_without_a_reason_is_refused_and_one_that_stays_is_not(path, book):
    fill(book, path, ("Grades", 1, "Grade agreed", 0.6), ("Grades", 2, "Grade agreed", 0.5))
    (problem,) = problems_of(path)
    assert str(problem) == (
        "pack.xlsx, sheet Grades, row 13, column Reason: 0.5 without a reason. Expected the reason, "
        "beside a grade that is to be another one. Mend the cell, save the file and run this again."
    ).replace(": 0.5", ": '0.5'")
    assert come_back(path)[1].agreed == (Agreed(*K1, 0.6, 0.6, ""),)


def test_a_formula_in_a_blank_is_refused_with_and_without_its_value(path, book):
    fill(book, path, ("Plan", 1, "Comment", "=1+1"))
    assert [one.column for one in problems_of(path)] == ["Comment"]
    with zipfile.ZipFile(path) as parts:
        whole = {name: parts.read(name) for name in parts.namelist()}
    with zipfile.ZipFile(path, "w") as parts:
        for name, data in whole.items():
            parts.writestr(name, re.sub(rb"(<f>1[+]1</f>)<v(?: */>|></v>)", rb"\1<v>2</v>", data))
    (problem,) = problems_of(path)
    assert problem.found == "a formula, or an error: '2'"


def test_texts_that_programs_write_each_their_own_way_count_as_unchanged(path):
    hostile = ("=1+1", "\tx", "a\x07b", "  lead", "line\r\nbreak", "🌊 \u200fשלום", "0123", "1e5",
               "2026-01-01", "x" * 40_000, "#N/A", "1,5", "e\u0301", "\ufffe", "_x0007_")  # fmt: skip
    steps = tuple(
        PlanStep(f"4.{at}", 4, text, "this week", text) for at, text in enumerate(hostile)
    )
    book = written(path, steps=steps)
    for _ in ("as written", "as another program saves it"):
        filled, found = come_back(path, steps=steps)
        assert (filled.problems, found.changes, found.problems) == ((), (), ())
        assert len(filled.rows) == len(hostile) + 3
        book.save(path)


def test_a_day_with_a_time_and_a_number_as_a_name_are_read(path, book):
    fill(book, path, ("Plan", 2, "Date", datetime(2026, 11, 2)), ("Plan", 2, "Owner", 17))
    assert come_back(path)[1].steps == (replace(STEPS[1], owner="17", due="2026-11-02"),)


def test_sorted_rows_and_a_renamed_sheet_are_read_all_the_same(path, book):
    page = book["Plan"]
    rows = [[one.value for one in page[number]] for number in (9, 8)]
    for number, values in enumerate(rows, 8):
        for column, value in enumerate(values, 1):
            page.cell(number, column).value = value
    cell(book, "Plan", 1, "Owner").value = "Ada"
    page.title = "Our plan"
    book.save(path)
    filled, found = come_back(path)
    assert filled.problems == ()
    assert found.steps == (replace(STEPS[1], owner="Ada"),)


def test_rows_and_columns_taken_out_or_added_are_told(path, book):
    page = book["Plan"]
    page.delete_rows(9)
    page.cell(9, 1).value = "A step of our own"
    page.cell(7, 12).value = "Budget"
    book.save(path)
    (problem,) = problems_of(path)
    assert (problem.row, problem.column) == (7, "Budget")
    page.cell(7, 12).value = None
    book.save(path)
    assert [(one.row, one.found) for one in problems_of(path)] == [
        (9, "a row of your own, or one whose hidden key is gone"),
        (None, "no row for “Train on own examples.”"),
    ]
    page.delete_cols(5)
    book.save(path)
    assert ("no such column", "Owner") in [(one.found, one.column) for one in problems_of(path)]


def test_a_copied_row_and_a_copied_sheet_are_told(path, book):
    page = book["Plan"]
    for column in range(1, 11):
        page.cell(10, column).value = page.cell(8, column).value
    book.save(path)
    assert [(one.row, one.found) for one in problems_of(path)] == [(10, "a row twice")]
    book.copy_worksheet(page)
    book.save(path)
    with pytest.raises(InputError, match="the sheet plan twice"):
        come_back(path)


def test_merged_cells_and_a_header_that_is_gone_are_told(path, book):
    book["Plan"].merge_cells("A8:A9")
    book["Grades"].delete_rows(11)
    book.save(path)
    assert [one.found for one in problems_of(path)] == [
        "merged cells", "no header, or its hidden columns are gone",
    ]  # fmt: skip


def test_a_file_for_another_client_is_refused_and_other_records_are_said(path, book):
    assert {one.found for one in problems_of(path, client="Otter")} == {
        "a workbook written for another client"
    }
    filled, _ = come_back(path, inputs="f" * 16)
    assert [told[:16] for told in filled.told] == ["Plan was written", "Grades was writt"]
    assert all("0123456789abcdef" in told and "f" * 16 in told for told in filled.told)


def test_a_plan_stands_when_its_findings_have_changed_and_a_grade_does_not(path, book):
    fill(
        book,
        path,
        ("Plan", 2, "Owner", "Ada"),
        ("Grades", 2, "Grade agreed", 0.5),
        ("Grades", 2, "Reason", "x"),
    )
    later = (STEPS[0], replace(STEPS[1], because="60 % are outputs."))
    filled, found = come_back(path, steps=later, tables=company(0.8))
    assert (*filled.problems, *found.problems) == ()
    assert found.steps == (replace(later[1], owner="Ada"),)
    fill(book, path, ("Grades", 1, "Grade agreed", 0.7), ("Grades", 1, "Reason", "x"))
    (problem,) = problems_of(path, steps=later, tables=company(0.8))
    assert problem.found == "'0.6', which is '0.8' on record now"


def test_what_was_entered_elsewhere_meanwhile_is_neither_lost_nor_written_over(path, book):
    theirs = (replace(STEPS[0], owner="Cy", status="open"), STEPS[1])
    assert problems_of(path, steps=theirs) == ()
    assert come_back(path, steps=theirs)[1].steps == ()
    fill(book, path, ("Plan", 1, "Owner", "Ada"), ("Plan", 1, "Status", "Open"))
    (problem,) = problems_of(path, steps=theirs)
    assert problem.found == "'Ada'; meanwhile 'Cy' was entered elsewhere"


def test_a_reason_does_not_bring_an_overtaken_grade_back(path):
    before = {K1: Agreed(*K1, 0.6, 0.7, "Late.")}
    later = {K1: Agreed(*K1, 0.6, 0.8, "Late.")}
    fill(written(path, agreed=before.items()), path, ("Grades", 1, "Reason", "Late, in May."))
    assert come_back(path, agreed=before.items())[1].agreed == (
        Agreed(*K1, 0.6, 0.7, "Late, in May."),
    )
    (problem,) = problems_of(path, agreed=later.items())
    assert (problem.column, problem.found) == (
        "Grade agreed", "'0.7'; meanwhile '0.8' was entered elsewhere",
    )  # fmt: skip


def test_what_was_filled_in_before_comes_back_as_it_was(path):
    steps = (replace(STEPS[0], due="2026-10-01", status="agreed", comment="a\nb"), STEPS[1])
    written(path, steps=steps)
    filled, found = come_back(path, steps=steps)
    assert (filled.problems, found.changes) == ((), ())


def test_a_form_the_folder_does_not_give_is_told(path, book):
    tables = company()
    none = type(tables)(**{**vars(tables), "grades": tables.grades.head(0)})
    (problem,) = problems_of(path, tables=none)
    assert (problem.sheet, problem.found) == ("Grades", "a form the folder does not give: grades")


def test_a_step_no_longer_asked_for_counts_only_when_something_was_entered(path, book):
    assert problems_of(path, steps=STEPS[:1]) == ()
    fill(book, path, ("Plan", 2, "Owner", "Ada"))
    (problem,) = problems_of(path, steps=STEPS[:1])
    assert "which the folder no longer gives" in problem.found


@pytest.mark.parametrize("name", ["pack.xlsm", "pack.ods", "pack"])
def test_only_a_workbook_without_macros_is_taken(tmp_path, name):
    (tmp_path / name).touch()
    with pytest.raises(InputError, match="without macros"):
        come_back(tmp_path / name)


def test_another_file_is_no_pack(path):
    with pytest.raises(InputError, match="no file there"):
        come_back(path)
    path.write_text("owner,date\n")
    with pytest.raises(InputError, match="damaged workbook"):
        come_back(path)
    openpyxl.Workbook().save(path)
    with pytest.raises(InputError, match="no sheet to fill in"):
        come_back(path)
