"""What lies there is what moved: received, counted, corrected, sold; verify adds it up again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from pos.domain.finding import Finding
from pos.domain.item import QuantityPrice
from pos.domain.refusal import Code, Refused
from pos.domain.stock import MoveKind, StockReason
from pos.persistence.shop_folder import DATABASE
from pos.services.stock import StockLine, StockView
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, new_shop, open_up, sell


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    yield workstation
    workstation.close()


def lying(till: Workstation, *items: str) -> list[int]:
    return [view.on_hand for view in till.stock.on_hand(items)]


def said(answer: tuple[StockView, ...] | Refused) -> list[int]:
    assert not isinstance(answer, Refused), answer
    return [view.on_hand for view in answer]


def test_goods_come_are_sold_counted_and_thrown_away(till: Workstation) -> None:
    stock = till.stock
    assert said(stock.receive([StockLine("1", 10_000), StockLine("2", 4_250)], "note 17")) == [10_000, 4_250]
    done = sell(till, "BREAD", "BREAD", "4135")
    assert lying(till, "1", "2") == [8_000, 3_250]
    assert said(stock.count([StockLine("1", 7_000)])) == [7_000]
    assert said(stock.correct(StockLine("1", -1_000), StockReason.DAMAGED, "wet")) == [6_000]
    moves = stock.movements("1")
    assert [(move.kind, move.quantity) for move in moves] == [
        (MoveKind.CORRECTION, -1_000),
        (MoveKind.COUNT, -1_000),
        (MoveKind.SALE, -1_000),
        (MoveKind.SALE, -1_000),
        (MoveKind.RECEIVING, 10_000),
    ]
    assert (moves[0].reason, moves[0].note, moves[0].operator) == (StockReason.DAMAGED, "wet", MANAGER.id)
    assert moves[2].transaction == done.transaction.id
    assert moves[4].note == "note 17"
    assert verify_books(till.desk.shop).sound


def test_more_sold_than_counted_in_is_below_nothing(till: Workstation) -> None:
    sell(till, "BREAD")
    assert lying(till, "1", "3") == [-1_000, 0]
    assert said(till.stock.count([StockLine("1", 0)])) == [0]


def test_the_low_list_begins_with_what_is_most_wanting(till: Workstation) -> None:
    for item_id, least in (("1", 5_000), ("2", 500), ("3", 2_000)):
        item = till.catalogue.get(item_id)
        assert item is not None
        till.catalogue.edit_item(replace(item, stock_min=least))
    till.stock.receive([StockLine("1", 1_000), StockLine("2", 500)])
    assert [(view.item.id, view.on_hand, view.low) for view in till.stock.low()] == [
        ("1", 1_000, True),
        ("3", 0, True),
    ]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], Code.STOCK_INVALID),
        ([StockLine("NONE", 1_000)], Code.ITEM_UNKNOWN),
        ([StockLine("1", 0)], Code.STOCK_INVALID),
        ([StockLine("1", -1_000)], Code.STOCK_INVALID),
        ([StockLine("1", 1_500)], Code.STOCK_INVALID),
        ([StockLine("1", 10**13)], Code.STOCK_INVALID),
        ([StockLine("2", 1_000), StockLine("1", 1_500)], Code.STOCK_INVALID),
    ],
)
def test_what_cannot_come_is_refused_and_nothing_moves(till: Workstation, lines: list[StockLine], code: Code) -> None:
    answer = till.stock.receive(lines)
    assert isinstance(answer, Refused)
    assert answer.code is code
    assert lying(till, "1", "2") == [0, 0]


def test_only_who_manages_items_may(till: Workstation) -> None:
    for operator, code in ((CASHIER, Code.NOT_PERMITTED), (None, Code.NOT_SIGNED_ON)):
        till.desk.operator = operator
        for answer in (
            till.stock.receive([StockLine("1", 1_000)]),
            till.stock.count([StockLine("1", 1_000)]),
            till.stock.correct(StockLine("1", 1_000), StockReason.FOUND),
        ):
            assert isinstance(answer, Refused)
            assert answer.code is code
    assert till.stock.movements("1") == ()


@pytest.mark.parametrize(
    ("fault", "finding"),
    [
        ("UPDATE stock SET on_hand = on_hand + 1 WHERE item = '1'", Finding.STOCK_SUM),
        ("DELETE FROM stock WHERE item = '1'", Finding.STOCK_SUM),
        ("INSERT INTO stock VALUES ('9', 'sellable', 5)", Finding.STOCK_SUM),
        ("INSERT INTO stock_movement VALUES ('1', 1, 1, 1, 'sellable', 'found', 5)", Finding.VALUE_UNREADABLE),
        ("INSERT INTO stock_movement VALUES ('1', 1, 1, 1, 'sellable', 'count', 5)", Finding.STOCK_ENTRY),
        ("INSERT INTO stock_movement VALUES ('1', 1, 1, 1, 'sellable', 'sale', 5)", Finding.STOCK_SALE),
        ("UPDATE item SET unit_price = 1 WHERE id = '2'", Finding.PRICE_HELD),
        ("UPDATE item_terms SET quantity_prices = '6000:1' WHERE item = '3'", Finding.PRICE_HELD),
        ("UPDATE item_terms SET quantity_prices = '' WHERE item = '3'", Finding.PRICE_HELD),
        ("DELETE FROM item_terms WHERE item = '3'", Finding.PRICE_HELD),
        ("INSERT INTO item_terms VALUES ('2', 0, '', '6000:1', NULL, NULL)", Finding.PRICE_HELD),
    ],
)
def test_verify_sees_what_was_not_so(till: Workstation, fault: str, finding: Finding) -> None:
    till.stock.receive([StockLine("1", 10_000)])
    till.catalogue.set_price("2", 3_000)
    by_quantity = (QuantityPrice(2_000, 120_000), QuantityPrice(10_000, 99_900))
    assert not isinstance(till.catalogue.set_price("3", 125_000, quantity_prices=by_quantity), Refused)
    tomorrow = till.desk.now() + timedelta(days=1)
    assert not isinstance(till.catalogue.set_price("3", 90_000, tomorrow, quantity_prices=()), Refused)
    sell(till)
    assert verify_books(till.desk.shop).sound
    connection = sqlite.connect(till.desk.shop.folder / DATABASE)
    connection.execute(fault)
    connection.commit()
    connection.close()
    assert finding in {violation.finding for violation in verify_books(till.desk.shop).violations}
