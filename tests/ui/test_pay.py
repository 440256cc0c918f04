"""Cash: what is due, what is handed over, what goes back; the sale is in the books before the change shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.devices.drawer import PrinterDrawer
from pos.devices.simulated.printer import SimulatedPrinter
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.paper_jobs import PaperState
from pos.services.drawer import Drawer
from pos.services.paperwork import PaperView
from pos.ui.paper_words import paper_words
from pos.ui.pay.methods import methods
from pos.ui.pay.pieces import Pieces
from pos.ui.pay.screen import PayScreen
from pos.ui.printing import Measured
from pos.wording import LANGUAGES, Wording
from tests.lane import KETTLE, MUG, SOAP, Lane
from tests.ui.keyboard import Keyboard

# 45.00 + 9.50 + 5.25 and 7.25 % tax on each
TOTAL = 6408


@pytest.fixture
def pay(lane: Lane) -> PayScreen:
    """Return the payment of a sale of three items."""
    lane.open_till()
    for code in (KETTLE, MUG, SOAP):
        lane.shell.sell.scanned(code)
    lane.trigger("sell.keys.pay")
    QApplication.processEvents()
    return lane.shell.pay


def press(pay: PayScreen, key: Qt.Key) -> None:
    QTest.keyClick(pay.received, key)


def last(lane: Lane) -> tuple[int, int, int]:
    sale = lane.opened.workstation.sale.last_completed()
    assert sale is not None
    return sale.total, sum(tender.amount for tender in sale.tenders), sale.change


def test_enter_on_nothing_typed_is_exact(lane: Lane, pay: PayScreen) -> None:
    press(pay, Qt.Key.Key_Return)
    assert last(lane) == (TOTAL, TOTAL, 0)
    assert lane.shell.screen_shown is lane.shell.done
    assert lane.shell.done.change.text == "No change"


def test_typed_digits_are_whole_units(lane: Lane, pay: PayScreen) -> None:
    QTest.keyClicks(pay.received, "70")
    assert pay.received.text() == "$70.00"
    assert "$5.92" in pay.outcome.accessibleName()
    press(pay, Qt.Key.Key_Return)
    assert last(lane) == (TOTAL, 7000, 592)
    assert "$5.92" in lane.shell.done.change.text
    assert lane.shell.done.pieces.shown == ["1 × $5", "3 × $0.25", "1 × $0.10", "1 × $0.05", "2 × $0.01"]


def test_the_decimal_key_of_either_language_counts(lane: Lane, pay: PayScreen) -> None:
    QTest.keyClicks(pay.received, "64,1")
    assert pay.received.text() == "$64.10"
    pay.received.clear_entry()
    lane.window.choose_language("cs")
    QTest.keyClicks(pay.received, "64.1")
    assert pay.received.text() == lane.window.words.money(Money(6410, "USD"))


def test_the_czech_digit_row_types_an_amount(lane: Lane, pay: PayScreen) -> None:
    board = Keyboard(lane.window, layout="cs")
    board.tap("1", "0", "0")
    assert pay.received.entry == "100"


def test_a_note_and_enter(lane: Lane, pay: PayScreen) -> None:
    assert [button.text() for button in pay.fast] == ["$64.08", "$65", "$70", "$80", "$100", "$150"]
    QTest.keyClick(pay.received, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert pay.fast[2].isChecked()
    press(pay, Qt.Key.Key_Return)
    assert last(lane) == (TOTAL, 7000, 592)


def test_a_tapped_note_and_the_button(lane: Lane, pay: PayScreen) -> None:
    QTest.mouseClick(pay.fast[4], Qt.MouseButton.LeftButton)
    QTest.mouseClick(pay.complete_button, Qt.MouseButton.LeftButton)
    assert last(lane) == (TOTAL, 10000, 3592)


def test_too_little_is_taken_and_the_rest_asked_for(lane: Lane, pay: PayScreen) -> None:
    QTest.keyClicks(pay.received, "50")
    assert "Still to pay $14.08" in pay.outcome.accessibleName()
    press(pay, Qt.Key.Key_F12)
    assert lane.shell.screen_shown is pay
    assert "$14.08" in pay.due.accessibleName()
    assert "Cash $50.00" in pay.tenders.said
    press(pay, Qt.Key.Key_Return)
    assert last(lane) == (TOTAL, TOTAL, 0)


def test_tenders_are_undone_one_by_one_or_all_at_once(lane: Lane, pay: PayScreen) -> None:
    sale = lane.opened.workstation.sale
    for amount in ("10", "20", "5"):
        QTest.keyClicks(pay.received, amount)
        press(pay, Qt.Key.Key_Return)
    QTest.keyClick(pay.received, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [tender.amount for tender in sale.view.priced.basket.tenders] == [1000, 2000]
    lane.trigger("pay.keys.release")
    assert not sale.view.priced.basket.tenders
    assert len(sale.view.priced.lines) == 3


def test_undo_on_the_payment_never_takes_an_item_back(lane: Lane, pay: PayScreen) -> None:
    QTest.keyClick(pay.received, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(lane.opened.workstation.sale.view.priced.lines) == 3


def test_a_scan_adds_nothing_and_says_what_to_do(lane: Lane, pay: PayScreen) -> None:
    QTest.keyClicks(pay.received, "70")
    lane.window.scanned(MUG)
    assert "Finish or go back to add items" in pay.banner.message
    assert pay.received.entry == "70"
    assert len(lane.opened.workstation.sale.view.priced.lines) == 3


def test_escape_goes_back_and_keeps_the_sale(lane: Lane, pay: PayScreen) -> None:
    press(pay, Qt.Key.Key_Escape)
    assert lane.shell.screen_shown is lane.shell.sell
    lane.window.scanned(MUG)
    assert len(lane.opened.workstation.sale.view.priced.lines) == 4


def test_a_full_disk_leaves_the_sale_open_and_enter_completes_it_later(
    lane: Lane, pay: PayScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    sale = lane.opened.workstation.sale

    def full() -> None:
        raise KnownError(Trouble.DISK_FULL)

    with monkeypatch.context() as world:
        world.setattr(sale, "complete", full)
        press(pay, Qt.Key.Key_Return)
        assert "The disk is full" in pay.banner.message
        assert lane.shell.screen_shown is pay
    press(pay, Qt.Key.Key_Return)
    assert last(lane) == (TOTAL, TOTAL, 0)


def test_a_refused_completion_is_said(lane: Lane, pay: PayScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane.opened.workstation.sale, "complete", lambda: Refused(Code.TILL_CLOSED))
    press(pay, Qt.Key.Key_Return)
    assert "The till is closed" in pay.banner.message


@pytest.mark.parametrize("start", ["scan", "enter", "type", "touch"])
def test_the_change_stays_until_the_next_sale_begins(lane: Lane, pay: PayScreen, start: str) -> None:
    QTest.keyClicks(pay.received, "100")
    press(pay, Qt.Key.Key_Return)
    done, sell = lane.shell.done, lane.shell.sell
    lane.clock.move(3600)
    lane.window.show_time()
    assert done.isVisible()
    assert "$35.92" in done.change.text
    if start == "scan":
        lane.window.scanned(MUG)
        assert lane.opened.workstation.sale.view.priced.lines[0].line.name == "Ceramic mug 350 ml"
    elif start == "enter":
        QTest.keyClick(done, Qt.Key.Key_Return)
    elif start == "type":
        QTest.keyClicks(done, "4")
        assert sell.scan_field.text == "4"
        QTest.keyClicks(sell.scan_field.edit, "011")
        QTest.keyClick(sell.scan_field.edit, Qt.Key.Key_Return)
        assert sell.side.panel is not None, "bananas are weighed"
    else:
        QTest.mouseClick(done.next_button, Qt.MouseButton.LeftButton)
    assert sell.isVisible()


def test_the_receipt_is_shown_as_it_is_stored(lane: Lane, pay: PayScreen) -> None:
    press(pay, Qt.Key.Key_Return)
    done = lane.shell.done
    sale = lane.opened.workstation.sale.last_completed()
    assert sale is not None
    assert done.preview.document == lane.opened.workstation.paperwork.document(sale.id)
    assert str(sale.receipt) in done.context
    assert str(sale.receipt) in done.preview.accessibleDescription()


def test_without_a_printer_it_says_so_and_shows_no_state(lane: Lane, pay: PayScreen) -> None:
    press(pay, Qt.Key.Key_Return)
    lane.wait_for_paper()
    assert lane.shell.done.paper_state.text == "No printer"
    assert lane.shell.devices.printer is None
    assert not lane.shell.devices.printer_said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("state", "reason", "kind", "asks"),
    [
        ("queued", "", "neutral", False),
        ("sending", "", "neutral", False),
        ("printed", "", "ok", False),
        ("printed", "handed_over", "neutral", False),
        ("held", "paper_out", "warn", True),
        ("held", "unreachable", "warn", True),
        ("held", "a reason of tomorrow", "warn", True),
        ("unknown", "no_proof", "warn", True),
        ("no_printer", "", "neutral", False),
    ],
)
def test_what_is_known_of_the_paper_is_said(language: str, state: str, reason: str, kind: str, asks: bool) -> None:
    said = paper_words(PaperView(PaperState(state), reason), Wording(language))
    assert said.kind == kind
    assert bool(said.sentence) is asks


def test_paper_out_is_said_and_goes_when_it_has_printed(lane: Lane, pay: PayScreen) -> None:
    press(pay, Qt.Key.Key_Return)
    lane.wait_for_paper()
    shell, sale = lane.shell, lane.opened.workstation.sale.last_completed()
    assert sale is not None
    shell.printing.paper.emit(sale.id, PaperView(PaperState("held"), "paper_out"), True)
    assert "Printer is out of paper. The sale is saved." in shell.done.banner.message
    shell.printing.measured.emit(Measured("paper_out", can_print=False))
    assert shell.devices.printer_said == "Out of paper"
    shell.printing.paper.emit("another sale", PaperView(PaperState("printed"), ""), True)
    assert shell.done.banner.message
    shell.printing.paper.emit(sale.id, PaperView(PaperState("printed"), ""), True)
    assert not shell.done.banner.message
    assert shell.done.paper_state.text == "Printed"


@pytest.mark.parametrize("currency", ["USD", "CZK", "SEK", "KWD", "JPY"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_note_or_coin_of_the_change_is_left_out(lane: Lane, currency: str, language: str) -> None:
    del lane
    for width in (468, 512):
        pieces = Pieces(68)
        pieces.resize(width, 68)
        for change in (1, 99, 499, 12389, 99_999, 498_999, 123_456):
            pieces.set_change(Money(change, currency), Wording(language))
            assert pieces.fits(), (change, width, pieces.shown)


def test_a_code_typed_for_an_amount_completes_no_sale(lane: Lane, pay: PayScreen) -> None:
    QTest.keyClicks(pay.received, "952000001")
    press(pay, Qt.Key.Key_Return)
    assert lane.shell.screen_shown is pay
    assert "would come back. Nothing was taken." in pay.banner.message
    assert lane.opened.workstation.sale.view.priced.basket.tenders == ()
    # What was typed is not in the way of what is typed next.
    QTest.keyClicks(pay.received, "70")
    press(pay, Qt.Key.Key_Return)
    assert last(lane) == (TOTAL, 7000, 592)


def test_the_drawer_is_promised_only_where_there_is_one(lane: Lane, pay: PayScreen) -> None:
    del pay
    without = lane.opened.workstation
    plugged = replace(without, drawer=Drawer(without.desk, PrinterDrawer(SimulatedPrinter())))
    for workstation, said in ((without, "Notes and coins"), (plugged, "Drawer opens")):
        shown = methods(workstation, lane.window.words)
        assert next(method.detail for method in shown if method.code == "cash") == said


def test_that_paper_waits_is_said_no_longer_than_it_waits_and_in_the_words_of_now(lane: Lane, pay: PayScreen) -> None:
    press(pay, Qt.Key.Key_Return)
    lane.wait_for_paper()
    shell, sale = lane.shell, lane.opened.workstation.sale.last_completed()
    assert sale is not None
    lane.trigger("done.keys.next")
    waits = PaperView(PaperState("held"), "unreachable")
    shell.printing.paper.emit(sale.id, waits, True)
    assert "does not answer" in shell.sell.notice.message
    lane.window.choose_language("cs")
    assert shell.sell.notice.message == ""
    shell.printing.paper.emit(sale.id, waits, True)
    assert "Tiskárna neodpovídá" in shell.sell.notice.message
    shell.sell.scanned(MUG)
    lane.trigger("sell.keys.pay")
    shell.printing.paper.emit(sale.id, PaperView(PaperState("printed"), ""), True)
    lane.trigger("pay.keys.back")
    assert shell.sell.notice.message == ""


def test_a_paper_a_copy_was_printed_for_does_not_read_as_missing() -> None:
    said = paper_words(PaperView(PaperState("dropped"), "copied"), Wording("en"))
    assert said.chip == "Replaced by a copy"
