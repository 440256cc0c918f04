"""How a shop takes its tenders, as data: bounds, what each may pay for, whether it gives change, how it goes back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pos.domain.cash import can_come_back, cash_most
from pos.domain.money import Money
from pos.domain.pricing import PricedBasket, PricedLine, settle
from pos.domain.refusal import Code, Refused
from pos.domain.shop import ShopRules
from pos.domain.tender import BY_RULE, Tender, TenderKind
from pos.domain.tender_rules import TenderRule

__all__ = [
    "TenderRule",
    "beyond_alone",
    "program_rule",
    "refused_rules",
    "tender_fits",
    "tender_room",
    "tender_rule",
    "tender_rules",
    "tendered",
]

# As if it were a flag: what puts money on a card is not paid with one.
_STORED = "gift_card"
WORDS_MAX = 30
_CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
# What every shop begins with: a gift card is not bought with what is one.
_OWN = {
    TenderKind.CASH: TenderRule("cash", TenderKind.CASH, gives_change=True, opens_drawer=True),
    TenderKind.CHECK: TenderRule("check", TenderKind.CHECK, opens_drawer=True, refund_to="mailed_check"),
    TenderKind.GIFT_CARD: TenderRule("gift_card", TenderKind.GIFT_CARD, not_for=("gift_card",)),
    # A debt is not paid by owing more.
    TenderKind.HOUSE_ACCOUNT: TenderRule("house_account", TenderKind.HOUSE_ACCOUNT, not_for=("account_payment",)),
    # Nobody knows whether it was cash, so it does not become cash unless the policy says so.
    TenderKind.UNKNOWN: TenderRule("unknown", TenderKind.UNKNOWN, refund_to="store_credit"),
    TenderKind.STORE_CREDIT: TenderRule("store_credit", TenderKind.STORE_CREDIT, not_for=("gift_card",)),
}


def tender_rule(rules: ShopRules, code: str) -> TenderRule | None:
    """How the shop takes a tender: `code` is a kind's own name or that of a type of the shop's own."""
    return next((rule for rule in tender_rules(rules) if rule.code == code), None)


def tender_rules(rules: ShopRules) -> tuple[TenderRule, ...]:
    """Every tender there is, the program's own kinds first, each as the shop takes it; also those it does not take."""
    said = {rule.code: rule for rule in rules.tender_rules}
    own = tuple(said.get(kind.value, program_rule(kind)) for kind in BY_RULE)
    return (*own, *(rule for rule in rules.tender_rules if rule.kind is TenderKind.OTHER))


def program_rule(kind: TenderKind) -> TenderRule:
    """How a shop that says nothing of it takes a kind."""
    return _OWN.get(kind, TenderRule(kind.value, kind))


def tender_room(priced: PricedBasket, rule: TenderRule) -> int:
    """How much of what is due this tender may pay, in minor units: for what it may not pay, others do."""
    due = priced.due_cash if rule.kind is TenderKind.CASH else priced.due
    if not _pays_only_for_some(rule):
        return due
    return max(0, min(due, _borne(priced, rule) - tendered(priced, rule)))


def tendered(priced: PricedBasket, rule: TenderRule) -> int:
    """How much of this sale was taken this way already, in minor units."""
    return sum(tender.amount for tender in priced.basket.tenders if _is_of(tender, rule))


def beyond_alone(priced: PricedBasket, rule: TenderRule, amount: int) -> int:
    """How far this much more goes beyond what is taken alone, in minor units; nothing or less where it does not.

    All of the sale that is taken this way counts: what is split stays one sale.
    """
    return tendered(priced, rule) + amount - rule.alone if rule.alone else 0


def tender_fits(
    priced: PricedBasket, rule: TenderRule, amount: int, rules: ShopRules, day: date | None
) -> Refused | None:
    """Why this much cannot be taken this way; None where it can. `amount` in minor units, `day` on the shop's clock.

    Refused: TENDER_OFF, AMOUNT_INVALID, TENDER_SMALL, TENDER_LIMIT, TENDER_NOT_FOR, TENDER_OVER_DUE, CASH_LIMIT,
    CASH_NOT_HANDED_OVER.
    """
    currency = priced.currency
    if not rule.active:
        return Refused(Code.TENDER_OFF, {"tender": rule.words or rule.code})
    room = tender_room(priced, rule)
    # Said before that nothing is no amount: exactly what it may pay is nothing then.
    if amount >= 0 and room == 0 < priced.due and _pays_only_for_some(rule):
        return _not_for(priced, rule, room)
    if amount <= 0 and not (rule.kind is TenderKind.CASH and amount == 0):
        return Refused(Code.AMOUNT_INVALID, {"amount": Money(amount, currency)})
    if amount < rule.least and amount < priced.due:
        return Refused(Code.TENDER_SMALL, {"tender": rule.words or rule.code, "least": Money(rule.least, currency)})
    if rule.most and amount > rule.most:
        return Refused(Code.TENDER_LIMIT, {"tender": rule.words or rule.code, "most": Money(rule.most, currency)})
    if amount > room and room < priced.due and _pays_only_for_some(rule):
        return _not_for(priced, rule, room)
    if rule.gives_change:
        return _cash_refused(priced, rule, amount, rules, day)
    if amount > room:
        return Refused(Code.TENDER_OVER_DUE, {"tender": rule.words or rule.code, "due": Money(room, currency)})
    return None


def _not_for(priced: PricedBasket, rule: TenderRule, room: int) -> Refused:
    """It may pay only `room` of this sale. Where that is nothing, `why` says how that comes."""
    facts: dict[str, object] = {"tender": rule.words or rule.code, "most": Money(room, priced.currency)}
    if not room:
        paid = _borne(priced, rule) > 0
        facts |= {"why": "paid" if paid else "only" if rule.departments else "left_out"}
        facts |= {"departments": ", ".join(rule.departments)}
    return Refused(Code.TENDER_NOT_FOR, facts)


def _cash_refused(
    priced: PricedBasket, rule: TenderRule, amount: int, rules: ShopRules, day: date | None
) -> Refused | None:
    """The law bounds what a shop may keep in cash for one sale; nobody hands over what nobody could give back."""
    over = amount - max(priced.due_cash, 0)
    if rule.kind is TenderKind.CASH and not can_come_back(over, priced.currency):
        said = {"amount": Money(amount, priced.currency), "change": Money(over, priced.currency)}
        return Refused(Code.CASH_NOT_HANDED_OVER, {**said})
    most = cash_most(rules.region, rules.currency, day)
    if rule.kind is not TenderKind.CASH or most is None:
        return None
    tenders = (*priced.basket.tenders, Tender(TenderKind.CASH, amount))
    kept = sum(tender.amount for tender in tenders if tender.kind is TenderKind.CASH)
    kept -= settle(priced.total, tenders, rules.cash_rounding).change
    return Refused(Code.CASH_LIMIT, {"most": Money(most, rules.currency)}) if kept > most else None


def refused_rules(rules: Sequence[TenderRule]) -> Refused | None:
    """Why these cannot be a shop's own rules of tenders; None where they can."""
    seen: set[str] = set()
    for rule in rules:
        own = rule.kind is TenderKind.OTHER
        named = bool(_CODE.fullmatch(rule.code)) and rule.words.isprintable() and len(rule.words) <= WORDS_MAX
        fits = named and (
            bool(rule.words.strip()) and rule.code not in list(TenderKind) if own else rule.code == rule.kind
        )
        bounds = rule.least >= 0 and rule.alone >= 0 and (not rule.most or rule.least <= rule.most)
        if not fits or not bounds or rule.code in seen:
            return Refused(Code.TENDER_RULE_INVALID, {"code": rule.code})
        seen.add(rule.code)
    return None


def _is_of(tender: Tender, rule: TenderRule) -> bool:
    return tender.kind is rule.kind and tender.type == (rule.code if rule.kind is TenderKind.OTHER else "")


def _pays_only_for_some(rule: TenderRule) -> bool:
    """Whether what it pays for is bound to some items at all."""
    return bool(rule.not_for or rule.departments)


def _borne(priced: PricedBasket, rule: TenderRule) -> int:
    """What the lines come to that it may pay for, in minor units."""
    return sum(line.total for line in priced.lines if _bears(line, rule))


def _bears(line: PricedLine, rule: TenderRule) -> bool:
    """Whether this tender may pay for the line."""
    stored = line.line.stored is not None and _STORED in rule.not_for
    if stored or set(rule.not_for) & set(line.line.flags):
        return False
    return not rule.departments or line.line.department in rule.departments
