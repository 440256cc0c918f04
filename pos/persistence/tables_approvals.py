"""Who asked for a yes, who gave it, and what became of it: three facts, each written once."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
)

from pos.persistence.columns import table, text_column, whole_column


def _of_journal() -> tuple[Column[int], Column[int], ForeignKeyConstraint]:
    """The entry of the journal that wrote the row."""
    return (
        whole_column("workstation"),
        whole_column("sequence"),
        ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    )


approval_request = table(
    "approval_request",
    text_column("id"),
    text_column("sale"),
    text_column("asked_by", ForeignKey("staff.id")),
    text_column("asked_at"),
    text_column("fingerprint", CheckConstraint("fingerprint <> ''")),
    text_column("body"),
    *_of_journal(),
    PrimaryKeyConstraint("id"),
    Index("approval_request_sale", "sale"),
)

approval = table(
    "approval",
    text_column("request", ForeignKey("approval_request.id")),
    text_column("approver", ForeignKey("staff.id")),
    text_column("proof", CheckConstraint("proof IN ('pin', 'badge')")),
    text_column("option"),
    text_column("reason"),
    text_column("granted_at"),
    *_of_journal(),
    PrimaryKeyConstraint("request"),
)

# The key is the promise: a request is used, declined or voided once, whoever races.
approval_end = table(
    "approval_end",
    text_column("request", ForeignKey("approval_request.id")),
    text_column("ending", CheckConstraint("ending IN ('used', 'declined', 'voided')")),
    text_column("ended_at"),
    *_of_journal(),
    PrimaryKeyConstraint("request"),
)
