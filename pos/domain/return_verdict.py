"""One round of judging a return: hard stops, all rules, the law, what they come to in money, and what is in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pos.domain.money import Money
from pos.domain.policy_rule import Policy, Rule
from pos.domain.refund import Planned, plan, plan_exchange
from pos.domain.refusal import Code
from pos.domain.return_case import ReturnCase
from pos.domain.return_counters import goodwill_reasons, whole_reasons
from pos.domain.return_decision import Effect, Reason, Remedy, Verdict
from pos.domain.return_floors import Right, claim_for_defect, money_at_once, right_of_return
from pos.domain.return_judging import STORE_CREDIT, judge, said_of
from pos.domain.return_line import CaseLine, lines_of
from pos.domain.return_request import WAIVABLE
from pos.domain.return_round import SEVERITY, LineJudged, Round, verdict_of
from pos.domain.return_stops import hard_stops, stops_without_goods
from pos.domain.return_value import set_reasons, value_of_lines
from pos.domain.return_value_rules import DayBand, MissingPart, Rebate, RestockingFee
from pos.domain.valued_line import LineAnswer, ValuedLines

_KEEPING: frozenset[type[Rule]] = frozenset({RestockingFee, DayBand, MissingPart, Rebate})
_COULD_COME = frozenset({Verdict.NEEDS_APPROVAL, Verdict.REFUSED_OVERRIDABLE})
_NOBODYS_YES = frozenset({Verdict.REFUSED, Verdict.STATUTORY_CLAIM})
_OF_VERDICT = {
    Verdict.NEEDS_APPROVAL: Effect.APPROVAL,
    Verdict.EXCHANGE_ONLY: Effect.EXCHANGE_ONLY,
}


def judge_round(case: ReturnCase, policy: Policy, *, like: Round | None = None, every_reason: bool = True) -> Round:
    """Judge the case, whose lines are named in full, once. `every_reason`: lines that wait for one thing are asked
    about the whole return too.

    `like` is a round of the same return that asks for something else or without a yes: what the rules said there of a
    line that is untouched they say again.
    """
    judged = Round(case, policy, _lines(case, policy, () if like is None else like.lines))
    if not judged.lines:
        _money_alone(judged)
        return judged
    if case.request.waive:
        _waiver(judged)
    waiting = [one for one in judged.lines if one.verdict is not Verdict.ALLOWED]
    _sets(judged)
    _value(judged)
    if judged.some_allowed:
        _whole_return(judged)
    if every_reason:
        _also_against(judged, waiting)
        _also_against_the_money(judged)
    if judged.some_allowed:
        _plan(judged)
    _claims(judged)
    if case.request.whole:
        _all_or_nothing(judged)
    if judged.some_allowed:
        judged.whole += _said_of_value(judged)
    return judged


def yes_to(case: ReturnCase, reason: Reason) -> Reason:
    """The reason, as a note where somebody who may has agreed to it."""
    agreed = case.agreed
    if agreed is None or not reason.overridable or reason.code.value not in agreed.codes:
        return reason
    if not reason.stands_in_the_way and reason.effect is not Effect.TENDER:
        return reason
    return replace(reason, effect=Effect.NOTE, facts={**reason.facts, "agreed": True}, remedy=None)


# --- One line ---------------------------------------------------------------------------------------------------------


def _lines(case: ReturnCase, policy: Policy, before: Sequence[LineJudged]) -> list[LineJudged]:
    lines = lines_of(case, policy, [one.line for one in before])
    known = {one.line.place: one for one in before}
    return [_line(line, policy, known.get(line.place)) for line in lines]


def _line(line: CaseLine, policy: Policy, before: LineJudged | None) -> LineJudged:
    stops = hard_stops(line)
    said = before.said if before is not None and line.is_untouched(before.line) else said_of(line)
    judged = judge(line, said)
    reasons = [yes_to(line.case, reason) for reason in judged.reasons]
    made = LineJudged(line, [*stops, *reasons], judged.worth, said, stopped=bool(stops))
    if not stops:
        _law(made, policy)
    if line.case.request.exchange:
        _exchanged(made)
    return made


def _law(made: LineJudged, policy: Policy) -> None:
    """The policy never says less than the law."""
    line = made.line
    right = right_of_return(line, policy.posted_since)
    claim = claim_for_defect(line)
    if claim is not None and right is None and money_at_once(claim):
        right = claim
    if right is not None:
        made.lawful = True
        softer = [_note(reason) if _says_less(reason) else reason for reason in made.reasons]
        kept = line.rules.has_any(_KEEPING)
        if softer != made.reasons or kept:
            softer.append(_of_law(line, right, Effect.NOTE))
        made.reasons, made.worth = softer, LineAnswer(full=True)
    else:
        made.defect = claim


def _claims(judged: Round) -> None:
    """Where the answer would be no, a defect the law answers for is a claim all the same."""
    for one in judged.lines:
        if one.defect is None or one.verdict is Verdict.ALLOWED:
            continue
        refused = one.verdict in {Verdict.REFUSED, Verdict.REFUSED_OVERRIDABLE}
        one.reasons.append(_of_law(one.line, one.defect, Effect.CLAIM if refused else Effect.NOTE))
        one.claim = one.defect.claim if refused else ()


def _exchanged(made: LineJudged) -> None:
    """In an exchange, what allows nothing else is no hindrance; what is left over is no money either."""
    only = any(reason.effect is Effect.EXCHANGE_ONLY for reason in made.reasons)
    if only:
        made.reasons = [_note(one) if one.effect is Effect.EXCHANGE_ONLY else one for one in made.reasons]
        made.worth = replace(made.worth, pays=made.worth.pays or STORE_CREDIT)


def _says_less(reason: Reason) -> bool:
    return reason.stands_in_the_way or reason.effect is Effect.TENDER


def _note(reason: Reason) -> Reason:
    return replace(reason, effect=Effect.NOTE, remedy=None)


def _of_law(line: CaseLine, right: Right, effect: Effect) -> Reason:
    facts = {"item": line.name, "last": right.last}
    return Reason(right.code, effect, right.rule, line=line.number, limit=right.last, facts=facts)


# --- The whole return -------------------------------------------------------------------------------------------------


def _sets(judged: Round) -> None:
    """What was sold as a set, until nothing more falls out of it."""
    while allowed := judged.allowed:
        found = False
        for reason in set_reasons(judged.case, [one.line for one in judged.lines if one.line.place in allowed]):
            said = yes_to(judged.case, reason)
            for one in judged.lines:
                if one.line.number == reason.line and one.verdict is Verdict.ALLOWED and not one.lawful:
                    new = said not in one.reasons
                    one.reasons += [said] if new else []
                    found = found or (new and said.stands_in_the_way)
        if not found:
            return


def _waiver(judged: Round) -> None:
    """What rules keep of lines that come back is asked to be given up: that takes a yes (returns.md 6.7). Where the
    rule lets nobody say it, it is kept all the same.
    """
    _value(judged)
    for worth in judged.valued.lines:
        line = next(one for one in judged.lines if one.line.place == worth.place)
        for kept in worth.reasons:
            rule, amount = judged.policy.rule(kept.rule), kept.facts.get("amount")
            if kept.code in WAIVABLE and isinstance(amount, Money) and rule is not None and rule.override is not None:
                line.reasons.append(_given_up(kept, amount.minor, rule.override))


def _given_up(kept: Reason, amount: int, role: str) -> Reason:
    asked = replace(kept, code=Code.FEE_WAIVER, effect=Effect.APPROVAL, overridable=True, role=role)
    return replace(asked, value=amount, limit=0, remedy=Remedy("KEEP_AS_RULED", {}, {"waive": False}))


def _value(judged: Round) -> None:
    judged.valued = _worth(judged, [one for one in judged.lines if one.verdict is Verdict.ALLOWED])


def _worth(judged: Round, lines: Sequence[LineJudged]) -> ValuedLines:
    """What these lines come to."""
    answers = {one.line.place: one.worth for one in lines}
    return value_of_lines(judged.case, judged.policy, [one.line for one in lines], answers)


def _whole_return(judged: Round) -> None:
    """Rules that look at all that would come back; the law asks none of them."""
    allowed = judged.allowed
    coming = [one.line for one in judged.lines if one.line.place in allowed and not one.lawful]
    values = _money_back(judged.case, judged.valued)
    spoken = whole_reasons(judged.case, judged.policy, coming, lambda: values) if coming else []
    for said in spoken:
        reason = yes_to(judged.case, said.reason)
        _tell(reason, [one for one in judged.lines if one.line.place in said.places])
    if judged.allowed != allowed:
        _value(judged)


def _money_back(case: ReturnCase, valued: ValuedLines) -> dict[int, int]:
    """What goes back for each place, in minor units: nothing for what is replaced even."""
    return {one.place: 0 if case.request.lines[one.place].instead else one.value for one in valued.lines}


def _also_against(judged: Round, waiting: Sequence[LineJudged]) -> None:
    """What would stand against the lines that wait for something else, were all that is asked for to come back."""
    if not any(not one.stopped for one in waiting):
        return
    case, policy = judged.case, judged.policy
    asked = [one for one in judged.lines if not one.stopped]
    for reason in set_reasons(case, [one.line for one in asked]):
        _tell_once(yes_to(case, reason), [one for one in waiting if one.line.number == reason.line and not one.lawful])

    @cache
    def values() -> dict[int, int]:
        return _money_back(case, _worth(judged, asked))

    coming = [one.line for one in asked if not one.lawful]
    for said in whole_reasons(case, policy, coming, values) if coming else ():
        _tell_once(yes_to(case, said.reason), [one for one in waiting if one.line.place in said.places])


def _tell_once(reason: Reason, lines: Sequence[LineJudged]) -> None:
    _tell(reason, [one for one in lines if not one.stopped and reason not in one.reasons])


def _tell(reason: Reason, lines: Sequence[LineJudged]) -> None:
    """A reason of several lines stands against each of them, and is said once."""
    for one in lines:
        one.reasons.append(reason)


def _plan(judged: Round) -> None:
    """Where the money goes; what stands in its way stands in the way of everything."""
    judged.planned = _planned(judged, judged.valued)
    going = [one for one in judged.lines if one.verdict is Verdict.ALLOWED]
    for reason in judged.planned.reasons:
        said = yes_to(judged.case, reason)
        if said.stands_in_the_way:
            _tell(said, going)
        else:
            judged.whole.append(said)


def _planned(judged: Round, valued: ValuedLines) -> Planned:
    case, policy = judged.case, judged.policy
    total = case.request.new_total
    if case.request.exchange and total is not None:
        return plan_exchange(case, policy, valued, total)
    return plan(case, policy, valued)


def _also_against_the_money(judged: Round) -> None:
    """What would stand in the way of the money of lines something else stands against, did they come."""
    coming = [one for one in judged.lines if not one.stopped and one.verdict is not Verdict.EXCHANGE_ONLY]
    waits = [one for one in coming if one.verdict is not Verdict.ALLOWED]
    if not waits:
        return
    judged.with_yes = _planned(judged, _worth(judged, coming))
    for reason in judged.with_yes.reasons:
        said = yes_to(judged.case, reason)
        if said.stands_in_the_way:
            _tell_once(said, waits)


def _said_of_value(judged: Round) -> list[Reason]:
    allowed = {one.line.number for one in judged.lines if one.verdict is Verdict.ALLOWED}
    return [one for one in judged.valued.all_reasons if one.line in allowed or not one.line]


def _all_or_nothing(judged: Round) -> None:
    worst = max((one.verdict for one in judged.lines), key=SEVERITY.index)
    hard = worst in _NOBODYS_YES
    going = [one for one in judged.lines if one.verdict is Verdict.ALLOWED or (hard and one.verdict in _COULD_COME)]
    comes = {one.line.place for one in going}
    waiting = [one for one in judged.lines if one.line.place not in comes]
    if not waiting or not going:
        return
    places = tuple(one.line.place for one in waiting)
    remedy = Remedy("LEAVE_OUT", {"item": ", ".join(one.line.name for one in waiting)}, {"leave_out": places})
    reason = Reason(
        Code.WHOLE_ONLY,
        _OF_VERDICT.get(worst, Effect.REFUSES),
        "whole",
        overridable=not hard,
        remedy=remedy,
    )
    _tell(reason, going)


def _money_alone(judged: Round) -> None:
    """Money without goods, or a request that asks for nothing."""
    case = judged.case
    judged.whole += stops_without_goods(case)
    if verdict_of(judged.whole) is not Verdict.ALLOWED:
        return
    judged.whole += [yes_to(case, said.reason) for said in goodwill_reasons(case, judged.policy)]
    judged.valued = value_of_lines(case, judged.policy, (), {})
    judged.whole += judged.valued.all_reasons
    if verdict_of(judged.whole) is Verdict.ALLOWED:
        _plan(judged)
        judged.whole += [said for one in judged.planned.reasons if (said := yes_to(case, one)).stands_in_the_way]
