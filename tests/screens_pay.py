"""The payment looked at: every way to pay, a card from the question to its answer, what the journal does to a sale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from unittest.mock import patch

from PySide6.QtWidgets import QApplication

from pos.devices.simulated.terminal import Doing, Scripted, SimulatedTerminal
from pos.domain.tender import TenderKind
from pos.domain.tender_rules import TenderRule
from pos.ui.journal.screen import JournalScreen
from pos.ui.pay import card_flow
from pos.ui.theme import ThemeName
from tests.corner_shop import CHECK
from tests.lane import DANA, KETTLE, MUG, SOAP, Lane, wait_until

SETTINGS = 'terminal = "simulated"\n'
Shoot = Callable[[str], None]
_PANELS = ("gift_card", "store_credit", "check", "split", "own1", "exempt")
_OWN = (
    TenderRule("swish", TenderKind.OTHER, words="Swish", asks_reference=True),
    TenderRule("meal", TenderKind.OTHER, words="Meal voucher", alone=1000),
)


def walk_payment(lane: Lane, shoot: Shoot, language: str, theme: ThemeName) -> None:
    """With a manager at the till, who may do everything. The home's settings are SETTINGS."""
    desk = lane.opened.workstation.desk
    lane.window.habits.keep_language(language, DANA)
    lane.window.habits.keep_theme(theme, DANA)
    lane.sign_in(DANA)
    desk.rules = replace(desk.rules, cash_back_most=10_000, tender_rules=_OWN)
    lane.opened.workstation.tills.open_till(20_000)
    lane.shell.open_till.opened.emit()
    ways(lane, shoot)
    with patch.object(card_flow, "_waits", lambda _progress: lambda _seconds: None):
        cards(lane, shoot)
    mixed(lane, shoot)
    journal(lane, shoot)
    lane.shell.open_place("devices")
    shoot("98-devices")


def ring_up(lane: Lane) -> None:
    lane.shell.open_place("sell")
    for code in (KETTLE, MUG, SOAP):
        lane.shell.sell.scanned(code)
    lane.trigger("sell.keys.pay")
    QApplication.processEvents()


def ways(lane: Lane, shoot: Shoot) -> None:
    ring_up(lane)
    for name in _PANELS:
        lane.trigger(f"pay.keys.{name}")
        shoot(f"82-pay-{name}")
        lane.trigger("pay.keys.back")
    lane.shell.pay.received.set_entry("10000")
    shoot("82-pay-much")
    lane.shell.pay.received.clear_entry()


def until(holds: Callable[[], bool], seconds_max: float = 10) -> None:
    """Let the terminal's thread come so far."""
    wait_until(holds, seconds_max)
    assert holds()


def cards(lane: Lane, shoot: Shoot) -> None:
    """Held at the terminal, declined, given up, and one whose outcome nobody knows."""
    terminal, card = lane.opened.workstation.card_tendering.terminal, lane.shell.road.card
    assert isinstance(terminal, SimulatedTerminal)
    lane.trigger("pay.keys.debit")
    shoot("83-card-debit")
    lane.trigger("pay.keys.back")
    terminal.held = True
    terminal.script.append(Scripted(Doing.DECLINED))
    lane.trigger("pay.keys.credit")
    until(lambda: card.page.view is not None and [state for _, state, _ in card.page.view.steps[1:2]] == ["now"])
    shoot("83-card-wait")
    terminal.held = False
    terminal.release()
    until(lambda: card.flow.declined)
    shoot("83-card-declined")
    terminal.script.append(Scripted(Doing.WRONG_ATTEMPT))
    lane.trigger("card.keys.go_on")
    until(lambda: bool(card.flow.open_attempt))
    shoot("83-card-unknown")
    panel = card.decision
    panel.choice.choose("not_charged")
    panel.fields.reason.set_text("As its slip says")
    panel.fields.number.set_text("101")
    panel.fields.pin.set_text("000000")
    panel.confirm()
    shoot("83-card-decided-wrong")
    panel.fields.number.set_text(DANA)
    panel.fields.pin.set_text("201201")
    panel.confirm()
    lane.trigger("card.keys.stop")


def mixed(lane: Lane, shoot: Shoot) -> None:
    """A check, cash, and what the rest is paid with."""
    lane.opened.workstation.checks.take(CHECK, 2_000)
    lane.shell.pay.enter()
    shoot("84-pay-mixed")
    lane.shell.pay.received.set_entry("160")
    lane.trigger("pay.keys.complete")
    lane.wait_for_paper()
    lane.trigger("done.keys.gift")
    shoot("85-done-said")


def journal(lane: Lane, shoot: Shoot) -> None:
    lane.shell.open_place("journal")
    screen = lane.shell.screen_shown
    assert isinstance(screen, JournalScreen)
    shoot("86-journal-sale")
    for name in ("returned_check", "correct", "post_void"):
        lane.trigger(f"journal.keys.{name}")
        shoot(f"86-journal-{name}")
        lane.trigger("journal.keys.back")
    lane.trigger("journal.keys.tax_document")
    shoot("86-journal-buyer")
    lane.trigger("journal.keys.back")
