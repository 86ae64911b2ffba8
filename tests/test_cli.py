"""The command line: what it prints, its exit codes, and that it leaves the client's folder alone."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from okrkit.cli import app

FILES = {
    "objectives.csv": "objective,title,team,cycle\nO1,Grow renewals,T1,Q1\n",
    "key_results.csv": "key_result,objective,text,driver\nK1,O1,Raise renewals from 82 % to 90 %,P1\nK2,O1,Launch the portal,P1;P2\n",
    "cycles.csv": "cycle,start,end,length\nQ1,2026-01-01,2026-03-31,quarter\n",
}


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "client"
    place.mkdir()
    for name, text in FILES.items():
        (place / name).write_text(text)
    return place


@pytest.fixture(autouse=True)
def own_data_directory(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_new_then_read_is_valid(tmp_path):
    assert run("new", tmp_path / "client").exit_code == 0
    result = run("read", tmp_path / "client")
    assert result.exit_code == 0, result.output
    assert "check_ins" in result.stdout


@pytest.mark.parametrize("there", ["okr-tables.xlsx", "objectives.csv"])
def test_new_never_stands_beside_what_may_be_filled_in(tmp_path, there):
    (tmp_path / there).write_bytes(b"")
    result = run("new", tmp_path)
    assert result.exit_code == 2
    assert "may be filled in" in result.stderr


def test_a_place_that_cannot_be_written_is_said_in_words(folder, tmp_path):
    (tmp_path / "file").write_text("")
    for arguments in (
        ["new", tmp_path / "file"],
        ["new", tmp_path / "file" / "client"],
        ["standard", "--new", tmp_path / "nowhere" / "x.toml"],
        ["report", folder, "-o", tmp_path / "nowhere" / "x.html"],
        ["report", folder, "-o", tmp_path / "x.html", "--plan", tmp_path / "plan.html"],
    ):
        result = run(*arguments)
        assert result.exit_code == 2, result.output
        assert not isinstance(result.exception, OSError)


def test_a_baseline_reads_back_whatever_wrote_it(folder, tmp_path):
    (folder / "teams.csv").write_text(
        "team,level,name\nT1,team,\u0141\u00f3d\u017a\n", encoding="utf-8"
    )
    told = run("audit", folder, "--json").stdout
    assert told.isascii()
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        (tmp_path / "baseline.json").write_text(told, encoding=encoding)
        result = run("audit", folder, "--baseline", tmp_path / "baseline.json")
        assert result.exit_code == 0, result.output


def test_names_are_printed_even_where_the_console_is_narrow(folder):
    (folder / "teams.csv").write_text(
        "team,level,name\nT1,team,\u0141\u00f3d\u017a\n", encoding="utf-8"
    )
    code = "from okrkit.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "audit", str(folder)],
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr


def test_read_says_what_can_be_judged_and_what_to_add(folder):
    result = run("read", folder)
    assert result.exit_code == 0
    assert "check_ins.csv (key_result, date, status)" in " ".join(result.stdout.split())


def test_audit_as_json_has_the_documented_keys(folder):
    result = run("audit", folder, "--json", "--as-of", "2026-03-31")
    assert result.exit_code == 0, result.output
    audit = json.loads(result.stdout)
    assert [statement["id"] for statement in audit["statements"]] == [1, 2, 3, 4, 5]
    for statement in audit["statements"]:
        assert {"yes", "no", "dont_know", "not_applicable", "evidence"} <= set(statement)
        for finding in statement["evidence"]:
            assert {"rule", "verdict", "value", "limit", "unit", "claim", "where"} <= set(finding)
            assert finding["verdict"] in {"met", "not_met", "not_enough_data"}
            assert set(finding["where"]) == {"table", "ids", "count"}
    assert [
        set(killer) >= {"id", "name", "statement", "status"} for killer in audit["killers"]
    ] == [True] * 5
    assert audit["active_killer"] is None
    assert audit["as_of"] == "2026-03-31"
    assert isinstance(audit["notes"], list)


def test_audit_for_people_holds_the_five_statements(folder):
    result = run("audit", folder)
    assert result.exit_code == 0, result.output
    assert "Every key result has one named driver" in " ".join(result.stdout.split())


def test_refused_input_is_exit_code_1_on_stderr_and_as_json(folder):
    (folder / "grades.csv").write_text("key_result,manager,cycle,grade\nK1,P1,Q1,70\n")
    plain = run("audit", folder)
    assert plain.exit_code == 1
    assert "grades.csv, row 2, column grade: '70'." in plain.stderr
    assert plain.stdout == ""
    result = run("audit", folder, "--json")
    assert result.exit_code == 1
    (error,) = json.loads(result.stdout)["errors"]
    assert set(error) == {"file", "sheet", "row", "column", "found", "expected", "remedy"}
    assert (error["file"], error["row"], error["column"]) == ("grades.csv", 2, "grade")
    assert "grades.csv" in result.stderr


@pytest.mark.parametrize("command", ["read", "audit"])
def test_a_folder_that_is_not_there_is_refused_with_a_remedy(tmp_path, command):
    result = run(command, tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "okrkit new" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit"],
        ["audit", ".", "--verbose"],
        ["audit", ".", "--as-of", "soon"],
        ["nonsense"],
        ["serve", "--host", "0.0.0.0"],
    ],
)
def test_wrong_use_is_exit_code_2(arguments):
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stderr


def test_report_writes_one_file_and_the_plan_and_keeps_what_is_filled_in(folder, tmp_path):
    import openpyxl

    page, plan = tmp_path / "audit.html", tmp_path / "plan.xlsx"
    first = run("report", folder, "-o", page, "--plan", plan)
    assert first.exit_code == 0, first.output
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    book = openpyxl.load_workbook(plan)
    sheet = book.active
    header = next(row for row in sheet.iter_rows() if any(cell.value == "Owner" for cell in row))
    owner = next(cell for cell in header if cell.value == "Owner")
    sheet.cell(owner.row + 1, owner.column).value = "Priya"
    book.save(plan)
    again = run("report", folder, "-o", page, "--plan", plan)
    assert again.exit_code == 0, again.output
    kept = openpyxl.load_workbook(plan).active
    assert kept.cell(owner.row + 1, owner.column).value == "Priya"
    assert "Priya" in page.read_text(encoding="utf-8")


def test_report_refuses_to_write_into_the_clients_folder(folder):
    before = sorted(path.name for path in folder.iterdir())
    result = run("report", folder, "-o", folder / "audit.html")
    assert result.exit_code == 2
    assert "only read" in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_baseline_is_compared_and_a_file_that_is_none_is_refused(folder, tmp_path):
    baseline = tmp_path / "baseline.json"
    baseline.write_text(run("audit", folder, "--json").stdout)
    (folder / "key_results.csv").write_text(FILES["key_results.csv"].replace("P1;P2", "P2"))
    result = run("audit", folder, "--baseline", baseline)
    assert result.exit_code == 0, result.output
    assert "one_driver" in result.stdout or "driver" in result.stdout
    baseline.write_text("[]")
    assert run("audit", folder, "--baseline", baseline).exit_code == 1


def test_standard_prints_reasons_and_writes_a_file_once(tmp_path):
    assert "Two missed weekly check-ins in a row." in run("standard").stdout
    assert run("standard", "--new", tmp_path / "standard.toml").exit_code == 0
    assert run("standard", "--new", tmp_path / "standard.toml").exit_code == 2
    assert "okrkit's own standard applies" in run("standard", tmp_path / "nowhere").stdout


def test_a_standard_given_by_option_wins(folder, tmp_path):
    (folder / "standard.toml").write_text('scale = "0-10"')
    (tmp_path / "own.toml").write_text('scale = "0-100"')
    (folder / "grades.csv").write_text("key_result,manager,cycle,grade\nK1,P1,Q1,70\n")
    assert run("read", folder).exit_code == 1
    assert run("read", folder, "--standard", tmp_path / "own.toml").exit_code == 0


def test_nothing_in_the_clients_folder_changes(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    run("audit", folder)
    run("read", folder, "--json")
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("command", [("serve",), ("project", "open", "acme")])
@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_that_cannot_be_one_is_refused(command, port):
    refused = run(*command, "--port", port)
    assert refused.exit_code == 2
    assert "Invalid value for '--port'" in refused.stderr
