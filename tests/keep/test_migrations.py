"""A store of an earlier okrkit is upgraded after a checked backup; of a later one it is left alone."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from okrkit.errors import StoreError
from okrkit.keep import audit_rows
from okrkit.keep.engine import sqlite_engine
from okrkit.keep.place import make_private_file
from okrkit.keep.schema import DATA, as_text, metadata
from okrkit.keep.store import open_store
from okrkit.keep.upgrade import LATEST, bring_up_to_date

WAVE = "2026-Q3"
KILLED_UPGRADES = Path(__file__).with_name("killed_upgrades.py")


@pytest.fixture
def old(tmp_path, clock, says):
    """A store as revision 0001 kept it: profiles had no mode."""
    path = tmp_path / "client" / "answers.sqlite"
    make_private_file(path)
    engine = sqlite_engine(path, timeout=5)
    bring_up_to_date(path, engine, clock(), to="0001")
    rows = [("wave_event", {"wave": WAVE, "kind": "open", "closes_on": None})]
    for who in range(3):
        rows.append(("answer", says.answer(who, comment="early").content()))
        rows.append(("profile", {**says.profile(who, team="T1").content(), "mode": None}))
    rows.append(("sent", says.done(0).content()))
    with engine.execution_options(writes=True).begin() as connection:
        for number, (table, content) in enumerate(rows):
            own = {"key": f"old-{number:012}", "salt": f"{number:032x}", "at": as_text(clock())}
            said = {name: value for name, value in content.items() if name != "mode"}
            audit_rows.append(connection, DATA[table], said | own)
    engine.dispose()
    return path


def columns(path: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(path)) as file:
        return [row[1] for row in file.execute(f"pragma table_info({table})")]


def test_the_fixture_is_an_earlier_store(old):
    assert "mode" not in columns(old, "profile")
    assert LATEST != "0001"


def test_an_earlier_store_is_upgraded_with_everything_in_it(old, clock, says):
    with open_store(old, now=clock) as store:
        assert store.info().revision == LATEST
        assert dict(store.info().rows) == {
            "answer": 3,
            "profile": 3,
            "sent": 1,
            "wave_event": 1,
            "invite": 0,
            "session": 0,
            "ended": 0,
            "erased": 0,
            "audit_row": 8,
        }
        (row,) = store.answers()
        assert (row.respondent, row.comment, row.team, row.mode) == (
            says.who(0),
            "early",
            "T1",
            "own",
        )
        assert store.draft(says.who(1), WAVE).mode == "own"
        store.save_profile(says.profile(1, mode="together"))
        assert store.draft(says.who(1), WAVE).mode == "together"
        assert store.verify().ok


def test_before_an_upgrade_a_backup_is_left_beside_it(old, clock):
    open_store(old, now=clock).close()
    backups = [file for file in old.parent.iterdir() if file.suffix == ".bak"]
    (backup,) = backups
    assert backup.name == f"answers.sqlite.before-{LATEST}-20260930T103000.bak"
    assert backup.stat().st_mode & 0o777 == 0o600
    assert "mode" not in columns(backup, "profile")
    with open_store(backup.rename(backup.with_name("restored.sqlite")), now=clock) as restored:
        assert restored.verify().ok
        assert restored.info().rows["answer"] == 3


def test_a_store_that_is_up_to_date_gets_no_backup(path, clock):
    open_store(path, now=clock).close()
    open_store(path, now=clock).close()
    assert [file.name for file in path.parent.iterdir()] == ["answers.sqlite"]


def test_an_earlier_store_that_was_tampered_with_is_left_as_it_is(old, clock):
    with closing(sqlite3.connect(old)) as file:
        file.execute("drop trigger answer_no_update")
        file.execute("update answer set answer = 'no' where seq = 2")
        file.commit()
    with pytest.raises(StoreError, match="answer/2 is not what audit row"):
        open_store(old, now=clock)
    assert "mode" not in columns(old, "profile")
    assert [file.name for file in old.parent.iterdir() if file.suffix == ".bak"] == []


def test_a_later_store_is_refused_with_what_to_do_and_left_as_it_is(path, clock):
    with closing(sqlite3.connect(path)) as file:
        file.execute("update alembic_version set version_num = '0099'")
        file.commit()
    before = path.read_bytes()
    with pytest.raises(
        StoreError,
        match=f"newer okrkit .revision 0099; this one knows {LATEST}.. Install the newer",
    ):
        open_store(path, now=clock)
    assert path.read_bytes() == before


def test_the_tables_are_those_the_migrations_make(path):
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        for name, table in metadata.tables.items():
            there = {column["name"]: column for column in inspect(connection).get_columns(name)}
            assert list(there) == table.c.keys()
            assert {
                column.name: column.nullable for column in table.c if not column.primary_key
            } == {column: about["nullable"] for column, about in there.items() if column != "seq"}
        keys = {name: inspect(connection).get_foreign_keys(name) for name in DATA}
        assert all(key[0]["referred_table"] == "audit_row" for key in keys.values())
    engine.dispose()


def left_by_kills(every: int, tmp_path: Path, old: Path | None) -> list[str]:
    """Where a kill before every so-manieth statement left the store; each opened in order again."""
    command = [sys.executable, str(KILLED_UPGRADES), str(tmp_path / "killed"), str(every)]
    command += [] if old is None else [str(old)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    whole, rows = (("none", LATEST), 0) if old is None else (("0001", LATEST), 16)
    assert set(told["left"]) <= set(whole)
    assert told["left"] == sorted(told["left"], key=whole.index)
    assert all(found is not False and found == rows for found in told["in_order"])
    return told["left"]


def test_an_upgrade_killed_on_its_way_leaves_the_old_or_the_new(old, tmp_path):
    assert len(left_by_kills(7, tmp_path, old)) >= 6


@pytest.mark.long
@pytest.mark.parametrize("begin_with", ["old", "nothing"])
def test_an_upgrade_killed_at_any_statement_leaves_the_old_or_the_new(old, tmp_path, begin_with):
    left = left_by_kills(1, tmp_path, old if begin_with == "old" else None)
    assert len(left) >= 40
    assert len(set(left)) == 2
