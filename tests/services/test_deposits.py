"""Cash paid out for empties: up to a role's own limit, beyond it as somebody agreed, and never a coin more."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.approval import Approval, NeedsApproval
from pos.domain.item import Item
from pos.domain.money import Money, Quantity, Unit
from pos.domain.refusal import Code, Refused
from pos.domain.rights import Limit, Role, ShopRole
from pos.services.approvals import Answer
from pos.services.sale import CompletedSale, SaleView
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, OWNER, new_shop, open_up, pin_of

_ANSWER = Answer(MANAGER.id, pin_of(MANAGER))
_BOTTLE = Item("B3", "Bottle", 300, (), Unit.PIECE, codes=("B3",), container=True)


@pytest.fixture
def lane(tmp_path: Path) -> Workstation:
    """A lane whose cashiers pay out 20.00 alone, and ten bottles at 3.00 that came back."""
    lane = open_up(new_shop(tmp_path / "shop"), operator=OWNER)
    role = ShopRole("cashier", Role.CASHIER, limits={Limit.PAY_OUT: 2_000})
    assert not isinstance(lane.roles.set_role(role), Refused)
    assert not isinstance(lane.catalogue.new_item(_BOTTLE), Refused)
    lane.desk.operator = CASHIER
    bring(lane, 10)
    return lane


def bring(lane: Workstation, bottles: int) -> None:
    assert not isinstance(lane.sale.scan("B3", Quantity.pieces(bottles)), Refused)


def ask(lane: Workstation) -> NeedsApproval:
    needs = lane.tendering.take("cash")
    assert isinstance(needs, NeedsApproval), needs
    assert needs.code is Code.PAY_OUT_LIMIT
    return needs


def agree(lane: Workstation, needs: NeedsApproval) -> None:
    assert isinstance(lane.approvals.grant(needs.request.id, _ANSWER), Approval)


def test_what_is_more_than_the_limit_is_paid_out_when_somebody_agrees(lane: Workstation) -> None:
    needs = ask(lane)
    assert needs.facts == {"amount": Money(3_000, "CZK"), "most": Money(2_000, "CZK")}
    assert (needs.request.requirement.value, needs.request.requirement.limit) == (3_000, 2_000)
    assert not lane.sale.view.priced.basket.tenders
    agree(lane, needs)
    assert isinstance(lane.markdowns.carry_out(needs.request.id), SaleView)
    done = lane.sale.complete()
    assert isinstance(done, CompletedSale), done
    assert done.transaction.change == 3_000
    assert verify_books(lane.desk.shop).sound


def test_what_is_within_the_limit_asks_nobody(lane: Workstation) -> None:
    assert not isinstance(lane.sale.set_quantity(0, Quantity.pieces(6)), Refused)
    assert isinstance(lane.tendering.take("cash"), SaleView)
    assert isinstance(lane.sale.complete(), CompletedSale)


def test_a_yes_is_for_this_amount_and_once(lane: Workstation) -> None:
    needs = ask(lane)
    agree(lane, needs)
    bring(lane, 1)
    refused = lane.markdowns.carry_out(needs.request.id)
    assert isinstance(refused, Refused)
    assert refused.code is Code.APPROVAL_DOES_NOT_COVER
    again = ask(lane)
    assert again.request.requirement.value == 3_300
    agree(lane, again)
    assert isinstance(lane.markdowns.carry_out(again.request.id), SaleView)
    assert not isinstance(lane.tendering.give_back(1), Refused)
    assert ask(lane).request.id != again.request.id


def test_what_nobody_agreed_to_does_not_go_out_by_another_way(lane: Workstation) -> None:
    """The tender stands on the sale, and nobody said yes to it: the books ask again when the sale is to end."""
    lane.desk.operator = MANAGER
    assert isinstance(lane.tendering.take("cash"), SaleView)
    lane.desk.operator = CASHIER
    refused = lane.sale.complete()
    assert isinstance(refused, Refused)
    assert refused.code is Code.PAY_OUT_LIMIT


def test_nobody_agrees_to_more_than_the_till_holds(lane: Workstation) -> None:
    bring(lane, 400)
    refused = lane.tendering.take("cash")
    assert isinstance(refused, Refused)
    assert refused.code is Code.TILL_SHORT
