"""What an item asks of a sale, its shelf label and its stock limit, and its prices as facts with the day they begin."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

_ITEM = """
CREATE TABLE item (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    department TEXT NOT NULL,
    unit TEXT NOT NULL,
    unit_price INTEGER NOT NULL CHECK (unit_price >= 0),
    taxes TEXT NOT NULL,
    icon TEXT NOT NULL,
    age INTEGER NOT NULL CHECK (age >= 0),
    serial INTEGER NOT NULL CHECK (serial IN (0, 1)),
    open_price INTEGER NOT NULL CHECK (open_price IN (0, 1)),
    final_sale INTEGER NOT NULL CHECK (final_sale IN (0, 1)),
    not_discountable INTEGER NOT NULL CHECK (not_discountable IN (0, 1)),
    family TEXT NOT NULL,
    variant TEXT NOT NULL,
    flags TEXT NOT NULL,
    measure_code TEXT NOT NULL,
    picture TEXT NOT NULL,
    content INTEGER NOT NULL CHECK (content >= 0),
    content_unit TEXT NOT NULL,
    stock_min INTEGER CHECK (stock_min >= 0),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    price_from TEXT NOT NULL,
    price_until TEXT NOT NULL,
    PRIMARY KEY (id)
)

 STRICT
"""
_PRICE = """
CREATE TABLE item_price (
    item TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    starts_at TEXT NOT NULL,
    price INTEGER NOT NULL CHECK (price >= 0),
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (item, position),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    FOREIGN KEY(item) REFERENCES item (id)
)

 STRICT
"""


def upgrade() -> None:
    # Rebuilt under its own name: a renamed table would be spelled otherwise in the schema than the program's own.
    op.execute("CREATE TABLE item_before AS SELECT * FROM item")
    op.execute("DROP TABLE item")
    op.execute(_ITEM)
    op.execute(
        "INSERT INTO item SELECT id, name, department, unit, unit_price, taxes, icon, "
        "0, 0, 0, 0, 0, '', '', '', '', '', 0, '', NULL, 1, '', '' FROM item_before"
    )
    op.execute("DROP TABLE item_before")
    op.execute("CREATE INDEX item_measure_code ON item (measure_code) WHERE measure_code <> ''")
    op.execute("CREATE INDEX item_family ON item (family) WHERE family <> ''")
    op.execute(_PRICE)
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER item_price_no_{change.lower()} BEFORE {change} ON item_price "
            "BEGIN SELECT RAISE(ABORT, 'item_price is append-only'); END"
        )
