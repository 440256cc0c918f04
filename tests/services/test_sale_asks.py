"""What an item asks is asked by the sale: nothing is added until it is answered, and only answers are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.basket import Basket
from pos.domain.item import Item
from pos.domain.journal import EntryKind
from pos.domain.money import Quantity, Unit
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import NO_ANSWERS, OPEN_PRICE_MAX, Answers, Ask, Needs, Weighed, old_enough_from
from pos.domain.ringing import Call, ring_up
from pos.services.sale import CompletedSale, SaleView
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import contents, new_shop, open_up

PHONE = Item("P", "Phone", 299_000, ("standard",), serial=True)
WINE = Item("W", "Wine", 19_900, ("standard",), age=18)
RUM = Item("R", "Rum", 39_900, ("standard",), age=21)
GIFT = Item("G", "Gift", 0, ("standard",), open_price=True)
# The shop's day is 21 November 2026.
EIGHTEEN_TODAY, EIGHTEEN_TOMORROW = date(2008, 11, 21), date(2008, 11, 22)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"))
    yield workstation
    assert verify_books(workstation.desk.shop).violations == ()
    workstation.close()


def add(till: Workstation, item: Item, answers: Answers = NO_ANSWERS, quantity: int | None = None) -> object:
    pieces = None if quantity is None else Quantity.pieces(quantity)
    return till.sale.add(item, scanned=item.id, quantity=pieces, answers=answers)


def code_of(answer: object) -> Code | None:
    return answer.code if isinstance(answer, Refused) else None


def test_every_question_at_once_and_the_same_call_again_with_the_answers(till: Workstation) -> None:
    whisky_voucher = Item("V", "Voucher", 0, (), age=18, open_price=True, serial=True)
    before = contents(till.desk.shop.folder)
    needs = add(till, whisky_voucher, quantity=2)
    assert isinstance(needs, Needs)
    assert (needs.asks, needs.code, needs.serials) == ((Ask.AGE, Ask.PRICE, Ask.SERIAL), Code.AGE_NOT_SEEN, 2)
    assert contents(till.desk.shop.folder) == before
    answers = Answers(price=50_000, age_seen=True, serials=("A", "B"))
    view = till.sale.add(needs.item, scanned=needs.scanned, quantity=needs.quantity, answers=answers)
    assert isinstance(view, SaleView)
    assert view.priced.total == 100_000


def test_an_age_is_compared_with_the_shop_s_day_and_no_date_is_kept(till: Workstation) -> None:
    young = add(till, WINE, Answers(born=EIGHTEEN_TOMORROW))
    assert isinstance(young, Refused)
    assert (young.code, young.facts["from"]) == (Code.AGE_TOO_YOUNG, date(2026, 11, 22))
    for impossible in (date(2026, 11, 22), date(1890, 1, 1)):
        assert code_of(add(till, WINE, Answers(born=impossible))) is Code.BIRTH_DATE_INVALID
    assert isinstance(add(till, WINE, Answers(born=EIGHTEEN_TODAY)), SaleView)
    # Once a sale, and no further than it was looked at.
    assert isinstance(add(till, WINE), SaleView)
    assert code_of(add(till, RUM)) is Code.AGE_NOT_SEEN
    assert isinstance(add(till, RUM, Answers(age_seen=True)), SaleView)
    till.sale.tender_cash(1_000_000)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    assert [line.detail.age_checked for line in done.transaction.lines] == [18, 18, 21]
    written = repr(contents(till.desk.shop.folder))
    assert "2008-11" not in written


def test_prices_that_are_asked_have_limits(till: Workstation) -> None:
    assert code_of(add(till, GIFT)) is Code.PRICE_REQUIRED
    for price in (0, -1, OPEN_PRICE_MAX + 1):
        assert code_of(add(till, GIFT, Answers(price=price))) is Code.PRICE_LIMIT
    assert code_of(add(till, WINE, Answers(price=100, age_seen=True))) is Code.PRICE_FIXED
    assert isinstance(add(till, GIFT, Answers(price=2_500)), SaleView)
    assert isinstance(till.sale.set_open_price(0, 3_000), SaleView)
    assert till.sale.view.priced.total == 3_000
    till.sale.undo()
    assert till.sale.view.priced.total == 2_500


def test_serial_numbers_are_one_a_piece_and_never_twice(till: Workstation) -> None:
    assert code_of(add(till, PHONE)) is Code.SERIAL_REQUIRED
    for wrong, code in (
        (("a b",), Code.SERIAL_INVALID),
        (("",), Code.SERIAL_INVALID),
        (("x" * 41,), Code.SERIAL_INVALID),
        (("A", "A"), Code.SERIAL_TWICE),
    ):
        assert code_of(add(till, PHONE, Answers(serials=wrong))) is code
    assert code_of(add(till, PHONE, Answers(serials=("A",)), quantity=2)) is Code.SERIAL_COUNT
    assert isinstance(add(till, PHONE, Answers(serials=("A", "B"))), SaleView)
    assert code_of(add(till, PHONE, Answers(serials=("B",)))) is Code.SERIAL_TWICE
    assert code_of(till.sale.set_quantity(0, Quantity.pieces(3))) is Code.SERIAL_COUNT
    assert isinstance(till.sale.set_serials(0, ("B", "C")), SaleView)
    assert till.sale.view.priced.basket.lines[0].serials == ("B", "C")


def test_everything_survives_the_end_of_the_program_and_reaches_the_books(till: Workstation) -> None:
    add(till, PHONE, Answers(serials=("A",)))
    till.sale.scan("4135", answers=Answers(weighed=Weighed(Quantity(520, Unit.KG), tare=20, reason="label")))
    till.sale.set_note(0, "gift wrapped")
    till.sale.set_note(None, "collected at six")
    till.sale.redo()
    shown = till.sale.view.priced
    till.sale.open.clear()
    recovered = till.sale.recover()
    assert recovered is not None
    assert recovered.priced == shown
    till.sale.tender_cash(1_000_000)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    with till.desk.shop.books.reading() as work:
        stored = work.transactions.get(done.transaction.id)
    assert stored == done.transaction
    phone, apples = (line.detail for line in done.transaction.lines)
    assert (phone.serials, phone.note) == (("A",), "gift wrapped")
    assert (apples.weight_source, apples.weight_reason, apples.tare) == ("typed", "label", 20)
    assert done.transaction.note == "collected at six"


def test_notes_are_one_line_and_undone_like_everything(till: Workstation) -> None:
    assert code_of(till.sale.set_note(None, "x")) is Code.BASKET_EMPTY
    till.sale.scan("BREAD")
    for wrong in ("x" * 201, "two\nlines", "\x1b[31m"):
        assert code_of(till.sale.set_note(0, wrong)) is Code.NOTE_INVALID
    assert code_of(till.sale.set_note(3, "x")) is Code.LINE_UNKNOWN
    till.sale.set_note(0, "one")
    till.sale.undo()
    assert till.sale.view.priced.basket.lines[0].note == ""
    till.sale.redo()
    assert till.sale.view.priced.basket.lines[0].note == "one"


def test_a_void_with_a_reason_is_in_the_journal(till: Workstation) -> None:
    till.sale.scan("BREAD")
    till.sale.scan("BREAD")
    assert code_of(till.sale.remove_line(0, "weather")) is Code.REASON_UNKNOWN
    assert code_of(till.sale.void_sale("weather")) is Code.REASON_UNKNOWN
    till.sale.remove_line(0, "damaged")
    till.sale.void_sale("customer_left")
    with till.desk.shop.books.reading() as work:
        (line,) = work.journal.of_kind(EntryKind.LINE_VOIDED)
        (sale,) = work.journal.of_kind(EntryKind.SALE_VOIDED)
    assert '"reason":"damaged"' in line.payload
    assert '"reason":"customer_left"' in sale.payload


ITEMS = st.builds(
    Item,
    st.just("X"),
    st.just("Thing"),
    st.integers(0, 10**6),
    st.just(()),
    st.sampled_from(Unit),
    age=st.sampled_from([0, 15, 18, 21]),
    serial=st.booleans(),
    open_price=st.booleans(),
)
ANSWERS = st.builds(
    Answers,
    price=st.none() | st.integers(-5, OPEN_PRICE_MAX + 5),
    weighed=st.none() | st.builds(Weighed, st.builds(Quantity, st.integers(-5, 10**7), st.sampled_from(Unit))),
    born=st.none() | st.dates(),
    age_seen=st.booleans(),
    serials=st.lists(st.text(max_size=4), max_size=3).map(tuple),
)


@given(item=ITEMS, answers=ANSWERS, quantity=st.none() | st.builds(Quantity, st.integers(-5, 10**10)))
def test_whatever_is_answered_a_line_can_be_sold(item: Item, answers: Answers, quantity: Quantity | None) -> None:
    basket = Basket("B")
    call = Call(item, "X", quantity, answers, "101", date(2026, 11, 21), "USD")
    answer = ring_up(basket, call)
    if isinstance(answer, Needs):
        assert answer.asks
    if isinstance(answer, Refused):
        return
    (line,) = answer.lines
    assert line.quantity.sellable
    assert line.quantity.unit is item.unit
    assert answer.age_seen >= item.age
    assert not item.serial or len(line.serials) * 1000 == line.quantity.thousandths or item.unit is not Unit.PIECE
    assert not item.open_price or 0 < line.unit_price <= OPEN_PRICE_MAX
    assert isinstance(ring_up(replace(answer, tenders=()), call), Basket | Refused)


@given(st.dates(max_value=date(2100, 1, 1)), st.integers(1, 99))
def test_somebody_is_of_age_on_a_birthday_and_not_the_day_before(born: date, years: int) -> None:
    day = old_enough_from(born, years)
    assert (day.year - born.year) == years
    assert (day.month, day.day) in {(born.month, born.day), (3, 1)}
