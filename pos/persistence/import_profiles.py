"""Mappings of files of items by the name somebody gave them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from pos.persistence.tables_imports import import_profile

_NEW = insert(import_profile)
_KEEP = _NEW.on_conflict_do_update(index_elements=["name"], set_={"body": _NEW.excluded.body})


class ImportProfiles:
    """Profiles by name; the body is JSON text that the service writes and reads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, name: str, body: str) -> None:
        """Keep a profile, in place of one of the same name."""
        self._connection.execute(_KEEP, {"name": name, "body": body})

    def get(self, name: str) -> str | None:
        found = self._connection.execute(select(import_profile.c.body).where(import_profile.c.name == name)).scalar()
        return None if found is None else str(found)

    def names(self) -> tuple[str, ...]:
        return tuple(self._connection.execute(select(import_profile.c.name).order_by(import_profile.c.name)).scalars())
