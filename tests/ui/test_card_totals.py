"""The card terminal's totals beside the till's, asked for among the reports; its day closed there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.devices.simulated.terminal import SimulatedTerminal
from pos.domain.refusal import Code
from pos.ui.cash.reports import ReportsScreen
from tests.lane import DANA, KETTLE, Lane, copy_of_demo, open_lane

_WAIT = 20_000


@pytest.fixture
def charged(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Lane]:
    """A till at which one card was charged."""
    del qapp
    home = copy_of_demo(tmp_path / "home")
    (home / "kassa.toml").write_text('terminal = "simulated"\n', "utf-8")
    lane = open_lane(home)
    lane.sign_in(DANA)
    lane.open_till()
    lane.window.scanned(KETTLE)
    lane.trigger("sell.keys.pay")
    QTest.keyClick(lane.shell.pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: lane.shell.screen_shown is lane.shell.done, timeout=_WAIT)
    yield lane
    lane.close()


def reports(lane: Lane) -> ReportsScreen:
    lane.shell.open_place("cash_reports")
    QApplication.processEvents()
    screen = lane.shell.screen_shown
    assert isinstance(screen, ReportsScreen)
    return screen


def asked(lane: Lane, screen: ReportsScreen, key: str, qtbot: QtBot) -> str:
    with qtbot.waitSignal(screen.card_totals.working.ended, timeout=_WAIT):
        lane.trigger(f"cash_reports.keys.{key}")
    return screen.banner.accessibleName()


def test_they_agree_and_the_day_is_closed(charged: Lane, qtbot: QtBot) -> None:
    screen = reports(charged)
    sale = charged.opened.workstation.sale.last_completed()
    assert sale is not None
    assert "agree: $48.26" in asked(charged, screen, "card_totals", qtbot)
    assert charged.opened.workstation.post_voids.refused(sale.id) is None
    assert "day is closed" in asked(charged, screen, "card_period", qtbot)
    refused = charged.opened.workstation.post_voids.refused(sale.id)
    assert refused is not None
    assert refused.code is Code.POST_VOID_CARD
    # The terminal counts anew, the till goes on: what differs is said.
    assert "counted $0.00, the till $48.26" in asked(charged, screen, "card_totals", qtbot)


def test_a_terminal_that_does_not_answer_is_told(charged: Lane, qtbot: QtBot) -> None:
    terminal = charged.opened.workstation.card_tendering.terminal
    assert isinstance(terminal, SimulatedTerminal)
    terminal.plugged = False
    assert "does not answer" in asked(charged, reports(charged), "card_totals", qtbot)


def test_a_till_without_a_terminal_has_no_such_keys(lane: Lane) -> None:
    lane.sign_in(DANA)
    lane.open_till()
    screen = reports(lane)
    assert not screen._totals.isVisible()
    assert not screen._ends.isVisible()
