"""What verify asks of post-voids and corrected tenders beside SQL: what each posts."""

from __future__ import annotations

from pos.domain.journal import EntryKind, JournalEntry
from pos.domain.ledger import LedgerEntry
from pos.domain.post_void import correction_postings, post_void_postings
from pos.persistence.unit_of_work import UnitOfWork

AFTER_SALE = frozenset({EntryKind.SALE_POST_VOIDED, EntryKind.TENDER_CORRECTED})


def after_sale_postings(work: UnitOfWork, entry: JournalEntry) -> tuple[LedgerEntry, ...]:
    """What an entry of `AFTER_SALE` posts; nothing where the fact it tells of is gone."""
    if entry.kind is EntryKind.TENDER_CORRECTED:
        correction = work.after_sale.correction_by(entry.workstation, entry.sequence)
        return () if correction is None else correction_postings(correction)
    sale = work.transactions.get(entry.subject or "")
    return () if sale is None else post_void_postings(sale, work.after_sale.corrections_of(sale.id))
