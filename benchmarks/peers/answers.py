"""Where the peers keep answers: SQLite set as okrkit's own store is, in one small table."""

from __future__ import annotations

import os
import sqlite3


def save(visitor: str, statement: int, answer: str) -> int:
    """Store an answer; its number, once the disk has it."""
    store = sqlite3.connect(os.environ["PEER_STORE"], timeout=10, isolation_level=None)
    try:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = FULL")
        store.execute("BEGIN IMMEDIATE")
        store.execute(
            "CREATE TABLE IF NOT EXISTS answer"
            " (seq INTEGER PRIMARY KEY, visitor TEXT, statement INTEGER, answer TEXT)"
        )
        row = (visitor, statement, answer)
        stored = store.execute(
            "INSERT INTO answer (visitor, statement, answer) VALUES (?, ?, ?)", row
        )
        store.execute("COMMIT")
        return stored.lastrowid or 0
    finally:
        store.close()
