"""Taxes that are an amount a unit or held in a price others are added to, exempt sales, and tax documents."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"

_TABLES = {
    "sale_line_tax_detail": """CREATE TABLE sale_line_tax_detail (
    transaction_id TEXT NOT NULL,
    line INTEGER NOT NULL,
    position INTEGER NOT NULL,
    unit_amount INTEGER,
    included INTEGER NOT NULL CHECK (included IN (0, 1)),
    PRIMARY KEY (transaction_id, line, position),
    FOREIGN KEY(transaction_id, line, position) REFERENCES sale_line_tax (transaction_id, line, position)
)
 STRICT""",
    "sale_exemption": """CREATE TABLE sale_exemption (
    transaction_id TEXT NOT NULL,
    certificate TEXT NOT NULL CHECK (certificate <> ''),
    given_by TEXT NOT NULL,
    PRIMARY KEY (transaction_id),
    FOREIGN KEY(transaction_id) REFERENCES retail_transaction (id)
)
 STRICT""",
    "tax_document": """CREATE TABLE tax_document (
    transaction_id TEXT NOT NULL,
    issue INTEGER NOT NULL CHECK (issue >= 1),
    name TEXT NOT NULL CHECK (name <> ''),
    address TEXT NOT NULL,
    country TEXT NOT NULL,
    vat_number TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (transaction_id, issue),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    FOREIGN KEY(transaction_id) REFERENCES retail_transaction (id)
)
 STRICT""",
}


def upgrade() -> None:
    for name, table in _TABLES.items():
        op.execute(table)
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {name}_no_{change.lower()} BEFORE {change} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
            )
