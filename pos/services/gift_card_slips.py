"""The slips of gift cards, made from what the books hold: a number and a PIN are worked out again, never kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from pos.domain.customer_return import CustomerReturn, ReturnNumber
from pos.domain.gift_card import GiftCard, GiftCardKind, GiftEntry, GiftMove, Origin
from pos.domain.journal import EntryKind
from pos.domain.staff import Operator
from pos.domain.tender import CARDS_OF_THE_SHOP
from pos.domain.transaction import JournalHead, Transaction
from pos.persistence.paper_jobs import PaperJob
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.gift_card_numbers import made_number, made_pin
from receipts.paper.gift_card_slip import GiftCardSlip, SlipCause

GIFT_CARD_SLIP = "gift_card_slip"
STORE_CREDIT_SLIP = "store_credit"
DOCUMENTS = {GiftCardKind.GIFT_CARD: GIFT_CARD_SLIP, GiftCardKind.STORE_CREDIT: STORE_CREDIT_SLIP}
_CAUSES = {
    GiftMove.SOLD: SlipCause.SOLD,
    GiftMove.RELOADED: SlipCause.RELOADED,
    GiftMove.REDEEMED: SlipCause.REDEEMED,
    GiftMove.CASHED_OUT: SlipCause.CASHED_OUT,
    GiftMove.ISSUED: SlipCause.ISSUED,
    GiftMove.REFUNDED: SlipCause.REFUNDED,
}


def slips_of_sale(work: UnitOfWork, desk: Desk, sale: Transaction) -> tuple[tuple[GiftCard, GiftCardSlip], ...]:
    """Every card a completed sale loaded or was paid with and its slip, in the order of lines and tenders."""
    head = work.journal.entry_of(sale.id, EntryKind.SALE_COMPLETED)
    return () if head is None else tuple(_of_sale(work, desk, sale, head))


def _of_sale(
    work: UnitOfWork, desk: Desk, sale: Transaction, head: JournalHead
) -> Iterator[tuple[GiftCard, GiftCardSlip]]:
    taken = (work.gift_cards.of_tender(tender.id) for tender in sale.tenders if tender.kind in CARDS_OF_THE_SHOP)
    loaded = (entry for _, entry in work.gift_cards.of_entry(head.workstation, head.sequence))
    at = sale.at + timedelta(minutes=sale.utc_offset_minutes)
    for card, entry in _with_cards(work, (*loaded, *(entry for entry in taken if entry is not None))):
        slip = _slip(desk, card, entry, at, sale.operator_name)
        yield card, replace(slip, receipt=str(sale.receipt), workstation=sale.receipt.workstation)


def slips_of_return(
    work: UnitOfWork, desk: Desk, done: CustomerReturn, entries: Iterable[GiftEntry]
) -> tuple[tuple[GiftCard, GiftCardSlip], ...]:
    """Every card a return put money onto and its slip, in order; a card that came back itself has none.

    What becomes store credit is a card of its own for each tender of the sale it is of, as the books count it: two
    tenders, two slips. The customer is named by number, and by name once it is printed.
    """
    at = done.at + timedelta(minutes=done.utc_offset_minutes)
    return tuple(
        (
            card,
            replace(
                _slip(desk, card, entry, at, done.operator_name),
                receipt=str(done.number),
                workstation=done.number.workstation,
                customer=done.customer,
            ),
        )
        for card, entry in _with_cards(work, entries)
    )


def slip_of_entry(desk: Desk, card: GiftCard, entry: GiftEntry, operator: Operator, at: datetime) -> GiftCardSlip:
    """The slip of business that is no sale. `at` in UTC."""
    return _slip(desk, card, entry, desk.local(at), operator.name)


def slip_of_job(work: UnitOfWork, desk: Desk, job: PaperJob) -> GiftCardSlip:
    """What the slip of a job in the queue says, whole again."""
    facts = json.loads(job.facts)
    card = work.gift_cards.get(facts.pop("card"))
    assert card is not None, "no card is ever removed"
    expires = facts["expires"]
    facts |= {
        "kind": GiftCardKind(facts["kind"]),
        "cause": SlipCause(facts["cause"]),
        "customer": _name(work, facts.get("customer", "")),
        "at": datetime.fromisoformat(facts["at"]),
        "expires": None if expires is None else date.fromisoformat(expires),
    }
    return _with_number(desk, card, _of_purchase(work, card, GiftCardSlip(**facts)))


def _of_purchase(work: UnitOfWork, card: GiftCard, slip: GiftCardSlip) -> GiftCardSlip:
    """With what was bought, and the card this one stands for, where a return made or filled it."""
    number = ReturnNumber.read(slip.receipt)
    done = None if number is None else work.returns.find(number)
    if done is None or slip.cause not in (SlipCause.ISSUED, SlipCause.REFUNDED):
        return slip
    slip = replace(slip, bought=done.purchase_receipt, bought_on=done.purchase_day)
    sale = work.transactions.get(done.purchase) if done.purchase else None
    onto = next((one for one in done.tenders if one.account == card.id), None)
    if sale is None or onto is None:
        return slip
    before = next((one for one in sale.tenders if one.tender == onto.of and one.kind in CARDS_OF_THE_SHOP), None)
    paid = None if before is None else work.gift_cards.of_tender(before.id)
    old = None if paid is None else work.gift_cards.get(paid.card)
    return slip if old is None or old.id == card.id else replace(slip, instead_of=old.shown)


def slips_by_tender(work: UnitOfWork, desk: Desk, done: CustomerReturn) -> dict[int, tuple[GiftCard, GiftCardSlip]]:
    """The slips of a return by the tender that went onto each card."""
    at = work.returns.entry_of(done.id)
    entries = [] if at is None else [entry for _, entry in work.gift_cards.of_entry(*at)]
    slips = list(slips_of_return(work, desk, done, entries))
    found: dict[int, tuple[GiftCard, GiftCardSlip]] = {}
    for tender in done.tenders:
        mine = next((one for one in slips if one[0].id == tender.account), None)
        if mine is not None:
            slips.remove(mine)
            found[tender.tender] = mine
    return found


def slips_instead(work: UnitOfWork, desk: Desk, done: CustomerReturn) -> dict[int, tuple[GiftCard, GiftCardSlip]]:
    """The same of what went out as store credit after its card had refused it."""
    found: dict[int, tuple[GiftCard, GiftCardSlip]] = {}
    for made, at in work.refunds_instead.of_return(done.id):
        entries = [entry for _, entry in work.gift_cards.of_entry(*at)]
        slips = slips_of_return(work, desk, done, entries)
        if slips:
            found[made.tender] = slips[0]
    return found


def credit_of(work: UnitOfWork, desk: Desk, done: CustomerReturn, tender: int, *, instead: bool) -> GiftCardSlip:
    """What became store credit with this tender of a return, with the customer's name."""
    slips = slips_instead(work, desk, done) if instead else slips_by_tender(work, desk, done)
    card, slip = slips[tender]
    return _of_purchase(work, card, replace(slip, customer=_name(work, slip.customer)))


def _name(work: UnitOfWork, customer: str) -> str:
    """What the customer is called today: papers keep the number, which outlives a name that is erased."""
    found = work.customers.get(customer) if customer else None
    return "" if found is None else found.name


def _slip(desk: Desk, card: GiftCard, entry: GiftEntry, at: datetime, operator_name: str) -> GiftCardSlip:
    expires = entry.expires or ("" if card.expires is None else card.expires.isoformat())
    slip = GiftCardSlip(
        kind=card.kind,
        cause=_CAUSES[entry.move],
        shown=card.shown,
        amount=abs(entry.amount),
        left=entry.left,
        currency=desk.rules.currency,
        at=at,
        workstation=desk.number,
        operator_name=operator_name,
        expires=date.fromisoformat(expires) if expires else None,
    )
    return _with_number(desk, card, slip)


def _with_number(desk: Desk, card: GiftCard, slip: GiftCardSlip) -> GiftCardSlip:
    """The slip that is the card itself says its number and PIN."""
    if card.facts.origin is not Origin.MADE or slip.cause not in (SlipCause.SOLD, SlipCause.ISSUED):
        return slip
    keys = desk.shop.keys
    return replace(slip, number=made_number(keys, card.id), pin=made_pin(keys, card.id))


def _with_cards(work: UnitOfWork, entries: Iterable[GiftEntry]) -> Iterator[tuple[GiftCard, GiftEntry]]:
    for entry in entries:
        card = work.gift_cards.get(entry.card)
        if card is not None and entry.move in _CAUSES:
            yield card, entry
