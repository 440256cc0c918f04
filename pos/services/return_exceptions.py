"""What somebody's yes went beyond, in the words of the shop: told in the journal with the return that stands on it."""

from __future__ import annotations

from datetime import date

from pos.domain.agreed_rule import AgreedRule
from pos.domain.money import Money, Quantity
from pos.domain.refusal import Code
from pos.domain.return_case import ReturnCase
from pos.domain.return_decision import ApprovalNeeded, Decision, Reason
from pos.domain.return_measures import Measure, measure_of
from pos.return_words import PROOFS, proof_words
from pos.wording import Wording

# Whose values are ways of paying.
_OF_TENDERS = frozenset(
    {Code.TENDER_NOT_ALLOWED, Code.CARD_UNAVAILABLE, Code.STORE_CREDIT_ONLY, Code.LATE_STORE_CREDIT, Code.CHECK_HOLD}
)


def agreed_rules(decision: Decision, case: ReturnCase, words: Wording) -> tuple[AgreedRule, ...]:
    """Every rule a yes to this decision goes beyond; the decision is the one before that yes."""
    return tuple(_agreed(needed, decision, case, words) for needed in decision.approvals_needed)


def _agreed(needed: ApprovalNeeded, decision: Decision, case: ReturnCase, words: Wording) -> AgreedRule:
    reason = _reason(needed, decision)
    sold = None if case.purchase is None else case.purchase.line(needed.line)
    return AgreedRule(
        code=needed.code.value,
        rule="" if reason is None else reason.rule,
        line=needed.line,
        item="" if sold is None else sold.name,
        said="" if reason is None else words.return_reason(reason),
        value=_measured(needed.code, needed.value, words, case.currency),
        limit=_measured(needed.code, needed.limit, words, case.currency),
        role=needed.role,
    )


def _reason(needed: ApprovalNeeded, decision: Decision) -> Reason | None:
    mine = [one for one in decision.reasons if (one.code, one.line) == (needed.code, needed.line)]
    return next((one for one in mine if one.stands_in_the_way), mine[0] if mine else None)


def _measured(code: Code, value: object, words: Wording, currency: str) -> str:
    """A figure in the measure of its code, or a word as people say it; empty where there is nothing."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return _counted(measure_of(code), value, words, currency)
    if isinstance(value, Money):
        return words.money(value)
    if isinstance(value, Quantity):
        return words.quantity(value)
    if isinstance(value, date):
        return words.short_day(value)
    if isinstance(value, tuple | list | frozenset):
        return ", ".join(_measured(code, one, words, currency) for one in value)
    return ", ".join(_word(code, one, words) for one in str(value).split(", "))


def _counted(measure: Measure, value: int, words: Wording, currency: str) -> str:
    match measure:
        case Measure.MONEY:
            return words.money(Money(value, currency))
        case Measure.THOUSANDTHS:
            return words.quantity(Quantity(value))
        case Measure.DAYS:
            return words.count("{n} day", "{n} days", value)
        case Measure.MINUTES:
            return words.count("{n} minute", "{n} minutes", value)
        case _:
            return words.number(value)


def _word(code: Code, one: str, words: Wording) -> str:
    if code in _OF_TENDERS:
        return words.refund_to(one)
    return proof_words(words, one) if one in PROOFS else words.condition(one)
