"""The signatures that were drawn on screen, by the return they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Delete, delete, insert, select
from sqlalchemy.engine import Connection

from pos.domain.signature import Signer
from pos.persistence.moments import to_text
from pos.persistence.tables_returns import customer_return
from pos.persistence.tables_signatures import return_signature


class Signatures:
    """One of each signer for a return. What is taken away is overwritten in the file, not only let go of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, return_id: str, signer: Signer, strokes: str, at: datetime, operator: str) -> None:
        """In place of one that was drawn before."""
        self.remove(return_id, signer)
        self._connection.execute(
            insert(return_signature).values(
                return_id=return_id, signer=signer.value, strokes=strokes, at=to_text(at), operator=operator
            )
        )

    def strokes_of(self, return_id: str, signer: Signer) -> str:
        """What was drawn; empty text for nothing."""
        row = self._connection.execute(
            select(return_signature.c.strokes).where(
                return_signature.c.return_id == return_id, return_signature.c.signer == signer.value
            )
        ).first()
        return "" if row is None else str(row.strokes)

    def all(self) -> Iterator[tuple[str, Signer, str]]:
        """Every one there is: its return, whose it is, and what was drawn."""
        rows = self._connection.execute(
            select(return_signature).order_by(return_signature.c.return_id, return_signature.c.signer)
        )
        for row in rows:
            yield row.return_id, Signer(row.signer), row.strokes

    def remove(self, return_id: str, signer: Signer) -> int:
        """Take one away; answers how many there were."""
        return self._erase(
            delete(return_signature).where(
                return_signature.c.return_id == return_id, return_signature.c.signer == signer.value
            )
        )

    def forget(self, customer: str) -> int:
        """Take away all that this customer drew; answers how many."""
        theirs = select(customer_return.c.id).where(customer_return.c.customer == customer)
        return self._erase(
            delete(return_signature).where(
                return_signature.c.return_id.in_(theirs), return_signature.c.signer == Signer.CUSTOMER.value
            )
        )

    def _erase(self, gone: Delete) -> int:
        self._connection.exec_driver_sql("PRAGMA secure_delete = ON")
        count = self._connection.execute(gone).rowcount
        self._connection.exec_driver_sql("PRAGMA secure_delete = OFF")
        return count
