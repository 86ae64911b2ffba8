"""Whether somebody answers alone or a group answers together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the mode; it stays empty in earlier rows, which do not change."""
    op.add_column("profile", sa.Column("mode", sa.String(20)))
