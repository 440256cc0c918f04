"""What is done to a sale after it was paid: taken back whole, or a tender of it put right. Facts that point back."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    UniqueConstraint,
)

from pos.persistence.columns import table, text_column, whole_column

# The key is the promise: a sale is taken back once, whoever races.
post_void = table(
    "post_void",
    text_column("transaction_id", ForeignKey("retail_transaction.id")),
    text_column("store"),
    whole_column("workstation"),
    whole_column("number", CheckConstraint("number >= 1")),
    text_column("at"),
    text_column("voided_by", ForeignKey("staff.id")),
    text_column("approver"),
    text_column("approval"),
    text_column("reason", CheckConstraint("reason <> ''")),
    text_column("till", ForeignKey("till_session.id")),
    whole_column("sequence"),
    PrimaryKeyConstraint("transaction_id"),
    UniqueConstraint("workstation", "number"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    CheckConstraint("(approver = '') = (approval = '')", name="post_void_approval"),
)

tender_correction = table(
    "tender_correction",
    text_column("transaction_id"),
    whole_column("tender"),
    whole_column("number", CheckConstraint("number >= 1")),
    text_column("was_kind"),
    text_column("was_type"),
    text_column("kind"),
    text_column("type"),
    whole_column("amount", CheckConstraint("amount > 0")),
    text_column("reference"),
    text_column("reason", CheckConstraint("reason <> ''")),
    text_column("approval"),
    text_column("corrected_by", ForeignKey("staff.id")),
    text_column("at"),
    text_column("till", ForeignKey("till_session.id")),
    whole_column("workstation"),
    whole_column("sequence"),
    PrimaryKeyConstraint("transaction_id", "tender", "number"),
    ForeignKeyConstraint(["transaction_id", "tender"], ["tender_line.transaction_id", "tender_line.tender"]),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    Index("tender_correction_entry", "workstation", "sequence", unique=True),
)
