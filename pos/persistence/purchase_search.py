"""Sales found without their receipt: by the card they were paid with, the customer, or an item of one day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, select, text
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass
from pos.domain.transaction import ReceiptNumber
from pos.persistence.moments import from_text, to_text
from pos.persistence.tables import retail_transaction, sale_line
from pos.persistence.tables_after_sale import post_void
from pos.persistence.tables_cards import payment_outcome
from pos.persistence.tables_tenders import tender_detail

_ITEMS_MAX = 4
_OPEN_DAYS_MAX = 2
_SALE = retail_transaction.c
# Spelled as in the index: with bound values in it SQLite would not know its own expression again.
_ENDING = text("substr(tender_detail.shown, -4) = :ending AND tender_detail.shown <> ''")

_TOKEN = text("json_extract(payment_outcome.card, '$.token') = :token AND payment_outcome.card <> ''")


@dataclass(frozen=True, slots=True)
class PurchaseHead:
    """One sale without its parts: `items` are the names of its first lines, `paid` in minor units."""

    id: str
    receipt: str
    at: datetime
    paid: int
    currency: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another, the second no longer in it."""

    since: datetime
    until: datetime


class PurchaseSearch:
    """Sales that stand, the latest first. Each search goes by an index, however many sales there are."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_card(self, shown: str, paid: int | None, span: Span, limit: int) -> tuple[PurchaseHead, ...]:
        """Paid with a card that is shown so, or whose number ends in these four digits; `paid` in minor units."""
        of_card = select(tender_detail.c.transaction_id).where(_ENDING.bindparams(ending=shown[-4:]))
        if len(shown) > len("1234"):
            of_card = of_card.where(tender_detail.c.shown == shown)
        return self._heads(_paid(_within(_standing().where(_SALE.id.in_(of_card)), span), paid), limit)

    def by_token(self, token: str, paid: int | None, span: Span, limit: int) -> tuple[PurchaseHead, ...]:
        """Paid with the card that the terminal calls so; the rest as `by_card`."""
        charges = select(payment_outcome.c.attempt).where(_TOKEN.bindparams(token=token))
        of_card = select(tender_detail.c.transaction_id).where(
            tender_detail.c.attempt.in_(charges), tender_detail.c.attempt != ""
        )
        return self._heads(_paid(_within(_standing().where(_SALE.id.in_(of_card)), span), paid), limit)

    def by_customer(self, customer: str, limit: int) -> tuple[PurchaseHead, ...]:
        return self._heads(_standing().where(_SALE.customer == customer), limit)

    def by_item(self, items: Sequence[str], paid: int | None, span: Span, limit: int) -> tuple[PurchaseHead, ...]:
        """Any of these items was sold on one of these days; the rest as `by_card`.

        The days are walked back from the last, so that a sale of many is found at once and a rare one within the span.
        """
        with_it = exists().where(sale_line.c.transaction_id == _SALE.id, sale_line.c.item.in_(list(items)))
        wanted = _paid(_within(_standing().where(with_it), span), paid)
        return self._heads(wanted.order_by(_SALE.business_day.desc()), limit)

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


def _within(wanted: Select[Any], span: Span) -> Select[Any]:
    """By the business day first, which has the index: a till left open past midnight still books on the day before."""
    first = span.since.date() - timedelta(days=_OPEN_DAYS_MAX)
    days = _SALE.business_day.between(first.isoformat(), span.until.date().isoformat())
    return wanted.where(days, _SALE.at >= to_text(span.since), _SALE.at < to_text(span.until))


def _paid(wanted: Select[Any], paid: int | None) -> Select[Any]:
    return wanted if paid is None else wanted.where(_SALE.paid == paid)


def _standing() -> Select[Any]:
    return select(retail_transaction).where(~exists().where(post_void.c.transaction_id == _SALE.id))
