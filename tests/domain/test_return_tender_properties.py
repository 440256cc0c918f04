"""What holds of every decision, whatever the sale was paid with and however the money is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given

from pos.domain.policy_rule import Rule
from pos.domain.return_case import Agreed, ReturnCase
from pos.domain.return_decision import Decision, Verdict
from pos.domain.return_line import in_full
from pos.domain.return_remedies import changed
from pos.domain.returning import decide
from tests.domain.policies import RULES
from tests.domain.return_worlds import paid_otherwise
from tests.domain.test_return_properties import milder, policy_of


@given(paid_otherwise(), RULES)
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


@given(paid_otherwise(), RULES)
def test_without_the_rules_that_are_named_the_answer_is_another(case: ReturnCase, rules: tuple[Rule, ...]) -> None:
    decision = decide(case, policy_of(rules))
    deciding = [one for one in decision.reasons if one.stands_in_the_way]
    of_policy = {rule.id for rule in rules} & named_by(decision)
    if not of_policy or any(one.rule not in of_policy and one.rule != "whole" for one in deciding):
        # The law, the program's own rule or a hard stop decides too.
        return

    after = decide(case, policy_of(tuple(rule for rule in rules if rule.id not in of_policy)))

    assert answer(after) != answer(decision)


@given(paid_otherwise(), RULES)
def test_what_is_said_to_be_paid_with_a_yes_is_paid_with_that_yes(case: ReturnCase, rules: tuple[Rule, ...]) -> None:
    policy = policy_of(rules)
    decision = decide(case, policy)
    if decision.if_approved is None:
        assert decision.approvals_needed == ()
        return
    codes = frozenset(one.code.value for one in decision.approvals_needed)
    agreed = decide(replace(case, agreed=Agreed(codes)), policy)
    assert agreed.now.refund == decision.if_approved.refund


@given(paid_otherwise(), RULES)
def test_a_line_somebody_may_say_yes_to_is_one_a_yes_helps(case: ReturnCase, rules: tuple[Rule, ...]) -> None:
    decision = decide(case, policy_of(rules))
    if decision.if_approved is None:
        asks = {Verdict.NEEDS_APPROVAL, Verdict.REFUSED_OVERRIDABLE}
        assert not asks & {line.verdict for line in decision.lines}, "nobody's yes would bring anything"


def named_by(decision: Decision) -> set[str]:
    """Every rule a decision names as standing in the way, those it goes before too."""
    found: set[str] = set()
    for one in decision.reasons:
        if one.stands_in_the_way:
            before = one.facts.get("before", ())
            found |= {one.rule, *(before if isinstance(before, tuple) else ())}
    return found


def answer(decision: Decision) -> Any:
    tenders = [(one.kind, one.amount) for one in decision.now.tenders]
    return decision.verdict, [(line.verdict, line.value) for line in decision.lines], tenders
