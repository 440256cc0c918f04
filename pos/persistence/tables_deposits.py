"""Deposits, prices by quantity, further names: what goes with an item, and which lines of a sale were containers."""

from __future__ import annotations

from pos.persistence.columns import check, primary_key, refers_by, refers_to, table, text_column, whole_column

item_terms = table(
    "item_terms",
    text_column("item", refers_to("item.id")),
    whole_column("container", check("container IN (0, 1)")),
    text_column("deposits"),
    text_column("quantity_prices"),
    whole_column("cost", check("cost >= 0"), null=True),
    text_column("names", null=True),
    primary_key("item"),
)

item_quantity_price = table(
    "item_quantity_price",
    text_column("item"),
    whole_column("position"),
    whole_column("starts", check("starts > 0")),
    whole_column("price", check("price >= 0")),
    primary_key("item", "position", "starts"),
    refers_by(["item", "position"], ["item_price.item", "item_price.position"]),
)

sale_line_container = table(
    "sale_line_container",
    text_column("transaction_id"),
    whole_column("line"),
    whole_column("belongs_to", check("belongs_to >= 0")),
    primary_key("transaction_id", "line"),
    refers_by(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
)
