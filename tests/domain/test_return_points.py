"""Points and goods that come back: what was spent on them comes, what they earned goes, what is gone is worth money."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.discount import Discount, DiscountSource
from pos.domain.money import Quantity
from pos.domain.purchase import Buyer, Earned, Purchase, PurchaseLine
from pos.domain.return_points import PointsBack, points_back
from pos.domain.return_value_rules import Rewards
from tests.domain.purchases import asked, bought, case_of, sold
from tests.domain.test_return_kept import worth

ONE = Quantity.pieces(1)
ANN = Buyer("C1")


def earning(points: int, *lines: PurchaseLine, spent: int = 0) -> Purchase:
    return bought(*lines, buyer=ANN, earned=Earned(points_earned=points, points_spent=spent))


@pytest.mark.parametrize(
    ("balance", "expected"),
    [(200, PointsBack(0, 50, 0)), (50, PointsBack(0, 50, 0)), (20, PointsBack(0, 20, 30)), (0, PointsBack(0, 0, 50))],
)
def test_what_the_goods_earned_goes_as_far_as_there_is_any(balance: int, expected: PointsBack) -> None:
    purchase = earning(100, sold(1, 10_000, qty=2))
    assert points_back(purchase, [(1, ONE, 5_000)], balance) == expected


def test_nobody_known_has_no_points() -> None:
    purchase = earning(100, sold(1, 10_000))
    assert points_back(purchase, [(1, ONE, 10_000)], None) == PointsBack()
    assert points_back(replace(purchase, buyer=Buyer()), [(1, ONE, 10_000)], 9) == PointsBack()
    assert points_back(None, [], 9) == PointsBack()


def test_goods_paid_with_points_alone_bring_them_back_piece_by_piece() -> None:
    """Nothing was paid, so nothing can be told by value: what the points took off each line says it."""
    line = sold(1, 3_000, qty=3)
    free = replace(line, net=0, total=0, discounts=(Discount(DiscountSource.POINTS, "", 3_000, ""),))
    purchase = earning(0, free, spent=100)
    came = []
    for returned in (0, 1_000, 2_000):
        now = replace(purchase, lines=(replace(free, returned=returned),))
        came.append(points_back(now, [(1, ONE, 0)], 0).come)
    assert came == [33, 33, 34]
    assert points_back(purchase, [(1, ONE, 0), (1, ONE, 0)], 0).come == 66


def test_points_that_took_nothing_off_a_line_do_not_come_back_with_it() -> None:
    reduced = replace(sold(1, 1_000), net=500, total=500, discounts=(Discount(DiscountSource.POINTS, "", 500, ""),))
    purchase = earning(15, reduced, sold(2, 1_000), spent=10)
    assert points_back(purchase, [(2, ONE, 1_000)], 100).come == 0
    assert points_back(purchase, [(1, ONE, 500)], 100).come == 10


def test_a_deposit_takes_no_points_with_it() -> None:
    purchase = earning(10, sold(1, 1_000), replace(sold(2, 500), container=True))
    assert points_back(purchase, [(2, ONE, 500)], 10) == PointsBack()
    assert points_back(purchase, [(1, ONE, 1_000)], 10) == PointsBack(0, 10, 0)


def test_points_that_come_are_there_for_those_that_go() -> None:
    line = replace(sold(1, 1_000), net=500, total=500, discounts=(Discount(DiscountSource.POINTS, "", 500, ""),))
    assert points_back(earning(5, line, spent=10), [(1, ONE, 500)], 0) == PointsBack(10, 5, 0)


def test_points_that_are_gone_are_kept_at_what_one_is_worth() -> None:
    """Goods earned 700 points, 600 of which bought others: 30.00 stay with the shop, never more than comes back."""
    case = case_of(earning(700, sold(1, 70_000)), asked(1), buyer_points=100, point_worth=5)
    assert [(one.code, one.amount) for one in worth(case).deductions] == [("REWARD_CLAWBACK", 3_000)]
    assert worth(case, Rewards(id="W", claw_back=False)).exact == 70_000
    assert worth(replace(case, buyer_points=700)).exact == 70_000
    assert worth(replace(case, point_worth=1_000)).exact == 0


def test_goods_replaced_even_keep_their_points() -> None:
    case = case_of(earning(700, sold(1, 70_000)), asked(1, instead="ITEM1"), buyer_points=0, point_worth=5)
    assert worth(case).deductions == ()
