"""Sales taken back whole after they were paid, and tenders put right."""

from __future__ import annotations

from alembic import op

revision = "0024"
down_revision = "0023"

_TABLES = {
    "post_void": """CREATE TABLE post_void (
    transaction_id TEXT NOT NULL,
    store TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    at TEXT NOT NULL,
    voided_by TEXT NOT NULL,
    approver TEXT NOT NULL,
    approval TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    till TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (transaction_id),
    UNIQUE (workstation, number),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    CONSTRAINT post_void_approval CHECK ((approver = '') = (approval = '')),
    FOREIGN KEY(transaction_id) REFERENCES retail_transaction (id),
    FOREIGN KEY(voided_by) REFERENCES staff (id),
    FOREIGN KEY(till) REFERENCES till_session (id)
)
 STRICT""",
    "tender_correction": """CREATE TABLE tender_correction (
    transaction_id TEXT NOT NULL,
    tender INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    was_kind TEXT NOT NULL,
    was_type TEXT NOT NULL,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    reference TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    approval TEXT NOT NULL,
    corrected_by TEXT NOT NULL,
    at TEXT NOT NULL,
    till TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (transaction_id, tender, number),
    FOREIGN KEY(transaction_id, tender) REFERENCES tender_line (transaction_id, tender),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    FOREIGN KEY(corrected_by) REFERENCES staff (id),
    FOREIGN KEY(till) REFERENCES till_session (id)
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
    op.execute("CREATE UNIQUE INDEX tender_correction_entry ON tender_correction (workstation, sequence)")
