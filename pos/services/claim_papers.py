"""The protocol of a claim, made from what the journal kept of it: the same words today and in ten years."""

from __future__ import annotations

import json
from datetime import date, timedelta

from pos.domain.journal import JournalEntry
from pos.domain.money import Quantity, Unit
from pos.persistence.paper_jobs import PaperJob
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.shop_logo import face_of
from pos.wording import Wording
from receipts.document import Document
from receipts.paper.claim_protocol import Claim, claim_protocol


def claim_facts(workstation: int, sequence: int, settled: tuple[int, int] | None = None) -> str:
    """What a job in the queue keeps of a claim: where it stands in the journal, and where its end does."""
    return json.dumps({"claim": [workstation, sequence], "settled": None if settled is None else list(settled)})


def claim_number(workstation: int, sequence: int) -> str:
    """What the customer names the claim by."""
    return f"{workstation}/{sequence}"


def claim_paper(work: UnitOfWork, desk: Desk, job: PaperJob) -> Document:
    """The protocol a job stands for, as it was taken in."""
    facts = json.loads(job.facts)
    entry = work.journal.entry(*facts["claim"])
    assert entry is not None, "the fact is written before its paper is queued"
    told = json.loads(entry.payload)
    ended = None if facts["settled"] is None else work.journal.entry(*facts["settled"])
    face = face_of(desk, work.rules.version(told["rules_version"]))
    words = Wording(job.language)
    claim = claim_of(work, entry, ended)
    return claim_protocol(claim, face, words, copy_number=job.copy_number)


def claim_of(work: UnitOfWork, entry: JournalEntry, end: JournalEntry | None = None) -> Claim:
    """A claim as the journal kept it, with how it ended."""
    told = json.loads(entry.payload)
    ended = {} if end is None else json.loads(end.payload)
    customer = work.customers.get(told["customer"]) if told["customer"] else None
    by = work.staff.find(entry.operator or "")
    return Claim(
        number=claim_number(entry.workstation, entry.sequence),
        at=entry.at + timedelta(minutes=entry.utc_offset_minutes),
        workstation=entry.workstation,
        operator_name=(entry.operator or "") if by is None else by.operator.name,
        receipt=told["receipt"],
        bought=day_of(told["bought"]),
        item=told["item"],
        name=told["name"],
        quantity=Quantity(told["quantity"], Unit(told["unit"])),
        serial=told["serial"],
        content=tuple(told["content"]),
        remedy=told["remedy"],
        customer="" if customer is None else customer.name,
        contact=() if customer is None else tuple(filter(None, (customer.phone, customer.email))),
        due=day_of(told["due"]),
        soon=bool(told["soon"]),
        settled=day_of(ended.get("day", "")),
        manner=ended.get("manner", ""),
    )


def day_of(written: object) -> date | None:
    """A day as the journal keeps it; None where it keeps none."""
    return date.fromisoformat(str(written)) if written else None
