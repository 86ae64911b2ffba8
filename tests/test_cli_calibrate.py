"""`okrkit calibrate`: text, JSON and a page, with names or without; the folder stays as it was."""

import json
import re

import pytest
from typer.testing import CliRunner

from okrkit.cli import app

from .show.invented_calibration import write_client

CANARY = re.compile(r"Canary|Ossa|Harbour|K\d{3}|Zanzibar")
KEYS = {
    "manager", "group", "n", "n_people", "mean", "difference", "low", "high", "probability_material",
    "distribution", "verdict", "why",
}  # fmt: skip


@pytest.fixture(autouse=True)
def own_data_directory(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    return write_client(tmp_path_factory.mktemp("clients") / "harbour")


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def only_grades(tmp_path):
    """A folder with nothing but grades: enough to ask, if not to tell."""
    folder = tmp_path / "client"
    folder.mkdir()
    rows = [f"K{k},M{k % 3},P{k % 4},Q1,0.{3 + k % 5}" for k in range(24)]
    (folder / "grades.csv").write_text(
        "key_result,manager,person,cycle,grade\n" + "\n".join(rows) + "\n"
    )
    return folder


def test_a_folder_with_nothing_but_grades_is_enough(only_grades):
    result = run("calibrate", only_grades)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Manager comparison")
    assert "What can be told" in result.stdout


def test_json_has_the_documented_keys_and_no_nan(only_grades):
    result = run("calibrate", only_grades, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout, parse_constant=pytest.fail)
    assert found["comparable"]
    for one in found["comparable"]:
        assert {"check", "verdict", "claim"} <= set(one)
    assert found["tier"] in set("abcd")
    assert len(found["managers"]) == 3
    for one in found["managers"]:
        assert set(one) >= KEYS
    assert {"expected_false_flags", "model", "refused"} <= set(found)


def test_hr_gets_names_on_the_page_and_in_the_terminal(client, tmp_path):
    page = tmp_path / "page.html"
    result = run("calibrate", client, "--html", page)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"Wrote {page}.\n"
    text = page.read_text(encoding="utf-8")
    assert "for HR only" in text
    assert "Canary Ossa1" in text
    assert "Clearly more severe" in text
    told = run("calibrate", client).stdout
    assert "Canary Ossa1 (K001, Harbour1): more severe" in told


def test_shareable_leaves_names_and_ids_out_of_text_json_and_page(client, tmp_path):
    page = tmp_path / "page.html"
    written = run("calibrate", client, "--shareable", "--json", "--html", page)
    assert written.exit_code == 0, written.output
    found = json.loads(written.stdout)
    assert found["shareable"] is True
    assert set(found["verdicts"].values()) == {None}  # one of eight is severe, one generous
    told = run("calibrate", client, "--shareable").stdout
    for text in (written.stdout, page.read_text(encoding="utf-8"), told):
        assert CANARY.findall(text) == []


def test_the_report_holds_the_comparison_without_names(client, tmp_path):
    report = tmp_path / "audit.html"
    done = run("report", client, "-o", report)
    assert done.exit_code == 0, done.output
    part = report.read_text(encoding="utf-8").split('id="cal-part"')[1].split("</section>")[0]
    assert "The verdicts on 8 managers are not broken down" in part
    assert CANARY.findall(part) == []


def test_the_clients_folder_is_never_written_to(only_grades):
    before = {path.name: path.read_bytes() for path in only_grades.iterdir()}
    result = run("calibrate", only_grades, "--html", only_grades / "page.html")
    assert result.exit_code == 2
    assert "only read" in result.stderr
    assert {path.name: path.read_bytes() for path in only_grades.iterdir()} == before


def test_input_that_cannot_be_read_is_refused_with_every_problem(only_grades):
    (only_grades / "grades.csv").write_text("key_result,manager,cycle,grade\nK1,M1,Q1,lots\n")
    result = run("calibrate", only_grades, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["errors"][0]["column"] == "grade"


def test_a_standard_of_ones_own_and_a_day_are_heard(only_grades, tmp_path):
    standard = tmp_path / "own.toml"
    standard.write_text('version = "own rules"\npractical_difference = 0.1\n')
    result = run(
        "calibrate", only_grades, "--standard", standard, "--as-of", "2026-06-30", "--json"
    )
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["standard"] == "own rules"
    assert found["practical_difference"] == 0.1
    assert run("calibrate", only_grades, "--as-of", "soon").exit_code == 2
