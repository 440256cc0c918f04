"""What a return came to, as the fields of its step: the decision, every reason, the money and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from pos.domain.frozen import dataclass
from pos.domain.money import Money, Quantity
from pos.domain.purchase import Purchase
from pos.domain.refusal import Code
from pos.domain.return_decision import (
    Amounts,
    ApprovalNeeded,
    Decision,
    Deduction,
    LineDecision,
    Reason,
    RefundTender,
    Verdict,
)
from pos.domain.return_measures import Measure, measure_of
from pos.domain.return_signals import Signal
from pos.domain.tender import CARDS_OF_THE_SHOP
from pos.script.compare import Figure
from pos.script.results import Result, money, quantity
from pos.wording import Wording


@dataclass(frozen=True, slots=True)
class Telling:
    """How a script names what the books know by identity: `number_of` a card of the shop, `card_of` a bank card by the
    tender it paid, `listed` a tender of the sale as the script counts it.
    """

    words: Wording
    currency: str
    number_of: Callable[[str], str]
    card_of: Callable[[RefundTender], str]
    listed: Callable[[int], int]
    state_of: Callable[[RefundTender], str | None]

    def money(self, minor: int) -> Figure:
        return money(minor, self.currency)


def told_decision(decision: Decision, telling: Telling) -> Result:
    """The whole answer but what it leaves of the sale."""
    result: Result = {
        "decision": decision.verdict.value,
        "reasons": [_reason(reason, telling) for reason in decision.reasons],
        **_amounts(decision.now, telling),
        "approvals_needed": [_approval(one, telling) for one in decision.approvals_needed],
    }
    if decision.if_approved is not None:
        result["if_approved"] = _amounts(decision.if_approved, telling)
    if decision.exchange:
        result["exchange"] = decision.exchange
    if decision.claim:
        result["claim"] = list(decision.claim)
    return result


def told_remaining(purchase: Purchase, telling: Telling) -> Result:
    """What is left of the sale: of each line, and for each tender."""
    return {
        "lines": [{"line": line.line, "qty": quantity(line.left)} for line in purchase.lines],
        "tenders": [
            {"tender": telling.listed(tender.tender), "amount": telling.money(tender.ceiling)}
            for tender in purchase.tenders
        ],
    }


def told_signals(signals: Sequence[Signal], telling: Telling) -> list[Result]:
    """What whoever is asked may know, with how it usually is."""
    return [
        {
            "code": one.code.value,
            "about": one.about or None,
            "days": one.days or None,
            "count": one.count,
            "amount": telling.money(one.amount),
            "minutes": one.minutes if one.within else None,
            "serial": one.facts.get("serial"),
            "since": None if one.bought is None or one.bought.since is None else one.bought.since.isoformat(),
            "purchases": None if one.bought is None else one.bought.purchases,
            "spent": None if one.bought is None else telling.money(one.bought.amount),
            "usual": None if one.usual is None else {"count": one.usual.count, "of": one.usual.of},
        }
        for one in signals
    ]


def _amounts(amounts: Amounts, telling: Telling) -> Result:
    """From `lines` to `tenders`."""
    return {
        "lines": [_line(line, telling) for line in amounts.lines],
        "merchandise": telling.money(amounts.merchandise),
        "tax": telling.money(amounts.tax),
        "fee": telling.money(amounts.fee),
        "fee_tax": telling.money(amounts.fee_tax),
        "deductions": _deductions(amounts.deductions, telling),
        "rounding": telling.money(amounts.rounding),
        "refund": telling.money(amounts.refund),
        "tenders": [told_tender(tender, telling) for tender in amounts.tenders],
    }


def _line(line: LineDecision, telling: Telling) -> Result:
    return {
        "line": line.line or line.place + 1,
        "item": line.item,
        "qty": quantity(line.quantity),
        "decision": line.verdict.value,
        "reasons": [_reason(reason, telling) for reason in line.reasons],
        "merchandise": telling.money(line.merchandise),
        "tax": telling.money(line.tax),
        "fee": telling.money(line.fee),
        "fee_tax": telling.money(line.fee_tax),
        "deductions": _deductions(line.deductions, telling),
        "disposition": line.disposition or None,
    }


def _deductions(deductions: Sequence[Deduction], telling: Telling) -> list[Result]:
    return [{"code": str(one.code), "amount": telling.money(one.amount)} for one in deductions]


def told_tender(tender: RefundTender, telling: Telling) -> Result:
    """Money going out; `of` counts the tenders of the sale as the script listed them."""
    shop_card = tender.kind in {kind.value for kind in CARDS_OF_THE_SHOP}
    return {
        "kind": tender.kind,
        "amount": telling.money(tender.amount),
        "of": telling.listed(tender.of) if tender.of else None,
        "type": tender.type or None,
        "card": None if shop_card else telling.card_of(tender) or None,
        "number": (telling.number_of(tender.account) or tender.card or None) if shop_card else None,
        "method": tender.method,
        "state": telling.state_of(tender),
    }


def _approval(one: ApprovalNeeded, telling: Telling) -> Result:
    return {
        "code": one.code.value,
        "line": one.line or None,
        "role": one.role or None,
        "value": _measured(one.code, one.value, telling),
        "limit": _measured(one.code, one.limit, telling),
        "options": [{"option": name, "refund": telling.money(refund)} for name, refund in one.options],
        "recommended": one.recommended,
    }


def _reason(reason: Reason, telling: Telling) -> Result:
    words, remedy = telling.words, reason.remedy
    result: Result = {
        "code": reason.code.value,
        "line": reason.line or None,
        "effect": reason.effect.value,
        "overridable": reason.overridable,
        "rule": reason.rule,
        "value": _measured(reason.code, reason.value, telling),
        "limit": _measured(reason.code, reason.limit, telling),
        "remaining": _measured(reason.code, reason.remaining, telling),
        "from": None if reason.possible_from is None else reason.possible_from.isoformat(),
        "text": words.return_reason(reason),
        "customer_text": words.return_reason_for_customer(reason) or None,
        "remedy": None if remedy is None else words.remedy(remedy),
    }
    if remedy is not None and remedy.change:
        result["change"] = {name: _plain(value, telling) for name, value in remedy.change.items()}
    return result


def _measured(code: Code, value: object, telling: Telling) -> object:
    """A figure in the measure of its code."""
    if not isinstance(value, int) or isinstance(value, bool):
        return _plain(value, telling)
    match measure_of(code):
        case Measure.MONEY:
            return telling.money(value)
        case Measure.THOUSANDTHS:
            return quantity(Quantity(value))
        case _:
            return value


def _plain(value: object, telling: Telling) -> object:
    """What JSON can say: money and quantities with all their digits, days as they are written."""
    if isinstance(value, Money):
        return telling.money(value.minor)
    if isinstance(value, Quantity):
        return quantity(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(each, telling) for key, each in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [_plain(each, telling) for each in value]
    return value if value is None or isinstance(value, bool | int) else str(value)


def nothing_of_it(decision: Decision) -> bool:
    """Whether nothing comes back now."""
    return decision.verdict not in {Verdict.ALLOWED, Verdict.PARTIAL}
