"""The receipt of a return exists once; every further paper of it is a marked, counted copy."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.refusal import Code, Refused
from pos.services.day_reports import Made
from receipts.document import Mark
from tests.services.test_copies import Till, code, issued, till
from tests.services.test_returns import back, taken

__all__ = ["till"]


def test_a_return_is_printed_again_as_a_copy_that_is_counted(till: Till) -> None:
    sale, other = till.sell(), till.sell()
    first, last = taken(till.station, back(sale, 1)), taken(till.station, back(sale, 2))
    assert code(till.copies.print_return_again(sale)) is Code.RECEIPT_WAITS
    till.paperwork.print_waiting()
    copies = [issued(till.copies.print_return_again(sale)) for _ in range(2)]
    assert [copy.copy_number for copy in copies] == [1, 2]
    paper, original = (till.paperwork.document_of_job(job) for job in (copies[1].job, last.papers[0]))
    assert paper is not None
    assert original is not None
    assert paper.blocks[0] == Mark("COPY 2")
    assert paper.blocks[1:] == original.blocks
    said = till.station.day_reports.x_report()
    assert isinstance(said, Made)
    assert (said.report.copies.number, said.report.copies.amount) == (2, 2 * (last.done.merchandise + last.done.tax))
    assert [till.copies.returned(one) for one in (sale, other)] == [True, False]
    assert till.copies.print_return_again(other) == Refused(Code.RECEIPT_UNKNOWN, {"receipt": other})
    assert first.done.id != last.done.id


def test_the_law_of_the_country_counts_copies_of_returns_too(till: Till) -> None:
    sale = till.sell()
    taken(till.station, back(sale, 1))
    till.paperwork.print_waiting()
    till.station.desk.rules = replace(till.station.desk.rules, region="SE")
    assert issued(till.copies.print_return_again(sale)).copy_number == 1
    assert code(till.copies.print_return_again(sale)) is Code.COPY_LIMIT


def test_a_return_this_till_never_printed_is_still_the_original(till: Till) -> None:
    sale = till.sell()
    done = taken(till.station, back(sale, 1))
    till.station.paperwork.print_waiting()
    answer = issued(till.copies.print_return_again(sale))
    assert (answer.job, answer.copy_number) == (done.papers[0], 0)
