"""Find what somebody bought and see what is left of it: by any code on paper, by card, customer, or item and day."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, date, datetime, time, timedelta

from pos.domain.came_back import Back, BackLine, BackTender, with_back
from pos.domain.card_number import looks_like_card_number
from pos.domain.customer import Customer
from pos.domain.customer_return import CustomerReturn, ReturnNumber
from pos.domain.frozen import dataclass
from pos.domain.own_codes import own_code
from pos.domain.post_void import kept_of, tender_now
from pos.domain.purchase import Buyer, Earned, Purchase, PurchaseLine, PurchaseTender, Source
from pos.domain.refusal import Code, Refused
from pos.domain.return_books import EXCHANGE
from pos.domain.return_request import ShownBy, serials_of
from pos.domain.staff import Permission
from pos.domain.tender import CARDS_OF_THE_SHOP, TenderKind
from pos.domain.transaction import (
    GIFT_CODE_PREFIX,
    RECEIPT_CODE_PREFIX,
    RETURN_CODE_PREFIX,
    ReceiptNumber,
    SaleLine,
    TenderLine,
    Transaction,
)
from pos.persistence.moments import from_text
from pos.persistence.purchase_search import PurchaseHead, Span
from pos.persistence.taken_over import TakenHeading, TakenPlace
from pos.persistence.unit_of_work import UnitOfWork
from pos.services import taken_over
from pos.services.desk import Desk
from pos.services.sale_points import points_of_sale

FOUND_MAX = 50
# How far back a purchase is looked for where nobody has a receipt: two years, as long as goods answer for faults.
LOOK_BACK = timedelta(days=2 * 366)
# Longer ago nobody knows by what and when alone, and the sales of a month are walked through at once.
ITEM_LOOK_BACK = timedelta(days=30)
_NUMBER = re.compile(r"(\d{4})-(\d{1,2})-(R?)(\d{1,12})")
# What was found in these books, and in what was taken over from another system.
Rows = tuple[Sequence[PurchaseHead], Sequence[TakenHeading]]


@dataclass(frozen=True, slots=True)
class Found:
    """A purchase somebody showed a proof of. `lines` are its lines by the numbers of what was shown, where those are
    others: the receipt of an exchange counts the goods that went out.
    """

    purchase: Purchase
    shown_by: ShownBy
    lines: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PurchaseFound:
    """One row of what was found without a receipt; `at` on the shop's clock, `paid` in minor units."""

    id: str
    receipt: str
    at: datetime
    paid: int
    currency: str
    items: tuple[str, ...]
    source: Source = Source.BOOKS


class Purchases:
    """Known sales of this shop, those taken over from another system too."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def find(self, typed: str) -> Found | Refused:
        """The purchase of a receipt's barcode or number, of a gift receipt, or of the receipt of a return or exchange.

        A number without its workstation is one of this workstation.
        Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_OF_TRAINING, RECEIPT_UNKNOWN.
        """
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        said = own_code(typed)
        with self._desk.shop.books.reading() as work:
            if said.startswith("T-"):
                return Refused(Code.RECEIPT_OF_TRAINING, {"receipt": typed.strip()[:40]})
            if said.startswith(GIFT_CODE_PREFIX):
                sale_id = work.gift_receipts.sale_of(said.removeprefix(GIFT_CODE_PREFIX))
                place, shown_by = None if sale_id is None else TakenPlace(sale_id, {}), ShownBy.GIFT_RECEIPT
            else:
                place, shown_by = self._place(work, typed.strip()), ShownBy.RECEIPT
            found = None if place is None else purchase_of(work, self._desk, place.purchase)
        if found is None or place is None:
            return Refused(Code.RECEIPT_UNKNOWN, {"receipt": typed.strip()[:40]})
        return Found(found, shown_by, place.lines)

    def get(self, purchase_id: str) -> Purchase | Refused:
        """A purchase by its identity, as a search found it. Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN."""
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            found = purchase_of(work, self._desk, purchase_id)
        return Refused(Code.RECEIPT_UNKNOWN, {"receipt": purchase_id[:40]}) if found is None else found

    def by_card(
        self, shown: str, *, paid: int | None = None, day: date | None = None
    ) -> tuple[PurchaseFound, ...] | Refused:
        """The latest paid with this card, as receipts show it or by its last four digits; `paid` in minor units where
        it is known, and the day. Refused: NOT_SIGNED_ON, NOT_PERMITTED, CARD_NUMBER_TYPED.
        """
        if looks_like_card_number(shown):
            return Refused(Code.CARD_NUMBER_TYPED)
        span = self._span(self._days(day, LOOK_BACK))
        return self._search(
            lambda work: (
                work.purchase_search.by_card(shown, paid, span, FOUND_MAX),
                _fitting(work.taken_over.by_card(shown, FOUND_MAX), paid, day),
            )
        )

    def by_token(
        self, token: str, *, paid: int | None = None, day: date | None = None
    ) -> tuple[PurchaseFound, ...] | Refused:
        """The latest purchases paid with the card that terminals call so; the rest as `by_card`, but for its code."""
        span = self._span(self._days(day, LOOK_BACK))
        return self._search(
            lambda work: (
                work.purchase_search.by_token(token, paid, span, FOUND_MAX),
                _fitting(work.taken_over.by_card(token, FOUND_MAX), paid, day),
            )
        )

    def by_customer(self, customer: str) -> tuple[PurchaseFound, ...] | Refused:
        """The latest purchases of a customer. Refused: NOT_SIGNED_ON, NOT_PERMITTED."""
        return self._search(
            lambda work: (
                work.purchase_search.by_customer(customer, FOUND_MAX),
                work.taken_over.by_customer(customer, FOUND_MAX),
            )
        )

    def by_item(
        self, items: Sequence[str], *, paid: int | None = None, day: date | None = None
    ) -> tuple[PurchaseFound, ...] | Refused:
        """The latest purchases of any of these items: on this day, or in the last 30 days; `paid` in minor
        units where it is known. Refused: NOT_SIGNED_ON, NOT_PERMITTED.
        """
        days = self._days(day, ITEM_LOOK_BACK)
        return self._search(
            lambda work: (
                work.purchase_search.by_item(items, paid, self._span(days), FOUND_MAX),
                _fitting(work.taken_over.by_item(items, days, FOUND_MAX), paid, day),
            )
        )

    def _days(self, day: date | None, back: timedelta) -> tuple[date, date]:
        today = self._desk.local(self._desk.now()).date()
        return (today - back, today) if day is None else (day, day)

    def _span(self, days: tuple[date, date]) -> Span:
        """From the first midnight to the last on the shop's clock."""
        first, last = (datetime.combine(day, time(), self._desk.zone) for day in (days[0], days[1] + timedelta(days=1)))
        return Span(first.astimezone(UTC), last.astimezone(UTC))

    def last(self) -> Found | Refused:
        """The last sale of this workstation. Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN."""
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            sale = work.transactions.last(self._desk.number)
            found = None if sale is None else purchase_of(work, self._desk, sale.id)
        return Refused(Code.RECEIPT_UNKNOWN, {"receipt": ""}) if found is None else Found(found, ShownBy.RECEIPT)

    def _search(self, look: Callable[[UnitOfWork], Rows]) -> tuple[PurchaseFound, ...] | Refused:
        """What both books hold, the latest first."""
        operator = self._desk.permit(Permission.RETURN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            ours, theirs = look(work)
        local, currency = self._desk.local, self._desk.rules.currency
        found = [PurchaseFound(one.id, one.receipt, local(one.at), one.paid, one.currency, one.items) for one in ours]
        found += [
            PurchaseFound(*one[:2], local(from_text(one.at)), one.total, currency, one.items, Source.TAKEN_OVER)
            for one in theirs
        ]
        return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:FOUND_MAX])

    def _place(self, work: UnitOfWork, said: str) -> TakenPlace | None:
        sale = self._sale_id(work, own_code(said))
        return work.taken_over.by_receipt(said) if sale is None else TakenPlace(sale, {})

    def _sale_id(self, work: UnitOfWork, said: str) -> str | None:
        if said.startswith(RECEIPT_CODE_PREFIX):
            return _id(work.transactions.find_by_token(said.removeprefix(RECEIPT_CODE_PREFIX)))
        if said.startswith(RETURN_CODE_PREFIX):
            return _of_return(work.returns.find_by_token(said.removeprefix(RETURN_CODE_PREFIX)))
        if whole := _NUMBER.fullmatch(said):
            store, workstation, number = whole[1], int(whole[2]), int(whole[4])
            if whole[3]:
                return _of_return(work.returns.find(ReturnNumber(store, workstation, number)))
            return _id(work.transactions.find(ReceiptNumber(store, workstation, number)))
        if said.isascii() and said.isdigit() and len(said) <= 12:
            return _id(work.transactions.find(ReceiptNumber(self._desk.rules.store, self._desk.number, int(said))))
        return None


def _fitting(found: Sequence[TakenHeading], paid: int | None, day: date | None) -> list[TakenHeading]:
    """Those of this amount and this day, where one is known."""
    return [one for one in found if paid in {None, one.total} and (day is None or one.day == day.isoformat())]


def _id(sale: Transaction | None) -> str | None:
    return None if sale is None else sale.id


def _of_return(done: CustomerReturn | None) -> str | None:
    """What the receipt of a return leads to: the sale it was of, whose lines goods replaced even stand for."""
    return None if done is None else done.purchase or done.exchange or None


def purchase_of(work: UnitOfWork, desk: Desk, purchase_id: str) -> Purchase | None:
    """A known sale with all that became of it since, as returns judge it; None where there is none such."""
    purchase = plain_purchase(work, purchase_id)
    if purchase is None:
        return None
    region = purchase.region or desk.rules.region
    back = work.returns.of_purchase(purchase_id)
    tenders = tuple(_as_told(desk, tender) for tender in purchase.tenders)
    return with_back(replace(purchase, region=region, tenders=tenders), map(as_back, back))


def _as_told(desk: Desk, tender: PurchaseTender) -> PurchaseTender:
    """The tender with what is known of its card beside what the terminal said."""
    told = desk.cards_told
    house, closed = tender.token in told.house, tender.token in told.closed
    return replace(tender, house_card=True if house else tender.house_card, open=tender.open and not closed)


def plain_purchase(work: UnitOfWork, purchase_id: str) -> Purchase | None:
    """A known sale as it was sold, without what came back here; its region is said where another system said it."""
    sale = work.transactions.get(purchase_id)
    return taken_over.purchase_of(work, purchase_id) if sale is None else _of_sale(work, sale)


def as_back(done: CustomerReturn) -> Back:
    """A return of these books as what it leaves of its purchase."""
    return Back(
        lines=tuple(
            BackLine(
                line=line.line,
                thousandths=line.quantity.thousandths,
                net=line.merchandise,
                tax=line.tax,
                serials=serials_of(line.serial),
                swapped=line.swapped,
                new_item=line.instead,
                new_name=line.instead_name,
                new_serials=serials_of(line.instead_serial),
            )
            for line in done.lines
        ),
        tenders=tuple(BackTender(one.kind, one.amount, one.of) for one in done.tenders),
        rounding=done.rounding,
    )


def _of_sale(work: UnitOfWork, sale: Transaction) -> Purchase:
    corrections = work.after_sale.corrections_of(sale.id)
    points = points_of_sale(work, sale.id)
    customer = None if sale.customer is None else work.customers.get(sale.customer)
    attempts = work.card_attempts.many([tender.attempt for tender in sale.tenders if tender.attempt])
    open_till = work.tills.open_till(sale.receipt.workstation)
    exchanged = _exchanged_for(work, sale)

    def tender(one: TenderLine) -> PurchaseTender:
        kind, own_type = tender_now(sale, one.tender, corrections) or (one.kind, one.type)
        charge = attempts.get(one.attempt)
        gift = work.gift_cards.get(one.account) if kind in CARDS_OF_THE_SHOP else None
        return PurchaseTender(
            tender=one.tender,
            kind=kind,
            amount=kept_of(sale, one.tender),
            type=own_type,
            card=one.shown,
            token="" if charge is None else charge.card.token or charge.card.masked,
            attempt=one.attempt,
            account=one.account,
            cash_back=one.cash_back,
            settled=open_till is None or open_till.id != sale.till,
            open=gift is None or not gift.disabled,
        )

    tenders, carried = _traced(exchanged, tuple(tender(one) for one in sale.tenders))
    return Purchase(
        id=sale.id,
        receipt=str(sale.receipt),
        source=Source.BOOKS,
        at=sale.at,
        day=(sale.at + timedelta(minutes=sale.utc_offset_minutes)).date(),
        currency=sale.currency,
        prices_hold_tax=sale.prices_hold_tax,
        total=sale.total,
        rounding=sale.rounding + carried,
        lines=tuple(_line(line) for line in sale.lines),
        tenders=tenders,
        first_sold=None if exchanged is None else exchanged[1].first_sold or exchanged[1].day,
        buyer=_buyer(sale.customer or "", customer),
        operator=sale.operator,
        workstation=sale.receipt.workstation,
        earned=Earned() if points is None else Earned(points.earned, points.spent),
        voided=work.after_sale.void_of(sale.id) is not None,
    )


def _exchanged_for(work: UnitOfWork, sale: Transaction) -> tuple[CustomerReturn, Purchase] | None:
    """What these goods were exchanged for, and the purchase that was of as the exchange left it; None for an ordinary
    sale.
    """
    swapped = any(one.kind is TenderKind.EXCHANGE for one in sale.tenders)
    done = work.returns.of_exchange(sale.id) if swapped else None
    older = None if done is None else plain_purchase(work, done.purchase)
    if done is None or older is None:
        return None
    backs = work.returns.of_purchase(done.purchase)
    upto = next(place for place, one in enumerate(backs, start=1) if one.id == done.id)
    return done, with_back(older, map(as_back, backs[:upto]))


def _traced(
    exchanged: tuple[CustomerReturn, Purchase] | None, tenders: tuple[PurchaseTender, ...]
) -> tuple[tuple[PurchaseTender, ...], int]:
    """What goods paid in an exchange came out of a tender of the older purchase: that is where it goes back to.

    What they took beyond a charge, since cash for it was rounded up, goes on with the goods as rounding; so does the
    rounding of cash where nothing is left of that purchase. Answered beside them, in minor units: in the end exactly
    what was taken goes back.
    """
    if exchanged is None:
        return tenders, 0
    done, older = exchanged
    sources = {one.tender: one for one in older.tenders}
    behind = iter([sources.get(one.of) for one in done.tenders if one.kind == EXCHANGE])
    traced = [_as_source(one, next(behind, None)) if one.kind is TenderKind.EXCHANGE else one for one in tenders]
    beyond = sum(now.amount - was.amount for was, now in zip(tenders, traced, strict=True))
    carried = older.rounding + older.cash_exact - older.cash_paid - beyond
    places = [
        place
        for place, (was, now) in enumerate(zip(tenders, traced, strict=True))
        if was is not now and now.kind is TenderKind.CASH and now.amount + carried >= 0
    ]
    if not places or any(line.left.thousandths for line in older.lines):
        return tuple(traced), beyond
    bears = traced[places[-1]]
    traced[places[-1]] = replace(bears, amount=bears.amount + carried)
    return tuple(traced), carried + beyond


def _as_source(tender: PurchaseTender, source: PurchaseTender | None) -> PurchaseTender:
    if source is None:
        return tender
    beyond = 0 if source.kind is TenderKind.CASH else max(0, source.refunded - source.amount)
    amount = max(0, tender.amount - beyond)
    return replace(source, tender=tender.tender, amount=amount, refunded=0, settled=True, exchanged=True)


def _buyer(customer_id: str, customer: Customer | None) -> Buyer:
    return Buyer(customer_id) if customer is None else Buyer(customer_id, customer.tier, customer.group)


def _line(line: SaleLine) -> PurchaseLine:
    return PurchaseLine(
        line=line.line,
        item=line.item,
        name=line.name,
        category=line.department,
        quantity=line.quantity,
        unit_price=line.unit_price,
        extended=line.extended,
        discount=line.discount,
        net=line.net,
        tax=line.tax,
        total=line.total,
        taxes=line.taxes,
        discounts=line.discounts,
        serials=line.detail.serials,
        terms=line.terms,
        stored=line.stored,
        container=line.container,
        belongs_to=line.belongs_to,
    )
