"""How files of items are read: the mapping somebody gave a name, kept for the next file of that kind."""

from __future__ import annotations

from pos.persistence.columns import check, primary_key, table, text_column

import_profile = table(
    "import_profile",
    text_column("name", check("name <> ''")),
    text_column("body"),
    primary_key("name"),
)
