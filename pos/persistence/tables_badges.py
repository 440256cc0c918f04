"""Whose badge is whose: of a badge only its hash is kept."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from pos.persistence.tables import metadata

staff_badge = Table(
    "staff_badge",
    metadata,
    Column("staff", Text, ForeignKey("staff.id"), nullable=False),
    Column("badge_hash", Text, CheckConstraint("badge_hash <> ''"), nullable=False),
    PrimaryKeyConstraint("staff"),
    UniqueConstraint("badge_hash"),
    sqlite_strict=True,
)
