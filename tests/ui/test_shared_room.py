"""A window asks for the room of what shows, and moves over it where a large scale leaves less."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.shared.room import Pages, Room
from tests.lane import Lane
from tests.screens import settle
from tests.ui.looking import show


def page(width: int, height: int) -> QWidget:
    made = QWidget()
    made.setMinimumSize(width, height)
    row = QHBoxLayout(made)
    row.addWidget(QLineEdit(), 0, Qt.AlignmentFlag.AlignTop)
    row.addStretch(1)
    row.addWidget(QLineEdit(), 0, Qt.AlignmentFlag.AlignBottom)
    return made


def test_only_the_page_that_shows_asks_for_room(qtbot: QtBot) -> None:
    pages = Pages()
    qtbot.addWidget(pages)
    large, little = page(900, 700), page(300, 200)
    pages.addWidget(large)
    pages.addWidget(little)
    pages.setCurrentWidget(little)
    assert pages.minimumSizeHint() == little.minimumSizeHint()
    pages.setCurrentWidget(large)
    assert pages.minimumSizeHint() == large.minimumSizeHint()


def test_what_does_not_fit_is_moved_to_by_the_focus(qtbot: QtBot) -> None:
    pages, whole = Pages(), page(900, 700)
    whole.setMinimumSize(0, 0)
    layout = whole.layout()
    assert layout is not None
    layout.setContentsMargins(0, 0, 0, 700)
    pages.addWidget(whole)
    room = Room(pages)
    room.resize(1000, 800)
    show(qtbot, room)
    settle()
    assert not room.is_small()
    room.resize(400, 300)
    settle()
    assert room.is_small()
    assert pages.size().height() >= pages.minimumSizeHint().height()
    first, last = whole.findChildren(QLineEdit)
    room.verticalScrollBar().setValue(room.verticalScrollBar().maximum())
    last.setFocus()
    first.setFocus()
    settle()
    assert room.viewport().rect().contains(first.mapTo(room.viewport(), first.rect().center()))


@pytest.mark.parametrize("size", [(911, 512), (683, 512), (1280, 720)], ids=["150 %", "150 % of 1024", "150 % of 1920"])
def test_a_large_scale_on_a_small_screen_squeezes_nothing(lane: Lane, size: tuple[int, int]) -> None:
    lane.open_till()
    lane.window.resize(*size)
    settle()
    assert lane.window.size().toTuple() == size
    needed = lane.shell.minimumSizeHint()
    assert lane.shell.width() >= needed.width()
    assert lane.shell.height() >= needed.height()
