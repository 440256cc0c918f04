"""A sale that a return is tied to is not taken back: its money and goods went their own way already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.services.post_voids import PostVoided
from pos.services.returns import CompletedReturn
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import new_shop, open_up, sell
from tests.services.test_exchanges import BREAD, KETTLE, back, completed, exchange
from tests.services.test_post_voids import taken_back


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"))
    yield lane
    lane.close()


def test_a_sale_of_which_something_came_back_is_not_taken_back(lane: Workstation) -> None:
    bought = sell(lane, KETTLE, BREAD).transaction
    returned = lane.returns.complete(back(bought.id, 2))
    assert isinstance(returned, CompletedReturn)
    before = verify_books(lane.desk.shop).entries
    refused = Refused(Code.POST_VOID_RETURNED, {"receipt": str(bought.receipt), "number": str(returned.done.number)})
    assert lane.post_voids.refused(bought.id) == refused
    assert taken_back(lane, bought) == refused
    books = verify_books(lane.desk.shop)
    assert (books.entries, books.violations) == (before, ())


def test_neither_half_of_an_exchange_is_taken_back(lane: Workstation) -> None:
    bought = sell(lane, BREAD, BREAD).transaction
    exchange(lane, back(bought.id, 2), KETTLE)
    lane.sale.tender_cash(200_000)
    done = completed(lane)
    assert done.sale is not None
    for sale in (bought, done.sale.transaction):
        answer = taken_back(lane, sale)
        assert isinstance(answer, Refused)
        assert answer.code is Code.POST_VOID_RETURNED


def test_a_sale_taken_back_has_nothing_left_to_return(lane: Workstation) -> None:
    other = sell(lane, BREAD).transaction
    assert isinstance(taken_back(lane, other), PostVoided)
    gone = lane.returns.complete(ReturnRequest(purchase=other.id, lines=(LineAsked(1, Quantity.pieces(1)),)))
    assert isinstance(gone, Refused)
