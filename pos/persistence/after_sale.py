"""What was done to sales after they were paid: taken back whole, or a tender put right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from pos.domain.post_void import PostVoid, PostVoidNumber, TenderCorrection
from pos.domain.tender import TenderKind
from pos.domain.transaction import JournalHead
from pos.persistence.moments import from_text, to_text
from pos.persistence.tables_after_sale import post_void, tender_correction

_CHUNK = 500


class AfterSale:
    """Post-voids and corrected tenders, by the sale they are about."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self, workstation: int) -> int:
        """The number of the next post-void there; asked inside the unit of work that writes it."""
        highest = select(func.max(post_void.c.number)).where(post_void.c.workstation == workstation)
        return int(self._connection.execute(highest).scalar() or 0) + 1

    def void(self, done: PostVoid, entry: JournalHead) -> None:
        """`entry` is the journal entry that says so."""
        self._connection.execute(
            insert(post_void).values(
                transaction_id=done.sale,
                store=done.number.store,
                workstation=done.number.workstation,
                number=done.number.number,
                at=to_text(done.at),
                voided_by=done.by,
                approver=done.approver,
                approval=done.approval,
                reason=done.reason,
                till=done.till,
                sequence=entry.sequence,
            )
        )

    def void_of(self, transaction_id: str) -> PostVoid | None:
        """How this sale was taken back; None where it stands."""
        row = self._connection.execute(select(post_void).where(post_void.c.transaction_id == transaction_id)).first()
        return None if row is None else _void(row)

    def voids_of(self, transaction_ids: Sequence[str]) -> dict[str, PostVoidNumber]:
        """Which of these sales were taken back, each with the number of that."""
        found: dict[str, PostVoidNumber] = {}
        for start in range(0, len(transaction_ids), _CHUNK):
            some = list(transaction_ids[start : start + _CHUNK])
            rows = self._connection.execute(select(post_void).where(post_void.c.transaction_id.in_(some)))
            found |= {row.transaction_id: _void(row).number for row in rows}
        return found

    def correct(self, correction: TenderCorrection, entry: JournalHead) -> None:
        """`entry` is the journal entry that says so."""
        self._connection.execute(
            insert(tender_correction).values(
                transaction_id=correction.sale,
                tender=correction.tender,
                number=correction.number,
                was_kind=correction.was_kind.value,
                was_type=correction.was_type,
                kind=correction.kind.value,
                type=correction.type,
                amount=correction.amount,
                reference=correction.reference,
                reason=correction.reason,
                approval=correction.approval,
                corrected_by=correction.by,
                at=to_text(correction.at),
                till=correction.till,
                workstation=entry.workstation,
                sequence=entry.sequence,
            )
        )

    def corrections_of(self, transaction_id: str) -> tuple[TenderCorrection, ...]:
        """The corrections of a sale's tenders, by tender and then as they were made."""
        rows = self._connection.execute(
            select(tender_correction)
            .where(tender_correction.c.transaction_id == transaction_id)
            .order_by(tender_correction.c.tender, tender_correction.c.number)
        )
        return tuple(_correction(row) for row in rows)

    def correction_by(self, workstation: int, sequence: int) -> TenderCorrection | None:
        """What the entry put right."""
        row = self._connection.execute(
            select(tender_correction).where(
                tender_correction.c.workstation == workstation, tender_correction.c.sequence == sequence
            )
        ).first()
        return None if row is None else _correction(row)


def _void(row: Any) -> PostVoid:
    return PostVoid(
        PostVoidNumber(row.store, row.workstation, row.number),
        row.transaction_id,
        from_text(row.at),
        row.voided_by,
        row.approver,
        row.approval,
        row.reason,
        row.till,
    )


def _correction(row: Any) -> TenderCorrection:
    return TenderCorrection(
        sale=row.transaction_id,
        tender=row.tender,
        number=row.number,
        was_kind=TenderKind(row.was_kind),
        was_type=row.was_type,
        kind=TenderKind(row.kind),
        type=row.type,
        amount=row.amount,
        reference=row.reference,
        reason=row.reason,
        approval=row.approval,
        by=row.corrected_by,
        at=from_text(row.at),
        till=row.till,
    )
