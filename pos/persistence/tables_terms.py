"""The terms lines were sold under, which a return asks for: written with every sale."""

from __future__ import annotations

from pos.persistence.columns import check, primary_key, refers_by, table, text_column, whole_column

# What was agreed with a line when it was sold and policies ask for; lines that say nothing have no row.
sale_line_terms = table(
    "sale_line_terms",
    text_column("transaction_id"),
    whole_column("line"),
    whole_column("final_sale", check("final_sale IN (0, 1)")),
    text_column("flags"),
    text_column("family"),
    primary_key("transaction_id", "line"),
    refers_by(["transaction_id", "line"], ["sale_line.transaction_id", "sale_line.line"]),
)
