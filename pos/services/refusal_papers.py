"""The note of a refusal, made from what the journal kept of it: the same words today and in ten years."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from pos.domain.journal import JournalEntry
from pos.domain.money import Quantity, Unit
from pos.persistence.paper_jobs import PaperJob
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.shop_logo import face_of
from pos.wording import Wording
from receipts.document import Document
from receipts.paper.refusal_note import NotedLine, NotedReason, RefusalNote, refusal_note


def refusal_facts(workstation: int, sequence: int) -> str:
    """What a job in the queue keeps of the refusal it tells of: where it stands in the journal."""
    return json.dumps({"workstation": workstation, "sequence": sequence})


def refusal_number(workstation: int, sequence: int) -> str:
    """What the customer names the note by."""
    return f"{workstation}/{sequence}"


def refusal_paper(work: UnitOfWork, desk: Desk, job: PaperJob) -> Document:
    """The note a job stands for, word for word as it was kept."""
    facts = json.loads(job.facts)
    entry = work.journal.entry(facts["workstation"], facts["sequence"])
    assert entry is not None, "the fact is written before its paper is queued"
    told = json.loads(entry.payload)
    by = work.staff.find(entry.operator or "")
    name = (entry.operator or "") if by is None else by.operator.name
    at = entry.at + timedelta(minutes=entry.utc_offset_minutes)
    face = face_of(desk, work.rules.version(told["rules_version"]))
    return refusal_note(_read(entry, told, at, name), face, Wording(job.language), copy_number=job.copy_number)


def _read(entry: JournalEntry, told: Mapping[str, Any], at: datetime, operator_name: str) -> RefusalNote:
    return RefusalNote(
        number=refusal_number(entry.workstation, entry.sequence),
        at=at,
        workstation=entry.workstation,
        operator_name=operator_name,
        receipt=told["receipt"],
        bought=_day(told["bought"]),
        policy=told["policy"],
        policy_version=told["version"],
        lines=tuple(
            NotedLine(
                one["name"],
                Quantity(one["quantity"], Unit(one["unit"])),
                one["answer"],
                tuple(_noted(one["reasons"])),
                _day(one["last"]),
            )
            for one in told["lines"]
        ),
        reasons=tuple(_noted(told["reasons"])),
        law_holds=bool(told["law_holds"]),
        law_until=_day(told["law_until"]),
    )


def _noted(reasons: Iterable[Mapping[str, str]]) -> Iterator[NotedReason]:
    for one in reasons:
        yield NotedReason(one["said"], one["shown"], one["remedy"], _day(one["from"]))


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None
