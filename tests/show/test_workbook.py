"""The plan as a workbook: what people fill in comes back, and nothing in it comes alive."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from okrkit import run_audit
from okrkit.errors import InputError, UsageError
from okrkit.judge.plan import PlanStep
from okrkit.show.workbook import NAMES, read_plan, write_plan
from okrkit.tables import empty_tables

STEPS = (
    PlanStep("4.driver", 4, "Name one driver.", "this week", "8 have none."),
    PlanStep("5.train", 5, "Train on own examples.", "one cycle", "63 % are outputs."),
)
LIVE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    '=HYPERLINK("x")',
    "{=1}",
    "0123",
    "1e5",
    "https://example.org",
)
HEADER_ROW = 4


def audit_with(*steps: PlanStep, **changes):
    return replace(
        run_audit(empty_tables()), **{"client": "Harbour & Sons", "plan": steps, **changes}
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "plan.xlsx"


@pytest.fixture
def book(path):
    """A written plan, open for a person to fill in; `save` it with book.save(path)."""
    write_plan(audit_with(*STEPS), path)
    return openpyxl.load_workbook(path)


def cell(book, row, name):
    return book["Plan"].cell(HEADER_ROW + row, NAMES.index(name) + 1)


def test_a_plan_comes_back_as_it_was_written(path):
    step = replace(STEPS[0], owner="Ada", due="2026-10-01", status="agreed", comment="a\nb")
    write_plan(audit_with(step, STEPS[1]), path)
    assert read_plan(path) == (step, STEPS[1])


def test_what_a_person_fills_in_comes_back(book, path):
    cell(book, 1, "Owner").value = "  Priya "
    cell(book, 1, "Date").value = date(2026, 10, 31)
    cell(book, 1, "Status").value = "Agreed"
    cell(book, 2, "Date").value = datetime(2026, 11, 2)  # noqa: DTZ001
    cell(book, 2, "Owner").value = 17
    book.save(path)
    first, second = read_plan(path)
    assert (first.owner, first.due, first.status) == ("Priya", "2026-10-31", "agreed")
    assert (second.owner, second.due, second.status) == ("17", "2026-11-02", "")


def test_a_date_written_as_text_counts_when_it_is_plain(book, path):
    cell(book, 1, "Date").value = "2026-10-31"
    book.save(path)
    assert read_plan(path)[0].due == "2026-10-31"


def test_a_sorted_plan_is_read_all_the_same(book, path):
    sheet = book["Plan"]
    rows = [[cell.value for cell in sheet[HEADER_ROW + row]] for row in (2, 1)]
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            sheet.cell(HEADER_ROW + row, column).value = value
    book.save(path)
    assert [step.key for step in read_plan(path)] == ["5.train", "4.driver"]


@pytest.mark.parametrize("text", LIVE)
def test_a_text_stays_text_however_it_begins(path, text):
    step = replace(STEPS[0], owner=text, comment=text, because=text)
    write_plan(audit_with(step, client=text), path)
    with zipfile.ZipFile(path) as parts:
        assert all(b"<f>" not in parts.read(name) for name in parts.namelist())
        assert not any("hyperlink" in name.lower() for name in parts.namelist())
    (read,) = read_plan(path)
    assert (read.owner, read.comment) == (text.strip(), text.strip())
    assert openpyxl.load_workbook(path)["Plan"].cell(HEADER_ROW + 1, 5).data_type == "s"


@pytest.mark.parametrize("changes", [{}, {"as_of": date(2026, 9, 30)}])
def test_the_same_audit_gives_the_same_bytes(tmp_path, changes):
    files = [tmp_path / name for name in ("one.xlsx", "two.xlsx")]
    for file in files:
        write_plan(audit_with(*STEPS, **changes), file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_the_header_stays_in_sight_the_key_does_not_and_cells_say_what_they_take(book):
    sheet = book["Plan"]
    assert [cell.value for cell in sheet[HEADER_ROW]] == list(NAMES)
    assert sheet.freeze_panes == "C5"
    assert sheet.column_dimensions["I"].hidden
    assert sheet.print_title_rows == "$4:$4"
    rules = {rule.type: rule for rule in sheet.data_validations.dataValidation}
    assert rules["list"].formula1 == '"open,agreed,done,dropped"'
    assert str(rules["list"].sqref) == "G5:G6"
    assert str(rules["date"].sqref) == "F5:F6"


def test_an_audit_without_a_plan_gives_a_workbook_that_can_be_read(path):
    write_plan(audit_with(), path)
    assert read_plan(path) == ()


def test_the_samples_plan_names_its_killers_and_comes_back(tables, path):
    audit = run_audit(tables)
    write_plan(audit, path)
    assert read_plan(path) == audit.plan
    assert openpyxl.load_workbook(path)["Plan"]["A5"].value == "1 Lack of standardization"


def problems_of(path):
    with pytest.raises(InputError) as refused:
        read_plan(path)
    return refused.value.problems


def test_what_cannot_be_read_is_told_all_at_once_with_its_place(book, path):
    cell(book, 1, "Date").value = "1.10.26"
    cell(book, 2, "Status").value = "nearly"
    cell(book, 2, "Owner").value = "x" * 121
    book.save(path)
    places = {(problem.row, problem.column) for problem in problems_of(path)}
    assert places == {(5, "Date"), (6, "Status"), (6, "Owner")}
    assert str(problems_of(path)[0]) == (
        "plan.xlsx, sheet Plan, row 5, column Date: '1.10.26'. Expected a day such as 2026-10-31, "
        "from 1990 to 2100. Mend the cell, save the file and run this again."
    )


def test_a_formula_nobody_calculated_is_not_read_as_blank(book, path):
    cell(book, 1, "Owner").value = "=A1"
    book.save(path)
    assert [(problem.row, problem.column) for problem in problems_of(path)] == [(5, "Owner")]


def test_what_would_be_lost_when_the_file_is_written_anew_is_told(book, path):
    book["Plan"].cell(HEADER_ROW, 10).value = "Budget"
    cell(book, 3, "Step").value = "A step of our own"
    book.create_sheet("Notes")["A1"] = "bring cake"
    book.save(path)
    problems = problems_of(path)
    assert {(one.sheet, one.row, one.column) for one in problems} == {
        ("Notes", None, ""), ("Plan", 4, "Budget"), ("Plan", 7, ""),
    }  # fmt: skip
    assert all("file of its own" in problem.remedy for problem in problems)


@pytest.mark.parametrize("key", [None, "5.train"])
def test_a_step_whose_key_was_lost_or_copied_is_told(book, path, key):
    cell(book, 1, "Key").value = key
    book.save(path)
    assert [problem.row for problem in problems_of(path)] == [5 if key is None else 6]


def test_another_workbook_is_no_plan(path):
    openpyxl.Workbook().save(path)
    assert "no plan" in str(problems_of(path)[0])


def test_a_file_that_is_no_workbook_is_told(path):
    path.write_text("owner,date\n")
    assert "damaged workbook" in str(problems_of(path)[0])


def test_a_place_that_cannot_be_written_to_is_told(tmp_path):
    with pytest.raises(UsageError, match="cannot be written"):
        write_plan(audit_with(*STEPS), tmp_path / "nowhere" / "plan.xlsx")
