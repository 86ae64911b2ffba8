"""Workbooks: sheets as tables, hidden sheets, errors, formulas, damage and bombs."""

import datetime
import zipfile

import pytest
import xlsxwriter

from okrkit.errors import InputError
from okrkit.read import read_folder

HEADER = ["key_result", "manager", "cycle", "grade"]


@pytest.fixture
def book(tmp_path):
    """Write sheets given as rows; returns a function that reads the folder back."""

    def write(name="client.xlsx", edit=None, **sheets):
        with xlsxwriter.Workbook(str(tmp_path / name)) as file:
            for title, rows in sheets.items():
                sheet = file.add_worksheet(title)
                for number, row in enumerate(rows):
                    for at, cell in enumerate(row):
                        if isinstance(cell, datetime.date):
                            sheet.write_datetime(
                                number, at, cell, file.add_format({"num_format": "yyyy-mm-dd"})
                            )
                        elif cell is not None:
                            sheet.write(number, at, cell)
                if edit:
                    edit(file, sheet)
        return tmp_path

    return write


def only_problem(folder):
    with pytest.raises(InputError) as caught:
        read_folder(folder)
    (problem,) = caught.value.problems
    return problem


def test_sheets_are_tables_by_their_name(book):
    tables = read_folder(
        book(**{"Grades": [HEADER, ["K1", "Ann", "Q1", 0.7]],
                "Check Ins": [["key_result", "date", "status"], ["K1", datetime.date(2025, 1, 13), "Green"]],
                "Pivot": [["a", "b"]]})
    )  # fmt: skip
    assert tables.grades["grade"].tolist() == [0.7]
    assert tables.check_ins["date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-01-13"]
    assert [(n.kind, n.sheet) for n in tables.notes] == [("ignored", "Pivot")]


def test_a_workbook_with_one_sheet_takes_its_files_name(book):
    assert (
        len(read_folder(book("grades.xlsx", Sheet1=[HEADER, ["K1", "Ann", "Q1", 0.7]])).grades) == 1
    )


def test_a_hidden_sheet_is_ignored_and_noted(book):
    def hide(file, sheet):
        if sheet.get_name() == "grades":
            sheet.hide()

    folder = book(
        teams=[["team", "level"], ["T1", "team"]],
        grades=[HEADER, ["K1", "Ann", "Q1", 70]],
        edit=hide,
    )
    tables = read_folder(folder)
    assert tables.grades.empty
    assert [(n.text, n.sheet) for n in tables.notes] == [("a hidden sheet", "grades")]


def test_the_same_table_as_file_and_sheet_is_refused(book):
    folder = book(grades=[HEADER, ["K1", "Ann", "Q1", 0.7]])
    (folder / "grades.csv").write_text("key_result,manager,cycle,grade\nK1,Ann,Q1,0.7\n")
    problem = only_problem(folder)
    assert "a second time (first in client.xlsx, sheet grades)" in problem.found


def test_a_formula_nobody_calculated_is_refused_and_a_calculated_one_is_read(book):
    def formulas(file, sheet):
        sheet.write_formula("D2", "=1/2", None, 0.5)
        sheet.write_formula("D3", "=1/2", None, "")

    problem = only_problem(
        book(grades=[HEADER, ["K1", "Ann", "Q1"], ["K2", "Ann", "Q1"]], edit=formulas)
    )
    assert (problem.row, problem.column, problem.found) == (
        3,
        "grade",
        "a formula without a stored value",
    )


def test_an_error_in_a_required_cell_is_refused_and_in_an_optional_one_none(book):
    def errors(file, sheet):
        sheet.write_formula("C2", "=x", None, "#REF!")
        sheet.write_formula("E2", "=x", None, "#DIV/0!")

    rows = [[*HEADER, "self_grade"], ["K1", "Ann", None, 0.5]]
    problem = only_problem(book(grades=rows, edit=errors))
    assert (problem.column, problem.found) == ("cycle", "the error #REF!")


def test_not_available_as_a_grade_is_no_grade(book):
    def missing(file, sheet):
        sheet.write_formula("D2", "=NA()", None, "#N/A")

    tables = read_folder(
        book(grades=[HEADER, ["K1", "Ann", "Q1"], ["K2", "Ann", "Q1", 0.4]], edit=missing)
    )
    assert tables.grades["key_result"].tolist() == ["K2"]
    assert {n.text for n in tables.notes} == {
        "'#N/A' was read as none",
        "rows without a grade were left out",
    }


def test_merged_cells_that_leave_cells_empty_are_refused_with_their_remedy(book):
    def merge(file, sheet):
        sheet.merge_range("B2:B3", "Ann")

    rows = [HEADER, ["K1", None, "Q1", 0.5], ["K2", None, "Q1", 0.6]]
    problem = only_problem(book(grades=rows, edit=merge))
    assert (problem.row, problem.column) == (3, "manager")
    assert "Unmerge" in problem.remedy


def test_ids_that_look_like_numbers_keep_their_digits(book):
    tables = read_folder(
        book(teams=[["team", "level"], [7, "team"], [100000, "team"], ["007", "team"]])
    )
    assert tables.teams["team"].tolist() == ["7", "100000", "007"]


def test_a_scale_that_became_a_date_is_refused_with_the_reason(book):
    rows = [
        ["objective", "title", "team", "cycle", "scale"],
        ["O1", "Grow", "T1", "Q1", datetime.date(2025, 5, 1)],
    ]
    problem = only_problem(book(objectives=rows))
    assert "format the column as text" in problem.remedy


def test_a_serial_number_where_a_date_should_be_is_refused(book):
    problem = only_problem(
        book(check_ins=[["key_result", "date", "status"], ["K1", 45660, "green"]])
    )
    assert problem.remedy.startswith("Format the column as a date")


@pytest.mark.parametrize("cut", [10, 1000, -200])
def test_a_damaged_workbook_is_refused(book, cut):
    folder = book(grades=[HEADER, ["K1", "Ann", "Q1", 0.7]])
    path = folder / "client.xlsx"
    path.write_bytes(path.read_bytes()[:cut])
    assert "damaged" in only_problem(folder).found


def test_another_kind_of_file_named_as_a_workbook_is_refused(tmp_path):
    (tmp_path / "grades.xlsx").write_text("<html>please log in</html>")
    assert "another kind of file" in only_problem(tmp_path).found


def test_a_password_is_asked_to_be_taken_off(tmp_path):
    (tmp_path / "grades.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    assert "password" in only_problem(tmp_path).found


def test_a_small_file_that_unfolds_into_a_large_one_is_refused_before_it_is_read(book):
    folder = book(grades=[HEADER, ["K1", "Ann", "Q1", 0.7]])
    with (
        zipfile.ZipFile(folder / "client.xlsx", "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/filler.xml", "w") as part,
    ):
        for _ in range(301):
            part.write(b" " * 1_000_000)
    assert (folder / "client.xlsx").stat().st_size < 1_000_000
    assert "MB unpacked" in only_problem(folder).found


def test_text_that_looks_like_a_formula_stays_text(book):
    def hostile(file, sheet):
        sheet.write_string("A2", "=1+1")

    tables = read_folder(book(teams=[["team", "level"], [None, "team"]], edit=hostile))
    assert tables.teams["team"].tolist() == ["=1+1"]


@pytest.mark.parametrize(
    ("row", "column"), [(1_048_575, 16_383), (1_048_575, 30), (20_000, 16_383)]
)
def test_a_cell_far_from_the_others_is_refused_before_all_between_them_are_held(book, row, column):
    def far(file, sheet):
        sheet.write(row, column, "lost")

    problem = only_problem(book(Grades=[HEADER, ["K1", "Ann", "Q1", 0.7]], edit=far))
    assert f"a cell far from the others, in row {row + 1:,}" in problem.found
    assert (problem.file, problem.sheet) == ("client.xlsx", "Grades")


def test_a_far_cell_that_holds_nothing_but_a_colour_is_no_matter(book):
    def coloured(file, sheet):
        sheet.write_blank(1_048_575, 16_383, None, file.add_format({"bg_color": "#ff0000"}))

    assert (
        len(read_folder(book(Grades=[HEADER, ["K1", "Ann", "Q1", 0.7]], edit=coloured)).grades) == 1
    )
