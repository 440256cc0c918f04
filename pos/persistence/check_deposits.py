"""The checks that lie in the tills of a workstation, and those that went to the bank with the close of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.engine import Connection

from pos.domain.check_deposit import HeldCheck
from pos.domain.transaction import JournalHead, ReceiptNumber
from pos.persistence.tables_checks import check_deposit

# What was read from a check stands in tender_check; one that was put right from another tender has its reference.
_CHECKS = """
    SELECT d.transaction_id, d.tender, COALESCE(o.amount, d.amount) AS amount, t.store, t.workstation, t.number,
      COALESCE(c.number, o.reference, '') AS check_number, COALESCE(c.routing, '') AS routing,
      COALESCE(c.account_end, '') AS account_end
    FROM tender_line d JOIN retail_transaction t ON t.id = d.transaction_id
    LEFT JOIN tender_check c ON c.transaction_id = d.transaction_id AND c.tender = d.tender
    LEFT JOIN tender_correction o ON o.transaction_id = d.transaction_id AND o.tender = d.tender
      AND o.number = (SELECT MAX(l.number) FROM tender_correction l
        WHERE l.transaction_id = d.transaction_id AND l.tender = d.tender)
"""
# The business day stands first in an index; the till picks its own sales among those of the day.
_HELD = text(f"""
    {_CHECKS}
    WHERE t.business_day = (SELECT business_day FROM till_session WHERE id = :till) AND t.till = :till
      AND COALESCE(o.kind, d.kind) = 'check'
      AND NOT EXISTS (SELECT 1 FROM check_deposit b WHERE b.transaction_id = d.transaction_id AND b.tender = d.tender)
      AND NOT EXISTS (SELECT 1 FROM returned_check r WHERE r.transaction_id = d.transaction_id AND r.tender = d.tender)
      AND NOT EXISTS (SELECT 1 FROM post_void v WHERE v.transaction_id = d.transaction_id)
    ORDER BY t.number, d.tender
""")  # noqa: S608 - the statement is written here
_OF_TILL = text(f"""
    {_CHECKS} JOIN check_deposit b ON b.transaction_id = d.transaction_id AND b.tender = d.tender
    WHERE b.till = :till ORDER BY b.position
""")


class CheckDeposits:
    """A check goes to the bank once, with the close of the till it lies in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def held(self, till: str) -> tuple[HeldCheck, ...]:
        """Those that lie in this till, by receipt: neither deposited, nor sent back, nor taken back."""
        return tuple(_read(row) for row in self._connection.execute(_HELD, {"till": till}))

    def deposit(self, till: str, checks: Sequence[HeldCheck], head: JournalHead) -> None:
        """They go to the bank; `head` is the entry of the close."""
        rows = [
            {
                "transaction_id": check.sale,
                "tender": check.tender,
                "till": till,
                "position": position,
                "amount": check.amount,
                "workstation": head.workstation,
                "sequence": head.sequence,
            }
            for position, check in enumerate(checks, start=1)
        ]
        if rows:
            self._connection.execute(insert(check_deposit), rows)

    def of_till(self, till: str) -> tuple[HeldCheck, ...]:
        """Those that went with the close of this till, in the order of its list."""
        return tuple(_read(row) for row in self._connection.execute(_OF_TILL, {"till": till}))

    def is_deposited(self, sale: str, tender: int) -> bool:
        """Whether this check went to the bank."""
        found = select(check_deposit.c.till).where(
            check_deposit.c.transaction_id == sale, check_deposit.c.tender == tender
        )
        return self._connection.execute(found).first() is not None

    def amount_of(self, till: str) -> int:
        """What went with the close of this till, in minor units."""
        rows = self._connection.execute(select(check_deposit.c.amount).where(check_deposit.c.till == till))
        return sum(rows.scalars())


def _read(row: Any) -> HeldCheck:
    shown = f"••••{row.account_end}" if row.account_end else ""
    receipt = str(ReceiptNumber(row.store, row.workstation, row.number))
    return HeldCheck(row.transaction_id, row.tender, row.amount, receipt, row.check_number, row.routing, shown)
