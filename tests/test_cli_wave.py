"""`okrkit wave` and `okrkit store` as a consultant types them."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from okrkit.cli import app
from okrkit.keep.codes import new_code, respondent_of
from okrkit.keep.place import store_path
from okrkit.keep.records import Answer, Sending
from okrkit.keep.store import open_store


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = tmp_path / "harbour"
    folder.mkdir()
    return folder


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def answer_as_somebody(client):
    respondent = respondent_of(new_code(secrets.token_bytes))
    with open_store(store_path(client), now=lambda: datetime.now(UTC)) as store:
        store.save_answer(Answer(secrets.token_hex(12), "Q4", respondent, 1, "yes", "=1+1"))
        store.send(Sending(secrets.token_hex(12), "Q4", respondent))


def test_a_wave_is_opened_looked_at_and_closed(client):
    opened = run("wave", "open", client, "--name", "Q4", "--until", "2999-12-15")
    assert (opened.exit_code, opened.stdout) == (
        0, "Q4: open until 2999-12-15; 0 sent, 0 started.\n",
    )  # fmt: skip
    answer_as_somebody(client)
    assert "1 sent, 1 started" in run("wave", "status", client).stdout
    closed = run("wave", "close", client)
    assert closed.exit_code == 0
    assert "Q4: closed on" in closed.stdout
    status = json.loads(run("wave", "status", client, "--json").stdout)
    assert status["waves"][0]["is_open"] is False
    assert status["waves"][0]["sent"] == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("open", "--name", "Q4", "--until", "soon"), "expected a day such as 2026-12-15"),
        (("open", "--name", "Q4", "--until", "2001-01-01"), "has passed"),
        (("open", "--name", " "), "wave: expected"),
        (("status",), "No wave has been opened"),
        (("close",), "No wave has been opened"),
    ],
)
def test_what_cannot_be_done_is_told_with_what_can(client, words, told):
    command, *options = words
    refused = run("wave", command, client, *options)
    assert refused.exit_code == 2
    assert told in refused.stderr


def test_a_wave_that_is_not_named_is_asked_for(client):
    for name in ("Q3", "Q4"):
        run("wave", "open", client, "--name", name)
    refused = run("wave", "close", client)
    assert refused.exit_code == 2
    assert "Open are Q3, Q4; name one with --name." in refused.stderr
    assert run("wave", "close", client, "--name", "Q3").exit_code == 0
    assert "There is no wave 'Q9'" in run("wave", "close", client, "--name", "Q9").stderr


def test_a_folder_that_is_not_there_gets_no_store(client, tmp_path):
    refused = run("wave", "open", tmp_path / "nowhere", "--name", "Q4")
    assert refused.exit_code == 2
    assert "is not a folder" in refused.stderr
    assert not (tmp_path / "data").exists()


def test_what_is_kept_is_described_exported_and_backed_up(client, tmp_path):
    run("wave", "open", client, "--name", "Q4")
    answer_as_somebody(client)
    told = run("store", "info", client)
    assert told.exit_code == 0
    assert str(store_path(client)) in told.stdout
    assert "Every row is as it was saved." in told.stdout
    info = json.loads(run("store", "info", client, "--json").stdout)
    assert info["rows"]["answer"] == 1
    assert info["faults"] == []

    out = tmp_path / "out"
    assert run("wave", "close", client).exit_code == 0
    assert run("store", "export", client, "-o", out, "--history").exit_code == 0
    header, row = (out / "answers.csv").read_text(encoding="utf-8").splitlines()
    assert header == "respondent,statement,answer,team,level,wave"
    assert row.endswith(",1,yes,,,Q4")
    assert "'=1+1" in (out / "history" / "answer.csv").read_text(encoding="utf-8")
    assert run("store", "export", client, "-o", out).exit_code == 2

    copy = tmp_path / "copy.sqlite"
    assert "every row as it was saved" in run("store", "backup", client, "-o", copy).stdout
    with open_store(copy, now=lambda: datetime.now(UTC)) as store:
        assert len(store.answers()) == 1


def test_an_open_wave_is_exported_as_far_as_the_audit_shows_it(client, tmp_path):
    run("wave", "open", client, "--name", "Q4")
    (client / "standard.toml").write_text("wave_min = 6\n", encoding="utf-8")
    for people, rows, told in (
        (2, 0, "2 of 2 who have sent are held back until 6 have."),
        (6, 6, "2 of 8 who have sent are held back until 11 have."),
    ):
        for _ in range(people):
            answer_as_somebody(client)
        out = tmp_path / f"after {people} more"
        exported = run("store", "export", client, "-o", out)
        assert f"The wave Q4 is open: {told}\n" in exported.stdout
        assert len((out / "answers.csv").read_text(encoding="utf-8").splitlines()) == 1 + rows
        assert not (out / "history").exists()
    assert "for the person responsible only" in " ".join(
        run("store", "export", "--help").stdout.replace("│", " ").split()
    )


def test_an_answer_taken_back_is_not_counted_as_one(client):
    run("wave", "open", client, "--name", "Q4")
    respondent = respondent_of(new_code(secrets.token_bytes))
    with open_store(store_path(client), now=lambda: datetime.now(UTC)) as store:
        for word in ("yes", ""):
            store.save_answer(Answer(secrets.token_hex(12), "Q4", respondent, 1, word, ""))
    assert "0 sent, 0 started" in run("wave", "status", client).stdout


def test_nothing_is_written_into_the_clients_folder(client):
    run("wave", "open", client, "--name", "Q4")
    for command in ("export", "backup"):
        refused = run("store", command, client, "-o", client / "out")
        assert refused.exit_code == 2
        assert "which is only read" in refused.stderr
    assert list(client.iterdir()) == []


def test_without_a_store_nothing_is_made(client, tmp_path):
    for command in (["info"], ["export", "-o", tmp_path / "x"], ["backup", "-o", tmp_path / "x"]):
        refused = run("store", command[0], client, *command[1:])
        assert refused.exit_code == 2
        assert "Nothing is kept" in refused.stderr
    assert not (tmp_path / "data").exists()
