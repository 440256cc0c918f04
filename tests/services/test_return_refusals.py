"""A refusal that is explained on paper is a fact: what was said is kept, and the note says exactly that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.devices.drawer import PrinterDrawer
from pos.devices.simulated.printer import SimulatedPrinter
from pos.domain.finding import Finding
from pos.domain.journal import EntryKind, JournalEntry
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import ReturnRequest
from pos.domain.transaction import Transaction
from pos.services.paper_queue import PaperQueue
from pos.services.paperwork import Devices, Paperwork
from pos.services.return_refusals import NotedRefusal
from pos.services.verify import verify_books, verify_shop
from pos.workstation import Workstation
from receipts.plain_text import render
from receipts.printers import PROFILES
from tests.corner_shop import CASHIER, MANAGER, HandClock, new_shop, open_up, sell
from tests.services.test_returns import BREAD, KETTLE, back
from tests.services.test_verify import tamper

POLICY = """policy: 1
name: House rules
rules:
  - {id: R1, window: {days: 30}, override: none}
  - {id: R2, condition: {accept: [unopened], answer: exchange}}
  - {id: R9, window: {days: 5}, for: {item: "%s"}, override: none, words: {customer: "Kettles: five days."}}
"""


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def lane(tmp_path: Path, clock: HandClock) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"), clock=clock)
    lane.desk.rules = replace(lane.desk.rules, region="CZ")
    lane.desk.operator = MANAGER
    kettle = lane.catalogue.find(KETTLE)
    assert kettle is not None
    text = POLICY % kettle.id
    assert not isinstance(lane.policies.put(text, lane.desk.local(lane.desk.now()).date()), Refused)
    lane.desk.operator = CASHIER
    yield lane
    # Rules that were put there by hand are what the journal cannot know.
    assert {one.invariant for one in verify_books(lane.desk.shop).violations} <= {"I-24"}
    lane.close()


def noted(lane: Workstation, request: ReturnRequest) -> NotedRefusal:
    answer = lane.return_refusals.note(request)
    assert isinstance(answer, NotedRefusal), answer
    return answer


def paper(lane: Workstation, note: NotedRefusal) -> str:
    document = lane.paperwork.document_of_job(note.job)
    assert document is not None
    assert document.name == "refusal_note"
    return " ".join(render(document, 42).split())


def kept(lane: Workstation) -> tuple[JournalEntry, ...]:
    with lane.desk.shop.books.reading() as work:
        return work.journal.of_kind(EntryKind.RETURN_REFUSED)


def bought(lane: Workstation, clock: HandClock, *, days: int = 0) -> Transaction:
    sale = sell(lane, KETTLE, BREAD).transaction
    clock.moment += timedelta(days=days)
    return sale


def test_the_note_says_why_and_what_would_help_and_until_when(lane: Workstation, clock: HandClock) -> None:
    sale = bought(lane, clock, days=6)
    note = noted(lane, back(sale.id, 1, 2, condition="opened"))
    text = paper(lane, note)
    assert note.number in text
    assert str(sale.receipt) in text
    assert "Kettles: five days." in text, "the policy's own words to the customer"
    assert "Rule R9" in text
    assert "Rule R2" in text
    assert "Exchange it for something else." in text
    assert text.count("Last day to return it") == 2
    assert "Nov 26, 2026" in text, "five days for the kettle"
    assert "Dec 21, 2026" in text, "thirty for the bread"
    assert "defects until Nov 21, 2028" in text, "what the law says in Czechia stays"
    assert "1,299" not in text


def test_what_may_come_back_is_no_matter_of_the_note(lane: Workstation, clock: HandClock) -> None:
    sale = bought(lane, clock, days=6)
    noted(lane, back(sale.id, 1, 2))
    (entry,) = kept(lane)
    told = json.loads(entry.payload)
    assert [(line["line"], line["decision"]) for line in told["lines"]] == [(1, "refused")]
    assert (entry.subject, entry.operator, told["decision"]) == (sale.id, CASHIER.id, "partial")
    assert [reason["code"] for reason in told["lines"][0]["reasons"]] == ["WINDOW_EXPIRED"]
    assert [reason["rule"] for reason in told["lines"][0]["reasons"]] == ["R9"]


def test_without_a_refusal_there_is_no_note_and_nothing_is_written(lane: Workstation, clock: HandClock) -> None:
    sale = bought(lane, clock)
    assert lane.return_refusals.note(back(sale.id, 2)) == Refused(Code.RETURN_NOT_REFUSED)
    unknown = lane.return_refusals.note(back("none", 1))
    assert isinstance(unknown, Refused)
    assert unknown.code is Code.RECEIPT_UNKNOWN
    assert kept(lane) == ()


def test_a_rule_that_has_no_name_in_the_policy_is_not_printed(lane: Workstation, clock: HandClock) -> None:
    sale = bought(lane, clock)
    text = paper(lane, noted(lane, back(sale.id, 2, 2)))
    assert "Rule" not in text
    assert "more than this receipt still holds" in text


def test_the_note_is_in_the_language_of_the_sale_s_papers_and_stays_as_it_was(
    lane: Workstation, clock: HandClock
) -> None:
    sale = bought(lane, clock, days=6)
    note = noted(lane, back(sale.id, 1))
    before = paper(lane, note)
    lane.desk.rules = replace(lane.desk.rules, language="sv", name="Another shop")
    clock.moment += timedelta(days=400)
    assert paper(lane, note) == before
    assert "Return refused" in before


def test_it_is_printed_by_the_queue_and_opens_no_drawer(lane: Workstation, clock: HandClock) -> None:
    sale = bought(lane, clock, days=6)
    lane.paperwork.print_waiting()
    note = noted(lane, back(sale.id, 1))
    printer = SimulatedPrinter()
    paperwork = Paperwork(lane.desk, Devices(printer, PrinterDrawer(printer), PROFILES["80mm-48-cp852"]))
    paperwork.after_move(note.job, "return")
    assert (len(printer.papers), printer.kicks) == (1, 0)
    assert PaperQueue(lane.desk).papers() == ()


def test_where_nothing_prints_it_is_a_file(lane: Workstation, clock: HandClock, tmp_path: Path) -> None:
    sale = bought(lane, clock, days=6)
    note = noted(lane, back(sale.id, 1))
    first, second = (lane.return_refusals.save(note.job, tmp_path / "notes") for _ in range(2))
    assert isinstance(first, Path)
    assert first == second
    assert first.name == f"refusal_note-{note.number.replace('/', '-')}.pdf"
    assert first.read_bytes().startswith(b"%PDF")
    assert lane.return_refusals.save("none", tmp_path) == Refused(Code.PAPER_UNKNOWN)


def test_what_was_said_cannot_be_changed_unseen(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "other")
    lane = open_up(folder)
    sale = sell(lane, BREAD).transaction
    noted(lane, back(sale.id, 1, 1))
    lane.close()
    assert verify_shop(folder).violations == ()
    tamper(
        folder,
        "UPDATE journal_entry SET payload = replace(payload, 'this receipt still holds', 'was ever sold')"
        " WHERE kind = 'ReturnRefused'",
    )
    (found,) = verify_shop(folder).violations
    assert found.finding is Finding.ENTRY_CHANGED
