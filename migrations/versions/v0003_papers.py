"""Papers that are about no completed sale, and the code of a gift receipt."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

# Said as SQLAlchemy says it: the books are held against that.
PAPER_JOB = """CREATE TABLE paper_job (
    id TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    transaction_id TEXT,
    document TEXT NOT NULL,
    language TEXT NOT NULL,
    copy_number INTEGER NOT NULL CHECK (copy_number >= 0),
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    queued_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT paper_job_subject CHECK (transaction_id IS NOT NULL OR facts <> ''),
    FOREIGN KEY(transaction_id) REFERENCES retail_transaction (id)
) STRICT"""
GIFT_RECEIPT = """CREATE TABLE gift_receipt (
    transaction_id TEXT NOT NULL,
    token TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (transaction_id),
    UNIQUE (token),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    FOREIGN KEY(transaction_id) REFERENCES retail_transaction (id)
) STRICT"""


def upgrade() -> None:
    op.execute("ALTER TABLE paper_job RENAME TO paper_job_before")
    op.execute("DROP INDEX paper_job_waiting")
    op.execute(PAPER_JOB)
    op.execute(
        "INSERT INTO paper_job SELECT id, workstation, transaction_id, document, language, copy_number, state, reason, "
        "attempts, queued_at, changed_at, '' FROM paper_job_before"
    )
    op.execute("DROP TABLE paper_job_before")
    op.execute("CREATE INDEX paper_job_waiting ON paper_job (workstation, state)")
    op.execute("CREATE INDEX paper_job_transaction ON paper_job (transaction_id)")
    op.execute(GIFT_RECEIPT)
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER gift_receipt_no_{change.lower()} BEFORE {change} ON gift_receipt "
            "BEGIN SELECT RAISE(ABORT, 'gift_receipt is append-only'); END"
        )
