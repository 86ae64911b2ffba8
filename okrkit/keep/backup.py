"""Copies of a store that is in use: whole, checked, and one file each."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import URL, Connection, NullPool, create_engine

from okrkit.errors import StoreError, UsageError

from .audit_rows import Verification, verify
from .place import sync_folder


def copy_store(source: Path, target: Path) -> Verification:
    """Copy the store at `source` to `target` and check the copy before it takes that name.

    Answers may be saved meanwhile; the copy holds what was saved when it began.

    Raises
    ------
    UsageError
        If `target` exists.
    StoreError
        If the copy is not in order.
    """
    if target.exists():
        raise UsageError(f"{target} exists. Choose another name, or move it away.")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".backup-")
    os.close(handle)
    beside = Path(name)
    try:
        with closing(sqlite3.connect(source)) as reads, closing(sqlite3.connect(beside)) as writes:
            reads.backup(writes)
            writes.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        checked = check_file(beside)
        if not checked.ok:
            raise StoreError(
                f"No copy was made: the store is not as it was saved. {checked.faults[0]} Stop the"
                " site and keep the file as it is.",
                saved=True,
            )
        beside.replace(target)
        sync_folder(target.parent)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
    return checked


def check_file(path: Path) -> Verification:
    """Whether the file is whole, every row has its audit row, and the chain holds."""
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
    with engine.connect() as connection:
        return check(connection)


def check(connection: Connection) -> Verification:
    """The same for a store in use, as it stands in the transaction of `connection`."""
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    broken = tuple(f"The file is damaged: {fault}." for fault in found if fault != "ok")
    checked = verify(connection)
    return Verification(checked.head, broken + checked.faults)
