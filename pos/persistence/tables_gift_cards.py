"""Gift cards and store credit: what a card is, its own ledger, and the running balance that may never fall below 0.

The card, its entries and the lines of sales that put money somewhere are facts. The balance is their sum.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    UniqueConstraint,
    text,
)

from pos.persistence.columns import table, text_column, whole_column

_MOVES = (
    "'sold', 'reloaded', 'issued', 'imported', 'redeemed', 'released', 'cashed_out', 'refunded', 'reversed', "
    "'disabled', 'enabled'"
)

gift_card = table(
    "gift_card",
    text_column("id"),
    text_column("kind", CheckConstraint("kind IN ('gift_card', 'store_credit')")),
    text_column("number_hash", CheckConstraint("length(number_hash) = 64")),
    text_column("last_four", CheckConstraint("length(last_four) <= 4")),
    text_column("pin_hash"),
    text_column("origin", CheckConstraint("origin IN ('made', 'rack', 'imported')")),
    whole_column("workstation"),
    whole_column("sequence"),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("number_hash"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)

gift_card_entry = table(
    "gift_card_entry",
    whole_column("workstation"),
    whole_column("sequence"),
    whole_column("position", CheckConstraint("position >= 1")),
    text_column("card", ForeignKey("gift_card.id")),
    text_column("move", CheckConstraint(f"move IN ({_MOVES})")),
    whole_column("amount"),
    whole_column("remaining", CheckConstraint("remaining >= 0")),
    text_column("expires"),
    text_column("tender"),
    PrimaryKeyConstraint("workstation", "sequence", "position"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    Index("gift_card_entry_card", "card"),
    # The key is the promise: what a tender took is taken once and given back once, whoever tries again.
    Index("gift_card_entry_tender", "tender", "move", unique=True, sqlite_where=text("tender <> ''")),
)

gift_card_balance = table(
    "gift_card_balance",
    text_column("card", ForeignKey("gift_card.id")),
    whole_column("balance", CheckConstraint("balance >= 0")),
    text_column("expires"),
    whole_column("disabled", CheckConstraint("disabled IN (0, 1)")),
    PrimaryKeyConstraint("card"),
)

sale_line_stored = table(
    "sale_line_stored",
    text_column("transaction_id"),
    whole_column("line"),
    text_column("act", CheckConstraint("act IN ('sell', 'reload', 'account')")),
    text_column("account", CheckConstraint("account <> ''")),
    text_column("shown"),
    PrimaryKeyConstraint("transaction_id", "line"),
    ForeignKeyConstraint(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
)
