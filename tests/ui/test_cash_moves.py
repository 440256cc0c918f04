"""Cash moved by hand through the windows, by keyboard alone: each with its reason, its slip, and its way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.day_report import ReportKind
from pos.domain.till import MovementKind
from pos.ui.cash.count import CountScreen
from pos.ui.cash.move import MoveScreen
from pos.ui.cash.overview import OverviewScreen
from pos.ui.cash.reports import ReportsScreen
from pos.ui.cash.suspended import SuspendedScreen
from pos.ui.shared.screen import Screen
from pos.wording import LANGUAGES
from tests.lane import DANA, MUG, Lane
from tests.ui.measures import complaints

FLOAT = 20000
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def press(lane: Lane, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or lane.window, key, modifier)
    QApplication.processEvents()


def type_in(text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


@pytest.fixture
def till(lane: Lane) -> OverviewScreen:
    """Return the overview of an open till, reached by its key."""
    lane.open_till(FLOAT)
    lane.window.activateWindow()
    QApplication.processEvents()
    press(lane, Qt.Key.Key_5, CTRL)
    screen = lane.shell.screen_shown
    assert isinstance(screen, OverviewScreen)
    return screen


def expected(lane: Lane) -> int:
    current = lane.opened.workstation.tills.current()
    assert current is not None
    return current.expected.minor


@pytest.mark.parametrize(
    ("key", "kind", "left"),
    [
        (Qt.Key.Key_F3, MovementKind.LOAN, FLOAT + 1500),
        (Qt.Key.Key_F4, MovementKind.PICKUP, FLOAT - 1500),
        (Qt.Key.Key_F5, MovementKind.PAID_OUT, FLOAT - 1500),
        (Qt.Key.Key_F6, MovementKind.PAID_IN, FLOAT + 1500),
    ],
)
def test_cash_moves_by_four_keys_and_its_amount(
    lane: Lane, till: OverviewScreen, key: Qt.Key, kind: MovementKind, left: int
) -> None:
    press(lane, key)
    type_in("15")
    press(lane, Qt.Key.Key_1, ALT)
    press(lane, Qt.Key.Key_F12)
    assert expected(lane) == left
    assert lane.shell.screen_shown is till
    overview = lane.opened.workstation.tills.overview()
    assert overview is not None
    assert overview.moves[-1].kind is kind
    assert "$15.00" in lane.shell.messages.toast.accessibleName()
    assert till.list.found.rows[0].id == overview.moves[-1].number


def test_without_a_reason_nothing_moves(lane: Lane, till: OverviewScreen) -> None:
    press(lane, Qt.Key.Key_F5)
    type_in("15")
    press(lane, Qt.Key.Key_F12)
    screen = lane.shell.screen_shown
    assert isinstance(screen, MoveScreen)
    assert screen.banner.message
    assert expected(lane) == FLOAT
    press(lane, Qt.Key.Key_Escape)
    press(lane, Qt.Key.Key_Escape)
    assert lane.shell.screen_shown is till


@pytest.mark.usefixtures("till")
def test_nothing_and_more_than_there_is_are_refused(lane: Lane) -> None:
    press(lane, Qt.Key.Key_F4)
    screen = lane.shell.screen_shown
    assert isinstance(screen, MoveScreen)
    press(lane, Qt.Key.Key_1, ALT)
    press(lane, Qt.Key.Key_F12)
    assert screen.banner.message
    type_in("201")
    press(lane, Qt.Key.Key_F12)
    assert "$201.00" in screen.banner.message
    assert expected(lane) == FLOAT


@pytest.mark.usefixtures("till")
def test_a_note_stands_with_the_movement(lane: Lane) -> None:
    press(lane, Qt.Key.Key_F5)
    type_in("5")
    press(lane, Qt.Key.Key_1, ALT)
    press(lane, Qt.Key.Key_N, ALT)
    type_in("Light bulbs")
    press(lane, Qt.Key.Key_F12)
    overview = lane.opened.workstation.tills.overview()
    assert overview is not None
    assert overview.moves[-1].note == "Light bulbs"


@pytest.mark.usefixtures("till")
def test_what_is_taken_out_is_counted_by_its_notes(lane: Lane) -> None:
    press(lane, Qt.Key.Key_F4)
    screen = lane.shell.screen_shown
    assert isinstance(screen, MoveScreen)
    press(lane, Qt.Key.Key_1, ALT)
    press(lane, Qt.Key.Key_F2)
    type_in("1")
    press(lane, Qt.Key.Key_Return)
    QTest.mouseClick(screen.keypad.keys["1"], Qt.MouseButton.LeftButton)
    assert screen.amount.text() == "$150.00"
    press(lane, Qt.Key.Key_Escape)
    press(lane, Qt.Key.Key_F12)
    assert expected(lane) == FLOAT - 15000


@pytest.mark.usefixtures("till")
def test_the_drawer_opens_from_the_sale_and_leads_back_to_it(lane: Lane) -> None:
    press(lane, Qt.Key.Key_1, CTRL)
    lane.shell.scanned(MUG)
    press(lane, Qt.Key.Key_O, CTRL)
    press(lane, Qt.Key.Key_F12)
    screen = lane.shell.screen_shown
    assert isinstance(screen, MoveScreen)
    assert screen.banner.message
    press(lane, Qt.Key.Key_1, ALT)
    press(lane, Qt.Key.Key_F12)
    assert lane.shell.screen_shown is lane.shell.sell
    assert len(lane.opened.workstation.sale.view.priced.lines) == 1
    assert "The drawer was opened" in lane.shell.messages.toast.accessibleName()
    press(lane, Qt.Key.Key_O, CTRL)
    press(lane, Qt.Key.Key_Escape)
    assert lane.shell.screen_shown is lane.shell.sell


def test_a_suspended_sale_is_voided_before_the_close(lane: Lane, till: OverviewScreen) -> None:
    lane.shell.open_place("sell")
    lane.shell.scanned(MUG)
    lane.trigger("sell.keys.suspend")
    press(lane, Qt.Key.Key_5, CTRL)
    assert till.void_button.isVisible()
    press(lane, Qt.Key.Key_F8)
    screen = lane.shell.screen_shown
    assert isinstance(screen, SuspendedScreen)
    press(lane, Qt.Key.Key_F12)
    assert screen.banner.message
    assert len(lane.opened.workstation.suspended.waiting()) == 1
    press(lane, Qt.Key.Key_1, ALT)
    press(lane, Qt.Key.Key_F12)
    assert lane.opened.workstation.suspended.waiting() == ()
    assert screen.empty.isVisible()
    press(lane, Qt.Key.Key_Escape)
    assert lane.shell.screen_shown is till
    assert not till.void_button.isVisible()


@pytest.mark.usefixtures("till")
def test_an_x_is_made_shown_and_saved(lane: Lane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press(lane, Qt.Key.Key_F9)
    screen = lane.shell.screen_shown
    assert isinstance(screen, ReportsScreen)
    assert not any(row.id.startswith(("x", "z1-")) for row in screen.list.found.rows)
    press(lane, Qt.Key.Key_F9)
    assert screen.chosen is not None
    assert screen.chosen.kind is ReportKind.X
    assert "200.00" in screen.preview.accessibleDescription()
    folder = tmp_path / "papers"
    monkeypatch.setattr(ReportsScreen, "_folder", folder)
    press(lane, Qt.Key.Key_F8)
    assert [path.suffix for path in folder.iterdir()] == [".pdf"]


@pytest.mark.usefixtures("till")
def test_a_z_is_read_again_and_printed_as_a_copy(lane: Lane) -> None:
    workstation = lane.opened.workstation
    workstation.counts.count({"100.00": "2"})
    workstation.till_closing.close()
    lane.shell.open_place("cash")
    screen = lane.shell.screen_shown
    assert isinstance(screen, OverviewScreen)
    assert screen.empty.isVisible()
    press(lane, Qt.Key.Key_F9)
    shown = lane.shell.screen_shown
    assert isinstance(shown, ReportsScreen)
    assert shown.chosen is not None
    assert shown.chosen.kind is ReportKind.Z
    press(lane, Qt.Key.Key_F12)
    assert "Copy 1" in shown.banner.message


@pytest.mark.usefixtures("till")
def test_a_closed_till_is_opened_from_here_with_what_was_left(lane: Lane) -> None:
    workstation = lane.opened.workstation
    workstation.counts.count({"100.00": "2"})
    workstation.till_closing.close(next_float=15000)
    lane.shell.open_place("cash")
    press(lane, Qt.Key.Key_F12)
    assert lane.shell.screen_shown is lane.shell.open_till
    press(lane, Qt.Key.Key_F2)
    press(lane, Qt.Key.Key_F12)
    assert expected(lane) == 15000


def test_every_window_of_a_closed_till_says_that_it_is_closed(lane: Lane) -> None:
    lane.sign_in()
    for name in ("cash_count", "cash_pickup", "cash_no_sale"):
        lane.shell.open_place(name)
        screen = lane.shell.screen_shown
        assert isinstance(screen, CountScreen | MoveScreen)
        assert "closed" in screen.banner.message


def screens_of(lane: Lane) -> list[Screen]:
    names = [place.name for place in lane.shell.places if place.name.startswith("cash")]
    found = []
    for name in names:
        lane.shell.open_place(name)
        found.append(lane.shell.screen_shown)
    return found


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)])
def test_nothing_is_cut_on_any_window_in_any_language(lane: Lane, size: tuple[int, int]) -> None:
    lane.open_till(FLOAT)
    lane.shell.scanned(MUG)
    lane.trigger("sell.keys.suspend")
    lane.window.resize(*size)
    screens = screens_of(lane)
    assert len(screens) == 9
    found = []
    for language in LANGUAGES:
        lane.window.choose_language(language)
        for screen in screens:
            lane.shell.open_place(screen.name)
            for _ in range(2):
                QApplication.processEvents()
            found += [f"{language} {screen.name}: {said}" for said in complaints(lane.window)]
    assert found == []


def test_above_the_limit_a_pickup_is_asked_for(lane: Lane) -> None:
    lane.sign_in(DANA)
    workstation = lane.opened.workstation
    workstation.shop_settings.change({"drawer_limit": FLOAT})
    workstation.tills.open_till(FLOAT)
    lane.shell.open_till.opened.emit()
    lane.shell.scanned(MUG)
    lane.trigger("sell.keys.pay")
    lane.trigger("pay.keys.complete")
    lane.shell.done.next_wanted.emit("")
    assert "pickup" in lane.shell.sell.notice.message
    lane.shell.open_place("cash")
    screen = lane.shell.screen_shown
    assert isinstance(screen, OverviewScreen)
    assert "F4" in screen.banner.message
