"""What was asked of card terminals, and what became of it."""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0021"

_STATEMENTS = (
    """CREATE TABLE payment_attempt (
    id TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('pay', 'reverse', 'refund')),
    kind TEXT NOT NULL CHECK (kind IN ('credit', 'debit')),
    sale TEXT NOT NULL,
    terminal TEXT NOT NULL CHECK (terminal <> ''),
    protocol TEXT NOT NULL,
    reference TEXT NOT NULL CHECK (reference <> ''),
    amount INTEGER NOT NULL CHECK (amount > 0),
    cash_back INTEGER NOT NULL CHECK (cash_back >= 0),
    currency TEXT NOT NULL,
    partial_allowed INTEGER NOT NULL CHECK (partial_allowed IN (0, 1)),
    of_attempt TEXT NOT NULL,
    original_transaction TEXT NOT NULL,
    original_time TEXT NOT NULL,
    reason TEXT NOT NULL,
    queued INTEGER NOT NULL CHECK (queued IN (0, 1)),
    PRIMARY KEY (id),
    UNIQUE (terminal, reference),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence)
)
 STRICT""",
    "CREATE INDEX payment_attempt_of ON payment_attempt (of_attempt) WHERE of_attempt <> ''",
    "CREATE UNIQUE INDEX payment_attempt_reversed ON payment_attempt (of_attempt) WHERE purpose = 'reverse'",
    "CREATE INDEX payment_attempt_sale ON payment_attempt (sale)",
    """CREATE TABLE payment_outcome (
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    attempt TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    state TEXT NOT NULL CHECK (state IN ('unknown', 'approved', 'declined', 'not_processed')),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    cash_back INTEGER NOT NULL CHECK (cash_back >= 0),
    why TEXT NOT NULL,
    detail TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    quarantine TEXT NOT NULL,
    card TEXT NOT NULL,
    receipts TEXT NOT NULL,
    PRIMARY KEY (workstation, sequence),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    UNIQUE (attempt, number),
    FOREIGN KEY(attempt) REFERENCES payment_attempt (id)
)
 STRICT""",
    """CREATE TABLE card_open (
    attempt TEXT NOT NULL,
    PRIMARY KEY (attempt),
    FOREIGN KEY(attempt) REFERENCES payment_attempt (id)
)
 STRICT""",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
    for table in ("payment_attempt", "payment_outcome"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
