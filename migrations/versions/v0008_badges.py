"""Badges of the staff, as hashes."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"

_BADGE = """
CREATE TABLE staff_badge (
    staff TEXT NOT NULL,
    badge_hash TEXT NOT NULL CHECK (badge_hash <> ''),
    PRIMARY KEY (staff),
    UNIQUE (badge_hash),
    FOREIGN KEY(staff) REFERENCES staff (id)
)

 STRICT
"""


def upgrade() -> None:
    op.execute(_BADGE)
