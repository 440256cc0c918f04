"""What was read from the checks a sale took, those that went to the bank, and those it sent back."""

from __future__ import annotations

from sqlalchemy import text

from pos.persistence.columns import check, index, primary_key, refers_by, refers_to, table, text_column, whole_column

tender_check = table(
    "tender_check",
    text_column("transaction_id"),
    whole_column("tender"),
    text_column("routing", check("length(routing) = 9")),
    text_column("account_hash", check("length(account_hash) = 64")),
    text_column("account_end", check("length(account_end) BETWEEN 2 AND 4")),
    text_column("number", check("number <> ''")),
    text_column("written"),
    text_column("id_seen"),
    whole_column("starter", check("starter IN (0, 1)")),
    primary_key("transaction_id", "tender"),
    refers_by(["transaction_id", "tender"], ["tender_line.transaction_id", "tender_line.tender"]),
    index("tender_check_account", "account_hash"),
)

returned_check = table(
    "returned_check",
    text_column("transaction_id"),
    whole_column("tender"),
    whole_column("fee", check("fee >= 0")),
    text_column("customer"),
    whole_column("flagged", check("flagged IN (0, 1)")),
    whole_column("workstation"),
    whole_column("sequence"),
    primary_key("transaction_id", "tender"),
    refers_by(["transaction_id", "tender"], ["tender_check.transaction_id", "tender_check.tender"]),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    index("returned_check_customer", "customer", sqlite_where=text("customer <> ''")),
)

returned_check_settled = table(
    "returned_check_settled",
    text_column("transaction_id"),
    whole_column("tender"),
    whole_column("amount", check("amount > 0")),
    whole_column("workstation"),
    whole_column("sequence"),
    primary_key("transaction_id", "tender"),
    refers_by(["transaction_id", "tender"], ["returned_check.transaction_id", "returned_check.tender"]),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)

# The key is the promise: a check goes to the bank once.
check_deposit = table(
    "check_deposit",
    text_column("transaction_id"),
    whole_column("tender"),
    text_column("till", refers_to("till_session.id")),
    whole_column("position", check("position >= 1")),
    whole_column("amount", check("amount > 0")),
    whole_column("workstation"),
    whole_column("sequence"),
    primary_key("transaction_id", "tender"),
    refers_by(["transaction_id", "tender"], ["tender_line.transaction_id", "tender_line.tender"]),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    index("check_deposit_till", "till"),
)
