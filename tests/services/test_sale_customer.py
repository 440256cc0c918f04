"""A sale with a customer: kept like any other change, points in the same unit of work, nobody their own cashier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread

import pytest

from pos.domain.customer import Customer
from pos.domain.discount import DiscountSource
from pos.domain.journal import EntryKind
from pos.domain.points import PointsKind, PointsOfSale
from pos.domain.refusal import Code, Refused
from pos.services.customers import found_customers
from pos.services.desk import read_payload
from pos.services.sale import CompletedSale, SaleView
from pos.services.verify import verify_books
from pos.workstation import Workstation
from receipts.plain_text import render
from tests.corner_shop import CASHIER, MANAGER, OWNER, approve_by_another, new_shop, open_up, sell

ANN = Customer("C1", "Ann Nováková", card="KC-ANN00001", language="sv")
MAYA = Customer("C2", "Maya Reyes", card="KC-MAYA0001", staff=CASHIER.id)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    """Return a till of a shop that gives a point for each crown and takes one for ten hellers."""
    workstation = open_up(new_shop(tmp_path / "shop"))
    workstation.desk.operator = OWNER
    assert not isinstance(workstation.shop_settings.change({"points_every": 100, "point_worth": 10}), Refused)
    for customer in (ANN, MAYA):
        assert workstation.customers.add(customer) == customer
    workstation.desk.operator = CASHIER
    yield workstation
    workstation.close()


def shown(answer: object) -> SaleView:
    assert isinstance(answer, SaleView), answer
    return answer


def code_of(answer: object) -> Code | None:
    return answer.code if isinstance(answer, Refused) else None


def customer_of(till: Workstation) -> str | None:
    return till.sale.view.priced.basket.customer


def points_of(till: Workstation, customer: str) -> int:
    found = till.customers.get(customer)
    assert found is not None
    return found.points


def test_the_customer_is_a_change_like_any_other(till: Workstation) -> None:
    shown(till.sale.scan("BREAD"))
    shown(till.sale.scan("kc-ann00001"))
    assert customer_of(till) == ANN.id
    till.sale.undo()
    assert customer_of(till) is None
    till.sale.redo()
    assert customer_of(till) == ANN.id
    shown(till.sale.set_customer(None))
    assert customer_of(till) is None


def test_a_card_comes_before_the_first_item_and_outlives_a_power_cut(till: Workstation) -> None:
    shown(till.sale.scan("KC-ANN00001"))
    folder = till.desk.shop.folder
    till.close()
    again = open_up(folder)
    view = again.sale.recover()
    assert view is not None
    assert view.priced.basket.customer == ANN.id
    again.sale.set_customer(None)
    assert again.sale.recover() is None
    again.close()
    till.desk.shop.books.close()


def test_a_suspended_sale_keeps_its_customer(till: Workstation) -> None:
    till.sale.scan("BREAD")
    till.sale.set_customer(ANN.id)
    till.suspended.suspend()
    assert customer_of(till) is None
    shown(till.suspended.recall_last())
    assert customer_of(till) == ANN.id


def test_a_customer_nobody_knows_and_one_too_late(till: Workstation) -> None:
    assert code_of(till.sale.set_customer("C9")) is Code.CUSTOMER_UNKNOWN
    till.sale.scan("BREAD")
    till.sale.tender_cash(1_000)
    assert code_of(till.sale.set_customer(ANN.id)) is Code.TENDERS_TAKEN
    till.sale.release_tenders()
    till.desk.operator = MANAGER
    assert isinstance(till.customers.erase(ANN.id), Customer)
    assert code_of(till.sale.set_customer(ANN.id)) is Code.CUSTOMER_FORGOTTEN


def test_points_are_earned_and_said_on_a_receipt_in_the_customers_language(till: Workstation) -> None:
    till.sale.set_customer(ANN.id)
    done = sell(till, "BREAD", "09520000000011")
    assert done.transaction.total == 134_190
    assert done.points == PointsOfSale(earned=1_341, spent=0, left=1_341)
    assert points_of(till, ANN.id) == 1_341
    with till.desk.shop.books.reading() as work:
        (entry,) = work.journal.of_subject(done.transaction.id, EntryKind.SALE_COMPLETED)
        (job,) = work.paper_jobs.of_transaction(done.transaction.id, "sale_receipt")
    assert read_payload(entry) == {"points": [["C1", "earned", 1_341]], "points_left": 1_341}
    assert job.language == "sv"
    document = till.paperwork.document(done.transaction.id)
    assert document is not None
    text = render(document, 42)
    assert "C1" in text
    assert "Ann" not in text, "the number alone"
    profile = till.customers.profile(ANN.id)
    assert not isinstance(profile, Refused)
    assert [(move.kind, move.points, move.receipt) for move in profile.points] == [
        (PointsKind.EARNED, 1_341, str(done.transaction.receipt))
    ]
    assert [sale.receipt for sale in profile.purchases] == [str(done.transaction.receipt)]
    assert verify_books(till.desk.shop).sound


def test_a_sale_completed_again_moves_no_points_again(till: Workstation) -> None:
    till.sale.set_customer(ANN.id)
    till.sale.scan("BREAD")
    till.sale.tender_cash(5_000)
    priced = till.sale.open.priced
    first = till.sale.complete()
    till.sale.open.priced = priced
    second = till.sale.complete()
    assert isinstance(first, CompletedSale)
    assert isinstance(second, CompletedSale)
    assert (first.transaction, first.points) == (second.transaction, second.points)
    assert points_of(till, ANN.id) == 42


def test_nobody_rings_up_their_own_purchase_not_a_line_and_not_the_end(till: Workstation) -> None:
    assert code_of(till.sale.scan("KC-MAYA0001")) is Code.OWN_PURCHASE
    till.sale.scan("BREAD")
    till.desk.operator = MANAGER
    assert code_of(till.sale.set_customer(MAYA.id)) is Code.OWN_PURCHASE, "she rang up a line"
    till.sale.void_sale()
    shown(till.sale.set_customer(MAYA.id))
    till.sale.scan("BREAD")
    till.sale.tender_cash(5_000)
    till.desk.operator = CASHIER
    assert code_of(till.sale.complete()) is Code.OWN_PURCHASE
    till.desk.operator = MANAGER
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    with till.desk.shop.books.reading() as work:
        (entry,) = work.journal.of_subject(done.transaction.id, EntryKind.SALE_COMPLETED)
    assert read_payload(entry)["staff_purchase"] == CASHIER.id
    assert points_of(till, MAYA.id) == 0, "the staff's own rule, no points besides"


def test_who_becomes_staff_while_the_sale_is_open_is_noticed_at_its_end(till: Workstation) -> None:
    till.sale.set_customer(ANN.id)
    till.sale.scan("BREAD")
    till.sale.tender_cash(5_000)
    till.desk.operator = MANAGER
    assert isinstance(till.customers.change(replace(ANN, staff=CASHIER.id)), Customer)
    till.desk.operator = CASHIER
    assert code_of(till.sale.complete()) is Code.OWN_PURCHASE


def rich(till: Workstation, points: int = 500) -> None:
    """Ann gets points the way she would: by buying."""
    till.sale.set_customer(ANN.id)
    while points_of(till, ANN.id) < points:
        sell(till, "09520000000011")
        till.sale.set_customer(ANN.id)


def test_points_are_a_discount_spread_over_the_lines_and_gone_with_the_sale(till: Workstation) -> None:
    rich(till)
    had = points_of(till, ANN.id)
    till.sale.scan("BREAD")
    till.sale.scan("DEPOSIT")
    priced = shown(till.sale.spend_points(100)).priced
    assert (priced.points, priced.discount, priced.total) == (100, 1_000, 3_590)
    assert [line.discount for line in priced.lines] == [935, 65]
    till.sale.undo()
    assert till.sale.view.priced.points == 0
    till.sale.redo()
    till.sale.tender_cash(5_000)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    assert done.points == PointsOfSale(earned=35, spent=100, left=had - 100 + 35)
    assert points_of(till, ANN.id) == had - 100 + 35
    document = till.paperwork.document(done.transaction.id)
    assert document is not None
    assert [discount.source.value for discount in done.transaction.lines[0].discounts] == ["points"]
    assert verify_books(till.desk.shop).sound


def test_no_more_points_go_than_there_is_to_pay(till: Workstation) -> None:
    rich(till)
    had = points_of(till, ANN.id)
    till.sale.scan("DEPOSIT")
    priced = shown(till.sale.spend_points(had)).priced
    assert (priced.points, priced.total) == (30, 0)
    till.sale.scan("BREAD")
    assert till.sale.view.priced.points == 459
    till.sale.remove_line(1)
    till.sale.tender_cash(0)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    assert points_of(till, ANN.id) == had - 30


def test_points_somebody_does_not_have_or_a_shop_does_not_take(till: Workstation) -> None:
    assert code_of(till.sale.spend_points(1)) is Code.CUSTOMER_MISSING
    till.sale.set_customer(ANN.id)
    assert code_of(till.sale.spend_points(1)) is Code.POINTS_BALANCE
    assert code_of(till.sale.spend_points(-1)) is Code.POINTS_INVALID
    till.desk.operator = OWNER
    assert not isinstance(till.shop_settings.change({"point_worth": 0}), Refused)
    till.desk.operator = CASHIER
    assert code_of(till.sale.spend_points(1)) is Code.POINTS_NOT_TAKEN
    rich(till, 1)
    shown(till.sale.set_customer(None))
    assert till.sale.view.priced.basket.points == 0


def test_two_lanes_cannot_spend_the_same_points(till: Workstation) -> None:
    rich(till)
    had = points_of(till, ANN.id)
    till.sale.set_customer(None)
    lanes = [till, *(open_up(till.desk.shop.folder, number=number) for number in (2, 3, 4))]
    for lane in lanes:
        lane.sale.scan("09520000000011")
        lane.sale.set_customer(ANN.id)
        shown(lane.sale.spend_points(had))
        lane.sale.tender_cash(200_000)
    gate = Barrier(len(lanes))
    answers: list[object] = []

    def complete(lane: Workstation) -> None:
        gate.wait()
        answers.append(lane.sale.complete())

    threads = [Thread(target=complete, args=(lane,)) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = [answer for answer in answers if isinstance(answer, CompletedSale)]
    assert [code_of(answer) for answer in answers if not isinstance(answer, CompletedSale)] == [Code.POINTS_BALANCE] * 3
    assert len(done) == 1
    assert done[0].points is not None
    assert points_of(till, ANN.id) == done[0].points.left >= 0
    assert verify_books(till.desk.shop).sound
    for lane in lanes[1:]:
        lane.close()


def test_the_staff_buys_under_its_own_rule(till: Workstation) -> None:
    till.desk.operator = OWNER
    assert not isinstance(till.shop_settings.change({"staff_discount": 100_000}), Refused)
    till.desk.operator = MANAGER
    till.sale.scan("BREAD")
    assert till.sale.view.priced.discount == 0
    priced = shown(till.sale.set_customer(MAYA.id)).priced
    assert (priced.discount, priced.total) == (429, 3_861)
    done = sell(till, "DEPOSIT")
    (bread, deposit) = done.transaction.lines
    assert [(each.source.value, each.amount) for each in (*bread.discounts, *deposit.discounts)] == [
        ("staff", 429),
        ("staff", 30),
    ]
    assert verify_books(till.desk.shop).sound


def test_a_discount_that_was_approved_stays_when_points_are_spent_on_its_line(till: Workstation) -> None:
    till.desk.operator = OWNER
    with till.desk.shop.books.writing() as work:
        found_customers(work, till.desk, [Customer("C9", "Eva Malá", points=500)])
        work.commit()
    till.desk.operator = CASHIER
    shown(till.sale.scan("BREAD"))
    approve_by_another(till)
    shown(till.sale.set_customer("C9"))
    view = shown(till.sale.spend_points(10))
    assert view.came_off == ()
    assert {one.source for one in view.priced.lines[0].discounts} == {DiscountSource.LINE, DiscountSource.POINTS}
    # Another line takes a share of the points, and still nothing of what was agreed on the first.
    view = shown(till.sale.scan("BREAD"))
    assert view.came_off == ()
    assert view.priced.lines[0].line.markdown is not None
