"""How returns usually are in this shop, summed by the database when somebody is asked about one: never at the till's
own pace, a year of returns is read at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import text
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass
from pos.domain.return_signals import Bought

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
# Every purchase of somebody, of this program's books or taken over; one that was taken back whole is none.
_THEIRS = """
    WITH theirs AS (
      SELECT t.id, t.business_day AS day, t.total FROM retail_transaction t WHERE t.customer = :customer
        AND NOT EXISTS (SELECT 1 FROM post_void v WHERE v.transaction_id = t.id)
      UNION ALL SELECT id, day, total FROM taken_over_sale WHERE customer = :customer
    ),
    lately AS (SELECT id, total FROM theirs WHERE day >= :since),
    back AS (
      SELECT r.purchase AS id, r.refund FROM lately JOIN customer_return r ON r.purchase = lately.id
        AND r.purchase <> ''
      UNION ALL SELECT o.sale, o.refund FROM lately JOIN taken_over_return o ON o.sale = lately.id
    )
    SELECT (SELECT MIN(day) FROM theirs), (SELECT COUNT(*) FROM lately), (SELECT COALESCE(SUM(total), 0) FROM lately),
      (SELECT COUNT(DISTINCT id) FROM back), (SELECT COALESCE(SUM(refund), 0) FROM back)
"""
# The same of everybody known, by how many: sums would read every sale of the while. What came back did so since then.
_KNOWN = """
    SELECT
      (SELECT COUNT(*) FROM retail_transaction WHERE customer IS NOT NULL AND at >= :since)
      - (SELECT COUNT(*) FROM post_void v JOIN retail_transaction t ON t.id = v.transaction_id
         WHERE t.customer IS NOT NULL AND t.at >= :since)
      + (SELECT COUNT(*) FROM taken_over_sale WHERE customer <> '' AND day >= :since),
      (SELECT COUNT(DISTINCT r.purchase) FROM customer_return r JOIN retail_transaction t ON t.id = r.purchase
         WHERE r.business_day >= :since AND r.purchase <> '' AND t.customer IS NOT NULL AND t.at >= :since)
      + (SELECT COUNT(*) FROM taken_over_sale s WHERE s.customer <> '' AND s.day >= :since AND (
         EXISTS (SELECT 1 FROM taken_over_return o WHERE o.sale = s.id)
         OR EXISTS (SELECT 1 FROM customer_return r WHERE r.purchase = s.id AND r.purchase <> '')))
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

    def bought_by(self, customer: str, since: date) -> Bought:
        """What a customer bought from this day on, and what came back of it."""
        values = {"customer": customer, "since": since.isoformat()}
        first, purchases, amount, returned_of, returned = self._connection.execute(text(_THEIRS), values).one()
        day = None if first is None else date.fromisoformat(first)
        return Bought(day, int(purchases), int(amount), int(returned_of), int(returned))

    def of_known_customers(self, since: date) -> Share:
        """Purchases of this day or later that something came back of, of all whose customer is known."""
        row = self._connection.execute(text(_KNOWN), {"since": since.isoformat()}).one()
        return Share(int(row[1]), int(row[0]))

    def _share(self, wanted: str, values: Mapping[str, object]) -> Share:
        count = self._connection.execute(text(wanted), values).scalar_one()
        of = self._connection.execute(text(_ALL), {"since": values["since"]}).scalar_one()
        return Share(int(count), int(of))
