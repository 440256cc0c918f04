"""Money cards did not take back, and how it went out instead."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from pos.domain.card_attempt import AttemptState
from pos.domain.refund_instead import RefundInstead
from pos.domain.transaction import JournalHead
from pos.persistence.tables_cards import payment_outcome
from pos.persistence.tables_returns import customer_return, refund_instead, refund_tender


class RefundsInstead:
    """At most one for each tender of a return."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, done: RefundInstead, head: JournalHead) -> None:
        """Write one under its journal entry."""
        row = {
            "return_id": done.return_id,
            "tender": done.tender,
            "kind": done.kind,
            "failed": done.failed,
            "amount": done.amount,
            "attempt": done.attempt,
            "till": done.till,
            "account": done.account,
            "card": done.card,
            "approval": done.approval,
            "approver": done.approver,
            "workstation": head.workstation,
            "sequence": head.sequence,
        }
        self._connection.execute(insert(refund_instead), [row])

    def get(self, return_id: str, tender: int) -> RefundInstead | None:
        wanted = select(refund_instead).where(
            refund_instead.c.return_id == return_id, refund_instead.c.tender == tender
        )
        row = self._connection.execute(wanted).first()
        return None if row is None else _read(row)

    def of_return(self, return_id: str) -> tuple[tuple[RefundInstead, tuple[int, int]], ...]:
        """What of a return went out another way, each with workstation and sequence of its entry, in their order."""
        wanted = select(refund_instead).where(refund_instead.c.return_id == return_id)
        rows = self._connection.execute(wanted.order_by(refund_instead.c.tender)).all()
        return tuple((_read(row), (row.workstation, row.sequence)) for row in rows)

    def all(self) -> tuple[tuple[RefundInstead, tuple[int, int]], ...]:
        """Each with workstation and sequence of its entry, in their order."""
        order = (refund_instead.c.workstation, refund_instead.c.sequence)
        rows = self._connection.execute(select(refund_instead).order_by(*order)).all()
        return tuple((_read(row), (row.workstation, row.sequence)) for row in rows)

    def not_taken(self) -> tuple[str, ...]:
        """The returns with a tender that its first request did not put on the card and that did not go out otherwise,
        the earliest first. A later request may have put it there.
        """
        tender, outcome = refund_tender.c, payment_outcome.c
        taken = select(outcome.attempt).where(
            outcome.attempt == tender.attempt, outcome.state == AttemptState.APPROVED.value
        )
        otherwise = select(refund_instead.c.return_id).where(
            refund_instead.c.return_id == tender.return_id, refund_instead.c.tender == tender.tender
        )
        wanted = (
            select(customer_return.c.id)
            .join(refund_tender, tender.return_id == customer_return.c.id)
            .where(tender.attempt != "", ~taken.exists(), ~otherwise.exists())
            .order_by(customer_return.c.at, customer_return.c.number)
            .distinct()
        )
        return tuple(self._connection.execute(wanted).scalars())


def _read(row: Any) -> RefundInstead:
    return RefundInstead(
        return_id=row.return_id,
        tender=row.tender,
        kind=row.kind,
        failed=row.failed,
        amount=row.amount,
        attempt=row.attempt,
        till=row.till,
        account=row.account,
        card=row.card,
        approval=row.approval,
        approver=row.approver,
    )
