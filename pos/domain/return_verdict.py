"""One round of judging a return: hard stops, all rules, the law, what they come to in money, and what is in the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pos.domain.disposition import usual_destination
from pos.domain.money import Quantity
from pos.domain.policy_rule import Policy
from pos.domain.refund import Planned, plan, plan_exchange
from pos.domain.refusal import Code
from pos.domain.return_case import ReturnCase
from pos.domain.return_counters import goodwill_reasons, whole_reasons
from pos.domain.return_decision import Amounts, Effect, LineDecision, Reason, Remedy, Verdict
from pos.domain.return_floors import Right, claim_for_defect, money_at_once, right_of_return
from pos.domain.return_judging import STORE_CREDIT, judge
from pos.domain.return_line import CaseLine, lines_of
from pos.domain.return_stops import hard_stops, stops_without_goods
from pos.domain.return_value import set_reasons, value_of
from pos.domain.return_value_rules import DayBand, MissingPart, Rebate, RestockingFee
from pos.domain.valued_line import LineAnswer, ValuedLine, ValuedLines

# The mildest first.
SEVERITY = tuple(Verdict)
_IN_THE_WAY = {
    Effect.APPROVAL: Verdict.NEEDS_APPROVAL,
    Effect.EXCHANGE_ONLY: Verdict.EXCHANGE_ONLY,
    Effect.CLAIM: Verdict.STATUTORY_CLAIM,
}
_NOTHING = ValuedLine(0, 0, "", Quantity(0))
_STANDING = frozenset({Effect.REFUSES, *_IN_THE_WAY})
_KEEPING = (RestockingFee, DayBand, MissingPart, Rebate)
_OF_VERDICT = {
    Verdict.NEEDS_APPROVAL: Effect.APPROVAL,
    Verdict.EXCHANGE_ONLY: Effect.EXCHANGE_ONLY,
}


@dataclass(slots=True)
class LineJudged:
    """What is said of one line. `stopped`: a hard stop; `lawful`: the law gives the right to return it today; `defect`:
    the law answers for its defect, and `claim` are the remedies where that is the answer.
    """

    line: CaseLine
    reasons: list[Reason] = field(default_factory=list)
    worth: LineAnswer = field(default_factory=LineAnswer)
    stopped: bool = False
    lawful: bool = False
    defect: Right | None = None
    claim: tuple[str, ...] = ()
    _known: tuple[list[Reason] | None, int, Verdict] = (None, 0, Verdict.ALLOWED)

    @property
    def verdict(self) -> Verdict:
        if self.stopped:
            return Verdict.REFUSED
        # Reasons are only ever added, or put in one's place together.
        known = self._known
        if known[0] is not self.reasons or known[1] != len(self.reasons):
            known = self._known = (self.reasons, len(self.reasons), verdict_of(self.reasons))
        return known[2]


@dataclass(slots=True)
class Round:
    """All that one round found. `whole` are the reasons about all of the return, or about money without goods."""

    case: ReturnCase
    policy: Policy
    lines: list[LineJudged]
    whole: list[Reason] = field(default_factory=list)
    valued: ValuedLines = field(default_factory=ValuedLines)
    planned: Planned = field(default_factory=Planned)

    @property
    def allowed(self) -> tuple[int, ...]:
        """The places of the request that come back now."""
        return tuple(one.line.place for one in self.lines if one.verdict is Verdict.ALLOWED)

    @property
    def verdict(self) -> Verdict:
        if not self.lines:
            return verdict_of(self.whole)
        found = {one.verdict for one in self.lines}
        if len(found) == 1:
            return next(iter(found))
        return Verdict.PARTIAL if Verdict.ALLOWED in found else min(found, key=SEVERITY.index)

    @property
    def pays(self) -> bool:
        """Whether something comes of it now."""
        return bool(self.allowed) or (not self.lines and self.verdict is Verdict.ALLOWED)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All of them, each once: by line, then of the whole."""
        of_lines = (reason for one in self.lines for reason in one.reasons)
        return tuple(_once((*of_lines, *self.whole)))

    def amounts(self) -> Amounts:
        """The money that goes out now, with every line asked for."""
        valued = {one.place: one for one in self.valued.lines} if self.pays else {}
        lines = []
        for one in self.lines:
            line, worth = one.line, valued.get(one.line.place)
            comes = one.verdict is Verdict.ALLOWED
            money = worth if worth is not None and comes else _NOTHING
            decided = LineDecision(
                place=line.place,
                line=line.number,
                item=line.sold.item if line.sold is not None else line.asked.item,
                quantity=line.asked.quantity,
                verdict=one.verdict,
                reasons=tuple(_once((*one.reasons, *(said for said in self.whole if said.line == line.number)))),
                disposition=line.asked.disposition or (usual_destination(line.asked.condition) if comes else ""),
                merchandise=money.merchandise,
                tax=money.tax,
                fee=money.fee,
                fee_tax=money.fee_tax,
                taxes=money.taxes,
                deductions=money.deductions,
            )
            lines.append(decided)
        if not self.pays:
            return Amounts(lines=tuple(lines))
        return Amounts(
            lines=tuple(lines),
            merchandise=self.valued.merchandise,
            tax=self.valued.tax,
            fee=self.valued.fee,
            fee_tax=self.valued.fee_tax,
            deductions=self.valued.all_deductions,
            rounding=self.planned.rounding,
            tenders=self.planned.tenders,
        )


def verdict_of(reasons: Iterable[Reason]) -> Verdict:
    """What these reasons come to: the hardest of them, but a claim of the law goes before the policy's no."""
    found = {_verdict(reason) for reason in reasons if reason.effect in _STANDING}
    if not found:
        return Verdict.ALLOWED
    if Verdict.STATUTORY_CLAIM in found:
        return Verdict.STATUTORY_CLAIM
    return max(found, key=SEVERITY.index)


def judge_round(case: ReturnCase, policy: Policy, *, every_reason: bool = True) -> Round:
    """Judge the case, whose lines are named in full, once. `every_reason`: lines that wait for one thing are asked
    about the whole return too.
    """
    judged = Round(case, policy, [_line(line, policy) for line in lines_of(case)])
    if not judged.lines:
        _money_alone(judged)
        return judged
    waiting = [one for one in judged.lines if one.verdict is not Verdict.ALLOWED]
    _sets(judged)
    _value(judged)
    if judged.allowed:
        _whole_return(judged)
    if every_reason:
        _also_against(judged, waiting)
    if judged.allowed:
        _plan(judged)
    _claims(judged)
    if case.request.whole:
        _all_or_nothing(judged)
    if judged.allowed:
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


def _line(line: CaseLine, policy: Policy) -> LineJudged:
    stops = hard_stops(line)
    judged = judge(line, policy)
    reasons = [yes_to(line.case, reason) for reason in judged.reasons]
    made = LineJudged(line, [*stops, *reasons], judged.worth, stopped=bool(stops))
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
        kept = any(rule.scope.covers(line.subject) for kind in _KEEPING for rule in policy.of(kind))
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
    while judged.allowed:
        found = False
        for reason in set_reasons(judged.case, judged.policy, judged.allowed):
            said = yes_to(judged.case, reason)
            for one in judged.lines:
                if one.line.number == reason.line and one.verdict is Verdict.ALLOWED and not one.lawful:
                    new = said not in one.reasons
                    one.reasons += [said] if new else []
                    found = found or (new and said.stands_in_the_way)
        if not found:
            return


def _value(judged: Round) -> None:
    worth = {one.line.place: one.worth for one in judged.lines}
    judged.valued = value_of(judged.case, judged.policy, judged.allowed, worth)


def _whole_return(judged: Round) -> None:
    """Rules that look at all that would come back; the law asks none of them."""
    allowed = judged.allowed
    coming = [one.line for one in judged.lines if one.line.place in allowed and not one.lawful]
    values = {one.place: one.value for one in judged.valued.lines}
    spoken = whole_reasons(judged.case, judged.policy, coming, lambda: values) if coming else []
    for said in spoken:
        reason = yes_to(judged.case, said.reason)
        _tell(reason, [one for one in judged.lines if one.line.place in said.places])
    if judged.allowed != allowed:
        _value(judged)


def _also_against(judged: Round, waiting: Sequence[LineJudged]) -> None:
    """What would stand against the lines that wait for something else, were all that is asked for to come back."""
    if not any(not one.stopped for one in waiting):
        return
    case, policy = judged.case, judged.policy
    asked = [one for one in judged.lines if not one.stopped]
    places = [one.line.place for one in asked]
    for reason in set_reasons(case, policy, places):
        _tell_once(yes_to(case, reason), [one for one in waiting if one.line.number == reason.line and not one.lawful])

    @cache
    def values() -> dict[int, int]:
        valued = value_of(case, policy, places, {one.line.place: one.worth for one in asked})
        return {one.place: one.value for one in valued.lines}

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
    case, policy, valued = judged.case, judged.policy, judged.valued
    total = case.request.new_total
    exchange = case.request.exchange and total is not None
    judged.planned = plan_exchange(case, policy, valued, total or 0) if exchange else plan(case, policy, valued)
    for reason in judged.planned.reasons:
        said = yes_to(case, reason)
        if said.stands_in_the_way:
            _tell(said, [one for one in judged.lines if one.verdict is Verdict.ALLOWED])
        else:
            judged.whole.append(said)


def _said_of_value(judged: Round) -> list[Reason]:
    allowed = {one.line.number for one in judged.lines if one.verdict is Verdict.ALLOWED}
    return [one for one in judged.valued.all_reasons if one.line in allowed or not one.line]


def _all_or_nothing(judged: Round) -> None:
    waiting = [one for one in judged.lines if one.verdict is not Verdict.ALLOWED]
    going = [one for one in judged.lines if one.verdict is Verdict.ALLOWED]
    if not waiting or not going:
        return
    worst = max((one.verdict for one in waiting), key=SEVERITY.index)
    places = tuple(one.line.place for one in waiting)
    remedy = Remedy("LEAVE_OUT", {"item": ", ".join(one.line.name for one in waiting)}, {"leave_out": places})
    reason = Reason(
        Code.WHOLE_ONLY,
        _OF_VERDICT.get(worst, Effect.REFUSES),
        "whole",
        overridable=worst not in {Verdict.REFUSED, Verdict.STATUTORY_CLAIM},
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
    judged.valued = value_of(case, judged.policy, ())
    judged.whole += judged.valued.all_reasons
    if verdict_of(judged.whole) is Verdict.ALLOWED:
        _plan(judged)
        judged.whole += [said for one in judged.planned.reasons if (said := yes_to(case, one)).stands_in_the_way]


def _verdict(reason: Reason) -> Verdict:
    if reason.effect is Effect.REFUSES:
        return Verdict.REFUSED_OVERRIDABLE if reason.overridable else Verdict.REFUSED
    return _IN_THE_WAY[reason.effect]


def _once(reasons: Iterable[Reason]) -> list[Reason]:
    """Each reason once; those that say the same of the same line are one."""
    seen: set[tuple[Code, str, int, str]] = set()
    kept = []
    for reason in reasons:
        key = (reason.code, reason.rule, reason.line, f"{reason.value}")
        if key not in seen:
            seen.add(key)
            kept.append(reason)
    return kept
