"""What SQLAlchemy compiled for one shop of a run serves the next: thousands are opened, and all speak one dialect."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Engine, create_engine
from sqlalchemy.util import LRUCache

from pos.persistence import engine

_STATEMENTS_MAX = 2_000


def share_compiled() -> None:
    """From now on, in this process. A program opens one shop, so that it would gain nothing by it."""
    first = create_engine("sqlite+pysqlite://", module=sqlite)
    # A dialect learns a little from its first connection.
    first.connect().close()
    first.dispose()
    compiled: LRUCache[Any, Any] = LRUCache(_STATEMENTS_MAX)

    def create(*arguments: Any, **options: Any) -> Engine:
        made = create_engine(*arguments, **options, execution_options={"compiled_cache": compiled})
        made.dialect = first.dialect
        return made

    patch.object(engine, "create_engine", create).start()
