"""The store's tables as they stand after the latest migration. Rows are added, never changed.

Rows about a person who asks for it are erased, salt and all: their audit rows stay, each erased
row is named in `erased`, and that row has an audit row of its own. Nothing there names the person.

Every row but the audit rows themselves has an audit row of the same key; the database sees to it.
One column changes, once: `invite.used`, in place and without a time, so that nothing in the file
says in what order single-use invitations were used. Links and cookies are kept as digests.
Times are ISO 8601 in UTC, days ISO. `salt` keeps the digest in the audit row from giving a short
answer away once that answer has been erased.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()


def _rows(name: str, *columns: Column[str] | Column[int]) -> Table:
    """A table of rows that each belong to an audit row."""
    return Table(
        name,
        metadata,
        Column("seq", Integer, primary_key=True),
        Column(
            "key",
            String(300),
            ForeignKey("audit_row.key", deferrable=True, initially="DEFERRED"),
            nullable=False,
            unique=True,
        ),
        Column("salt", String(32), nullable=False),
        Column("at", String(32), nullable=False),
        *columns,
        sqlite_autoincrement=True,
    )


def _wave() -> Column[str]:
    return Column("wave", String(200), nullable=False)


audit_row = Table(
    "audit_row",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("key", String(300), nullable=False, unique=True),
    Column("action", String(40), nullable=False),
    Column("object", String(60), nullable=False, unique=True),
    Column("at", String(32), nullable=False),
    Column("payload_digest", String(64), nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
answer = _rows(
    "answer",
    _wave(),
    Column("respondent", String(32), nullable=False),
    Column("statement", Integer, nullable=False),
    Column("answer", String(20), nullable=False),
    Column("comment", Text, nullable=False),
)
profile = _rows(
    "profile",
    _wave(),
    Column("respondent", String(32), nullable=False),
    Column("team", String(200), nullable=False),
    Column("level", String(200), nullable=False),
    Column("mode", String(20)),  # empty in rows of revision 0001
)
sent = _rows("sent", _wave(), Column("respondent", String(32), nullable=False))
wave_event = _rows(
    "wave_event",
    _wave(),
    Column("kind", String(10), nullable=False),
    Column("closes_on", String(10)),
)
invite = _rows(
    "invite",
    Column("jti_hash", String(64), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("mode", String(10), nullable=False),
    Column("not_before", String(32), nullable=False),
    Column("expires", String(32), nullable=False),
    Column("used", Integer, nullable=False),  # 0 or 1: both take no room, so no row moves
)
session = _rows(
    "session",
    Column("sid_hash", String(64), nullable=False, unique=True),
    Column("jti_hash", String(64)),  # empty for respondents
    Column("role", String(20), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("mode", String(10), nullable=False),
)
ended = _rows(
    "ended",
    Column("what", String(10), nullable=False),  # invite or session
    Column("hash", String(64), nullable=False, unique=True),
)
erased = _rows(
    "erased",
    Column("object", String(60), nullable=False, unique=True),  # such as answer/17
)
Index("answer_of", answer.c.wave, answer.c.respondent)
Index("profile_of", profile.c.wave, profile.c.respondent)
Index("sent_once", sent.c.wave, sent.c.respondent, unique=True)

DATA: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (answer, profile, sent, wave_event, invite, session, ended, erased)
    }
)


def as_text(at: datetime) -> str:
    """A moment as the store writes it; texts sort as moments do.

    Examples
    --------
    >>> as_text(datetime(2026, 9, 30, 10, 42, tzinfo=UTC))
    '2026-09-30T10:42:00.000000+00:00'
    """
    return at.astimezone(UTC).isoformat(timespec="microseconds")
