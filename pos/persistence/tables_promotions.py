"""Promotions in their versions, and which sale used which coupon."""

from __future__ import annotations

from pos.persistence.columns import check, index, primary_key, refers_to, table, text_column, whole_column

promotion_version = table(
    "promotion_version",
    text_column("id", check("id <> ''")),
    whole_column("version", check("version >= 1")),
    whole_column("sequence"),
    text_column("starts_at"),
    text_column("body"),
    text_column("changed_by", null=True),
    primary_key("id", "version"),
    index("promotion_version_sequence", "sequence", unique=True),
)

coupon_use = table(
    "coupon_use",
    text_column("promotion"),
    text_column("code", check("code <> ''")),
    whole_column("use", check("use >= 1")),
    text_column("transaction_id", refers_to("retail_transaction.id")),
    primary_key("promotion", "code", "use"),
)
