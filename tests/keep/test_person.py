"""What is held about a person is shown whole, and erased to the last byte; the trail still holds."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest

from okrkit.errors import StoreError, UsageError
from okrkit.keep.invites import Wanted, open_invitations
from okrkit.keep.person import Who, open_person_file
from okrkit.keep.store import open_store
from okrkit.standard import Standard

from .conftest import Clock, Says

CANARY = "Zebedee-Canary-7731"
PERSON = "M-canary-4242"
WAVE = "2026-Q3"
KEY = "made-by-the-start-page"


@pytest.fixture
def who(says) -> Who:
    return Who(PERSON, says.who(CANARY))


@pytest.fixture
def file(path, clock):
    with open_person_file(path, now=clock, token_bytes=random.Random(5).randbytes) as opened:
        yield opened


@pytest.fixture(scope="module")
def with_person(new_store, tmp_path_factory):
    """A store with a person in every table that can hold one, among six others; their token."""
    path = tmp_path_factory.mktemp("person") / "answers.sqlite"
    shutil.copy(new_store, path)
    says, clock = Says(), Clock()
    with open_store(path, now=clock) as store:
        for who in (*range(6), CANARY):
            for statement in range(1, 6):
                comment = CANARY if who == CANARY else "as it was"
                store.save_answer(says.answer(who, statement, comment=comment))
            store.save_profile(says.profile(who, team=CANARY if who == CANARY else "T1"))
            store.send(says.done(who))
    with open_invitations(path, now=clock) as invitations:
        later = clock() + timedelta(days=14)
        wanted = [Wanted("manager", later, name) for name in ("M1", PERSON)]
        wanted += [Wanted("manager", later, PERSON, "single"), Wanted("hr", later, mode="single")]
        issued = invitations.issue(wanted)
        for one in issued:
            invitations.exchange(one.token, KEY)
    return path, issued[1].token


@pytest.fixture
def kept(with_person, path):
    """That store in the place of `path`; the token of one of the person's invitations."""
    made, token = with_person
    shutil.copy(made, path)
    shutil.copy(made.with_name("invite.keys"), path.with_name("invite.keys"))
    return token


def bytes_with(path, *texts: str) -> list[str]:
    """Files beside the store that hold one of the texts."""
    return [
        file.name
        for file in path.parent.rglob("*")
        if file.is_file() and any(text.encode() in file.read_bytes() for text in texts)
    ]


@contextmanager
def as_a_site(path):
    """Another program that has just read the store and keeps it open."""
    with closing(sqlite3.connect(path)) as site:
        site.execute("select count(*) from answer").fetchone()
        yield site


def test_everything_held_about_a_person_is_shown(kept, file, who):
    held = {name: (tuple(columns), list(rows)) for name, (columns, rows) in file.held(who).items()}
    assert {name: len(rows) for name, (_, rows) in held.items()} == {
        "invite": 2, "session": 2, "answer": 5, "profile": 1, "sent": 1,
    }  # fmt: skip
    columns, rows = held["answer"]
    assert columns == ("at", "wave", "statement", "answer", "comment")
    assert [(row["statement"], row["answer"], row["comment"]) for row in rows] == [
        (statement, "yes", CANARY) for statement in range(1, 6)
    ]
    assert held["invite"][0] == ("at", "role", "subject", "mode", "not_before", "expires", "used")
    assert held["session"][0] == ("at", "role", "subject", "mode")
    assert held["profile"][1][0]["team"] == CANARY


def test_without_the_code_no_answer_is_found(kept, file):
    assert set(file.held(Who(PERSON))) == {"invite", "session"}
    assert file.held(Who("nobody")) == {}


def test_an_id_is_found_in_either_unicode_form(path, clock, file):
    later = clock() + timedelta(days=14)
    with open_invitations(path, now=clock) as invitations:
        invitations.issue([Wanted("manager", later, name) for name in ("Jose\u0301", "Jos\u00e9")])
    assert len(list(file.held(Who("Jos\u00e9"))["invite"][1])) == 2
    assert dict(file.erase(Who("Jose\u0301")).rows) == {"invite": 2}


def test_after_an_erasure_no_byte_of_the_person_is_left(kept, file, who, path, clock, tmp_path):
    assert bytes_with(path, CANARY, PERSON, who.respondent) != []
    done = file.erase(who)
    assert dict(done.rows) == {"invite": 2, "session": 2, "answer": 5, "profile": 1, "sent": 1}
    assert done.whole
    assert bytes_with(path, CANARY, PERSON, who.respondent) == []
    with open_store(path, now=clock) as store:
        assert store.verify().faults == ()
        store.backup(tmp_path / "out" / "copy.sqlite")
        store.export(tmp_path / "out", Standard(), history=True)
    assert len([*(tmp_path / "out").rglob("*.*")]) == 11
    assert bytes_with(tmp_path / "out" / "copy.sqlite", CANARY, PERSON, who.respondent) == []
    assert file.held(who) == {}


def test_the_room_that_was_taken_is_given_back(file, path, clock, says, who):
    with open_store(path, now=clock) as store:
        store.save_answer(says.answer(CANARY, comment=f"{CANARY} " * 1400))
    file.erase(who)
    with closing(sqlite3.connect(path)) as there:
        assert there.execute("pragma freelist_count").fetchone() == (0,)
    assert (
        not path.with_name("answers.sqlite-wal").exists()
        or not path.with_name("answers.sqlite-wal").read_bytes()
    )


def test_the_others_keep_everything(kept, file, who, path, clock, says):
    with open_store(path, now=clock) as store:
        before = store.answers()
    file.erase(who)
    with open_store(path, now=clock) as store:
        assert [row.respondent for row in before if row.respondent == who.respondent]
        others = [(row.respondent, row.statement, row.answer, row.comment, row.at) for row in store.answers()]  # fmt: skip
        assert others == [
            (row.respondent, row.statement, row.answer, row.comment, row.at)
            for row in before
            if row.respondent != who.respondent
        ]
        assert store.wave_status(WAVE).sent == 6


def test_the_erasure_is_in_the_trail_and_names_nobody(kept, file, who, path):
    file.erase(who)
    with closing(sqlite3.connect(path)) as there:
        erased = [row[0] for row in there.execute("select object from erased order by seq")]
        actions = there.execute(
            "select count(*) from audit_row where action = 'erase' and object like 'erased/%'"
        ).fetchone()
    assert len(erased) == actions[0] == 11
    assert {what.split("/")[0] for what in erased} == {
        "answer", "profile", "sent", "invite", "session",
    }  # fmt: skip


def test_what_came_back_with_the_salt_gone_cannot_be_told_from_any_other_answer(
    kept, file, who, path
):
    """The digest in the trail is that of the answer with 16 random bytes that went with it."""
    with closing(sqlite3.connect(path)) as there:
        of = "select salt from answer where respondent = ?"
        salts = [row[0] for row in there.execute(of, [who.respondent])]
    file.erase(who)
    assert len(set(salts)) == 5
    assert bytes_with(path, *salts) == []


def test_an_erased_manager_is_logged_out_and_the_link_opens_no_more(kept, file, who, path, clock):
    with open_invitations(path, now=clock) as invitations:
        sid = invitations.exchange(kept, KEY).sid
        assert invitations.session_of(sid).subject == PERSON
        file.erase(who)
        assert invitations.session_of(sid) is None
        assert invitations.look_up(kept) is None
        with pytest.raises(UsageError, match="no invitation of ours"):
            invitations.exchange(kept, KEY)
        assert [one.subject for one in invitations.invites()] == ["M1", ""]


def test_an_answer_that_a_page_sends_again_afterwards_is_not_kept(file, path, clock, says, who):
    answer = says.answer(CANARY)
    with open_store(path, now=clock) as store:
        store.save_answer(answer)
        file.erase(who)
        with pytest.raises(UsageError, match="stands for something else"):
            store.save_answer(answer)
        assert store.info().rows["answer"] == 0


def test_only_what_is_named_as_erased_can_be_removed(store, says):
    store.save_answer(says.answer(1))
    store.save_answer(says.answer(2))

    def erase_another() -> None:
        with store._transaction("save") as connection:
            store._append(connection, "erased", "erase:answer/1", {"object": "answer/1"})
            connection.exec_driver_sql("delete from answer where seq = 2")

    with pytest.raises(StoreError) as refused:
        erase_another()
    assert "rows are added, never changed" in str(refused.value.__cause__)
    assert store.verify().ok
    assert store.info().rows["erased"] == 0


def test_a_row_said_to_be_erased_that_is_there_or_never_was_is_found(store, says):
    store.save_answer(says.answer(1))
    with store._transaction("save") as connection:
        for what in ("answer/1", "answer/9"):
            store._append(connection, "erased", f"erase:{what}", {"object": what})
    assert store.verify().faults == (
        "answer/9 was erased, but no audit row tells that it was ever saved.",
        "answer/1 was erased, and is there.",
    )


def test_copies_that_hold_the_person_are_removed_and_no_others(kept, file, who, path, clock):
    without = path.with_name("answers.sqlite.before-0002-20260101T000000.bak")
    holds = path.with_name("answers.sqlite.before-0004-20260930T103000.bak")
    cut_off = path.with_name(".backup-x7")
    theirs = path.with_name("a copy of somebody's own.sqlite")
    with open_store(path, now=clock) as store:
        store.backup(holds)
    shutil.copy(holds, theirs)
    cut_off.write_bytes(b"half a file with " + CANARY.encode())
    with open_store(without, now=clock) as other:
        other.open_wave(WAVE)
    done = file.erase(who)
    assert set(done.copies) == {holds, cut_off}
    assert without.exists()
    assert bytes_with(path, CANARY, PERSON) == [theirs.name]


def test_an_upgrade_leaves_no_copy_with_the_person(tmp_path, clock, says, who):
    from okrkit.keep import audit_rows
    from okrkit.keep.engine import sqlite_engine
    from okrkit.keep.place import make_private_file
    from okrkit.keep.schema import DATA, as_text
    from okrkit.keep.upgrade import bring_up_to_date

    path = tmp_path / "early" / "answers.sqlite"
    make_private_file(path)
    engine = sqlite_engine(path, timeout=5)
    bring_up_to_date(path, engine, clock(), to="0001")
    own = {"key": "early-000000000001", "salt": "0" * 32, "at": as_text(clock())}
    with engine.execution_options(writes=True).begin() as connection:
        said = says.answer(CANARY, comment=CANARY).content()
        audit_rows.append(connection, DATA["answer"], own | said)
    engine.dispose()
    with open_person_file(path, now=clock) as file:
        assert len(bytes_with(path, CANARY)) >= 2  # the copy made just now, too
        done = file.erase(who)
    assert len(done.copies) == 1
    assert bytes_with(path, CANARY, who.respondent) == []


def test_a_site_that_has_the_store_open_is_no_obstacle(kept, file, who, path):
    with as_a_site(path):
        assert file.erase(who).whole
        assert bytes_with(path, CANARY, PERSON, who.respondent) == []


def test_while_somebody_reads_it_is_said_and_asked_again_it_is_finished(
    kept, file, who, path, monkeypatch
):
    monkeypatch.setattr("okrkit.keep.person._PATIENCE", 0.1)
    with as_a_site(path) as site:
        site.execute("begin")
        site.execute("select count(*) from answer").fetchone()
        assert not file.erase(who).whole
        assert bytes_with(path, CANARY, PERSON) != []
        site.rollback()
        again = file.erase(who)
    assert (again.whole, dict(again.rows)) == (True, {})
    assert bytes_with(path, CANARY, PERSON, who.respondent) == []


def test_an_erasure_that_cannot_be_written_erases_nothing(kept, who, path, clock):
    with open_person_file(path, now=clock, timeout=0.1) as file, as_a_site(path) as site:
        site.execute("begin immediate")
        with pytest.raises(StoreError, match=r"Nothing was erased.*Another program holds"):
            file.erase(who)
        site.rollback()
        assert len(file.held(who)) == 5
