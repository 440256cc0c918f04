"""The journal prints the receipt of a return again, on the receipt of the sale, by keyboard."""

from __future__ import annotations

from pos.domain.customer_return import CustomerReturn
from pos.domain.money import Money, Quantity
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.transaction import Transaction
from pos.services.returns import CompletedReturn
from tests.lane import MAYA, MUG, SOAP, Lane
from tests.ui.test_journal_check_screen import journal, sold


def test_only_a_sale_something_came_back_of_offers_the_receipt_of_its_return(lane: Lane) -> None:
    lane.sign_in(MAYA)
    workstation = lane.opened.workstation
    workstation.tills.open_till(20000)
    kept, brought = (sold(lane, code, by_check=False).transaction for code in (MUG, SOAP))
    lines = (LineAsked(1, Quantity.pieces(1)),)
    done = workstation.returns.complete(ReturnRequest(purchase=brought.id, lines=lines))
    assert isinstance(done, CompletedReturn), done
    workstation.paperwork.print_waiting()
    screen = journal(lane)
    screen.open_receipt(str(kept.receipt))
    assert screen.actions_of.buttons["return_again"].isHidden()
    screen.open_receipt(str(brought.receipt))
    assert not screen.actions_of.buttons["return_again"].isHidden()
    with workstation.desk.shop.books.reading() as work:
        before = len(work.paper_jobs.waiting(1))
    wanted: list[tuple[str, str]] = []
    screen.paper_wanted.connect(lambda paper, sale: wanted.append((paper, sale)))
    lane.trigger("journal.keys.return_again")
    assert wanted == [("return_again", brought.id)]
    assert before == 0


def brought_back(lane: Lane) -> tuple[Transaction, CustomerReturn]:
    """A sale and what came back of it, both printed."""
    workstation = lane.opened.workstation
    sale = sold(lane, SOAP, by_check=False).transaction
    lane.clock.move(60)
    done = workstation.returns.complete(ReturnRequest(purchase=sale.id, lines=(LineAsked(1, Quantity.pieces(1)),)))
    assert isinstance(done, CompletedReturn), done
    workstation.paperwork.print_waiting()
    return sale, done.done


def test_a_return_is_a_row_of_its_own_and_opens_its_receipt(lane: Lane) -> None:
    lane.sign_in(MAYA)
    lane.opened.workstation.tills.open_till(20000)
    sale, done = brought_back(lane)
    screen = journal(lane)
    assert [str(one.receipt) for one in screen.receipts.values()] == [str(done.number), str(sale.receipt)]
    assert screen.chosen is not None
    assert screen.chosen.returned
    assert str(done.number) in screen.context
    assert screen.preview.document is not None
    assert str(done.number) in screen.preview.document.title
    row = screen.list.found.rows[0]
    assert str(sale.receipt) in row.detail
    assert row.figure == screen.words.money(Money(-done.refund, done.currency))
    for name in ("gift", "tax_document", "correct", "post_void", "return_again"):
        assert screen.actions_of.buttons[name].isHidden(), name
    assert screen.stands.isVisible(), "that it is not post-voided is said"
    lane.trigger("journal.keys.down")
    assert not screen.stands.isVisible()
    assert not screen.actions_of.buttons["post_void"].isHidden()


def test_a_return_is_found_by_its_barcode_and_number_and_had_again(lane: Lane) -> None:
    lane.sign_in(MAYA)
    lane.opened.workstation.tills.open_till(20000)
    sale, done = brought_back(lane)
    screen = journal(lane)
    for typed in (done.code, str(done.number), "R1"):
        screen.open_receipt(str(sale.receipt))
        screen.field.submitted.emit(typed)
        assert screen.chosen is not None, typed
        assert screen.chosen.id == done.id, typed
    screen.open_receipt(str(sale.receipt))
    lane.shell.scanned(done.code)
    assert lane.shell.screen_shown is screen
    assert screen.chosen is not None
    assert screen.chosen.id == done.id
    wanted: list[tuple[str, str]] = []
    screen.paper_wanted.connect(lambda paper, one: wanted.append((paper, one)))
    lane.trigger("journal.keys.again")
    lane.trigger("journal.keys.e_receipt")
    assert wanted == [("return_copy", done.id), ("return_e_receipt", done.id)]
    assert "E-receipt" in screen.banner.message
    lane.shell.scanned("KV" + "A" * 16)
    assert "not known" in screen.banner.message
