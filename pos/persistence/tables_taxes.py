"""What only some taxes say beside their rate, sales exempt from tax, and whom tax documents were made out to."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
)

from pos.persistence.columns import table, text_column, whole_column

sale_line_tax_detail = table(
    "sale_line_tax_detail",
    text_column("transaction_id"),
    whole_column("line"),
    whole_column("position"),
    whole_column("unit_amount", null=True),
    whole_column("included", CheckConstraint("included IN (0, 1)")),
    PrimaryKeyConstraint("transaction_id", "line", "position"),
    ForeignKeyConstraint(
        ["transaction_id", "line", "position"],
        ["sale_line_tax.transaction_id", "sale_line_tax.line", "sale_line_tax.position"],
    ),
)

sale_exemption = table(
    "sale_exemption",
    text_column("transaction_id", ForeignKey("retail_transaction.id")),
    text_column("certificate", CheckConstraint("certificate <> ''")),
    text_column("given_by"),
    PrimaryKeyConstraint("transaction_id"),
)

tax_document = table(
    "tax_document",
    text_column("transaction_id", ForeignKey("retail_transaction.id")),
    whole_column("issue", CheckConstraint("issue >= 1")),
    text_column("name", CheckConstraint("name <> ''")),
    text_column("address"),
    text_column("country"),
    text_column("vat_number"),
    whole_column("workstation"),
    whole_column("sequence"),
    PrimaryKeyConstraint("transaction_id", "issue"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)
