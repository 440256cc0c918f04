"""What was asked of card terminals, and what became of it: an attempt is written before its first byte leaves."""

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
    text,
)

from pos.persistence.tables import Whole, metadata

payment_attempt = Table(
    "payment_attempt",
    metadata,
    Column("id", Text, nullable=False),
    Column("workstation", Whole, nullable=False),
    Column("sequence", Whole, nullable=False),
    Column("purpose", Text, CheckConstraint("purpose IN ('pay', 'reverse', 'refund')"), nullable=False),
    Column("kind", Text, CheckConstraint("kind IN ('credit', 'debit')"), nullable=False),
    Column("sale", Text, nullable=False),
    Column("terminal", Text, CheckConstraint("terminal <> ''"), nullable=False),
    Column("protocol", Text, nullable=False),
    Column("reference", Text, CheckConstraint("reference <> ''"), nullable=False),
    Column("amount", Whole, CheckConstraint("amount > 0"), nullable=False),
    Column("cash_back", Whole, CheckConstraint("cash_back >= 0"), nullable=False),
    Column("currency", Text, nullable=False),
    Column("partial_allowed", Whole, CheckConstraint("partial_allowed IN (0, 1)"), nullable=False),
    Column("of_attempt", Text, nullable=False),
    Column("original_transaction", Text, nullable=False),
    Column("original_time", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("queued", Whole, CheckConstraint("queued IN (0, 1)"), nullable=False),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("terminal", "reference"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    Index("payment_attempt_sale", "sale"),
    Index("payment_attempt_of", "of_attempt", sqlite_where=text("of_attempt <> ''")),
    # The key is the promise: a charge is reversed once, whoever tries again.
    Index("payment_attempt_reversed", "of_attempt", unique=True, sqlite_where=text("purpose = 'reverse'")),
    sqlite_strict=True,
)

payment_outcome = Table(
    "payment_outcome",
    metadata,
    Column("workstation", Whole, nullable=False),
    Column("sequence", Whole, nullable=False),
    Column("attempt", Text, ForeignKey("payment_attempt.id"), nullable=False),
    Column("number", Whole, CheckConstraint("number >= 1"), nullable=False),
    Column(
        "state",
        Text,
        CheckConstraint("state IN ('unknown', 'approved', 'declined', 'not_processed')"),
        nullable=False,
    ),
    Column("amount", Whole, CheckConstraint("amount >= 0"), nullable=False),
    Column("cash_back", Whole, CheckConstraint("cash_back >= 0"), nullable=False),
    Column("why", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("quarantine", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("receipts", Text, nullable=False),
    PrimaryKeyConstraint("workstation", "sequence"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    UniqueConstraint("attempt", "number"),
    sqlite_strict=True,
)

# No fact but a list that is kept short: the attempts nobody can say of yet whether money moved.
card_open = Table(
    "card_open",
    metadata,
    Column("attempt", Text, ForeignKey("payment_attempt.id"), nullable=False),
    PrimaryKeyConstraint("attempt"),
    sqlite_strict=True,
)
