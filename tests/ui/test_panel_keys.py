"""A panel that lies over a payment: its keys are its own, and no money is taken by them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.lane import MUG, Lane

ALT = Qt.KeyboardModifier.AltModifier


def press(lane: Lane, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(lane.window.windowHandle(), key, modifier)
    QApplication.processEvents()


@pytest.fixture
def paying(lane: Lane) -> Lane:
    """A payment with an amount typed, and the panel of the person open over it."""
    lane.open_till()
    lane.window.activateWindow()
    lane.shell.sell.scanned(MUG)
    lane.trigger("sell.keys.pay")
    lane.shell.pay.received.set_entry("7")
    press(lane, Qt.Key.Key_U, ALT)
    assert lane.shell.person.isVisible()
    return lane


def test_escape_closes_the_panel_and_leaves_the_payment_where_it_is(paying: Lane) -> None:
    press(paying, Qt.Key.Key_Escape)
    assert not paying.shell.person.isVisible()
    assert paying.shell.screen_shown.name == "pay"
    assert paying.shell.pay.received.entry == "7"
    assert paying.shell.pay.received.hasFocus()
    press(paying, Qt.Key.Key_Escape)
    press(paying, Qt.Key.Key_Escape)
    assert paying.shell.screen_shown.name == "sell"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_what_is_chosen_in_the_panel_and_takes_no_money(paying: Lane, key: Qt.Key) -> None:
    paying.shell.person.languages.buttons["cs"].setFocus()
    press(paying, key)
    assert paying.window.words.language == "cs"
    assert paying.shell.pay.received.entry == "7"
    assert paying.opened.workstation.sale.view.priced.basket.tenders == ()


def test_another_screen_closes_the_panel(paying: Lane) -> None:
    paying.trigger("pay.keys.complete")
    paying.trigger("pay.keys.complete")
    assert paying.shell.screen_shown.name == "done"
    assert not paying.shell.person.isVisible()


@pytest.mark.parametrize("language", ["cs", "sv"])
def test_who_chose_another_language_closes_the_panel_with_escape(lane: Lane, language: str) -> None:
    lane.open_till()
    lane.window.activateWindow()
    lane.shell.top_bar.person_button.click()
    person = lane.shell.person
    QTest.mouseClick(person.languages.buttons[language], Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert lane.window.words.language == language
    assert person.isVisible()
    press(lane, Qt.Key.Key_Escape)
    assert not person.isVisible()
    assert lane.shell.screen_shown.name == "sell"
