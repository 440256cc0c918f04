"""What a tender says beside its kind and amount; cash, which says nothing, has no row here."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, PrimaryKeyConstraint, Table, Text, text

from pos.persistence.tables import Whole, metadata

tender_detail = Table(
    "tender_detail",
    metadata,
    Column("transaction_id", Text, nullable=False),
    Column("tender", Whole, nullable=False),
    Column("id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("cash_back", Whole, CheckConstraint("cash_back >= 0"), nullable=False),
    Column("account", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("attempt", Text, nullable=False),
    Column("change", Whole, CheckConstraint("change IN (0, 1)"), nullable=False),
    PrimaryKeyConstraint("transaction_id", "tender"),
    ForeignKeyConstraint(["transaction_id", "tender"], ["tender_line.transaction_id", "tender_line.tender"]),
    Index("tender_detail_id", "id", unique=True, sqlite_where=text("id <> ''")),
    Index("tender_detail_account", "account", sqlite_where=text("account <> ''")),
    # What a customer says of a card they paid with: its last four digits.
    Index("tender_detail_ending", text("substr(shown, -4)"), sqlite_where=text("shown <> ''")),
    Index("tender_detail_attempt", "attempt", unique=True, sqlite_where=text("attempt <> ''")),
    sqlite_strict=True,
)
