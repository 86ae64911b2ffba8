"""Rows are added, never changed; whoever changes one by other means is found out."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from okrkit.errors import StoreError
from okrkit.keep.schema import DATA
from okrkit.keep.store import open_store

TABLES = (*DATA, "audit_row")
COLUMNS = {
    "answer": ["seq", "key", "salt", "at", "wave", "respondent", "statement", "answer", "comment"],
    "profile": ["seq", "key", "salt", "at", "wave", "respondent", "team", "level", "mode"],
    "sent": ["seq", "key", "salt", "at", "wave", "respondent"],
    "wave_event": ["seq", "key", "salt", "at", "wave", "kind", "closes_on"],
    "invite": [
        "seq",
        "key",
        "salt",
        "at",
        "jti_hash",
        "role",
        "subject",
        "mode",
        "not_before",
        "expires",
        "used",
    ],
    "session": ["seq", "key", "salt", "at", "sid_hash", "jti_hash", "role", "subject", "mode"],
    "ended": ["seq", "key", "salt", "at", "what", "hash"],
    "erased": ["seq", "key", "salt", "at", "object"],
    "audit_row": ["seq", "key", "action", "object", "at", "payload_digest", "prev_hash", "hash"],
}


@pytest.fixture
def full(full_store, path):
    """The file of a store with three rows in each table; nobody has it open."""
    return Path(shutil.copy(full_store, path))


def tampered(path, *statements: str) -> None:
    """Change the file as someone could who has it: without our triggers and foreign keys."""
    with closing(sqlite3.connect(path)) as file:
        for (trigger,) in file.execute(
            "select name from sqlite_master where type = 'trigger'"
        ).fetchall():
            file.execute(f"drop trigger {trigger}")
        for statement in statements:
            file.execute(statement)
        file.commit()


def faults(path, clock) -> tuple[str, ...]:
    with open_store(path, now=clock) as store:
        return store.verify().faults


def test_the_columns_below_are_all_there_are(full):
    with closing(sqlite3.connect(full)) as file:
        for table, columns in COLUMNS.items():
            assert [row[1] for row in file.execute(f"pragma table_info({table})")] == columns


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "change", ["update {0} set seq = seq", "delete from {0}", "replace into {0} select * from {0}"]
)
def test_no_row_can_be_changed_replaced_or_removed(full, store, table, change):
    with pytest.raises(StoreError) as refused, store._transaction("save") as connection:
        connection.exec_driver_sql(change.format(table))
    assert "rows are added, never changed" in str(refused.value.__cause__)
    assert store.verify().ok


def test_no_row_can_be_added_without_its_audit_row(store, says):
    with pytest.raises(StoreError) as refused, store._transaction("save") as connection:
        connection.exec_driver_sql(
            "insert into sent (key, salt, at, wave, respondent) values ('k', '', '', '2026-Q3', 'r')"
        )
    assert refused.value.__cause__.orig.sqlite_errorname == "SQLITE_CONSTRAINT_FOREIGNKEY"
    assert store.info().rows["sent"] == 0


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column) for table, columns in COLUMNS.items() for column in columns],
)
def test_a_change_of_any_column_of_any_row_is_found(full_store, tmp_path, clock, table, column):
    value = {"seq": 99, "statement": 5}.get(column, "'changed'")
    for row in (1, 2, 3):
        copy = Path(shutil.copy(full_store, tmp_path / f"{row}.sqlite"))
        tampered(copy, f"update {table} set {column} = {value} where seq = {row}")
        assert faults(copy, clock) != ()


@pytest.mark.parametrize("table", [table for table in TABLES if table != "audit_row"])
def test_a_row_taken_away_or_put_in_is_found_by_name(full, clock, table):
    aside = full.with_name("aside")
    shutil.copy(full, aside)
    tampered(full, f"delete from {table} where seq = 2")
    assert any(f"tells of {table}/2, which is missing" in fault for fault in faults(full, clock))
    once = {"respondent", "jti_hash", "sid_hash", "hash", "object"}
    columns = ", ".join(column for column in COLUMNS[table][2:] if column not in once)
    own = [column for column in COLUMNS[table] if column in once]
    extra = ("".join(f", {column}" for column in own), ", 'somebody'" * len(own))
    tampered(
        aside,
        f"insert into {table} (key, {columns}{extra[0]}) select 'new', {columns}{extra[1]} from {table} limit 1",
    )
    assert faults(aside, clock)[0] == {
        "answer": "answer/7 has no audit row.",  # three were erased
        "erased": "somebody was erased, but no audit row tells that it was ever saved.",
    }.get(table, f"{table}/4 has no audit row.")


def test_an_audit_row_taken_away_put_in_or_moved_is_found(full, clock):
    for change in (
        "delete from audit_row where seq = 5",
        "delete from audit_row where seq = 27",
        "insert into audit_row select 28, 'k', action, 'o', at, payload_digest, prev_hash, hash from audit_row where seq = 1",
        "update audit_row set seq = case seq when 4 then -5 when 5 then -4 end where seq in (4, 5)",
    ):
        copy = full.with_name("copy")
        shutil.copy(full, copy)
        tampered(copy, change, "update audit_row set seq = -seq where seq < 0")
        assert faults(copy, clock) != (), change


def test_a_row_rewritten_together_with_its_audit_row_is_found_by_the_next(full, clock):
    from okrkit.keep import audit_rows

    with closing(sqlite3.connect(full)) as file:
        file.row_factory = sqlite3.Row
        said = dict(file.execute("select * from answer where seq = 1").fetchone()) | {
            "answer": "no"
        }
        told = dict(file.execute("select * from audit_row where object = 'answer/1'").fetchone())
    told["payload_digest"] = audit_rows.digest(said)
    told["hash"] = audit_rows._hash(told)
    tampered(
        full,
        "update answer set answer = 'no' where seq = 1",
        f"update audit_row set payload_digest = '{told['payload_digest']}', hash = '{told['hash']}'"
        f" where seq = {told['seq']}",
    )
    assert faults(full, clock) == (
        f"Audit row {told['seq'] + 1} does not follow the row before it.",
    )


def test_a_missing_audit_row_is_named(full, clock):
    tampered(full, "delete from audit_row where seq = 5")
    found = faults(full, clock)
    assert found[0] == "Audit row 5 is missing; the next one there is 6."
    assert found[-1].endswith("has no audit row.")


def test_any_mixture_of_changes_is_found_or_changes_nothing(full, clock):
    rng = random.Random(20260930)
    for number in range(60):
        copy = full.with_name(f"copy-{number}")
        shutil.copy(full, copy)
        with closing(sqlite3.connect(copy)) as file:
            before = list(file.iterdump())
        table = rng.choice(TABLES)
        column, row = rng.choice(COLUMNS[table]), rng.randrange(1, 4)
        donor = rng.randrange(1, 4)
        tampered(
            copy,
            f"update or ignore {table} set {column} = (select {column} from {table} where seq = {donor}) where seq = {row}",
        )
        with closing(sqlite3.connect(copy)) as file:
            after = list(file.iterdump())
        said = [line for line in before if line.startswith("INSERT")]
        assert faults(copy, clock) or [line for line in after if line.startswith("INSERT")] == said


def test_missing_at_the_end_shows_against_a_head_written_down(store, says, path, clock):
    store.save_answer(says.answer())
    head = store.verify().head
    assert head.seq == 2
    store.close()
    tampered(path, "delete from answer", "delete from audit_row where seq = 2")
    with open_store(path, now=clock) as shortened:
        assert shortened.verify().ok  # the file alone cannot tell
        assert shortened.verify().head != head


def test_the_chain_can_be_checked_without_us(full):
    with closing(sqlite3.connect(full)) as file:
        file.row_factory = sqlite3.Row
        rows = [dict(row) for row in file.execute("select * from audit_row order by seq")]
        answer = dict(file.execute("select * from answer where seq = 1").fetchone())
    before = "0" * 64
    for row in rows:
        assert row["prev_hash"] == before
        before = row.pop("hash")
        assert (
            sha256(json.dumps(row, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
            == before
        )
    (told,) = [row for row in rows if row["object"] == "answer/1"]
    said = {name: answer[name] for name in COLUMNS["answer"] if name not in ("seq", "key", "at")}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    assert told["payload_digest"] == sha256(text.encode()).hexdigest()


def test_two_equal_answers_have_different_digests(store, says):
    for who in (1, 1):
        store.save_answer(says.answer(who))
    with store._transaction("read") as connection:
        digests = (
            connection.exec_driver_sql("select payload_digest from audit_row where seq > 1")
            .scalars()
            .all()
        )
    assert len(set(digests)) == 2


def test_no_false_alarm_while_others_save(path, clock, says):
    import threading

    answers = [says.answer(who) for who in range(60)]
    with open_store(path, now=clock) as writer, open_store(path, now=clock) as reader:
        thread = threading.Thread(target=lambda: [writer.save_answer(one) for one in answers])
        thread.start()
        seen = []
        while thread.is_alive():
            seen.append(reader.verify())
        thread.join()
    assert all(one.ok for one in seen)


@pytest.mark.long
def test_a_hundred_thousand_rows_are_checked_in_five_seconds(store, says):
    import time

    from okrkit.keep import audit_rows
    from okrkit.keep.schema import as_text

    with store._transaction("save") as connection:
        for number in range(100_000):
            own = {"key": f"many-{number:012}", "salt": "0" * 32, "at": as_text(store._now())}
            audit_rows.append(connection, DATA["answer"], says.answer(number).content() | own)
    started = time.process_time()
    assert store.verify().ok
    assert time.process_time() - started < 5
