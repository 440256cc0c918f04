"""Signatures drawn on screen for the papers of returns; no facts, for a person may ask for theirs to be erased."""

from __future__ import annotations

from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE return_signature (
    return_id TEXT NOT NULL,
    signer TEXT NOT NULL CHECK (signer IN ('customer', 'approver')),
    strokes TEXT NOT NULL CHECK (strokes <> '' AND length(strokes) <= 27000),
    at TEXT NOT NULL,
    operator TEXT NOT NULL,
    PRIMARY KEY (return_id, signer),
    FOREIGN KEY(return_id) REFERENCES customer_return (id),
    FOREIGN KEY(operator) REFERENCES staff (id)
)
 STRICT"""
    )
