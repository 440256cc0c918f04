"""The tenders of a script, taken as a cashier takes them."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.check import TypedCheck
from pos.domain.money import AmountUnreadable, Money
from pos.domain.refusal import Code, Refused
from pos.domain.tender import TenderKind, TenderState
from pos.script.by_hand import agreed
from pos.script.lane import Lane
from pos.script.play_cards import take_card
from pos.script.results import TenderTried, money
from pos.script.tenders import EXACT, TypedTender
from pos.services.open_basket import SaleView

_NONE = -1
_YES = {"true", "yes"}


def take(lane: Lane, typed: TypedTender) -> TenderTried:
    """Take one tender; what is refused takes nothing."""
    amount = None if typed.amount == EXACT else _amount(typed.amount, lane)
    priced, currency = lane.sale.view.priced, lane.station.desk.rules.currency
    # What `exact` asked for, should it be refused.
    asked = money(max(0, priced.due), currency) if typed.amount == EXACT else typed.amount
    tried = TenderTried(TenderState.TAKEN, asked, kind=typed.kind)
    before = len(priced.basket.tenders)
    card = typed.kind in {TenderKind.CREDIT, TenderKind.DEBIT}
    answer = take_card(lane, typed, amount, tried) if card else agreed(lane, _TAKING[typed.kind](lane, typed, amount))
    if amount is not None and amount != _NONE and not tried.attempt:
        tried.amount = money(amount, currency)
    if isinstance(answer, Refused):
        tried.state = TenderState.REFUSED if tried.state is TenderState.TAKEN else tried.state
        tried.code = answer.code.value
        return tried
    taken = answer.priced.basket.tenders
    if len(taken) > before:
        tried.amount = money(taken[-1].amount, currency)
        tried.cash_back = money(taken[-1].cash_back, currency) if taken[-1].cash_back else None
    return tried


def not_taken(lane: Lane, typed: TypedTender) -> TenderTried:
    """A tender nothing is to pay with."""
    amount = money(0, lane.station.desk.rules.currency) if typed.amount == EXACT else typed.amount
    return TenderTried(TenderState.REFUSED, amount, kind=typed.kind, code=Code.NOTHING_TO_PAY.value)


def _cash(lane: Lane, typed: TypedTender, amount: int | None) -> SaleView | Refused:
    if amount is None:
        amount = max(0, lane.sale.view.priced.due_cash)
    return Refused(Code.AMOUNT_INVALID, {"amount": typed.amount}) if amount == _NONE else lane.sale.tender_cash(amount)


def _other(lane: Lane, typed: TypedTender, amount: int | None) -> SaleView | Refused:
    if typed.says("type") in [kind.value for kind in TenderKind]:
        return Refused(Code.TENDER_UNKNOWN, {"tender": typed.says("type")})
    return lane.sale.tendering.take(typed.says("type"), amount, typed.says("reference"))


def _check(lane: Lane, typed: TypedTender, amount: int | None) -> SaleView | Refused:
    if amount == _NONE:
        return Refused(Code.AMOUNT_INVALID, {"amount": typed.amount})
    said = {key: typed.says(key) for key in ("routing", "account", "number", "micr", "id_seen")}
    third_party, starter = (typed.says(key).lower() in _YES for key in ("third_party", "starter"))
    check = TypedCheck(**said, written=typed.says("date"), third_party=third_party, starter=starter)
    return lane.station.checks.take(check, amount)


def _gift_card(lane: Lane, typed: TypedTender, amount: int | None) -> SaleView | Refused:
    lane.cards_named.append(typed.says("number"))
    if amount == _NONE:
        return Refused(Code.AMOUNT_INVALID, {"amount": typed.amount})
    return lane.station.gift_card_tenders.take(typed.says("number"), amount, typed.says("pin"))


def _house_account(lane: Lane, typed: TypedTender, amount: int | None) -> SaleView | Refused:
    if amount == _NONE:
        return Refused(Code.AMOUNT_INVALID, {"amount": typed.amount})
    return lane.station.house_accounts.take(amount)


# How each kind is taken. An amount of None is what is due, one below nothing was unreadable.
_TAKING: dict[TenderKind, Callable[[Lane, TypedTender, int | None], SaleView | Refused]] = {
    TenderKind.CASH: _cash,
    TenderKind.CHECK: _check,
    TenderKind.GIFT_CARD: _gift_card,
    TenderKind.STORE_CREDIT: _gift_card,
    TenderKind.HOUSE_ACCOUNT: _house_account,
    TenderKind.OTHER: _other,
}


def _amount(text: str, lane: Lane) -> int:
    """What was typed as an amount, in minor units."""
    try:
        minor = Money.read(text, lane.station.desk.rules.currency).minor
    except AmountUnreadable:
        return _NONE
    return minor if minor >= 0 else _NONE
