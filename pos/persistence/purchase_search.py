"""Sales found without their receipt: by the card they were paid with, the customer, or an item of one day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass
from pos.domain.transaction import ReceiptNumber
from pos.persistence.moments import from_text
from pos.persistence.tables import retail_transaction, sale_line
from pos.persistence.tables_after_sale import post_void
from pos.persistence.tables_tenders import tender_detail

_ITEMS_MAX = 4
_SALE = retail_transaction.c


@dataclass(frozen=True, slots=True)
class PurchaseHead:
    """One sale without its parts: `items` are the names of its first lines, `paid` in minor units."""

    id: str
    receipt: str
    at: datetime
    paid: int
    currency: str
    items: tuple[str, ...]


class PurchaseSearch:
    """Sales that stand, the latest first. Each search goes by an index, however many sales there are."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_card(self, shown: str, paid: int | None, since: date, limit: int) -> tuple[PurchaseHead, ...]:
        """Paid with a card that is shown so, or whose number ends in these four digits; `paid` in minor units."""
        ending = func.substr(tender_detail.c.shown, -4) == shown[-4:]
        of_card = select(tender_detail.c.transaction_id).where(ending, tender_detail.c.shown != "")
        if len(shown) > len("1234"):
            of_card = of_card.where(tender_detail.c.shown == shown)
        wanted = _standing().where(_SALE.id.in_(of_card), _SALE.business_day >= since.isoformat())
        return self._heads(wanted if paid is None else wanted.where(_SALE.paid == paid), limit)

    def by_customer(self, customer: str, limit: int) -> tuple[PurchaseHead, ...]:
        return self._heads(_standing().where(_SALE.customer == customer), limit)

    def by_item(self, item: str, day: date, limit: int) -> tuple[PurchaseHead, ...]:
        """Sold on this business day."""
        with_it = exists().where(sale_line.c.transaction_id == _SALE.id, sale_line.c.item == item)
        return self._heads(_standing().where(_SALE.business_day == day.isoformat(), with_it), limit)

    def _heads(self, wanted: Select[Any], limit: int) -> tuple[PurchaseHead, ...]:
        rows = self._connection.execute(wanted.order_by(_SALE.at.desc(), _SALE.id.desc()).limit(limit)).all()
        return tuple(
            PurchaseHead(
                row.id,
                str(ReceiptNumber(row.store, row.workstation, row.number)),
                from_text(row.at),
                row.paid,
                row.currency,
                self._items(row.id),
            )
            for row in rows
        )

    def _items(self, transaction_id: str) -> tuple[str, ...]:
        wanted = select(sale_line.c.name).where(sale_line.c.transaction_id == transaction_id)
        return tuple(self._connection.execute(wanted.order_by(sale_line.c.line).limit(_ITEMS_MAX)).scalars())


def _standing() -> Select[Any]:
    return select(retail_transaction).where(~exists().where(post_void.c.transaction_id == _SALE.id))
