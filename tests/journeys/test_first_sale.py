"""From the sign-in to the receipt through the real program: its window, its router, its books."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.transaction import Transaction
from pos.services.demo_shop import DEMO_PINS, demo_gtin
from pos.services.verify import verify_shop
from pos.ui.app import App, make_application
from pos.ui.scan_router import SAME_CODE_MILLISECONDS
from pos.ui.shell import Shell
from tests.lane import KETTLE, MAYA, MUG, SOAP, StandingClock, settings_of
from tests.ui.keyboard import Keyboard

TOTAL = 6408
HAND_MILLISECONDS = 60
_WAIT = 20_000


class Till:
    """A person at the running program. Counts every key, touch and scan."""

    def __init__(self, app: App, qtbot: QtBot) -> None:
        self.app, self.qtbot = app, qtbot
        self.inputs: list[str] = []
        self._scanned = ""
        self._scanner = Keyboard(app.window)

    @property
    def shell(self) -> Shell:
        assert self.app.window.shell is not None
        return self.app.window.shell

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.inputs.append(key.name)
        QTest.keyClick(self.app.window.windowHandle(), key, modifiers, HAND_MILLISECONDS)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Keys at a person's pace; the router holds each for a moment, so wait until it has let go."""
        for character in text:
            self.key(Qt.Key(ord(character.upper())))
        self.qtbot.wait(120)

    def scan(self, code: str) -> None:
        """Keys as a scanner sends them, and its Enter; nobody scans one item twice within a sixth of a second.

        They bear the scanner's own times: however busy the machine is, its keys do not come slower.
        """
        if code == self._scanned:
            self.qtbot.wait(SAME_CODE_MILLISECONDS + 20)
            # By its own clock, too: where a scan is rung up sooner than its keys were sent, that one is ahead of ours.
            self._scanner.now += SAME_CODE_MILLISECONDS + 20
        self._scanned = code
        self.inputs.append("scan")
        self._scanner.now = max(self._scanner.now, int(time.monotonic() * 1000))
        self._scanner.scan(code)
        QApplication.processEvents()

    def until(self, seen: Callable[[], bool]) -> None:
        """Wait for what a person would wait to see before going on."""
        self.qtbot.waitUntil(seen, timeout=_WAIT)

    def touch(self, widget: QWidget) -> None:
        """A tap in the middle of what is seen, wherever the widget is by then."""
        assert widget.isVisible(), widget.objectName()
        self.inputs.append("touch")
        place = widget.mapTo(self.app.window, QPoint(widget.width() // 2, widget.height() // 2))
        under = self.app.window.childAt(place)
        assert under is widget, f"{widget.objectName()} lies under {under}"
        QTest.mouseClick(self.app.window.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
        QApplication.processEvents()

    def last(self) -> Transaction:
        assert self.app.opened is not None
        sale = self.app.opened.workstation.sale.last_completed()
        assert sale is not None
        return sale


@pytest.fixture
def till(qapp: QApplication, qtbot: QtBot, home: Path) -> Iterator[Till]:
    """Return a person in front of the program just started, its window in front."""
    del qapp
    app = App(make_application(), settings_of(home), None, 1, language="en", clock=StandingClock())
    app.window.show()
    app.window.activateWindow()
    qtbot.waitUntil(lambda: app.window.shell is not None, timeout=20_000)
    qtbot.waitUntil(app.window.isActiveWindow)
    yield Till(app, qtbot)
    app.close()
    assert verify_shop(home / "demo").sound


def begin_by_keyboard(till: Till) -> None:
    till.type(DEMO_PINS[MAYA])
    till.key(Qt.Key.Key_Return)
    assert till.shell.screen_shown is till.shell.open_till
    till.type("200")
    till.key(Qt.Key.Key_F12)
    till.inputs.clear()


def test_by_keyboard_alone_three_scans_and_two_keys(till: Till) -> None:
    begin_by_keyboard(till)
    for code in (KETTLE, MUG, SOAP):
        till.scan(code)
    till.key(Qt.Key.Key_F12)
    till.key(Qt.Key.Key_Return)
    assert till.inputs == ["scan", "scan", "scan", "Key_F12", "Key_Return"]
    sale = till.last()
    assert (sale.total, sale.change, len(sale.lines)) == (TOTAL, 0, 3)
    assert [line.scanned for line in sale.lines] == [KETTLE, MUG, SOAP]
    assert till.shell.screen_shown is till.shell.done
    assert str(sale.receipt) in till.shell.done.preview.accessibleDescription()
    till.scan(MUG)
    assert till.shell.sell.basket.model.rowCount() == 1


def test_a_note_costs_one_key_more(till: Till) -> None:
    begin_by_keyboard(till)
    for code in (KETTLE, MUG, SOAP):
        till.scan(code)
    till.key(Qt.Key.Key_F12)
    till.key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    till.key(Qt.Key.Key_Return)
    assert len(till.inputs) == 6
    assert till.last().change == 592
    assert "$5.92" in till.shell.done.change.text


def test_twelve_of_an_item_are_four_inputs(till: Till) -> None:
    begin_by_keyboard(till)
    till.type("12*")
    till.scan(SOAP)
    assert len(till.inputs) == 4
    assert till.shell.sell.basket.model.line_at(0).quantity.thousandths == 12_000


def test_by_touch_alone(till: Till) -> None:
    window = till.app.window
    for digit in DEMO_PINS[MAYA]:
        till.touch(window.sign_in.keypad.keys[digit])
    till.touch(window.sign_in.sign_in_button)
    for digit in "200":
        till.touch(till.shell.open_till.keypad.keys[digit])
    till.touch(till.shell.open_till.open_button)
    sell, pay, done = till.shell.sell, till.shell.pay, till.shell.done
    till.touch(sell.picks.tabs.buttons["keys"])
    for name in ("Butter croissant", "Coffee, 12 oz", "Tea, 12 oz"):
        till.touch(next(tile for tile in sell.picks.tiles if name in tile.accessibleName()))
    till.touch(sell.basket.strip.more)
    till.touch(sell.basket.strip.quantity)
    till.touch(sell.picks.keypad.keys["5"])
    till.touch(sell.basket.strip.apply)
    till.touch(sell.pay_button)
    for digit in "30":
        till.touch(pay.keypad.keys[digit])
    till.touch(pay.complete_button)
    sale = till.last()
    assert [(line.name, line.quantity.thousandths) for line in sale.lines] == [
        ("Butter croissant", 1000),
        ("Coffee, 12 oz", 1000),
        ("Tea, 12 oz", 5000),
    ]
    assert sale.change == 3000 - sale.total
    assert done.isVisible()
    till.touch(done.next_button)
    assert sell.isVisible()


def test_scans_as_fast_as_a_cashier_lose_none(till: Till) -> None:
    begin_by_keyboard(till)
    codes = [demo_gtin(number) for number in (2101, 2102, 2103, 2104, 2105, 2201, 2202, 2203, 2301, 2302)] * 3
    for code in codes:
        till.scan(code)
    assert till.app.opened is not None
    rung_up = till.app.opened.workstation.sale.view.priced.basket.lines
    assert [line.scanned for line in rung_up] == codes


def test_a_scan_presses_no_button_and_reaches_no_field(till: Till) -> None:
    begin_by_keyboard(till)
    till.scan(KETTLE)
    sell = till.shell.sell
    for focused in (sell.basket.strip.more, sell.picks.tiles[0], sell.pay_button, sell.picks.tabs.buttons["keypad"]):
        focused.setFocus()
        till.scan(MUG)
    assert sell.basket.model.rowCount() == 5
    assert sell.basket.model.line_at(0).quantity.thousandths == 1000
    assert sell.scan_field.text == ""
    assert sell.picks.tabs.choice == "keys"


def test_every_refusal_leaves_the_next_scan_working(till: Till) -> None:
    till.scan(KETTLE)
    assert "Sign in first" in till.app.window.sign_in.banner.message
    till.type(DEMO_PINS[MAYA])
    till.key(Qt.Key.Key_Return)
    till.scan(KETTLE)
    assert "The till is closed" in till.shell.open_till.banner.message
    till.key(Qt.Key.Key_F12)
    till.scan(demo_gtin(7777))
    assert "is not in the item list" in till.shell.sell.banner.message
    till.scan(KETTLE)
    till.key(Qt.Key.Key_F12)
    till.scan(MUG)
    assert "Finish or go back to add items" in till.shell.pay.banner.message
    till.key(Qt.Key.Key_Escape)
    till.scan(MUG)
    assert till.shell.sell.basket.model.rowCount() == 2


def test_lock_and_the_language_in_the_middle(till: Till) -> None:
    begin_by_keyboard(till)
    till.scan(KETTLE)
    till.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert till.shell.lock_screen.isVisible()
    till.key(Qt.Key.Key_F6)
    assert till.app.window.sign_in.isVisible()
    till.touch(till.app.window.sign_in.people.buttons["103"])
    till.type(DEMO_PINS["103"])
    till.key(Qt.Key.Key_Return)
    # The sale is Maya's: it is suspended before anybody else may sell.
    assert till.app.window.sign_in.isVisible()
    till.key(Qt.Key.Key_F7)
    assert till.app.window.words.language == "cs"
    till.key(Qt.Key.Key_F8)
    till.key(Qt.Key.Key_Return)
    till.scan(MUG)
    till.key(Qt.Key.Key_F12)
    till.key(Qt.Key.Key_Return)
    sale = till.last()
    assert [line.operator for line in sale.lines] == [MAYA, "103"]
    assert sale.operator == "103"
