"""What the tables of invitations say; each function reads within the transaction it is given."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from .invited import Invite, Session, as_invite, as_session
from .schema import ended, invite, session


def invite_at(connection: Connection, mark: str, now: datetime) -> Invite | None:
    """The invitation with the digest `mark`; None if there is none."""
    return next(iter(invites(connection, now, [mark])), None)


def invites(
    connection: Connection, now: datetime, marks: Collection[str] | None = None
) -> tuple[Invite, ...]:
    """The invitations with these digests, or all, in the order they were issued."""
    asked = select(invite).order_by(invite.c.seq)
    if marks is not None:
        asked = asked.where(invite.c.jti_hash.in_(marks))
    gone = _ended(connection, marks)
    return tuple(
        as_invite(row, now, revoked=row["jti_hash"] in gone) for row in _rows(connection, asked)
    )


def marks_that_begin(connection: Connection, start: str) -> list[str]:
    """The digests of the invitations that begin so; of none when `start` is empty."""
    asked = select(invite.c.jti_hash).where(invite.c.jti_hash.startswith(start, autoescape=True))
    return list(connection.execute(asked).scalars()) if start else []


def session_at(connection: Connection, mark: str, now: datetime) -> Session | None:
    """The session with the digest `mark`, unless it or its invitation has ended."""
    for row in _rows(connection, select(session).where(session.c.sid_hash == mark)):
        if not _ended(connection, [mark, row["jti_hash"] or ""]):
            return as_session(row, now)
    return None


def sessions(connection: Connection, now: datetime) -> tuple[Session, ...]:
    """Every session ever begun."""
    return tuple(as_session(row, now) for row in _rows(connection, select(session)))


def _ended(connection: Connection, marks: Collection[str] | None) -> set[str]:
    asked = select(ended.c.hash)
    if marks is not None:
        asked = asked.where(ended.c.hash.in_(marks))
    return set(connection.execute(asked).scalars())


def _rows(connection: Connection, asked: Select[Any]) -> list[dict[str, Any]]:
    found = connection.execute(asked)
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]
