"""A client's folder: what is read, what is noted, what is refused and with which remedy."""

import os

import pandas as pd
import pytest

from okrkit.errors import InputError
from okrkit.read import read_folder

GRADES = "key_result,manager,cycle,grade\nK1,Ann,Q1,0.7\nK2,Bo,Q1,0.5\n"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "client"
    place.mkdir()
    return place


def write(folder, name, content):
    data = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(data)
    return folder


def problems_of(folder):
    with pytest.raises(InputError) as caught:
        read_folder(folder)
    return caught.value.problems


def only_problem(folder):
    (problem,) = problems_of(folder)
    assert problem.remedy.endswith(".")
    return problem


def texts(tables):
    return [(note.kind, note.file, note.text) for note in tables.notes]


def test_a_folder_with_nothing_but_grades_is_valid_and_owes_no_note(folder):
    tables = read_folder(write(folder, "grades.csv", GRADES))
    assert tables.grades["grade"].tolist() == [0.7, 0.5]
    assert tables.grades.index.tolist() == [2, 3]
    assert not tables.notes


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + GRADES,
        GRADES.replace(",", ";"),
        GRADES.replace(",", "\t"),
        GRADES.replace(",", "|"),
        GRADES.replace("\n", "\r\n"),
        GRADES.replace("\n", "\r"),
        "sep=;\n" + GRADES.replace(",", ";"),
        "Key Result,MANAGER , cycle,Grade\nK1,Ann,Q1,0.7\nK2,Bo,Q1,0.5\n",
        "grade,cycle,manager,key-result\n0.7,Q1,Ann,K1\n0.5,Q1,Bo,K2\n",
        GRADES.encode("utf-16"),
        '"key_result","manager","cycle","grade"\n"K1","Ann","Q1","0.7"\n"K2","Bo","Q1","0.5"\n',
    ],
)
def test_dialects_are_read_without_a_note(folder, content):
    tables = read_folder(write(folder, "grades.csv", content))
    assert tables.grades[["key_result", "manager", "grade"]].to_numpy().tolist() == [
        ["K1", "Ann", 0.7],
        ["K2", "Bo", 0.5],
    ]
    assert not tables.notes


@pytest.mark.parametrize("name", ["Grades.csv", "GRADES.CSV", "grades.tsv"])
def test_file_names_match_without_case(folder, name):
    assert len(read_folder(write(folder, name, GRADES)).grades) == 2


def test_names_match_whatever_joins_their_words(folder):
    write(folder, "Key Results.csv", "key result,objective,text\nK1,O1,Grow\n")
    write(folder, "check-ins.csv", "key_result,date,status\nK1,2025-01-13,green\n")
    tables = read_folder(folder)
    assert (len(tables.key_results), len(tables.check_ins)) == (1, 1)


def test_blank_rows_are_counted_and_rows_are_numbered_as_in_the_file(folder):
    tables = read_folder(
        write(
            folder,
            "grades.csv",
            "key_result,manager,cycle,grade\n\nK1,Ann,Q1,0.7\n,,,\nK2,Bo,Q1,0.5\n\n",
        )
    )
    assert tables.grades.index.tolist() == [3, 5]
    (note,) = tables.notes
    assert (note.kind, note.count, note.rows) == ("left_out", 2, (2, 4))


def test_a_problem_names_the_row_of_the_file(folder):
    problem = only_problem(
        write(
            folder,
            "grades.csv",
            "key_result,manager,cycle,grade\n\nK1,Ann,Q1,0.7\nK2,Bo,Q1,seven\n",
        )
    )
    assert (problem.file, problem.row, problem.column, problem.found) == (
        "grades.csv",
        4,
        "grade",
        "'seven'",
    )


def test_many_cells_wrong_in_one_way_are_one_problem_with_the_first_places_and_the_count(folder):
    rows = "".join(f"K{n},Ann,Q1,70\n" for n in range(40))
    problem = only_problem(write(folder, "grades.csv", "key_result,manager,cycle,grade\n" + rows))
    assert problem.row == 2
    assert "40 rows: 2, 3, 4, 5, 6 and more" in problem.found


def test_problems_of_all_files_come_at_once(folder):
    write(folder, "grades.csv", "key_result,manager,cycle\nK1,Ann,Q1\n")
    write(folder, "check_ins.csv", "key_result,date,status\nK1,13.13.2025,green\n")
    write(folder, "cycles.csv", b"\x89PNG\r\n\x1a\n")
    assert {(p.file, p.column) for p in problems_of(folder)} == {
        ("grades.csv", "grade"), ("check_ins.csv", "date"), ("cycles.csv", ""),
    }  # fmt: skip


def test_two_tables_one_above_the_other_are_refused(folder):
    below = GRADES + "\nkey_result,date,status\nK1,2025-01-13,green\n"
    problem = only_problem(write(folder, "grades.csv", below))
    assert "a second table (check_ins) below the first" in problem.found
    assert problem.row == 5


def test_two_tables_side_by_side_are_refused(folder):
    beside = (
        "key_result,manager,cycle,grade,,case,date,status\nK1,Ann,Q1,0.7,,C1,2025-01-13,green\n"
    )
    assert read_folder(
        write(folder, "grades.csv", beside)
    ).notes  # no table is complete: ignored, noted
    problem = only_problem(
        write(
            folder,
            "grades.csv",
            "key_result,manager,cycle,grade,,team,level,objective,title\nK1,Ann,Q1,0.7,,T1,team,O1,Grow\n",
        )
    )
    assert "beside the first" in problem.found


def test_a_header_in_the_middle_is_refused(folder):
    problem = only_problem(
        write(folder, "grades.csv", GRADES + "Key_result,manager,cycle,grade\nK3,Ann,Q1,0.2\n")
    )
    assert (problem.row, "the header again" in problem.found) == (4, True)


@pytest.mark.parametrize(
    "above", ["OKR grades 2025,,,\n", "OKR grades 2025\nexported on Monday\n\n", "who,,what,\n"]
)
def test_title_rows_above_the_header_are_refused_with_the_row_of_the_header(folder, above):
    problem = only_problem(write(folder, "grades.csv", above + GRADES))
    assert f"row {above.count(chr(10)) + 1}" in problem.found
    assert problem.remedy == "Delete the rows above the header."


def test_a_column_given_twice_is_refused(folder):
    problem = only_problem(
        write(folder, "grades.csv", "key_result,manager,cycle,grade,Grade\nK1,Ann,Q1,0.7,0.6\n")
    )
    assert (problem.found, problem.column) == ("the column twice", "grade")


def test_a_missing_column_says_what_was_found_instead(folder):
    problem = only_problem(
        write(folder, "grades.csv", "key_result,mgr,cycle,grade\nK1,Ann,Q1,0.7\n")
    )
    assert problem.column == "manager"
    assert "'mgr'" in problem.found


def test_a_header_only_table_is_empty_and_noted(folder):
    tables = read_folder(write(folder, "grades.csv", "key_result,manager,cycle,grade\n"))
    assert tables.grades.empty
    assert texts(tables) == [("left_out", "grades.csv", "has a header and no rows")]


@pytest.mark.parametrize("content", ["", "  \n ", "\ufeff"])
def test_an_empty_file_is_refused(folder, content):
    assert "empty file" in only_problem(write(folder, "grades.csv", content)).found


def test_what_is_no_table_is_ignored_and_noted(folder):
    write(
        folder,
        "grades.csv",
        GRADES.replace("grade\n", "grade,mood\n", 1).replace("0.7\n", "0.7,fine\n"),
    )
    write(folder, "grade.csv", GRADES)
    write(folder, "notes.docx", b"PK")
    write(folder, "~$grades.xlsx", b"lock")
    write(folder, ".hidden.csv", "x")
    (folder / "old").mkdir()
    found = {(file, text.split(";")[0]) for _, file, text in texts(read_folder(folder))}
    assert found == {
        ("grade.csv", "'grade' is no table okrkit knows"),
        ("notes.docx", "not a CSV file or a workbook"),
        ("old", "a folder within the folder"),
        ("grades.csv", "columns okrkit does not know: 'mood'"),
        ("grades.csv", "rows shorter than the header"),
    }


def test_links_out_of_the_folder_and_pipes_are_not_opened(folder, tmp_path):
    write(folder, "grades.csv", GRADES)
    (tmp_path / "cycles.csv").write_text("secret")
    (folder / "cycles.csv").symlink_to(tmp_path / "cycles.csv")
    (folder / "gone.csv").symlink_to(folder / "nowhere.csv")
    os.mkfifo(folder / "people.csv")
    assert {(file, text) for _, file, text in texts(read_folder(folder))} == {
        ("cycles.csv", "a link that leads out of the folder"),
        ("gone.csv", "a link that leads nowhere"),
        ("people.csv", "neither a file nor a folder"),
    }


def test_the_same_table_twice_is_refused(folder):
    write(folder, "grades.csv", GRADES)
    write(folder, "GRADES.csv", GRADES)
    assert "a second time (first in GRADES.csv)" in only_problem(folder).found


@pytest.mark.parametrize("place", ["", "missing"])
def test_a_folder_without_tables_says_what_to_do(folder, place):
    problem = only_problem(folder / place)
    assert "okrkit new" in problem.remedy


def test_windows_1252_is_read_and_noted(folder):
    write(folder, "teams.csv", "team,level,name\nT1,team,Büro für Qualität\n".encode("cp1252"))
    tables = read_folder(folder)
    assert tables.teams["name"].tolist() == ["Büro für Qualität"]
    assert "Windows-1252" in tables.notes[0].text


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (
            "team,level,name\nT1,team,Büro\nT2,team,".encode() + b"B\xfcro\n",
            "broken UTF-8 in line 3",
        ),
        (b"team,level\nT1,te\0am\n", "a NUL byte in line 2"),
        (b"PK\x03\x04rest", "a zip file or a workbook, not text"),
        (b"%PDF-1.7", "a PDF, not text"),
        (b"team,level\nT1,\x81\n", "bytes that are no text in line 2"),
        ('team,level\n"T1,team\nT2,team\n', "a quotation mark that does not fit near row 2"),
        ("team,level\nT1,team,extra\n", "more cells than the header has columns (row 2)"),
        (
            "team,level\nT1," + "x" * 40_000 + "\n",
            "a cell of more than 32,767 characters near row 2",
        ),
    ],
)
def test_what_is_no_readable_text_is_refused(folder, content, found):
    assert only_problem(write(folder, "teams.csv", content)).found == found


def test_more_rows_than_a_spreadsheet_holds_are_refused_early(folder):
    write(folder, "teams.csv", "team,level\n" + "T,team\n" * 1_048_577)
    assert "more than 1,048,576 rows" in only_problem(folder).found


def test_texts_may_hold_line_breaks_delimiters_and_quotes(folder):
    write(folder, "teams.csv", 'team,level,name\nT1,team,"one, ""two""\nthree"\nT2,team,four\n')
    tables = read_folder(folder)
    assert tables.teams["name"].tolist() == ['one, "two"\nthree', "four"]
    assert tables.teams.index.tolist() == [2, 3]


def test_the_standard_in_the_folder_is_used_and_its_faults_are_listed(folder):
    write(folder, "grades.csv", GRADES.replace("0.7", "7").replace("0.5", "5"))
    write(folder, "standard.toml", 'scale = "0-10"')
    tables = read_folder(folder)
    assert tables.grades["grade"].tolist() == [0.7, 0.5]
    assert tables.standard.scale == "0-10"
    write(folder, "standard.toml", 'scal = "0-10"\ncadence_days = "seven"\nscale="0-10"')
    found = {(p.file, p.column, p.remedy) for p in problems_of(folder) if p.file == "standard.toml"}
    assert found == {
        ("standard.toml", "scal", "Did you mean scale?"),
        ("standard.toml", "cadence_days", "Write the number without quotes."),
    }


def test_reading_leaves_the_folder_as_it_was(folder):
    write(folder, "grades.csv", GRADES)
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}
    read_folder(folder)
    assert before == {
        path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()
    }


def test_row_order_does_not_matter_to_what_is_read(folder):
    write(folder, "grades.csv", GRADES)
    one = read_folder(folder).grades
    write(folder, "grades.csv", "key_result,manager,cycle,grade\nK2,Bo,Q1,0.5\nK1,Ann,Q1,0.7\n")
    two = read_folder(folder).grades.sort_values("key_result").set_axis(one.index)
    pd.testing.assert_frame_equal(one, two)


def test_a_table_beside_the_first_is_refused_even_where_its_names_are_known_to_both(folder):
    beside = "respondent,statement,answer,,,team,name,level\nR1,1,yes,,,T1,Sales,team\n"
    problem = only_problem(write(folder, "answers.csv", beside))
    assert "a second table (teams) beside the first" in problem.found


def test_a_folder_without_tables_says_what_it_saw(folder):
    write(folder, "OKR Export Q3.csv", "key_result,objective,text\nK1,O1,Grow\n")
    problem = only_problem(folder)
    assert "OKR Export Q3.csv" in problem.found
    assert "it has the columns of key_results" in problem.found


def test_a_link_that_leads_in_a_circle_is_not_opened(folder):
    write(folder, "grades.csv", GRADES)
    (folder / "cycles.csv").symlink_to(folder / "cycles.csv")
    assert ("cycles.csv", "a link that leads nowhere") in {
        (file, text) for _, file, text in texts(read_folder(folder))
    }


def test_a_standard_that_is_a_link_out_of_the_folder_is_not_opened(folder, tmp_path):
    (tmp_path / "own.toml").write_text('scale = "0-10"')
    (folder / "standard.toml").symlink_to(tmp_path / "own.toml")
    assert read_folder(write(folder, "grades.csv", GRADES)).standard.scale == "0-1"


def test_the_same_attribute_twice_is_refused(folder):
    problem = only_problem(write(folder, "groups.csv", "person,site,site\nP1,north,south\n"))
    assert problem.found == "the column twice"


def test_a_number_too_long_for_a_spreadsheet_is_no_id(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "teams.xlsx")) as book:
        sheet = book.add_worksheet()
        for at, cell in enumerate(("team", "level")):
            sheet.write(0, at, cell)
        sheet.write(1, 0, 12345678901234567890)
        sheet.write(1, 1, "team")
    assert "rounded" in only_problem(tmp_path).found
