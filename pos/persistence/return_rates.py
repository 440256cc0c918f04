"""How returns usually are in this shop, summed by the database when somebody is asked about one: never at the till's
own pace, a year of returns is read at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import text
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass

# How often each of them returned something, by what they are told again by; another system's returns count too.
_BY_KEY: Mapping[str, str] = {
    "customer": """
        SELECT COUNT(*) FROM (
          SELECT customer AS known FROM customer_return WHERE business_day >= :since AND customer <> ''
          UNION ALL SELECT customer FROM taken_over_return WHERE day >= :since AND customer <> ''
        ) GROUP BY known
    """,
    "id": """
        SELECT COUNT(*) FROM (
          SELECT id_key AS known FROM customer_return WHERE business_day >= :since AND id_key <> ''
          UNION ALL SELECT id_key FROM taken_over_return WHERE day >= :since AND id_key <> ''
        ) GROUP BY known
    """,
    "card": """
        SELECT COUNT(*) FROM (
          SELECT DISTINCT r.id, t.token AS known FROM customer_return r
          JOIN refund_tender t ON t.return_id = r.id AND t.token <> '' WHERE r.business_day >= :since
          UNION ALL
          SELECT DISTINCT r.id, t.token FROM taken_over_return r
          JOIN taken_over_tender t ON t.sale = r.sale AND t.token <> '' WHERE r.day >= :since
        ) GROUP BY known
    """,
}
_ALL = "SELECT COUNT(*) FROM customer_return WHERE business_day >= :since AND purchase <> ''"
_SAME_CASHIER = """
    SELECT COUNT(*) FROM customer_return r
    JOIN retail_transaction t ON t.id = r.purchase AND t.operator = r.operator WHERE r.business_day >= :since
"""
_SOON = """
    SELECT COUNT(*) FROM customer_return r JOIN retail_transaction t ON t.id = r.purchase
    WHERE r.business_day >= :since AND unixepoch(r.at) - unixepoch(t.at) < 60 * :minutes
"""
_RECEIPTS = """
    SELECT COUNT(*), COALESCE(SUM(times > 1), 0) FROM (
      SELECT COUNT(*) AS times FROM customer_return WHERE business_day >= :since AND purchase <> '' GROUP BY purchase
    )
"""


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of`."""

    count: int
    of: int


class ReturnRates:
    """Returns of the business days from `since` on."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def times(self, known_by: str, since: date) -> tuple[int, ...]:
        """How many returns each customer, document ("id") or card made that made any, in no order."""
        return tuple(self._connection.execute(text(_BY_KEY[known_by]), {"since": since.isoformat()}).scalars())

    def same_cashier(self, since: date) -> Share:
        """Returns made by who made the sale, of all that have a receipt."""
        return self._share(_SAME_CASHIER, {"since": since.isoformat()})

    def soon(self, since: date, minutes: int) -> Share:
        """Returns within so many minutes of the sale, of all that have a receipt."""
        return self._share(_SOON, {"since": since.isoformat(), "minutes": minutes})

    def receipts_used_again(self, since: date) -> Share:
        """Receipts with more than one return, of those with any."""
        row = self._connection.execute(text(_RECEIPTS), {"since": since.isoformat()}).one()
        return Share(int(row[1]), int(row[0]))

    def _share(self, wanted: str, values: Mapping[str, object]) -> Share:
        count = self._connection.execute(text(wanted), values).scalar_one()
        of = self._connection.execute(text(_ALL), {"since": values["since"]}).scalar_one()
        return Share(int(count), int(of))
