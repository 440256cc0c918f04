"""What items are called in other languages than the shop's."""

from __future__ import annotations

from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.execute("ALTER TABLE item_terms ADD COLUMN names TEXT")
