"""Part of a promotion comes back: the share each line had, what stays priced anew, or the whole set."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.policy_rule import Policy, Scope
from pos.domain.promotion import ALL_ITEMS, BuyGet, GetOf, Promotion, Reward, Step, TierBy, Tiers
from pos.domain.purchase import Purchase
from pos.domain.refund import plan
from pos.domain.return_case import ReturnCase
from pos.domain.return_decision import Reason
from pos.domain.return_line import lines_of
from pos.domain.return_value import LineAnswer, set_reasons, value_of
from pos.domain.return_value_rules import PromotionMethod, PromotionReturn
from tests.domain.purchases import asked, bought, case_of, given_back, policy, sold

PRO_RATA = policy()
RECALCULATE = policy(PromotionReturn(id="R1", method=PromotionMethod.RECALCULATE))
WHOLE_SET = policy(PromotionReturn(id="R1", method=PromotionMethod.WHOLE_SET))
# 30 and 20, the cheaper one free: 20.00 spread over both by price.
CHEAPER_FREE = Promotion("FREE", "Cheaper one free", BuyGet(1, 1, Reward(percent_millionths=1_000_000), GetOf.CHEAPEST))
SHOES = bought(sold(1, 3000, off=[("FREE", 1200)]), sold(2, 2000, off=[("FREE", 800)]))
# Spend 100, get 10 per cent.
TEN_OFF = Promotion(
    "TEN", "10 % off", Tiers(TierBy.AMOUNT, (Step(10000, Reward(percent_millionths=100_000)),)), ALL_ITEMS
)
LAMPS = bought(sold(1, 8000, off=[("TEN", 800)]), sold(2, 5000, off=[("TEN", 500)]))


def set_stops(case: ReturnCase, rules: Policy) -> tuple[Reason, ...]:
    return set_reasons(case, lines_of(case, rules))


def returned(purchase: Purchase, rules: Policy, *lines: int, by: Promotion) -> list[int]:
    """What comes back for these lines, one return after another."""
    amounts = []
    for number in lines:
        case = case_of(purchase, asked(number), promotions=(by,))
        valued = value_of(case, rules, [0])
        amounts.append(valued.exact)
        purchase = given_back(case, valued, plan(case, rules, valued))
    return amounts


@pytest.mark.parametrize(
    ("rules", "line", "amount"),
    [(PRO_RATA, 1, 1800), (PRO_RATA, 2, 1200), (RECALCULATE, 1, 1000), (RECALCULATE, 2, 0)],
)
def test_of_two_pairs_with_the_cheaper_one_free(rules: Policy, line: int, amount: int) -> None:
    assert returned(SHOES, rules, line, by=CHEAPER_FREE) == [amount]


@pytest.mark.parametrize(("rules", "amount"), [(PRO_RATA, 4500), (RECALCULATE, 3700)])
def test_a_threshold_that_is_no_longer_reached(rules: Policy, amount: int) -> None:
    assert returned(LAMPS, rules, 2, by=TEN_OFF) == [amount]


@pytest.mark.parametrize("rules", [PRO_RATA, RECALCULATE])
@pytest.mark.parametrize("lines", [(1, 2), (2, 1)])
def test_one_after_the_other_comes_to_what_was_paid(rules: Policy, lines: tuple[int, int]) -> None:
    assert sum(returned(SHOES, rules, *lines, by=CHEAPER_FREE)) == 3000
    assert sum(returned(LAMPS, rules, *lines, by=TEN_OFF)) == 11700


def test_what_was_kept_of_the_first_is_made_good_with_the_last() -> None:
    case = case_of(SHOES, asked(1), promotions=(CHEAPER_FREE,))
    first = value_of(case, RECALCULATE, [0])
    assert [(one.code, one.value) for one in first.lines[0].reasons] == [("PROMO_RECALCULATED", 800)]
    later = given_back(case, first, plan(case, RECALCULATE, first))
    case = case_of(later, asked(2), promotions=(CHEAPER_FREE,))

    last = value_of(case, RECALCULATE, [0])

    # No line brings more than it cost: what the first one lacked is a matter of the whole.
    assert last.lines[0].merchandise == 1200
    assert [(one.code, one.amount) for one in last.deductions] == [("PROMO_RECALCULATED", -800)]
    assert last.exact == 2000


def test_both_at_once_are_worth_what_was_paid_and_nothing_is_said() -> None:
    valued = value_of(case_of(SHOES, asked(1), asked(2), promotions=(CHEAPER_FREE,)), RECALCULATE, [0, 1])

    assert [line.value for line in valued.lines] == [1800, 1200]
    assert valued.all_reasons == ()


def test_lines_the_promotion_has_nothing_to_do_with_keep_their_worth() -> None:
    free = replace(CHEAPER_FREE, items=replace(ALL_ITEMS, all=False, items=("ITEM1", "ITEM2")))
    purchase = bought(*SHOES.lines, sold(3, 500))

    valued = value_of(case_of(purchase, asked(2), asked(3), promotions=(free,)), RECALCULATE, [0, 1])

    assert [line.value for line in valued.lines] == [0, 500]


def test_with_tax_the_tax_of_what_does_not_come_back_stays_too() -> None:
    lines = (
        sold(1, 8000, off=[("TEN", 800)], tax=720, rate=100_000),
        sold(2, 5000, off=[("TEN", 500)], tax=450, rate=100_000),
    )
    case = case_of(bought(*lines), asked(2), promotions=(TEN_OFF,))

    valued = value_of(case, RECALCULATE, [0])

    assert (valued.merchandise, valued.tax) == (3700, 370)


def test_without_the_definitions_every_line_keeps_its_share() -> None:
    assert value_of(case_of(SHOES, asked(1)), RECALCULATE, [0]).exact == 1800


def test_a_rule_may_be_about_one_promotion_and_one_kind_of_goods() -> None:
    about_another = PromotionReturn(id="R1", method=PromotionMethod.RECALCULATE, promotions=frozenset({"TEN"}))
    of_food = PromotionReturn(id="R2", method=PromotionMethod.RECALCULATE, scope=Scope(categories=frozenset({"food"})))

    assert returned(SHOES, policy(about_another, of_food), 1, by=CHEAPER_FREE) == [1800]
    assert returned(LAMPS, policy(about_another, of_food), 2, by=TEN_OFF) == [3700]


def test_part_of_a_whole_set_does_not_come_back_and_what_is_missing_is_named() -> None:
    (reason,) = set_stops(case_of(SHOES, asked(1)), WHOLE_SET)

    assert (reason.code, reason.line, reason.overridable, reason.remaining) == ("PROMO_SET_INCOMPLETE", 1, True, (2,))
    assert reason.remedy is not None
    assert reason.remedy.change == {"lines": {2: 1000}}
    assert set_stops(case_of(SHOES, asked(1), asked(2)), WHOLE_SET) == ()
    assert set_stops(case_of(SHOES, asked(1)), PRO_RATA) == ()


def test_by_law_a_promotion_is_not_billed_again() -> None:
    case = case_of(SHOES, asked(1), promotions=(CHEAPER_FREE,))

    assert value_of(case, RECALCULATE, [0], {0: LineAnswer(full=True)}).exact == 1800


def test_several_sets_come_back_one_by_one() -> None:
    three_for_two = Promotion("FREE", "3 for 2", BuyGet(2, 1, Reward(percent_millionths=1_000_000)))
    six = bought(sold(1, 6000, qty=6, off=[("FREE", 2000)]))
    pairs = bought(sold(1, 6000, qty=2, off=[("FREE", 1200)]), sold(2, 4000, qty=2, off=[("FREE", 800)]))

    def broken(purchase: Purchase, *lines: tuple[int, int]) -> bool:
        case = case_of(purchase, *(asked(line, qty) for line, qty in lines), promotions=(three_for_two,))
        return bool(set_stops(case, WHOLE_SET))

    assert [broken(six, (1, qty)) for qty in (1, 2, 3, 4, 6)] == [True, True, False, True, False]
    (reason,) = set_stops(case_of(six, asked(1), promotions=(three_for_two,)), WHOLE_SET)
    assert reason.remedy is not None
    assert reason.remedy.change == {"lines": {1: 2000}}
    unknown = [set_stops(case_of(pairs, asked(1, a), asked(2, b)), WHOLE_SET) for a, b in ((1, 1), (2, 1))]
    assert [bool(reasons) for reasons in unknown] == [False, True]
