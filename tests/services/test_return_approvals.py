"""A yes to a return is for exactly that: another line, person, till, way or rule, and it counts for nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos.domain.approval import Approval
from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.transaction import Transaction
from pos.services.approvals import Answer
from pos.services.exchanges import ExchangeView
from pos.services.policy_versions import write_policy
from pos.services.returns import CompletedReturn, ReturnNeedsApproval
from pos.services.verify import verify_shop
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, HandClock, new_shop, open_up, pin_of, sell

KETTLE, BREAD = "09520000000011", "BREAD"
ONE = Quantity.pieces(1)
ASKS = "  - {id: A1, approval: {above: '1.00'}}\n"
FEE = "  - {id: F1, restocking_fee: {percent: '50'}}\n"


def policy(lane: Workstation, rules: str, since: date) -> None:
    with lane.desk.shop.books.writing() as work:
        head = write_policy(work, lane.desk, f"policy: 1\nrules:\n{rules}", since, None, by="")
        work.commit()
    lane.desk.shop.anchor(head)


def agreed(lane: Workstation, request: ReturnRequest) -> str:
    needs = lane.returns.complete(request)
    assert isinstance(needs, ReturnNeedsApproval)
    (first, *_) = needs.request.requirement.options
    answer = Answer(MANAGER.id, pin_of(MANAGER), "", first.id, "goodwill")
    assert isinstance(lane.approvals.grant(needs.request.id, answer), Approval)
    return needs.request.id


@contextmanager
def two_tills(folder: Path) -> Iterator[tuple[Workstation, Workstation, Transaction, ReturnRequest]]:
    """One sale, one of its lines asked for and agreed to at the first till; the books hold afterwards."""
    clock = HandClock()
    here = open_up(new_shop(folder), clock=clock)
    there = open_up(folder, number=2, clock=clock)
    policy(here, ASKS, date(2020, 1, 1))
    sale = sell(here, KETTLE, BREAD, BREAD).transaction
    yield here, there, sale, ReturnRequest(sale.id, lines=(LineAsked(1, ONE),))
    for lane in (here, there):
        lane.close()
    assert verify_shop(folder).violations == ()


OTHERS: dict[str, Callable[[ReturnRequest], ReturnRequest]] = {
    "another line": lambda asked: replace(asked, lines=(LineAsked(2, ONE),)),
    "one more line": lambda asked: replace(asked, lines=(*asked.lines, LineAsked(2, ONE))),
    "another state": lambda asked: replace(asked, lines=(LineAsked(1, ONE, condition="opened"),)),
    "another reason": lambda asked: replace(asked, lines=(LineAsked(1, ONE, reason="defective"),)),
    "without a fee": lambda asked: replace(asked, waive=True),
    "another way": lambda asked: replace(asked, refund_to="store_credit"),
    "another customer": lambda asked: replace(asked, customer="C9"),
    "money alone": lambda asked: replace(asked, lines=(), amount=129_900),
}


@pytest.mark.parametrize("other", OTHERS)
def test_nothing_else_comes_of_it(tmp_path: Path, other: str) -> None:
    with two_tills(tmp_path / "shop") as (here, _, _, asked):
        yes = agreed(here, asked)
        assert here.returns.complete(OTHERS[other](asked), approval=yes) == Refused(Code.APPROVAL_DOES_NOT_COVER)
        done = here.returns.complete(asked, approval=yes)
        assert isinstance(done, CompletedReturn), "and it was not used up by that"
        again = here.returns.complete(asked, approval=yes)
        assert isinstance(again, Refused)


def test_nobody_else_uses_it_and_nowhere_else(tmp_path: Path) -> None:
    with two_tills(tmp_path / "shop") as (here, there, sale, asked):
        yes = agreed(here, asked)
        assert there.returns.complete(asked, approval=yes) == Refused(Code.APPROVAL_DOES_NOT_COVER)
        here.desk.operator = MANAGER
        assert here.returns.complete(asked, approval=yes) == Refused(Code.APPROVAL_DOES_NOT_COVER)
        assert here.post_voids.post_void(sale.id, "rung_twice", approval=yes) == Refused(Code.APPROVAL_DOES_NOT_COVER)
        here.desk.operator = CASHIER
        here.sale.scan(BREAD)
        assert isinstance(here.exchanges.begin(asked), ExchangeView)
        assert here.exchanges.pay(approval=yes) == Refused(Code.APPROVAL_DOES_NOT_COVER)


def test_what_came_back_elsewhere_meanwhile_is_no_longer_what_it_was_for(tmp_path: Path) -> None:
    with two_tills(tmp_path / "shop") as (here, there, _, asked):
        yes, theirs = agreed(here, asked), agreed(there, asked)
        assert isinstance(there.returns.complete(asked, approval=theirs), CompletedReturn)
        late = here.returns.complete(asked, approval=yes)
        assert isinstance(late, Refused)
        assert late.code is Code.APPROVAL_DOES_NOT_COVER


def test_other_rules_since_then_need_another_yes(tmp_path: Path) -> None:
    with two_tills(tmp_path / "shop") as (here, _, _, asked):
        yes = agreed(here, asked)
        policy(here, ASKS + FEE, date(2020, 1, 2))
        assert here.returns.complete(asked, approval=yes) == Refused(Code.APPROVAL_DOES_NOT_COVER)
