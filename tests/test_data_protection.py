"""The page on data protection names every field there is, and no command or promise that is not."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import tomlkit
from typer.testing import CliRunner

from okrkit.cli import app
from okrkit.judge.agreed import Agreed
from okrkit.judge.plan import PlanStep
from okrkit.keep.agreed_file import Decision
from okrkit.keep.projects import Project, keep_project
from okrkit.keep.schema import metadata
from okrkit.publish.invited import InvitedSessions
from okrkit.publish.sessions import Cookie
from okrkit.schemas import SCHEMAS

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "data-protection.md").read_text(encoding="utf-8")
UNREAD = "nothing reads it yet: leave it out"


def listed(heading: str) -> dict[str, list[str]]:
    """The cells of each field in the table under a heading."""
    section = PAGE.split(f"### {heading}\n")[1].split("\n### ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.*) \|$", section, flags=re.MULTILINE)
    assert len({name for name, _ in rows}) == len(rows)
    return {name: cells.split(" | ") for name, cells in rows}


def test_every_column_of_a_clients_tables_is_listed():
    there = [
        f"{name}.{column.name}" for name, schema in SCHEMAS.items() for column in schema.columns
    ]
    assert list(listed("The client's own files")) == there


def test_every_column_of_the_store_is_listed():
    there = [
        f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.c
    ]
    assert list(listed("The store of answers and invitations")) == there


def test_every_field_of_the_other_files_is_listed(tmp_path):
    keep_project(Project("harbour", tmp_path, None, "theirs"), home=tmp_path)
    kept = tomlkit.parse((tmp_path / "projects" / "harbour.toml").read_text())
    there = [
        f"plan.json.{name}" for name in ("version", "folder", *(f.name for f in fields(PlanStep)))
    ]
    there += [f"project.toml.{name}" for name in kept]
    decision = Decision(Agreed("K1", "M1", "P1", "Q1", 0.6, 0.7, "Late."), "2026-10-01", "")
    there += [f"agreed-grades.jsonl.{name}" for name in decision.as_row()]
    assert set(listed("Other files")) == {*there, "invite.keys", "mail-merge.csv"}


def test_every_field_says_what_for_who_sees_it_and_how_long():
    for heading in (
        "The client's own files",
        "The store of answers and invitations",
        "Other files",
    ):
        for name, cells in listed(heading).items():
            assert len(cells) == 3, name
            assert all(cells), name


@pytest.mark.parametrize("table", sorted(SCHEMAS))
def test_a_table_that_nothing_reads_is_said_to_be_so(table):
    rows = [
        cells
        for name, cells in listed("The client's own files").items()
        if name.startswith(f"{table}.")
    ]
    sources = [
        path.read_text(encoding="utf-8")
        for folder in ("judge", "measure")
        for path in (ROOT / "okrkit" / folder).rglob("*.py")
    ]
    read = any(re.search(rf"tables\.{table}\b", text) for text in sources)
    assert read == any(cells[0] != UNREAD for cells in rows)


def test_the_commands_of_the_page_exist():
    commands = set(re.findall(r"`okrkit ([a-z]+(?: [a-z]+)?)", PAGE))
    assert {"project end", "store erase", "store export"} <= commands
    for command in commands:
        words = [word for word in command.split() if word != "lab"]
        assert CliRunner().invoke(app, [*words, "--help"]).exit_code == 0, command


def test_the_form_does_not_promise_more_than_the_page():
    form = (ROOT / "okrkit" / "show" / "templates" / "form.html.j2").read_text(encoding="utf-8")
    assert "confidential" in form
    promised = form.split("{% if survey.anonymous %}")[1].split("{% else %}")[0]
    assert form.replace("survey.anonymous", "").count("anonymous") == promised.count("anonymous")
    assert "can still tell who you are" in promised
    assert "**Anonymous** is what the form promises to respondents who come by invitation" in PAGE
    assert "Whoever runs the check can read single answers" in PAGE


def test_one_visit_saves_under_no_more_codes_than_the_page_says(tmp_path):
    (said,) = re.findall(r"A visit by invitation saves under at most (\w+) codes", PAGE)
    most = {"one": 1, "two": 2, "three": 3}[said]
    sessions = InvitedSessions(tmp_path / "store.db", Cookie("okrkit", "/"))
    codes = [{"code": str(number)} for number in range(most + 1)]
    taken = [sessions.may_write("visit", one) for one in (*codes, *codes)]
    sessions.close()
    assert taken == [*[True] * most, False] * 2
