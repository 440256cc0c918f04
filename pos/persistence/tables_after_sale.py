"""What is done to a sale after it was paid: taken back whole, or a tender of it put right. Facts that point back."""

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
    UniqueConstraint,
)

from pos.persistence.tables import Whole, metadata

# The key is the promise: a sale is taken back once, whoever races.
post_void = Table(
    "post_void",
    metadata,
    Column("transaction_id", Text, ForeignKey("retail_transaction.id"), nullable=False),
    Column("store", Text, nullable=False),
    Column("workstation", Whole, nullable=False),
    Column("number", Whole, CheckConstraint("number >= 1"), nullable=False),
    Column("at", Text, nullable=False),
    Column("voided_by", Text, ForeignKey("staff.id"), nullable=False),
    Column("approver", Text, nullable=False),
    Column("approval", Text, nullable=False),
    Column("reason", Text, CheckConstraint("reason <> ''"), nullable=False),
    Column("till", Text, ForeignKey("till_session.id"), nullable=False),
    Column("sequence", Whole, nullable=False),
    PrimaryKeyConstraint("transaction_id"),
    UniqueConstraint("workstation", "number"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    CheckConstraint("(approver = '') = (approval = '')", name="post_void_approval"),
    sqlite_strict=True,
)

tender_correction = Table(
    "tender_correction",
    metadata,
    Column("transaction_id", Text, nullable=False),
    Column("tender", Whole, nullable=False),
    Column("number", Whole, CheckConstraint("number >= 1"), nullable=False),
    Column("was_kind", Text, nullable=False),
    Column("was_type", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("amount", Whole, CheckConstraint("amount > 0"), nullable=False),
    Column("reference", Text, nullable=False),
    Column("reason", Text, CheckConstraint("reason <> ''"), nullable=False),
    Column("approval", Text, nullable=False),
    Column("corrected_by", Text, ForeignKey("staff.id"), nullable=False),
    Column("at", Text, nullable=False),
    Column("till", Text, ForeignKey("till_session.id"), nullable=False),
    Column("workstation", Whole, nullable=False),
    Column("sequence", Whole, nullable=False),
    PrimaryKeyConstraint("transaction_id", "tender", "number"),
    ForeignKeyConstraint(["transaction_id", "tender"], ["tender_line.transaction_id", "tender_line.tender"]),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    Index("tender_correction_entry", "workstation", "sequence", unique=True),
    sqlite_strict=True,
)
