"""Where a law limits copies of receipts, the pack of a return keeps to it, and its other papers are not counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pos.domain.refusal import Code, Refused
from pos.persistence.paper_jobs import PaperState
from pos.services.pack_issuing import PackChoice
from pos.workstation import Workstation
from tests.corner_shop import MANAGER, new_shop, open_up, sell
from tests.services.test_returns import KETTLE, back, taken

BOTH = [PackChoice("store_slip"), PackChoice("return_receipt")]


def waiting(lane: Workstation) -> list[tuple[str, int]]:
    with lane.desk.shop.books.reading() as work:
        return [(job.document, job.copy_number) for job in work.paper_jobs.waiting(lane.desk.number)]


def on_paper(lane: Workstation) -> None:
    with lane.desk.shop.books.writing() as work:
        for job in work.paper_jobs.waiting(lane.desk.number):
            work.paper_jobs.set_state(job.id, PaperState.PRINTED, "", lane.desk.now())
        work.commit()


def test_in_sweden_a_receipt_of_a_return_is_copied_once_and_nothing_is_queued_beside_a_refusal(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    lane.desk.rules = replace(lane.desk.rules, region="SE")
    done = taken(lane, back(sell(lane, KETTLE).transaction.id, 1)).done
    on_paper(lane)
    assert not isinstance(lane.return_packs.print_again(done.id, BOTH), Refused)
    assert waiting(lane) == [("store_slip", 0), ("return_receipt", 1)]
    on_paper(lane)
    refused = lane.return_packs.print_again(done.id, BOTH)
    assert isinstance(refused, Refused)
    assert refused.code is Code.COPY_LIMIT
    assert waiting(lane) == []
    for number in (1, 2):
        assert not isinstance(lane.return_packs.print_again(done.id, BOTH[:1]), Refused)
        assert waiting(lane) == [("store_slip", number)]
        on_paper(lane)
    lane.close()
