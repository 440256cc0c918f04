"""The papers of an exchange: the customer's come out at once, those somebody signs wait for them, none comes twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.devices.simulated.printer import PrinterFault, SimulatedPrinter
from pos.domain.customer_return import CustomerReturn
from pos.domain.transaction import Transaction
from pos.persistence.paper_jobs import PaperState
from pos.ui.returns.paperwork import PaperworkScreen
from receipts.plain_text import render
from tests.lane import KETTLE, MUG, SOAP, Lane, copy_of_demo, open_lane, returned
from tests.ui.test_exchange import exchange
from tests.ui.test_return_papers import SIGNED, bought_before, drawn, policy_says, printer, settled, signs, states

__all__ = ["printer"]


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a till with its float, under no policy that has anything signed."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.open_till()
    yield lane
    lane.close()


def dearer(till: Lane) -> CustomerReturn:
    """A mug comes back, a kettle goes out and is paid; the end of the sale shows."""
    exchange(till, bought_before(till, MUG), MUG, KETTLE)
    till.trigger("pay.keys.complete")
    assert till.shell.screen_shown is till.shell.done
    return returned(till)[-1]


def papers_of(till: Lane) -> PaperworkScreen:
    till.trigger("done.keys.papers")
    screen = till.shell.screen_shown
    assert isinstance(screen, PaperworkScreen)
    return screen


def awake(till: Lane, key: str) -> bool:
    """Whether this key does anything now."""
    action = till.window.findChild(QAction, key)
    assert action is not None
    return action.isEnabled()


def names(printer: SimulatedPrinter, done: CustomerReturn) -> list[bool]:
    """Which papers that came out are of this return."""
    return [str(done.number).encode() in paper.job for paper in printer.papers]


def test_without_a_signature_all_of_it_prints_by_itself_and_the_step_is_one_key_away(
    till: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    done = dearer(till)
    settled(till, qtbot)
    assert names(printer, done).count(True) == len(printer.papers) - 1 == 1
    assert till.shell.done.paper_buttons["papers"].detail == "Look, copy, as PDF"
    screen = papers_of(till)
    assert screen.context == f"Exchange {done.number}"
    assert screen.outcome.message.startswith(f"Exchange {done.number} is done.")
    assert not any(tile.ticked for tile in screen.tiles.tiles), "what is out is out"
    till.trigger("return_papers.keys.again")
    assert "COPY 1" in screen.banner.message
    till.trigger("return_papers.keys.finish")
    assert till.shell.screen_shown is till.shell.sell
    settled(till, qtbot)
    assert len(printer.papers) == 3


def test_a_plain_sale_offers_no_papers_of_a_return_not_even_after_an_exchange(till: Lane) -> None:
    dearer(till)
    till.window.scanned(SOAP)
    till.trigger("sell.keys.pay")
    till.trigger("pay.keys.complete")
    assert till.shell.screen_shown is till.shell.done
    assert till.shell.done.paper_buttons["papers"].isHidden()
    assert not awake(till, "done.keys.papers")


def test_what_is_signed_waits_and_a_signature_on_screen_stands_on_it(
    till: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    policy_says(till, SIGNED)
    done = dearer(till)
    settled(till, qtbot)
    assert len(printer.papers) == 2, "the sale's receipt and the return's: the shop's copy waits"
    assert till.shell.done.paper_buttons["papers"].detail == "They wait to be signed"
    screen = papers_of(till)
    assert [tile.ticked for tile in screen.tiles.tiles][:2] == [False, True]
    till.trigger("return_papers.keys.sign")
    drawn(screen)
    till.trigger("return_papers.keys.print")
    assert signs(till)
    till.trigger("return_papers.keys.print")
    assert till.shell.screen_shown is till.shell.sell
    qtbot.waitUntil(lambda: len(printer.papers) == 3, timeout=15_000)
    assert b"\x1dv0" in printer.papers[2].job
    settled(till, qtbot)
    assert sorted(names(printer, done)) == [False, True, True]


@pytest.mark.parametrize("away", ["scan", "key", "journal"])
def test_whoever_goes_on_from_the_end_of_the_sale_has_the_rest_printed(
    till: Lane, printer: SimulatedPrinter, qtbot: QtBot, away: str
) -> None:
    policy_says(till, SIGNED)
    dearer(till)
    settled(till, qtbot)
    assert len(printer.papers) == 2
    if away == "scan":
        till.window.scanned(SOAP)
    elif away == "key":
        till.trigger("done.keys.next")
    else:
        till.shell.open_place("journal")
    qtbot.waitUntil(lambda: len(printer.papers) == 3, timeout=15_000)
    till.shell.open_place("return_papers")
    screen = till.shell.screen_shown
    assert isinstance(screen, PaperworkScreen)
    assert screen.items == (), "it is decided"


def test_a_paper_that_comes_out_while_it_is_looked_at_is_not_printed_twice(
    till: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    printer.fault = PrinterFault.PAPER_OUT
    dearer(till)
    settled(till, qtbot)
    screen = papers_of(till)
    assert [tile.ticked for tile in screen.tiles.tiles][:1] == [True]
    printer.mend()
    settled(till, qtbot)
    assert states(till)["return_receipt"] is PaperState.PRINTED
    till.trigger("return_papers.keys.print")
    settled(till, qtbot)
    assert len(printer.papers) == 2
    assert not any(b"COPY" in paper.job for paper in printer.papers)


def test_like_for_like_prints_by_itself_and_goes_on_selling(
    till: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    exchange(till, bought_before(till, MUG), MUG, MUG)
    assert till.shell.screen_shown is till.shell.sell
    qtbot.waitUntil(lambda: len(printer.papers) == 1, timeout=15_000)


def test_like_for_like_that_is_signed_shows_its_papers_and_a_scan_goes_on(
    till: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    policy_says(till, SIGNED)
    exchange(till, bought_before(till, MUG), MUG, MUG)
    assert till.shell.screen_shown.name == "return_papers"
    settled(till, qtbot)
    assert len(printer.papers) == 1, "the customer's is out"
    till.window.scanned(SOAP)
    assert till.shell.screen_shown is till.shell.sell
    qtbot.waitUntil(lambda: len(printer.papers) == 2, timeout=15_000)
    settled(till, qtbot)
    assert len(printer.papers) == 2


def opened_from_journal(till: Lane, number: str) -> PaperworkScreen:
    till.shell.overlays.open_receipt(number)
    till.trigger("journal.keys.papers")
    screen = till.shell.screen_shown
    assert isinstance(screen, PaperworkScreen)
    return screen


def test_the_journal_opens_the_papers_of_an_old_return_and_what_it_prints_is_a_counted_copy(
    till: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    done = dearer(till)
    settled(till, qtbot)
    till.trigger("done.keys.next")
    screen = opened_from_journal(till, str(done.number))
    assert not any(tile.ticked for tile in screen.tiles.tiles)
    assert screen.print_button.text() == "Finish"
    till.trigger("return_papers.keys.tick1")
    till.trigger("return_papers.keys.print")
    assert till.shell.screen_shown.name == "journal"
    assert str(done.number) in till.shell.screen_shown.context, "back to the receipt it came from"
    qtbot.waitUntil(lambda: len(printer.papers) == 3, timeout=15_000)
    assert b"COPY 1" in printer.papers[2].job
    screen = opened_from_journal(till, str(done.number))
    assert screen.tiles.tiles[0].detail == "Printed · COPY 1"
    till.trigger("return_papers.keys.finish")
    settled(till, qtbot)
    assert len(printer.papers) == 3


def test_the_sale_of_an_exchange_leads_to_the_papers_of_its_return_and_a_plain_sale_to_none(till: Lane) -> None:
    plain: Transaction = bought_before(till, SOAP)
    done = dearer(till)
    till.trigger("done.keys.next")
    with till.opened.workstation.desk.shop.books.reading() as work:
        sale = work.transactions.get(done.exchange)
    assert sale is not None
    screen = opened_from_journal(till, str(sale.receipt))
    assert str(done.number) in render(screen.items[0].document, 42)
    till.trigger("return_papers.keys.finish")
    assert str(sale.receipt) in till.shell.screen_shown.context
    till.shell.overlays.open_receipt(str(plain.receipt))
    assert not awake(till, "journal.keys.papers")


def test_a_paper_nobody_wanted_on_the_day_is_an_original_from_the_journal(
    till: Lane, printer: SimulatedPrinter, qtbot: QtBot
) -> None:
    done = dearer(till)
    settled(till, qtbot)
    till.trigger("done.keys.next")
    screen = opened_from_journal(till, str(done.number))
    tags = [at for at, item in enumerate(screen.items, 1) if item.paper.value == "disposition_tag"]
    till.trigger(f"return_papers.keys.tick{tags[0]}")
    till.trigger("return_papers.keys.print")
    qtbot.waitUntil(lambda: len(printer.papers) == 3, timeout=15_000)
    assert b"COPY" not in printer.papers[2].job
