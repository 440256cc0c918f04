"""Paper after the sale, from a real program to a printer on a real socket: it prints once, or it says why not."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.settings import FILE_NAME
from pos.ui.app import App, make_application
from pos.ui.shell import Shell
from tests.devices.fake_printer import FakePrinter
from tests.lane import MUG, SOAP, StandingClock, settings_of, sign_in_to

WAIT = 15_000


@pytest.fixture
def printer() -> Iterator[FakePrinter]:
    """Return a printer that listens."""
    with FakePrinter() as fake:
        yield fake


def start(home: Path, port: int, qtbot: QtBot) -> App:
    (home / FILE_NAME).write_text(
        f'printer = "tcp"\nprinter_host = "127.0.0.1"\nprinter_port = {port}\n', encoding="utf-8"
    )
    app = App(make_application(), settings_of(home), None, 1, language="en", clock=StandingClock())
    app.window.show()
    qtbot.waitUntil(lambda: app.window.shell is not None, timeout=20_000)
    sign_in_to(app.window)
    shell_of(app).open_till.open_button.click()
    return app


def shell_of(app: App) -> Shell:
    assert app.window.shell is not None
    return app.window.shell


def sell(app: App, code: str) -> str:
    """A sale paid exactly; answers what its receipt's barcode says."""
    shell = shell_of(app)
    app.window.scanned(code)
    shell.sell.pay_button.click()
    QTest.keyClick(shell.pay.received, Qt.Key.Key_Return)
    assert app.opened is not None
    sale = app.opened.workstation.sale.last_completed()
    assert sale is not None
    assert shell.done.isVisible()
    return sale.token


@pytest.mark.usefixtures("qapp")
def test_a_receipt_prints_once_and_the_screen_says_so(printer: FakePrinter, home: Path, qtbot: QtBot) -> None:
    app = start(home, printer.port, qtbot)
    token = sell(app, MUG)
    shell = shell_of(app)
    qtbot.waitUntil(lambda: shell.done.paper_state.text == "Printed", timeout=WAIT)
    assert printer.printed.count(token.encode()) == 1
    qtbot.waitUntil(lambda: shell.devices.printer_said == "Ready", timeout=WAIT)
    app.close()


@pytest.mark.usefixtures("qapp")
def test_without_paper_the_sale_goes_on_and_the_receipt_comes_with_the_paper(
    printer: FakePrinter, home: Path, qtbot: QtBot
) -> None:
    printer.paper_out = True
    app = start(home, printer.port, qtbot)
    shell = shell_of(app)
    first = sell(app, MUG)
    qtbot.waitUntil(lambda: "Printer is out of paper. The sale is saved." in shell.done.banner.message, timeout=WAIT)
    qtbot.waitUntil(lambda: shell.devices.printer_said == "Out of paper", timeout=WAIT)
    second = sell(app, SOAP)
    printer.load_paper()
    shell.open_place("printer")

    def printed() -> bool:
        shell.printing.measure()
        return first.encode() in printer.printed and second.encode() in printer.printed

    qtbot.waitUntil(printed, timeout=WAIT)
    qtbot.waitUntil(lambda: shell.done.paper_state.text == "Printed", timeout=WAIT)
    assert not shell.done.banner.message
    assert shell.devices.printer_said == "Ready"
    app.close()
    assert [printer.printed.count(token.encode()) for token in (first, second)] == [1, 1]


@pytest.mark.usefixtures("qapp")
def test_a_dead_printer_holds_nobody_up(home: Path, qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    app = start(home, port, qtbot)
    shell = shell_of(app)
    for code in (MUG, SOAP):
        begun = time.monotonic()
        sell(app, code)
        QApplication.processEvents()
        assert time.monotonic() - begun < 5, "a sale waited for its printer"
    qtbot.waitUntil(lambda: "The printer does not answer" in shell.done.banner.message, timeout=WAIT)
    app.close()


@pytest.mark.usefixtures("qapp")
def test_what_waited_when_the_program_ended_prints_at_the_next_start(
    printer: FakePrinter, home: Path, qtbot: QtBot
) -> None:
    printer.paper_out = True
    app = start(home, printer.port, qtbot)
    token = sell(app, MUG)
    qtbot.waitUntil(lambda: "out of paper" in shell_of(app).done.banner.message, timeout=WAIT)
    app.close()
    printer.load_paper()
    again = start(home, printer.port, qtbot)
    qtbot.waitUntil(lambda: token.encode() in printer.printed, timeout=WAIT)
    again.close()
    assert printer.printed.count(token.encode()) == 1
