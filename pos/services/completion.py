"""Completing a sale: transaction, lines, taxes, tenders, ledger, journal, till and paper in one unit of work."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.basket import Suggested
from pos.domain.journal import EntryKind
from pos.domain.ledger import sale_postings
from pos.domain.money import Money
from pos.domain.pricing import PricedBasket
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Operator
from pos.domain.stock import moves_of_sale
from pos.domain.suggestion import Outcome, outcome
from pos.domain.tax import PriceMode
from pos.domain.tender import CARDS_OF_THE_SHOP, cash_handed_over
from pos.domain.transaction import (
    ReceiptNumber,
    Transaction,
    TransactionKind,
    sale_lines,
    tender_lines,
)
from pos.persistence.tills import MovementKind, TillSession
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.cash_back import pay_cash_back
from pos.services.completed_sale import CompletedSale
from pos.services.coupons import coupons_of, used_up
from pos.services.deposits import pay_out_refused
from pos.services.desk import Desk, Fact, new_token, record
from pos.services.gift_card_papers import queue_slips
from pos.services.house_accounts import accounts_refused
from pos.services.papers import SALE_RECEIPT, new_job
from pos.services.sale_points import for_customer, points_of_sale
from pos.services.stored_value import loads_of

# Writes what belongs to a sale into its own unit of work; a Refused, and nothing of either is written.
Besides = Callable[[UnitOfWork], Refused | None]
__all__ = ["SALE_RECEIPT", "CompletedSale", "complete_sale"]


def complete_sale(
    desk: Desk, priced: PricedBasket, operator: Operator, *, besides: Besides | None = None
) -> CompletedSale | Refused:
    """Write the sale into the books and take its basket away.

    `besides` writes the other half of an exchange into the same unit of work, or turns both down. The number is given
    inside the commit. Completing the same basket again answers with the sale that is there.
    Refused: TILL_CLOSED, NOTHING_TO_PAY, MONEY_MISSING, PAY_OUT_LIMIT, TILL_SHORT, IDENTITY_REUSED, OWN_PURCHASE,
    POINTS_BALANCE, COUPON_USED, and as `loads_of`.
    """
    if not priced.lines:
        return Refused(Code.NOTHING_TO_PAY)
    if not priced.complete:
        return Refused(Code.MONEY_MISSING, {"due": Money(priced.due_cash, priced.currency)})
    with desk.shop.books.writing() as work:
        done = _write(work, desk, priced, operator, besides)
        if isinstance(done, CompletedSale):
            work.commit()
    if isinstance(done, CompletedSale):
        desk.shop.anchor(done.head)
    return done


def _write(
    work: UnitOfWork, desk: Desk, priced: PricedBasket, operator: Operator, besides: Besides | None
) -> CompletedSale | Refused:
    till = work.tills.open_till(desk.number)
    if till is None:
        return Refused(Code.TILL_CLOSED)
    earlier = work.transactions.get(priced.basket.id)
    if earlier is not None:
        return _again(work, desk, earlier, priced)
    refused = pay_out_refused(work, desk, priced, operator)
    if refused is not None:
        return refused
    buyer = for_customer(work, desk, priced, operator)
    if isinstance(buyer, Refused):
        return buyer
    refused = used_up(work, priced) or accounts_refused(work, desk, priced)
    if refused is not None:
        return refused
    loads = loads_of(work, desk, priced)
    if isinstance(loads, Refused):
        return loads
    refused = None if besides is None else besides(work)
    if refused is not None:
        return refused
    sale = _transaction(desk, priced, till, work.transactions.next_number(desk.number), operator)
    work.transactions.add(sale)
    cash, made = cash_handed_over(sale.tenders) - sale.change, outcome(priced.basket)
    fact = Fact(
        EntryKind.SALE_COMPLETED,
        sale.at,
        operator.id,
        sale.id,
        {**buyer.payload, **_told(priced.basket.suggested, made), **_coupons_used(work, priced), **loads.told},
        ledger=sale_postings(sale),
        cash=(till.id, MovementKind.SALE, cash),
        transaction=sale,
    )
    head = record(work, desk, fact)
    if priced.basket.suggested is not None and made is not None:
        work.suggestions.made(head, priced.basket.suggested.pair, priced.basket.suggested.item, made)
    loads.write(work, head)
    work.stock.move(moves_of_sale(sale.lines), head)
    work.customers.move_points(buyer.moves, head)
    work.paper_jobs.add(job := new_job(desk, SALE_RECEIPT, transaction_id=sale.id, language=buyer.language))
    if loads.entries or any(tender.kind in CARDS_OF_THE_SHOP for tender in sale.tenders):
        queue_slips(work, desk, sale, buyer.language)
    pay_cash_back(work, desk, sale)
    work.baskets.drop(desk.number)
    return CompletedSale(sale, head, job.id, buyer.points)


def _told(suggested: Suggested | None, made: Outcome | None) -> dict[str, object]:
    """What the journal keeps of a sale beside its facts."""
    if suggested is None or made is None:
        return {}
    return {"suggestion": [suggested.pair, suggested.item, made.value]}


def _coupons_used(work: UnitOfWork, priced: PricedBasket) -> dict[str, object]:
    """Count the coupons this sale uses; the journal keeps which use of each it was. The sale is stored before."""
    used = [
        [promotion_id, code, work.coupon_uses.add(promotion_id, code, priced.basket.id)]
        for promotion_id, code in coupons_of(priced)
    ]
    return {"coupons": used} if used else {}


def _again(work: UnitOfWork, desk: Desk, earlier: Transaction, priced: PricedBasket) -> CompletedSale | Refused:
    """The identity is in the books: the same content is the same sale, other content is refused (I-18)."""
    head = work.journal.entry_of(earlier.id, EntryKind.SALE_COMPLETED)
    same = earlier.lines == sale_lines(priced) and earlier.tenders == tender_lines(priced)
    same = same and (earlier.note, earlier.exemption) == (priced.basket.note, priced.exemption)
    if not same or head is None:
        return Refused(Code.IDENTITY_REUSED)
    jobs = work.paper_jobs.of_transaction(earlier.id, SALE_RECEIPT)
    work.baskets.drop(desk.number)
    return CompletedSale(earlier, head, jobs[0].id if jobs else "", points_of_sale(work, earlier.id))


def _transaction(desk: Desk, priced: PricedBasket, till: TillSession, number: int, operator: Operator) -> Transaction:
    now = desk.now()
    rules = desk.rules
    return Transaction(
        id=priced.basket.id,
        kind=TransactionKind.SALE,
        receipt=ReceiptNumber(rules.store, desk.number, number),
        at=now,
        utc_offset_minutes=desk.offset_minutes(now),
        business_day=till.business_day,
        operator=operator.id,
        operator_name=operator.name,
        till=till.id,
        customer=priced.basket.customer,
        currency=rules.currency,
        rules_version=rules.version,
        prices_hold_tax=rules.price_mode is PriceMode.TAX_INCLUDED,
        token=new_token(),
        subtotal=priced.subtotal,
        discount=priced.discount,
        net=priced.net,
        tax=priced.tax,
        total=priced.total,
        rounding=priced.rounding,
        paid=priced.paid,
        change=priced.change,
        lines=sale_lines(priced),
        tenders=tender_lines(priced),
        note=priced.basket.note,
        exemption=priced.exemption,
    )
