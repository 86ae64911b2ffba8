"""Connections to the store's file: what SQLite needs so that a saved answer stays saved."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from okrkit.errors import StoreError

# FULL: the disk has an answer before it is acknowledged; with NORMAL a power cut loses some.
SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA recursive_triggers = ON",  # so that a replaced row is refused like a deleted one
)
_PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2)  # seconds


def sqlite_engine(path: Path, timeout: float) -> Engine:
    """An engine for the file at `path`; a lock held by others is waited for `timeout` seconds.

    A file that was moved away is not written to any more, and none is made in its place: the next
    transaction looks for `path` anew. No error of its own says what somebody answered.
    """
    mode = {"uri": "true", "mode": "rw"}
    url = URL.create("sqlite", database=path.absolute().as_uri(), query=mode)
    engine = create_engine(url, connect_args={"timeout": timeout}, hide_parameters=True)

    def note_file(_: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        _refuse_read_only(path)
        entry.info["file"] = _identity(path)

    def see_that_it_is_there(
        _: DBAPIConnection, entry: ConnectionPoolEntry, __: PoolProxiedConnection
    ) -> None:
        if _identity(path) != entry.info["file"]:
            raise DisconnectionError

    event.listen(engine, "connect", note_file)
    event.listen(engine, "checkout", see_that_it_is_there)
    return prepared(engine)


def prepared(engine: Engine) -> Engine:
    """`engine`, with our settings on every connection and our kind of transaction.

    Transactions of `engine.execution_options(writes=True)` take the write lock when they begin,
    so that none finds out at its end that another was quicker.
    """
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def empty_log(path: Path) -> None:
    """Move what the write-ahead log holds into the file at `path`, if nobody reads it just now.

    The log keeps pages in the order they were written; the file does not.
    """
    with suppress(sqlite3.OperationalError), closing(_opened(path, _PAUSES[-1])) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def write_anew(path: Path, timeout: float) -> bool:
    """Write the file at `path` anew without anything that was erased, and empty its log.

    False when others hold the file: what was erased may still stand in its log.
    """
    with suppress(sqlite3.OperationalError), closing(_opened(path, timeout)) as file:
        file.execute("VACUUM")
        held, _, _ = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not held
    return False


def _opened(path: Path, timeout: float) -> sqlite3.Connection:
    place = f"{path.absolute().as_uri()}?mode=rw"
    file = sqlite3.connect(place, uri=True, timeout=timeout)
    for setting in SETTINGS:
        file.execute(setting)
    return file


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at `path` now; None if none does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _refuse_read_only(path: Path) -> None:
    """Opened nevertheless, SQLite would leave read-only files beside it that bar it for good."""
    if not os.access(path, os.W_OK):
        error = sqlite3.OperationalError("The file may not be written.")
        error.sqlite_errorname = "SQLITE_READONLY"
        raise error


def _settle(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    cursor = connection.cursor()
    try:
        if _journal(cursor) != "wal":
            raise StoreError(
                "The store cannot be kept safely here. Put the data folder on a disk of this"
                " computer, not on a shared or network drive.",
                saved=False,
            )
        for setting in SETTINGS:
            cursor.execute(setting)
    finally:
        cursor.close()


def _journal(cursor: DBAPICursor) -> str:
    """Ask for the write-ahead log; which journal there is now.

    Where two create the file at once, SQLite tells one of them to come back instead of waiting.
    """
    for pause in _PAUSES:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or pause == _PAUSES[-1]:
                raise
            time.sleep(pause)
    (mode,) = cursor.fetchone() or ("",)
    return str(mode)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
