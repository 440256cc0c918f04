"""Completing a sale puts money where its lines say: on gift cards, in the sale's own unit of work and never before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pos.domain.basket import Basket, BasketLine
from pos.domain.frozen import dataclass
from pos.domain.gift_card import (
    GiftCard,
    GiftCardFacts,
    GiftCardKind,
    GiftEntry,
    GiftMove,
    Origin,
    pay_refused,
)
from pos.domain.gift_card_law import last_day, load_most
from pos.domain.gift_card_ledger import gift_cards_told
from pos.domain.money import Money, Quantity
from pos.domain.pricing import PricedBasket
from pos.domain.refusal import Code, Refused
from pos.domain.stored_value import StoredAct, StoredValue
from pos.domain.transaction import JournalHead
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.gift_card_numbers import hash_gift_pin, made_pin


@dataclass(frozen=True, slots=True)
class Loads:
    """What a sale does to cards: those that are new, and what comes onto each."""

    cards: Sequence[GiftCardFacts] = ()
    entries: Sequence[GiftEntry] = ()

    @property
    def told(self) -> dict[str, object]:
        return gift_cards_told(self.cards, self.entries)

    def write(self, work: UnitOfWork, head: JournalHead) -> None:
        """Write it under the entry of the journal that told it; what was looked at holds still: nobody else writes."""
        work.gift_cards.add(self.cards, head)
        work.gift_cards.open([entry.card for entry in self.entries])
        for entry in self.entries:
            left = work.gift_cards.move(entry.card, entry.amount)
            assert left == entry.left, "the journal told what is on the card now"
        work.gift_cards.write(self.entries, head)


NO_LOADS = Loads()


def stored_line(operator: str, stored: StoredValue, amount: int, name: str) -> BasketLine:
    """A line that sells no goods: it bears no tax, no discount and no second piece. `amount` in minor units."""
    return BasketLine(
        item="",
        name=name,
        unit_price=amount,
        taxes=(),
        quantity=Quantity(1000),
        scanned="",
        operator=operator,
        not_discountable=True,
        final_sale=True,
        flags=(stored.flag,),
        stored=stored,
    )


def stored_changed(before: Basket, after: Basket) -> Refused | None:
    """Why a change may not be: a line that is money on a card stays as it is, or goes. Refused: STORED_VALUE_FIXED."""
    known = [line for line in before.lines if line.stored is not None]
    for line in after.lines:
        if line.stored is None or line in known or all(one.stored != line.stored for one in known):
            continue
        return Refused(Code.STORED_VALUE_FIXED, {"card": line.name})
    return None


def load_refused(desk: Desk, amount: int, balance: int) -> Refused | None:
    """Why so many minor units cannot come onto a card that holds `balance`.

    Refused: AMOUNT_INVALID, GIFT_CARD_LIMIT.
    """
    rules = desk.rules
    if amount <= 0:
        return Refused(Code.AMOUNT_INVALID, {"amount": Money(amount, rules.currency)})
    holds = rules.gift_card_holds or load_most(rules.region, rules.currency)
    most = rules.gift_card_most or holds
    if amount < rules.gift_card_least or amount > most or balance + amount > holds:
        limits = {"least": rules.gift_card_least, "most": most, "holds": holds}
        return Refused(Code.GIFT_CARD_LIMIT, {name: Money(each, rules.currency) for name, each in limits.items()})
    return None


def loads_of(work: UnitOfWork, desk: Desk, priced: PricedBasket) -> Loads | Refused:
    """What the sale's lines put onto cards, looked at inside the unit of work that completes it.

    Another lane may have sold or blocked a card meanwhile. Refused: GIFT_CARD_SOLD, GIFT_CARD_DISABLED,
    GIFT_CARD_EXPIRED, GIFT_CARD_UNKNOWN, GIFT_CARD_LIMIT.
    """
    lines = [(line.line.stored, line.total) for line in priced.lines if line.line.stored is not None]
    wanted = [(stored, amount) for stored, amount in lines if stored.act is not StoredAct.ACCOUNT]
    today = desk.local(desk.now()).date()
    cards: list[GiftCardFacts] = []
    entries: list[GiftEntry] = []
    for stored, amount in wanted:
        card = work.gift_cards.get(stored.account) or work.gift_cards.find(stored.number_hash)
        balance = 0 if card is None else card.balance
        refused = _refused(stored, card, today) or load_refused(desk, amount, balance)
        if refused is not None:
            return refused
        if card is None:
            cards.append(_new_card(desk, stored))
        ends = last_day(desk.rules.region, today, desk.rules.gift_card_months)
        expires = "" if ends is None else ends.isoformat()
        entries.append(GiftEntry(stored.account, _MOVES[stored.act], amount, balance + amount, expires))
    return Loads(cards, entries) if entries else NO_LOADS


def _refused(stored: StoredValue, card: GiftCard | None, today: date) -> Refused | None:
    if stored.act is StoredAct.SELL:
        taken = card is not None and (card.sold or card.id != stored.account)
        return Refused(Code.GIFT_CARD_SOLD, {"card": stored.shown}) if taken else None
    refused = pay_refused(card, today)
    return None if refused is not None and refused.code is Code.GIFT_CARD_EMPTY else refused


def _new_card(desk: Desk, stored: StoredValue) -> GiftCardFacts:
    """A card the shop did not know: made here with a PIN, or from the rack, whose PIN is under its own foil."""
    keys = desk.shop.keys
    pin = hash_gift_pin(keys, stored.account, made_pin(keys, stored.account)) if stored.made else ""
    origin = Origin.MADE if stored.made else Origin.RACK
    last_four = stored.shown.rpartition(" ")[2]
    return GiftCardFacts(stored.account, GiftCardKind.GIFT_CARD, stored.number_hash, last_four, pin, origin)


_MOVES = {StoredAct.SELL: GiftMove.SOLD, StoredAct.RELOAD: GiftMove.RELOADED}
