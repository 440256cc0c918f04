"""What is done right after a picture: once, by itself, and nothing a key does waits for it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pos.domain.money import Money
from pos.ui.shared.afterwards import Afterwards
from tests.lane import KETTLE, MUG, Lane


def test_what_is_wanted_again_and_again_is_done_once_and_by_itself(qtbot: QtBot) -> None:
    owner, done = QObject(), list[str]()
    afterwards = Afterwards(owner)

    def name() -> None:
        done.append("name")

    for _ in range(3):
        afterwards.want(name)
    afterwards.want(lambda: done.append("picture"))
    assert not done
    assert not afterwards.is_done
    qtbot.waitUntil(lambda: afterwards.is_done)
    assert done == ["name", "picture"]


def test_what_is_wanted_meanwhile_waits_for_its_own_moment() -> None:
    owner, done = QObject(), list[int]()
    afterwards = Afterwards(owner)

    def again() -> None:
        done.append(len(done))
        if len(done) < 2:
            afterwards.want(again)

    afterwards.want(again)
    afterwards.do_now()
    assert done == [0]
    afterwards.do_now()
    assert done == [0, 1]
    assert afterwards.is_done


def test_the_money_is_taken_in_the_same_moment_as_the_last_scan(lane: Lane) -> None:
    lane.open_till()
    sell = lane.shell.sell
    before = sell.pay_button.text()
    for code in (MUG, KETTLE):
        lane.window.scanned(code)
    assert (sell.pay_button.text(), sell.pay_button.isEnabled()) == (before, True)
    lane.trigger("sell.keys.pay")
    assert lane.shell.pay.isVisible()
    priced = lane.opened.workstation.sale.view.priced
    total = lane.window.words.money(Money(priced.total, priced.currency))
    sell.afterwards.do_now()
    assert total in sell.pay_button.text()
