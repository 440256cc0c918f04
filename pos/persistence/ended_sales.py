"""How the last sale ended: what a till shows between two sales. Whole transactions are another room, loaded later."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from pos.domain.transaction import EndedSale, ReceiptNumber
from pos.persistence.moments import from_text
from pos.persistence.prepared import Prepared
from pos.persistence.tables import retail_transaction

_ENDED = ("store", "workstation", "number", "at", "utc_offset_minutes", "currency", "total", "change")
_LAST = Prepared(
    select(*(retail_transaction.c[name] for name in _ENDED))
    .where(retail_transaction.c.workstation == bindparam("workstation"))
    .order_by(retail_transaction.c.number.desc())
)


class EndedSales:
    """The headers of completed sales."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last(self, workstation: int) -> EndedSale | None:
        """How the last one of this workstation ended, which its header alone tells."""
        row = _LAST.first(self._connection, {"workstation": workstation})
        if row is None:
            return None
        receipt = ReceiptNumber(row.store, row.workstation, row.number)
        return EndedSale(receipt, from_text(row.at), row.utc_offset_minutes, row.currency, row.total, row.change)
