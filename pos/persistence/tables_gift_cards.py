"""Gift cards and store credit: what a card is, its own ledger, and the running balance that may never fall below 0.

The card, its entries and the lines of sales that put money somewhere are facts. The balance is their sum.
"""

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

_MOVES = (
    "'sold', 'reloaded', 'issued', 'imported', 'redeemed', 'released', 'cashed_out', 'refunded', 'reversed', "
    "'disabled', 'enabled'"
)

gift_card = Table(
    "gift_card",
    metadata,
    Column("id", Text, nullable=False),
    Column("kind", Text, CheckConstraint("kind IN ('gift_card', 'store_credit')"), nullable=False),
    Column("number_hash", Text, CheckConstraint("length(number_hash) = 64"), nullable=False),
    Column("last_four", Text, CheckConstraint("length(last_four) <= 4"), nullable=False),
    Column("pin_hash", Text, nullable=False),
    Column("origin", Text, CheckConstraint("origin IN ('made', 'rack', 'imported')"), nullable=False),
    Column("workstation", Whole, nullable=False),
    Column("sequence", Whole, nullable=False),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("number_hash"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    sqlite_strict=True,
)

gift_card_entry = Table(
    "gift_card_entry",
    metadata,
    Column("workstation", Whole, nullable=False),
    Column("sequence", Whole, nullable=False),
    Column("position", Whole, CheckConstraint("position >= 1"), nullable=False),
    Column("card", Text, ForeignKey("gift_card.id"), nullable=False),
    Column("move", Text, CheckConstraint(f"move IN ({_MOVES})"), nullable=False),
    Column("amount", Whole, nullable=False),
    Column("remaining", Whole, CheckConstraint("remaining >= 0"), nullable=False),
    Column("expires", Text, nullable=False),
    Column("tender", Text, nullable=False),
    PrimaryKeyConstraint("workstation", "sequence", "position"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    Index("gift_card_entry_card", "card"),
    # The key is the promise: what a tender took is taken once and given back once, whoever tries again.
    Index("gift_card_entry_tender", "tender", "move", unique=True, sqlite_where=text("tender <> ''")),
    sqlite_strict=True,
)

gift_card_balance = Table(
    "gift_card_balance",
    metadata,
    Column("card", Text, ForeignKey("gift_card.id"), nullable=False),
    Column("balance", Whole, CheckConstraint("balance >= 0"), nullable=False),
    Column("expires", Text, nullable=False),
    Column("disabled", Whole, CheckConstraint("disabled IN (0, 1)"), nullable=False),
    PrimaryKeyConstraint("card"),
    sqlite_strict=True,
)

sale_line_stored = Table(
    "sale_line_stored",
    metadata,
    Column("transaction_id", Text, nullable=False),
    Column("line", Whole, nullable=False),
    Column("act", Text, CheckConstraint("act IN ('sell', 'reload', 'account')"), nullable=False),
    Column("account", Text, CheckConstraint("account <> ''"), nullable=False),
    Column("shown", Text, nullable=False),
    PrimaryKeyConstraint("transaction_id", "line"),
    ForeignKeyConstraint(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
    sqlite_strict=True,
)
