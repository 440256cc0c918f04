"""Containers that go with goods, prices by quantity, and which lines of a sale were containers."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"

_TABLES = (
    """CREATE TABLE item_terms (
    item TEXT NOT NULL,
    container INTEGER NOT NULL CHECK (container IN (0, 1)),
    deposits TEXT NOT NULL,
    quantity_prices TEXT NOT NULL,
    PRIMARY KEY (item),
    FOREIGN KEY(item) REFERENCES item (id)
)
 STRICT""",
    """CREATE TABLE item_quantity_price (
    item TEXT NOT NULL,
    position INTEGER NOT NULL,
    starts INTEGER NOT NULL CHECK (starts > 0),
    price INTEGER NOT NULL CHECK (price >= 0),
    PRIMARY KEY (item, position, starts),
    FOREIGN KEY(item, position) REFERENCES item_price (item, position)
)
 STRICT""",
    """CREATE TABLE sale_line_container (
    transaction_id TEXT NOT NULL,
    line INTEGER NOT NULL,
    belongs_to INTEGER NOT NULL CHECK (belongs_to >= 0),
    PRIMARY KEY (transaction_id, line),
    FOREIGN KEY(transaction_id, line) REFERENCES sale_line (transaction_id, line)
)
 STRICT""",
)


def upgrade() -> None:
    for table in _TABLES:
        op.execute(table)
    for fact in ("item_quantity_price", "sale_line_container"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {fact}_no_{change.lower()} BEFORE {change} ON {fact} "
                f"BEGIN SELECT RAISE(ABORT, '{fact} is append-only'); END"
            )
