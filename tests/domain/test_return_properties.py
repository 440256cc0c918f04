"""What holds of every decision under every policy: hard stops, the law, remedies that work, rules that decide."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from pos.domain.policy_rule import Policy, Rule, Scope
from pos.domain.purchase import Channel
from pos.domain.refusal import Code
from pos.domain.return_case import Agreed, ReturnCase
from pos.domain.return_decision import Decision, Effect, Verdict
from pos.domain.return_line import in_full, lines_of
from pos.domain.return_remedies import changed
from pos.domain.return_request import Condition, ShownBy
from pos.domain.return_round import SEVERITY
from pos.domain.return_rules import Answer, Approval, IdRule, NonReturnable, NoReceipt, Question, Window
from pos.domain.return_stops import hard_stops
from pos.domain.return_verdict import judge_round
from pos.domain.returning import decide, last_return_day
from tests.domain.policies import RULES, STATES, rule_lists
from tests.domain.purchases import SOLD, asked, bought, case_of, sold
from tests.domain.return_worlds import cases, sales

EVERYTHING = Agreed(frozenset(code.value for code in Code))
# How money goes out is no question of whether it does.
OF_MONEY = {Code.CASH_LIMIT, Code.CARD_UNAVAILABLE, Code.DRAWER_INSUFFICIENT, Code.CHECK_HOLD, Code.TENDER_NOT_ALLOWED}
_MILDEST = (Verdict.ALLOWED, Verdict.PARTIAL, *(one for one in SEVERITY[1:] if one is not Verdict.PARTIAL))


def policy_of(rules: tuple[Rule, ...], posted_since: date | None = SOLD) -> Policy:
    return Policy("House rules", 1, rules, posted_since=posted_since)


def milder(after: Verdict, before: Verdict) -> bool:
    return _MILDEST.index(after) < _MILDEST.index(before)


@given(cases(known=False), RULES)
def test_the_money_adds_up_and_nothing_refused_is_paid(case: ReturnCase, rules: tuple[Rule, ...]) -> None:
    decision = decide(case, policy_of(rules))

    for amounts in (decision.now, decision.if_approved):
        if amounts is None:
            continue
        assert amounts.refund == sum(tender.amount for tender in amounts.tenders)
        assert all(line.value == 0 for line in amounts.lines if line.verdict is not Verdict.ALLOWED)
        assert amounts.refund >= 0
        if case.purchase is not None:
            paid = sum(tender.amount for tender in case.purchase.tenders)
            assert amounts.refund + case.purchase.refunded <= paid
    verdicts = {line.verdict for line in decision.lines}
    if len(verdicts) == 1:
        assert decision.verdict in verdicts
    elif Verdict.ALLOWED in verdicts:
        assert decision.verdict is Verdict.PARTIAL
    assert (decision.verdict in {Verdict.ALLOWED, Verdict.PARTIAL}) or decision.now.refund == 0


@given(cases(known=False), RULES)
def test_no_policy_and_nobody_makes_a_hard_stop_a_yes(case: ReturnCase, rules: tuple[Rule, ...]) -> None:
    stopped = {line.place for line in lines_of(in_full(case)) if hard_stops(line)}
    for agreed in (None, EVERYTHING):
        decision = decide(replace(case, agreed=agreed), policy_of(rules))
        for amounts in (decision.now, decision.if_approved):
            lines = amounts.lines if amounts is not None else ()
            assert all(line.verdict is Verdict.REFUSED for line in lines if line.place in stopped)


@given(cases(), RULES, st.sampled_from(["CZ", "SE", "US-NY"]))
def test_what_the_law_gives_holds_under_every_policy(case: ReturnCase, rules: tuple[Rule, ...], region: str) -> None:
    assert case.purchase is not None
    day = case.purchase.delivered or case.purchase.day
    within = datetime.combine(day, time(12), UTC) + timedelta(days=7)
    channel = Channel.SHOP if region == "US-NY" else Channel.DISTANCE
    lines = tuple(replace(line, condition=Condition.UNOPENED) for line in case.request.lines)
    request = replace(case.request, lines=lines, shown_by=ShownBy.RECEIPT, whole=False)
    case = replace(
        case,
        request=request,
        now=within,
        purchase=replace(case.purchase, region=region, channel=channel),
    )
    decision = decide(case, policy_of(rules, None))

    for line in lines_of(in_full(case)):
        stopped = bool(hard_stops(line))
        custom = region != "US-NY" and "custom" in line.subject.flags
        if not stopped and not custom:
            decided = decision.lines[line.place]
            assert {one.code for one in decided.reasons if one.stands_in_the_way} <= OF_MONEY
            assert (decided.fee, decided.deductions) == (0, ())


@given(cases(), RULES, st.sampled_from(["CZ", "SE"]))
def test_a_defect_within_the_time_of_the_law_is_at_least_a_claim(
    case: ReturnCase, rules: tuple[Rule, ...], region: str
) -> None:
    assert case.purchase is not None
    lines = tuple(replace(line, condition=Condition.DEFECTIVE) for line in case.request.lines)
    late = datetime(2027, 12, 1, 12, tzinfo=UTC)
    case = replace(
        case,
        request=replace(case.request, lines=lines, whole=False),
        now=late,
        purchase=replace(case.purchase, region=region, channel=Channel.SHOP),
    )
    decision = decide(case, policy_of(rules))

    for line in lines_of(in_full(case)):
        verdict = decision.lines[line.place].verdict
        if not hard_stops(line):
            assert verdict not in {Verdict.REFUSED, Verdict.REFUSED_OVERRIDABLE}


@given(cases(known=False), RULES)
def test_every_remedy_that_is_offered_works(case: ReturnCase, rules: tuple[Rule, ...]) -> None:
    policy = policy_of(rules)
    before = decide(case, policy)
    for reason in before.reasons:
        if reason.remedy is None:
            continue
        after = decide(replace(case, request=changed(in_full(case).request, reason.remedy)), policy)
        pairs = list(zip(before.lines, after.lines, strict=False))
        meant = [(was, now) for was, now in pairs if reason.line in {0, was.line}]
        if len(before.lines) != len(after.lines):
            assert milder(after.verdict, before.verdict)
        else:
            assert any(milder(now.verdict, was.verdict) for was, now in meant)


@given(cases(known=False), RULES, st.sampled_from([NonReturnable(id="X"), Approval(id="X"), IdRule(id="X")]))
def test_without_the_rules_that_are_named_the_answer_is_another(
    case: ReturnCase, rules: tuple[Rule, ...], one_more: Rule
) -> None:
    rules = (*rules, one_more)
    decision = decide(case, policy_of(rules))
    deciding = [one for one in decision.reasons if one.stands_in_the_way]
    named = {one.rule for one in deciding} | {
        str(rule) for one in deciding for rule in _names(one.facts.get("before", ()))
    }
    of_policy = {rule.id for rule in rules} & named
    if not all(one.rule in of_policy or one.rule == "whole" for one in deciding) or not of_policy:
        # The law, or a hard stop of another line, decides too.
        return

    # What takes goods without a receipt is a yes with limits: without it there is no yes at all.
    opened = tuple(replace(rule, id_needed=False, limits=()) for rule in rules if isinstance(rule, NoReceipt))
    others = tuple(rule for rule in rules if rule.id not in of_policy and not isinstance(rule, NoReceipt))
    after = decide(case, policy_of((*opened, *others)))

    assert _answer(after) != _answer(decision)


def _names(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _answer(decision: Decision) -> Any:
    return decision.verdict, [(line.verdict, line.value) for line in decision.lines], decision.now.refund


@given(cases(), RULES)
def test_what_is_said_to_be_paid_with_a_yes_is_paid_with_that_yes(case: ReturnCase, rules: tuple[Rule, ...]) -> None:
    policy = policy_of(rules)
    decision = decide(case, policy)
    if decision.if_approved is None:
        assert decision.approvals_needed == ()
        return
    codes = {one.code.value for one in decision.approvals_needed}
    assert codes
    agreed = decide(replace(case, agreed=Agreed(frozenset(codes))), policy)
    assert agreed.now.refund == decision.if_approved.refund
    assert {one.effect for one in agreed.reasons if "agreed" in one.facts} <= {Effect.NOTE}


@given(cases(known=False), RULES, st.data())
def test_a_round_like_another_finds_what_it_finds_alone(
    case: ReturnCase, rules: tuple[Rule, ...], data: st.DataObject
) -> None:
    policy, case = policy_of(rules), in_full(case)
    lines = [
        replace(line, condition=data.draw(st.sampled_from(STATES))) if data.draw(st.booleans()) else line
        for line in case.request.lines[data.draw(st.sampled_from([0, 0, 1])) :]
    ]
    request = replace(
        case.request,
        lines=tuple(lines),
        shown_by=data.draw(st.sampled_from([case.request.shown_by, ShownBy.NONE])),
        exchange=data.draw(st.booleans()),
        facts=data.draw(st.sampled_from([case.request.facts, {"worn": "no"}])),
    )
    other = in_full(replace(case, request=request, agreed=data.draw(st.sampled_from([None, EVERYTHING]))))

    like, alone = judge_round(other, policy, like=judge_round(case, policy)), judge_round(other, policy)

    assert (like.reasons, like.verdict, like.amounts()) == (alone.reasons, alone.verdict, alone.amounts())


def test_an_answer_to_the_whole_request_is_heard_though_its_lines_are_untouched() -> None:
    policy = policy_of((Question(id="Q", ask="worn", wanted=frozenset({"no"}), answer=Answer.DENY),))
    case = in_full(case_of(bought(sold(1, 2000)), asked(1)))
    answered = replace(case, request=replace(case.request, facts={"worn": "no"}))

    before = judge_round(case, policy)

    assert before.verdict is not Verdict.ALLOWED
    assert judge_round(answered, policy, like=before).verdict is Verdict.ALLOWED


def test_nothing_of_a_decision_stays_behind() -> None:
    """A till decides all day: what each leaves is looked through by the collector again and again, and stops a scan."""
    policy = policy_of((Window(id="W", days=30), NonReturnable(id="N", scope=Scope(categories=frozenset({"food"})))))

    def after(decisions: int) -> int:
        for _ in range(decisions):
            decide(case_of(bought(sold(1, 2000), sold(2, 1000, category="food")), asked(1), asked(2)), policy)
        gc.collect()
        return len(gc.get_objects())

    assert after(1) >= after(20)


@given(sales(), rule_lists(of_time=True), st.sampled_from([None, "posted"]))
def test_the_day_on_the_receipt_is_the_engines_last(purchase: Any, rules: tuple[Rule, ...], posted: str | None) -> None:
    policy = policy_of(rules, purchase.day if posted else None)
    line = replace(purchase.lines[0], returned=0, returned_net=0, returned_tax=0)
    purchase = replace(purchase, lines=(line,), refunded=0, cash_exact=0, cash_paid=0)
    last = last_return_day(purchase, line, policy)
    assume(last is not None and last >= purchase.day)
    assert last is not None

    def late(days: int) -> set[Code]:
        now = datetime.combine(last + timedelta(days=days), time(12), UTC)
        one = asked(1, line.quantity.thousandths // 1000, condition="unopened")
        decision = decide(case_of(purchase, one, now=now, region=purchase.region), policy)
        in_the_way = {Effect.REFUSES, Effect.APPROVAL, Effect.EXCHANGE_ONLY, Effect.TENDER}
        said = {one.code for one in decision.reasons if one.effect in in_the_way}
        return said & {Code.WINDOW_EXPIRED, Code.LATE_STORE_CREDIT}

    assert late(0) == set()
    assert late(1)
