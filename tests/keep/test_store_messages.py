"""What is said when the database cannot: one message by the name of the error, and nobody's answers in it."""

from __future__ import annotations

import sqlite3
import traceback

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import OperationalError

from okrkit.errors import StoreError
from okrkit.keep.faults import faults
from okrkit.keep.schema import answer


@pytest.mark.parametrize(
    ("name", "says_why"),
    [
        ("SQLITE_FULL", "The disk is full."),
        ("SQLITE_IOERR_FSYNC", "it may be full or gone"),
        ("SQLITE_READONLY_DBMOVED", "may not be written"),
        ("SQLITE_BUSY_SNAPSHOT", "Another program holds the store."),
        ("SQLITE_LOCKED_SHAREDCACHE", "Another program holds the store."),
        ("SQLITE_CORRUPT_INDEX", "put the latest backup in its place"),
        ("SQLITE_NOTADB", "no store of answers"),
        ("SQLITE_CANTOPEN_ISDIR", "cannot be opened"),
        ("SQLITE_PERM", "Ask for the right"),
        ("SQLITE_NOMEM", "out of memory"),
        ("SQLITE_MISUSE", "The database reports SQLITE_MISUSE."),
    ],
)
@pytest.mark.parametrize("doing", ["save", "open", "read", "copy"])
def test_every_error_becomes_a_message_by_its_name(name, says_why, doing):
    raw = sqlite3.OperationalError("words that differ between versions")
    raw.sqlite_errorname = name
    for error in (raw, OperationalError("SELECT", {}, raw)):
        with pytest.raises(StoreError) as told, faults(doing):
            raise error
        assert says_why in str(told.value)
        assert "words that differ" not in str(told.value)
        assert told.value.saved == (doing != "save")
        assert ("not saved yet" in str(told.value)) == (doing == "save")


def test_no_error_says_what_somebody_answered(store, says, caplog):
    secret = says.answer("Ada", comment="Ada Example said so")
    values = {**secret.content(), "key": secret.key, "salt": "", "at": ""}
    with pytest.raises(StoreError) as told, store._transaction("save") as connection:
        connection.execute(insert(answer), [values, values])
    said = "".join(traceback.format_exception(told.value)) + caplog.text
    assert "UNIQUE constraint failed" in said
    for word in ("Ada Example", secret.respondent, secret.key):
        assert word not in said


def test_our_own_errors_pass_as_they_are():
    own = StoreError("as it is", saved=True)
    with pytest.raises(StoreError) as told, faults("save"):
        raise own
    assert told.value is own
