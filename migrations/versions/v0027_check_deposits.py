"""The checks that went to the bank with the close of a till."""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = "0026"

_TABLE = """CREATE TABLE check_deposit (
    transaction_id TEXT NOT NULL,
    tender INTEGER NOT NULL,
    till TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    amount INTEGER NOT NULL CHECK (amount > 0),
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (transaction_id, tender),
    FOREIGN KEY(transaction_id, tender) REFERENCES tender_line (transaction_id, tender),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    FOREIGN KEY(till) REFERENCES till_session (id)
)
 STRICT"""


def upgrade() -> None:
    op.execute(_TABLE)
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER check_deposit_no_{change.lower()} BEFORE {change} ON check_deposit "
            "BEGIN SELECT RAISE(ABORT, 'check_deposit is append-only'); END"
        )
    op.execute("CREATE INDEX check_deposit_till ON check_deposit (till)")
