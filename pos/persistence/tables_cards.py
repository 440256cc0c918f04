"""What was asked of card terminals, and what became of it: an attempt is written before its first byte leaves."""

from __future__ import annotations

from sqlalchemy import text

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

payment_attempt = table(
    "payment_attempt",
    text_column("id"),
    whole_column("workstation"),
    whole_column("sequence"),
    text_column("purpose", check("purpose IN ('pay', 'reverse', 'refund')")),
    text_column("kind", check("kind IN ('credit', 'debit')")),
    text_column("sale"),
    text_column("terminal", check("terminal <> ''")),
    text_column("protocol"),
    text_column("reference", check("reference <> ''")),
    whole_column("amount", check("amount > 0")),
    whole_column("cash_back", check("cash_back >= 0")),
    text_column("currency"),
    whole_column("partial_allowed", check("partial_allowed IN (0, 1)")),
    text_column("of_attempt"),
    text_column("original_transaction"),
    text_column("original_time"),
    text_column("reason"),
    whole_column("queued", check("queued IN (0, 1)")),
    primary_key("id"),
    unique("terminal", "reference"),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    index("payment_attempt_sale", "sale"),
    index("payment_attempt_of", "of_attempt", sqlite_where=text("of_attempt <> ''")),
    # The key is the promise: a charge is reversed once, whoever tries again.
    index("payment_attempt_reversed", "of_attempt", unique=True, sqlite_where=text("purpose = 'reverse'")),
)

payment_outcome = table(
    "payment_outcome",
    whole_column("workstation"),
    whole_column("sequence"),
    text_column("attempt", refers_to("payment_attempt.id")),
    whole_column("number", check("number >= 1")),
    text_column("state", check("state IN ('unknown', 'approved', 'declined', 'not_processed')")),
    whole_column("amount", check("amount >= 0")),
    whole_column("cash_back", check("cash_back >= 0")),
    text_column("why"),
    text_column("detail"),
    text_column("decided_by"),
    text_column("reason"),
    text_column("quarantine"),
    text_column("card"),
    text_column("receipts"),
    primary_key("workstation", "sequence"),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    unique("attempt", "number"),
    # What a terminal calls a card, every time it is used.
    index("payment_outcome_token", text("json_extract(card, '$.token')"), sqlite_where=text("card <> ''")),
)

# No fact but a list that is kept short: the attempts nobody can say of yet whether money moved.
card_open = table(
    "card_open",
    text_column("attempt", refers_to("payment_attempt.id")),
    primary_key("attempt"),
)
