"""How files of items are read: the mapping somebody gave a name, kept for the next file of that kind."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, PrimaryKeyConstraint

from pos.persistence.columns import table, text_column

import_profile = table(
    "import_profile",
    text_column("name", CheckConstraint("name <> ''")),
    text_column("body"),
    PrimaryKeyConstraint("name"),
)
