"""Promotions in their versions, and which sale used which coupon."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"

_TABLES = (
    """CREATE TABLE promotion_version (
    id TEXT NOT NULL CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    sequence INTEGER NOT NULL,
    starts_at TEXT NOT NULL,
    body TEXT NOT NULL,
    changed_by TEXT,
    PRIMARY KEY (id, version)
)
 STRICT""",
    "CREATE UNIQUE INDEX promotion_version_sequence ON promotion_version (sequence)",
    """CREATE TABLE coupon_use (
    promotion TEXT NOT NULL,
    code TEXT NOT NULL CHECK (code <> ''),
    use INTEGER NOT NULL CHECK (use >= 1),
    transaction_id TEXT NOT NULL,
    PRIMARY KEY (promotion, code, use),
    FOREIGN KEY(transaction_id) REFERENCES retail_transaction (id)
)
 STRICT""",
)


def upgrade() -> None:
    for table in _TABLES:
        op.execute(table)
    for fact in ("promotion_version", "coupon_use"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {fact}_no_{change.lower()} BEFORE {change} ON {fact} "
                f"BEGIN SELECT RAISE(ABORT, '{fact} is append-only'); END"
            )
