"""Sales found without a receipt, each by an index and never by walking through all that was ever sold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from pos.persistence.engine import open_engine
from pos.persistence.purchase_search import PurchaseSearch, Span
from pos.persistence.shop_folder import DATABASE
from tests.corner_shop import new_shop

SPAN = Span(datetime(2026, 10, 1, 22, tzinfo=UTC), datetime(2026, 10, 31, 22, tzinfo=UTC))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """The database of a shop that was just founded."""
    engine = open_engine(new_shop(tmp_path / "shop") / DATABASE)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("way", "arguments"),
    [
        ("by_item", (["3001", "3002"], None, SPAN, 50)),
        ("by_item", (["3001"], 4500, SPAN, 50)),
        ("by_card", ("4821", None, SPAN, 50)),
        ("by_card", ("visa •4821", 4500, SPAN, 50)),
        ("by_token", ("T8CARD", None, SPAN, 50)),
        ("by_token", ("T8CARD", 4500, SPAN, 50)),
        ("by_customer", ("C1", 50)),
    ],
)
def test_each_search_goes_by_an_index(engine: Engine, way: str, arguments: tuple[Any, ...]) -> None:
    with engine.connect() as connection:
        plans = _plans(connection, lambda: getattr(PurchaseSearch(connection), way)(*arguments))
    scans = [step for step in plans if step.startswith("SCAN") and "CONSTANT ROW" not in step]
    assert plans
    assert not scans


def test_a_card_is_found_by_the_index_of_its_token(engine: Engine) -> None:
    with engine.connect() as connection:
        plans = _plans(connection, lambda: PurchaseSearch(connection).by_token("T8CARD", None, SPAN, 50))
    assert any("payment_outcome_token" in step for step in plans)
    assert any("tender_detail_attempt" in step for step in plans)


def _plans(connection: Connection, ask: Any) -> list[str]:
    """The steps of the plan of every query that is asked."""
    asked: list[tuple[str, Any]] = []

    def remember(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: Any) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", remember)
    ask()
    event.remove(connection, "before_cursor_execute", remember)
    return [
        str(row[3])
        for statement, parameters in asked
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]
