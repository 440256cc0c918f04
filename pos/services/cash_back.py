"""Cash handed out on a debit card: how much may be, what the keys offer, and its own movement when the sale is done."""

from __future__ import annotations

from pos.domain.card_attempt import cash_back_postings
from pos.domain.journal import EntryKind
from pos.domain.money import Money, exponent_of
from pos.domain.payment import CardKind
from pos.domain.pricing import PricedBasket
from pos.domain.refusal import Code, Refused
from pos.domain.tender import cash_handed_over
from pos.domain.till import MovementKind
from pos.domain.transaction import Transaction
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record

_OFFERS = (20, 40, 60, 100)
# What a note buys is not the same everywhere: ten crowns are about a dollar, a hundred yen are.
_LARGE = {"CZK": 10, "SEK": 10, "NOK": 10, "DKK": 10, "JPY": 100, "HUF": 100, "ISK": 100, "PLN": 2}


def cash_back_offers(desk: Desk) -> tuple[int, ...]:
    """The amounts the keys offer, in minor units: 20, 40, 60, 100 dollars and the like, up to what the shop gives."""
    currency, most = desk.rules.currency, desk.rules.cash_back_most
    unit = 10 ** exponent_of(currency) * _LARGE.get(currency, 1)
    return tuple(offer * unit for offer in _OFFERS if not most or offer * unit <= most)


def cash_back_refused(desk: Desk, priced: PricedBasket, kind: CardKind, cash_back: int) -> Refused | None:
    """Why so much cannot be handed out on this card; None where it can. In minor units.

    Refused: AMOUNT_INVALID, CASH_BACK_DEBIT_ONLY, CASH_BACK_LIMIT, TILL_CLOSED, TILL_SHORT.
    """
    if not cash_back:
        return None
    currency = priced.currency
    amount = Money(cash_back, currency)
    if cash_back < 0:
        return Refused(Code.AMOUNT_INVALID, {"amount": amount})
    if kind is not CardKind.DEBIT:
        return Refused(Code.CASH_BACK_DEBIT_ONLY)
    most = desk.rules.cash_back_most
    given = sum(tender.cash_back for tender in priced.basket.tenders)
    if most and given + cash_back > most:
        return Refused(Code.CASH_BACK_LIMIT, {"amount": amount, "most": Money(most, currency)})
    with desk.shop.books.reading() as work:
        till = work.tills.open_till(desk.number)
        if till is None:
            return Refused(Code.TILL_CLOSED)
        there = work.tills.cash_in(till.id) + cash_handed_over(priced.basket.tenders) - given
    if desk.till_runs_short and there < cash_back:
        return Refused(Code.TILL_SHORT, {"amount": amount, "there": Money(max(0, there), currency)})
    return None


def pay_cash_back(work: UnitOfWork, desk: Desk, sale: Transaction) -> None:
    """The cash that goes out on the cards of a sale that is being completed, each under an entry of its own."""
    for tender in sale.tenders:
        if tender.cash_back:
            fact = Fact(
                EntryKind.CASH_BACK_PAID,
                sale.at,
                sale.operator,
                sale.id,
                {"tender": tender.tender, "amount": tender.cash_back},
                cash_back_postings(tender.cash_back),
                (sale.till, MovementKind.CASH_BACK, -tender.cash_back),
            )
            record(work, desk, fact)
