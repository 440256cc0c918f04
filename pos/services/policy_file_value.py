"""How the rules of values and tenders stand in the file of a return policy, and what of them contradicts itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos.domain.refund_rules import (
    MAILED_CHECK,
    SAME,
    BadCheck,
    CardGone,
    CashMost,
    CheckHold,
    DrawerShort,
    Precedence,
    RefundChoice,
    RefundPrecedence,
    RefundTo,
    StoreCreditLasts,
)
from pos.domain.return_value_rules import (
    DayBand,
    FeeTax,
    MissingPart,
    NoReceiptPrice,
    NoReceiptValue,
    PromotionMethod,
    PromotionReturn,
    Rebate,
    RestockingFee,
    Rewards,
    TaxRefund,
)
from pos.domain.tax import MILLION
from pos.domain.tender import TenderKind
from pos.services.policy_fields import (
    DAYS,
    LIST,
    MONEY,
    NUMBER,
    PERCENT,
    WORD,
    WORDS,
    YES,
    Codec,
    Entry,
    KindSpec,
    Named,
    Takes,
    one_of,
)
from pos.services.policy_kinds import always, never
from pos.strict_fields import Part as Map
from pos.strict_fields import bad_choice
from pos.strict_yaml import FileFault
from pos.wording import N_

# How money may go out that is not the way it came.
_OTHERS = (TenderKind.CASH.value, TenderKind.STORE_CREDIT.value, TenderKind.GIFT_CARD.value, MAILED_CHECK)
_NO_CASH = _OTHERS[1:]
_WAIT = "wait"


def _way(choices: tuple[str, ...]) -> Codec:
    """One way for money to go out."""
    takes = Takes(Entry.CHOICE, choices)
    return Codec(lambda part, key, _: part.choice(key, choices) or "", lambda value, _: str(value), takes)


def _ways_read(part: Map, key: str, _currency: str) -> tuple[str, ...]:
    for one in part.texts(key):
        if one.text not in _OTHERS:
            raise bad_choice(key, one.text, _OTHERS, one.line)
    return tuple(one.text for one in part.texts(key))


def _meanwhile_read(part: Map, key: str, _currency: str) -> str:
    said = part.choice(key, (*_OTHERS, _WAIT)) or ""
    return "" if said == _WAIT else said


_WAYS = Codec(_ways_read, lambda value, _: list(value), Takes(Entry.LIST, _OTHERS))
_WAYS_SET = Codec(
    lambda part, key, currency: frozenset(_ways_read(part, key, currency)),
    lambda value, _: sorted(value),
    Takes(Entry.CHOICES, _OTHERS),
)
_MEANWHILE = Codec(_meanwhile_read, lambda value, _: str(value) or _WAIT, Takes(Entry.CHOICE, (*_OTHERS, _WAIT)))


# --- What contradicts itself ------------------------------------------------------------------------------------------


def _one_amount(percent: str, amount: str) -> Callable[[Any, Map], None]:
    """A share or an amount: one of the two."""

    def check(rule: Any, part: Map) -> None:
        if rule.percent_millionths and rule.amount:
            message = N_("“{key}” does not go with “{other}”.")
            raise FileFault(part.line_of(amount), message, key=amount, other=percent)
        if not rule.percent_millionths and not rule.amount:
            raise part.missing(percent)

    return check


def _fee(rule: RestockingFee, part: Map) -> None:
    _one_amount("percent", "amount")(rule, part)
    if rule.by_line and not rule.amount:
        raise never(part, "by_line")
    if rule.scope.conditions and rule.scope.conditions <= rule.unless:
        raise never(part, "unless")


def _tax_refund(rule: TaxRefund, part: Map) -> None:
    if rule.days is None and rule.without_receipt:
        raise part.missing("days")


def _band(rule: DayBand, part: Map) -> None:
    if rule.percent_millionths == MILLION:
        raise part.missing("percent") if part.get("percent") is None else never(part, "percent")


def _rebate(rule: Rebate, part: Map) -> None:
    if not rule.amount:
        raise part.missing("amount")


def _no_receipt_value(rule: NoReceiptValue, part: Map) -> None:
    if rule.price is NoReceiptPrice.CURRENT and part.get("days") is not None:
        raise never(part, "days")
    if rule.cash_below and rule.pays == TenderKind.CASH.value:
        raise never(part, "cash_below")


def _precedence(rule: RefundPrecedence, part: Map) -> None:
    if rule.order is Precedence.CLASSES and not rule.classes:
        raise part.missing("classes")
    if rule.order is not Precedence.CLASSES and rule.classes:
        raise never(part, "classes")


def _refund_to(rule: RefundTo, part: Map) -> None:
    if not rule.of:
        raise part.missing("of")
    if rule.limit is None and (rule.to == SAME or part.get("above") is not None):
        raise part.missing("limit")
    if rule.limit is not None and rule.above == rule.to:
        raise never(part, "limit")


def _choice(rule: RefundChoice, part: Map) -> None:
    # Without a way it says that there is no other, and then nobody may give one.
    if not rule.to and rule.override is not None:
        raise part.missing("to")


def _hold(rule: CheckHold, part: Map) -> None:
    if not rule.days:
        raise never(part, "days")


def _gone(rule: CardGone, part: Map) -> None:
    if not rule.to:
        raise part.missing("to")


VALUE_KINDS: tuple[KindSpec, ...] = (
    KindSpec(PromotionReturn, {"method": one_of(PromotionMethod), "promotions": WORDS}, ("promotions",), alone=always),
    KindSpec(
        RestockingFee,
        {
            "percent_millionths": Named("percent", PERCENT),
            "amount": MONEY,
            "by_line": YES,
            "tax": one_of(FeeTax),
            "unless": WORDS,
            "unless_regions": WORDS,
        },
        (),
        _fee,
        always,
    ),
    KindSpec(TaxRefund, {"days": DAYS, "without_receipt": YES}, (), _tax_refund, always),
    KindSpec(DayBand, {"after": DAYS, "percent_millionths": Named("percent", PERCENT)}, ("after",), _band),
    KindSpec(
        MissingPart,
        {"parts": WORDS, "amount": MONEY, "percent_millionths": Named("percent", PERCENT)},
        ("parts",),
        _one_amount("percent", "amount"),
        always,
    ),
    KindSpec(Rebate, {"amount": MONEY, "fact": WORD}, (), _rebate, always),
    KindSpec(Rewards, {"claw_back": YES}, alone=always),
    KindSpec(
        NoReceiptValue,
        {"price": one_of(NoReceiptPrice), "days": DAYS, "pays": _way(_OTHERS), "cash_below": MONEY},
        (),
        _no_receipt_value,
        always,
    ),
    KindSpec(RefundPrecedence, {"order": one_of(Precedence), "classes": LIST}, (), _precedence, always),
    KindSpec(
        RefundTo,
        {"of": WORDS, "to": _way((SAME, *_OTHERS)), "limit": MONEY, "above": _way((SAME, *_OTHERS))},
        ("of",),
        _refund_to,
        always,
    ),
    KindSpec(RefundChoice, {"to": _WAYS_SET, "of": WORDS}, ("of", "to"), _choice),
    KindSpec(CheckHold, {"days": DAYS, "business_days": YES, "meanwhile": _MEANWHILE}, (), _hold, always),
    KindSpec(BadCheck, {"of": WORDS, "refuse": YES}, ("of",), alone=always),
    KindSpec(CashMost, {"most": MONEY, "instead": _way(_NO_CASH)}, alone=always),
    KindSpec(DrawerShort, {"to": _way(_NO_CASH)}, alone=always),
    KindSpec(CardGone, {"to": _WAYS, "ask": YES, "after": DAYS}, (), _gone, always),
    KindSpec(StoreCreditLasts, {"months": NUMBER}, alone=always),
)
