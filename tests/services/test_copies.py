"""What exists once exists again only as a copy, counted, marked and journalled; a gift receipt tells no price."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from pos.devices.simulated.printer import PrinterFault, SimulatedPrinter
from pos.domain.copies import copies_max
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.transaction import GIFT_CODE_PREFIX
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.paper_jobs import PaperState
from pos.persistence.shop_folder import DATABASE
from pos.services.copies import Copies, EReceipt, Issued
from pos.services.paperwork import Devices, Paperwork
from pos.services.verify import verify_books
from pos.workstation import Workstation
from receipts.document import Barcode, Mark
from receipts.plain_text import render
from receipts.printers import PROFILES
from tests.corner_shop import TRAINEE, new_shop, open_up, sell


@dataclass
class Till:
    """A workstation with a printer in memory."""

    station: Workstation
    printer: SimulatedPrinter
    paperwork: Paperwork
    copies: Copies

    def sell(self) -> str:
        done = sell(self.station)
        self.paperwork.after_sale(done.paper)
        return done.transaction.id

    def kinds(self) -> list[EntryKind]:
        with self.station.desk.shop.books.reading() as work:
            return [entry.kind for entry, _ in work.journal.entries(1)]


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    station = open_up(new_shop(tmp_path / "shop"))
    printer = SimulatedPrinter()
    paperwork = Paperwork(station.desk, Devices(printer, None, PROFILES["80mm-48-cp852"]))
    yield Till(station, printer, paperwork, Copies(station.desk, prints=True))
    # Rules that a test put there by hand are what the journal cannot know.
    assert {one.invariant for one in verify_books(station.desk.shop).violations} <= {"I-24"}
    station.close()


def issued(answer: Issued | Refused) -> Issued:
    assert isinstance(answer, Issued), answer
    return answer


def code(answer: object) -> Code:
    assert isinstance(answer, Refused), answer
    return answer.code


def test_every_copy_has_the_next_number_and_an_entry(till: Till) -> None:
    sale = till.sell()
    assert [issued(till.copies.print_again(sale)).copy_number for _ in range(2)] == [1, 2]
    till.paperwork.print_waiting()
    assert len(till.printer.papers) == 3
    texts = [paper.job.decode("cp852", "replace") for paper in till.printer.papers]
    assert ["COPY 1" in text for text in texts] == [False, True, False]
    assert "COPY 2" in texts[2]
    assert till.kinds().count(EntryKind.RECEIPT_COPIED) == 2


def test_sweden_allows_one_copy(till: Till) -> None:
    assert (copies_max("SE"), copies_max("se-M"), copies_max("CZ"), copies_max("")) == (1, 1, None, None)
    with till.station.desk.shop.books.writing() as work:
        rules = replace(till.station.desk.rules, region="SE", version=2)
        work.rules.add(rules, till.station.desk.now(), None)
        work.commit()
    till.station.desk.rules = rules
    sale = till.sell()
    assert issued(till.copies.print_again(sale)).copy_number == 1
    refused = till.copies.print_again(sale)
    assert isinstance(refused, Refused)
    assert (refused.code, refused.facts["limit"]) == (Code.COPY_LIMIT, 1)
    assert issued(till.copies.gift_receipt(sale)).copy_number == 0


def test_a_receipt_that_still_waits_is_not_copied(till: Till) -> None:
    till.printer.fault = PrinterFault.PAPER_OUT
    sale = till.sell()
    assert code(till.copies.print_again(sale)) is Code.RECEIPT_WAITS
    till.printer.mend()
    till.paperwork.print_waiting()
    assert issued(till.copies.print_again(sale)).copy_number == 1


def test_a_receipt_that_never_was_on_paper_is_still_the_original(till: Till) -> None:
    none = Paperwork(till.station.desk, Devices(None, None, PROFILES["80mm-48-cp852"]))
    done = sell(till.station)
    none.after_sale(done.paper)
    assert code(Copies(till.station.desk, prints=False).print_again(done.transaction.id)) is Code.NO_PRINTER
    assert issued(till.copies.print_again(done.transaction.id)) == Issued(done.paper, 0)
    till.paperwork.print_waiting()
    assert b"COPY" not in till.printer.papers[0].job
    assert issued(till.copies.print_again(done.transaction.id)).copy_number == 1


def test_a_copy_of_an_uncertain_receipt_settles_it(till: Till) -> None:
    till.printer.script.append(PrinterFault.LINK_LOST_PRINTED)
    sale = till.sell()
    assert [paper.uncertain for paper in till.station.papers.papers()] == [True]
    assert issued(till.copies.print_again(sale)).copy_number == 1
    assert [paper.uncertain for paper in till.station.papers.papers()] == [False]
    till.paperwork.print_waiting()
    assert till.station.papers.papers() == ()


def test_a_gift_receipt_has_a_random_code_of_its_own(till: Till) -> None:
    sale = till.sell()
    first, second = issued(till.copies.gift_receipt(sale)), issued(till.copies.gift_receipt(sale))
    assert (first.copy_number, second.copy_number) == (0, 1)
    document = till.paperwork.document_of_job(second.job)
    assert document is not None
    assert [type(block) for block in document.blocks].count(Mark) == 1
    (bars,) = [block.data for block in document.blocks if isinstance(block, Barcode)]
    receipt = till.paperwork.document(sale)
    assert receipt is not None
    (sold,) = [block.data for block in receipt.blocks if isinstance(block, Barcode)]
    assert bars.startswith(GIFT_CODE_PREFIX)
    assert sold[2:] not in bars
    with till.station.desk.shop.books.reading() as work:
        assert work.gift_receipts.sale_of(bars.removeprefix(GIFT_CODE_PREFIX)) == sale
    text = render(document, 48)
    for price in ("42.90", "34.90", "TOTAL", "Cash", "Kč", "CZK"):
        assert price not in text, price
    assert "Bread" in text


def test_a_gift_code_that_was_changed_is_found_out(till: Till, tmp_path: Path) -> None:
    issued(till.copies.gift_receipt(till.sell()))
    raw = sqlite.connect(tmp_path / "shop" / DATABASE)
    raw.execute("DROP TRIGGER gift_receipt_no_update")
    trigger = "CREATE TRIGGER gift_receipt_no_update BEFORE UPDATE ON gift_receipt BEGIN SELECT RAISE(ABORT, 'x'); END"
    raw.execute("UPDATE gift_receipt SET token = 'AAAAAAAAAAAAAAAA'")
    raw.execute(trigger)
    raw.commit()
    found = verify_books(till.station.desk.shop).violations
    assert [one.finding.value for one in found] == ["GIFT_RECEIPT"]
    raw.execute("DROP TRIGGER gift_receipt_no_update")
    payload = raw.execute("SELECT payload FROM journal_entry WHERE kind = 'GiftReceiptIssued'").fetchone()[0]
    raw.execute("UPDATE gift_receipt SET token = ?", (json.loads(payload)["token"],))
    raw.execute(trigger)
    raw.commit()
    raw.close()


def test_an_e_receipt_is_a_copy_of_a_printed_one_and_the_same_file_twice(till: Till, tmp_path: Path) -> None:
    sale = till.sell()
    first = till.copies.e_receipt(sale, tmp_path / "out" / "deep")
    assert isinstance(first, EReceipt)
    assert first.path.name == "0142-01-0001-copy-1.pdf"
    kept = first.path.read_bytes()
    assert kept.startswith(b"%PDF")
    assert till.copies.e_receipt(sale, tmp_path / "out" / "deep") == first
    assert first.path.read_bytes() == kept
    assert [path.name for path in first.path.parent.iterdir()] == [first.path.name]
    assert till.kinds().count(EntryKind.E_RECEIPT_ISSUED) == 1
    assert issued(till.copies.print_again(sale)).copy_number == 2


def test_an_e_receipt_takes_the_place_of_a_paper_that_waits(till: Till, tmp_path: Path) -> None:
    till.printer.fault = PrinterFault.COVER_OPEN
    sale = till.sell()
    answer = till.copies.e_receipt(sale, tmp_path)
    assert isinstance(answer, EReceipt)
    assert (answer.copy_number, answer.path.name) == (0, "0142-01-0001.pdf")
    till.printer.mend()
    assert till.paperwork.print_waiting() is None
    assert till.printer.papers == []
    view = till.paperwork.view(sale)
    assert view is not None
    assert view.state is PaperState.DROPPED


def test_a_folder_that_cannot_be_written_is_said(till: Till, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KnownError) as met:
        till.copies.e_receipt(till.sell(), tmp_path / "file")
    assert met.value.trouble is Trouble.FILE_UNREADABLE


def test_who_may_not_prints_nothing(till: Till, tmp_path: Path) -> None:
    sale = till.sell()
    till.station.desk.operator = TRAINEE
    assert code(till.copies.print_again(sale)) is Code.NOT_PERMITTED
    assert code(till.copies.gift_receipt(sale)) is Code.NOT_PERMITTED
    assert code(till.copies.e_receipt(sale, tmp_path)) is Code.NOT_PERMITTED
    till.station.desk.operator = None
    assert code(till.copies.print_again(sale)) is Code.NOT_SIGNED_ON


def test_a_sale_nobody_knows_has_no_papers(till: Till, tmp_path: Path) -> None:
    assert code(till.copies.print_again("nowhere")) is Code.RECEIPT_UNKNOWN
    assert code(till.copies.gift_receipt("nowhere")) is Code.RECEIPT_UNKNOWN
    assert code(till.copies.e_receipt("nowhere", tmp_path)) is Code.RECEIPT_UNKNOWN
    assert till.copies.last_sale() is None
