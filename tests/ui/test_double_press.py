"""A key pressed twice in a hurry: the payment takes nothing for it, and the change stays to be seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from pos.ui.double_press import HURRY_MILLISECONDS, DoublePress
from pos.ui.scan_router import ScanRouter
from tests.lane import DANA, KETTLE, Lane
from tests.ui.keyboard import Keyboard

_HURRIED, _MEANT = HURRY_MILLISECONDS - 50, HURRY_MILLISECONDS + 50


@pytest.fixture
def keys(qapp: QApplication, lane: Lane) -> Iterator[Keyboard]:
    """A person at the keys of a till with one item rung up."""
    lane.sign_in(DANA)
    lane.opened.workstation.tills.open_till(20_000)
    lane.shell.open_till.opened.emit()
    lane.window.activateWindow()
    lane.shell.sell.scanned(KETTLE)
    QApplication.processEvents()
    router = ScanRouter(qapp)
    router.scanned.connect(lane.window.scanned)
    router.doubled = DoublePress(lambda: lane.shell.screen_shown)
    yield Keyboard(lane.window)
    qapp.removeEventFilter(router)


def pressed(keys: Keyboard, *names: str, gap: int) -> None:
    keys.tap(*names, gap=gap)
    QApplication.processEvents()


def test_twice_the_key_to_the_payment_takes_no_cash(lane: Lane, keys: Keyboard) -> None:
    pressed(keys, "F12", "F12", "F12", gap=_HURRIED)
    assert lane.shell.screen_shown.name == "pay"
    assert not lane.opened.workstation.sale.view.priced.basket.tenders
    keys.now += _MEANT
    pressed(keys, "F12", gap=_MEANT)
    assert lane.shell.screen_shown.name == "done"


def test_another_key_is_meant_however_soon_it_comes(lane: Lane, keys: Keyboard) -> None:
    pressed(keys, "F12", "Enter", gap=40)
    assert lane.shell.screen_shown.name == "done"


def test_the_change_stays_though_enter_was_pressed_twice(lane: Lane, keys: Keyboard) -> None:
    pressed(keys, "F12", *"60", gap=_MEANT)
    pressed(keys, "Enter", "Enter", gap=_HURRIED)
    assert lane.shell.screen_shown.name == "done"
    assert "$11.74" in lane.shell.done.change.text
    keys.now += _MEANT
    pressed(keys, "Enter", gap=_MEANT)
    assert lane.shell.screen_shown.name == "sell"


def test_a_scan_right_after_enter_is_no_second_press(lane: Lane, keys: Keyboard) -> None:
    pressed(keys, "F12", gap=_MEANT)
    pressed(keys, "Enter", gap=60)
    keys.scan(KETTLE)
    QApplication.processEvents()
    assert lane.shell.screen_shown.name == "sell"
    assert len(lane.opened.workstation.sale.view.priced.lines) == 1


def test_twice_on_one_screen_is_twice(lane: Lane, keys: Keyboard) -> None:
    pressed(keys, "F12", *"10", gap=_MEANT)
    # A part of it in cash, and again: the payment shows all the time.
    pressed(keys, "Enter", gap=60)
    assert lane.shell.screen_shown.name == "pay"
    assert len(lane.opened.workstation.sale.view.priced.basket.tenders) == 1
    pressed(keys, "Enter", gap=60)
    assert lane.shell.screen_shown.name == "done"
