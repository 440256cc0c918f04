"""Finding a purchase by the card it was paid with: the terminal is asked, and whatever comes of it is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.devices.payment.manual import ManualTerminal
from pos.devices.simulated.terminal import Doing, Scripted, SimulatedTerminal
from pos.domain.transaction import Transaction
from pos.services.sale import CompletedSale
from pos.ui.returns.screen import ReturnsScreen
from pos.ui.shared.room import Room
from tests.corner_shop import pay_by_card
from tests.lane import MUG, Lane, copy_of_demo, open_lane, returned


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """A till with its float and a terminal in memory."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.opened.workstation.card_tendering.terminal = SimulatedTerminal()
    lane.open_till()
    yield lane
    lane.close()


def terminal(till: Lane) -> SimulatedTerminal:
    found = till.opened.workstation.card_tendering.terminal
    assert isinstance(found, SimulatedTerminal)
    return found


def bought(till: Lane, card: str) -> Transaction:
    """A mug on this card."""
    workstation = till.opened.workstation
    terminal(till).card = card
    workstation.sale.scan(MUG)
    pay_by_card(workstation)
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale)
    return done.transaction


def by_card(till: Lane) -> ReturnsScreen:
    till.shell.open_place("returns")
    till.trigger("returns.keys.quantity")
    screen = till.shell.screen_shown
    assert isinstance(screen, ReturnsScreen)
    return screen


def asked(till: Lane, qtbot: QtBot) -> ReturnsScreen:
    """The terminal was asked, and answered."""
    screen = by_card(till)
    till.trigger("returns.keys.tenders")
    qtbot.waitUntil(lambda: not screen.finding.card.waiting, timeout=20_000)
    return screen


def held(till: Lane) -> ReturnsScreen:
    """A customer who takes their time."""
    terminal(till).held = True
    screen = by_card(till)
    till.trigger("returns.keys.tenders")
    assert screen.finding.card.waiting
    return screen


def test_the_card_leads_to_its_purchases_and_on_to_the_money(till: Lane, qtbot: QtBot) -> None:
    sale, _ = bought(till, "visa-4242"), bought(till, "mc-4242")
    terminal(till).card = "visa-4242"
    screen = asked(till, qtbot)
    assert [row.id for row in screen.list.found.rows] == [sale.id]
    assert "VISA ··4242" in screen.banner.message
    till.trigger("returns.keys.refund")
    assert screen.draft is not None
    assert screen.draft.shown_by == "card_lookup"
    till.window.scanned(MUG)
    till.trigger("returns.keys.refund")
    assert [done.purchase for done in returned(till)] == [sale.id]


def test_a_card_nothing_was_bought_with_is_said(till: Lane, qtbot: QtBot) -> None:
    bought(till, "visa-4242")
    terminal(till).card = "amex-5"
    screen = asked(till, qtbot)
    assert not screen.list.found.rows
    assert "AMERICAN EXPRESS" in screen.empty.accessibleName()


@pytest.mark.parametrize(
    ("doing", "said"),
    [
        (Doing.CANCELLED, "The customer cancelled at the terminal."),
        (Doing.TIMEOUT_BEFORE, "No card was read in time."),
        (Doing.BUSY, "The terminal is busy"),
        (Doing.DISCONNECT_BEFORE, "The line to the terminal broke."),
        (Doing.DECLINED, "The terminal does not take this card."),
    ],
)
def test_what_went_wrong_is_said_and_the_digits_still_find_it(
    till: Lane, qtbot: QtBot, doing: Doing, said: str
) -> None:
    sale = bought(till, "visa-4242")
    terminal(till).script.append(Scripted(doing))
    screen = asked(till, qtbot)
    assert said in screen.banner.message
    assert not screen.list.found.rows
    screen.field.submitted.emit("4242")
    assert [row.id for row in screen.list.found.rows] == [sale.id]


def test_a_terminal_that_cannot_say_says_so_and_nobody_waits(till: Lane) -> None:
    for port, said in ((ManualTerminal(), "This terminal cannot say"), (None, "This till has no card terminal")):
        till.opened.workstation.card_tendering.terminal = port
        screen = by_card(till)
        till.trigger("returns.keys.tenders")
        assert not screen.finding.card.waiting
        assert said in screen.banner.message
        till.shell.open_place("sell")


def test_a_cable_that_is_out_is_said(till: Lane, qtbot: QtBot) -> None:
    terminal(till).plugged = False
    assert "The terminal cannot be reached." in asked(till, qtbot).banner.message


def test_escape_stops_the_terminal_and_the_window_works_on(till: Lane, qtbot: QtBot) -> None:
    till.window.resize(1024, 768)
    sale = bought(till, "visa-4242")
    screen = held(till)
    assert not screen.asking.stop.isHidden()
    assert screen.asking.ask.isHidden()
    till.trigger("returns.keys.back")
    assert not screen.finding.card.waiting
    assert "told to stop" in screen.banner.message
    assert screen.finding.ways.choice == "card"
    QApplication.processEvents()
    (room,) = till.window.findChildren(Room)
    assert not room.is_small()
    terminal(till).held = False
    qtbot.waitUntil(lambda: not screen.finding.card.busy, timeout=20_000)
    till.trigger("returns.keys.tenders")
    qtbot.waitUntil(lambda: not screen.finding.card.waiting, timeout=20_000)
    assert [row.id for row in screen.list.found.rows] == [sale.id]


@pytest.mark.parametrize("by", ["place", "way", "receipt", "digits"])
def test_whoever_goes_on_otherwise_leaves_no_terminal_waiting(till: Lane, qtbot: QtBot, by: str) -> None:
    sale = bought(till, "visa-4242")
    screen = held(till)
    if by == "place":
        till.shell.open_place("sell")
    elif by == "way":
        till.trigger("returns.keys.condition")
    elif by == "receipt":
        till.window.scanned(sale.receipt_code)
    else:
        screen.field.submitted.emit("4242")
    assert not screen.finding.card.waiting
    qtbot.waitUntil(lambda: not screen.finding.card.busy, timeout=20_000)
    assert (screen.draft is not None) is (by == "receipt")


def test_the_key_asks_the_terminal_only_where_a_card_is_looked_for(till: Lane) -> None:
    till.shell.open_place("returns")
    screen = till.shell.screen_shown
    assert isinstance(screen, ReturnsScreen)
    assert screen.asking.ask.isHidden()
    till.trigger("returns.keys.quantity")
    assert not screen.asking.ask.isHidden()
    till.trigger("returns.keys.condition")
    assert screen.asking.ask.isHidden()
