"""Promotions in their versions, and which sale used which coupon."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, Table, Text

from pos.persistence.tables import Whole, metadata

promotion_version = Table(
    "promotion_version",
    metadata,
    Column("id", Text, CheckConstraint("id <> ''"), nullable=False),
    Column("version", Whole, CheckConstraint("version >= 1"), nullable=False),
    Column("sequence", Whole, nullable=False),
    Column("starts_at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("changed_by", Text, nullable=True),
    PrimaryKeyConstraint("id", "version"),
    Index("promotion_version_sequence", "sequence", unique=True),
    sqlite_strict=True,
)

coupon_use = Table(
    "coupon_use",
    metadata,
    Column("promotion", Text, nullable=False),
    Column("code", Text, CheckConstraint("code <> ''"), nullable=False),
    Column("use", Whole, CheckConstraint("use >= 1"), nullable=False),
    Column("transaction_id", Text, ForeignKey("retail_transaction.id"), nullable=False),
    PrimaryKeyConstraint("promotion", "code", "use"),
    sqlite_strict=True,
)
