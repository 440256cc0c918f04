"""The open sale: what it refuses, what it takes back, and what stands in the books once it is complete."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from pos.domain.basket import LINES_MAX
from pos.domain.finding import Finding
from pos.domain.item import Item, ShelfPrice
from pos.domain.journal import EntryKind
from pos.domain.money import Money, Quantity, Unit
from pos.domain.refusal import Code, Refused
from pos.domain.transaction import EndedSale, ReceiptNumber
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.shop_folder import DATABASE
from pos.services.completion import complete_sale
from pos.services.crash import CrashPoint, ProcessDied, dying_at_commit
from pos.services.desk import Desk
from pos.services.sale import TOTAL_MAX, CompletedSale, Sale, SaleView
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, HandClock, contents, new_shop, open_up, sell

Step = Callable[[Workstation], object]


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"))
    yield workstation
    workstation.close()


def refused(answer: object, code: Code) -> dict[str, object]:
    assert isinstance(answer, Refused), answer
    assert answer.code is code
    return answer.facts


def entries(workstation: Workstation) -> list[tuple[EntryKind, str]]:
    with workstation.desk.shop.books.reading() as work:
        return [(entry.kind, entry.payload) for entry, _ in work.journal.entries(workstation.desk.number)]


class TestRefusals:
    """Each is a value with its reason, and nothing was written."""

    @pytest.fixture(autouse=True)
    def nothing_written(self, till: Workstation) -> Iterator[None]:
        sell(till)
        till.sale.scan("BREAD")
        before, view = contents(till.desk.shop.folder), till.sale.view
        yield
        assert contents(till.desk.shop.folder) == before
        assert till.sale.view == view

    def test_codes(self, till: Workstation) -> None:
        assert refused(till.sale.scan(" 12345 "), Code.ITEM_UNKNOWN) == {"code": "12345"}
        assert refused(till.sale.add_item("77"), Code.ITEM_UNKNOWN) == {"code": "77"}
        for code in ("", "  ", "\x00", "x" * 81):
            refused(till.sale.scan(code), Code.CODE_UNREADABLE)

    @pytest.mark.parametrize(
        "quantity",
        [Quantity(0), Quantity(-1000), Quantity(1500), Quantity(10**9 + 1000), Quantity(1000, Unit.KG)],
    )
    def test_quantities(self, till: Workstation, quantity: Quantity) -> None:
        assert refused(till.sale.scan("BREAD", quantity), Code.QUANTITY_INVALID) == {"quantity": quantity}
        refused(till.sale.set_quantity(0, quantity), Code.QUANTITY_INVALID)

    def test_lines_that_are_not_there(self, till: Workstation) -> None:
        for line in (-1, 1, 99):
            assert refused(till.sale.set_quantity(line, Quantity.pieces(1)), Code.LINE_UNKNOWN) == {"line": line + 1}
            refused(till.sale.remove_line(line), Code.LINE_UNKNOWN)

    def test_amounts(self, till: Workstation) -> None:
        for amount in (-1, 0, TOTAL_MAX + 1):
            facts = refused(till.sale.tender_cash(amount), Code.AMOUNT_INVALID)
            assert facts == {"amount": Money(amount, "CZK")}

    def test_completing_without_the_money(self, till: Workstation) -> None:
        assert refused(till.sale.complete(), Code.MONEY_MISSING) == {"due": Money(4_300, "CZK")}

    def test_too_dear(self, till: Workstation) -> None:
        dear = Item("9", "Ship", TOTAL_MAX, ("standard",))
        facts = refused(till.sale.add(dear, scanned="9"), Code.AMOUNT_INVALID)
        assert facts == {"amount": Money(TOTAL_MAX + 4_290, "CZK")}


def test_more_refusals(till: Workstation) -> None:
    refused(till.sale.complete(), Code.NOTHING_TO_PAY)
    refused(till.sale.tender_cash(100), Code.NOTHING_TO_PAY)
    refused(till.sale.void_sale(), Code.BASKET_EMPTY)
    assert till.sale.undo() is None
    assert till.sale.redo() is None
    assert till.sale.recover() is None
    till.sale.scan("BREAD")
    till.sale.tender_cash(5_000)
    refused(till.sale.tender_cash(1), Code.NOTHING_TO_PAY)
    refused(till.sale.scan("BREAD"), Code.TENDERS_TAKEN)
    refused(till.sale.set_quantity(0, Quantity.pieces(2)), Code.TENDERS_TAKEN)
    refused(till.sale.remove_line(0), Code.TENDERS_TAKEN)
    assert isinstance(till.sale.release_tenders(), SaleView)
    assert isinstance(till.sale.scan("BREAD"), SaleView)


def test_a_closed_till_sells_nothing(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    other = open_up(folder, number=2)
    workstation = open_up(folder)
    with workstation.desk.shop.books.writing() as work:
        workstation.desk.number = 7
        work.commit()
    refused(workstation.sale.scan("BREAD"), Code.TILL_CLOSED)
    refused(workstation.sale.add_item("1"), Code.TILL_CLOSED)
    other.close()
    workstation.close()


def test_a_sale_is_not_completed_where_no_till_is_open(till: Workstation) -> None:
    till.sale.scan("BREAD")
    till.sale.tender_cash(5_000)
    elsewhere = Desk(till.desk.shop, 9, till.desk.clock, till.desk.rules)
    refused(complete_sale(elsewhere, till.sale.view.priced, CASHIER), Code.TILL_CLOSED)
    assert till.sale.last_completed() is None


def test_a_sale_holds_so_many_lines(till: Workstation) -> None:
    item = till.catalogue.find("DEPOSIT")
    assert item is not None
    filled = till.sale.scan("DEPOSIT")
    assert isinstance(filled, SaleView)
    line = filled.priced.lines[0].line
    basket = replace(filled.priced.basket, lines=(line,) * LINES_MAX)
    till.sale.open.take(basket)
    assert refused(till.sale.add(item, scanned="x"), Code.LINE_LIMIT) == {"limit": LINES_MAX}
    till.sale.tender_cash(till.sale.view.priced.due_cash)
    assert isinstance(till.sale.complete(), CompletedSale)


def test_what_is_in_the_books_is_what_was_shown(till: Workstation) -> None:
    till.sale.scan("BREAD", Quantity.pieces(3))
    till.sale.scan("4135", Quantity(1_284, Unit.KG))
    till.sale.scan("9520000000011")
    till.sale.add_item("1234e567")
    shown = till.sale.tender_cash(200_000)
    assert isinstance(shown, SaleView)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    stored = till.sale.last_completed()
    assert stored == done.transaction
    ended = till.sale.last_ended()
    assert ended == EndedSale(
        stored.receipt, stored.at, stored.utc_offset_minutes, stored.currency, stored.total, stored.change
    )
    assert (stored.subtotal, stored.net, stored.tax, stored.total) == (
        shown.priced.subtotal, shown.priced.net, shown.priced.tax, shown.priced.total,
    )  # fmt: skip
    assert (stored.paid, stored.change, stored.rounding) == (
        shown.priced.paid, shown.priced.change, shown.priced.rounding,
    )  # fmt: skip
    assert [line.scanned for line in stored.lines] == ["BREAD", "4135", "9520000000011", "1234e567"]
    assert stored.receipt == ReceiptNumber("0142", 1, 1)
    assert str(stored.receipt) == "0142-01-0001"
    assert till.sale.view.empty
    current = till.tills.current()
    assert current is not None
    assert current.expected.minor == 100_000 + stored.paid
    assert verify_books(till.desk.shop).sound


def test_undo_and_redo_go_through_every_basket(till: Workstation) -> None:
    views = [till.sale.view.priced]
    steps: tuple[Step, ...] = (
        lambda w: w.sale.scan("BREAD"),
        lambda w: w.sale.scan("4135", Quantity(500, Unit.KG)),
        lambda w: w.sale.set_quantity(0, Quantity.pieces(4)),
        lambda w: w.sale.remove_line(1),
        lambda w: w.sale.tender_cash(20_000),
        lambda w: w.sale.release_tenders(),
    )
    for step in steps:
        assert isinstance(step(till), SaleView)
        views.append(till.sale.view.priced)
    for earlier in reversed(views[:-1]):
        assert till.sale.view.can_undo
        assert till.sale.undo() is not None
        assert till.sale.view.priced == earlier
    assert not till.sale.view.can_undo
    for later in views[1:]:
        assert till.sale.redo() is not None
        assert till.sale.view.priced == later
    assert not till.sale.view.can_redo
    till.sale.undo()
    till.sale.undo()
    till.sale.remove_line(0)
    assert not till.sale.view.can_redo, "a change forgets what was undone"


def reopened(workstation: Workstation) -> Workstation:
    """The next start in the same folder, as after a power cut: nothing of the old program is asked."""
    workstation.close()
    return open_up(workstation.desk.shop.folder, clock=workstation.desk.clock)  # type: ignore[arg-type]


def test_every_change_outlives_the_program(till: Workstation) -> None:
    workstation = till
    steps: tuple[Step, ...] = (
        lambda w: w.sale.scan("BREAD"),
        lambda w: w.sale.scan("4135", Quantity(1, Unit.KG)),
        lambda w: w.sale.set_quantity(0, Quantity.pieces(2)),
        lambda w: w.sale.tender_cash(1),
        lambda w: w.sale.undo(),
        lambda w: w.sale.tender_cash(2),
        lambda w: w.sale.remove_line(1),
        lambda w: w.sale.release_tenders(),
    )
    for step in steps:
        step(workstation)
        was = workstation.sale.view
        workstation = reopened(workstation)
        assert workstation.sale.view.empty, "nothing is taken up unasked"
        offered = workstation.sale.recover()
        assert offered is not None
        assert offered.priced == was.priced
        assert offered.selected == len(was.priced.lines) - 1
    workstation.sale.remove_line(0)
    workstation.sale.remove_line(0)
    workstation = reopened(workstation)
    assert workstation.sale.recover() is None
    workstation.close()


@pytest.mark.parametrize("back", [1, 2, 3])
@pytest.mark.parametrize("forth", [False, True])
def test_what_undo_and_redo_lead_to_outlives_the_program(till: Workstation, back: int, forth: bool) -> None:
    till.sale.scan("BREAD")
    till.sale.scan("4135", Quantity(1, Unit.KG))
    till.sale.set_quantity(0, Quantity.pieces(2))
    till.sale.tender_cash(1)
    for _ in range(back):
        assert till.sale.undo() is not None
    if forth:
        assert till.sale.redo() is not None
    was = till.sale.view
    workstation = reopened(till)
    offered = workstation.sale.recover()
    assert offered is not None
    assert offered.priced == was.priced
    workstation.close()


@pytest.mark.parametrize("body", ["{}", "[]", "x", '{"id": 1, "customer": null, "lines": [[1]], "tenders": []}'])
def test_an_open_sale_that_cannot_be_read_is_said_to_be(till: Workstation, body: str) -> None:
    till.sale.scan("BREAD")
    connection = sqlite.connect(till.desk.shop.folder / DATABASE)
    connection.execute("UPDATE basket SET body = ?", (body,))
    connection.commit()
    connection.close()
    with pytest.raises(KnownError) as met:
        till.sale.recover()
    assert met.value.trouble is Trouble.BOOKS_DAMAGED
    report = verify_books(till.desk.shop)
    assert [(found.finding, found.where) for found in report.violations] == [(Finding.VALUE_UNREADABLE, "basket 1")]


def test_a_void_is_in_the_journal_and_nowhere_else(till: Workstation) -> None:
    till.sale.scan("BREAD", Quantity.pieces(2))
    basket = till.sale.view.priced.basket
    answer = till.sale.void_sale()
    assert isinstance(answer, SaleView)
    assert answer.empty
    assert answer.priced.basket.id != basket.id
    assert entries(till)[-1] == (EntryKind.SALE_VOIDED, '{"lines":[["1",2000,8580]],"total":8580}')
    assert till.sale.last_completed() is None
    assert till.sale.last_ended() is None
    assert till.sale.recover() is None
    assert verify_books(till.desk.shop).sound


def again(workstation: Workstation, view: SaleView) -> Sale:
    """A program that still shows a sale which another commit already wrote."""
    repeated = Sale(workstation.desk)
    repeated.open.take(view.priced.basket)
    return repeated


def test_completing_the_same_sale_again_answers_with_the_one_that_is_there(till: Workstation) -> None:
    till.sale.scan("BREAD")
    till.sale.tender_cash(5_000)
    shown = till.sale.view
    first = till.sale.complete()
    sell(till)
    before = contents(till.desk.shop.folder)
    assert again(till, shown).complete() == first
    assert contents(till.desk.shop.folder) == before
    till.close()
    open_up(till.desk.shop.folder).close()


def test_other_content_under_the_same_identity_is_refused(till: Workstation) -> None:
    till.sale.scan("BREAD")
    till.sale.tender_cash(5_000)
    shown = till.sale.view
    till.sale.complete()
    before = contents(till.desk.shop.folder)
    basket = shown.priced.basket
    for other in (
        replace(basket, lines=basket.lines * 2, tenders=(replace(basket.tenders[0], amount=9_000),)),
        replace(basket, tenders=(replace(basket.tenders[0], amount=5_001),)),
        replace(basket, lines=(replace(basket.lines[0], operator="201"),)),
        replace(basket, note="for the fair"),
    ):
        sale = again(till, shown)
        sale.open.take(other)
        refused(sale.complete(), Code.IDENTITY_REUSED)
    assert contents(till.desk.shop.folder) == before


@pytest.mark.parametrize("point", [CrashPoint.BEFORE_COMMIT, CrashPoint.AFTER_COMMIT])
def test_a_program_that_dies_at_the_commit_leaves_one_sale_or_its_basket(till: Workstation, point: CrashPoint) -> None:
    sell(till)
    till.sale.scan("BREAD")
    till.sale.tender_cash(5_000)
    with pytest.raises(ProcessDied), dying_at_commit(till.desk, point):
        till.sale.complete()
    workstation = reopened(till)
    offered = workstation.sale.recover()
    if point is CrashPoint.BEFORE_COMMIT:
        assert offered is not None
        done = workstation.sale.complete()
        assert isinstance(done, CompletedSale)
    else:
        assert offered is None
    last = workstation.sale.last_completed()
    assert last is not None
    assert last.receipt.number == 2
    assert verify_books(workstation.desk.shop).sound
    workstation.close()


def test_a_clock_that_steps_back_is_noted_and_orders_nothing(tmp_path: Path) -> None:
    clock = HandClock()
    till = open_up(new_shop(tmp_path / "shop"), clock=clock)
    first = sell(till)
    clock.moment -= timedelta(days=3)
    second = sell(till)
    assert [kind for kind, _ in entries(till)][-2:] == [EntryKind.CLOCK_STEPPED_BACK, EntryKind.SALE_COMPLETED]
    assert second.head.sequence == first.head.sequence + 2
    assert second.transaction.at < first.transaction.at
    assert second.transaction.receipt.number == first.transaction.receipt.number + 1
    assert second.transaction.business_day == first.transaction.business_day, "the day is the till's, not the clock's"
    third = sell(till)
    assert third.head.sequence == second.head.sequence + 1, "the step is noted once"
    clock.moment += timedelta(days=400)
    assert sell(till).transaction.business_day == first.transaction.business_day
    assert till.sale.last_completed() is not None
    assert verify_books(till.desk.shop).sound
    till.close()


def test_numbers_of_three_workstations_run_without_a_gap_each(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    clock = HandClock()
    lanes = [open_up(folder, number=number, clock=clock) for number in (1, 2, 3)]
    for turn in range(12):
        lane = lanes[(turn * 7) % 3]
        lane.sale.scan("BREAD")
        if turn % 4 == 3:
            lane.sale.void_sale()
        else:
            lane.sale.tender_cash(5_000)
            assert isinstance(lane.sale.complete(), CompletedSale)
    with lanes[0].desk.shop.books.reading() as work:
        numbers = [(workstation, number) for _, workstation, number in work.transactions.ids()]
    assert numbers == [(lane, number) for lane in (1, 2, 3) for number in (1, 2, 3)]
    report = verify_books(lanes[0].desk.shop)
    assert report.sound
    assert report.transactions == 9
    for lane in lanes:
        lane.close()


@pytest.mark.parametrize("last", [9_999, 10_000, 99_999])
def test_a_number_grows_past_its_four_digits_and_never_begins_anew(till: Workstation, last: int) -> None:
    stored = sell(till).transaction
    with till.desk.shop.books.writing() as work:
        receipt = replace(stored.receipt, number=last)
        work.transactions.add(replace(stored, id="f" * 32, receipt=receipt, token="B" * 16))
        assert work.transactions.next_number(till.desk.number) == last + 1
        assert work.transactions.next_number(till.desk.number + 1) == 1
        assert str(receipt).endswith(f"-{last}")


def test_a_total_that_rounds_away_is_paid_with_nothing(till: Workstation) -> None:
    coin = Item("8", "Sticker", 40, ("food",))
    till.sale.add(coin, scanned="8")
    assert till.sale.view.priced.due_cash == 0
    till.sale.tender_cash(0)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    assert (done.transaction.total, done.transaction.rounding, done.transaction.paid) == (40, -40, 0)
    free = sell(till, "1234e567")
    assert free.transaction.total == 0
    assert free.transaction.tenders == ()
    assert verify_books(till.desk.shop).sound


def test_a_price_changed_later_changes_no_line_and_no_receipt(till: Workstation) -> None:
    done = sell(till, "BREAD")
    till.sale.scan("BREAD")
    with till.desk.shop.books.writing() as work:
        bread = work.items.get("1", till.desk.now())
        assert bread is not None
        work.items.change_many([replace(bread, name="Toast")])
        now = till.desk.now()
        dear = work.item_prices.plan([("1", ShelfPrice(now, 99_999))], {"1": bread.shelf_price})
        work.item_prices.write(dear, work.journal.head(1), now)
        work.commit()
    assert till.sale.view.priced.lines[0].line.unit_price == 4_290
    assert till.sale.last_completed() == done.transaction
    assert sell(till, "BREAD").transaction.lines[1].name == "Toast"


def test_a_shop_copied_while_it_sells_is_not_shared(till: Workstation, tmp_path: Path) -> None:
    """Two programs in two folders share nothing: neither number nor basket."""
    other_folder = shutil.copytree(till.desk.shop.folder, tmp_path / "other")
    other = open_up(other_folder)
    assert sell(till).transaction.receipt == sell(other).transaction.receipt
    other.close()
