"""Movements of goods and what lies there, earlier sales too, and mappings of files of items by name."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

_MOVEMENT = """
CREATE TABLE stock_movement (
    item TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    disposition TEXT NOT NULL,
    kind TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    PRIMARY KEY (item, workstation, sequence, position),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence)
)

 STRICT
"""
_STOCK = """
CREATE TABLE stock (
    item TEXT NOT NULL,
    disposition TEXT NOT NULL,
    on_hand INTEGER NOT NULL,
    PRIMARY KEY (item, disposition)
)

 STRICT
"""
_PROFILE = """
CREATE TABLE import_profile (
    name TEXT NOT NULL CHECK (name <> ''),
    body TEXT NOT NULL,
    PRIMARY KEY (name)
)

 STRICT
"""


def upgrade() -> None:
    for table in (_MOVEMENT, _STOCK, _PROFILE):
        op.execute(table)
    op.execute(
        "INSERT INTO stock_movement SELECT l.item, j.workstation, j.sequence, l.line, 'sellable', 'sale', -l.quantity "
        "FROM sale_line l JOIN journal_entry j ON j.subject = l.transaction_id AND j.kind = 'SaleCompleted'"
    )
    op.execute(
        "INSERT INTO stock SELECT item, disposition, SUM(quantity) FROM stock_movement GROUP BY item, disposition"
    )
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER stock_movement_no_{change.lower()} BEFORE {change} ON stock_movement "
            "BEGIN SELECT RAISE(ABORT, 'stock_movement is append-only'); END"
        )
