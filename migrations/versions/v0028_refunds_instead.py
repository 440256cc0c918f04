"""Money a card did not take back, given another way."""

from __future__ import annotations

from alembic import op

revision = "0028"
down_revision = "0027"

_TABLE = """CREATE TABLE refund_instead (
    return_id TEXT NOT NULL,
    tender INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('store_credit', 'cash', 'mailed_check')),
    failed INTEGER NOT NULL CHECK (failed > 0),
    amount INTEGER NOT NULL CHECK (amount > 0),
    attempt TEXT NOT NULL,
    till TEXT NOT NULL,
    account TEXT NOT NULL,
    card TEXT NOT NULL,
    approval TEXT NOT NULL,
    approver TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (return_id, tender),
    FOREIGN KEY(return_id, tender) REFERENCES refund_tender (return_id, tender),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    CONSTRAINT refund_instead_approval CHECK ((approver = '') = (approval = '')),
    CONSTRAINT refund_instead_amount CHECK (kind = 'cash' OR amount = failed),
    FOREIGN KEY(attempt) REFERENCES payment_attempt (id),
    FOREIGN KEY(till) REFERENCES till_session (id)
)
 STRICT"""


def upgrade() -> None:
    op.execute(_TABLE)
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER refund_instead_no_{change.lower()} BEFORE {change} ON refund_instead "
            "BEGIN SELECT RAISE(ABORT, 'refund_instead is append-only'); END"
        )
