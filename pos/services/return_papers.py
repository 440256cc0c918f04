"""The papers of returns, made from the facts in the books."""

from __future__ import annotations

import json

from pos.persistence.paper_jobs import PaperJob
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.shop_logo import face_of
from pos.wording import Wording
from receipts.document import Document
from receipts.paper.return_receipt import RETURN_RECEIPT, return_receipt

RETURN_PAPERS = frozenset({RETURN_RECEIPT})


def return_paper(work: UnitOfWork, desk: Desk, job: PaperJob) -> Document:
    """The receipt of the return a job stands for."""
    done = work.returns.get(json.loads(job.facts)["return"])
    assert done is not None, "the fact is written before its paper is queued"
    approver = work.staff.find(done.approver) if done.approver else None
    return return_receipt(
        done,
        face_of(desk, desk.rules),
        Wording(job.language),
        approver=done.approver if approver is None else approver.operator.name,
        copy_number=job.copy_number,
    )
