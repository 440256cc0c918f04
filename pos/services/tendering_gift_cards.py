"""Paying with a gift card or store credit: held at once, in the unit of work that saves the sale, and given back so.

What a card gave stands on the ledger as held until the sale is in the books or the card has it back.
"""

from __future__ import annotations

from pos.domain.gift_card import GiftCard, GiftCardKind, GiftEntry, GiftMove, pay_refused
from pos.domain.gift_card_ledger import gift_card_postings, gift_cards_told
from pos.domain.journal import EntryKind
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.tender import Tender, TenderKind
from pos.domain.tender_rules import TenderRule
from pos.domain.tender_type import tender_room, tender_rule
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record
from pos.services.gift_card_numbers import as_the_law_has_it, find_card
from pos.services.gift_card_pins import pin_refused
from pos.services.gift_cards import today
from pos.services.open_basket import OpenBasket, SaleView
from pos.services.tendering import Tendering, TenderTurnedDown, Write, new_tender_id

_KINDS = {GiftCardKind.GIFT_CARD: TenderKind.GIFT_CARD, GiftCardKind.STORE_CREDIT: TenderKind.STORE_CREDIT}


class GiftCardTendering:
    """Gift cards and store credit as tenders of the open sale."""

    def __init__(self, desk: Desk, basket: OpenBasket, tendering: Tendering) -> None:
        self._desk, self._open, self._tendering = desk, basket, tendering
        for kind in _KINDS.values():
            tendering.teach(kind, self._giving_back)

    def take(self, number: str, amount: int | None = None, pin: str = "") -> SaleView | Refused:
        """Pay with the card of this number, in minor units; None is what there is and what it may pay, the smaller.

        A number says itself whether it is a gift card or store credit. Refused: GIFT_CARD_UNKNOWN, GIFT_CARD_UNSOLD,
        GIFT_CARD_DISABLED, GIFT_CARD_EXPIRED, GIFT_CARD_EMPTY, GIFT_CARD_BALANCE, GIFT_CARD_PIN, PIN_WRONG,
        GIFT_CARD_LOCKED,
        GIFT_CARD_NOT_WITH_GIFT_CARD and as `Tendering.take`.
        """
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            card = find_card(work, self._desk, number)
        refused = pay_refused(card, today(self._desk))
        if card is None or refused is not None:
            return refused or Refused(Code.GIFT_CARD_UNKNOWN)
        kind = _KINDS[card.kind]
        rule = tender_rule(self._desk.rules, kind.value)
        if rule is None:
            return Refused(Code.TENDER_UNKNOWN, {"tender": kind.value})
        if amount is None:
            amount = max(0, min(card.balance, tender_room(self._open.priced, rule)))
        refused = self._refused(rule, card, amount) or pin_refused(self._desk, card, pin, amount)
        if refused is not None:
            return refused
        tender = Tender(kind, amount, account=card.id, shown=card.shown, id=new_tender_id())
        return self._tendering.place(rule, tender, self._taking(card, tender))

    def _refused(self, rule: TenderRule, card: GiftCard, amount: int) -> Refused | None:
        """A gift card is not bought with one: that is said before how much is on it."""
        currency = self._desk.rules.currency
        refused = self._tendering.refused(rule, amount)
        none_left = amount == 0 and tender_room(self._open.priced, rule) == 0 < self._open.priced.due
        if none_left or (refused is not None and refused.code is Code.TENDER_NOT_FOR):
            most = Money(tender_room(self._open.priced, rule), currency)
            return Refused(Code.GIFT_CARD_NOT_WITH_GIFT_CARD, {"most": most})
        if refused is None and amount > card.balance:
            return self._balance_refused(card, amount, card.balance)
        return refused

    def _balance_refused(self, card: GiftCard, amount: int, balance: int) -> Refused:
        currency = self._desk.rules.currency
        facts = {"card": card.shown, "balance": Money(balance, currency), "amount": Money(amount, currency)}
        return Refused(Code.GIFT_CARD_BALANCE, facts)

    def _taking(self, card: GiftCard, tender: Tender) -> Write:
        def write(work: UnitOfWork) -> None:
            # Looked at again under the lock: another lane may have emptied or blocked it.
            there = work.gift_cards.get(card.id)
            now = None if there is None else as_the_law_has_it(self._desk, there)
            refused = pay_refused(now, today(self._desk))
            left = None if refused is not None else work.gift_cards.move(card.id, -tender.amount)
            if left is None:
                balance = 0 if there is None else there.balance
                raise TenderTurnedDown(refused or self._balance_refused(card, tender.amount, balance))
            entry = GiftEntry(card.id, GiftMove.REDEEMED, -tender.amount, left, tender=tender.id)
            self._note(work, EntryKind.GIFT_CARD_TAKEN, card.kind, entry)

        return write

    def _giving_back(self, tender: Tender) -> Write | Refused:
        """What gives back what a tender of the open sale holds."""

        def write(work: UnitOfWork) -> None:
            left = work.gift_cards.move(tender.account, tender.amount)
            assert left is not None, "a card that gave something can have it back"
            entry = GiftEntry(tender.account, GiftMove.RELEASED, tender.amount, left, tender=tender.id)
            self._note(work, EntryKind.GIFT_CARD_GIVEN_BACK, GiftCardKind(tender.kind.value), entry)

        return write

    def _note(self, work: UnitOfWork, kind: EntryKind, card: GiftCardKind, entry: GiftEntry) -> None:
        operator = None if self._desk.operator is None else self._desk.operator.id
        fact = Fact(
            kind,
            self._desk.now(),
            operator,
            self._open.basket.id,
            gift_cards_told((), (entry,)),
            gift_card_postings(kind, ((card, entry),)),
        )
        work.gift_cards.write((entry,), record(work, self._desk, fact))
