"""What was taken off the price of each line, and prices given by hand."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"

_TABLES = (
    """CREATE TABLE sale_line_discount (
    transaction_id TEXT NOT NULL,
    line INTEGER NOT NULL,
    position INTEGER NOT NULL,
    source TEXT NOT NULL,
    discount_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    given_by TEXT NOT NULL,
    PRIMARY KEY (transaction_id, line, position),
    FOREIGN KEY(transaction_id, line) REFERENCES sale_line (transaction_id, line)
)
 STRICT""",
    """CREATE TABLE sale_line_override (
    transaction_id TEXT NOT NULL,
    line INTEGER NOT NULL,
    price_was INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    given_by TEXT NOT NULL,
    PRIMARY KEY (transaction_id, line),
    FOREIGN KEY(transaction_id, line) REFERENCES sale_line (transaction_id, line)
)
 STRICT""",
)


def upgrade() -> None:
    for table in _TABLES:
        op.execute(table)
    for fact in ("sale_line_discount", "sale_line_override"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {fact}_no_{change.lower()} BEFORE {change} ON {fact} "
                f"BEGIN SELECT RAISE(ABORT, '{fact} is append-only'); END"
            )
