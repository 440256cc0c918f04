"""The devices at the window: a state is tapped and says what to do, and none that fails stops a sale."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.devices.drawer import PrinterDrawer
from pos.devices.ports import OverRange, ScaleOffline, ScaleReading, Unstable, Weight
from pos.devices.simulated.printer import PrinterFault, SimulatedPrinter
from pos.devices.simulated.scale import SimulatedScale
from pos.domain.money import Unit
from pos.domain.payment import NotProcessed, NotProcessedWhy, TerminalInfo
from pos.services.paperwork import Devices
from pos.services.terminal_state import TerminalState, state_of
from pos.services.weighing import Weighing
from pos.ui.customer_screen import CustomerScreen, DisplayState
from pos.ui.device_words import (
    display_view,
    drawer_view,
    drawer_words,
    printer_view,
    scanner_view,
    terminal_view,
    terminal_words,
)
from pos.ui.devices.screen import DevicesScreen
from pos.ui.drawer_watch import Standing
from pos.ui.printing import Measured
from pos.wording import LANGUAGES, Wording
from receipts.printers import PROFILES
from tests.lane import MUG, SOAP, Lane

WAIT = 15_000
STATES = ("ready", "paper_low", "paper_out", "cover_open", "offline", "fault", "silent", "unreachable", "not_writable")


@pytest.fixture
def printer(lane: Lane) -> SimulatedPrinter:
    """Return the printer with a drawer that this till has from now on."""
    printer = SimulatedPrinter()
    station = lane.opened.workstation
    drawer = PrinterDrawer(printer)
    station.paperwork._devices = Devices(printer, drawer, PROFILES["80mm-48-cp852"])
    station.drawer._drawer = drawer
    station.copies._prints = True
    lane.open_till()
    return printer


def tap(lane: Lane, name: str) -> None:
    """Touch a device's state in the top bar."""
    button = lane.shell.top_bar.device_button(name)
    assert button is not None, name
    button.click()
    QApplication.processEvents()


def measure(lane: Lane, qtbot: QtBot) -> None:
    """Let the till ask its printer, and hear the answer."""
    with qtbot.waitSignal(lane.shell.devices.measured, timeout=WAIT):
        lane.shell.printing.try_now()


def lines_sold(lane: Lane) -> int:
    """How many lines the open sale has."""
    return len(lane.opened.workstation.sale.view.priced.lines)


def said(lane: Lane) -> str:
    return lane.shell.device_panel.said.text()


def test_a_tap_on_a_state_says_what_to_do_and_leaves_the_sale_where_it_is(
    lane: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    lane.window.scanned(MUG)
    printer.fault = PrinterFault.PAPER_OUT
    measure(lane, qtbot)
    tap(lane, "printer")
    panel = lane.shell.device_panel
    assert panel.isVisible()
    assert lane.shell.screen_shown is lane.shell.sell
    assert (panel.title.text(), panel.state.text) == ("Receipt printer", "Out of paper")
    assert "Selling goes on" in panel.meaning.text()
    assert panel.next_step.text() == "Put a new roll in and close the cover."
    assert "Out of paper" in panel.accessibleName()
    panel.test_button.click()
    qtbot.waitUntil(lambda: "out of paper" in said(lane), timeout=WAIT)
    printer.mend()
    measure(lane, qtbot)
    assert panel.state.text == "Ready"
    panel.test_button.click()
    qtbot.waitUntil(lambda: said(lane) == "The test page is printed.", timeout=WAIT)
    QTest.keyClick(panel.test_button, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    lane.window.scanned(SOAP)
    assert lines_sold(lane) == 2


def test_the_printers_panel_leads_to_what_waits(lane: Lane, printer: SimulatedPrinter, qtbot: QtBot) -> None:
    measure(lane, qtbot)
    tap(lane, "printer")
    lane.shell.device_panel.place_button.click()
    assert lane.shell.screen_shown is lane.shell.visited["printer"]
    assert not lane.shell.device_panel.isVisible()
    assert printer.papers == []


def test_the_drawers_panel_asks_how_it_stands(lane: Lane, printer: SimulatedPrinter, qtbot: QtBot) -> None:
    printer.drawer_open = True
    measure(lane, qtbot)
    tap(lane, "drawer")
    assert lane.shell.device_panel.state.text == "Open"
    printer.close_drawer()
    lane.shell.device_panel.test_button.click()
    qtbot.waitUntil(lambda: said(lane) == "Cash drawer: Shut.", timeout=WAIT)
    assert printer.kicks == 0


def test_the_scanners_panel_waits_for_one_scan_and_sells_nothing(lane: Lane) -> None:
    lane.open_till()
    lane.shell.devices.set_scanner(True)
    tap(lane, "scanner")
    lane.shell.device_panel.test_button.click()
    lane.window.scanned(MUG)
    assert said(lane) == f"The scanner works. It read {MUG}."
    assert lines_sold(lane) == 0
    lane.shell.device_panel.test_button.click()
    lane.window.scanned("KB-7F3Q-2M8X")
    assert said(lane) == "The scanner works. It read a badge."
    # The next one is a scan like any other.
    lane.window.scanned(MUG)
    assert lines_sold(lane) == 1
    assert not lane.shell.device_panel.isVisible()


@pytest.mark.parametrize(
    ("reading", "state"),
    [
        (Weight(1284), "1.284 kg"),
        (Weight(0), "Ready"),
        (Unstable(), "Answers"),
        (OverRange(), "Answers"),
        (ScaleOffline(), "Not found"),
    ],
)
def test_the_scale_is_read(lane: Lane, qtbot: QtBot, reading: ScaleReading, state: str) -> None:
    lane.open_till()
    scale = SimulatedScale()
    scale.shown = reading
    lane.opened.workstation.weighing._scale = scale
    lane.shell.open_place("devices")
    screen = lane.shell.screen_shown
    assert isinstance(screen, DevicesScreen)
    lane.trigger("devices.keys.device4")
    lane.trigger("devices.keys.test")
    qtbot.waitUntil(lambda: screen.card.state.text == state, timeout=WAIT)
    assert screen.card.said.text() == f"Scale: {state}."


def test_the_display_shows_a_picture_that_is_no_sale(lane: Lane) -> None:
    lane.open_till()
    seconds = [100.0]
    display = CustomerScreen(lane.shell, lane.opened.workstation, "window", now=lambda: seconds[0])
    display.start()
    lane.shell.devices.set_display(display)
    lane.shell.open_place("devices")
    lane.trigger("devices.keys.device5")
    lane.trigger("devices.keys.test")
    assert display.view.total == "$123.45"
    screen = lane.shell.screen_shown
    assert isinstance(screen, DevicesScreen)
    assert "$123.45" in screen.card.said.text()
    seconds[0] += 6
    display.look()
    assert display.view.total == ""
    display.close()


def test_the_terminal_is_asked_by_a_worker_and_shown_in_words(lane: Lane, qtbot: QtBot) -> None:
    lane.open_till()
    board = lane.shell.devices
    assert lane.shell.top_bar.device_button("terminal") is None
    answers = [TerminalState.AWAY, TerminalState.AWAY, TerminalState.READY]
    board.follow_terminal(lambda: answers.pop(0))
    tap(lane, "terminal")
    lane.shell.device_panel.test_button.click()
    qtbot.waitUntil(lambda: said(lane) == "Card terminal: Not reached.", timeout=WAIT)
    button = lane.shell.top_bar.device_button("terminal")
    assert button is not None
    assert button.text() == "No terminal"
    assert "Every other way to pay works." in lane.shell.device_panel.meaning.text()
    lane.shell.device_panel.test_button.click()
    qtbot.waitUntil(lambda: said(lane) == "Card terminal: Ready.", timeout=WAIT)
    board.set_terminal(TerminalState.BUSY)
    assert button.text() == "Terminal busy"
    assert lane.shell.device_panel.test_button.isHidden()


def test_a_till_with_a_terminal_asks_it_when_it_starts_and_when_somebody_looks(lane: Lane, qtbot: QtBot) -> None:
    lane.open_till()
    board = lane.shell.devices
    said_by_terminal: list[TerminalInfo | NotProcessed] = [
        NotProcessed(NotProcessedWhy.NOT_REACHED),
        TerminalInfo("POI-1"),
    ]
    terminal = lane.opened.workstation.card_terminal

    class Asked:
        can_be_asked = True

        def login(self) -> TerminalInfo | NotProcessed:
            return said_by_terminal.pop(0)

        def close(self) -> None:
            """Nothing to let go of."""

    terminal.port = Asked()  # type: ignore[assignment]
    board.start()
    qtbot.waitUntil(lambda: board.terminal is TerminalState.AWAY, timeout=WAIT)
    tap(lane, "terminal")
    qtbot.waitUntil(lambda: board.terminal is TerminalState.READY, timeout=WAIT)
    assert lane.shell.device_panel.state.text == "Ready"
    # Nobody tried it, so it says nothing of having been tried.
    assert said(lane) == ""
    # While somebody works with it, it is theirs.
    board.set_terminal(TerminalState.BUSY)
    board.look()
    assert said_by_terminal == []
    assert not board._asking.busy


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (TerminalInfo("POI-1"), TerminalState.READY),
        (NotProcessed(NotProcessedWhy.NOT_REACHED), TerminalState.AWAY),
        (NotProcessed(NotProcessedWhy.BUSY), TerminalState.BUSY),
        (NotProcessed(NotProcessedWhy.LOGGED_OUT), TerminalState.LOGGED_OUT),
        (NotProcessed(NotProcessedWhy.NOT_TRUSTED), TerminalState.REFUSES),
    ],
)
def test_what_a_login_says_of_a_terminal(answer: TerminalInfo | NotProcessed, state: TerminalState) -> None:
    assert state_of(answer) is state


def _dead_printer(lane: Lane) -> None:
    printer = SimulatedPrinter()
    printer.fault = PrinterFault.UNREACHABLE
    devices = Devices(printer, PrinterDrawer(printer), PROFILES["80mm-48-cp852"])
    lane.opened.workstation.paperwork._devices = devices
    lane.shell.printing.try_now()


def _printer_without_paper(lane: Lane) -> None:
    printer = SimulatedPrinter()
    printer.fault = PrinterFault.PAPER_OUT
    devices = Devices(printer, PrinterDrawer(printer), PROFILES["80mm-48-cp852"])
    lane.opened.workstation.paperwork._devices = devices


def _drawer_left_open(lane: Lane) -> None:
    lane.shell.printing.measured.emit(Measured("ready", can_print=True, drawer_open=True))
    watch = lane.shell.devices.drawer
    watch._opened -= 60
    watch.look()
    assert watch.standing is Standing.LEFT_OPEN


def _dead_scanner(lane: Lane) -> None:
    lane.shell.devices.set_scanner(False)


def _dead_scale(lane: Lane) -> None:
    scale = SimulatedScale()
    scale.shown = ScaleOffline()
    lane.opened.workstation.weighing._scale = scale


def _dead_display(lane: Lane) -> None:
    lane.opened.workstation.customer_pole._pole = None
    display = CustomerScreen(lane.shell, lane.opened.workstation, "pole")
    display.start()
    lane.shell.devices.set_display(display)


def _dead_terminal(lane: Lane) -> None:
    lane.shell.devices.follow_terminal(lambda: TerminalState.AWAY)
    lane.shell.devices.set_terminal(TerminalState.AWAY)


def _everything(lane: Lane) -> None:
    for break_it in (_dead_printer, _dead_scanner, _dead_scale, _dead_display, _dead_terminal):
        break_it(lane)


@pytest.mark.parametrize(
    "break_it",
    [
        _dead_printer,
        _printer_without_paper,
        _drawer_left_open,
        _dead_scanner,
        _dead_scale,
        _dead_display,
        _dead_terminal,
        _everything,
    ],
)
def test_a_device_that_fails_stops_no_sale_that_does_not_need_it(
    lane: Lane, qtbot: QtBot, break_it: Callable[[Lane], None]
) -> None:
    lane.open_till()
    break_it(lane)
    for code in (MUG, SOAP):
        lane.window.scanned(code)
        lane.trigger("sell.keys.pay")
        QTest.keyClick(lane.shell.pay.received, Qt.Key.Key_Return)
        assert lane.shell.done.isVisible()
    qtbot.waitUntil(lambda: not lane.shell.printing._running, timeout=WAIT)
    lane.shell.open_place("sell")
    assert lane.opened.workstation.sale.view.empty
    sold = lane.opened.workstation.sale.last_completed()
    assert sold is not None
    assert sold.receipt.number == 2
    if (display := lane.shell.devices.display) is not None:
        qtbot.waitUntil(lambda: display.state is DisplayState.SILENT, timeout=WAIT)
        display.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_of_every_device_says_what_it_means(language: str) -> None:
    words = Wording(language)
    views = [printer_view(Measured(state, can_print=state == "ready"), words, there=True) for state in STATES]
    views += [printer_view(None, words, there=there) for there in (True, False)]
    views += [
        drawer_view(standing, words, there=there) for standing, there in itertools.product(Standing, (True, False))
    ]
    views += [scanner_view(answers, words) for answers in (None, True, False)]
    views += [display_view(state.value, words) for state in DisplayState]
    views += [terminal_view(state, words, can_ask=True) for state in (None, *TerminalState)]
    for view in views:
        assert view.title, view
        assert view.state, view
        # What is wrong says what to do about it.
        assert view.kind != "bad" or view.next_step, view
        assert "{" not in f"{view.state}{view.meaning}{view.next_step}{view.test}"
    for state in TerminalState:
        assert terminal_words(state, words).text
    assert drawer_words(Standing.LEFT_OPEN, 75, words).text.endswith("1:15")


def test_where_there_is_no_room_a_state_that_is_well_gives_its_word_up_first(lane: Lane, qtbot: QtBot) -> None:
    lane.open_till()
    # What was asked at the start is answered, and comes in between no more.
    qtbot.waitUntil(lambda: not lane.shell.printing._running, timeout=WAIT)
    board, bar = lane.shell.devices, lane.shell.top_bar
    board.follow_terminal(None)
    board.set_terminal(TerminalState.READY)
    board.set_scanner(False)
    lane.shell.printing.measured.emit(Measured("paper_low", can_print=True, drawer_open=True))
    lane.window.resize(1920, 1080)
    QApplication.processEvents()
    shown = {name: bar.device_button(name) for name in ("terminal", "printer", "drawer", "scanner")}
    assert all(button is not None and not button._compact for button in shown.values())
    lane.window.resize(1024, 768)
    QApplication.processEvents()
    compact = {name for name, button in shown.items() if button is not None and button._compact}
    assert "terminal" in compact
    assert all(button is not None and button.accessibleName() for button in shown.values())
    assert bar.person_button.geometry().right() <= bar.width()


def test_a_till_without_a_scale_reads_none(lane: Lane) -> None:
    assert not Weighing(None, Unit.KG).has_scale
    view = next(view for view in lane.shell.devices.views() if view.name == "scale")
    assert (view.state, view.test) == ("No scale", "")
