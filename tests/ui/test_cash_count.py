"""Counting and closing by keyboard alone: type and Enter, F12 counts, F12 closes; a manager signs what is far off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Refused
from pos.services.demo_shop import DEMO_PINS
from pos.services.reasons import reasons
from pos.services.sale import CompletedSale, SaleView
from pos.ui.cash.count import CountScreen
from pos.wording import LANGUAGES
from tests.corner_shop import CHECK
from tests.lane import DANA, MUG, Lane
from tests.ui.measures import complaints

FLOAT = 20000


def press(lane: Lane, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or lane.window, key, modifier)
    QApplication.processEvents()


def digits(text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


@pytest.fixture
def count(lane: Lane) -> CountScreen:
    """Return the count of a till with nothing but its float, reached by its keys."""
    lane.open_till(FLOAT)
    lane.window.activateWindow()
    QApplication.processEvents()
    press(lane, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    press(lane, Qt.Key.Key_F12)
    screen = lane.shell.screen_shown
    assert isinstance(screen, CountScreen)
    return screen


def test_the_count_is_blind_until_it_is_in(lane: Lane, count: CountScreen) -> None:
    assert count.expected.shown == ""
    assert not count.expected.figures.isVisible()
    digits("2")
    assert "$200.00" in count.counted.accessibleName()
    press(lane, Qt.Key.Key_F12)
    assert count.expected.shown == "200.00"
    assert count.counted.chip.text == "Exact"


def test_enter_walks_notes_then_coins_and_counts_at_the_end(lane: Lane, count: CountScreen) -> None:
    been = []
    for _ in count.board.rows:
        been.append(next(row.piece.minor for row in count.board.rows if row.edit.hasFocus()))
        digits("1")
        press(lane, Qt.Key.Key_Return)
    assert been == [10000, 5000, 2000, 1000, 500, 100, 25, 10, 5, 1]
    last = lane.opened.workstation.counts.last()
    assert last is not None
    assert last.counted.minor == sum(been)


def test_shift_enter_goes_back(lane: Lane, count: CountScreen) -> None:
    press(lane, Qt.Key.Key_Return)
    assert count.board.rows[1].edit.hasFocus()
    press(lane, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert count.board.rows[0].edit.hasFocus()


@pytest.mark.usefixtures("count")
def test_two_keys_after_the_counts_close_the_till(lane: Lane) -> None:
    digits("2")
    press(lane, Qt.Key.Key_F12)
    press(lane, Qt.Key.Key_F12)
    assert lane.opened.workstation.tills.current() is None
    assert lane.shell.screen_shown is lane.shell.open_till
    assert "Z report 1" in lane.shell.messages.toast.accessibleName()


def test_the_float_that_stays_is_typed(lane: Lane, count: CountScreen) -> None:
    digits("2")
    press(lane, Qt.Key.Key_F12)
    press(lane, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    digits("150")
    assert "50.00" in count.after.accessibleName()
    press(lane, Qt.Key.Key_F12)
    report = lane.opened.workstation.day_reports.last_z()
    assert getattr(report, "next_float", None) == 15000


@pytest.mark.usefixtures("count")
def test_what_is_counted_after_the_count_is_counted_again(lane: Lane) -> None:
    digits("2")
    press(lane, Qt.Key.Key_F12)
    digits("3")
    press(lane, Qt.Key.Key_F12)
    assert lane.opened.workstation.tills.current() is not None
    last = lane.opened.workstation.counts.last()
    assert last is not None
    assert last.counted.minor == 30000


def test_a_small_difference_closes_at_once(lane: Lane, count: CountScreen) -> None:
    digits("1")
    press(lane, Qt.Key.Key_Return)
    press(lane, Qt.Key.Key_Return)
    digits("4")
    for _ in range(3):
        press(lane, Qt.Key.Key_Return)
    digits("18")
    press(lane, Qt.Key.Key_F12)
    assert count.counted.chip.text == "Short $2.00"
    assert count.counted.property("card") == "warn"
    press(lane, Qt.Key.Key_F12)
    assert lane.opened.workstation.tills.current() is None


def test_a_large_difference_is_signed_by_a_manager(lane: Lane, count: CountScreen) -> None:
    digits("1")
    press(lane, Qt.Key.Key_F12)
    assert count.counted.property("card") == "bad"
    press(lane, Qt.Key.Key_F7)
    sheet = lane.shell.overlays.approval
    assert sheet.isVisible()
    for digit in DEMO_PINS[DANA]:
        press(lane, Qt.Key(ord(digit)))
    press(lane, Qt.Key.Key_Return)
    assert not sheet.isVisible()
    assert lane.opened.workstation.tills.current() is None
    assert lane.shell.screen_shown is lane.shell.open_till


def test_recount_begins_with_empty_fields(lane: Lane, count: CountScreen) -> None:
    digits("1")
    press(lane, Qt.Key.Key_F12)
    press(lane, Qt.Key.Key_F2)
    assert count.board.typed == {}
    assert count.board.rows[0].edit.hasFocus()
    press(lane, Qt.Key.Key_F7)
    assert lane.opened.workstation.tills.current() is not None


def test_letters_are_no_count(lane: Lane, count: CountScreen) -> None:
    digits("2x")
    press(lane, Qt.Key.Key_F12)
    assert "2x" in count.banner.message
    assert lane.opened.workstation.counts.last() is None


def test_an_open_sale_is_finished_first(lane: Lane, count: CountScreen) -> None:
    lane.shell.scanned(MUG)
    lane.shell.open_place("cash_count")
    digits("2")
    press(lane, Qt.Key.Key_F12)
    press(lane, Qt.Key.Key_F12)
    assert count.banner.message
    assert lane.opened.workstation.tills.current() is not None


def test_plus_and_minus_count_by_touch(lane: Lane, count: CountScreen) -> None:
    row = count.board.rows[2]
    for _ in range(3):
        QTest.mouseClick(row.more, Qt.MouseButton.LeftButton)
    QTest.mouseClick(row.fewer, Qt.MouseButton.LeftButton)
    assert count.board.typed == {"20.00": "2"}
    assert "$40.00" in count.counted.accessibleName()
    assert lane.shell.screen_shown is count


def test_who_may_see_it_sees_what_should_be_there_before(lane: Lane) -> None:
    lane.sign_in(DANA)
    lane.opened.workstation.tills.open_till(FLOAT)
    lane.shell.open_till.opened.emit()
    lane.shell.open_place("cash_count")
    screen = lane.shell.screen_shown
    assert isinstance(screen, CountScreen)
    assert screen.expected.shown == "200.00"
    QTest.keyClicks(screen.board.first, "3")
    assert screen.counted.chip.text == "Over $100.00"


def test_what_stays_open_is_said_before_the_close(lane: Lane, count: CountScreen) -> None:
    lane.shell.scanned(MUG)
    lane.trigger("sell.keys.suspend")
    lane.shell.open_place("cash_count")
    digits("2")
    press(lane, Qt.Key.Key_F12)
    assert "1 open matter" in " ".join(label.text() for label in count.after.findChildren(QLabel) if label.isVisible())
    press(lane, Qt.Key.Key_F12)
    assert "1 open matter carried over" in lane.shell.messages.toast.accessibleName()
    assert len(lane.opened.workstation.suspended.waiting()) == 1


def test_opening_the_drawer_during_the_payment_leaves_it_as_it_was(lane: Lane, count: CountScreen) -> None:
    lane.shell.scanned(MUG)
    lane.trigger("sell.keys.pay")
    QTest.keyClicks(lane.shell.pay.received, "1")
    press(lane, Qt.Key.Key_Return)
    press(lane, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    press(lane, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    press(lane, Qt.Key.Key_F12)
    assert lane.shell.screen_shown is lane.shell.pay
    assert len(lane.opened.workstation.sale.view.priced.basket.tenders) == 1
    assert not count.isVisible()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)])
def test_nothing_is_cut_in_any_language(lane: Lane, count: CountScreen, language: str, size: tuple[int, int]) -> None:
    moves = lane.opened.workstation.till_moves
    for move in (moves.loan, moves.paid_in, moves.paid_out, moves.pickup):
        known = reasons(lane.opened.workstation.desk, ReasonKind(move.__name__))
        assert not isinstance(move(1500, known[0].code), Refused)
    lane.shell.scanned(MUG)
    lane.trigger("sell.keys.suspend")
    lane.shell.open_place("cash_count")
    lane.window.resize(*size)
    lane.window.choose_language(language)
    for _ in range(2):
        QApplication.processEvents()
    assert complaints(lane.window) == []
    count.board.rows[0].set_many(9)
    count.board.changed.emit()
    press(lane, Qt.Key.Key_F12)
    for _ in range(2):
        QApplication.processEvents()
    assert complaints(lane.window) == []


def test_rolls_come_by_key_and_count_as_the_coins_in_them(lane: Lane, count: CountScreen) -> None:
    rolls = count.board.rolls
    assert not any(row.isVisible() for row in rolls.rows)
    row = next(row for row in count.board.rows if row.piece.minor == 25)
    row.edit.setFocus()
    digits("8")
    press(lane, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert rolls.rows[0].edit.hasFocus()
    digits("2")
    assert "20.00" in rolls.button.text()
    been = []
    for _ in rolls.rows:
        been.append(next(each.coin.minor for each in rolls.rows if each.edit.hasFocus()))
        press(lane, Qt.Key.Key_Return)
    assert been == [25, 10, 5, 1]
    last = lane.opened.workstation.counts.last()
    assert last is not None
    assert last.pieces == ((25, 88),)
    assert last.counted.minor == 2_200


def test_a_roll_that_is_no_number_is_refused_as_it_was_typed(lane: Lane, count: CountScreen) -> None:
    count.board.rolls.toggle()
    count.board.rolls.rows[0].edit.setText("2x")
    press(lane, Qt.Key.Key_F12)
    assert lane.opened.workstation.counts.last() is None
    assert "2x" in count.banner.message


def test_what_there_is_to_say_of_a_difference_is_asked_for_and_stands_on_the_z(lane: Lane, count: CountScreen) -> None:
    digits("2")
    press(lane, Qt.Key.Key_F12)
    assert count.after.note.isHidden()
    row = count.board.rows[-1]
    row.edit.setFocus()
    digits("5")
    press(lane, Qt.Key.Key_F12)
    assert count.after.note.isVisible()
    press(lane, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    digits("Found on the floor")
    press(lane, Qt.Key.Key_F12)
    report = lane.opened.workstation.day_reports.last_z()
    assert not isinstance(report, Refused)
    assert (report.over_short, report.note) == (5, "Found on the floor")


def test_the_checks_of_the_till_are_listed_and_go_to_the_bank(lane: Lane) -> None:
    lane.open_till(FLOAT)
    workstation = lane.opened.workstation
    workstation.sale.scan(MUG)
    assert isinstance(workstation.checks.take(CHECK), SaleView)
    assert isinstance(workstation.sale.complete(), CompletedSale)
    press(lane, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    press(lane, Qt.Key.Key_F12)
    screen = lane.shell.screen_shown
    assert isinstance(screen, CountScreen)
    checks = screen.board.checks
    assert checks.isVisible()
    assert "1 check" in checks.button.text()
    assert not checks.figures.isVisible()
    press(lane, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    assert checks.figures.isVisible()
    said = [label.text() for label in checks.figures.findChildren(QLabel)]
    assert "1042 · ••••6789 · 0142-01-0001" in said
    press(lane, Qt.Key.Key_F12)
    screen.board.show_pieces([(10000, 2)])
    screen.board.changed.emit()
    press(lane, Qt.Key.Key_F12)
    press(lane, Qt.Key.Key_F12)
    assert workstation.tills.current() is None
    with workstation.desk.shop.books.reading() as work:
        assert work.journal.balances()["checks_deposited"] > 0
