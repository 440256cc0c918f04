"""The versions of a shop's roles."""

from __future__ import annotations

from pos.persistence.columns import check, primary_key, table, text_column, whole_column

role_rules = table(
    "role_rules",
    whole_column("version", check("version >= 1")),
    text_column("starts_at"),
    text_column("body"),
    text_column("changed_by", null=True),
    primary_key("version"),
)
