"""Gift cards and store credit at the till: sold and loaded as lines of the sale, looked at, blocked."""

from __future__ import annotations

from datetime import date

from pos.domain.basket import BasketLine
from pos.domain.frozen import dataclass
from pos.domain.gift_card import (
    GiftCard,
    GiftCardKind,
    GiftCardState,
    number_fits,
    number_of,
    pay_refused,
    shown_number,
)
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Operator, Permission
from pos.domain.stored_value import StoredAct, StoredValue
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.gift_card_numbers import (
    find_card,
    hash_number,
    make_card,
    new_card_id,
)
from pos.services.gift_card_pins import pin_refused
from pos.services.open_basket import OpenBasket, SaleView
from pos.services.stored_value import load_refused, stored_line
from pos.wording import Wording


@dataclass(frozen=True, slots=True)
class GiftCardView:
    """A card as a person sees it: never its number. `asks_pin`: the shop knows a PIN of it."""

    id: str
    kind: GiftCardKind
    shown: str
    state: GiftCardState
    balance: Money
    expires: date | None
    asks_pin: bool


class GiftCards:
    """The cards of this shop, and the lines of the open sale that are money on one."""

    def __init__(self, desk: Desk, basket: OpenBasket) -> None:
        self._desk = desk
        self._open = basket

    def sell(self, amount: int, number: str = "") -> SaleView | Refused:
        """Add a card with minor units on it to the sale; it is a card once the sale is paid.

        `number` is that of a card from the rack, scanned or typed; without one the shop makes it a number.
        Refused: NOT_SIGNED_ON, NOT_PERMITTED, TENDERS_TAKEN, TILL_CLOSED, GIFT_CARD_NUMBER, GIFT_CARD_SOLD,
        GIFT_CARD_KIND, GIFT_CARD_IN_SALE and as `load_refused`.
        """
        operator = self._may_add()
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            stored = self._to_sell(work, number)
        if isinstance(stored, Refused):
            return stored
        return load_refused(self._desk, amount, 0) or self._add(operator, stored, amount)

    def reload(self, number: str, amount: int) -> SaleView | Refused:
        """Add minor units to come onto a card that was sold. Refused: GIFT_CARD_UNKNOWN, GIFT_CARD_UNSOLD,
        GIFT_CARD_DISABLED, GIFT_CARD_EXPIRED, GIFT_CARD_KIND, GIFT_CARD_IN_SALE and as `sell`.
        """
        operator = self._may_add()
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            card = find_card(work, self._desk, number)
        refused = pay_refused(card, today(self._desk))
        if card is None or (refused is not None and refused.code is not Code.GIFT_CARD_EMPTY):
            return refused or Refused(Code.GIFT_CARD_UNKNOWN)
        if card.kind is not GiftCardKind.GIFT_CARD:
            return Refused(Code.GIFT_CARD_KIND, {"card": card.shown})
        refused = load_refused(self._desk, amount, card.balance)
        return refused or self._add(operator, StoredValue(StoredAct.RELOAD, card.id, card.shown), amount)

    def balance(self, number: str, pin: str = "") -> GiftCardView | Refused:
        """What is on a card, whatever state it is in. Refused: NOT_SIGNED_ON, NOT_PERMITTED, GIFT_CARD_UNKNOWN,
        and with a PIN as `pin_refused`.
        """
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            card = find_card(work, self._desk, number)
        refused = pin_refused(self._desk, card, pin) if pin else None
        if card is None:
            return Refused(Code.GIFT_CARD_UNKNOWN)
        return refused or view_of(self._desk, card)

    def _may_add(self) -> Operator | Refused:
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        refused = self._open.permitted()
        if refused is not None:
            return refused
        with self._desk.shop.books.reading() as work:
            return operator if work.tills.open_till(self._desk.number) else Refused(Code.TILL_CLOSED)

    def _to_sell(self, work: UnitOfWork, typed: str) -> StoredValue | Refused:
        keys = self._desk.shop.keys
        if not typed.strip():
            made = make_card(work, keys, GiftCardKind.GIFT_CARD)
            return StoredValue(StoredAct.SELL, made.id, shown_number(made.last_four), made.number_hash, made=True)
        number = number_of(typed)
        card = find_card(work, self._desk, number)
        if card is None:
            if not number_fits(number):
                return Refused(Code.GIFT_CARD_NUMBER)
            shown = shown_number(number[-4:])
            return StoredValue(StoredAct.SELL, new_card_id(), shown, hash_number(keys, number))
        if card.kind is not GiftCardKind.GIFT_CARD:
            return Refused(Code.GIFT_CARD_KIND, {"card": card.shown})
        if card.sold:
            return Refused(Code.GIFT_CARD_SOLD, {"card": card.shown})
        return StoredValue(StoredAct.SELL, card.id, card.shown, card.facts.number_hash)

    def _add(self, operator: Operator, stored: StoredValue, amount: int) -> SaleView | Refused:
        basket = self._open.basket
        if any(_same(line, stored) for line in basket.lines):
            return Refused(Code.GIFT_CARD_IN_SALE, {"card": stored.shown})
        words = Wording(self._desk.rules.language)
        name = words.say("Gift card {card}", card=stored.shown)
        line = stored_line(operator.id, stored, amount, name)
        return self._open.change(basket.with_line(line), len(basket.lines))


def view_of(desk: Desk, card: GiftCard) -> GiftCardView:
    return GiftCardView(
        id=card.id,
        kind=card.kind,
        shown=card.shown,
        state=card.state(today(desk)),
        balance=Money(card.balance, desk.rules.currency),
        expires=card.expires,
        asks_pin=bool(card.facts.pin_hash),
    )


def today(desk: Desk) -> date:
    """The shop's day."""
    return desk.local(desk.now()).date()


def _same(line: BasketLine, stored: StoredValue) -> bool:
    of = line.stored
    same_number = of is not None and bool(of.number_hash) and of.number_hash == stored.number_hash
    return of is not None and (of.account == stored.account or same_number)
