"""`okrkit report --import`: shown first, kept when asked, all of it or nothing."""

from __future__ import annotations

import openpyxl
import pytest
from typer.testing import CliRunner

from okrkit.cli import app
from okrkit.keep.agreed_file import load_agreed, standing
from okrkit.keep.plan_file import load_plan

FILES = {
    "objectives.csv": "objective,title,team,cycle\nO1,Grow renewals,T1,Q1\n",
    "key_results.csv": "key_result,objective,text,driver\nK1,O1,Launch the portal,P1;P2\n",
    "cycles.csv": "cycle,start,end,length\nQ1,2026-01-01,2026-03-31,quarter\n",
    "grades.csv": "key_result,manager,person,cycle,grade\nK1,M1,P1,Q1,0.6\n",
}


@pytest.fixture
def folder(client_of):
    return client_of(FILES)


@pytest.fixture
def path(folder, tmp_path):
    """The pack's workbook of the folder, as `okrkit report` writes it."""
    done = run("report", folder, "-o", tmp_path / "pack", "--formats", "xlsx")
    assert done.exit_code == 0, done.output
    return tmp_path / "pack" / "audit.xlsx"


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def enter(path, column, value, row=1):
    book = openpyxl.load_workbook(path)
    page = book["Plan"]
    head = next(one for one in page.iter_rows() if one[0].value == "Step")
    page.cell(head[0].row + row, [one.value for one in head].index(column) + 1).value = value
    book.save(path)


def test_what_would_change_is_shown_and_kept_only_when_asked(folder, path):
    enter(path, "Owner", "Ada")
    shown = run("report", folder, "--import", path)
    assert shown.exit_code == 0, shown.output
    assert "Owner: nothing → 'Ada'" in shown.stdout
    assert "1 change, " in shown.stdout
    assert " unchanged, 0 errors." in shown.stdout
    assert "Nothing is kept yet." in shown.stdout
    assert load_plan(folder) == ()
    kept = run("report", folder, "--import", path, "--keep")
    assert kept.stdout.endswith("Kept.\n")
    assert [step.owner for step in load_plan(folder)] == ["Ada"]
    again = run("report", folder, "--import", path, "--keep")
    assert again.exit_code == 0, again.output
    assert "0 change, " in again.stdout
    assert "have changed since" in again.stdout


def test_one_mistake_keeps_everything_out_and_all_are_told(folder, path):
    enter(path, "Owner", "Ada")
    enter(path, "Status", "nearly")
    enter(path, "Step", "Something else", row=2)
    refused = run("report", folder, "--import", path, "--keep")
    assert refused.exit_code == 1
    assert "2 errors." in refused.stdout
    assert "'nearly'" in refused.stderr
    assert "in Plan!A" in refused.stderr
    assert load_plan(folder) == ()


def test_a_file_is_imported_or_written_not_both(folder, path):
    wrong = run("report", folder, "--import", path, "-o", "out.html")
    assert (wrong.exit_code, "--import" in wrong.stderr) == (2, True)


def test_an_agreed_grade_is_kept_beside_the_plan_with_its_reason(folder, tmp_path):
    pack = ("--pack", "calibration", "--formats", "xlsx", "-o", tmp_path / "pack")
    assert run("report", folder, *pack).exit_code == 0
    assert run("report", folder, *pack, "--identified").exit_code == 0
    shared = openpyxl.load_workbook(tmp_path / "pack" / "calibration.xlsx")
    assert "Grades" not in shared.sheetnames
    sheet = tmp_path / "pack" / "calibration-confidential.xlsx"
    book = openpyxl.load_workbook(sheet)
    page = book["Grades"]
    (at,) = [one[0].row for one in page.iter_rows() if str(one[0].value).startswith("K1 ")]
    page.cell(at, 7).value, page.cell(at, 8).value = 0.8, "Renewals came in May."
    book.save(sheet)
    kept = run("report", folder, "--import", sheet, "--keep")
    assert kept.exit_code == 0, kept.output
    (agreed,) = standing(load_agreed(folder)).values()
    assert (agreed.before, agreed.agreed, agreed.reason) == (0.6, 0.8, "Renewals came in May.")
    assert (folder / "grades.csv").read_text() == FILES["grades.csv"]
