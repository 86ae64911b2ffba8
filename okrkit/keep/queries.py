"""What the store's tables say; each function reads within the transaction it is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, distinct, func, select

from okrkit.errors import UsageError

from . import audit_rows
from .audit_rows import Head
from .records import Record, Sending
from .schema import DATA, answer, audit_row, profile, sent, wave_event
from .upgrade import revision
from .waves import Wave, waves_of

Row = dict[str, Any]


@dataclass(frozen=True)
class DraftAnswer:
    """The latest answer to a statement; empty with a comment alone."""

    answer: str
    comment: str
    at: datetime


@dataclass(frozen=True)
class Draft:
    """What a respondent has said so far in a wave."""

    answers: Mapping[int, DraftAnswer]  #: by statement
    team: str = ""
    level: str = ""
    mode: str = ""  #: own or together; empty before team and level were saved
    sent_at: datetime | None = None


@dataclass(frozen=True)
class AnswerRow:
    """An answer that counts, with what its respondent said about themselves."""

    respondent: str
    statement: int
    answer: str
    team: str
    level: str
    wave: str
    comment: str
    mode: str
    at: datetime
    sent_as: int = 0  #: the how-manieth of the wave to send theirs; 0: has not

    def as_cells(self) -> dict[str, str]:
        """The row as the table `answers` takes it."""
        return {
            "respondent": self.respondent,
            "statement": str(self.statement),
            "answer": self.answer,
            "team": self.team,
            "level": self.level,
            "wave": self.wave,
        }


@dataclass(frozen=True)
class StoreInfo:
    """What a store holds."""

    path: Path
    revision: str  #: of its tables
    bytes: int
    rows: Mapping[str, int]  #: by table
    waves: tuple[Wave, ...]
    head: Head  #: the last audit row; write it down elsewhere


def saved_at(connection: Connection, record: Record) -> datetime | None:
    """When this very record was saved; None if it was not.

    Raises
    ------
    UsageError
        If its key stands for something else.
    """
    table = DATA[record.table]
    row = connection.execute(select(table).where(table.c.key == record.key)).mappings().first()
    if row is not None:
        if any(row[name] != value for name, value in record.content().items()):
            raise UsageError("This key stands for something else. Make a new key for each change.")
        return datetime.fromisoformat(row["at"])
    if connection.execute(select(audit_row.c.seq).where(audit_row.c.key == record.key)).first():
        raise UsageError("This key stands for something else. Make a new key for each change.")
    return has_sent(connection, record) if isinstance(record, Sending) else None


def has_sent(connection: Connection, record: Record) -> datetime | None:
    """When the record's respondent sent their answers in its wave."""
    return _sent_at(connection, record.respondent, record.wave)


def has_answered(connection: Connection, record: Record) -> bool:
    """Whether the record's respondent has answered a statement in its wave."""
    said = draft(connection, record.respondent, record.wave)
    return any(one.answer for one in said.answers.values())


def draft(connection: Connection, respondent: str, wave: str) -> Draft:
    """What a respondent has said so far in a wave; the latest row of each kind."""
    of = {"respondent": respondent, "wave": wave}
    answers = {
        row["statement"]: DraftAnswer(row["answer"], row["comment"], _moment(row))
        for row in _rows(connection, answer, of)
    }
    about = {row["respondent"]: row for row in _rows(connection, profile, of)}.get(respondent)
    return Draft(
        dict(sorted(answers.items())),
        about["team"] if about else "",
        about["level"] if about else "",
        _mode(about) if about else "",
        _sent_at(connection, respondent, wave),
    )


def answers(
    connection: Connection, wave: str | None, closed: Collection[str]
) -> tuple[AnswerRow, ...]:
    """The latest answers of those who have sent theirs, and of everybody in `closed` waves."""
    of = {} if wave is None else {"wave": wave}
    latest = {
        (row["wave"], row["respondent"], row["statement"]): row
        for row in _rows(connection, answer, of)
    }
    about = {(row["wave"], row["respondent"]): row for row in _rows(connection, profile, of)}
    done = _order_sent(_rows(connection, sent, of))
    return tuple(
        _answer_row(row, about.get((name, respondent)), done.get((name, respondent), 0))
        for (name, respondent, _), row in sorted(latest.items())
        if row["answer"] and (name in closed or (name, respondent) in done)
    )


def waves(connection: Connection, today: date) -> tuple[Wave, ...]:
    """Every wave as it stands `today`."""
    events = _rows(connection, wave_event, {})
    return waves_of(events, today, _answered(connection), _sent(connection))


def uncounted_waves(connection: Connection, today: date) -> tuple[Wave, ...]:
    """The same at once: without counting how many people have started and sent."""
    return waves_of(_rows(connection, wave_event, {}), today)


def last_event(connection: Connection, wave: str) -> Row | None:
    """The latest opening or closing of a wave."""
    events = list(_rows(connection, wave_event, {"wave": wave}))
    return events[-1] if events else None


def info(connection: Connection, path: Path, today: date) -> StoreInfo:
    """What the store at `path` holds."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return StoreInfo(
        path,
        str(revision(connection)),
        sum(file.stat().st_size for file in files if file.exists()),
        {name: audit_rows.count(connection, name) for name in (*DATA, audit_row.name)},
        waves(connection, today),
        audit_rows.head(connection),
    )


def history(
    connection: Connection,
) -> dict[str, tuple[Sequence[str], Iterable[Row]]]:
    """Columns and rows of every table."""
    tables = (*DATA.values(), audit_row)
    return {one.name: (one.c.keys(), _rows(connection, one, {})) for one in tables}


def _rows(connection: Connection, table: Table, of: Mapping[str, str]) -> list[Row]:
    """Rows in the order they were written."""
    asked = select(table).where(*(table.c[name] == value for name, value in of.items()))
    found = connection.execute(asked.order_by(table.c.seq))
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]


def _answered(connection: Connection) -> dict[str, int]:
    """People by wave whose latest answer to some statement is not empty."""
    said = answer.c
    latest = select(func.max(said.seq)).group_by(said.wave, said.respondent, said.statement)
    people = select(said.wave, func.count(distinct(said.respondent)))
    counting = people.where(said.seq.in_(latest), said.answer != "")
    return {wave: count for wave, count in connection.execute(counting.group_by(said.wave))}  # noqa: C416


def _sent(connection: Connection) -> dict[str, int]:
    """People by wave who have sent theirs; each is kept once."""
    rows = connection.execute(select(sent.c.wave, func.count()).group_by(sent.c.wave))
    return {wave: count for wave, count in rows}  # noqa: C416


def _order_sent(rows: Iterable[Row]) -> dict[tuple[str, str], int]:
    """The how-manieth of their wave to send theirs, by wave and respondent, from 1."""
    order: dict[tuple[str, str], int] = {}
    so_far: Counter[str] = Counter()
    for row in rows:
        so_far[row["wave"]] += 1
        order[row["wave"], row["respondent"]] = so_far[row["wave"]]
    return order


def _sent_at(connection: Connection, respondent: str, wave: str) -> datetime | None:
    rows = _rows(connection, sent, {"respondent": respondent, "wave": wave})
    return _moment(rows[0]) if rows else None


def _answer_row(row: Row, about: Row | None, sent_as: int) -> AnswerRow:
    return AnswerRow(
        row["respondent"],
        row["statement"],
        row["answer"],
        about["team"] if about else "",
        about["level"] if about else "",
        row["wave"],
        row["comment"],
        _mode(about) if about else "own",
        _moment(row),
        sent_as,
    )


def _mode(about: Row) -> str:
    return str(about["mode"] or "own")


def _moment(row: Row) -> datetime:
    return datetime.fromisoformat(row["at"])
