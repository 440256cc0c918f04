"""What was taken off the price of a line, and prices given by hand."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, PrimaryKeyConstraint

from pos.persistence.columns import table, text_column, whole_column

sale_line_discount = table(
    "sale_line_discount",
    text_column("transaction_id"),
    whole_column("line"),
    whole_column("position"),
    text_column("source"),
    text_column("discount_id"),
    whole_column("version"),
    text_column("name"),
    whole_column("amount", CheckConstraint("amount > 0")),
    text_column("given_by"),
    PrimaryKeyConstraint("transaction_id", "line", "position"),
    ForeignKeyConstraint(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
)

sale_line_override = table(
    "sale_line_override",
    text_column("transaction_id"),
    whole_column("line"),
    whole_column("price_was"),
    text_column("reason", CheckConstraint("reason <> ''")),
    text_column("given_by"),
    PrimaryKeyConstraint("transaction_id", "line"),
    ForeignKeyConstraint(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
)
