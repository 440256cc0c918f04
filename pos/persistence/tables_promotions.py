"""Promotions in their versions, and which sale used which coupon."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint

from pos.persistence.columns import table, text_column, whole_column

promotion_version = table(
    "promotion_version",
    text_column("id", CheckConstraint("id <> ''")),
    whole_column("version", CheckConstraint("version >= 1")),
    whole_column("sequence"),
    text_column("starts_at"),
    text_column("body"),
    text_column("changed_by", null=True),
    PrimaryKeyConstraint("id", "version"),
    Index("promotion_version_sequence", "sequence", unique=True),
)

coupon_use = table(
    "coupon_use",
    text_column("promotion"),
    text_column("code", CheckConstraint("code <> ''")),
    whole_column("use", CheckConstraint("use >= 1")),
    text_column("transaction_id", ForeignKey("retail_transaction.id")),
    PrimaryKeyConstraint("promotion", "code", "use"),
)
