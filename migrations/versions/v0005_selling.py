"""What only some lines of a sale say, sales put aside, reasons and quick keys."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

# Said as SQLAlchemy says it: the books are held against that.
_TABLES = (
    """CREATE TABLE sale_line_detail (
    transaction_id TEXT NOT NULL,
    line INTEGER NOT NULL,
    serials TEXT NOT NULL,
    note TEXT NOT NULL,
    price_source TEXT NOT NULL,
    weight_source TEXT NOT NULL,
    weight_reason TEXT NOT NULL,
    tare INTEGER NOT NULL CHECK (tare >= 0),
    expires TEXT NOT NULL,
    age_checked INTEGER NOT NULL CHECK (age_checked >= 0),
    PRIMARY KEY (transaction_id, line),
    FOREIGN KEY(transaction_id, line) REFERENCES sale_line (transaction_id, line)
)
 STRICT""",
    """CREATE TABLE sale_note (
    transaction_id TEXT NOT NULL,
    note TEXT NOT NULL CHECK (note <> ''),
    PRIMARY KEY (transaction_id),
    FOREIGN KEY(transaction_id) REFERENCES retail_transaction (id)
)
 STRICT""",
    """CREATE TABLE suspended_sale (
    id TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    token TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    operator TEXT NOT NULL,
    suspended_at TEXT NOT NULL,
    body TEXT NOT NULL,
    total INTEGER NOT NULL,
    resumed_by INTEGER,
    resumed_at TEXT,
    PRIMARY KEY (id),
    UNIQUE (number),
    UNIQUE (token),
    FOREIGN KEY(operator) REFERENCES staff (id)
)
 STRICT""",
    """CREATE TABLE reason_code (
    kind TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    code TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (kind, position),
    UNIQUE (kind, code)
)
 STRICT""",
    """CREATE TABLE quick_key (
    page INTEGER NOT NULL CHECK (page >= 1),
    position INTEGER NOT NULL CHECK (position >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('page', 'item', 'action')),
    target TEXT NOT NULL,
    label TEXT NOT NULL,
    colour TEXT NOT NULL,
    icon TEXT NOT NULL,
    PRIMARY KEY (page, position)
)
 STRICT""",
)


def upgrade() -> None:
    for table in _TABLES:
        op.execute(table)
    op.execute("CREATE INDEX suspended_sale_waiting ON suspended_sale (resumed_at)")
    for fact in ("sale_line_detail", "sale_note"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {fact}_no_{change.lower()} BEFORE {change} ON {fact} "
                f"BEGIN SELECT RAISE(ABORT, '{fact} is append-only'); END"
            )
