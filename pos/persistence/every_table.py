"""Every table there is: who holds a database against what the program knows asks here, not of what is loaded yet."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from sqlalchemy import DDL, event

from pos import persistence
from pos.late_rooms import load
from pos.persistence import tables_search
from pos.persistence.columns import whole_tables

# Whatever lies here and is called after its tables; one that waits to be loaded has declared nothing yet.
_FILES = [file.name for file in pkgutil.iter_modules(persistence.__path__) if file.name.startswith("tables")]
load([import_module(f"{persistence.__name__}.{name}").__name__ for name in _FILES])
metadata = whole_tables()
for _sql in (*tables_search.INDEXES.values(), *tables_search.TRIGGERS.values()):
    event.listen(metadata, "after_create", DDL(_sql.replace("%", "%%")))  # type: ignore[no-untyped-call]
