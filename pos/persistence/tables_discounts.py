"""What was taken off the price of a line, and prices given by hand."""

from __future__ import annotations

from pos.persistence.columns import check, primary_key, refers_by, table, text_column, whole_column

sale_line_discount = table(
    "sale_line_discount",
    text_column("transaction_id"),
    whole_column("line"),
    whole_column("position"),
    text_column("source"),
    text_column("discount_id"),
    whole_column("version"),
    text_column("name"),
    whole_column("amount", check("amount > 0")),
    text_column("given_by"),
    primary_key("transaction_id", "line", "position"),
    refers_by(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
)

sale_line_override = table(
    "sale_line_override",
    text_column("transaction_id"),
    whole_column("line"),
    whole_column("price_was"),
    text_column("reason", check("reason <> ''")),
    text_column("given_by"),
    primary_key("transaction_id", "line"),
    refers_by(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
)
