"""What was taken off the price of a line, and prices given by hand."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, PrimaryKeyConstraint, Table, Text

from pos.persistence.tables import Whole, metadata

sale_line_discount = Table(
    "sale_line_discount",
    metadata,
    Column("transaction_id", Text, nullable=False),
    Column("line", Whole, nullable=False),
    Column("position", Whole, nullable=False),
    Column("source", Text, nullable=False),
    Column("discount_id", Text, nullable=False),
    Column("version", Whole, nullable=False),
    Column("name", Text, nullable=False),
    Column("amount", Whole, CheckConstraint("amount > 0"), nullable=False),
    Column("given_by", Text, nullable=False),
    PrimaryKeyConstraint("transaction_id", "line", "position"),
    ForeignKeyConstraint(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
    sqlite_strict=True,
)

sale_line_override = Table(
    "sale_line_override",
    metadata,
    Column("transaction_id", Text, nullable=False),
    Column("line", Whole, nullable=False),
    Column("price_was", Whole, nullable=False),
    Column("reason", Text, CheckConstraint("reason <> ''"), nullable=False),
    Column("given_by", Text, nullable=False),
    PrimaryKeyConstraint("transaction_id", "line"),
    ForeignKeyConstraint(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
    sqlite_strict=True,
)
