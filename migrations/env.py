"""Alembic's entry: the connection comes from `pos.persistence.schema`, already inside one transaction."""

from __future__ import annotations

from alembic import context

from pos.persistence.every_table import metadata

# SQLite rolls DDL back with everything else once the driver does not commit behind our back (engine.py).
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
