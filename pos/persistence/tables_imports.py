"""How files of items are read: the mapping somebody gave a name, kept for the next file of that kind."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, PrimaryKeyConstraint, Table, Text

from pos.persistence.tables import metadata

import_profile = Table(
    "import_profile",
    metadata,
    Column("name", Text, CheckConstraint("name <> ''"), nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("name"),
    sqlite_strict=True,
)
