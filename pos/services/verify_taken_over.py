"""What verify asks of sales taken over from another system: every row is the one its entry was written with."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.finding import Finding, Violation
from pos.domain.journal import EntryKind
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import read_payload


def taken_over_violations(work: UnitOfWork) -> Iterator[Violation]:
    """Nothing under an entry changed, went or came since (I-24), and nothing hangs on no entry."""
    stored = work.taken_over.under_entries()
    counted = 0
    for entry in work.journal.of_kind(EntryKind.SALES_TAKEN_OVER):
        where = (entry.workstation, entry.sequence)
        stored.discard(where)
        digest, rows = work.taken_over.digest_of(*where)
        counted += rows
        said = read_payload(entry)
        totals = work.taken_over.totals_of(*where)
        if digest != said["digest"] or any(said[name] != amount for name, amount in totals.items()):
            yield Violation("I-24", f"{entry.workstation}/{entry.sequence}", Finding.TAKEN_OVER)
    for workstation, sequence in sorted(stored):
        yield Violation("I-24", f"{workstation}/{sequence}", Finding.TAKEN_OVER)
    if not stored and counted != work.taken_over.rows_held():
        yield Violation("I-24", "taken_over", Finding.TAKEN_OVER)
