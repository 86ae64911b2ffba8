"""Answers, profiles, sendings, waves, and the audit row each of them has."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the first tables; rows can be added, never changed or removed."""
    op.create_table(
        "audit_row",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(300), nullable=False, unique=True),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("object", sa.String(60), nullable=False, unique=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("payload_digest", sa.String(64), nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    _rows(
        "answer",
        sa.Column("respondent", sa.String(32), nullable=False),
        sa.Column("statement", sa.Integer, nullable=False),
        sa.Column("answer", sa.String(20), nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
    )
    _rows(
        "profile",
        sa.Column("respondent", sa.String(32), nullable=False),
        sa.Column("team", sa.String(200), nullable=False),
        sa.Column("level", sa.String(200), nullable=False),
    )
    _rows("sent", sa.Column("respondent", sa.String(32), nullable=False))
    _rows(
        "wave_event",
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("closes_on", sa.String(10)),
    )
    op.create_index("answer_of", "answer", ["wave", "respondent"])
    op.create_index("profile_of", "profile", ["wave", "respondent"])
    op.create_index("sent_once", "sent", ["wave", "respondent"], unique=True)
    for table in ("audit_row", "answer", "profile", "sent", "wave_event"):
        for change in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table}"
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
        sa.Column("wave", sa.String(200), nullable=False),
        *columns,
        sqlite_autoincrement=True,
    )
