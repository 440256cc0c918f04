"""Scans never reach a widget, typing always does, and in the order it was typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QStringListModel, Qt
from PySide6.QtGui import QAction, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.scan_router import ScanRouter
from tests.ui.keyboard import Keyboard

EAN = "9521234500007"


class Lane:
    """A window with one of each kind of widget, and what happened to them."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        column = QVBoxLayout(self.window)
        self.edit, self.other, self.button, self.list = QLineEdit(), QLineEdit(), QPushButton("+1"), QListView()
        self.list.setModel(QStringListModel([f"{n} row" for n in range(10)], self.list))
        self.clicks: list[bool] = []
        self.button.clicked.connect(lambda: self.clicks.append(True))
        self.button.setAutoDefault(True)
        self.enters: list[str] = []
        self.edit.returnPressed.connect(lambda: self.enters.append(self.edit.text()))
        for widget in (self.edit, self.other, self.button, self.list):
            column.addWidget(widget)
        self.shortcuts: list[str] = []
        for key in ("Return", "F12", "9", "-"):
            action = QAction(self.window)
            action.setShortcut(key)
            action.triggered.connect(lambda _=False, key=key: self.shortcuts.append(key))
            self.window.addAction(action)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.keys = Keyboard(self.window)
        self.now = 0
        app = QApplication.instance()
        assert app is not None
        self.router = ScanRouter(app, clock=lambda: self.keys.now, parent=self.window)
        self.scans: list[tuple[str, str]] = []
        self.router.scanned.connect(lambda code, source: self.scans.append((code, source)))
        self.edit.setFocus()

    @property
    def codes(self) -> list[str]:
        return [code for code, _ in self.scans]

    def keyboard(self, **traits: object) -> Keyboard:
        self.keys = Keyboard(self.window, **traits)  # type: ignore[arg-type]
        return self.keys


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    made = Lane(qtbot)
    yield made
    made.router.setParent(None)
    QApplication.instance().removeEventFilter(made.router)  # type: ignore[union-attr]


@pytest.mark.parametrize("focused", ["edit", "button", "list", "nothing"])
def test_a_scan_reaches_no_widget_whatever_has_the_focus(lane: Lane, focused: str) -> None:
    if focused == "nothing":
        lane.edit.clearFocus()
    else:
        getattr(lane, focused).setFocus()
    row = lane.list.currentIndex().row()
    lane.keys.scan(EAN)
    lane.keys.scan("4019553", end="Tab")
    lane.router.replay()
    assert lane.scans == [(EAN, "wedge"), ("4019553", "wedge")]
    assert (lane.edit.text(), lane.enters, lane.clicks, lane.shortcuts) == ("", [], [], [])
    assert lane.list.currentIndex().row() == row


def test_after_a_pause_it_hears_again_what_comes(lane: Lane) -> None:
    with lane.router.paused():
        lane.keys.tap("k")
    assert lane.edit.text() == "k"
    lane.keys.scan(EAN)
    assert (lane.codes, lane.edit.text()) == ([EAN], "k")


def test_while_a_scan_is_taken_it_looks_at_no_event_and_hears_the_next_one(lane: Lane) -> None:
    """What a line on the screen sends around is none of its business, and costs a scan as much as its painting."""
    seen: list[str] = []
    lane.router.scanned.connect(lambda *_: lane.keys.tap("k"))
    lane.router.scanned.connect(lambda *_: seen.append(lane.edit.text()))
    lane.keys.scan(EAN)
    assert seen == ["k"]
    lane.keys.scan("4019553")
    assert (lane.codes, seen) == ([EAN, "4019553"], ["k", "kk"])


def test_typing_arrives_as_typed(lane: Lane) -> None:
    lane.keys.tap(*"kettle")
    lane.router.replay()
    assert lane.edit.text() == "kettle"
    assert lane.scans == []


def test_a_key_typed_alone_arrives_after_the_pause(lane: Lane, qtbot: QtBot) -> None:
    lane.keys.tap("k")
    assert not lane.edit.text()
    qtbot.waitUntil(lambda: lane.edit.text() == "k", timeout=1000)


def test_typing_then_enter_keeps_its_order(lane: Lane) -> None:
    lane.keys.tap(*"428", "Enter", gap=20)
    # The window's own Return action has it, after the field has its digits.
    assert (lane.edit.text(), lane.shortcuts, lane.scans) == ("428", ["Return"], [])


def test_a_short_burst_is_typing_even_at_a_scanners_pace(lane: Lane) -> None:
    lane.keys.scan("42811")
    assert (lane.edit.text(), lane.shortcuts, lane.scans) == ("42811", ["Return"], [])


def test_a_long_number_typed_by_a_person_is_no_scan(lane: Lane) -> None:
    lane.keys.tap(*"9521234500007", "Enter", gap=36)
    assert (lane.edit.text(), lane.scans) == (EAN, [])


def test_the_pace_is_a_setting_within_bounds(lane: Lane) -> None:
    lane.router.set_gap(60)
    lane.keys.scan(EAN, gap=55)
    assert lane.codes == [EAN]
    lane.router.set_gap(1)
    assert lane.router.gap_milliseconds_max == 15
    lane.router.set_gap(500)
    assert lane.router.gap_milliseconds_max == 80


def test_a_busy_window_neither_splits_a_scan_nor_makes_one(lane: Lane, qtbot: QtBot) -> None:
    # The stamps say 3 ms, the wall says two pauses of 60 ms: the events waited while something was computed.
    lane.router._clock = lambda: 0
    for key in EAN[:6]:
        lane.keys.tap(key, gap=3)
    qtbot.wait(60)
    lane.keys.scan(EAN[6:])
    assert lane.codes == [EAN]
    # The stamps say a person typed, all events come at once.
    lane.keys.now += 1000
    lane.keys.tap(*EAN, "Enter", gap=90)
    assert lane.codes == [EAN]
    assert lane.edit.text() == EAN


def test_keys_waiting_behind_a_due_timer_still_make_one_scan(lane: Lane) -> None:
    for key in EAN[:7]:
        lane.keys.tap(key, gap=3)
    lane.router._quiet()
    lane.keys.scan(EAN[7:])
    assert lane.codes == [EAN]


def test_without_stamps_the_own_clock_counts(lane: Lane) -> None:
    keys = lane.keyboard(stamps=False)
    keys.scan(EAN)
    keys.now += 500
    keys.tap(*"lamp", "F12")
    assert (lane.codes, lane.edit.text()) == ([EAN], "lamp")


def test_the_clock_of_the_window_system_may_wrap(lane: Lane) -> None:
    lane.keys.now = (1 << 32) - 10
    for key in EAN:
        lane.keys.tap(key, gap=3)
        lane.keys.now %= 1 << 32
    lane.keys.tap("Enter")
    assert lane.codes == [EAN]


@pytest.mark.parametrize("layout", ["us", "cs", "sv"])
def test_the_layout_does_not_matter(lane: Lane, layout: str) -> None:
    keys = lane.keyboard(layout=layout)
    keys.scan(EAN)
    keys.now += 500
    keys.scan("K7-ZY/0012")
    assert lane.codes == [EAN, "K7-ZY/0012"]
    assert not lane.edit.text()


def test_a_scanner_set_up_for_czech_is_read_too(lane: Lane) -> None:
    # It sends Shift with the digit row, as a Czech typist does.
    lane.keyboard(layout="cs").scan("(%@!@#$%)))&"[:12])
    assert lane.codes == ["95212345000" + "7"]


def test_reading_by_text_or_by_key_can_be_set(lane: Lane) -> None:
    lane.router.reading = "text"
    lane.keyboard(layout="cs").scan("1234567")
    lane.router.reading = "keys"
    lane.keys.now += 500
    lane.keys.scan("1234567")
    assert lane.codes == ["+ěščřžý", "1234567"]


def test_czech_typing_is_replayed_as_typed(lane: Lane) -> None:
    lane.keyboard(layout="cs").tap(*"2534")
    lane.router.replay()
    assert lane.edit.text() == "ěřšč"


def test_events_without_key_numbers_are_read_by_their_text(lane: Lane) -> None:
    lane.keyboard(native=False).scan(EAN)
    assert lane.codes == [EAN]


def test_a_stutter_is_one_scan_and_a_second_scan_is_two(lane: Lane) -> None:
    for pause in (50, 150, 200):
        lane.keys.scan("40195531", gap=2)
        lane.keys.now += pause
    assert lane.codes == ["40195531", "40195531"]
    lane.keys.scan("40195531", gap=2)
    lane.keys.now += 20
    lane.keys.scan("40195532", gap=2)
    assert lane.codes[2:] == ["40195531", "40195532"]


def test_five_hundred_scans_none_lost_none_doubled(lane: Lane) -> None:
    wanted = [f"{9_520_000_000_000 + n * 37}" for n in range(500)]
    places = [lane.edit, lane.button, lane.list, lane.other]
    for n, code in enumerate(wanted):
        places[n % 4].setFocus()
        lane.keys.scan(code, gap=1 + n % 5)
        lane.keys.now += 30
    lane.router.replay()
    assert lane.codes == wanted
    assert (lane.edit.text(), lane.other.text(), lane.clicks, lane.shortcuts) == ("", "", [], [])


def test_typing_and_scans_interleave_in_order(lane: Lane) -> None:
    seen: list[str] = []
    lane.edit.textEdited.connect(lambda text: seen.append(f"typed {text}"))
    lane.router.scanned.connect(lambda code, _: seen.append(code))
    lane.keys.tap("3", gap=40)
    lane.keys.scan(EAN)
    lane.keys.now += 40
    lane.keys.tap("5", gap=40)
    lane.keys.scan("4019553")
    lane.router.replay()
    assert seen == ["typed 3", EAN, "typed 35", "4019553"]


def test_a_digit_held_while_the_scanner_starts_is_not_glued_to_the_code(lane: Lane) -> None:
    lane.keys.press("3")
    lane.keys.now += 10
    for place, key in enumerate(EAN):
        lane.keys.press(key)
        lane.keys.release(key)
        lane.keys.now += 3
        if place == 5:
            lane.keys.release("3")
    lane.keys.tap("Enter")
    assert (lane.codes, lane.edit.text()) == ([EAN], "3")


def test_an_f_key_right_behind_typed_digits_comes_after_them(lane: Lane) -> None:
    order: list[str] = []
    lane.edit.textEdited.connect(order.append)
    lane.window.actions()[1].triggered.connect(lambda: order.append("F12"))
    lane.keys.tap("1", "2", gap=20)
    window = lane.window.windowHandle()
    assert isinstance(window, QWindow)
    # The whole way a real key takes: the shortcut fires before any widget hears of the key.
    QTest.keyClick(window, Qt.Key.Key_F12)
    assert order == ["1", "12", "F12"]


def test_an_f_key_right_behind_a_scan_comes_after_it(lane: Lane) -> None:
    order: list[str] = []
    lane.router.scanned.connect(lambda code, _: order.append(code))
    lane.window.actions()[1].triggered.connect(lambda: order.append("F12"))
    lane.keys.scan(EAN)
    lane.keys.tap("F12")
    assert order == [EAN, "F12"]


def test_pending_keys_go_where_they_were_typed(lane: Lane) -> None:
    lane.keys.tap("4")
    lane.other.setFocus()
    lane.router.replay()
    assert (lane.edit.text(), lane.other.text()) == ("4", "")


def test_a_scan_survives_the_focus_moving_meanwhile(lane: Lane) -> None:
    for place, key in enumerate(EAN):
        lane.keys.tap(key, gap=3)
        (lane.edit if place % 2 else lane.button).setFocus()
    lane.keys.tap("Enter")
    assert (lane.codes, lane.edit.text(), lane.clicks) == ([EAN], "", [])


def test_pending_keys_survive_their_widget(lane: Lane) -> None:
    lane.keys.tap("4")
    lane.other.setFocus()
    lane.edit.setParent(None)
    lane.edit.deleteLater()
    QApplication.processEvents()
    lane.router.replay()
    assert lane.other.text() == "4"


def test_a_touch_does_not_overtake_typed_digits(lane: Lane) -> None:
    lane.keys.tap("7", gap=10)
    QTest.mouseClick(lane.button, Qt.MouseButton.LeftButton)
    assert (lane.edit.text(), len(lane.clicks)) == ("7", 1)


def test_a_touch_in_the_middle_of_a_scan_does_not_cut_it(lane: Lane) -> None:
    for key in EAN[:7]:
        lane.keys.tap(key, gap=3)
    QTest.mouseClick(lane.button, Qt.MouseButton.LeftButton)
    lane.keys.scan(EAN[7:])
    assert (lane.codes, lane.edit.text(), len(lane.clicks)) == ([EAN], "", 1)


def test_space_still_presses_a_button_and_only_once(lane: Lane) -> None:
    lane.button.setFocus()
    lane.keys.tap(" ")
    lane.router.replay()
    assert len(lane.clicks) == 1
    lane.keys.press(" ")
    lane.router.replay()
    assert lane.button.isDown()
    lane.keys.release(" ")
    assert len(lane.clicks) == 2
    assert not lane.button.isDown()


def test_a_held_key_repeats_and_is_no_scan(lane: Lane) -> None:
    lane.keys.press("0")
    for _ in range(9):
        lane.keys.now += 30
        lane.keys.press("0", repeat=True)
    lane.keys.release("0")
    lane.keys.tap("Enter")
    assert (lane.edit.text(), lane.scans) == ("0" * 10, [])


@pytest.mark.parametrize("code", ["9520000010126", "0012345678905", "1111111111", "11111100000011"])
@pytest.mark.parametrize("gap", [1, 4, 8])
def test_equal_digits_of_a_scanner_in_a_hurry_are_no_held_key(lane: Lane, code: str, gap: int) -> None:
    lane.keys.scan_in_a_hurry(code, gap=gap)
    lane.router.replay()
    assert (lane.scans, lane.edit.text()) == ([(code, "wedge")], "")
    # Nothing is left behind: what is typed next is typed.
    lane.keys.now += 300
    lane.keys.tap("1", "0", "0", "Enter")
    assert lane.edit.text() == "100"


def test_editing_keys_go_straight_through(lane: Lane) -> None:
    lane.keys.tap(*"ab", "Backspace", "c", gap=20)
    lane.router.replay()
    assert lane.edit.text() == "ac"


def test_capitals_do_not_break_a_scan(lane: Lane) -> None:
    for key in "Ab12CD":
        if key.isupper():
            lane.keys.press("Shift")
        lane.keys.press(key)
        lane.keys.release(key)
        if key.isupper():
            lane.keys.release("Shift")
        lane.keys.now += 3
    lane.keys.tap("Enter")
    assert lane.codes == ["Ab12CD"]


def test_a_prefix_makes_a_scan_of_any_length(lane: Lane) -> None:
    lane.router.prefix = "~"
    lane.keys.scan("~428", gap=60)
    lane.keys.now += 500
    lane.keys.tap(*"~4")
    lane.keys.now += 500
    lane.keys.tap("Enter")
    assert (lane.codes, lane.edit.text()) == (["428"], "~4")


def test_a_typed_character_is_a_shortcut_only_where_no_field_wants_it(lane: Lane) -> None:
    lane.keys.tap("9", "-")
    lane.router.replay()
    assert (lane.shortcuts, lane.edit.text()) == ([], "9-")
    lane.button.setFocus()
    lane.keys.tap("9", "-")
    lane.router.replay()
    lane.keys.scan("999999")
    assert (lane.shortcuts, lane.codes) == (["9", "-"], ["999999"])


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_scan_works_while_a_menu_is_open(lane: Lane, qtbot: QtBot) -> None:
    menu = QMenu(lane.window)
    chosen: list[str] = []
    menu.addAction("9 lives", lambda: chosen.append("9"))
    menu.popup(lane.window.mapToGlobal(QPoint(5, 5)))
    qtbot.waitUntil(menu.isVisible)
    lane.keys.scan(EAN)
    menu.close()
    assert (lane.codes, chosen) == ([EAN], [])


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_scan_works_in_what_a_replayed_key_opened(lane: Lane, qtbot: QtBot) -> None:
    def open_menu() -> None:
        menu = QMenu(lane.window)
        menu.addAction("One")
        menu.aboutToShow.connect(lambda: lane.keys.scan(EAN))
        menu.popup(lane.window.mapToGlobal(QPoint(5, 5)))
        qtbot.waitUntil(menu.isVisible)
        menu.close()

    lane.button.clicked.connect(open_menu)
    lane.button.setFocus()
    lane.keys.tap(" ", gap=200)
    lane.router.replay()
    assert lane.codes == [EAN]


def test_other_scanners_are_announced_under_their_name(lane: Lane) -> None:
    lane.keys.tap("4", gap=10)
    lane.router.feed(EAN, "serial")
    lane.router.feed(EAN, "serial")
    lane.router.feed(" ", "serial")
    assert lane.scans == [(EAN, "serial"), (EAN, "serial")]
    assert lane.edit.text() == "4"


def test_gs1_separators_stay_in_the_code(lane: Lane) -> None:
    for key in ("0", "1", *"09521234500007", "1", "0", "A", "Ctrl ]", "2", "1", "7"):
        lane.keys.tap(key, gap=3)
    lane.keys.tap("Enter")
    assert lane.codes == ["010952123450000710A\x1d217"]
    assert lane.edit.text() == ""


def test_qt_tests_own_keys_are_seen_once(lane: Lane) -> None:
    QTest.keyClicks(lane.edit, EAN)
    QTest.keyClick(lane.edit, Qt.Key.Key_Return)
    QTest.keyClicks(lane.edit, "11")
    lane.router.replay()
    assert (lane.codes, lane.edit.text()) == ([EAN], "11")
