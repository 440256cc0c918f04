"""What goods that come back are worth, with the worked figures of shops and authorities."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.money import Quantity, Unit
from pos.domain.refund import plan
from pos.domain.return_case import ReturnCase
from pos.domain.return_value import value_of
from pos.domain.tax import LineTax
from tests.domain.purchases import asked, bought, case_of, given_back, policy, sold

HOUSE = policy()


def one_by_one(case: ReturnCase, times: int) -> list[int]:
    """What comes back for one unit after the other, of the same line."""
    values = []
    for _ in range(times):
        valued = value_of(case, HOUSE, [0])
        values.append(valued.exact)
        case = replace(case, purchase=given_back(case, valued, plan(case, HOUSE, valued)))
    return values


@pytest.mark.parametrize(
    ("charged", "parts"),
    [(29000, [9667, 9666, 9667]), (2798, [933, 932, 933]), (10020, [3340, 3340, 3340]), (1, [0, 1, 0])],
)
def test_the_units_of_a_line_add_up_to_what_was_charged(charged: int, parts: list[int]) -> None:
    purchase = bought(sold(1, charged, qty=3))

    assert one_by_one(case_of(purchase, asked(1)), 3) == parts


def test_several_units_at_once_are_worth_what_they_are_one_by_one() -> None:
    purchase = bought(sold(1, 29000, qty=3))

    assert value_of(case_of(purchase, asked(1, 2)), HOUSE, [0]).exact == 9667 + 9666
    two = case_of(purchase, asked(1), asked(1))
    assert [line.value for line in value_of(two, HOUSE, [0, 1]).lines] == [9667, 9666]


def test_weighed_goods_come_back_by_the_thousandth() -> None:
    line = sold(1, 1613, quantity=Quantity(1250, Unit.LB))
    case = case_of(bought(line), asked(1, quantity=Quantity(417, Unit.LB)))

    assert value_of(case, HOUSE, [0]).exact == 538
    assert one_by_one(case, 4) == [538, 538, 537, 0]


def test_tax_comes_back_as_it_was_charged_whatever_it_is_today() -> None:
    # 100.00 at 6 per cent; today it would be 6.35.
    purchase = bought(sold(1, 10000, tax=600, rate=60_000))
    case = case_of(purchase, asked(1), item_taxes={"ITEM1": (("standard", 63_500),)})

    valued = value_of(case, HOUSE, [0])

    assert (valued.merchandise, valued.tax) == (10000, 600)
    assert valued.lines[0].taxes == (LineTax("standard", 60_000, 10000, 600),)


def test_the_taxes_of_a_line_are_cut_one_by_one() -> None:
    state, city = LineTax("state", 40_000, 1000, 41), LineTax("city", 48_750, 1000, 49)
    line = replace(sold(1, 1000, qty=3), tax=90, total=1090, taxes=(state, city))

    valued = value_of(case_of(bought(line), asked(1)), HOUSE, [0]).lines[0]

    assert [tax.amount for tax in valued.taxes] == [14, 16]
    assert (valued.merchandise, valued.tax) == (333, 30)


def test_where_prices_hold_the_tax_the_price_is_cut_and_the_tax_in_it() -> None:
    purchase = bought(sold(1, 29000, qty=3, tax=5033, held=True), prices_hold_tax=True)

    valued = value_of(case_of(purchase, asked(1)), HOUSE, [0]).lines[0]

    assert (valued.merchandise, valued.tax, valued.value) == (9667 - 1678, 1678, 9667)


def test_more_than_is_left_is_worth_no_more_than_what_is_left() -> None:
    purchase = bought(sold(1, 3000, qty=2))

    assert value_of(case_of(purchase, asked(1, 7)), HOUSE, [0]).exact == 3000


def test_what_was_paid_back_for_a_line_is_taken_off_its_worth() -> None:
    line = replace(sold(1, 3000, qty=2), returned=1000, returned_net=2900)

    assert value_of(case_of(bought(line), asked(1)), HOUSE, [0]).exact == 100


def test_money_given_without_goods_is_kept_back_later() -> None:
    purchase = bought(sold(1, 3266))
    goodwill = case_of(purchase, amount=500)
    valued = value_of(goodwill, HOUSE, [])
    assert valued.exact == 500
    later = given_back(goodwill, valued, plan(goodwill, HOUSE, valued))

    rest = value_of(case_of(later, asked(1)), HOUSE, [0])

    assert (rest.merchandise, rest.exact) == (3266, 2766)
    assert [(one.code, one.amount) for one in rest.deductions] == [("REFUND_EXCEEDS_PAID", 500)]


def test_more_money_without_goods_than_is_left_is_refused() -> None:
    valued = value_of(case_of(bought(sold(1, 3266)), amount=3267), HOUSE, [])

    assert valued.exact == 0
    (reason,) = valued.reasons
    assert (reason.code, reason.overridable, reason.remaining) == ("REFUND_EXCEEDS_PAID", False, 3266)
    assert reason.remedy is not None
    assert reason.remedy.change == {"amount": 3266}
