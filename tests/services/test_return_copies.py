"""The receipt of a return exists once; every further paper of it is a marked, counted copy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.services.copies import EReceipt
from pos.services.day_reports import Made
from pos.services.return_copies import ReturnCopies
from receipts.document import Mark
from tests.services.test_copies import Till, code, issued, till
from tests.services.test_returns import back, taken

__all__ = ["till"]


def again(till: Till) -> ReturnCopies:
    return ReturnCopies(till.station.desk, prints=True)


def test_a_return_is_printed_again_as_a_copy_that_is_counted(till: Till) -> None:
    sale, other = till.sell(), till.sell()
    first, last = taken(till.station, back(sale, 1)), taken(till.station, back(sale, 2))
    assert code(again(till).print_last_of(sale)) is Code.RECEIPT_WAITS
    till.paperwork.print_waiting()
    copies = [issued(again(till).print_last_of(sale)) for _ in range(2)]
    assert [copy.copy_number for copy in copies] == [1, 2]
    paper, original = (till.paperwork.document_of_job(job) for job in (copies[1].job, last.papers[0]))
    assert paper is not None
    assert original is not None
    assert paper.blocks[0] == Mark("COPY 2")
    assert paper.blocks[1:] == original.blocks
    said = till.station.day_reports.x_report()
    assert isinstance(said, Made)
    assert (said.report.copies.number, said.report.copies.amount) == (2, 2 * (last.done.merchandise + last.done.tax))
    assert [again(till).returned(one) for one in (sale, other)] == [True, False]
    assert again(till).print_last_of(other) == Refused(Code.RECEIPT_UNKNOWN, {"receipt": other})
    assert first.done.id != last.done.id


def test_the_law_of_the_country_counts_copies_of_returns_too(till: Till) -> None:
    sale = till.sell()
    taken(till.station, back(sale, 1))
    till.paperwork.print_waiting()
    till.station.desk.rules = replace(till.station.desk.rules, region="SE")
    assert issued(again(till).print_last_of(sale)).copy_number == 1
    assert code(again(till).print_last_of(sale)) is Code.COPY_LIMIT


def test_a_return_this_till_never_printed_is_still_the_original(till: Till) -> None:
    sale = till.sell()
    done = taken(till.station, back(sale, 1))
    till.station.paperwork.print_waiting()
    answer = issued(again(till).print_last_of(sale))
    assert (answer.job, answer.copy_number) == (done.papers[0], 0)


def test_the_receipt_of_a_return_as_a_file_is_the_original_where_no_paper_is_out(till: Till, tmp_path: Path) -> None:
    sale = till.sell()
    done = taken(till.station, back(sale, 1)).done
    first, second = (electronic(again(till).e_receipt(done.id, tmp_path / "out")) for _ in range(2))
    assert first == second, "asking again gives the same file again"
    assert (first.receipt, first.copy_number, first.path.name) == (str(done.number), 0, f"{done.number}.pdf")
    assert first.path.read_bytes().startswith(b"%PDF")
    before = len(till.printer.papers)
    till.paperwork.print_waiting()
    assert len(till.printer.papers) == before, "the paper that waited made room for it"
    assert issued(again(till).print_again(done.id)).copy_number == 1
    assert till.kinds().count(EntryKind.E_RECEIPT_ISSUED) == 1


def test_a_file_of_a_return_that_is_on_paper_is_a_copy_and_counted(till: Till, tmp_path: Path) -> None:
    sale = till.sell()
    done = taken(till.station, back(sale, 1)).done
    till.paperwork.print_waiting()
    file = electronic(again(till).e_receipt(done.id, tmp_path))
    assert (file.copy_number, file.path.name) == (1, f"{done.number}-copy-1.pdf")
    said = till.station.day_reports.x_report()
    assert isinstance(said, Made)
    assert said.report.copies.number == 1
    assert again(till).e_receipt("none", tmp_path) == Refused(Code.RECEIPT_UNKNOWN, {"receipt": "none"})


def electronic(answer: EReceipt | Refused) -> EReceipt:
    assert isinstance(answer, EReceipt), answer
    return answer
