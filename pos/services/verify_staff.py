"""What of the people `verify` holds against the journal: who works here, as what, and what lets them in (I-25)."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.finding import Finding, Violation
from pos.domain.journal import EntryKind
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import read_payload
from pos.services.digests import opens_digest


def staff_violations(work: UnitOfWork) -> Iterator[Violation]:
    """Everybody is as the journal says last, and nobody is there whom it does not name."""
    said: dict[str, dict[str, object]] = {
        str(entry.subject): {"active": 1} | read_payload(entry) for entry in work.journal.of_kind(EntryKind.STAFF_ADDED)
    }
    # Changes of one person count up over all workstations: neither time nor one journal's numbers order them.
    changes = [(str(entry.subject), read_payload(entry)) for entry in work.journal.of_kind(EntryKind.STAFF_CHANGED)]
    said |= dict(sorted(changes, key=lambda change: int(str(change[1]["change"]))))
    people = {record.operator.id: record for record in work.staff.all()}
    for staff_id in sorted(said.keys() | people.keys()):
        told, stored = said.get(staff_id), people.get(staff_id)
        if told is None or stored is None:
            yield Violation("I-25", staff_id, Finding.STAFF_CHANGED)
            continue
        as_told = (told["role"], told["active"]) == (stored.operator.role, int(stored.active))
        # An entry of before the journal told of it says nothing of PIN and badge.
        if not as_told or told.get("opens") not in {None, opens_digest(work, staff_id)}:
            yield Violation("I-25", staff_id, Finding.STAFF_CHANGED)
