"""What has been erased: a row goes only once it is named here, so that the trail still holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table; rows that people ask to be erased can be removed, no others."""
    audit_key = sa.ForeignKey("audit_row.key", deferrable=True, initially="DEFERRED")
    op.create_table(
        "erased",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(300), audit_key, nullable=False, unique=True),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("object", sa.String(60), nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    for table in ("answer", "profile", "sent", "invite", "session"):
        op.execute(f"DROP TRIGGER {table}_no_delete")
        named = f"SELECT 1 FROM erased WHERE object = '{table}/' || OLD.seq"  # noqa: S608
        _refuse(table, "delete", f"WHEN NOT EXISTS ({named})")
    for change in ("update", "delete"):
        _refuse("erased", change)


def _refuse(table: str, change: str, when: str = "") -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table} {when}"
        " BEGIN SELECT RAISE(ABORT, 'rows are added, never changed'); END"
    )
