"""What tenders other than cash say beside their kind and amount."""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"

_STATEMENTS = (
    """CREATE TABLE tender_detail (
    transaction_id TEXT NOT NULL,
    tender INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    reference TEXT NOT NULL,
    cash_back INTEGER NOT NULL CHECK (cash_back >= 0),
    account TEXT NOT NULL,
    shown TEXT NOT NULL,
    attempt TEXT NOT NULL,
    change INTEGER NOT NULL CHECK (change IN (0, 1)),
    PRIMARY KEY (transaction_id, tender),
    FOREIGN KEY(transaction_id, tender) REFERENCES tender_line (transaction_id, tender)
)
 STRICT""",
    "CREATE UNIQUE INDEX tender_detail_id ON tender_detail (id) WHERE id <> ''",
    "CREATE INDEX tender_detail_account ON tender_detail (account) WHERE account <> ''",
    "CREATE UNIQUE INDEX tender_detail_attempt ON tender_detail (attempt) WHERE attempt <> ''",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER tender_detail_no_{change.lower()} BEFORE {change} ON tender_detail "
            f"BEGIN SELECT RAISE(ABORT, 'tender_detail is append-only'); END"
        )
