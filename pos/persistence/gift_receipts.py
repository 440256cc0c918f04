"""The random codes of gift receipts: each leads to its sale, and says nothing of it."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from pos.domain.transaction import JournalHead
from pos.persistence.tables import gift_receipt


class GiftReceipts:
    """At most one code a sale, given once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, transaction_id: str, token: str, issued: JournalHead) -> None:
        """`issued` is the journal entry that names the token."""
        self._connection.execute(
            insert(gift_receipt).values(
                transaction_id=transaction_id, token=token, workstation=issued.workstation, sequence=issued.sequence
            )
        )

    def token_of(self, transaction_id: str) -> str | None:
        """The code of a sale's gift receipt without its prefix; None before there is one."""
        return self._connection.execute(
            select(gift_receipt.c.token).where(gift_receipt.c.transaction_id == transaction_id)
        ).scalar_one_or_none()

    def sale_of(self, token: str) -> str | None:
        """The sale a code leads to."""
        return self._connection.execute(
            select(gift_receipt.c.transaction_id).where(gift_receipt.c.token == token)
        ).scalar_one_or_none()
