"""The papers of a return on screen: one key prints them, until then they wait, and nothing prints twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.devices.simulated.printer import PrinterFault, SimulatedPrinter
from pos.domain.shop import ShopRules
from pos.domain.signature import Signer
from pos.domain.transaction import Transaction
from pos.persistence.paper_jobs import PaperState
from pos.persistence.shop_folder import LOGOS
from pos.services.papers import SALE_RECEIPT
from pos.services.paperwork import Devices, Paperwork
from pos.services.policy_versions import write_policy
from pos.services.shop_logo import set_logo
from pos.services.signatures import signatures_of
from pos.ui import mailing
from pos.ui.returns.paper_ways import MAIL, PRINTER, SHEETS
from pos.ui.returns.paperwork import PaperworkScreen
from receipts.document import Logo
from receipts.printers import PROFILES
from tests.corner_shop import MANAGER
from tests.lane import KETTLE, MUG, SOAP, Lane, copy_of_demo, open_lane, returned, sold
from tests.receipts.pictures import as_file
from tests.receipts.pictures import drawn as drawn_leaf

WAIT = 15_000
SIGNED = "policy: 1\nrules:\n  - {id: S1, signature: {}}\n"


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a till with its float, under a policy that has the shop's copy signed."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.open_till()
    policy_says(lane, SIGNED)
    yield lane
    lane.close()


def policy_says(till: Lane, policy: str) -> None:
    """This is the return policy from now on."""
    desk = till.opened.workstation.desk
    with desk.shop.books.writing() as work:
        write_policy(work, desk, policy, date(2020, 1, 1), None, by="")
        work.commit()


@pytest.fixture
def printer(till: Lane) -> SimulatedPrinter:
    """Return the printer this till has from now on."""
    printer = SimulatedPrinter()
    till.opened.workstation.paperwork._devices = Devices(printer, None, PROFILES["80mm-48-cp852"])
    return printer


def bought_before(till: Lane, *codes: str) -> Transaction:
    """A sale whose receipt is in the customer's hand."""
    bought = sold(till, *codes)
    with till.opened.workstation.desk.shop.books.writing() as work:
        for job in work.paper_jobs.of_transaction(bought.id, SALE_RECEIPT):
            work.paper_jobs.set_state(job.id, PaperState.PRINTED, "", till.clock.now())
        work.commit()
    return bought


def back(till: Lane, *codes: str) -> PaperworkScreen:
    """These are bought and come back; the step about their papers."""
    bought = bought_before(till, *codes)
    till.window.scanned(bought.receipt_code)
    for code in codes:
        till.window.scanned(code)
    till.trigger("returns.keys.refund")
    QApplication.processEvents()
    screen = till.shell.screen_shown
    assert isinstance(screen, PaperworkScreen)
    return screen


def settled(till: Lane, qtbot: QtBot) -> None:
    """Wait until the printing worker has nothing to do, and ask it once more."""
    for _ in range(3):
        till.shell.printing.try_now()
        qtbot.waitUntil(lambda: not till.shell.printing._running, timeout=WAIT)


def states(till: Lane) -> dict[str, PaperState]:
    with till.opened.workstation.desk.shop.books.reading() as work:
        jobs = work.paper_jobs.of_return(returned(till)[-1].id)
    return {job.document: job.state for job in jobs}


def test_one_key_prints_all_that_is_ticked_once_and_goes_on(
    till: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    screen = back(till, MUG)
    settled(till, qtbot)
    assert printer.papers == [], "they wait until somebody looked"
    assert screen.print_button.text() == "Print 2 documents"
    QTest.keyClick(screen, Qt.Key.Key_Return)
    assert till.shell.screen_shown.name == "returns"
    qtbot.waitUntil(lambda: len(printer.papers) == 2, timeout=WAIT)
    settled(till, qtbot)
    assert len(printer.papers) == 2
    assert [str(returned(till)[0].number).encode() in paper.job for paper in printer.papers] == [True, True]


def test_what_is_left_out_is_not_printed_and_what_is_added_is(
    till: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    screen = back(till, MUG)
    till.trigger("return_papers.keys.tick2")
    till.trigger("return_papers.keys.tick3")
    assert [tile.ticked for tile in screen.tiles.tiles] == [True, False, True]
    assert "not ticked" in screen.tiles.tiles[1].accessibleName()
    till.trigger("return_papers.keys.print")
    qtbot.waitUntil(lambda: len(printer.papers) == 2, timeout=WAIT)
    settled(till, qtbot)
    assert states(till) == {
        "return_receipt": PaperState.PRINTED,
        "store_slip": PaperState.DROPPED,
        "disposition_tag": PaperState.PRINTED,
    }


def test_escape_ends_without_paper_and_the_journal_still_has_the_original(
    till: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    back(till, MUG)
    till.trigger("return_papers.keys.finish")
    settled(till, qtbot)
    assert printer.papers == []
    assert set(states(till).values()) == {PaperState.DROPPED}
    assert till.shell.screen_shown.name == "returns"


@pytest.mark.parametrize("away", ["scan", "rail", "receipt"])
def test_whoever_goes_on_gets_what_is_ticked(till: Lane, printer: SimulatedPrinter, qtbot: QtBot, away: str) -> None:
    other = bought_before(till, SOAP)
    back(till, MUG)
    if away == "rail":
        till.shell.open_place("journal")
    else:
        till.window.scanned(KETTLE if away == "scan" else other.receipt_code)
    assert till.shell.screen_shown.name == {"scan": "sell", "rail": "journal", "receipt": "returns"}[away]
    qtbot.waitUntil(lambda: len(printer.papers) == 2, timeout=WAIT)


def test_a_program_that_ended_here_prints_all_of_them_at_its_next_start(till: Lane, printer: SimulatedPrinter) -> None:
    back(till, MUG)
    again = Paperwork(till.opened.workstation.desk, Devices(printer, None, PROFILES["80mm-48-cp852"]))
    again.recover()
    again.print_waiting()
    again.print_waiting()
    assert len(printer.papers) == 2


def test_a_printer_that_fails_in_the_middle_prints_the_rest_once_it_is_mended(
    till: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    printer.fault = PrinterFault.PAPER_OUT
    till.shell.printing.measure()
    qtbot.waitUntil(lambda: till.shell.devices.printer_said == "Out of paper", timeout=WAIT)
    screen = back(till, MUG)
    qtbot.waitUntil(lambda: "Out of paper" in screen.banner.message, timeout=WAIT)
    till.trigger("return_papers.keys.print")
    settled(till, qtbot)
    assert printer.papers == []
    printer.mend()
    settled(till, qtbot)
    assert len(printer.papers) == 2


def test_print_again_is_a_copy_that_says_its_number_and_never_before_the_original(
    till: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    screen = back(till, MUG)
    till.trigger("return_papers.keys.again")
    assert "still waits" in screen.banner.message
    till.trigger("return_papers.keys.print")
    qtbot.waitUntil(lambda: len(printer.papers) == 2, timeout=WAIT)
    settled(till, qtbot)
    at_hand = screen._at_hand
    at_hand.done = returned(till)[-1]
    till.shell.open_place("return_papers")
    assert [tile.ticked for tile in screen.tiles.tiles] == [False, False, False]
    assert [tile.detail for tile in screen.tiles.tiles[:2]] == ["Printed", "Printed"]
    till.trigger("return_papers.keys.later")
    till.trigger("return_papers.keys.again")
    assert "COPY 1" in screen.banner.message
    qtbot.waitUntil(lambda: len(printer.papers) == 3, timeout=WAIT)
    assert b"COPY 1" in printer.papers[2].job
    till.trigger("return_papers.keys.finish")
    settled(till, qtbot)
    assert len(printer.papers) == 3


def test_arrows_leaf_through_the_papers_as_they_are_printed(till: Lane) -> None:
    screen = back(till, MUG)
    seen = []
    for _ in range(4):
        document = screen.pages.preview.document
        assert document is not None
        seen.append(document.name)
        till.trigger("return_papers.keys.later")
    assert seen == ["return_receipt", "store_slip", "disposition_tag", "disposition_tag"]
    till.trigger("return_papers.keys.earlier")
    assert screen.pages.at == 1


def test_without_a_printer_they_become_one_file(till: Lane) -> None:
    screen = back(till, MUG)
    assert [way for way, button in screen.way_buttons.items() if not button.isHidden()] == [SHEETS]
    assert screen.print_button.text() == "Save 2 documents"
    till.trigger("return_papers.keys.print")
    (file,) = till.shell.papers.folder.iterdir()
    assert file.name == f"{returned(till)[0].number}-papers.pdf"
    assert file.read_bytes().startswith(b"%PDF")
    assert file.stat().st_mode & 0o077 == 0
    assert set(states(till).values()) == {PaperState.PRINTED}


def test_a_folder_that_cannot_be_written_is_said_and_the_papers_still_wait(till: Lane) -> None:
    screen = back(till, MUG)
    till.shell.papers.folder.write_text("no folder", "utf-8")
    till.trigger("return_papers.keys.print")
    assert till.shell.screen_shown is screen
    assert "e-receipts" in screen.banner.message
    assert states(till) == dict.fromkeys(("return_receipt", "store_slip"), PaperState.QUEUED), "none counts as given"
    till.shell.papers.folder.unlink()
    till.trigger("return_papers.keys.print")
    (file,) = till.shell.papers.folder.iterdir()
    assert file.name == f"{returned(till)[0].number}-papers.pdf", "the original, no copy"


def test_the_file_goes_to_the_mail_program_only_where_this_till_does_so(
    till: Lane, printer: SimulatedPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    del printer
    mailed: list[Path] = []

    def hand_on(file: Path, _subject: str) -> bool:
        mailed.append(file)
        return True

    monkeypatch.setattr(mailing, "hand_to_mail", hand_on)
    screen = back(till, MUG)
    assert [way for way, button in screen.way_buttons.items() if not button.isHidden()] == [PRINTER, SHEETS]
    screen.choose_way(MAIL)
    till.trigger("return_papers.keys.print")
    assert [file.name for file in mailed] == [f"{returned(till)[0].number}-papers.pdf"]


def test_a_mail_program_that_does_not_answer_is_said_and_the_papers_are_a_file(
    till: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing, "hand_to_mail", lambda _file, _subject: False)
    screen = back(till, MUG)
    told: list[str] = []
    screen.done.connect(lambda said, _undo, _key: told.append(said))
    screen.choose_way(MAIL)
    till.trigger("return_papers.keys.print")
    (file,) = till.shell.papers.folder.iterdir()
    assert told == [f"No mail program answers. The papers are saved: {file}"]
    assert set(states(till).values()) == {PaperState.PRINTED}


def test_a_logo_that_is_gone_is_said_before_the_papers_come_out_without_it(
    till: Lane, tmp_path: Path, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    leaf = tmp_path / "leaf.png"
    leaf.write_bytes(as_file(drawn_leaf()))
    desk = till.opened.workstation.desk
    cashier, desk.operator = desk.operator, MANAGER
    assert isinstance(set_logo(desk, leaf), ShopRules)
    desk.operator = cashier
    for file in (desk.shop.folder / LOGOS).iterdir():
        file.unlink()
    screen = back(till, MUG)
    assert "logo is not in its place" in screen.banner.message
    till.trigger("return_papers.keys.print")
    settled(till, qtbot)
    assert len(printer.papers) == 2


def drawn(screen: PaperworkScreen) -> None:
    """A signature, as a hand makes it."""
    pad = screen.on_screen.panel.pad
    places = [QPoint(pad.width() * x // 100, pad.height() * y // 100) for x, y in ((30, 50), (45, 30), (60, 60))]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(pad, place)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[-1])


def signs(till: Lane) -> bool:
    found = signatures_of(till.opened.workstation.desk, returned(till)[-1].id)
    return isinstance(found, dict) and Signer.CUSTOMER in found


def test_a_signature_on_screen_stands_on_the_shops_copy(till: Lane, printer: SimulatedPrinter, qtbot: QtBot) -> None:
    screen = back(till, MUG)
    till.trigger("return_papers.keys.sign")
    assert screen.on_screen.panel.isVisible()
    assert not screen.tiles.isVisible()
    till.trigger("return_papers.keys.print")
    assert "Nothing was signed yet" in screen.banner.message
    drawn(screen)
    assert screen.on_screen.panel.pad.strokes
    till.trigger("return_papers.keys.sign_clear")
    assert not screen.on_screen.panel.pad.strokes
    drawn(screen)
    till.trigger("return_papers.keys.print")
    assert signs(till)
    assert screen.tiles.isVisible()
    till.trigger("return_papers.keys.later")
    document = screen.pages.preview.document
    assert document is not None
    assert any(isinstance(block, Logo) for block in document.blocks)
    till.trigger("return_papers.keys.print")
    qtbot.waitUntil(lambda: len(printer.papers) == 2, timeout=WAIT)
    assert [b"\x1dv0" in paper.job for paper in printer.papers].count(True) == 1


def test_signed_on_paper_takes_the_drawn_one_away_and_escape_keeps_it(till: Lane) -> None:
    screen = back(till, MUG)
    till.trigger("return_papers.keys.sign")
    drawn(screen)
    till.trigger("return_papers.keys.print")
    till.trigger("return_papers.keys.sign")
    till.trigger("return_papers.keys.finish")
    assert signs(till)
    assert screen.tiles.isVisible(), "Esc went back to the papers, not out of the step"
    till.trigger("return_papers.keys.sign")
    till.trigger("return_papers.keys.sign_on_paper")
    assert not signs(till)


def test_opened_without_a_return_it_says_so_and_leads_back(till: Lane) -> None:
    till.shell.open_place("return_papers")
    screen = till.shell.screen_shown
    assert isinstance(screen, PaperworkScreen)
    assert screen.tiles.tiles == []
    assert screen.print_button.text() == "Finish"
    till.trigger("return_papers.keys.print")
    assert till.shell.screen_shown.name == "returns"
