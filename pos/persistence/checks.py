"""The checks that sales took, and those the bank sent back until they are settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, bindparam, insert, or_, select
from sqlalchemy.engine import Connection

from pos.domain.check import Check
from pos.domain.returned_check import ReturnedCheck, ReturnedRecord
from pos.domain.transaction import JournalHead, ReceiptNumber, TenderLine
from pos.persistence.moments import from_text
from pos.persistence.prepared import Prepared
from pos.persistence.tables import journal_entry, retail_transaction, tender_line
from pos.persistence.tables_checks import check_deposit, returned_check, returned_check_settled, tender_check

_ADD = Prepared(insert(tender_check))
_OF_SALE = Prepared(select(tender_check).where(tender_check.c.transaction_id == bindparam("transaction_id")))
_FLAGS = {0: False, 1: True}


def add_checks(connection: Connection, transaction_id: str, tenders: Sequence[TenderLine]) -> None:
    """What was read from the checks among these tenders."""
    rows = [_row(transaction_id, tender.tender, tender.check) for tender in tenders if tender.check is not None]
    if rows:
        _ADD.run_many(connection, rows)


def read_checks(connection: Connection, transaction_id: str) -> dict[int, Check]:
    """The checks of a sale by the number of their tender."""
    rows = _OF_SALE.rows(connection, {"transaction_id": transaction_id})
    return {row.tender: _check(row) for row in rows}


class Checks:
    """Checks that came back, and who must settle them before another check is taken."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def mark_returned(self, returned: ReturnedCheck, entry: JournalHead) -> None:
        """`entry` is the journal entry that says so."""
        self._connection.execute(
            insert(returned_check).values(
                transaction_id=returned.sale,
                tender=returned.tender,
                fee=returned.fee,
                customer=returned.customer,
                flagged=int(returned.flagged),
                workstation=entry.workstation,
                sequence=entry.sequence,
            )
        )

    def settle(self, returned: ReturnedCheck, entry: JournalHead) -> None:
        """What was owed is paid; `entry` is the journal entry that says so."""
        self._connection.execute(
            insert(returned_check_settled).values(
                transaction_id=returned.sale,
                tender=returned.tender,
                amount=returned.owed,
                workstation=entry.workstation,
                sequence=entry.sequence,
            )
        )

    def returned(self, transaction_id: str, tender: int) -> ReturnedRecord | None:
        """What is known of this check's return; None where it never came back."""
        found = self._records(
            _RETURNED.where(returned_check.c.transaction_id == transaction_id, returned_check.c.tender == tender)
        )
        return next(found, None)

    def unpaid(self, transaction_id: str) -> bool:
        """Whether a check of this sale came back and is not settled."""
        owed = _RETURNED.where(
            returned_check.c.transaction_id == transaction_id, returned_check_settled.c.amount.is_(None)
        )
        return next(self._records(owed), None) is not None

    def open(self, *, account_hash: str = "", customer: str = "") -> tuple[ReturnedRecord, ...]:
        """Those that came back and are not settled, oldest first: of this account or customer, or all."""
        statement = _RETURNED.where(returned_check_settled.c.amount.is_(None))
        whose = []
        if account_hash:
            whose.append(tender_check.c.account_hash == account_hash)
        if customer:
            whose.append(returned_check.c.customer == customer)
        return tuple(self._records(statement.where(or_(*whose)) if whose else statement))

    def of_customer(self, customer: str) -> tuple[ReturnedRecord, ...]:
        """All that ever came back of a customer's, settled or not, oldest first."""
        return tuple(self._records(_RETURNED.where(returned_check.c.customer == customer)))

    def returned_by(self, workstation: int, sequence: int) -> ReturnedCheck | None:
        """What the entry marked as returned."""
        return self._one(returned_check.c.workstation == workstation, returned_check.c.sequence == sequence)

    def settled_by(self, workstation: int, sequence: int) -> int | None:
        """How much the entry says was paid, in minor units."""
        row = self._connection.execute(
            select(returned_check_settled.c.amount).where(
                returned_check_settled.c.workstation == workstation, returned_check_settled.c.sequence == sequence
            )
        ).first()
        return None if row is None else int(row.amount)

    def _one(self, *where: Any) -> ReturnedCheck | None:
        found = next(self._records(_RETURNED.where(*where)), None)
        return None if found is None else found.check

    def _records(self, statement: Select[Any]) -> Iterator[ReturnedRecord]:
        for row in self._connection.execute(statement.order_by(journal_entry.c.at, returned_check.c.tender)):
            yield ReturnedRecord(
                ReturnedCheck(
                    row.transaction_id,
                    row.tender,
                    row.amount,
                    row.fee,
                    row.customer,
                    _FLAGS[row.flagged],
                    row.deposited,
                ),
                str(ReceiptNumber(row.store, row.receipt_workstation, row.receipt_number)),
                _check(row).shown,
                row.number,
                from_text(row.at),
                None if row.settled_at is None else from_text(row.settled_at),
            )


_settling = journal_entry.alias("settling")
_RETURNED: Select[Any] = (
    select(
        tender_check,
        tender_line.c.amount,
        returned_check.c.fee,
        returned_check.c.customer,
        returned_check.c.flagged,
        check_deposit.c.till.is_not(None).label("deposited"),
        journal_entry.c.at,
        _settling.c.at.label("settled_at"),
        retail_transaction.c.store,
        retail_transaction.c.workstation.label("receipt_workstation"),
        retail_transaction.c.number.label("receipt_number"),
    )
    .join(
        returned_check,
        and_(
            returned_check.c.transaction_id == tender_check.c.transaction_id,
            returned_check.c.tender == tender_check.c.tender,
        ),
    )
    .join(
        tender_line,
        and_(
            tender_line.c.transaction_id == tender_check.c.transaction_id,
            tender_line.c.tender == tender_check.c.tender,
        ),
    )
    .outerjoin(
        check_deposit,
        and_(
            check_deposit.c.transaction_id == tender_check.c.transaction_id,
            check_deposit.c.tender == tender_check.c.tender,
        ),
    )
    .join(retail_transaction, retail_transaction.c.id == tender_check.c.transaction_id)
    .join(
        journal_entry,
        and_(
            journal_entry.c.workstation == returned_check.c.workstation,
            journal_entry.c.sequence == returned_check.c.sequence,
        ),
    )
    .outerjoin(
        returned_check_settled,
        and_(
            returned_check_settled.c.transaction_id == returned_check.c.transaction_id,
            returned_check_settled.c.tender == returned_check.c.tender,
        ),
    )
    .outerjoin(
        _settling,
        and_(
            _settling.c.workstation == returned_check_settled.c.workstation,
            _settling.c.sequence == returned_check_settled.c.sequence,
        ),
    )
)


def _row(transaction_id: str, tender: int, check: Check) -> dict[str, object]:
    return {
        "transaction_id": transaction_id,
        "tender": tender,
        "routing": check.routing,
        "account_hash": check.account_hash,
        "account_end": check.account_end,
        "number": check.number,
        "written": check.written.isoformat(),
        "id_seen": check.id_seen,
        "starter": int(check.starter),
    }


def _check(row: Any) -> Check:
    return Check(
        routing=row.routing,
        account_hash=row.account_hash,
        account_end=row.account_end,
        number=row.number,
        written=date.fromisoformat(row.written),
        id_seen=row.id_seen,
        starter=_FLAGS[row.starter],
    )
