"""`okrkit invite` as a consultant types it."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from okrkit.cli import app
from okrkit.keep.invites import open_invitations
from okrkit.keep.place import store_path

URL = "https://okr.example.org"
KEY = "made-by-the-start-page"


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = tmp_path / "harbour"
    folder.mkdir()
    return folder


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(
        "Name,E-mail address,Email\nAda Löv,x,ada@example.org\n,,\n=Bo,y,bo@example.org\n",
        encoding="utf-8",
    )
    return path


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def invitations(client):
    return open_invitations(store_path(client), now=lambda: datetime.now(UTC))


def token_in(link: str) -> str:
    before, _, token = link.rpartition("/i/")
    assert before == URL
    return token


def test_a_list_of_people_becomes_a_mail_merge_file_whose_links_open(client, people, tmp_path):
    out = tmp_path / "links.csv"
    done = run("invite", client, "--role", "respondent", "--csv", people, "--url", URL, "-o", out)
    assert done.exit_code == 0, done.stderr
    assert f"Wrote {out}: 2 links, until " in done.stdout
    assert out.stat().st_mode & 0o777 == 0o600
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["name", "email", "invitation", "link", "expires"]
    assert [(row["name"], row["email"]) for row in rows] == [
        ("Ada Löv", "ada@example.org"),
        ("'=Bo", "bo@example.org"),
    ]
    with invitations(client) as opened:
        for row in rows:
            admitted = opened.exchange(token_in(row["link"]), KEY)
            assert admitted.session.role == "respondent"
            assert opened.look_up(token_in(row["link"])).id == row["invitation"]


def test_no_name_address_or_link_is_in_the_store(client, people, tmp_path):
    out = tmp_path / "links.csv"
    run("invite", client, "--role", "respondent", "--csv", people, "--url", URL, "-o", out)
    run("invite", client, "--role", "hr", "--for", "Cy Example", "--url", URL)
    kept = b"".join(file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())
    links = [line.split(",")[3] for line in out.read_text(encoding="utf-8").splitlines()[1:]]
    for text in ("Ada", "Löv", "ada@", "=Bo", "Cy Example", "example.org", *map(token_in, links)):
        assert text.encode() not in kept


def test_one_person_gets_one_link(client):
    done = run("invite", "new", client, "--role", "manager", "--for", "M07", "--url", f"{URL}/")
    assert done.exit_code == 0, done.stderr
    link, told = done.stdout.splitlines()
    with invitations(client) as opened:
        session = opened.exchange(token_in(link), KEY).session
        assert (session.role, session.subject) == ("manager", "M07")
        assert opened.look_up(token_in(link)).id in told


def test_managers_are_invited_by_the_ids_of_the_tables(client, tmp_path):
    people, out = tmp_path / "managers.csv", tmp_path / "links.csv"
    people.write_text("manager;name\nM01;Ada\nM02;Bo\n", encoding="utf-8")
    done = run("invite", client, "--role", "manager", "--csv", people, "--url", URL, "-o", out)
    assert done.exit_code == 0, done.stderr
    assert out.read_text(encoding="utf-8").startswith("name,manager,invitation,link,expires")
    with invitations(client) as opened:
        assert [one.subject for one in opened.invites()] == ["M01", "M02"]


def test_invitations_are_listed_without_links_and_taken_back(client):
    links = [
        run("invite", client, "--role", role, "--for", "x", "--url", URL, "--mode", "single").stdout
        for role in ("respondent", "hr", "hr")
    ]
    tokens = [token_in(link.splitlines()[0]) for link in links]
    with invitations(client) as opened:
        sids = [opened.exchange(token, KEY).sid for token in tokens[:2]]
    listed = run("invite", "list", client)
    assert listed.stdout.startswith(
        "     1  respondent, open\n     1  hr, used\n     1  hr, open\n"
    )
    found = json.loads(run("invite", "list", client, "--json").stdout)["invitations"]
    assert [one["state"] for one in found] == ["open", "used", "open"]  # of respondents not told
    assert not any(token in listed.stdout for token in tokens)

    taken = run("invite", "revoke", client, found[1]["id"], found[0]["id"])
    assert f"Revoked {found[1]['id']} (hr)." in taken.stdout
    assert "to the end of the day after, or --all" in taken.stdout
    with invitations(client) as opened:
        assert opened.session_of(sids[1]) is None
        assert opened.session_of(sids[0])
    assert "Revoked 1; every session has ended." in run("invite", "revoke", client, "--all").stdout
    with invitations(client) as opened:
        assert opened.session_of(sids[0]) is None
        assert {one.state for one in opened.invites()} == {"revoked"}


def test_a_new_key_leaves_links_sent_before_as_they_are(client):
    link = run("invite", client, "--role", "hr", "--for", "x", "--url", URL).stdout.splitlines()[0]
    assert run("invite", "new-key", client).exit_code == 0
    with invitations(client) as opened:
        assert opened.look_up(token_in(link)).state == "open"
    keys = store_path(client).with_name("invite.keys")
    assert len(keys.read_text(encoding="ascii").splitlines()) == 2


ONE = ("--role", "hr", "--for", "x", "--url", URL)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*ONE, "--role", "boss"), "role: expected one of respondent, manager"),
        ((*ONE, "--mode", "often"), "mode: expected single or resumable"),
        ((*ONE, "--expires", "soon"), "expected days or hours, such as 14d or 12h"),
        ((*ONE, "--expires", "0d"), "expected days or hours"),
        ((*ONE, "--url", "okr.example.org"), "expected an address such as https://"),
        ((*ONE, "--url", "javascript://x"), "expected an address such as https://"),
        ((*ONE, "--url", "https://me:pass@x"), "expected an address such as https://"),
        ((*ONE, "--url", "https://x/?a=1"), "expected an address such as https://"),
        ((*ONE, "--csv", "people.csv"), "Give --csv FILE with -o FILE, or --for NAME"),
        (("--role", "hr", "--url", URL), "Give --csv FILE with -o FILE, or --for NAME"),
        (("--role", "hr", "--url", URL, "--csv", "people.csv"), "Give the mail-merge file with -o"),
        (("--role", "manager", "--for", "", "--url", URL), "subject: expected a text"),
        (("--role", "hr", "--url", URL, "--csv", "nowhere.csv", "-o", "x"), "is not a file"),
    ],
)
def test_what_cannot_be_done_is_told_and_nobody_is_invited(client, tmp_path, words, told):
    refused = run("invite", client, *words)
    assert refused.exit_code == 2
    assert told in refused.stderr
    assert not store_path(client).exists() or not invites_of(client)


def invites_of(client):
    with invitations(client) as opened:
        return opened.invites()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("who\nAda\n", ["row 1: no column email or name"]),
        ("email\n", ["nobody"]),
        ("", ["an empty file"]),
        (
            "name,email\nAda,ada@example.org\nBo,\n,cy@example.org\nDi,di\nA,ADA@example.org\n",
            ["row 3, column email: nothing", "row 4, column name: nothing", "row 5, column email: 'di'",
             "row 6: the person of row 2 again"],
        ),
    ],
)  # fmt: skip
def test_a_list_of_people_that_cannot_be_used_is_refused_with_every_problem(
    client, people, tmp_path, text, told
):
    people.write_text(text, encoding="utf-8")
    out = tmp_path / "links.csv"
    refused = run("invite", client, "--role", "hr", "--csv", people, "--url", URL, "-o", out)
    assert refused.exit_code == 1
    assert [one for one in told if one not in refused.stderr] == []
    assert len(refused.stderr.splitlines()) == len(told)
    assert not out.exists()


def test_managers_without_ids_are_refused(client, people, tmp_path):
    words = ("--role", "manager", "--csv", people, "--url", URL, "-o", tmp_path / "links.csv")
    refused = run("invite", client, *words)
    assert refused.exit_code == 1
    assert "no column manager. Expected the ids of the managers" in refused.stderr


def test_links_are_written_over_nothing_and_never_into_the_clients_folder(client, people, tmp_path):
    words = ("invite", client, "--role", "hr", "--csv", people, "--url", URL, "-o")
    assert "exists. Choose another name" in run(*words, people).stderr
    assert "which is only read" in run(*words, client / "links.csv").stderr
    assert not store_path(client).exists()
    assert list(client.iterdir()) == []


def test_links_that_cannot_be_written_are_taken_back(client, people, tmp_path):
    out = tmp_path / "nowhere" / "links.csv"
    refused = run("invite", client, "--role", "hr", "--csv", people, "--url", URL, "-o", out)
    assert refused.exit_code == 2
    assert "cannot be written (No such file or directory). Nobody is invited." in refused.stderr
    assert {one.state for one in invites_of(client)} == {"revoked"}


def test_links_over_plain_http_come_with_a_warning(client):
    for url, warned in (
        ("http://okr.example.org", True),
        ("http://127.0.0.1:8866", False),
        (URL, False),
    ):
        done = run("invite", client, "--role", "hr", "--for", "x", "--url", url)
        assert ("anybody on the way can read them" in done.stderr) == warned
        assert ("open on this computer only" in done.stderr) == ("127.0.0.1" in url)


@pytest.mark.parametrize("words", [["list"], ["revoke", "--all"], ["new-key"]])
def test_without_invitations_nothing_is_made(client, tmp_path, words):
    refused = run("invite", words[0], client, *words[1:])
    assert refused.exit_code == 2
    assert "Nobody has been invited" in refused.stderr
    assert not (tmp_path / "data").exists()


def test_which_to_revoke_has_to_be_said(client):
    run("invite", client, "--role", "hr", "--for", "x", "--url", URL)
    for words in ((), ("abc", "--all")):
        assert (
            "Give ids as okrkit invite list says" in run("invite", "revoke", client, *words).stderr
        )
    assert "is not a folder" in run("invite", "list", client / "nowhere").stderr


def test_a_manager_whom_the_tables_do_not_know_is_told_with_the_nearest_id(client):
    grades = "key_result,manager,person,cycle,grade\nK1,M07,P1,2026-Q1,0.4\n"
    (client / "grades.csv").write_text(grades, encoding="utf-8")
    known = run("invite", client, "--role", "manager", "--for", "M07", "--url", URL)
    assert "has given no grade" not in known.stderr
    unknown = run("invite", client, "--role", "manager", "--for", "M7", "--url", URL)
    assert unknown.exit_code == 0
    assert "M7 has given no grade" in unknown.stderr
    assert "Did you mean M07?" in unknown.stderr


def test_the_links_of_a_project_are_told_to_need_its_address(client):
    assert run("project", "new", "harbour", client, "--keep-until", "2999-01-01").exit_code == 0
    plain = run("invite", client, "--role", "hr", "--for", "x", "--url", URL)
    assert f"--url {URL}/harbour" in plain.stderr
    whole = run("invite", client, "--role", "hr", "--for", "x", "--url", f"{URL}/harbour")
    assert "--project" not in whole.stderr
    wrong = run("invite", client, "--role", "hr", "--for", "x", "--url", f"{URL}/another")
    assert f"--url {URL}/harbour\n" in wrong.stderr


def test_the_headings_of_a_german_list_are_read_and_what_goes_into_no_mail_is_said(
    client, people, tmp_path
):
    people.write_text("Name;E-Mail;Abteilung\nAda;ada@example.org;Ost\n", encoding="utf-8")
    out = tmp_path / "links.csv"
    done = run("invite", client, "--role", "hr", "--csv", people, "--url", URL, "-o", out)
    assert "columns that go into no mail-merge file: Abteilung." in done.stderr
    assert out.read_text(encoding="utf-8").startswith(
        "name,email,invitation,link,expires\nAda,ada@"
    )


def test_who_invites_respondents_hears_when_nobody_is_asked_or_the_links_end_first(
    client, monkeypatch
):
    noon = datetime.now().astimezone().replace(hour=12)
    clock = SimpleNamespace(now=lambda: noon)  # no midnight comes between two looks at it
    monkeypatch.setattr("okrkit.cli_invite.datetime", clock)
    words = ("invite", client, "--role", "respondent", "--for", "Ada", "--url", URL)
    assert (
        f"No wave is open, so there is nothing to answer yet. Open one: okrkit wave open {client}"
        in run(*words).stderr
    )
    last = noon.date() + timedelta(days=20)
    run("wave", "open", client, "--name", "Q4", "--until", last)
    assert "these links until" in run(*words).stderr
    assert "--expires 21d lets people in to the last day" in run(*words).stderr
    assert run(*words, "--expires", "21d").stderr == ""
    assert run("invite", client, *ONE).stderr == ""


def test_the_list_of_a_client_who_has_invited_nobody_says_so(client):
    run("wave", "open", client, "--name", "Q4")
    assert "Nobody has been invited." in run("invite", "list", client).stdout
