"""Prices and discounts by hand: each with its reason, up to the limit of a role, beyond it with a yes of another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.approval import NeedsApproval
from pos.domain.discount import DiscountSource
from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.rights import BUILT_IN, Limit, Rights, Role
from pos.services.approvals import Answer
from pos.services.sale import CompletedSale, SaleView
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, OWNER, new_shop, open_up, pin_of

KETTLE = "09520000000011"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    """A cashier who may give 10 % alone, with bread (42.90) and a kettle (1,299.00) rung up."""
    workstation = open_up(new_shop(tmp_path / "shop"))
    workstation.sale.scan("BREAD")
    workstation.sale.scan(KETTLE)
    yield workstation
    workstation.close()


def code_of(answer: object) -> Code:
    assert isinstance(answer, Refused), answer
    return answer.code


def view_of(answer: object) -> SaleView:
    assert isinstance(answer, SaleView), answer
    return answer


def approved(till: Workstation, answer: object, person: object = MANAGER, option: str = "") -> SaleView:
    """What was refused for want of an approval, with one."""
    assert isinstance(answer, NeedsApproval), answer
    assert person in (MANAGER, OWNER)
    who = MANAGER if person == MANAGER else OWNER
    granted = till.approvals.grant(answer.request.id, Answer(who.id, pin_of(who), option=option, reason="goodwill"))
    assert not isinstance(granted, Refused), granted
    return view_of(till.markdowns.carry_out(answer.request.id))


def test_a_discount_within_the_limit_falls_on_its_line_with_reason_and_giver(till: Workstation) -> None:
    view = view_of(till.markdowns.discount_line(1, "damaged_box", percent_millionths=100_000))
    line = view.priced.lines[1]
    assert (line.discount, line.total) == (12_990, 116_910)
    share = line.discounts[0]
    assert (share.source, share.id, share.by) == (DiscountSource.LINE, "damaged_box", CASHIER.id)
    assert view.selected == 1
    assert view_of(till.sale.undo()).priced.total == 134_190
    assert view_of(till.sale.redo()).priced.total == 134_190 - 12_990


def test_an_amount_is_held_against_the_same_limit(till: Workstation) -> None:
    assert view_of(till.markdowns.discount_line(1, "goodwill", amount=12_990)).priced.lines[1].discount == 12_990
    asks = till.markdowns.discount_line(1, "goodwill", amount=12_991)
    assert code_of(asks) is Code.DISCOUNT_LIMIT
    assert till.sale.view.priced.lines[1].discount == 12_990, "nothing was changed yet"


def test_a_receipt_discount_has_a_limit_of_its_own_and_is_spread(till: Workstation) -> None:
    view = view_of(till.markdowns.discount_receipt("goodwill", percent_millionths=50_000))
    assert view.priced.discount == 6_710
    assert sum(line.discount for line in view.priced.lines) == 6_710
    assert code_of(till.markdowns.discount_receipt("goodwill", percent_millionths=60_000)) is Code.DISCOUNT_LIMIT


def test_a_price_keeps_what_it_was_and_goes_back_to_it(till: Workstation) -> None:
    line = view_of(till.markdowns.override_price(1, 119_900, "price_match")).priced.basket.lines[1]
    assert line.override is not None
    assert (line.unit_price, line.override.was, line.override.by) == (119_900, 129_900, CASHIER.id)
    again = view_of(till.markdowns.override_price(1, 118_900, "price_match")).priced.basket.lines[1]
    assert again.override is not None
    assert again.override.was == 129_900, "the shelf's price, not the one between"
    own = view_of(till.markdowns.override_price(1, 129_900)).priced.basket.lines[1]
    assert (own.unit_price, own.override) == (129_900, None)


def test_a_price_above_its_own_has_a_limit_too(till: Workstation) -> None:
    assert code_of(till.markdowns.override_price(0, 9_000, "agreed_price")) is Code.PRICE_LIMIT


def test_a_discount_on_a_lowered_price_counts_from_the_price_before(till: Workstation) -> None:
    view_of(till.markdowns.override_price(1, 116_910, "price_match"))
    assert code_of(till.markdowns.discount_line(1, "goodwill", percent_millionths=50_000)) is Code.DISCOUNT_LIMIT


@pytest.mark.parametrize(("percent", "amount"), [(1_000_001, None), (-1, None), (None, 129_901), (None, -1)], ids=str)
def test_what_is_no_discount_is_refused(till: Workstation, percent: int | None, amount: int | None) -> None:
    answer = till.markdowns.discount_line(1, "goodwill", percent_millionths=percent, amount=amount)
    assert code_of(answer) is Code.DISCOUNT_INVALID


def test_a_reason_of_the_shops_list_is_needed(till: Workstation) -> None:
    assert code_of(till.markdowns.discount_line(1, percent_millionths=10_000)) is Code.REASON_MISSING
    assert code_of(till.markdowns.discount_line(1, "rain", percent_millionths=10_000)) is Code.REASON_UNKNOWN
    assert code_of(till.markdowns.override_price(1, 129_000)) is Code.REASON_MISSING
    view_of(till.markdowns.discount_line(1, "goodwill", percent_millionths=10_000))
    assert view_of(till.markdowns.discount_line(1, percent_millionths=0)).priced.discount == 0


def test_what_may_not_be_discounted_is_not(till: Workstation) -> None:
    basket = till.sale.view.priced.basket
    fixed = basket.with_changed(1, replace(basket.lines[1], not_discountable=True))
    view_of(till.sale.open.change(fixed, 1))
    till.desk.operator = OWNER
    assert code_of(till.markdowns.discount_line(1, "goodwill", percent_millionths=10_000)) is Code.NOT_DISCOUNTABLE
    assert code_of(till.markdowns.override_price(1, 1_000, "price_match")) is Code.NOT_DISCOUNTABLE
    receipt = view_of(till.markdowns.discount_receipt("goodwill", percent_millionths=100_000))
    assert [line.discount for line in receipt.priced.lines] == [429, 0]


def test_the_yes_of_a_manager_does_exactly_what_was_asked(till: Workstation) -> None:
    asks = till.markdowns.discount_line(1, "damaged_box", percent_millionths=350_000)
    line = approved(till, asks).priced.lines[1]
    assert line.discount == 45_465
    assert line.discounts[0].by == CASHIER.id


def test_the_manager_may_give_only_what_the_cashier_could(till: Workstation) -> None:
    asks = till.markdowns.discount_line(1, "damaged_box", percent_millionths=350_000)
    assert approved(till, asks, option="own_limit").priced.lines[1].discount == 12_990


def test_other_lines_come_and_go_while_somebody_is_asked(till: Workstation) -> None:
    asks = till.markdowns.discount_line(1, "damaged_box", percent_millionths=350_000)
    till.sale.scan("DEPOSIT")
    till.sale.remove_line(0)
    view = approved(till, asks)
    assert [line.discount for line in view.priced.lines] == [45_465, 0]


def test_an_approved_discount_comes_off_with_a_change_it_does_not_cover(till: Workstation) -> None:
    approved(till, till.markdowns.discount_line(1, "damaged_box", percent_millionths=350_000))
    assert view_of(till.sale.scan("BREAD")).priced.lines[1].discount == 45_465, "another line is no change to it"
    two = view_of(till.sale.set_quantity(1, Quantity.pieces(2)))
    assert (two.priced.lines[1].discount, two.came_off) == (0, ("Kettle",))
    assert view_of(till.sale.undo()).priced.lines[1].discount == 45_465, "one piece is what was approved"


def test_an_approved_receipt_discount_covers_the_receipt_as_it_was(till: Workstation) -> None:
    view = approved(till, till.markdowns.discount_receipt("goodwill", percent_millionths=300_000))
    assert view.priced.discount == 40_257
    more = view_of(till.sale.scan("BREAD"))
    assert (more.priced.discount, more.came_off) == (0, ("",))


def test_an_approved_price_stands_under_a_note_and_falls_with_the_quantity(till: Workstation) -> None:
    approved(till, till.markdowns.override_price(1, 99_900, "price_match"))
    assert view_of(till.sale.set_note(1, "blue")).priced.lines[1].extended == 99_900
    assert view_of(till.sale.set_quantity(1, Quantity.pieces(2))).priced.lines[1].extended == 259_800


def test_a_sale_above_the_limit_is_given_up_with_a_yes(till: Workstation) -> None:
    cashier = BUILT_IN[Role.CASHIER]
    rights = Rights(cashier.permissions, {**cashier.limits, Limit.VOID_SALE: 100_000})
    asks = _void_as(till, rights)
    assert code_of(asks) is Code.VOID_LIMIT
    assert not till.sale.view.empty
    assert approved(till, asks).empty


def _void_as(till: Workstation, rights: Rights) -> object:
    """Void as a cashier whose role was given these rights by the shop."""
    operator = replace(CASHIER, granted=rights)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(till.desk), "still_here", lambda _: operator)
        till.desk.operator = operator
        return till.sale.void_sale("customer_left")


def test_what_was_given_by_hand_is_in_the_books_and_survives_a_crash(tmp_path: Path) -> None:
    till = open_up(new_shop(tmp_path / "shop"))
    till.sale.scan(KETTLE)
    approved(till, till.markdowns.discount_line(0, "damaged_box", percent_millionths=350_000))
    till.close()
    till = open_up(tmp_path / "shop")
    view = till.sale.recover()
    assert view is not None
    assert view.priced.total == 84_435
    till.sale.tender_cash(100_000)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    assert [(one.id, one.amount) for one in done.transaction.lines[0].discounts] == [("damaged_box", 45_465)]
    till.close()
