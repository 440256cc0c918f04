"""What the law gives: rules that were not posted, sales at a distance, goods with a defect."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pos.domain.policy_rule import Rule
from pos.domain.purchase import Channel
from pos.domain.refusal import Code
from pos.domain.return_decision import Decision, Effect, Verdict
from pos.domain.return_floors import REMEDIES_OF_LAW, months_on
from pos.domain.return_request import ShownBy
from pos.domain.return_rules import Answer, FinalSale, LateStep, Window
from pos.domain.return_value_rules import RestockingFee
from pos.domain.returning import decide
from tests.domain.purchases import asked, bought, case_of, paid, policy, sold

NEVER = (FinalSale(id="F", override=None), Window(id="W", days=0, override=None))


def at(region: str, day: date, *rules: Rule, line: dict[str, Any] | None = None, **more: Any) -> Decision:
    """What becomes of a kettle sold on Saturday 2026-01-10, on that day, under rules that say no."""
    flags, channel = more.pop("flags", ()), more.pop("channel", Channel.SHOP)
    category, delivered = more.pop("category", "home"), more.pop("delivered", None)
    purchase = bought(
        sold(1, 10_000, tax=800, category=category, flags=flags),
        tenders=(paid(1, "credit", 10_800),),
        region=region,
        channel=channel,
        delivered=delivered,
    )
    now, posted = datetime(day.year, day.month, day.day, 12, tzinfo=UTC), more.pop("posted_since", None)
    case = case_of(purchase, asked(1, **(line or {})), now=now, region=region, **more)
    return decide(case, replace(policy(*(rules or NEVER)), posted_since=posted))


@pytest.mark.parametrize(
    ("region", "last", "states", "excluded"),
    [
        ("US-NY", date(2026, 2, 9), ("unopened", "opened"), ()),
        ("US-CA", date(2026, 2, 9), ("unopened", "opened"), ("food", "custom", "as_is")),
        ("US-FL", date(2026, 1, 17), ("unopened",), ("food", "perishable", "custom")),
        ("US-CT", date(2026, 1, 17), ("unopened",), ("custom", "as_is")),
    ],
)
def test_rules_that_were_not_posted(
    region: str, last: date, states: tuple[str, ...], excluded: tuple[str, ...]
) -> None:
    for state in ("unopened", "opened", "worn"):
        decision = at(region, last, line={"condition": state})
        assert (decision.verdict is Verdict.ALLOWED) is (state in states)
    allowed = at(region, last)
    reason = next(one for one in allowed.reasons if one.code is Code.STATUTORY_NO_POSTING)
    assert (reason.rule, reason.limit, reason.effect) == (f"law.{region}.posting", last, Effect.NOTE)
    assert at(region, date.fromordinal(last.toordinal() + 1)).verdict is Verdict.REFUSED
    assert at(region, last, posted_since=date(2026, 1, 10)).verdict is Verdict.REFUSED
    assert at(region, last, posted_since=date(2026, 1, 11)).verdict is Verdict.ALLOWED
    assert at(region, last, shown_by=ShownBy.NONE).verdict is Verdict.REFUSED
    for word in excluded:
        assert at(region, last, flags=(word,)).verdict is Verdict.REFUSED
        assert at(region, last, category=word).verdict is Verdict.REFUSED


@pytest.mark.parametrize("region", ["CZ", "SE", "DE", "ES-MD"])
def test_fourteen_days_from_the_day_after_the_goods_came_at_a_distance(region: str) -> None:
    def of(day: date, **more: Any) -> Verdict:
        return at(region, day, channel=Channel.DISTANCE, **more).verdict

    # Delivered on Wednesday 14th: to Wednesday 28th. Sold on Saturday 10th: Saturday 24th moves to Monday.
    assert of(date(2026, 1, 28), delivered=date(2026, 1, 14)) is Verdict.ALLOWED
    assert of(date(2026, 1, 29), delivered=date(2026, 1, 14)) is Verdict.REFUSED
    assert of(date(2026, 1, 26)) is Verdict.ALLOWED
    assert of(date(2026, 1, 27)) is Verdict.REFUSED
    assert of(date(2026, 1, 27), holidays=frozenset({date(2026, 1, 26)})) is Verdict.ALLOWED
    assert of(date(2026, 1, 20), flags=("custom",)) is Verdict.REFUSED
    assert of(date(2026, 1, 20), flags=("hygiene",)) is Verdict.ALLOWED
    assert of(date(2026, 1, 20), flags=("hygiene",), line={"condition": "opened"}) is Verdict.REFUSED
    assert at(region, date(2026, 1, 20)).verdict is Verdict.REFUSED


def test_by_law_the_full_price_goes_back_the_way_it_was_paid() -> None:
    late = Window(id="W", days=0, after=(LateStep(Answer.STORE_CREDIT),))
    fee = RestockingFee(id="F", percent_millionths=150_000)

    lawful = at("CZ", date(2026, 1, 20), late, fee, channel=Channel.DISTANCE)
    in_a_shop = at("CZ", date(2026, 1, 20), late, fee)

    assert [(one.kind, one.amount) for one in lawful.now.tenders] == [("credit", 10_800)]
    assert Code.STATUTORY_WITHDRAWAL in [one.code for one in lawful.reasons]
    assert [(one.kind, one.amount) for one in in_a_shop.now.tenders] == [("store_credit", 9_300)]


DEFECT = {"condition": "defective"}


@pytest.mark.parametrize(
    ("region", "last"),
    [("CZ", date(2028, 1, 10)), ("DE", date(2028, 1, 10)), ("SE", date(2029, 1, 10)), ("ES", date(2029, 1, 10))],
)
def test_for_a_defect_the_shop_answers_for_years(region: str, last: date) -> None:
    claim = at(region, last, line=DEFECT)

    assert (claim.verdict, claim.claim, claim.now.refund) == (Verdict.STATUTORY_CLAIM, REMEDIES_OF_LAW, 0)
    assert next(one for one in claim.reasons if one.effect is Effect.CLAIM).code is Code.STATUTORY_DEFECT
    assert at(region, last, line={"reason": "statutory_claim"}).verdict is Verdict.STATUTORY_CLAIM
    assert at(region, last, line=DEFECT, shown_by=ShownBy.NONE).verdict is Verdict.STATUTORY_CLAIM
    assert at(region, date.fromordinal(last.toordinal() + 1), line=DEFECT).verdict is Verdict.REFUSED
    assert at("US-TX", date(2026, 2, 1), line=DEFECT).verdict is Verdict.REFUSED


def test_where_neither_repair_nor_replacement_is_left_the_money_goes_back() -> None:
    no_repair = at("CZ", date(2027, 1, 1), line=DEFECT, facts={"repair_possible": "false"})
    neither = at("CZ", date(2027, 1, 1), line={**DEFECT, "facts": {"repair_possible": "no", "replace_possible": "no"}})

    assert (no_repair.verdict, no_repair.claim) == (Verdict.STATUTORY_CLAIM, ("replace", "price_cut", "refund"))
    assert (neither.verdict, neither.now.refund) == (Verdict.ALLOWED, 10_800)


def test_a_claim_can_be_a_plain_return_where_somebody_agrees() -> None:
    rules = (Window(id="W", days=0),)

    decision = at("CZ", date(2027, 1, 1), *rules, line=DEFECT)

    assert decision.verdict is Verdict.STATUTORY_CLAIM
    assert decision.if_approved is not None
    assert decision.if_approved.refund == 10_800


def test_the_same_day_of_another_month() -> None:
    assert months_on(date(2024, 2, 29), 24) == date(2026, 2, 28)
    assert months_on(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_on(date(2024, 8, 31), 1) == date(2024, 9, 30)
    assert months_on(date(2024, 12, 15), 12) == date(2025, 12, 15)
