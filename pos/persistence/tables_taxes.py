"""What only some taxes say beside their rate, sales exempt from tax, and whom tax documents were made out to."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from pos.persistence.tables import Whole, metadata

sale_line_tax_detail = Table(
    "sale_line_tax_detail",
    metadata,
    Column("transaction_id", Text, nullable=False),
    Column("line", Whole, nullable=False),
    Column("position", Whole, nullable=False),
    Column("unit_amount", Whole, nullable=True),
    Column("included", Whole, CheckConstraint("included IN (0, 1)"), nullable=False),
    PrimaryKeyConstraint("transaction_id", "line", "position"),
    ForeignKeyConstraint(
        ["transaction_id", "line", "position"],
        ["sale_line_tax.transaction_id", "sale_line_tax.line", "sale_line_tax.position"],
    ),
    sqlite_strict=True,
)

sale_exemption = Table(
    "sale_exemption",
    metadata,
    Column("transaction_id", Text, ForeignKey("retail_transaction.id"), nullable=False),
    Column("certificate", Text, CheckConstraint("certificate <> ''"), nullable=False),
    Column("given_by", Text, nullable=False),
    PrimaryKeyConstraint("transaction_id"),
    sqlite_strict=True,
)

tax_document = Table(
    "tax_document",
    metadata,
    Column("transaction_id", Text, ForeignKey("retail_transaction.id"), nullable=False),
    Column("issue", Whole, CheckConstraint("issue >= 1"), nullable=False),
    Column("name", Text, CheckConstraint("name <> ''"), nullable=False),
    Column("address", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("vat_number", Text, nullable=False),
    Column("workstation", Whole, nullable=False),
    Column("sequence", Whole, nullable=False),
    PrimaryKeyConstraint("transaction_id", "issue"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    sqlite_strict=True,
)
