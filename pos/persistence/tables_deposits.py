"""Deposits, prices by quantity, further names: what goes with an item, and which lines of a sale were containers."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, PrimaryKeyConstraint

from pos.persistence.columns import table, text_column, whole_column

item_terms = table(
    "item_terms",
    text_column("item", ForeignKey("item.id")),
    whole_column("container", CheckConstraint("container IN (0, 1)")),
    text_column("deposits"),
    text_column("quantity_prices"),
    whole_column("cost", CheckConstraint("cost >= 0"), null=True),
    text_column("names", null=True),
    PrimaryKeyConstraint("item"),
)

item_quantity_price = table(
    "item_quantity_price",
    text_column("item"),
    whole_column("position"),
    whole_column("starts", CheckConstraint("starts > 0")),
    whole_column("price", CheckConstraint("price >= 0")),
    PrimaryKeyConstraint("item", "position", "starts"),
    ForeignKeyConstraint(["item", "position"], ["item_price.item", "item_price.position"]),
)

sale_line_container = table(
    "sale_line_container",
    text_column("transaction_id"),
    whole_column("line"),
    whole_column("belongs_to", CheckConstraint("belongs_to >= 0")),
    PrimaryKeyConstraint("transaction_id", "line"),
    ForeignKeyConstraint(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
)
