"""What was read from the checks a sale took, those that went to the bank, and those it sent back."""

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
    text,
)

from pos.persistence.tables import Whole, metadata

tender_check = Table(
    "tender_check",
    metadata,
    Column("transaction_id", Text, nullable=False),
    Column("tender", Whole, nullable=False),
    Column("routing", Text, CheckConstraint("length(routing) = 9"), nullable=False),
    Column("account_hash", Text, CheckConstraint("length(account_hash) = 64"), nullable=False),
    Column("account_end", Text, CheckConstraint("length(account_end) BETWEEN 2 AND 4"), nullable=False),
    Column("number", Text, CheckConstraint("number <> ''"), nullable=False),
    Column("written", Text, nullable=False),
    Column("id_seen", Text, nullable=False),
    Column("starter", Whole, CheckConstraint("starter IN (0, 1)"), nullable=False),
    PrimaryKeyConstraint("transaction_id", "tender"),
    ForeignKeyConstraint(["transaction_id", "tender"], ["tender_line.transaction_id", "tender_line.tender"]),
    Index("tender_check_account", "account_hash"),
    sqlite_strict=True,
)

returned_check = Table(
    "returned_check",
    metadata,
    Column("transaction_id", Text, nullable=False),
    Column("tender", Whole, nullable=False),
    Column("fee", Whole, CheckConstraint("fee >= 0"), nullable=False),
    Column("customer", Text, nullable=False),
    Column("flagged", Whole, CheckConstraint("flagged IN (0, 1)"), nullable=False),
    Column("workstation", Whole, nullable=False),
    Column("sequence", Whole, nullable=False),
    PrimaryKeyConstraint("transaction_id", "tender"),
    ForeignKeyConstraint(["transaction_id", "tender"], ["tender_check.transaction_id", "tender_check.tender"]),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    Index("returned_check_customer", "customer", sqlite_where=text("customer <> ''")),
    sqlite_strict=True,
)

returned_check_settled = Table(
    "returned_check_settled",
    metadata,
    Column("transaction_id", Text, nullable=False),
    Column("tender", Whole, nullable=False),
    Column("amount", Whole, CheckConstraint("amount > 0"), nullable=False),
    Column("workstation", Whole, nullable=False),
    Column("sequence", Whole, nullable=False),
    PrimaryKeyConstraint("transaction_id", "tender"),
    ForeignKeyConstraint(["transaction_id", "tender"], ["returned_check.transaction_id", "returned_check.tender"]),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    sqlite_strict=True,
)

# The key is the promise: a check goes to the bank once.
check_deposit = Table(
    "check_deposit",
    metadata,
    Column("transaction_id", Text, nullable=False),
    Column("tender", Whole, nullable=False),
    Column("till", Text, ForeignKey("till_session.id"), nullable=False),
    Column("position", Whole, CheckConstraint("position >= 1"), nullable=False),
    Column("amount", Whole, CheckConstraint("amount > 0"), nullable=False),
    Column("workstation", Whole, nullable=False),
    Column("sequence", Whole, nullable=False),
    PrimaryKeyConstraint("transaction_id", "tender"),
    ForeignKeyConstraint(["transaction_id", "tender"], ["tender_line.transaction_id", "tender_line.tender"]),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    Index("check_deposit_till", "till"),
    sqlite_strict=True,
)
