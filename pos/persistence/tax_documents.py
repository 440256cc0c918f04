"""Whom the tax documents of a sale were made out to."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from pos.domain.tax_document import Buyer
from pos.domain.transaction import JournalHead
from pos.persistence.tables_taxes import tax_document


class TaxDocuments:
    """Any number a sale, counted from 1: the last one holds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, transaction_id: str, issue: int, buyer: Buyer, issued: JournalHead) -> None:
        """`issued` is the journal entry that says so."""
        self._connection.execute(
            insert(tax_document).values(
                transaction_id=transaction_id,
                issue=issue,
                name=buyer.name,
                address=buyer.address,
                country=buyer.country,
                vat_number=buyer.vat_number,
                workstation=issued.workstation,
                sequence=issued.sequence,
            )
        )

    def last(self, transaction_id: str) -> tuple[int, Buyer] | None:
        """The issue that holds; None before the first."""
        row = self._connection.execute(
            select(tax_document)
            .where(tax_document.c.transaction_id == transaction_id)
            .order_by(tax_document.c.issue.desc())
            .limit(1)
        ).first()
        return None if row is None else (row.issue, Buyer(row.name, row.address, row.country, row.vat_number))

    def all(self) -> Iterator[tuple[str, int, Buyer, JournalHead]]:
        """Every issue: sale, number, buyer, and the entry it stands under, whose MAC is left empty."""
        order = (tax_document.c.transaction_id, tax_document.c.issue)
        for row in self._connection.execute(select(tax_document).order_by(*order)):
            buyer = Buyer(row.name, row.address, row.country, row.vat_number)
            yield row.transaction_id, row.issue, buyer, JournalHead(row.workstation, row.sequence, "")
