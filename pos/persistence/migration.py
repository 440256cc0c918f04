"""Alembic's run over a database, in one transaction.

A late room: a start that has nothing to migrate does not load it.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

import migrations
from pos.persistence.engine import world_errors


def upgrade(engine: Engine, path: Path) -> None:
    """Bring a database, an empty one too, to the newest schema: all of it or nothing. Raises KnownError, or what a
    migration that does not hold raises.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    with world_errors(path), engine.connect() as connection:
        # A table that others refer to can be rebuilt only while nobody checks references, and that cannot be switched
        # inside a transaction. The connection goes back to nobody; what it leaves is checked before the commit.
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        connection.detach()
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise RuntimeError("rows refer to rows that the migration left out")
