"""Whether goods come back: every rule is asked, every reason kept, and nothing is looked up or written.

`decide` is the one call. Hard stops first, then the policy, then the law, which the policy never undercuts; then the
money. What somebody agreed to (`case.agreed`) is no longer in the way, hard stops always are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from pos.domain.policy_rule import Policy
from pos.domain.purchase import Purchase, PurchaseLine
from pos.domain.return_case import Agreed, ReturnCase
from pos.domain.return_decision import Amounts, ApprovalNeeded, Decision, Reason, Remedy, Verdict
from pos.domain.return_floors import rights_without_reason
from pos.domain.return_judging import calendar_of, judge, said_of
from pos.domain.return_line import in_full, lines_of
from pos.domain.return_options import recommended_of, ways_to_agree
from pos.domain.return_remedies import changed
from pos.domain.return_request import Condition, LineAsked, ReturnRequest, ShownBy
from pos.domain.return_round import SEVERITY, Round, verdict_of
from pos.domain.return_rules import Question
from pos.domain.return_verdict import judge_round
from pos.domain.return_windows import last_day
from pos.domain.shop import CashRounding

# A yes may lead to what needs the next one (the sum of all lines is above a limit); it ends soon.
_YES_ROUNDS = 4
_TRIALS_MOST = 6
_MILDEST = (Verdict.ALLOWED, Verdict.PARTIAL, *(verdict for verdict in SEVERITY[1:] if verdict is not Verdict.PARTIAL))


def decide(case: ReturnCase, policy: Policy) -> Decision:
    """The whole answer to the case under one version of the policy."""
    case = in_full(case)
    judged = judge_round(case, policy)
    if_approved, needed = _with_yes(judged)
    reasons = _tried(judged)
    return Decision(
        verdict=judged.verdict,
        reasons=reasons,
        now=_with_reasons(judged, reasons),
        policy=policy.name,
        version=policy.version,
        if_approved=if_approved,
        approvals_needed=needed,
        exchange=_exchange(reasons),
        claim=next((one.claim for one in judged.lines if one.claim), ()),
    )


def better(one: Decision, other: Decision) -> Decision:
    """Whichever is better for the customer, the first where both are as good."""
    return min(one, other, key=lambda each: (_mildness(each.verdict), -each.now.refund))


def last_return_day(
    purchase: Purchase,
    line: PurchaseLine,
    policy: Policy,
    *,
    holidays: frozenset[date] = frozenset(),
) -> date | None:
    """The last day on which this line, unopened and with its receipt, comes back as it was paid.

    The sale's receipt prints it. None where no window ends, or where the line does not come back at all.
    """
    case = _on_the_day_of_sale(purchase, line, policy, holidays)
    (asked,) = lines_of(case, policy)
    if verdict_of(judge(asked, said_of(asked)).reasons) is not Verdict.ALLOWED:
        return None
    ends = last_day(asked.rules, calendar_of(purchase, holidays))
    rights = rights_without_reason(purchase, asked.subject, policy.posted_since, holidays)
    return None if ends is None else max([ends, *(right.last for right in rights)])


# --- With somebody's yes ----------------------------------------------------------------------------------------------


def _with_yes(judged: Round) -> tuple[Amounts | None, tuple[ApprovalNeeded, ...]]:
    """What it comes to with every yes it takes, and those; None where no yes brings more."""
    approved, waiting = _approved(judged)
    return (None, ()) if approved is None else (approved.amounts(), tuple(_needed(judged, approved, waiting)))


def _approved(judged: Round) -> tuple[Round | None, list[Reason]]:
    """The same with every yes it takes, and the reasons for them; None where no yes brings more."""
    case = judged.case
    before = case.agreed or Agreed(frozenset())
    codes: frozenset[str] = frozenset()
    waiting: list[Reason] = []
    found = judged
    for _ in range(_YES_ROUNDS):
        more = [reason for reason in _waiting(found) if reason.code.value not in codes]
        if not more:
            break
        waiting += more
        codes |= {reason.code.value for reason in more}
        with_yes = replace(case, agreed=replace(before, codes=before.codes | codes))
        found = judge_round(with_yes, judged.policy, like=judged, every_reason=False)
    more_lines = len(found.allowed) > len(judged.allowed)
    if found is judged or not (more_lines or (found.pays and not judged.pays)):
        return None, []
    return found, waiting


def _waiting(judged: Round) -> Iterator[Reason]:
    """What stands in the way and somebody could agree to."""
    for reason in judged.reasons:
        if reason.stands_in_the_way and reason.overridable:
            yield reason


def _needed(judged: Round, approved: Round, waiting: list[Reason]) -> Iterator[ApprovalNeeded]:
    """Every yes it takes, with what each option comes to."""
    of_plan = {one.code: one for one in (*judged.with_yes.approvals_needed, *judged.planned.approvals_needed)}
    ways = ways_to_agree(judged, approved, waiting)
    done: set[tuple[str, int]] = set()
    helped = {judged.lines[place].line.number for place in approved.allowed} | {0}
    for reason in waiting:
        key = (reason.code.value, reason.line)
        if key in done or reason.line not in helped or reason.code.value == "WHOLE_ONLY":
            continue
        done.add(key)
        planned = of_plan.get(reason.code)
        if planned is not None:
            yield replace(planned, recommended=recommended_of(planned.options))
            continue
        yield ApprovalNeeded(
            reason.code, reason.line, reason.role, reason.value, reason.limit, ways.options, ways.recommended
        )


# --- Remedies ---------------------------------------------------------------------------------------------------------


def _tried(judged: Round) -> tuple[Reason, ...]:
    """Every reason, with its remedy only where that really makes it milder."""
    reasons = judged.reasons
    offered = [one for one in reasons if one.remedy is not None and one.stands_in_the_way]
    works: dict[int, bool] = {}
    # Alone, where a line that waits holds up all the others.
    alone = [[one] for one in offered[:_TRIALS_MOST]]
    for together in alone if judged.case.request.whole else _rounds(offered):
        after = _after(judged, [one.remedy for one in together if one.remedy is not None])
        works |= {id(one): _milder(judged, after, one) for one in together}
    return tuple(one if one.remedy is None or works.get(id(one)) else replace(one, remedy=None) for one in reasons)


def _rounds(offered: list[Reason]) -> Iterator[list[Reason]]:
    """Remedies that can be tried at once: of different lines, or the very same change of the request."""
    rounds: list[tuple[list[object], list[Reason]]] = []
    for reason in offered:
        change = reason.remedy.change if reason.remedy is not None else {}
        place = change.get("place")
        for keys, together in rounds:
            of_lines = all(isinstance(key, int) for key in keys)
            if (place is not None and of_lines and place not in keys) or (place is None and keys == [change]):
                keys.append(place) if place is not None else None
                together.append(reason)
                break
        else:
            rounds.append(([change if place is None else place], [reason]))
    yield from (together for _, together in rounds[:_TRIALS_MOST])


def _after(judged: Round, remedies: list[Remedy]) -> Round:
    request = judged.case.request
    done: list[Mapping[str, object]] = []
    for remedy in remedies:
        if remedy.change not in done:
            request = changed(request, remedy)
            done.append(remedy.change)
    return judge_round(in_full(replace(judged.case, request=request)), judged.policy, like=judged)


def _milder(before: Round, after: Round, reason: Reason) -> bool:
    """Whether what the reason stood against is better off, and nothing else worse."""
    if len(before.lines) != len(after.lines) or not before.lines:
        return _mildness(after.verdict) < _mildness(before.verdict)
    ranks = [
        (one.line.number, _mildness(one.verdict), _mildness(then.verdict))
        for one, then in zip(before.lines, after.lines, strict=True)
    ]
    meant = [(was, now) for number, was, now in ranks if reason.line in {0, number}]
    return any(now < was for was, now in meant) and all(now <= was for was, now in meant)


def _mildness(verdict: Verdict) -> int:
    """Smaller is better for the customer; a part is better than none."""
    return _MILDEST.index(verdict)


# --- What is told -----------------------------------------------------------------------------------------------------


def _with_reasons(judged: Round, reasons: tuple[Reason, ...]) -> Amounts:
    """The money of the round; its lines tell the reasons with the remedies that work."""
    known = {(one.code, one.rule, one.line, f"{one.value}"): one for one in reasons}
    amounts = judged.amounts()
    lines = tuple(
        replace(
            line,
            reasons=tuple(known.get((one.code, one.rule, one.line, f"{one.value}"), one) for one in line.reasons),
        )
        if line.reasons
        else line
        for line in amounts.lines
    )
    return replace(amounts, lines=lines)


def _exchange(reasons: tuple[Reason, ...]) -> str:
    """What may be taken instead of money: the narrowest that a rule says."""
    said = {str(one.facts["exchange"]) for one in reasons if "exchange" in one.facts and "agreed" not in one.facts}
    return next((one for one in ("same_item", "same_family", "any") if one in said), "")


def _on_the_day_of_sale(
    purchase: Purchase, line: PurchaseLine, policy: Policy, holidays: frozenset[date]
) -> ReturnCase:
    """Unopened, with its receipt, and whatever will be asked is answered well."""
    answers = {rule.ask: min(rule.wanted) for rule in policy.of(Question) if rule.wanted}
    asked = LineAsked(line.line, line.quantity, condition=Condition.UNOPENED, facts=answers)
    return ReturnCase(
        request=ReturnRequest(purchase.id, ShownBy.RECEIPT, (asked,)),
        now=datetime.combine(purchase.day, time(), purchase.at.tzinfo),
        currency=purchase.currency,
        region=purchase.region,
        operator="",
        workstation=0,
        prices_hold_tax=purchase.prices_hold_tax,
        cash_rounding=CashRounding(),
        purchase=purchase,
        holidays=holidays,
    )
