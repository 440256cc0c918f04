"""The versions of a shop's roles."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, PrimaryKeyConstraint, Table, Text

from pos.persistence.tables import Whole, metadata

role_rules = Table(
    "role_rules",
    metadata,
    Column("version", Whole, CheckConstraint("version >= 1"), nullable=False),
    Column("starts_at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("changed_by", Text, nullable=True),
    PrimaryKeyConstraint("version"),
    sqlite_strict=True,
)
