"""Gift cards and store credit: what a card is, its own ledger, and the running balance that may never fall below 0.

The card, its entries and the lines of sales that put money somewhere are facts. The balance is their sum.
"""

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

_MOVES = (
    "'sold', 'reloaded', 'issued', 'imported', 'redeemed', 'released', 'cashed_out', 'refunded', 'reversed', "
    "'disabled', 'enabled'"
)

gift_card = table(
    "gift_card",
    text_column("id"),
    text_column("kind", check("kind IN ('gift_card', 'store_credit')")),
    text_column("number_hash", check("length(number_hash) = 64")),
    text_column("last_four", check("length(last_four) <= 4")),
    text_column("pin_hash"),
    text_column("origin", check("origin IN ('made', 'rack', 'imported')")),
    whole_column("workstation"),
    whole_column("sequence"),
    primary_key("id"),
    unique("number_hash"),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)

gift_card_entry = table(
    "gift_card_entry",
    whole_column("workstation"),
    whole_column("sequence"),
    whole_column("position", check("position >= 1")),
    text_column("card", refers_to("gift_card.id")),
    text_column("move", check(f"move IN ({_MOVES})")),
    whole_column("amount"),
    whole_column("remaining", check("remaining >= 0")),
    text_column("expires"),
    text_column("tender"),
    primary_key("workstation", "sequence", "position"),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    index("gift_card_entry_card", "card"),
    # The key is the promise: what a tender took is taken once and given back once, whoever tries again.
    index("gift_card_entry_tender", "tender", "move", unique=True, sqlite_where=text("tender <> ''")),
)

gift_card_balance = table(
    "gift_card_balance",
    text_column("card", refers_to("gift_card.id")),
    whole_column("balance", check("balance >= 0")),
    text_column("expires"),
    whole_column("disabled", check("disabled IN (0, 1)")),
    primary_key("card"),
)

sale_line_stored = table(
    "sale_line_stored",
    text_column("transaction_id"),
    whole_column("line"),
    text_column("act", check("act IN ('sell', 'reload', 'account')")),
    text_column("account", check("account <> ''")),
    text_column("shown"),
    primary_key("transaction_id", "line"),
    refers_by(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
)
