"""What is done to a sale after it was paid: taken back whole, or a tender of it put right. Facts that point back."""

from __future__ import annotations

from pos.persistence.columns import (
    check,
    index,
    primary_key,
    refers_by,
    refers_to,
    table,
    text_column,
    unique,
    whole_column,
)

# The key is the promise: a sale is taken back once, whoever races.
post_void = table(
    "post_void",
    text_column("transaction_id", refers_to("retail_transaction.id")),
    text_column("store"),
    whole_column("workstation"),
    whole_column("number", check("number >= 1")),
    text_column("at"),
    text_column("voided_by", refers_to("staff.id")),
    text_column("approver"),
    text_column("approval"),
    text_column("reason", check("reason <> ''")),
    text_column("till", refers_to("till_session.id")),
    whole_column("sequence"),
    primary_key("transaction_id"),
    unique("workstation", "number"),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    check("(approver = '') = (approval = '')", name="post_void_approval"),
)

tender_correction = table(
    "tender_correction",
    text_column("transaction_id"),
    whole_column("tender"),
    whole_column("number", check("number >= 1")),
    text_column("was_kind"),
    text_column("was_type"),
    text_column("kind"),
    text_column("type"),
    whole_column("amount", check("amount > 0")),
    text_column("reference"),
    text_column("reason", check("reason <> ''")),
    text_column("approval"),
    text_column("corrected_by", refers_to("staff.id")),
    text_column("at"),
    text_column("till", refers_to("till_session.id")),
    whole_column("workstation"),
    whole_column("sequence"),
    primary_key("transaction_id", "tender", "number"),
    refers_by(["transaction_id", "tender"], ["tender_line.transaction_id", "tender_line.tender"]),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    index("tender_correction_entry", "workstation", "sequence", unique=True),
)
