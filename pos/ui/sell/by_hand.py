"""A price or a discount by hand: what the line asks, and what the services make of the answer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.by_hand import Action
from pos.domain.money import AmountUnreadable, Money, exponent_of
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.rights import Limit
from pos.domain.trouble import KnownError
from pos.services.reasons import reasons
from pos.services.sale import SaleView
from pos.ui.sell.basket_card import BasketCard
from pos.ui.sell.by_hand_entry import Typed, Wanted
from pos.ui.sell.teller import Teller
from pos.workstation import Workstation

_LIMITS = {
    Action.PRICE_OVERRIDE: Limit.PRICE_BELOW,
    Action.LINE_DISCOUNT: Limit.LINE_DISCOUNT,
    Action.RECEIPT_DISCOUNT: Limit.RECEIPT_DISCOUNT,
}
_KINDS = {Action.PRICE_OVERRIDE: ReasonKind.PRICE_OVERRIDE}


class ByHand(QObject):
    """Signals: ended() it was given, or waits for somebody who may."""

    ended = Signal()

    def __init__(self, basket: BasketCard, teller: Teller, workstation: Workstation) -> None:
        super().__init__(basket)
        self._basket, self._teller, self._workstation = basket, teller, workstation
        self._action, self._row = Action.LINE_DISCOUNT, 0
        basket.strip.by_hand.given.connect(self._give)

    def begin(self, action: Action, row: int) -> None:
        """Open the entry in the selected line."""
        self._action, self._row = action, row
        words, desk = self._teller.words, self._workstation.desk
        kind = _KINDS.get(action, ReasonKind.DISCOUNT)
        try:
            known = reasons(desk, kind)
        except KnownError as error:
            self._teller.say_no(words.trouble(error))
            return
        bound = None if desk.operator is None else desk.operator.limit(_LIMITS[action])
        limit = "" if bound is None else words.say("Your limit {limit}", limit=words.percent(bound))
        labels = {
            Action.PRICE_OVERRIDE: words.say("Price"),
            Action.LINE_DISCOUNT: words.say("Discount"),
            Action.RECEIPT_DISCOUNT: words.say("Whole sale"),
        }
        wanted = Wanted(
            label=labels[action],
            limit=limit,
            reasons=[(one.code, words.reason(one)) for one in known],
            digits=exponent_of(desk.rules.currency),
            percent=action is not Action.PRICE_OVERRIDE,
        )
        self._basket.strip.begin_by_hand(wanted, words, desk.rules.currency)

    def _give(self, typed: Typed) -> None:
        """What was typed goes to the service; where somebody else has to agree the entry is over all the same."""
        waits: list[object] = []
        self._teller.approval_wanted.connect(waits.append)
        answer = self._teller.ask(lambda: self._answer(typed))
        self._teller.approval_wanted.disconnect(waits.append)
        if answer is not None or waits:
            self.ended.emit()

    def _answer(self, typed: Typed) -> SaleView | Refused:
        markdowns, currency = self._workstation.markdowns, self._workstation.desk.rules.currency
        try:
            # A share in per cent has four digits behind its point, as a currency of so many would.
            number = _percent(typed.entry) if typed.is_percent else Money.read(typed.entry, currency).minor
        except AmountUnreadable:
            return Refused(Code.AMOUNT_INVALID, {"amount": typed.entry.replace(".", self._teller.words.decimal_sign)})
        if self._action is Action.PRICE_OVERRIDE:
            return markdowns.override_price(self._row, number, typed.reason)
        percent, amount = (number, None) if typed.is_percent else (None, number)
        if self._action is Action.RECEIPT_DISCOUNT:
            return markdowns.discount_receipt(typed.reason, percent_millionths=percent, amount=amount)
        return markdowns.discount_line(self._row, typed.reason, percent_millionths=percent, amount=amount)


def _percent(entry: str) -> int:
    """What was typed as per cent, in millionths."""
    whole, _, part = entry.partition(".")
    return int(whole or "0") * 10_000 + int(part.ljust(4, "0")[:4] or "0")
