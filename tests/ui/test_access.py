"""For every eye, hand and ear: what is measured of all screens, and that each measure finds the fault it is for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import pos.ui
from pos.services.demo_shop import demo_gtin
from pos.ui.main_window import MainWindow
from pos.ui.palette.sheet import Palette
from pos.ui.sell import basket_card
from pos.ui.shared import notices
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.described import describe_rest
from pos.ui.shared.keypad import Keypad
from pos.ui.shared.overlay import Overlay
from pos.ui.shared.screen import Screen
from pos.ui.theme import font
from pos.wording import Wording
from tests.lane import DANA, MUG, Lane
from tests.screens import settle
from tests.ui.looking import show
from tests.ui.measures import (
    cut,
    hit_min,
    in_the_way,
    mouse_only,
    not_reached,
    tab_stops,
    tree,
    undescribed,
    unnamed,
    untouchable,
)

SOURCES = sorted(Path(pos.ui.__file__).parent.rglob("*.py"))
CHANGES = 60
TABS_MAX = 300


def places(lane: Lane) -> list[str]:
    return [place.name for place in lane.shell.places]


def everywhere(lane: Lane) -> list[Screen]:
    """Every place a manager sees, visited, so that each has built what it shows."""
    lane.sign_in(DANA)
    lane.opened.workstation.tills.open_till(20000)
    lane.shell.open_till.opened.emit()
    for name in places(lane):
        lane.shell.open_place(name)
    lane.shell.open_place("sell")
    return list(lane.shell.screens)


# Each measure finds its fault.


def test_a_cut_label_is_found(qapp: QApplication) -> None:
    del qapp
    label = QLabel("A label that is much too long")
    label.setFont(font(15))
    label.resize(40, 20)
    assert cut(label)


def test_what_a_finger_would_miss_is_found(qtbot: QtBot) -> None:
    button = ActionButton("Pay")
    qtbot.addWidget(button)
    assert not untouchable(button)
    button.setFixedHeight(40)
    assert untouchable(button)
    primary = ActionButton("Pay", kind="primary", key="F12", height=64)
    qtbot.addWidget(primary)
    assert hit_min(primary) == 72
    assert untouchable(primary)
    keypad = Keypad()
    qtbot.addWidget(keypad)
    key = keypad.findChildren(QPushButton) or keypad.findChildren(type(button).__bases__[0])
    key[0].setFixedSize(60, 60)
    assert untouchable(key[0])


def test_what_a_screen_reader_cannot_name_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    for made in (QPushButton(), QLineEdit(), QComboBox()):
        column.addWidget(made)
    show(qtbot, window)
    assert len(unnamed(window)) == 3
    for kind in (QPushButton, QLineEdit, QComboBox):
        for part in window.findChildren(kind):
            part.setAccessibleName("Named")
    assert unnamed(window) == []


def test_what_is_not_described_is_found_and_described_in_the_language_that_shows(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    own = QPushButton("Own")
    own.setAccessibleDescription("F2")
    for made in (QPushButton("Named"), QLineEdit(), QComboBox(), own):
        column.addWidget(made)
    show(qtbot, window)
    assert len(undescribed(window)) == 3
    describe_rest(window, Wording("en"))
    before = [part.accessibleDescription() for part in window.findChildren(QPushButton)]
    assert undescribed(window) == []
    describe_rest(window, Wording("cs"))
    assert undescribed(window) == []
    assert own.accessibleDescription() == before[1] == "F2"


def test_a_second_sheet_and_a_modal_window_are_found(lane: Lane, qtbot: QtBot) -> None:
    lane.open_till()
    assert in_the_way(lane.window) == []
    for name in ("one", "other"):
        Overlay(name, (300, 200), lane.shell).open_over()
    assert in_the_way(lane.window)
    window = MainWindow("en", lane.window.habits, lane.window._sounds, lane.window._now)
    qtbot.addWidget(window)
    asking = QDialog(window)
    asking.setModal(True)
    asking.show()
    assert in_the_way(window)
    asking.close()


def test_an_action_for_the_mouse_alone_is_found(qapp: QApplication) -> None:
    del qapp
    screen = QWidget()
    keyed, listed, lost = (QAction(text, screen) for text in ("Keyed", "Listed", "Lost"))
    keyed.setShortcut("F2")
    assert mouse_only(screen, (keyed, listed, lost), ["Listed"]) == [f": {lost.objectName()}"]


# Everything by key.


def test_every_action_has_a_key_or_stands_in_the_palette(lane: Lane) -> None:
    found: list[str] = []
    for screen in everywhere(lane):
        place = next((name for name, visited in lane.shell.visited.items() if visited is screen), None)
        if place is None:
            continue
        lane.shell.open_place(place)
        settle()
        lane.trigger("shell.keys.palette")
        palette = lane.shell.overlays.palette
        listed = names(palette)
        found += mouse_only(screen, [*screen.actions(), *lane.shell.actions()], listed)
        lane.trigger("shell.keys.palette")
    assert found == []


def names(palette: Palette) -> list[str]:
    """Everything it would find, of which an empty field shows the first few."""
    return [entry.title for entry in palette._entries]


def test_every_action_says_what_it_does(lane: Lane) -> None:
    """In the palette, on the cheat sheet and to a screen reader."""
    screens = everywhere(lane)
    actions = [*lane.shell.actions(), *(action for screen in screens for action in screen.actions())]
    assert [action.objectName() for action in actions if action.isVisible() and not action.text()] == []


def test_what_tab_goes_past_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    near, far = QLineEdit(window), QLineEdit(window)
    far.setObjectName("far")
    assert not_reached((near, far), (near,)) == ["far"]


@pytest.mark.parametrize("name", ["sell", "journal", "settings", "items", "more", "printer"])
def test_tab_reaches_everything_and_comes_back(lane: Lane, name: str) -> None:
    everywhere(lane)
    lane.shell.scanned(MUG)
    lane.shell.open_place(name)
    settle()
    lane.window.activateWindow()
    stops = set(tab_stops(lane.window))
    lane.shell.screen_shown.focus_entry()
    reached: set[QWidget] = set()
    start = QApplication.focusWidget() or lane.window
    for _ in range(TABS_MAX):
        QTest.keyClick(QApplication.focusWidget() or lane.window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is not None:
            reached.add(focus)
        if focus is start:
            break
    assert not_reached(stops, reached) == []
    assert start in reached or start not in stops


# Nothing is in the way, nothing moves by itself, everything can be taken back.


def test_no_screen_asks_in_a_window_of_its_own() -> None:
    asking = re.compile(r"\b(QDialog|QMessageBox|QInputDialog|QErrorMessage|QProgressDialog)\b")
    screens = [path for path in SOURCES if {"sell", "pay"} & set(path.parts)]
    assert screens
    assert [path.name for path in screens if asking.search(path.read_text("utf-8"))] == []


def test_nothing_moves_for_show() -> None:
    """There is no motion to be reduced: what appears is there at once."""
    moving = re.compile(r"\b(Q\w*Animation|QTimeLine|QMovie|QGraphics\w*Effect)\b")
    assert [path.name for path in SOURCES if moving.search(path.read_text("utf-8"))] == []


def test_sixty_changes_are_taken_back_and_come_again(lane: Lane) -> None:
    lane.open_till()
    sell = lane.shell.sell
    before = []
    for number in range(CHANGES):
        before.append(lane.opened.workstation.sale.view.priced)
        if number % 3 == 1:
            sell.lines.add_pieces(1)
        elif number % 3 == 2:
            lane.trigger("sell.keys.remove")
        else:
            sell.scanned(MUG)
    after = lane.opened.workstation.sale.view.priced
    for was in reversed(before):
        lane.trigger("sell.keys.undo")
        assert lane.opened.workstation.sale.view.priced.lines == was.lines
    for _ in range(CHANGES):
        lane.trigger("sell.keys.redo")
    assert lane.opened.workstation.sale.view.priced.lines == after.lines


# What is heard.


def test_the_tree_of_a_sale_is_whole(lane: Lane) -> None:
    lane.open_till()
    lane.shell.scanned(MUG)
    settle()
    said = [part.text(QAccessible.Text.Name) for part in tree(lane.window)]
    assert any("mug" in words.lower() for words in said)
    assert len(said) > 40


def test_a_screen_reader_is_told_the_line_the_total_and_the_refusal(
    lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(basket_card, "speak", lambda _widget, sentence: heard.append(sentence))
    monkeypatch.setattr(notices, "announce", lambda widget: heard.append(widget.accessibleName()))
    lane.open_till()
    lane.shell.scanned(MUG)
    assert any("mug" in said.lower() for said in heard)
    lane.shell.sell.afterwards.do_now()
    assert "19" in lane.shell.sell.totals.accessibleName()
    heard.clear()
    lane.shell.scanned(demo_gtin(7777))
    assert any("not in the item list" in said for said in heard)
