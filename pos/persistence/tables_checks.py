"""What was read from the checks a sale took, those that went to the bank, and those it sent back."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    text,
)

from pos.persistence.columns import table, text_column, whole_column

tender_check = table(
    "tender_check",
    text_column("transaction_id"),
    whole_column("tender"),
    text_column("routing", CheckConstraint("length(routing) = 9")),
    text_column("account_hash", CheckConstraint("length(account_hash) = 64")),
    text_column("account_end", CheckConstraint("length(account_end) BETWEEN 2 AND 4")),
    text_column("number", CheckConstraint("number <> ''")),
    text_column("written"),
    text_column("id_seen"),
    whole_column("starter", CheckConstraint("starter IN (0, 1)")),
    PrimaryKeyConstraint("transaction_id", "tender"),
    ForeignKeyConstraint(["transaction_id", "tender"], ["tender_line.transaction_id", "tender_line.tender"]),
    Index("tender_check_account", "account_hash"),
)

returned_check = table(
    "returned_check",
    text_column("transaction_id"),
    whole_column("tender"),
    whole_column("fee", CheckConstraint("fee >= 0")),
    text_column("customer"),
    whole_column("flagged", CheckConstraint("flagged IN (0, 1)")),
    whole_column("workstation"),
    whole_column("sequence"),
    PrimaryKeyConstraint("transaction_id", "tender"),
    ForeignKeyConstraint(["transaction_id", "tender"], ["tender_check.transaction_id", "tender_check.tender"]),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    Index("returned_check_customer", "customer", sqlite_where=text("customer <> ''")),
)

returned_check_settled = table(
    "returned_check_settled",
    text_column("transaction_id"),
    whole_column("tender"),
    whole_column("amount", CheckConstraint("amount > 0")),
    whole_column("workstation"),
    whole_column("sequence"),
    PrimaryKeyConstraint("transaction_id", "tender"),
    ForeignKeyConstraint(["transaction_id", "tender"], ["returned_check.transaction_id", "returned_check.tender"]),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)

# The key is the promise: a check goes to the bank once.
check_deposit = table(
    "check_deposit",
    text_column("transaction_id"),
    whole_column("tender"),
    text_column("till", ForeignKey("till_session.id")),
    whole_column("position", CheckConstraint("position >= 1")),
    whole_column("amount", CheckConstraint("amount > 0")),
    whole_column("workstation"),
    whole_column("sequence"),
    PrimaryKeyConstraint("transaction_id", "tender"),
    ForeignKeyConstraint(["transaction_id", "tender"], ["tender_line.transaction_id", "tender_line.tender"]),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    Index("check_deposit_till", "till"),
)
