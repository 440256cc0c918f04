"""The practice terminal at the till: paid at by card over the real protocol, its customer played, its absence told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.devices.payment.practice import PracticeTerminal, practice_terminal
from pos.services.terminal_state import TerminalState
from pos.ui import device_words
from pos.ui.app import App
from pos.ui.shared.device_source import DeviceView
from pos.ui.shared.leads import PLAY_CUSTOMER
from tests.lane import DANA, KETTLE, Lane, copy_of_demo, open_lane, settings_of

_WAIT = 30_000


def at_practice(tmp_path: Path) -> Lane:
    home = copy_of_demo(tmp_path / "home")
    (home / "kassa.toml").write_text('terminal = "practice"\n', "utf-8")
    lane = open_lane(home)
    lane.sign_in(DANA)
    lane.open_till()
    return lane


@pytest.fixture
def practising(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    del qapp
    lane = at_practice(tmp_path)
    yield lane
    lane.close()


def key_of(lane: Lane) -> QAction:
    found = lane.shell.findChild(QAction, "shell.keys.customer")
    assert isinstance(found, QAction)
    return found


def terminal_view(lane: Lane) -> DeviceView:
    return next(view for view in lane.shell.devices.views() if view.name == device_words.TERMINAL)


def test_a_card_pays_over_the_real_protocol_and_the_customer_can_be_played(
    practising: Lane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    lane = practising
    qtbot.waitUntil(lambda: lane.shell.devices.terminal is TerminalState.READY, timeout=_WAIT)
    lane.window.scanned(KETTLE)
    lane.trigger("sell.keys.pay")
    QTest.keyClick(lane.shell.pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: lane.shell.screen_shown is lane.shell.done, timeout=_WAIT)
    sale = lane.opened.workstation.sale.last_completed()
    assert sale is not None
    attempt = lane.opened.workstation.card_tendering.get(sale.tenders[0].attempt)
    assert attempt is not None
    assert attempt.attempt.terminal == practice_terminal(1)
    assert attempt.card.poi_transaction
    # By its key, and from the device's page.
    opened: list[bool] = []
    port = lane.opened.workstation.card_terminal.port
    assert isinstance(port, PracticeTerminal)

    def play(_self: PracticeTerminal) -> bool:
        opened.append(True)
        return True

    monkeypatch.setattr(PracticeTerminal, "play_customer", play)
    assert key_of(lane).isVisible()
    key_of(lane).trigger()
    qtbot.waitUntil(lambda: opened == [True], timeout=_WAIT)
    qtbot.waitUntil(lambda: not lane.shell.devices._opening.busy, timeout=_WAIT)
    assert terminal_view(lane).place == PLAY_CUSTOMER
    lane.shell.open_place(PLAY_CUSTOMER)
    qtbot.waitUntil(lambda: opened == [True, True], timeout=_WAIT)


def test_where_it_cannot_start_the_till_says_so_and_cards_are_taken_all_the_same(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qapp
    monkeypatch.setattr(PracticeTerminal, "_begin", lambda _self: None)
    lane = at_practice(tmp_path)
    told: list[str] = []
    lane.shell.devices.told.connect(lambda title, _detail, _kind: told.append(title))
    qtbot.waitUntil(lambda: lane.shell.devices.terminal is TerminalState.READY, timeout=_WAIT)
    assert told == ["The practice terminal could not start."]
    key_of(lane).trigger()
    qtbot.waitUntil(lambda: len(told) == 2, timeout=_WAIT)
    lane.window.scanned(KETTLE)
    lane.trigger("sell.keys.pay")
    QTest.keyClick(lane.shell.pay.received, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: lane.shell.screen_shown is lane.shell.done, timeout=_WAIT)
    lane.close()


def test_a_till_without_one_offers_none(lane: Lane) -> None:
    assert not key_of(lane).isVisible()
    assert not key_of(lane).isEnabled()
    assert not terminal_view(lane).place


def test_the_demo_shop_has_one(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    home = copy_of_demo(tmp_path / "home")
    app = App(qapp, settings_of(home), None, 1, language="en")
    app.show()
    qtbot.waitUntil(lambda: app.opened is not None, timeout=_WAIT)
    opened = app.opened
    assert opened is not None
    assert opened.workstation.card_terminal.plays_customer
    app.close()
