"""What the store holds about one person: shown to them, or erased so that the trail still holds."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

from sqlalchemy import URL, Connection, NullPool, Table, create_engine, delete, inspect, select
from sqlalchemy.exc import DatabaseError

from .engine import write_anew
from .export import Sheet
from .faults import faults
from .place import sync_folder
from .schema import answer, erased, invite, profile, sent, session
from .store_file import StoreFile, ready_engine

# Where a person's rows are found: by the id in an invitation, by the digest of an own code.
_BY_PERSON = (invite, session)
_BY_CODE = (answer, profile, sent)
_NOT_SHOWN = {"seq", "key", "salt", "jti_hash", "sid_hash", "respondent"}  # say nothing of anybody
_COPIES = (".before-", ".backup-")
_PATIENCE = 5.0  # seconds


@dataclass(frozen=True)
class Who:
    """A person by the id in the client's tables and, if they gave their code, as a respondent."""

    person: str
    respondent: str = ""


@dataclass(frozen=True)
class Erasure:
    """What was erased; `whole` is False while another program may still hold old pages."""

    rows: Mapping[str, int]  #: by table, where there were any
    copies: tuple[Path, ...]  #: copies of the store that held the person, removed
    whole: bool


class PersonFile(StoreFile):
    """A client's store, asked about one person."""

    def held(self, who: Who) -> dict[str, Sheet]:
        """Columns and rows of every table that has rows about the person."""
        with self._transaction("read") as connection:
            found: dict[str, Sheet] = {}
            for table, its in _asked(who):
                names = [column.name for column in table.c if column.name not in _NOT_SHOWN]
                rows = connection.execute(select(table).where(its).order_by(table.c.seq))
                cells = [dict(row) for row in rows.mappings()]
                if cells:
                    found[table.name] = (names, cells)
            return found

    def erase(self, who: Who) -> Erasure:
        """Erase the person's rows, the room they took, and okrkit's own copies that hold them.

        Each erased row leaves its audit row, which cannot be read without the salt that went with
        it, and gets a row in `erased` with an audit row of its own. Asked again, it finishes what
        was left.

        Raises
        ------
        StoreError
            If nothing could be erased.
        """
        with self._transaction("erase") as connection:
            rows = {table.name: self._erase(connection, table, its) for table, its in _asked(who)}
        self.close()  # our own connection would hold the log
        whole = write_anew(self.path, _PATIENCE)
        with faults("erase"):
            copies = tuple(copy for copy in _copies(self.path) if _holds(copy, who))
            for copy in copies:
                copy.unlink()
            sync_folder(self.path.parent)
        return Erasure({name: count for name, count in rows.items() if count}, copies, whole)

    def _erase(self, connection: Connection, table: Table, its: Any) -> int:  # noqa: ANN401
        seqs = connection.execute(select(table.c.seq).where(its)).scalars().all()
        for seq in seqs:
            what = f"{table.name}/{seq}"
            self._append(connection, erased.name, f"erase:{what}", {"object": what})
            connection.execute(delete(table).where(table.c.seq == seq))
        return len(seqs)


def open_person_file(
    path: Path,
    *,
    now: Callable[[], datetime],
    token_bytes: Callable[[int], bytes] = secrets.token_bytes,
    timeout: float = 60.0,
) -> PersonFile:
    """The store at `path`, upgraded as `open_store` does.

    Raises
    ------
    StoreError
        If it cannot be opened.
    """
    return PersonFile(path, ready_engine(path, now(), timeout), now, token_bytes)


def _asked(who: Who) -> list[tuple[Table, Any]]:
    """The tables that may have rows about the person, each with the condition that finds them."""
    forms = {who.person, *(normalize(form, who.person) for form in ("NFC", "NFD"))}
    asked: list[tuple[Table, Any]] = [
        (table, table.c.subject.in_(forms)) for table in _BY_PERSON if who.person
    ]
    return asked + [
        (table, table.c.respondent == who.respondent) for table in _BY_CODE if who.respondent
    ]


def _copies(path: Path) -> list[Path]:
    """What upgrades and cut-off backups have left beside the store."""
    return sorted(
        file
        for file in path.parent.iterdir()
        if file.name.startswith((f"{path.name}{_COPIES[0]}", _COPIES[1])) and file.is_file()
    )


def _holds(copy: Path, who: Who) -> bool:
    """Whether a copy has rows about the person; one that cannot be read may have."""
    engine = create_engine(URL.create("sqlite", database=str(copy)), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            there = inspect(connection).get_table_names()
            return any(
                connection.execute(select(table.c.seq).where(its)).first() is not None
                for table, its in _asked(who)
                if table.name in there
            )
    except DatabaseError:
        return True
