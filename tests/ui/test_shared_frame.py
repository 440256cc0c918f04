"""Rail, top bar and key bar show what they are given and nothing else."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.key_bar import KeyBar
from pos.ui.shared.rail import Rail, RailEntry
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.top_bar import DeviceState, TopBar
from pos.ui.theme import set_theme
from tests.ui.looking import show


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    set_theme(qapp, "light")
    yield
    set_theme(qapp, "light")


def test_the_rail_shows_only_what_it_is_given(qtbot: QtBot) -> None:
    rail = Rail()
    show(qtbot, rail)
    assert rail.lock_button.isHidden()
    rail.set_entries([RailEntry("sell", "shopping_cart", "Sell"), RailEntry("cash", "payments", "Cash office")])
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    rail.select("sell")
    rail.buttons["cash"].click()
    assert (list(rail.buttons), chosen, rail.lock_button.isHidden()) == (["sell", "cash"], ["cash"], True)
    kept = rail.buttons["sell"]
    rail.set_entries([RailEntry("sell", "shopping_cart", "Prodej"), RailEntry("cash", "payments", "Pokladna")])
    assert rail.buttons["sell"] is kept
    assert kept.accessibleName() == "Prodej"
    assert rail.buttons["cash"].isChecked()


def test_in_a_small_window_the_rail_keeps_its_icons_and_its_names(qtbot: QtBot) -> None:
    rail = Rail()
    rail.set_entries([RailEntry("sell", "shopping_cart", "Sell", "Ctrl 1")], RailEntry("lock", "lock", "Lock"))
    show(qtbot, rail)
    for window, width in ((QSize(1024, 768), 64), (QSize(1366, 768), 88), (QSize(1280, 720), 64)):
        rail.fit(window)
        assert rail.width() == width
    rail.set_entries([RailEntry("more", "apps", "More")], RailEntry("lock", "lock", "Lock"))
    for button in (rail.buttons["more"], rail.lock_button):
        assert min(button.width(), button.height()) >= 48
        assert button.accessibleName() in button.toolTip()


def test_a_shelf_stands_in_more_rows_where_there_is_less_room(qtbot: QtBot) -> None:
    buttons = [ActionButton(text) for text in ("Print again", "E-receipt as PDF", "Gift receipt", "Void")]
    shelf = ButtonShelf(buttons)
    show(qtbot, shelf)
    widest = max(button.minimumSizeHint().width() for button in buttons)
    assert shelf.minimumSizeHint().width() == widest
    assert shelf.sizeHint().width() < 4 * widest + 36
    for width, rows in ((shelf.sizeHint().width(), 1), (2 * widest + 12, 2), (widest, 4)):
        shelf.resize(width, shelf.height())
        assert shelf.rows == rows
        assert all(shelf.rect().contains(button.geometry()) for button in buttons)
        assert all(button.width() >= button.minimumSizeHint().width() for button in buttons)
    buttons[0].set_text("Print the receipt of this sale again")
    qtbot.waitUntil(lambda: shelf.minimumSizeHint().width() > widest)


def test_the_top_bar_shows_only_what_it_is_given(qtbot: QtBot) -> None:
    bar = TopBar()
    bar.resize(1278, 56)
    show(qtbot, bar)
    assert bar.palette_button.isHidden()
    assert bar.person_button.isHidden()
    assert bar.findChildren(QAbstractButton, "top.device.printer") == []
    bar.set_devices([DeviceState("printer", "print", "Printer")])
    button = bar.findChildren(QAbstractButton, "top.device.printer")[0]
    chosen: list[str] = []
    bar.device_chosen.connect(chosen.append)
    button.click()
    bar.set_devices([DeviceState("printer", "print", "Out of paper", "bad", "Put in a new roll")])
    assert chosen == ["printer"]
    assert (button.accessibleName(), button.accessibleDescription()) == ("Out of paper", "Put in a new roll")
    bar.set_devices([])
    assert not any(
        widget.isVisible() for widget in bar.findChildren(QAbstractButton, "top.device.printer") if widget is not button
    )


def test_the_key_bar_is_real_buttons_and_holds_ten(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    done: list[str] = []
    actions = []
    for number in range(1, 12):
        action = QAction(f"Key {number}", owner)
        action.setShortcut(f"F{number}")
        action.setObjectName(f"sell.keys.{number}")
        action.triggered.connect(lambda _=False, number=number: done.append(f"F{number}"))
        actions.append(action)
    bar = KeyBar()
    show(qtbot, bar)
    with pytest.raises(ValueError):
        bar.set_actions(actions)
    actions[0].setVisible(False)
    bar.set_actions(actions)
    assert len(bar.buttons) == 10
    bar.buttons[0].click()
    assert done == ["F2"]
    assert bar.buttons[0].objectName() == "sell.keys.2.key"
    bar.resize(500, 64)
    qtbot.waitUntil(lambda: bar.horizontalScrollBar().maximum() > 0)
    assert min(button.width() - button.minimumSizeHint().width() for button in bar.buttons) >= 0


def test_keys_that_do_not_fit_side_by_side_stand_closer_then_over_their_words(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    bar = KeyBar()
    show(qtbot, bar)
    action = [QAction("A longer word", owner) for _ in range(8)]
    for number, each in enumerate(action, start=1):
        each.setShortcut(f"Alt+{number}")
    bar.set_actions(action)
    widths = []
    for room in (1900, 1330, 900):
        bar.resize(room, 64)
        qtbot.waitUntil(lambda: bar.horizontalScrollBar().maximum() == 0)
        widths.append(bar.buttons[0].sizeHint().width())
    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) == 3
    # Longer words under way: it fits again by itself.
    bar.resize(1000, 64)
    action[0].setText("A word that is much longer")
    qtbot.waitUntil(lambda: bar.horizontalScrollBar().maximum() == 0)


def test_a_shelf_nobody_gave_a_width_asks_for_no_tower(qtbot: QtBot) -> None:
    shelf = ButtonShelf(across_max=2)
    qtbot.addWidget(shelf)
    shelf.set_buttons([ActionButton("A rather long word", height=88) for _ in range(7)])
    assert shelf.rows == 4
    assert shelf.minimumSizeHint().height() < 7 * 88


def test_a_day_of_screens_leaves_nothing_of_the_key_bars_that_were(qtbot: QtBot) -> None:
    """A screen's keys are new buttons, thousands a day."""
    owner, bar = QWidget(), KeyBar()
    qtbot.addWidget(owner)
    show(qtbot, bar)
    actions = [QAction(f"Key {number}", owner) for number in range(8)]

    def turn(times: int) -> None:
        for _ in range(times):
            bar.set_actions(actions)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()

    turn(20)
    tracemalloc.start()
    turn(20)
    before, _ = tracemalloc.get_traced_memory()
    turn(200)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # What stayed of each button was 57 bytes: 91,000 here.
    assert after - before < 30_000
