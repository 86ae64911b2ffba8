"""`okrkit store export --person` and `okrkit store erase` as a data protection officer needs them."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from okrkit.cli import app
from okrkit.judge.agreed import Agreed
from okrkit.judge.plan import PlanStep
from okrkit.keep.agreed_file import Decision, add_agreed
from okrkit.keep.codes import respondent_of
from okrkit.keep.invites import Wanted, open_invitations
from okrkit.keep.place import store_path
from okrkit.keep.plan_file import save_plan
from okrkit.keep.records import Answer, Profile, Sending
from okrkit.keep.store import open_store

NAME = "Zebedee Canary"
PERSON = "M-canary-4242"
CODE = "7K2M-9QXD-40RT-HW3B"
WHO = ("--person", PERSON)


def now() -> datetime:
    return datetime(2026, 9, 30, tzinfo=UTC)


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def client(tmp_path, data):
    """A client whose manager stands in files, plan, invitations, sessions and answers."""
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "people.csv").write_text(f"person,name\nP1,Ada\n{PERSON},{NAME}\n")
    (folder / "grades.csv").write_text(
        "key_result,manager,cycle,grade\n"
        + "".join(f"K{n},{PERSON if n % 3 else 'P1'},Q1,0.5\n" for n in range(9))
    )
    step = PlanStep("4.driver", 4, "Name one driver.", "this week", owner=NAME)
    save_plan(folder, [step, PlanStep("1.x", 1, "Meet.", "this week", owner="Bo")])
    grade = Agreed("K1", PERSON, "P1", "Q1", 0.5, 0.7, "Counted again.")
    add_agreed(folder, [Decision(grade, now().isoformat(), "0" * 16)])
    path = store_path(folder)
    with open_store(path, now=now) as store:
        store.open_wave("Q3")
        about = ("Q3", respondent_of(CODE))
        store.save_answer(Answer("k" * 16, *about, 1, "no", f"so says {NAME}"))
        store.save_profile(Profile("l" * 16, *about, "Harbour"))
        store.send(Sending("m" * 16, *about))
    with open_invitations(path, now=now) as invitations:
        (issued,) = invitations.issue([Wanted("manager", now() + timedelta(days=9), PERSON)])
        invitations.exchange(issued.token, "made-by-the-start-page")
    return folder


def run(*words, typed=""):
    return CliRunner().invoke(app, [str(word) for word in words], input=typed)


def rows_in(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kept_bytes(data) -> bytes:
    return b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())


def test_all_that_is_held_about_a_person_is_written_out(client, tmp_path):
    out = tmp_path / "out"
    done = run("store", "export", client, *WHO, "--code", CODE, "-o", out)
    assert done.exit_code == 0, done.stderr
    counts = {path.relative_to(out).as_posix(): len(rows_in(path)) for path in out.rglob("*.csv")}
    assert counts == {
        "files/people.csv": 1, "files/grades.csv": 6, "okrkit/plan.csv": 1, "okrkit/agreed-grades.csv": 1, "okrkit/invite.csv": 1,
        "okrkit/session.csv": 1, "okrkit/answer.csv": 1, "okrkit/profile.csv": 1, "okrkit/sent.csv": 1,
    }  # fmt: skip
    assert rows_in(out / "okrkit" / "answer.csv")[0]["comment"] == f"so says {NAME}"
    assert rows_in(out / "files" / "grades.csv")[0] == {
        "okrkit.file": "grades.csv", "okrkit.sheet": "", "okrkit.row": "3",
        "key_result": "K1", "manager": PERSON, "cycle": "Q1", "grade": "0.5",
    }  # fmt: skip
    assert f"     6  {out / 'files' / 'grades.csv'}" in done.stdout
    assert f"Looked for {PERSON}, {NAME}." in done.stdout
    assert all(path.stat().st_mode & 0o077 == 0 for path in out.rglob("*"))


def test_without_the_code_the_answers_stay_out_and_it_is_said_why(client, tmp_path):
    done = run("store", "export", client, *WHO, "-o", tmp_path / "out")
    assert not (tmp_path / "out" / "okrkit" / "answer.csv").exists()
    assert "kept under a code that only the person has" in done.stdout


def test_of_a_client_without_a_store_the_files_are_searched(tmp_path, data):
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "people.csv").write_text("person\nP1\n")
    done = run("store", "export", folder, "--person", "P1", "-o", tmp_path / "out")
    assert (done.exit_code, done.stdout.count(".csv")) == (0, 1)
    done = run("store", "erase", folder, "P1", "--yes")
    assert "people.csv: row 2" in done.stdout
    assert not data.exists()


def test_an_erasure_leaves_no_byte_and_names_the_places_left_to_the_client(client, data):
    assert NAME.encode() in kept_bytes(data)
    before = {path: path.read_bytes() for path in client.iterdir()}
    done = run("store", "erase", client, PERSON, "--code", CODE, typed=f"{PERSON}\n")
    assert done.exit_code == 0, done.stderr
    for text in (NAME, PERSON, CODE, respondent_of(CODE)):
        assert text.encode() not in kept_bytes(data)
    assert (
        "Erased rows of the store: 1 invite, 1 session, 1 answer, 1 profile, 1 sent." in done.stdout
    )
    assert "Emptied steps of the plan: 1." in done.stdout
    assert "Erased agreed grades, or reasons: 1." in done.stdout
    assert "    grades.csv: rows 3-4, 6-7, 9-10\n    people.csv: row 3\n" in done.stdout
    assert {path: path.read_bytes() for path in client.iterdir()} == before
    assert "Every row is as it was saved." in run("store", "info", client).stdout
    assert b"Bo" in kept_bytes(data)


def test_the_same_for_machines(client):
    done = run("store", "erase", client, PERSON, "--code", CODE, "--yes", "--json")
    told = json.loads(done.stdout)
    assert told["erased"] == {"invite": 1, "session": 1, "answer": 1, "profile": 1, "sent": 1}
    assert (told["plan"], told["copies_removed"], told["whole"]) == (1, [], True)
    assert told["left"][0] == {
        "file": "grades.csv", "sheet": "", "row": 3, "columns": ["manager"],
    }  # fmt: skip
    assert len(told["left"]) == 7


@pytest.mark.parametrize("typed", ["\n", "yes\n", "P1\n"])
def test_without_the_id_typed_again_nothing_is_erased(client, data, typed):
    before = kept_bytes(data)
    assert run("store", "erase", client, PERSON, typed=typed).exit_code != 0
    assert kept_bytes(data) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("erase", "{0}", PERSON, "--code", "abc", "--yes"), "no code of ours"),
        (("erase", "{0}", " ", "--yes"), "Who?"),
        (("erase", "{0}/none", PERSON, "--yes"), "is not a folder"),
        (("export", "{0}", *WHO, "--history", "-o", "{1}"), "Which?"),
        (("export", "{0}", "--code", CODE, "-o", "{1}"), "go with --person"),
        (("export", "{0}", *WHO, "-o", "{0}/out"), "lies in the client's folder"),
    ],
)
def test_what_cannot_be_meant_is_refused(client, tmp_path, data, words, said):
    before = kept_bytes(data)
    refused = run("store", *(word.format(client, tmp_path / "out") for word in words))
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert kept_bytes(data) == before
    assert not (tmp_path / "out").exists()


def test_while_another_program_reads_the_command_says_so_and_ends_in_error(client, monkeypatch):
    import sqlite3
    from contextlib import closing

    monkeypatch.setattr("okrkit.keep.person._PATIENCE", 0.1)
    with closing(sqlite3.connect(store_path(client))) as site:
        site.execute("begin")
        site.execute("select count(*) from answer").fetchone()
        done = run("store", "erase", client, PERSON, "--yes")
        assert done.exit_code == 1
        assert "Stop the site and give the same command again" in done.stderr
    assert run("store", "erase", client, PERSON, "--yes").exit_code == 0
