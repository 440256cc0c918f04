"""Further papers from the Done screen and Ctrl R: by button and by key, said in a banner, never a dialog."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.devices.simulated.printer import SimulatedPrinter
from pos.services.copies import Copies
from pos.services.paperwork import Devices
from pos.ui.pay.done import DoneScreen
from receipts.printers import PROFILES
from tests.lane import KETTLE, Lane


@pytest.fixture
def printer(lane: Lane) -> SimulatedPrinter:
    """Return the printer this till has from now on."""
    printer = SimulatedPrinter()
    station = lane.opened.workstation
    station.paperwork._devices = Devices(printer, None, PROFILES["80mm-48-cp852"])
    station.copies._prints = True
    return printer


@pytest.fixture
def done(lane: Lane, printer: SimulatedPrinter, qtbot: QtBot) -> DoneScreen:
    """Return the Done screen of a sale that was printed."""
    lane.open_till()
    lane.shell.sell.scanned(KETTLE)
    lane.trigger("sell.keys.pay")
    lane.trigger("pay.keys.complete")
    qtbot.waitUntil(lambda: len(printer.papers) == 1)
    QApplication.processEvents()
    return lane.shell.done


def test_each_paper_has_its_button_and_key(
    lane: Lane, printer: SimulatedPrinter, done: DoneScreen, qtbot: QtBot
) -> None:
    assert [button.accessibleName() for button in done.paper_buttons.values() if not button.isHidden()] == [
        "Print again",
        "E-receipt",
        "Gift receipt",
        "Tax document",
    ]
    done.paper_buttons["again"].click()
    assert "COPY 1" in done.banner.message
    qtbot.waitUntil(lambda: len(printer.papers) == 2)
    lane.trigger("done.keys.gift")
    assert "no prices" in done.banner.message
    qtbot.waitUntil(lambda: len(printer.papers) == 3)
    assert b"49.00" not in printer.papers[2].job


def test_the_last_receipt_is_printed_again_from_everywhere(
    lane: Lane, printer: SimulatedPrinter, done: DoneScreen, qtbot: QtBot
) -> None:
    assert done.isVisible()
    lane.trigger("done.keys.next")
    lane.trigger("shell.keys.reprint")
    assert "COPY 1" in lane.shell.sell.notice.message
    qtbot.waitUntil(lambda: len(printer.papers) == 2)
    assert b"COPY 1" in printer.papers[1].job


def test_an_e_receipt_is_a_file_in_the_folder(lane: Lane, done: DoneScreen) -> None:
    lane.trigger("done.keys.e_receipt")
    (file,) = lane.shell.papers.folder.iterdir()
    assert file.read_bytes().startswith(b"%PDF")
    assert str(file) in done.banner.message


def test_f11_while_paying_makes_the_file_with_the_sale(lane: Lane) -> None:
    lane.open_till()
    for wanted in (True, False):
        lane.shell.sell.scanned(KETTLE)
        lane.trigger("sell.keys.pay")
        lane.trigger("pay.keys.e_receipt")
        assert lane.shell.pay.wants_e_receipt
        if not wanted:
            lane.trigger("pay.keys.e_receipt")
            assert not lane.shell.pay.wants_e_receipt
        lane.trigger("pay.keys.complete")
        assert len(list(lane.shell.papers.folder.iterdir())) == 1
        lane.trigger("done.keys.next")
    lane.shell.sell.scanned(KETTLE)
    lane.trigger("sell.keys.pay")
    assert not lane.shell.pay.wants_e_receipt


def test_without_a_printer_the_key_says_so(lane: Lane) -> None:
    lane.open_till()
    lane.trigger("shell.keys.reprint")
    assert "no sale yet" in lane.shell.sell.notice.message
    lane.shell.sell.scanned(KETTLE)
    lane.trigger("sell.keys.pay")
    lane.trigger("pay.keys.complete")
    lane.trigger("done.keys.again")
    assert "no printer" in lane.shell.done.banner.message
    assert isinstance(lane.opened.workstation.copies, Copies)
