"""Whose badge is whose: of a badge only its hash is kept."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, PrimaryKeyConstraint, UniqueConstraint

from pos.persistence.columns import table, text_column

staff_badge = table(
    "staff_badge",
    text_column("staff", ForeignKey("staff.id")),
    text_column("badge_hash", CheckConstraint("badge_hash <> ''")),
    PrimaryKeyConstraint("staff"),
    UniqueConstraint("badge_hash"),
)
