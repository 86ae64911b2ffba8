"""Opening a store that has to be made or upgraded, ended with kill -9 before one of its statements.

Run as `python killed_upgrades.py FOLDER EVERY [OLD]`: before the first statement, and then before
every EVERY-th. OLD is a store of an earlier okrkit; without it a new store is made. Prints for each kill what revision the file was left at, and whether the next to
open it found everything in order.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, Pool, event

from okrkit.keep.store import open_store
from okrkit.keep.upgrade import LATEST


def now() -> datetime:
    """A time; none of this depends on it."""
    return datetime(2026, 9, 30, tzinfo=UTC)


def killed_before(path: Path, statement: int) -> bool:
    """Open the store in a process that dies before its n-th statement; whether it did."""
    process = os.fork()
    if not process:
        left = iter(range(statement, -1, -1))

        def die(*_: object) -> None:
            if next(left) == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        for moment in ("before_cursor_execute", "commit"):
            event.listen(Engine, moment, die)
        event.listen(Pool, "checkin", die)  # after a transaction
        open_store(path, now=now).close()
        os._exit(0)
    _, status = os.waitpid(process, 0)
    return os.WIFSIGNALED(status)


def left_at(path: Path) -> str:
    """The revision of the file as the dead process left it, and whether its tables fit."""
    if not path.exists():
        return "none"
    with closing(sqlite3.connect(path)) as file:
        tables = {
            name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if not tables:
            return "none"
        (revision,) = file.execute("SELECT version_num FROM alembic_version").fetchone()
        columns = {row[1] for row in file.execute("PRAGMA table_info(profile)")}
    fits = {
        "0001": "mode" not in columns and "invite" not in tables,
        LATEST: "mode" in columns and {"invite", "session", "ended"} <= tables,
    }
    return revision if fits[revision] and "wave_event" in tables else "between"


def main(folder: Path, every: int, old: Path | None) -> None:
    """Kill before one statement after the other until one opens the store unharmed."""
    left, in_order = [], []
    for statement in count(step=every):
        path = folder / str(statement) / "answers.sqlite"
        path.parent.mkdir(parents=True)
        if old is not None:
            shutil.copy(old, path)
        if not killed_before(path, statement):
            break
        left.append(left_at(path))
        with open_store(path, now=now) as store:
            rows = store.info().rows
            in_order.append(store.verify().ok and left_at(path) == LATEST and sum(rows.values()))
    print(json.dumps({"left": left, "in_order": in_order}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
