"""Whom goods go back to is typed at the papers: it stands on the slip, on no other, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.devices.simulated.printer import SimulatedPrinter
from pos.domain.money import Quantity
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.services.returns import CompletedReturn
from pos.ui.returns.paperwork import PaperworkScreen
from receipts.plain_text import render
from tests.lane import KETTLE, MUG, Lane, copy_of_demo, open_lane, sold
from tests.ui.test_return_papers import printer, settled

__all__ = ["printer"]


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a till with its float."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.open_till()
    yield lane
    lane.close()


def vendor_back(till: Lane, *codes: str, disposition: str = "vendor") -> PaperworkScreen:
    """Defective goods came back and go to who made them; the step about their papers."""
    codes = codes or (KETTLE,)
    bought, workstation = sold(till, *codes), till.opened.workstation
    till.clock.move(60)
    line = LineAsked(0, Quantity.pieces(1), condition="defective", reason="defective", disposition=disposition)
    lines = tuple(replace(line, line=number) for number in range(1, len(codes) + 1))
    done = workstation.returns.complete(ReturnRequest(purchase=bought.id, lines=lines))
    assert isinstance(done, CompletedReturn), done
    workstation.paperwork.keep_back(done.papers)
    till.shell._fittings.pack.take(done.done, "returns")
    till.shell.open_place("return_papers")
    screen = till.shell.screen_shown
    assert isinstance(screen, PaperworkScreen)
    return screen


def slips(screen: PaperworkScreen) -> list[str]:
    return [render(item.document, 42) for item in screen.items if item.paper.value == "vendor_return"]


def say(till: Lane, screen: PaperworkScreen, vendor: str, ra: str) -> None:
    till.trigger("return_papers.keys.vendor")
    screen.vendor.panel.vendor.set_text(vendor)
    screen.vendor.panel.ra.set_text(ra)
    QTest.keyClick(screen.vendor.panel.ra.editor, Qt.Key.Key_Return)


def test_what_is_typed_stands_on_the_slip_that_is_printed(till: Lane, printer: SimulatedPrinter, qtbot: QtBot) -> None:
    screen = vendor_back(till)
    till.trigger("return_papers.keys.vendor")
    assert screen.vendor.panel.isVisible()
    assert QApplication.focusWidget() in (screen.vendor.panel.vendor.editor, None)
    QTest.keyClicks(screen.vendor.panel.vendor.editor, "ACME 7")
    QTest.keyClicks(screen.vendor.panel.ra.editor, "RA-77")
    assert screen.print_button.text() == "Done"
    assert not screen.on_screen._sign.isEnabled()
    till.trigger("return_papers.keys.print")
    assert not screen.vendor.panel.isVisible()
    assert till.shell.screen_shown is screen
    (slip,) = slips(screen)
    assert "ACME 7" in slip
    assert "RA-77" in slip
    assert "ACME 7 · RA-77" in [tile.detail for tile in screen.tiles.tiles]
    till.trigger("return_papers.keys.print")
    settled(till, qtbot)
    printed = [paper.job for paper in printer.papers if b"RA-77" in paper.job]
    assert len(printed) == 1, "the slip that waited empty is given up"
    assert b"COPY" not in printed[0]


def test_escape_drops_what_was_typed_and_stays_at_the_papers(till: Lane) -> None:
    screen = vendor_back(till)
    till.trigger("return_papers.keys.vendor")
    screen.vendor.panel.vendor.set_text("ACME")
    till.trigger("return_papers.keys.finish")
    assert till.shell.screen_shown is screen
    assert not screen.vendor.panel.isVisible()
    assert "ACME" not in slips(screen)[0]


def test_each_slip_is_asked_about_and_the_next_begins_with_the_same_vendor(till: Lane) -> None:
    screen = vendor_back(till, KETTLE, MUG)
    till.trigger("return_papers.keys.vendor")
    screen.vendor.panel.vendor.set_text("ACME")
    screen.vendor.panel.ra.set_text("RA-1")
    till.trigger("return_papers.keys.vendor")
    assert screen.vendor.panel.vendor.text == "ACME"
    screen.vendor.panel.ra.set_text("RA-2")
    till.trigger("return_papers.keys.print")
    first, second = slips(screen)
    assert ("RA-1" in first, "RA-2" in first) == (True, False)
    assert ("RA-1" in second, "RA-2" in second) == (False, True)


def test_the_next_return_remembers_nothing_of_it(till: Lane) -> None:
    screen = vendor_back(till)
    say(till, screen, "ACME", "RA-77")
    till.trigger("return_papers.keys.print")
    screen = vendor_back(till)
    assert "ACME" not in slips(screen)[0]
    till.trigger("return_papers.keys.vendor")
    assert screen.vendor.panel.vendor.text == ""


def test_a_slip_nobody_ticked_is_wanted_once_somebody_wrote_on_it(till: Lane) -> None:
    screen = vendor_back(till, disposition="repair")
    key = next(item.key for item in screen.items if item.paper.value == "vendor_return")
    assert key not in screen.ticked
    say(till, screen, "ACME", "")
    assert key in screen.ticked


def test_goods_that_go_nowhere_else_are_not_asked_about(till: Lane) -> None:
    screen = vendor_back(till, disposition="shelf")
    assert not screen.vendor.key.isVisible()
    assert not screen.vendor.key.isEnabled()
