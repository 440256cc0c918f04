"""What was read from checks, and checks the bank sent back."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"

_TABLES = {
    "tender_check": """CREATE TABLE tender_check (
    transaction_id TEXT NOT NULL,
    tender INTEGER NOT NULL,
    routing TEXT NOT NULL CHECK (length(routing) = 9),
    account_hash TEXT NOT NULL CHECK (length(account_hash) = 64),
    account_end TEXT NOT NULL CHECK (length(account_end) BETWEEN 2 AND 4),
    number TEXT NOT NULL CHECK (number <> ''),
    written TEXT NOT NULL,
    id_seen TEXT NOT NULL,
    starter INTEGER NOT NULL CHECK (starter IN (0, 1)),
    PRIMARY KEY (transaction_id, tender),
    FOREIGN KEY(transaction_id, tender) REFERENCES tender_line (transaction_id, tender)
)
 STRICT""",
    "returned_check": """CREATE TABLE returned_check (
    transaction_id TEXT NOT NULL,
    tender INTEGER NOT NULL,
    fee INTEGER NOT NULL CHECK (fee >= 0),
    customer TEXT NOT NULL,
    flagged INTEGER NOT NULL CHECK (flagged IN (0, 1)),
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (transaction_id, tender),
    FOREIGN KEY(transaction_id, tender) REFERENCES tender_check (transaction_id, tender),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence)
)
 STRICT""",
    "returned_check_settled": """CREATE TABLE returned_check_settled (
    transaction_id TEXT NOT NULL,
    tender INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (transaction_id, tender),
    FOREIGN KEY(transaction_id, tender) REFERENCES returned_check (transaction_id, tender),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence)
)
 STRICT""",
}
_INDEXES = (
    "CREATE INDEX tender_check_account ON tender_check (account_hash)",
    "CREATE INDEX returned_check_customer ON returned_check (customer) WHERE customer <> ''",
)


def upgrade() -> None:
    for name, table in _TABLES.items():
        op.execute(table)
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {name}_no_{change.lower()} BEFORE {change} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
            )
    for index in _INDEXES:
        op.execute(index)
