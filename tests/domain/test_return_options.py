"""The ways a manager may say yes: all that help, what each comes to, and the one the policy speaks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from pos.domain.policy_rule import Policy, Rule, Scope
from pos.domain.refund_rules import EXCHANGE, CashMost
from pos.domain.refusal import Code
from pos.domain.return_case import Agreed, ReturnCase
from pos.domain.return_decision import Decision, Verdict
from pos.domain.return_rules import (
    Answer,
    Approval,
    ConditionRule,
    ExchangeLimit,
    ExchangeOnly,
    FinalSale,
    Goodwill,
    LateStep,
    NoReceipt,
    Window,
)
from pos.domain.returning import decide
from tests.domain.policies import RULES
from tests.domain.purchases import asked, bought, case_of, goods, paid, policy, sold
from tests.domain.return_worlds import cases

SALE = bought(sold(1, 3000, tax=266, category="home"), tenders=(paid(1, "credit", 3266),))
CASH = replace(SALE, tenders=(paid(1, "cash", 3266),))
LATE = Window(id="W", days=5)
OPENED = {"condition": "opened"}
NO_MONEY = ConditionRule(id="C", accept=frozenset({"unopened"}), answer=Answer.EXCHANGE)
SAID_NO = ConditionRule(id="C", accept=frozenset({"unopened"}))


def house(*rules: Rule) -> Policy:
    return replace(policy(*rules), posted_since=date(2020, 1, 1))


def judged(*rules: Rule, line: dict[str, Any] | None = None, purchase: Any = SALE, **more: Any) -> Decision:
    lines = () if "amount" in more else (asked(1, **(line or {})),)
    return decide(case_of(purchase, *lines, **more), house(*rules))


@pytest.mark.parametrize(
    ("rules", "line", "recommended"),
    [
        # Too late for anything: store credit keeps the money in the shop.
        ((LATE,), {}, "store_credit"),
        ((Window(id="W", days=5, after=(LateStep(Answer.MANAGER),)),), {}, "store_credit"),
        ((FinalSale(id="F", scope=Scope(categories=frozenset({"home"}))),), {}, "store_credit"),
        # What says "other goods only" is no hindrance to other goods.
        ((ExchangeOnly(id="E"),), {}, "exchange"),
        ((NO_MONEY,), OPENED, "exchange"),
        ((NO_MONEY, LATE), OPENED, "exchange"),
        # Somebody has to have seen it: nothing speaks against the money.
        ((Approval(id="A"),), {}, "as_asked"),
        ((Approval(id="A", above=1000),), {}, "as_asked"),
        ((Approval(id="A"), LATE), {}, "store_credit"),
        ((SAID_NO, LATE), OPENED, "store_credit"),
    ],
)
def test_the_way_that_goes_past_the_fewest_rules_is_recommended(
    rules: tuple[Rule, ...], line: dict[str, Any], recommended: str
) -> None:
    decision = judged(*rules, line=line)
    for needed in decision.approvals_needed:
        assert needed.recommended == recommended
        assert dict(needed.options) == {"as_asked": 3266, "store_credit": 3266, "exchange": 3266}
    assert decision.approvals_needed


def test_a_rule_about_money_recommends_its_own_way() -> None:
    decision = judged(CashMost(id="M", most=1000, instead="mailed_check", override="manager"), purchase=CASH)
    (needed,) = decision.approvals_needed
    assert (needed.options[0][0], needed.recommended) == ("as_asked", "mailed_check")


def test_what_does_not_help_is_not_offered() -> None:
    once = ExchangeLimit(id="X", times=0, override=None)
    (needed,) = judged(LATE, once).approvals_needed
    assert dict(needed.options) == {"as_asked": 3266, "store_credit": 3266}
    no_receipt = NoReceipt(id="N", id_needed=False)
    nothing_known = case_of(None, asked(item="CUP"), goods={"CUP": goods("CUP", 2000)})
    decision = decide(nothing_known, house(no_receipt, Approval(id="A")))
    # Without a purchase it is store credit anyhow: no option of its own.
    assert [name for name, _ in decision.approvals_needed[0].options] == ["as_asked", "exchange"]
    exchanging = decide(
        replace(nothing_known, request=replace(nothing_known.request, exchange=True)),
        house(no_receipt, Approval(id="A")),
    )
    assert [name for name, _ in exchanging.approvals_needed[0].options] == ["as_asked"]


@given(cases(), RULES)
def test_every_way_that_is_offered_can_be_agreed_to(case: ReturnCase, rules: tuple[Rule, ...]) -> None:
    rules_of_shop = Policy("House rules", 1, rules)
    decision = decide(case, rules_of_shop)
    if decision.if_approved is None or case.agreed is not None:
        return
    codes = frozenset(one.code.value for one in decision.approvals_needed)
    for needed in decision.approvals_needed:
        assert needed.recommended in dict(needed.options)
        for name, amount in needed.options:
            if name != EXCHANGE:
                continue
            swap = replace(case, request=replace(case.request, exchange=True, refund_to="", send_to=()))
            done = decide(replace(swap, agreed=Agreed(codes, EXCHANGE)), rules_of_shop)
            allowed = {one.place for one in decision.if_approved.lines if one.verdict == "allowed"}
            assert allowed <= {one.place for one in done.now.lines if one.verdict == "allowed"}
            assert amount > 0


def test_days_go_by_and_the_recommendation_with_them() -> None:
    """Money until day 5, store credit until day 15, then whatever goes past the fewest rules."""
    window = Window(id="W", days=5, after=(LateStep(Answer.STORE_CREDIT, 15),))
    case = case_of(SALE, asked(1))
    assert case.purchase is not None
    sold_at = case.now.replace(year=case.purchase.day.year, month=case.purchase.day.month, day=case.purchase.day.day)
    within = [decide(replace(case, now=sold_at + timedelta(days=days)), house(window)) for days in (5, 15, 16)]
    assert [bool(one.approvals_needed) for one in within] == [False, False, True]
    assert within[1].now.tenders[0].kind == "store_credit"
    assert within[2].approvals_needed[0].recommended == "store_credit"


def test_money_without_goods_counts_what_was_given_so_before() -> None:
    rule = Goodwill(id="G", most=500)
    given = replace(SALE, goodwill=400, refunded=400)
    assert judged(rule, purchase=given, amount=100).verdict is Verdict.ALLOWED
    beyond = judged(rule, purchase=given, amount=101)
    (reason,) = beyond.reasons
    assert (reason.code, reason.value, reason.limit, reason.remaining) == (Code.GOODWILL_LIMIT, 501, 500, 100)
    assert reason.remedy is not None
    assert reason.remedy.change == {"amount": 100}
    (needed,) = beyond.approvals_needed
    assert (dict(needed.options), needed.recommended) == ({"as_asked": 101, "store_credit": 101}, "as_asked")
    training = judged(rule, purchase=replace(SALE, training=True), amount=100)
    assert [one.code for one in training.reasons] == [Code.RECEIPT_OF_TRAINING]
