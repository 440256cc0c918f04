"""Queueing the slips of gift cards beside the facts they tell of."""

from __future__ import annotations

import json
from dataclasses import asdict

from pos.domain.transaction import Transaction
from pos.persistence.paper_jobs import PaperJob
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.gift_card_slips import DOCUMENTS, slips_of_sale
from pos.services.papers import new_job
from receipts.paper.gift_card_slip import GiftCardSlip


def queue_slips(work: UnitOfWork, desk: Desk, sale: Transaction, language: str) -> None:
    """A slip for each card of a sale, inside the unit of work that completes it, once its facts are written."""
    for card, slip in slips_of_sale(work, desk, sale):
        work.paper_jobs.add(slip_job(desk, card.id, slip, language))


def slip_job(desk: Desk, card_id: str, slip: GiftCardSlip, language: str = "") -> PaperJob:
    """The slip for `work.paper_jobs.add`."""
    return new_job(desk, DOCUMENTS[slip.kind], facts=slip_facts(card_id, slip), language=language)


def slip_facts(card_id: str, slip: GiftCardSlip) -> str:
    """What a job keeps of a slip: what it says but for number and PIN, which stand nowhere."""
    facts = asdict(slip) | {"card": card_id, "at": slip.at.isoformat(), "number": "", "pin": ""}
    facts |= {"expires": None if slip.expires is None else slip.expires.isoformat()}
    return json.dumps(facts, ensure_ascii=False)
