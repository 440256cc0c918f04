"""What only some taxes say beside their rate, sales exempt from tax, and whom tax documents were made out to."""

from __future__ import annotations

from pos.persistence.columns import check, primary_key, refers_by, refers_to, table, text_column, whole_column

sale_line_tax_detail = table(
    "sale_line_tax_detail",
    text_column("transaction_id"),
    whole_column("line"),
    whole_column("position"),
    whole_column("unit_amount", null=True),
    whole_column("included", check("included IN (0, 1)")),
    primary_key("transaction_id", "line", "position"),
    refers_by(
        ["transaction_id", "line", "position"],
        ["sale_line_tax.transaction_id", "sale_line_tax.line", "sale_line_tax.position"],
    ),
)

sale_exemption = table(
    "sale_exemption",
    text_column("transaction_id", refers_to("retail_transaction.id")),
    text_column("certificate", check("certificate <> ''")),
    text_column("given_by"),
    primary_key("transaction_id"),
)

tax_document = table(
    "tax_document",
    text_column("transaction_id", refers_to("retail_transaction.id")),
    whole_column("issue", check("issue >= 1")),
    text_column("name", check("name <> ''")),
    text_column("address"),
    text_column("country"),
    text_column("vat_number"),
    whole_column("workstation"),
    whole_column("sequence"),
    primary_key("transaction_id", "issue"),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)
