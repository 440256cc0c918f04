"""Deposits and prices by quantity: what goes with an item, and which lines of a sale were containers."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, PrimaryKeyConstraint, Table, Text

from pos.persistence.tables import Whole, metadata

item_terms = Table(
    "item_terms",
    metadata,
    Column("item", Text, ForeignKey("item.id"), nullable=False),
    Column("container", Whole, CheckConstraint("container IN (0, 1)"), nullable=False),
    Column("deposits", Text, nullable=False),
    Column("quantity_prices", Text, nullable=False),
    Column("cost", Whole, CheckConstraint("cost >= 0"), nullable=True),
    PrimaryKeyConstraint("item"),
    sqlite_strict=True,
)

item_quantity_price = Table(
    "item_quantity_price",
    metadata,
    Column("item", Text, nullable=False),
    Column("position", Whole, nullable=False),
    Column("starts", Whole, CheckConstraint("starts > 0"), nullable=False),
    Column("price", Whole, CheckConstraint("price >= 0"), nullable=False),
    PrimaryKeyConstraint("item", "position", "starts"),
    ForeignKeyConstraint(["item", "position"], ["item_price.item", "item_price.position"]),
    sqlite_strict=True,
)

sale_line_container = Table(
    "sale_line_container",
    metadata,
    Column("transaction_id", Text, nullable=False),
    Column("line", Whole, nullable=False),
    Column("belongs_to", Whole, CheckConstraint("belongs_to >= 0"), nullable=False),
    PrimaryKeyConstraint("transaction_id", "line"),
    ForeignKeyConstraint(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
    sqlite_strict=True,
)
