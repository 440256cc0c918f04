"""The journal prints the receipt of a return again, on the receipt of the sale, by keyboard."""

from __future__ import annotations

from pos.domain.money import Quantity
from pos.domain.return_request import LineAsked, ReturnRequest
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
