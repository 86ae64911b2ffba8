"""What a database says when it cannot, in one friendly message by the name of the error."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from okrkit.errors import StoreError

Doing = Literal["save", "open", "read", "copy", "erase"]

_FIRST = {
    "save": "This is not saved yet.",
    "open": "The store of answers cannot be opened; nothing in it was changed.",
    "read": "The answers cannot be read now; nothing in the store was changed.",
    "copy": "No copy was made; nothing in the store was changed.",
    "erase": "Nothing was erased from the store.",
}
_SPACE = "Make room on the disk, or raise the limit on the size of files."

# By the name's beginning; the first that fits counts. Numbers and texts differ between versions.
_REASONS = (
    ("SQLITE_FULL", "The disk is full.", _SPACE),
    ("SQLITE_IOERR", "The disk does not read or write: it may be full or gone.", _SPACE),
    ("SQLITE_READONLY", "The file may not be written.", "Allow writing to it and its folder."),
    ("SQLITE_BUSY", "Another program holds the store.", "Wait until it is done, or end it."),
    ("SQLITE_LOCKED", "Another program holds the store.", "Wait until it is done, or end it."),
    (
        "SQLITE_CORRUPT",
        "The file is damaged.",
        "Stop the site, keep the file as it is, and put the latest backup in its place.",
    ),
    (
        "SQLITE_NOTADB",
        "The file is no store of answers.",
        "Move it away, or put the latest backup in its place.",
    ),
    ("SQLITE_CANTOPEN", "The file cannot be opened.", "See that its folder is there and yours."),
    ("SQLITE_PERM", "The file may not be opened.", "Ask for the right to read and write it."),
    ("SQLITE_AUTH", "The file may not be opened.", "Ask for the right to read and write it."),
    ("SQLITE_NOMEM", "The computer is out of memory.", "Close other programs."),
    ("SQLITE_TOOBIG", "The text is too long for the store.", "Shorten it."),
)


@contextmanager
def faults(doing: Doing) -> Iterator[None]:
    """Turn the errors of the database, the driver and the disk into a `StoreError`."""
    try:
        yield
    except NoConnectionLeft as error:
        raise _store_error("SQLITE_BUSY", doing) from error
    except DBAPIError as error:
        raise _store_error(_name(error.orig), doing) from error
    except sqlite3.Error as error:
        raise _store_error(_name(error), doing) from error
    except UnicodeDecodeError as error:
        raise _store_error("SQLITE_CORRUPT", doing) from error
    except OSError as error:
        why = error.strerror or str(error)
        where = f": {error.filename}" if error.filename else ""
        raise _told(doing, f"{why}{where}.", "See that the place is there and yours.") from error


def _name(error: BaseException | None) -> str:
    return str(getattr(error, "sqlite_errorname", type(error).__name__))


def _store_error(name: str, doing: Doing) -> StoreError:
    other = (name, f"The database reports {name}.", "See that the disk is in order.")
    _, why, remedy = next((one for one in _REASONS if name.startswith(one[0])), other)
    return _told(doing, why, remedy)


def _told(doing: Doing, why: str, remedy: str) -> StoreError:
    return StoreError(f"{_FIRST[doing]} {why} {remedy}", saved=doing != "save")
