"""Invitations, the sessions they begin, and what has ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_FIXED = (
    "seq",
    "key",
    "salt",
    "at",
    "jti_hash",
    "role",
    "subject",
    "mode",
    "not_before",
    "expires",
)


def upgrade() -> None:
    """Create the tables; of their rows only `invite.used` changes, from 0 to 1."""
    _rows(
        "invite",
        sa.Column("jti_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("mode", sa.String(10), nullable=False),
        sa.Column("not_before", sa.String(32), nullable=False),
        sa.Column("expires", sa.String(32), nullable=False),
        sa.Column("used", sa.Integer, nullable=False),
    )
    _rows(
        "session",
        sa.Column("sid_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("jti_hash", sa.String(64)),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("mode", sa.String(10), nullable=False),
    )
    _rows(
        "ended",
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
    )
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in _FIXED)
    _refuse("invite", "update", f"WHEN NOT (OLD.used = 0 AND NEW.used = 1 AND {same})")
    _refuse("invite", "delete")
    for table in ("session", "ended"):
        for change in ("update", "delete"):
            _refuse(table, change)


def _refuse(table: str, change: str, when: str = "") -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table} {when}"
        " BEGIN SELECT RAISE(ABORT, 'rows are added, never changed'); END"
    )


def _rows(name: str, *columns: sa.Column[str] | sa.Column[int]) -> None:
    """A table of rows that each belong to an audit row."""
    audit_key = sa.ForeignKey("audit_row.key", deferrable=True, initially="DEFERRED")
    op.create_table(
        name,
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(300), audit_key, nullable=False, unique=True),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        *columns,
        sqlite_autoincrement=True,
    )
