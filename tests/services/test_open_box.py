"""Goods that were opened and came back are sold again as an item of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.finding import Finding
from pos.domain.item import Item
from pos.domain.money import Quantity
from pos.domain.open_box import OPEN_BOX
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.stock import Disposition
from pos.services.returns import CompletedReturn
from pos.services.verify import verify_shop
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, new_shop, open_up, sell
from tests.services.test_verify import findings, tamper

KETTLE = "09520000000011"


@pytest.fixture
def lane(tmp_path: Path) -> Workstation:
    """Two kettles came back opened."""
    lane = open_up(new_shop(tmp_path / "shop"))
    bought = sell(lane, KETTLE, KETTLE).transaction
    lines = tuple(LineAsked(line, Quantity.pieces(1), condition="opened") for line in (1, 2))
    assert isinstance(lane.returns.complete(ReturnRequest(bought.id, lines=lines)), CompletedReturn)
    lane.desk.operator = MANAGER
    return lane


def shelved(lane: Workstation, price: int) -> Item:
    made = lane.stock.shelve_open_box("3", price)
    assert isinstance(made, Item), made
    return made


def test_it_is_an_item_of_its_own_with_a_code_and_a_price_and_the_books_hold(lane: Workstation, tmp_path: Path) -> None:
    assert lane.stock.open_boxes("3") == 2000
    made = shelved(lane, 99_900)
    assert (made.unit_price_minor, made.codes, made.taxes, made.department) == (
        99_900,
        (made.id,),
        ("standard",),
        "Kitchen",
    )
    assert OPEN_BOX in made.flags
    with lane.desk.shop.books.reading() as work:
        lying = work.stock.on_hand(["3", made.id])
    assert lying["3"][Disposition.OPEN_BOX] == 1000
    assert lying[made.id] == {Disposition.SELLABLE: 1000}
    lane.desk.operator = CASHIER
    assert sell(lane, made.codes[0]).transaction.total == 99_900
    lane.close()
    assert verify_shop(tmp_path / "shop").violations == ()
    tamper(tmp_path / "shop", "UPDATE stock_movement SET quantity = 2000 WHERE kind = 'open_box' AND quantity > 0")
    assert Finding.STOCK_ENTRY in findings(verify_shop(tmp_path / "shop"))


def test_at_the_same_price_it_is_the_same_item_at_another_one_another(lane: Workstation) -> None:
    first, second = shelved(lane, 99_900), shelved(lane, 99_900)
    assert first == second
    bought = sell(lane, KETTLE).transaction
    lines = (LineAsked(1, Quantity.pieces(1), condition="opened"),)
    assert isinstance(lane.returns.complete(ReturnRequest(bought.id, lines=lines)), CompletedReturn)
    third = shelved(lane, 79_900)
    assert third.id != first.id
    assert third.codes != first.codes


def test_no_more_than_came_back_opened_and_by_nobody_but_who_may_change_items(lane: Workstation) -> None:
    shelved(lane, 99_900)
    shelved(lane, 99_900)
    for answer, code in (
        (lane.stock.shelve_open_box("3", 99_900), Code.STOCK_INVALID),
        (lane.stock.shelve_open_box("none", 99_900), Code.ITEM_UNKNOWN),
        (lane.stock.shelve_open_box("3", 99_900, 0), Code.STOCK_INVALID),
    ):
        assert isinstance(answer, Refused)
        assert answer.code is code
    lane.desk.operator = CASHIER
    barred = lane.stock.shelve_open_box("3", 99_900)
    assert isinstance(barred, Refused)
    assert barred.code is Code.NOT_PERMITTED


def test_whoever_speaks_another_language_reads_that_it_is_opened(lane: Workstation) -> None:
    with lane.desk.shop.books.reading() as work:
        item = work.items.get("3", lane.desk.now())
    assert item is not None
    assert not isinstance(lane.catalogue.edit_item(replace(item, names=(("cs", "Konvice"), ("sv", "Kittel")))), Refused)
    made = shelved(lane, 99_900)
    assert [made.name_in(language) for language in ("cs", "sv")] == ["Konvice, rozbaleno", "Kittel, öppnad förpackning"]
    lane.close()
