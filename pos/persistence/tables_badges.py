"""Whose badge is whose: of a badge only its hash is kept."""

from __future__ import annotations

from pos.persistence.columns import check, primary_key, refers_to, table, text_column, unique

staff_badge = table(
    "staff_badge",
    text_column("staff", refers_to("staff.id")),
    text_column("badge_hash", check("badge_hash <> ''")),
    primary_key("staff"),
    unique("badge_hash"),
)
