"""Buying on account: a tender up to a customer's limit, paid off later as a line of a sale.

What somebody owes is their own account in the ledger, and nothing else is kept of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.domain.frozen import dataclass
from pos.domain.ledger import house_account
from pos.domain.money import Money
from pos.domain.pricing import PricedBasket
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.stored_value import StoredAct, StoredValue
from pos.domain.tender import Tender, TenderKind
from pos.domain.tender_type import tender_room, tender_rule
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.open_basket import OpenBasket, SaleView
from pos.services.stored_value import stored_line
from pos.services.tendering import Tendering, Write, new_tender_id
from pos.wording import Wording

if TYPE_CHECKING:
    from pos.domain.customer import Customer


@dataclass(frozen=True, slots=True)
class HouseAccountView:
    """A customer's account: what they owe, up to where they may, and how much of that is left."""

    customer: str
    name: str
    owed: Money
    limit: Money
    room: Money


class HouseAccounts:
    """The accounts of this shop's customers. Who has a limit has an account."""

    def __init__(self, desk: Desk, basket: OpenBasket, tendering: Tendering) -> None:
        self._desk, self._open, self._tendering = desk, basket, tendering
        # Nothing but the open sale holds it: it is owed once the sale is in the books.
        tendering.teach(TenderKind.HOUSE_ACCOUNT, _nothing_to_write)

    def view(self, customer_id: str) -> HouseAccountView | Refused:
        """What a customer owes. Refused: NOT_SIGNED_ON, NOT_PERMITTED, CUSTOMER_UNKNOWN."""
        operator = self._desk.permit(Permission.SEE_CUSTOMERS)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            customer = work.customers.get(customer_id)
            if customer is None:
                return Refused(Code.CUSTOMER_UNKNOWN, {"customer": customer_id[:40]})
            owed = work.journal.house_balance(house_account(customer.id))
        room = max(0, customer.account_limit - owed)
        amounts = (Money(each, self._desk.rules.currency) for each in (owed, customer.account_limit, room))
        return HouseAccountView(customer.id, customer.name, *amounts)

    def take(self, amount: int | None = None) -> SaleView | Refused:
        """Put minor units of the open sale on its customer's account; None is what is due, as far as the limit goes.

        Refused: CUSTOMER_MISSING, HOUSE_ACCOUNT_NONE, HOUSE_ACCOUNT_LIMIT and as `Tendering.take`.
        """
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        rule = tender_rule(self._desk.rules, TenderKind.HOUSE_ACCOUNT.value)
        priced = self._open.priced
        with self._desk.shop.books.reading() as work:
            customer = _customer(work, priced.basket.customer)
            if isinstance(customer, Refused):
                return customer
            room = _room(work, customer, priced)
        if rule is None:
            return Refused(Code.TENDER_UNKNOWN, {"tender": TenderKind.HOUSE_ACCOUNT.value})
        if amount is None:
            # Where it may pay nothing, the least there is says why not.
            amount = max(1, min(room, tender_room(priced, rule)))
        if amount > room or not room:
            return _beyond(self._desk, customer, room)
        shown = customer.name
        tender = Tender(TenderKind.HOUSE_ACCOUNT, amount, account=customer.id, shown=shown, id=new_tender_id())
        return self._tendering.place(rule, tender)

    def pay_off(self, amount: int | None = None) -> SaleView | Refused:
        """Add a line to the open sale that pays minor units off its customer's account; None is all they owe.

        Refused: CUSTOMER_MISSING, CUSTOMER_UNKNOWN, TILL_CLOSED, TENDERS_TAKEN, GIFT_CARD_IN_SALE where it is there,
        AMOUNT_INVALID, HOUSE_ACCOUNT_OWED.
        """
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        basket = self._open.basket
        with self._desk.shop.books.reading() as work:
            if work.tills.open_till(self._desk.number) is None:
                return Refused(Code.TILL_CLOSED)
            customer = work.customers.get(basket.customer or "")
            owed = 0 if customer is None else work.journal.house_balance(house_account(customer.id))
        if customer is None:
            return Refused(Code.CUSTOMER_MISSING)
        amount = owed if amount is None else amount
        if amount > owed or not owed:
            return _owes_less(self._desk, customer.name, owed)
        if amount <= 0:
            return Refused(Code.AMOUNT_INVALID, {"amount": Money(amount, self._desk.rules.currency)})
        stored = StoredValue(StoredAct.ACCOUNT, customer.id, customer.name)
        if any(line.stored is not None and line.stored.account == customer.id for line in basket.lines):
            return Refused(Code.STORED_VALUE_FIXED, {"card": customer.name})
        name = Wording(self._desk.rules.language).say("Payment to account")
        line = stored_line(operator.id, stored, amount, name)
        return self._open.change(basket.with_line(line), len(basket.lines))


def accounts_refused(work: UnitOfWork, desk: Desk, priced: PricedBasket) -> Refused | None:
    """Why the accounts of a sale do not let it be completed: another lane may have used them meanwhile.

    Refused: HOUSE_ACCOUNT_NONE, HOUSE_ACCOUNT_LIMIT, HOUSE_ACCOUNT_OWED.
    """
    on_account = [each for each in priced.basket.tenders if each.kind is TenderKind.HOUSE_ACCOUNT]
    if on_account:
        customer = _customer(work, on_account[0].account)
        if isinstance(customer, Refused):
            return customer
        room = _room(work, customer, None)
        if sum(each.amount for each in on_account) > room:
            return _beyond(desk, customer, room)
    for line in priced.basket.lines:
        if line.stored is None or line.stored.act is not StoredAct.ACCOUNT:
            continue
        owed = work.journal.house_balance(house_account(line.stored.account))
        if line.unit_price > owed:
            return _owes_less(desk, line.stored.shown, owed)
    return None


def _customer(work: UnitOfWork, customer_id: str | None) -> Customer | Refused:
    customer = None if customer_id is None else work.customers.get(customer_id)
    if customer is None:
        return Refused(Code.CUSTOMER_MISSING)
    return customer if customer.account_limit and not customer.erased else Refused(Code.HOUSE_ACCOUNT_NONE)


def _room(work: UnitOfWork, customer: Customer, priced: PricedBasket | None) -> int:
    """How much more this customer may owe; what the open sale puts on the account counts."""
    tenders = () if priced is None else priced.basket.tenders
    taken = sum(each.amount for each in tenders if each.kind is TenderKind.HOUSE_ACCOUNT)
    return max(0, customer.account_limit - work.journal.house_balance(house_account(customer.id)) - taken)


def _beyond(desk: Desk, customer: Customer, room: int) -> Refused:
    currency = desk.rules.currency
    facts = {"customer": customer.name, "room": Money(room, currency), "limit": Money(customer.account_limit, currency)}
    return Refused(Code.HOUSE_ACCOUNT_LIMIT, facts)


def _owes_less(desk: Desk, name: str, owed: int) -> Refused:
    return Refused(Code.HOUSE_ACCOUNT_OWED, {"customer": name, "owed": Money(owed, desk.rules.currency)})


def _nothing_to_write(_tender: Tender) -> Write | Refused:
    return lambda _work: None
