"""Serial numbers are looked for among the lines that have any, not among all that were ever sold."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from pos.persistence.returns import _CAME, _WENT
from tests.corner_shop import new_shop, open_up


def test_a_serial_number_goes_by_the_indexes_of_lines_with_serials(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    asked = {"item": "DRILL", "serial": "SN-1"}
    with lane.desk.shop.books.reading() as work:
        connection = work._connection
        plans = [
            "; ".join(str(row[-1]) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {wanted}"), asked))
            for wanted in (_CAME, _WENT)
        ]
        assert not work.transactions.has_serial("SN-1")
    assert "return_line_serial" in plans[0]
    assert "sale_line_detail_serials" in plans[1]
    assert "return_line_instead" in plans[1]
    lane.close()
