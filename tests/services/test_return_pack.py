"""The pack of a return: what prints itself, what a person chooses of it, and that what was on paper is a copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.paper_jobs import PaperState
from pos.services import return_pack
from pos.services.copies import Issued, written
from pos.services.pack_issuing import PackChoice
from pos.services.return_pack import PackItem
from pos.services.returns import CompletedReturn
from pos.services.verify import verify_books
from pos.workstation import Workstation
from receipts.document import Document
from receipts.plain_text import render
from tests.corner_shop import CASHIER, MANAGER, new_shop, open_up, sell
from tests.services.test_return_papers import bought_with_a_gift_card, onto_store_credit
from tests.services.test_returns import KETTLE, back, taken


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"))
    yield lane
    lane.close()


def pack(lane: Workstation, done: CompletedReturn) -> dict[str, PackItem]:
    found = lane.return_packs.pack_of(done.done.id)
    assert not isinstance(found, Refused), found
    return {one.key: one for one in found}


def defective(lane: Workstation) -> CompletedReturn:
    request = back(sell(lane, KETTLE).transaction.id, 1)
    lines = tuple(replace(line, condition="defective", reason="defective") for line in request.lines)
    return taken(lane, replace(request, lines=lines))


def chosen(*keys: str) -> list[PackChoice]:
    return [PackChoice(key) for key in keys]


def test_what_is_ticked_waits_for_the_printer_and_nothing_else(lane: Workstation) -> None:
    done = onto_store_credit(lane)
    found = pack(lane, done)
    assert list(found) == [
        *("return_receipt", "store_slip", "store_credit:1", "store_credit_copy:1"),
        *("exception_form", "disposition_tag:0"),
    ]
    assert tuple(one.job for one in found.values() if one.ticked) == done.papers
    with lane.desk.shop.books.reading() as work:
        waiting = [job.id for job in work.paper_jobs.waiting(lane.desk.number)]
    assert waiting[-len(done.papers) :] == list(done.papers), "they come out in the order of the pack"
    assert all((one.state is PaperState.QUEUED) == one.ticked for one in found.values())
    assert all((one.job == "") != one.ticked for one in found.values())
    assert [one.document.name for one in found.values()] == [one.paper.value for one in found.values()]
    assert verify_books(lane.desk.shop).violations == ()


def test_the_form_says_which_rule_and_how_far_who_asked_who_agreed_and_how(lane: Workstation) -> None:
    form = render(pack(lane, onto_store_credit(lane))["exception_form"].document, 48)
    for said in ("TENDER_NOT_ALLOWED", CASHIER.name, MANAGER.name, "PIN", "1,299.00", "Store credit"):
        assert said in form


def test_goods_for_the_vendor_have_a_tag_and_a_slip_and_what_was_typed_stands_on_it(lane: Workstation) -> None:
    done = defective(lane)
    found = pack(lane, done)
    assert found["disposition_tag:0"].ticked
    assert found["vendor_return:0"].ticked
    typed = lane.return_packs.print_again(done.done.id, [PackChoice("vendor_return:0", vendor="ACME", ra="RA-77")])
    assert not isinstance(typed, Refused)
    assert typed[0].copy_number == 0, "the first still waited: it is given up for this one"
    slip = pack(lane, done)["vendor_return:0"]
    assert (slip.job, slip.state) == (typed[0].job, PaperState.QUEUED)
    said = render(slip.document, 48)
    assert "ACME" in said
    assert "RA-77" in said
    with lane.desk.shop.books.reading() as work:
        waiting = [job.document for job in work.paper_jobs.waiting(lane.desk.number)]
    assert waiting.count("vendor_return") == 1


def test_what_is_not_chosen_is_given_up_and_what_is_chosen_is_made(lane: Workstation) -> None:
    done = defective(lane)
    issued = lane.return_packs.print_chosen(done.done.id, chosen("return_receipt", "store_slip"))
    assert not isinstance(issued, Refused)
    assert [one.copy_number for one in issued] == [0, 0]
    found = pack(lane, done)
    assert {key: one.state for key, one in found.items()} == {
        "return_receipt": PaperState.QUEUED,
        "store_slip": PaperState.QUEUED,
        "disposition_tag:0": PaperState.DROPPED,
        "vendor_return:0": PaperState.DROPPED,
    }
    lane.paperwork.print_waiting()
    # What was given up before it was on paper is an original when somebody wants it after all.
    (tag,) = again(lane, done, "disposition_tag:0")
    assert tag.copy_number == 0
    assert verify_books(lane.desk.shop).violations == ()


def again(lane: Workstation, done: CompletedReturn, *keys: str) -> tuple[Issued, ...]:
    issued = lane.return_packs.print_again(done.done.id, chosen(*keys))
    assert not isinstance(issued, Refused), issued
    return issued


def printed(lane: Workstation) -> None:
    """Every paper that waits is on paper."""
    with lane.desk.shop.books.writing() as work:
        for job in work.paper_jobs.waiting(lane.desk.number):
            work.paper_jobs.begin(job.id, lane.desk.now())
            work.paper_jobs.set_state(job.id, PaperState.PRINTED, "", lane.desk.now())
        work.commit()


def onto_a_gift_card(lane: Workstation) -> CompletedReturn:
    return taken(lane, back(bought_with_a_gift_card(lane).id, 1))


def test_a_slip_of_store_credit_that_is_out_is_never_made_twice(lane: Workstation) -> None:
    done = onto_store_credit(lane)
    printed(lane)
    key = "store_credit:1"
    assert lane.return_packs.print_again(done.done.id, chosen(key)) == Refused(Code.PAPER_ONCE)
    assert lane.return_packs.print_chosen(done.done.id, chosen("return_receipt", key)) == Refused(Code.PAPER_ONCE)
    with lane.desk.shop.books.writing() as work:
        work.paper_jobs.set_state(pack(lane, done)[key].job, PaperState.UNKNOWN, "link_lost", lane.desk.now())
        work.commit()
    assert [one.copy_number for one in again(lane, done, key)] == [1], "nobody knows whether it came out"


@pytest.mark.parametrize("make", [defective, onto_a_gift_card])
def test_every_paper_again_is_a_copy_that_is_counted(
    lane: Workstation, make: Callable[[Workstation], CompletedReturn]
) -> None:
    done = make(lane)
    lane.desk.operator = MANAGER
    first = pack(lane, done)
    lane.return_packs.print_chosen(done.done.id, chosen(*first))
    printed(lane)
    for number in (1, 2):
        issued = again(lane, done, *first)
        assert {one.copy_number for one in issued} == {number}
        printed(lane)
        for one in issued:
            document = lane.paperwork.document_of_job(one.job)
            assert document is not None
            assert f"COPY {number}" in render(document, 42)
    assert {one.copies for one in pack(lane, done).values()} == {2}
    with lane.desk.shop.books.reading() as work:
        receipts = work.journal.of_subject(done.done.id, EntryKind.RECEIPT_COPIED)
        others = work.journal.of_subject(done.done.id, EntryKind.PAPER_COPIED)
    assert (len(receipts), len(others)) == (2, 2 * (len(first) - 1)), "a law counts copies of receipts alone"
    assert verify_books(lane.desk.shop).violations == ()


def test_as_files_they_are_out_and_the_next_ones_are_copies(lane: Workstation, tmp_path: Path) -> None:
    done = defective(lane)
    lane.desk.operator = MANAGER
    keys = tuple(pack(lane, done))
    files = lane.return_packs.save(done.done.id, chosen(*keys), tmp_path / "papers")
    assert not isinstance(files, Refused)
    assert [file.read_bytes()[:5] for file in files] == [b"%PDF-"] * len(keys)
    assert {one.state for one in pack(lane, done).values()} == {PaperState.PRINTED}
    more = lane.return_packs.save(done.done.id, chosen(*keys), tmp_path / "papers")
    assert not isinstance(more, Refused)
    assert not set(more) & set(files)
    assert all("copy-1" in file.name for file in more)


def test_a_folder_that_fills_up_between_two_files_leaves_neither_and_every_paper_unissued(
    lane: Workstation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = defective(lane)
    before = pack(lane, done)
    made: list[Path] = []

    def full(document: Document, folder: Path, name: str) -> Path:
        if made:
            raise KnownError(Trouble.FILE_UNREADABLE, file=name, detail="No space left on device")
        made.append(written(document, folder, name))
        return made[0]

    monkeypatch.setattr(return_pack, "written", full)
    with pytest.raises(KnownError):
        lane.return_packs.save(done.done.id, chosen("return_receipt", "disposition_tag:0"), tmp_path / "papers")
    assert not made[0].exists()
    assert pack(lane, done) == before
    assert verify_books(lane.desk.shop).violations == ()


def test_a_file_is_never_written_over_one_that_was_given_out(lane: Workstation, tmp_path: Path) -> None:
    done = defective(lane)
    first = lane.return_packs.save_sheets(done.done.id, chosen("return_receipt"), tmp_path)
    second = lane.return_packs.save_sheets(done.done.id, chosen("disposition_tag:0"), tmp_path)
    assert (first, second) == (
        tmp_path / f"{done.done.number}-papers.pdf",
        tmp_path / f"{done.done.number}-papers-2.pdf",
    )


def test_what_cannot_be(lane: Workstation) -> None:
    done = defective(lane)
    for asked in (lane.return_packs.print_chosen, lane.return_packs.print_again):
        assert asked("nowhere", []) == Refused(Code.RECEIPT_UNKNOWN, {"receipt": "nowhere"})
        assert asked(done.done.id, chosen("sale_receipt")) == Refused(Code.PAPER_UNKNOWN)
    lane.desk.operator = None
    assert lane.return_packs.pack_of(done.done.id) == Refused(Code.NOT_SIGNED_ON)
    assert lane.return_packs.print_chosen(done.done.id, []) == Refused(Code.NOT_SIGNED_ON)


def test_each_line_of_a_long_return_has_papers_of_its_own(lane: Workstation) -> None:
    """The paper of the second line is not one of the eleventh's, whose place begins with the same digit."""
    sold = sell(lane, *[KETTLE] * 12)
    request = back(sold.transaction.id, *range(1, len(sold.transaction.lines) + 1))
    lines = tuple(replace(line, condition="defective", reason="defective") for line in request.lines)
    found = pack(lane, taken(lane, replace(request, lines=lines)))
    tags = {key: one for key, one in found.items() if key.startswith("disposition_tag:")}
    assert len(tags) == 12
    assert len({one.job for one in tags.values()}) == 12
    assert not any(one.copies for one in tags.values())
