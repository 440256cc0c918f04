"""Who asked for a yes, who gave it, and what became of it: three facts, each written once."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from pos.persistence.tables import Whole, metadata


def _of_journal() -> tuple[Column[int], Column[int], ForeignKeyConstraint]:
    """The entry of the journal that wrote the row."""
    return (
        Column("workstation", Whole, nullable=False),
        Column("sequence", Whole, nullable=False),
        ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    )


approval_request = Table(
    "approval_request",
    metadata,
    Column("id", Text, nullable=False),
    Column("sale", Text, nullable=False),
    Column("asked_by", Text, ForeignKey("staff.id"), nullable=False),
    Column("asked_at", Text, nullable=False),
    Column("fingerprint", Text, CheckConstraint("fingerprint <> ''"), nullable=False),
    Column("body", Text, nullable=False),
    *_of_journal(),
    PrimaryKeyConstraint("id"),
    Index("approval_request_sale", "sale"),
    sqlite_strict=True,
)

approval = Table(
    "approval",
    metadata,
    Column("request", Text, ForeignKey("approval_request.id"), nullable=False),
    Column("approver", Text, ForeignKey("staff.id"), nullable=False),
    Column("proof", Text, CheckConstraint("proof IN ('pin', 'badge')"), nullable=False),
    Column("option", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("granted_at", Text, nullable=False),
    *_of_journal(),
    PrimaryKeyConstraint("request"),
    sqlite_strict=True,
)

# The key is the promise: a request is used, declined or voided once, whoever races.
approval_end = Table(
    "approval_end",
    metadata,
    Column("request", Text, ForeignKey("approval_request.id"), nullable=False),
    Column("ending", Text, CheckConstraint("ending IN ('used', 'declined', 'voided')"), nullable=False),
    Column("ended_at", Text, nullable=False),
    *_of_journal(),
    PrimaryKeyConstraint("request"),
    sqlite_strict=True,
)
