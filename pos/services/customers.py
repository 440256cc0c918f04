"""Customers: found, added, changed, forgotten. The journal says that something was done, never what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pos.domain.customer import CHANGEABLE, WEIGHTY, Customer, asked_words, card_keys, card_of, forgotten, refusal_of
from pos.domain.frozen import dataclass
from pos.domain.journal import EntryKind
from pos.domain.ledger import house_account
from pos.domain.money import Money
from pos.domain.points import PointsKind, PointsMove
from pos.domain.post_void import PostVoidNumber
from pos.domain.refusal import Code, Refused
from pos.domain.scanned_code import CUSTOMER_CODE_PREFIX
from pos.domain.staff import Permission
from pos.domain.transaction import Transaction
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.card_numbers import holds_card_number
from pos.services.desk import Desk, Fact, new_token, record
from pos.wording import LANGUAGES

FOUND_MAX = 100
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class PurchaseView:
    """A sale to a customer; `at` on the shop's clock, `total` in minor units, `voided` the number of its post-void."""

    id: str
    receipt: str
    at: datetime
    total: int
    currency: str
    voided: str = ""


@dataclass(frozen=True, slots=True)
class PointsView:
    """Points that came or went; `at` on the shop's clock, `receipt` empty where no sale moved them."""

    at: datetime
    kind: PointsKind
    points: int
    receipt: str


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A customer with the last sales and movements of points, the latest first. `staff_name`: who works here."""

    customer: Customer
    staff_name: str
    purchases: tuple[PurchaseView, ...]
    points: tuple[PointsView, ...]


class Customers:
    """The customers of this shop.

    SEE_CUSTOMERS finds, adds and corrects; what moves prices, taxes or trust, and a person's own data as a whole, asks
    for MANAGE_CUSTOMERS.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def search(self, typed: str = "", limit: int = FOUND_MAX) -> tuple[Customer, ...] | Refused:
        """Who is found by the beginnings of words of a name, a phone, an e-mail, a card or a number; by name.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED.
        """
        operator = self._desk.permit(Permission.SEE_CUSTOMERS)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            card = work.customers.find_card(card_of(typed)) if typed.strip() else None
            if card is not None:
                return (card,)
            return tuple(work.customers.search(asked_words(typed), limit))

    def profile(self, customer_id: str) -> ProfileView | Refused:
        """Everything about one. Refused: NOT_SIGNED_ON, NOT_PERMITTED, CUSTOMER_UNKNOWN."""
        operator = self._desk.permit(Permission.SEE_CUSTOMERS)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            found = work.customers.get(customer_id)
            if found is None:
                return _unknown(customer_id)
            sales = [work.transactions.get(sale_id) for sale_id in work.customers.sales_of(found.id, _SHOWN)]
            person = work.staff.find(found.staff) if found.staff else None
            moved = work.customers.points_of(found.id, _SHOWN)
            receipts = {sale.id: str(sale.receipt) for sale in sales if sale is not None}
            voids = work.after_sale.voids_of(tuple(receipts))
        return ProfileView(
            customer=found,
            staff_name="" if person is None else person.operator.name,
            purchases=tuple(self._purchase(sale, voids.get(sale.id)) for sale in sales if sale is not None),
            points=tuple(
                PointsView(
                    self._desk.local(each.at), each.move.kind, each.move.points, receipts.get(each.subject or "", "")
                )
                for each in moved
            ),
        )

    def get(self, customer_id: str) -> Customer | None:
        """Who has this number, as the open sale shows them."""
        with self._desk.shop.books.reading() as work:
            return work.customers.get(customer_id)

    def of_card(self, scanned: str) -> Customer | None:
        """Whose card was scanned; an item's code is an item's first, whatever a card says."""
        with self._desk.shop.books.reading() as work:
            return card_holder(work, self._desk, scanned)

    def words_used(self) -> tuple[list[str], list[str]]:
        """The groups and the tiers there are so far, to choose from."""
        with self._desk.shop.books.reading() as work:
            return work.customers.words_used()

    def new_card(self) -> str:
        """A card of the shop's own that nobody can guess, to be printed."""
        return CUSTOMER_CODE_PREFIX + new_token()

    def add(self, new: Customer) -> Customer | Refused:
        """Somebody new; without a number they get the next one.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, CUSTOMER_KNOWN, CARD_TAKEN, CARD_NUMBER_TYPED, PERSON_UNKNOWN and as
        `domain.customer`.
        """
        desk = self._desk
        operator = desk.permit(Permission.SEE_CUSTOMERS)
        if isinstance(operator, Refused):
            return operator
        if _weight_of(new) != _weight_of(Customer("", "")):
            manager = desk.permit(Permission.MANAGE_CUSTOMERS)
            if isinstance(manager, Refused):
                return manager
        with desk.shop.books.writing() as work:
            new = replace(_tidied(new), id=new.id.strip() or work.customers.next_id(), points=0, erased=False)
            if work.customers.get(new.id) is not None:
                return Refused(Code.CUSTOMER_KNOWN, {"number": new.id})
            refused = _unfit(work, desk, new)
            if refused is not None:
                return refused
            work.customers.add(new)
            payload: dict[str, object] = {"given": [name for name in CHANGEABLE if getattr(new, name)]}
            head = record(work, desk, Fact(EntryKind.CUSTOMER_ADDED, desk.now(), operator.id, new.id, payload))
            work.commit()
        desk.shop.anchor(head)
        return new

    def change(self, changed: Customer) -> Customer | Refused:
        """What is known of somebody, but for the points; the same again writes nothing.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, CUSTOMER_UNKNOWN, CUSTOMER_FORGOTTEN, CARD_TAKEN, PERSON_UNKNOWN and as
        `domain.customer`.
        """
        desk = self._desk
        operator = desk.permit(Permission.SEE_CUSTOMERS)
        if isinstance(operator, Refused):
            return operator
        with desk.shop.books.writing() as work:
            before = _known(work, changed.id)
            if isinstance(before, Refused):
                return before
            after = replace(_tidied(changed), points=before.points, erased=False)
            what = [name for name in CHANGEABLE if getattr(after, name) != getattr(before, name)]
            if not what:
                return before
            if not set(what).isdisjoint(WEIGHTY):
                manager = desk.permit(Permission.MANAGE_CUSTOMERS)
                if isinstance(manager, Refused):
                    return manager
            refused = _unfit(work, desk, after)
            if refused is not None:
                return refused
            work.customers.change(after)
            fact = Fact(EntryKind.CUSTOMER_CHANGED, desk.now(), operator.id, after.id, {"what": what})
            head = record(work, desk, fact)
            work.commit()
        desk.shop.anchor(head)
        return after

    def erase(self, customer_id: str) -> Customer | Refused:
        """Forget a person: nothing they are known by stays, and the books keep their number. Who owes something is not
        forgotten before (GDPR, article 17.3 e: what a claim is made with may be kept).

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, CUSTOMER_UNKNOWN, CUSTOMER_FORGOTTEN, CUSTOMER_ACCOUNT_OPEN,
        CUSTOMER_CHECK_OPEN.
        """
        desk = self._desk
        operator = desk.permit(Permission.MANAGE_CUSTOMERS)
        if isinstance(operator, Refused):
            return operator
        with desk.shop.books.writing() as work:
            before = _known(work, customer_id)
            if isinstance(before, Refused):
                return before
            owes = _still_open(work, desk, before)
            if owes is not None:
                return owes
            after = forgotten(before)
            work.customers.forget(after)
            work.signatures.forget(after.id)
            head = record(work, desk, Fact(EntryKind.CUSTOMER_ERASED, desk.now(), operator.id, after.id))
            work.commit()
        desk.shop.anchor(head)
        return after

    def _purchase(self, sale: Transaction, void: PostVoidNumber | None) -> PurchaseView:
        gone = "" if void is None else str(void)
        return PurchaseView(sale.id, str(sale.receipt), self._desk.local(sale.at), sale.total, sale.currency, gone)


def card_holder(work: UnitOfWork, desk: Desk, scanned: str) -> Customer | None:
    """Whose card says this, unless it is what an item has as its code."""
    found = work.customers.find_card(card_of(scanned))
    if found is None or found.erased:
        return None
    return None if work.items.find_by_code(card_keys(card_of(scanned)), desk.now()) is not None else found


def found_customers(work: UnitOfWork, desk: Desk, customers: Sequence[Customer]) -> None:
    """Customers a shop begins with, and the points they bring: nobody is asked, there is nobody yet."""
    for new in customers:
        work.customers.add(new)
        moves = [PointsMove(new.id, PointsKind.OPENING, new.points)] if new.points else []
        payload: dict[str, object] = {"given": [name for name in CHANGEABLE if getattr(new, name)]}
        payload |= points_told(moves)
        head = record(work, desk, Fact(EntryKind.CUSTOMER_ADDED, desk.now(), None, new.id, payload))
        work.customers.move_points(moves, head)


def points_told(moves: list[PointsMove]) -> dict[str, object]:
    """What the journal says of points that move under an entry: verify holds both against each other."""
    return {"points": [[move.customer, move.kind.value, move.points] for move in moves]} if moves else {}


def _still_open(work: UnitOfWork, desk: Desk, customer: Customer) -> Refused | None:
    """What stands between the shop and a customer."""
    owed = work.journal.house_balance(house_account(customer.id))
    if owed:
        facts = {"number": customer.id, "amount": Money(owed, desk.rules.currency)}
        return Refused(Code.CUSTOMER_ACCOUNT_OPEN, facts)
    return Refused(Code.CUSTOMER_CHECK_OPEN, {"number": customer.id}) if customer.open_bad_check else None


def _tidied(given: Customer) -> Customer:
    """Without the blanks around what somebody typed."""
    return replace(
        given,
        name=_plain(given.name),
        phone=_plain(given.phone),
        email=given.email.strip(),
        card=card_of(given.card),
        group=_plain(given.group),
        tier=_plain(given.tier),
        tax_exempt=_plain(given.tax_exempt),
        note=_plain(given.note),
        staff=given.staff.strip(),
    )


def _plain(text: str) -> str:
    return " ".join(text.split())


def _unfit(work: UnitOfWork, desk: Desk, customer: Customer) -> Refused | None:
    refused = refusal_of(customer, LANGUAGES)
    if refused is not None:
        return refused
    typed = (customer.name, customer.phone, customer.email, customer.card, customer.note, customer.tax_exempt)
    if holds_card_number(work, desk, *typed):
        return Refused(Code.CARD_NUMBER_TYPED)
    if customer.card:
        holder = work.customers.find_card(customer.card)
        if holder is not None and holder.id != customer.id:
            return Refused(Code.CARD_TAKEN, {"number": holder.id})
        if work.items.find_by_code(card_keys(customer.card), desk.now()) is not None:
            return Refused(Code.CARD_UNFIT, {"card": customer.card})
    if customer.staff and work.staff.find(customer.staff) is None:
        return Refused(Code.PERSON_UNKNOWN, {"number": customer.staff[:40]})
    return None


def _weight_of(customer: Customer) -> tuple[object, ...]:
    return tuple(getattr(customer, name) for name in WEIGHTY)


def _known(work: UnitOfWork, customer_id: str) -> Customer | Refused:
    found = work.customers.get(customer_id)
    if found is None:
        return _unknown(customer_id)
    return Refused(Code.CUSTOMER_FORGOTTEN, {"number": found.id}) if found.erased else found


def _unknown(customer_id: str) -> Refused:
    return Refused(Code.CUSTOMER_UNKNOWN, {"customer": customer_id.strip()[:40]})
