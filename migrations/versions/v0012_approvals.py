"""Requests for an approval, the approvals, and their ends."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"

_REQUEST = """
CREATE TABLE approval_request (
    id TEXT NOT NULL,
    sale TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    fingerprint TEXT NOT NULL CHECK (fingerprint <> ''),
    body TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    FOREIGN KEY(asked_by) REFERENCES staff (id)
)

 STRICT
"""
_APPROVAL = """
CREATE TABLE approval (
    request TEXT NOT NULL,
    approver TEXT NOT NULL,
    proof TEXT NOT NULL CHECK (proof IN ('pin', 'badge')),
    option TEXT NOT NULL,
    reason TEXT NOT NULL,
    granted_at TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (request),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    FOREIGN KEY(request) REFERENCES approval_request (id),
    FOREIGN KEY(approver) REFERENCES staff (id)
)

 STRICT
"""
_END = """
CREATE TABLE approval_end (
    request TEXT NOT NULL,
    ending TEXT NOT NULL CHECK (ending IN ('used', 'declined', 'voided')),
    ended_at TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (request),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    FOREIGN KEY(request) REFERENCES approval_request (id)
)

 STRICT
"""


def upgrade() -> None:
    for statement in (_REQUEST, _APPROVAL, _END):
        op.execute(statement)
    op.execute("CREATE INDEX approval_request_sale ON approval_request (sale)")
    for table in ("approval_request", "approval", "approval_end"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
