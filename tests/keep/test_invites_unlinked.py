"""Who took part and what was answered: what a store says of one does not lead to the other.

Known to the one who tries: the whole folder of the store, and the file of links, hence which
invitation is whose. Not known: what is in the visitors' browsers.
"""

from __future__ import annotations

import random
import re
import secrets
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from okrkit.keep.codes import new_code, respondent_of
from okrkit.keep.invites import Wanted, open_invitations
from okrkit.keep.records import Answer, Sending
from okrkit.keep.store import open_store

WAVE = "2026-Q3"
PEOPLE = 30
OURS = ("answer", "profile", "sent")
THEIRS = ("invite", "session", "ended")


@pytest.fixture(scope="module", params=["single", "resumable"])
def taken_part(request, new_store, tmp_path_factory):
    """Thirty come in some order and answer; the file, in use, and who is who by invitation."""
    path = Path(shutil.copy(new_store, tmp_path_factory.mktemp("client") / "answers.sqlite"))
    rng = random.Random(20260930)
    time = Time()
    with open_store(path, now=time) as store, open_invitations(path, now=time) as invitations:
        wanted = [Wanted("respondent", time() + timedelta(days=14), mode=request.param)] * PEOPLE
        issued = list(invitations.issue(wanted))
        rng.shuffle(issued)
        who = {}
        for one in issued:
            time.at += timedelta(minutes=rng.randrange(1, 30))
            sid = invitations.exchange(one.token, secrets.token_urlsafe(24)).sid
            who[one.id] = answers_something(store, time, rng)
            if rng.random() < 0.3:
                invitations.end(sid)
        yield path, who


class Time:
    """When the store was made, until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 9, 30, 10, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def answers_something(store, time, rng) -> str:
    respondent = respondent_of(new_code(rng.randbytes))
    for statement in range(1, 6):
        time.at += timedelta(seconds=rng.randrange(5, 60))
        key = secrets.token_urlsafe(24)
        store.save_answer(Answer(key, WAVE, respondent, statement, rng.choice(["yes", "no"])))
    store.send(Sending(secrets.token_urlsafe(24), WAVE, respondent))
    return respondent


def rows(path, table) -> list[dict]:
    with closing(sqlite3.connect(path)) as file:
        file.row_factory = sqlite3.Row
        return [dict(row) for row in file.execute(f"select * from {table} order by seq")]


def test_no_value_stands_both_with_an_answer_and_with_an_invitation(taken_part):
    path, _ = taken_part
    plain = {"seq", "statement", "mode"}  # small numbers and fixed words

    def values(tables):
        return {
            value
            for table in tables
            for row in rows(path, table)
            for name, value in row.items()
            if name not in plain and value not in (None, "", 0, 1)
        }

    assert values(OURS) & values(THEIRS) == set()
    assert len(values(OURS)) > PEOPLE
    assert len(values(THEIRS)) > PEOPLE


def test_a_respondents_session_names_no_invitation_and_only_its_day(taken_part):
    path, _ = taken_part
    sessions = rows(path, "session")
    assert len(sessions) == PEOPLE
    assert {row["jti_hash"] for row in sessions} == {None}
    assert {row["subject"] for row in sessions} == {""}
    trail = [row for row in rows(path, "audit_row") if row["action"] in {"begin_session", "end"}]
    for row in (*sessions, *rows(path, "ended"), *trail):
        assert re.fullmatch(r"2026-(09-30|10-0\d)T00:00:00.000000\+00:00", row["at"])


def test_an_invitation_tells_that_it_was_used_and_never_when(taken_part):
    path, _ = taken_part
    invites = rows(path, "invite")
    single = invites[0]["mode"] == "single"
    assert {row["used"] for row in invites} == {1 if single else 0}
    assert {row["at"] for row in invites} == {"2026-09-30T10:30:00.000000+00:00"}
    trail = [row for row in rows(path, "audit_row") if row["action"] == "issue"]
    assert {row["at"] for row in trail} == {"2026-09-30T10:30:00.000000+00:00"}


def test_the_log_beside_the_file_holds_no_invitation_once_it_is_used(path, clock):
    log = path.with_name("answers.sqlite-wal")
    with open_invitations(path, now=clock) as invitations:
        wanted = [Wanted("respondent", clock() + timedelta(days=14), mode="single")] * PEOPLE
        issued = invitations.issue(wanted)
        assert issued[0].id.encode() in log.read_bytes()
        for one in issued[:3]:
            invitations.exchange(one.token, secrets.token_urlsafe(24))
            assert log.read_bytes() == b""


def test_the_file_does_not_move_an_invitation_that_is_used(taken_part):
    """Freed and newly taken places in a page would tell the order; there are none."""
    path, _ = taken_part
    held = path.read_bytes()
    marks = [row["jti_hash"].encode() for row in rows(path, "invite")]
    places = [[found.start() for found in re.finditer(mark, held)] for mark in marks]
    # in the row's key, the row, and two indexes each; in the audit row and its index
    assert {len(found) for found in places} == {6}
    by_page = {}
    for number, found in enumerate(min(place) for place in places):
        by_page.setdefault(found // 4096, []).append((found, number))
    for page in by_page.values():  # a page fills from its end, in the order of issue
        assert [number for _, number in sorted(page, reverse=True)] == sorted(
            number for _, number in page
        )


def test_guessing_by_order_is_as_good_as_chance(taken_part):
    """The k-th place among invitations, in any order the file knows, against the k-th respondent."""
    path, who = taken_part
    answered = list(dict.fromkeys(row["respondent"] for row in rows(path, "answer")))
    held = path.read_bytes()
    invites = rows(path, "invite")
    orders = [
        [row["jti_hash"] for row in invites],
        sorted(row["jti_hash"] for row in invites),
        sorted((row["jti_hash"] for row in invites), key=lambda mark: held.find(mark.encode())),
        sorted((row["jti_hash"] for row in invites), key=lambda mark: held.rfind(mark.encode())),
    ]
    for order in orders:
        for guess in (order, order[::-1]):
            right = sum(who[mark[:12]] == one for mark, one in zip(guess, answered, strict=True))
            assert right <= 4  # by chance one; five or more once in 270 orders


def test_the_same_guess_would_succeed_had_sessions_named_their_invitation(taken_part):
    """The guess has teeth: sessions do follow each other as the answers do."""
    path, who = taken_part
    answered = list(dict.fromkeys(row["respondent"] for row in rows(path, "answer")))
    came = list(who)  # what a session would have named
    assert [who[mark] for mark in came] == answered
