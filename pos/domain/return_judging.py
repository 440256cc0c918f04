"""What each rule of eligibility says about one line: one small function a kind, and every reason is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from pos.domain.policy_rule import Policy, Rule
from pos.domain.purchase import Purchase
from pos.domain.refusal import Code
from pos.domain.return_decision import Effect, Reason, Remedy
from pos.domain.return_line import CaseLine, is_yes
from pos.domain.return_request import Condition
from pos.domain.return_rules import (
    Answer,
    ConditionRule,
    ExchangeLimit,
    ExchangeOnly,
    FinalSale,
    MissingCode,
    MissingParts,
    NonReturnable,
    NoReceipt,
    NoReturn,
    OtherSeller,
    ProofRule,
    Question,
)
from pos.domain.return_subject import most_specific
from pos.domain.return_value_rules import MissingPart
from pos.domain.return_windows import Calendar, Standing, standings
from pos.domain.valued_line import PLAIN, LineAnswer

R = TypeVar("R", bound=Rule)
STORE_CREDIT = "store_credit"
_NO = frozenset({"no", "false"})
# What may be taken instead of money, and the remedy that says so.
EXCHANGES = {
    Answer.EXCHANGE: ("any", "EXCHANGE_ANY"),
    Answer.SAME_FAMILY: ("same_family", "EXCHANGE_FAMILY"),
    Answer.SAME_ITEM: ("same_item", "EXCHANGE_SAME"),
}


class Said(NamedTuple):
    """One reason as its rule has it, whoever agrees to it. Where nobody does, the line goes out as a kind of tender
    (`pays`), and for the lowest price since a day (`lowest_since`).
    """

    reason: Reason
    pays: str = ""
    lowest_since: date | None = None


@dataclass(slots=True)
class Judged:
    """What stands against a line, and what its worth depends on."""

    reasons: list[Reason] = field(default_factory=list)
    worth: LineAnswer = PLAIN


def said_of(line: CaseLine) -> tuple[Said, ...]:
    """What the rules say of the goods as they lie there: whatever is agreed to or taken for them, it is the same."""
    said: list[Said] = []
    for speaks in _RULES:
        speaks(line, said)
    return tuple(said)


def judge(line: CaseLine, said: Sequence[Said]) -> Judged:
    """What was said of the line with what somebody agreed to, and what is asked behind it."""
    judged = Judged()
    for one in said:
        judged.reasons.append(one.reason)
        if one.pays and not agreed(line, one.reason):
            judged.worth = LineAnswer(one.lowest_since or judged.worth.lowest_since, one.pays)
    for speaks in _BEHIND:
        speaks(line, judged)
    return judged


def answered(rule: Rule, answer: Answer, code: Code, line: CaseLine, **known: object) -> Reason:
    """A reason as the rule's answer has it."""
    facts = {"item": line.name}
    given = known.pop("facts", None)
    if isinstance(given, dict):
        facts |= given
    effect, remedy, overridable = Effect.REFUSES, known.get("remedy"), rule.override is not None
    if answer is Answer.MANAGER:
        effect, overridable = Effect.APPROVAL, True
    elif answer in EXCHANGES:
        effect = Effect.EXCHANGE_ONLY
        instead, remedy_code = EXCHANGES[answer]
        facts["exchange"] = instead
        remedy = remedy or Remedy(remedy_code, {}, {"exchange": True})
    elif answer in {Answer.STORE_CREDIT, Answer.LOWEST}:
        effect = Effect.TENDER
    return Reason(
        code,
        effect,
        rule.id,
        line=line.number,
        overridable=overridable,
        value=known.get("value"),
        limit=known.get("limit"),
        facts=facts,
        remedy=remedy if isinstance(remedy, Remedy) else None,
        role=rule.override or "",
        words=rule.words,
    )


def chosen(kind: type[R], line: CaseLine) -> tuple[R | None, tuple[str, ...]]:
    """The one rule of a kind that speaks for the line, and those it goes before."""
    fitting = line.rules.of(kind)
    if len(fitting) < 2:
        return (fitting[0] if fitting else None), ()
    best = most_specific(fitting)
    return best, tuple(rule.id for rule in fitting if rule is not best)


def _say(
    said: list[Said], reason: Reason, answer: Answer, before: Sequence[str] = (), lowest_since: date | None = None
) -> None:
    """Keep the reason, and what its answer means for the line's worth."""
    credit = answer in {Answer.STORE_CREDIT, Answer.LOWEST}
    said.append(Said(_before(reason, before), STORE_CREDIT if credit else "", lowest_since))


def _before(reason: Reason, before: Sequence[str]) -> Reason:
    """The reason, which tells the rules its own goes before."""
    return replace(reason, facts={**reason.facts, "before": tuple(before)}) if before else reason


def agreed(line: CaseLine, reason: Reason) -> bool:
    """Whether somebody who may has said that this stands in nobody's way."""
    yes = line.case.agreed
    return yes is not None and reason.overridable and reason.code.value in yes.codes


def calendar_of(purchase: Purchase, holidays: frozenset[date]) -> Calendar:
    return Calendar(purchase.day, purchase.delivered, holidays, purchase.first_sold)


def _window(line: CaseLine, said: list[Said]) -> None:
    purchase = line.case.purchase
    if purchase is None:
        return
    calendar = calendar_of(purchase, line.case.holidays)
    for standing in standings(line.rules, calendar, line.case.today):
        if standing.answer is not None and standing.last is not None:
            _late(line, standing, standing.answer, standing.last, said)


def _late(line: CaseLine, standing: Standing, answer: Answer, last: date, said: list[Said]) -> None:
    credit = answer in {Answer.STORE_CREDIT, Answer.LOWEST}
    reason = answered(
        standing.rule,
        answer,
        Code.LATE_STORE_CREDIT if credit else Code.WINDOW_EXPIRED,
        line,
        value=(line.case.today - standing.begins).days,
        limit=(last - standing.begins).days,
        facts={"last": last},
    )
    since = None
    if answer is Answer.LOWEST:
        look_back = standing.step.look_back if standing.step is not None else None
        since = standing.begins if look_back is None else line.case.today - timedelta(days=look_back)
    _say(said, reason, answer, standing.before, since)


def _final_sale(line: CaseLine, said: list[Said]) -> None:
    final = (line.sold.terms if line.sold is not None else line.goods.terms if line.goods else None) or None
    for rule in line.rules.of(FinalSale):
        scope = rule.scope
        by_goods = bool(scope.items or scope.categories or scope.families or scope.flags)
        if by_goods or (final is not None and final.final_sale):
            _say(said, answered(rule, rule.answer, Code.FINAL_SALE, line), rule.answer)


def _kinds_of_goods(line: CaseLine, said: list[Said]) -> None:
    """Kinds that only have their scope and an answer; all that fit speak."""
    for kind, code in _OF_SCOPE:
        for rule in line.rules.of(kind):
            _say(said, answered(rule, rule.answer, code, line), rule.answer)


def _condition(line: CaseLine, said: list[Said]) -> None:
    rule, before = chosen(ConditionRule, line)
    state = line.asked.condition
    if rule is None or state in rule.accept:
        return
    if not state:
        if rule.noted:
            change = {"place": line.place, "condition": min(rule.accept, default="")}
            remedy = Remedy("NOTE_CONDITION", {}, change)
            reason = answered(rule, Answer.DENY, Code.CONDITION_UNKNOWN, line, remedy=remedy)
            _say(said, reason, Answer.DENY, before)
        return
    code = Code.OPENED_NOT_RETURNABLE if state == Condition.OPENED else Code.CONDITION_NOT_ACCEPTED
    limit = ", ".join(sorted(rule.accept))
    reason = answered(rule, rule.answer, code, line, value=state, limit=limit, facts={"condition": state})
    _say(said, reason, rule.answer, before)


def _proof(line: CaseLine, said: list[Said]) -> None:
    shown = line.case.request.shown_by
    rule, before = chosen(ProofRule, line)
    if line.case.purchase is None or rule is None or shown.value in rule.accept:
        return
    proofs = tuple(sorted(rule.accept))
    change = {"shown_by": "receipt" if "receipt" in proofs else proofs[0] if proofs else ""}
    remedy = Remedy("SHOW_PROOF", {"proofs": proofs}, change) if rule.answer is Answer.DENY and proofs else None
    reason = answered(
        rule,
        rule.answer,
        Code.RECEIPT_REQUIRED,
        line,
        value=shown.value,
        limit=", ".join(proofs),
        facts={"proofs": proofs},
        remedy=remedy,
    )
    _say(said, reason, rule.answer, before)


def _no_receipt(line: CaseLine, said: list[Said]) -> None:
    """Goods of no known sale: only where a rule takes them, and its limits are the whole return's."""
    if line.case.purchase is not None:
        return
    rule, _ = chosen(NoReceipt, line)
    if rule is None:
        refused = Reason(Code.NO_RECEIPT, Effect.REFUSES, "no_receipt", line=line.number, facts={"item": line.name})
        _say(said, refused, Answer.DENY)


def _missing_code(line: CaseLine, said: list[Said]) -> None:
    rule, before = chosen(MissingCode, line)
    if rule is not None and line.asked.code_missing:
        _say(said, answered(rule, rule.answer, Code.MISSING_UPC, line), rule.answer, before)


def _missing_parts(line: CaseLine, said: list[Said]) -> None:
    rule, before = chosen(MissingParts, line)
    if rule is None or not line.asked.missing:
        return
    priced = line.rules.of(MissingPart)
    missing = tuple(
        part for part in line.asked.missing if not any(part in one.parts or not one.parts for one in priced)
    )
    if missing:
        kept = tuple(part for part in line.asked.missing if part not in missing)
        remedy = Remedy("BRING_PARTS", {"parts": missing}, {"place": line.place, "missing": kept})
        reason = answered(
            rule,
            rule.answer,
            Code.MISSING_PARTS,
            line,
            value=", ".join(missing),
            facts={"parts": missing},
            remedy=remedy,
        )
        _say(said, reason, rule.answer, before)


def _questions(line: CaseLine, said: list[Said]) -> None:
    for rule in line.rules.of(Question):
        answer = line.fact(rule.ask)
        if _wanted(answer, rule.wanted):
            continue
        change = {"place": line.place, "facts": {rule.ask: min(rule.wanted)}}
        remedy = None if answer else Remedy("ANSWER", {"question": rule.ask}, change)
        facts = {"question": rule.ask, "answer": answer or "—"}
        reason = answered(
            rule,
            rule.answer,
            Code.ANSWER_NOT_ACCEPTED,
            line,
            value=answer,
            limit=", ".join(sorted(rule.wanted)),
            facts=facts,
            remedy=remedy,
        )
        _say(said, reason, rule.answer)


def _exchange_limit(line: CaseLine, judged: Judged) -> None:
    """How often and how long a unit is exchanged: asked where an exchange is wanted or all that is left."""
    rule, before = chosen(ExchangeLimit, line)
    purchase, sold = line.case.purchase, line.sold
    if rule is None or purchase is None or sold is None:
        return
    only = any(reason.effect is Effect.EXCHANGE_ONLY and not agreed(line, reason) for reason in judged.reasons)
    if not (line.case.request.exchange or only):
        return
    age = (line.case.today - purchase.day).days
    facts: dict[str, object] = {"count": sold.exchanged}
    if rule.times is not None and sold.exchanged >= rule.times:
        facts["limit"] = rule.times
        reason = answered(
            rule, Answer.DENY, Code.EXCHANGE_LIMIT, line, value=sold.exchanged, limit=rule.times, facts=facts
        )
        judged.reasons.append(_before(reason, before))
    elif rule.days is not None and age > rule.days:
        facts = {"last": purchase.day + timedelta(days=rule.days)}
        reason = answered(rule, Answer.DENY, Code.WINDOW_EXPIRED, line, value=age, limit=rule.days, facts=facts)
        judged.reasons.append(_before(reason, before))


def _going_out(line: CaseLine, judged: Judged) -> None:
    """What an exchange hands out has to be what the rules allow."""
    new_items = line.case.request.new_items
    if not line.case.request.exchange or new_items is None or line.subject.item in new_items:
        return
    for reason in tuple(judged.reasons):
        if reason.effect is not Effect.EXCHANGE_ONLY or agreed(line, reason):
            continue
        instead = reason.facts.get("exchange")
        if instead == "same_item" or (instead == "same_family" and not _of_family(line, new_items)):
            judged.reasons.append(replace(reason, code=Code.EXCHANGE_ONLY, effect=Effect.REFUSES, remedy=None))


def _of_family(line: CaseLine, items: Sequence[str]) -> bool:
    known = [line.case.goods[item] for item in items if item in line.case.goods]
    return any(one.terms.family == line.subject.family != "" for one in known)


def _wanted(said: str, wanted: frozenset[str]) -> bool:
    """Whether an answer is one that is fine. None is not: nobody has asked yet."""
    plain = said.strip().lower()
    no = plain in _NO and not wanted.isdisjoint(_NO)
    return bool(plain) and (said in wanted or no or (is_yes(said) and bool(wanted & {"yes", "true"})))


def conditions_named(policy: Policy) -> Iterator[str]:
    """The states of goods a policy speaks of, beside those every shop knows."""
    known = {state.value for state in Condition}
    named = {one for rule in policy.of(ConditionRule) for one in rule.accept}
    named |= {one for rule in policy.rules for one in (*rule.scope.conditions, *rule.scope.not_conditions)}
    yield from sorted(named - known)


_OF_SCOPE: tuple[tuple[type[NonReturnable | NoReturn | OtherSeller | ExchangeOnly], Code], ...] = (
    (NonReturnable, Code.NON_RETURNABLE_CATEGORY),
    (NoReturn, Code.NO_RETURN_RIGHT),
    (OtherSeller, Code.OTHER_SELLER),
    (ExchangeOnly, Code.EXCHANGE_ONLY),
)
_RULES: tuple[Callable[[CaseLine, list[Said]], None], ...] = (
    *(_window, _final_sale, _kinds_of_goods, _condition, _proof, _no_receipt, _missing_code, _missing_parts),
    _questions,
)
# These ask what the others said, and what is taken for the goods.
_BEHIND: tuple[Callable[[CaseLine, Judged], None], ...] = (_exchange_limit, _going_out)
