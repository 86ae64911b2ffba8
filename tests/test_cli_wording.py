"""`okrkit wording` as a person and as a machine uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from okrkit.cli import app
from okrkit.keep.dismissals import Dismissal, dismiss

SAMPLE = Path(__file__).resolve().parents[1] / "sample_data"


def run(*words):
    return CliRunner().invoke(app, ["wording", *map(str, words)])


def test_a_text_is_judged_with_its_reason_a_question_and_a_stronger_form():
    result = run("--text", "Write 10 blog posts")
    assert result.exit_code == 0
    said = ("Output", "leading verb “write”", "what will be different", "[baseline]", "Initiative:")
    for words in said:
        assert words in result.stdout


def test_a_file_of_texts_gives_an_item_a_row_with_its_own_id_and_role(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("ID;Text;Role\nA;Print the map;\n;Be loved;objective\n;;\n", encoding="utf-8")
    items = json.loads(run(file, "--json").stdout)["items"]
    assert [(item["id"], item["role"], item["kind"]) for item in items] == [
        ("A", "key_result", "output"), ("3", "objective", "goal_like"),
    ]  # fmt: skip
    assert set(items[0]) >= {"id", "text", "kind", "confidence", "flags", "findings", "rewrite"}


def test_a_clients_folder_also_shows_the_set():
    found = json.loads(run(SAMPLE, "--json").stdout)
    rules = [finding["rule"] for finding in found["set"]["findings"]]
    assert rules[:2] == ["outputs", "graded"]
    outputs = found["set"]["findings"][0]
    assert outputs["count"] / outputs["n"] == pytest.approx(0.63, abs=0.05)
    assert len(outputs["ids"]) == 50
    assert {item["role"] for item in found["items"]} == {"objective", "key_result"}


def test_a_finding_set_aside_in_the_clinic_keeps_its_reason_in_both_forms(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "key_results.csv").write_text("key_result,objective,text\nK1,O1,Print the map\n")
    moment = "2026-01-05T09:00:00+00:00"
    dismiss(folder, Dismissal("Print the map", "output", "Agreed with the board.", moment))
    assert "set aside: " in (text := run(folder).stdout)
    assert "Agreed with the board." in " ".join(text.split())
    assert "Not enough data." in text
    (item,) = json.loads(run(folder, "--json").stdout)["items"]
    assert item["findings"][0]["set_aside"] == "Agreed with the board."


@pytest.mark.parametrize(
    ("content", "found"),
    [("id,words\n1,x\n", "no column text"), ("", "an empty file"),
     ("text,role\nx,boss\n", "the role “boss”")],
)  # fmt: skip
def test_a_file_that_cannot_be_judged_is_refused_with_the_remedy(tmp_path, content, found):
    file = tmp_path / "mine.csv"
    file.write_text(content, encoding="utf-8")
    result = run(file, "--json")
    assert result.exit_code == 1
    (problem,) = json.loads(result.stdout)["errors"]
    assert found in problem["found"]
    assert problem["remedy"]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert run(tmp_path / "none.csv").exit_code == 1


@pytest.mark.parametrize("words", [[], ["x.csv", "--text", "y"]])
def test_texts_come_from_one_place(words):
    assert run(*words).exit_code == 2
