"""What a unit of an item costs the shop."""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.execute("ALTER TABLE item_terms ADD COLUMN cost INTEGER CHECK (cost >= 0)")
