"""What another system sold and took back is taken over as it stands, and read as a purchase that can come back here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from pos.domain.came_back import with_back
from pos.domain.card_number import redacted
from pos.domain.gift_card import SHOWN_DIGITS, number_of, shown_number
from pos.domain.journal import EntryKind
from pos.domain.purchase import Purchase, PurchaseLine, PurchaseTender
from pos.domain.return_case import PastReturn
from pos.domain.taken_over import TakenOver, TakenReturn, balances
from pos.domain.transaction import JournalHead
from pos.persistence.shop_folder import Keys
from pos.persistence.taken_over import taken_over_digest
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record
from pos.services.gift_card_numbers import hash_number
from pos.services.id_documents import id_shown


def take_over(work: UnitOfWork, desk: Desk, taken: TakenOver, operator: str | None) -> JournalHead:
    """Write them into the books, inside a unit of work of the caller's, under one entry with their totals.

    Numbers of gift cards (`account`) and of identity documents (`key`) come as the other system wrote them; what is
    kept is the card's identity here and a keyed hash. Neither the drawer nor stock nor the ledger moves, and nothing
    at all writes nothing. Raises ValueError where a sale does not balance or a receipt was taken over before.
    """
    if not taken.sales and not taken.returns:
        return work.journal.head(desk.number)
    receipts = [*(sale.receipt for sale in taken.sales), *(one.receipt for one in taken.returns)]
    twice = work.taken_over.known(receipts)
    if twice:
        raise ValueError(f"taken over before: {', '.join(sorted(twice))}")
    for sale in taken.sales:
        if not balances(sale):
            raise ValueError(f"{sale.receipt} does not balance")
    taken = _as_kept(work, desk.shop.keys, taken)
    payload = {**taken.totals(), "digest": taken_over_digest(taken)}
    head = record(work, desk, Fact(EntryKind.SALES_TAKEN_OVER, desk.now(), operator, None, payload))
    work.taken_over.add(taken, head)
    return head


def receipts_taken_over(desk: Desk, receipts: Sequence[str]) -> set[str]:
    """Which of these receipts of another system are in the books."""
    with desk.shop.books.reading() as work:
        return work.taken_over.known(receipts)


def _as_kept(work: UnitOfWork, keys: Keys, taken: TakenOver) -> TakenOver:
    """The same without a number that may not be kept."""
    return TakenOver(
        tuple(
            replace(
                sale,
                lines=tuple(_line_kept(work, keys, line) for line in sale.lines),
                tenders=tuple(_tender_kept(work, keys, tender) for tender in sale.tenders),
            )
            for sale in taken.sales
        ),
        tuple(
            one if one.id_shown is None else replace(one, id_shown=id_shown(keys, one.id_shown.kind, one.id_shown.key))
            for one in taken.returns
        ),
    )


def _line_kept(work: UnitOfWork, keys: Keys, line: PurchaseLine) -> PurchaseLine:
    if line.stored is None:
        return line
    account, shown = _card_kept(work, keys, line.stored.account)
    return replace(line, stored=replace(line.stored, account=account, shown=shown))


def _tender_kept(work: UnitOfWork, keys: Keys, tender: PurchaseTender) -> PurchaseTender:
    if not tender.account:
        return replace(tender, card=redacted(tender.card))
    account, shown = _card_kept(work, keys, tender.account)
    return replace(tender, account=account, card=shown)


def _card_kept(work: UnitOfWork, keys: Keys, typed: str) -> tuple[str, str]:
    """The identity of the gift card with that number, empty where the shop has none such, and what may be shown."""
    number = number_of(typed)
    card = work.gift_cards.find(hash_number(keys, number)) if number else None
    return "" if card is None else card.facts.id, shown_number(number[-SHOWN_DIGITS:])


def purchase_of(work: UnitOfWork, purchase_id: str) -> Purchase | None:
    """A purchase of another system with what came back of it there; None where no such purchase was taken over."""
    sold = work.taken_over.get(purchase_id)
    if sold is None:
        return None
    return with_back(sold, (one.back for one in work.taken_over.returns_of(purchase_id)))


def past_returns(
    work: UnitOfWork, since: date, *, id_key: str = "", customer: str = "", tokens: tuple[str, ...] = ()
) -> tuple[PastReturn, ...]:
    """What the other system took back from this day on, told again by an ID, a customer or a card; each once."""
    found: dict[str, TakenReturn] = {
        one.id: one for one in work.taken_over.returns_like(id_key=id_key, customer=customer, since=since)
    }
    on_card: dict[str, set[str]] = {}
    for token in tokens:
        for one in work.taken_over.returns_on_card(token, since):
            found[one.id] = one
            on_card.setdefault(one.id, set()).add(token)
    return tuple(_past(one, on_card) for one in sorted(found.values(), key=lambda one: (one.at, one.id)))


def _past(one: TakenReturn, on_card: Mapping[str, set[str]]) -> PastReturn:
    keys = {one.customer, "" if one.id_shown is None else one.id_shown.key, *on_card.get(one.id, ())}
    return PastReturn(
        day=one.day,
        amount=one.refund,
        pieces=sum(max(1, line.quantity.thousandths // 1000) for line in one.lines),
        with_receipt=bool(one.purchase),
        keys=frozenset(keys - {""}),
        purchase=one.purchase,
        operator=one.operator,
    )
