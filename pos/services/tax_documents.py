"""Full tax documents of completed sales: made out to a buyer once, printed or saved as often as is asked."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.tax_document import Buyer, buyer_body, read_buyer
from pos.domain.transaction import Transaction
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.card_numbers import card_number_refused
from pos.services.copies import EReceipt, Issued, written
from pos.services.desk import Desk, Fact, record
from pos.services.papers import TAX_DOCUMENT, new_job, tax_document_of
from pos.wording import Wording
from receipts.document import Document


class TaxDocuments:
    """The tax documents of this shop's sales. `prints`: whether this workstation has a printer."""

    def __init__(self, desk: Desk, *, prints: bool) -> None:
        self._desk = desk
        self._prints = prints

    def buyer_of(self, transaction_id: str) -> Buyer | Refused | None:
        """Whom the sale's document was made out to last; None before there is one.

        Refused: NOT_SIGNED_ON, SHUT_OUT, NOT_PERMITTED.
        """
        operator = self._desk.permit(Permission.SEE_RECEIPTS)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            last = work.tax_documents.last(transaction_id)
        return None if last is None else last[1]

    def document(self, transaction_id: str) -> Document | Refused | None:
        """The document as it would be printed, in the language of the shop; None before there is one.

        Refused: NOT_SIGNED_ON, SHUT_OUT, NOT_PERMITTED.
        """
        operator = self._desk.permit(Permission.SEE_RECEIPTS)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            sale = work.transactions.get(transaction_id)
            if sale is None or work.tax_documents.last(transaction_id) is None:
                return None
            return tax_document_of(work, self._desk, sale, Wording(self._desk.rules.language))

    def check(self, typed: Buyer) -> Buyer | Refused:
        """The buyer as it would be kept; nothing is, before there is a sale to make the document out for.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, BUYER_INCOMPLETE, VAT_NUMBER_INVALID.
        """
        operator = self._desk.permit(Permission.PRINT_AGAIN)
        return operator if isinstance(operator, Refused) else read_buyer(typed)

    def make_out(self, transaction_id: str, typed: Buyer) -> Buyer | Refused:
        """Keep who bought with the sale; the same buyer again writes nothing, another one is a further issue.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, BUYER_INCOMPLETE, VAT_NUMBER_INVALID, RECEIPT_UNKNOWN,
        CARD_NUMBER_TYPED.
        """
        operator = self._desk.permit(Permission.PRINT_AGAIN)
        if isinstance(operator, Refused):
            return operator
        buyer = read_buyer(typed)
        if isinstance(buyer, Refused):
            return buyer
        refused = card_number_refused(self._desk, buyer.name, buyer.address, buyer.vat_number)
        if refused is not None:
            return refused
        with self._desk.shop.books.writing() as work:
            if work.transactions.get(transaction_id) is None:
                return Refused(Code.RECEIPT_UNKNOWN, {"receipt": transaction_id})
            last = work.tax_documents.last(transaction_id)
            if last is not None and last[1] == buyer:
                return buyer
            issue = 1 if last is None else last[0] + 1
            payload: dict[str, object] = {"issue": issue, "buyer": buyer_digest(buyer)}
            fact = Fact(EntryKind.TAX_DOCUMENT_ISSUED, self._desk.now(), operator.id, transaction_id, payload)
            head = record(work, self._desk, fact)
            work.tax_documents.add(transaction_id, issue, buyer, head)
            work.commit()
        self._desk.shop.anchor(head)
        return buyer

    def print(self, transaction_id: str) -> Issued | Refused:
        """Queue the document; a second print of the same issue is marked as a copy.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, NO_PRINTER, RECEIPT_UNKNOWN where it was made out to nobody yet.
        """
        operator = self._desk.permit(Permission.PRINT_AGAIN)
        if isinstance(operator, Refused):
            return operator
        if not self._prints:
            return Refused(Code.NO_PRINTER)
        with self._desk.shop.books.writing() as work:
            last = work.tax_documents.last(transaction_id)
            if last is None:
                return Refused(Code.RECEIPT_UNKNOWN, {"receipt": transaction_id})
            number = self._printed(work, transaction_id, last[0])
            job = new_job(
                self._desk, TAX_DOCUMENT, transaction_id=transaction_id, copy_number=number, facts=str(last[0])
            )
            work.paper_jobs.add(job)
            payload: dict[str, object] = {"document": TAX_DOCUMENT, "issue": last[0], "copy": number}
            kind = EntryKind.RECEIPT_COPIED if number else EntryKind.TAX_DOCUMENT_PRINTED
            head = record(work, self._desk, Fact(kind, self._desk.now(), operator.id, transaction_id, payload))
            work.commit()
        self._desk.shop.anchor(head)
        return Issued(job.id, number)

    def save(self, transaction_id: str, folder: Path) -> EReceipt | Refused:
        """The document as a PDF in `folder`; asking again gives the same file again.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN where it was made out to nobody yet. Raises KnownError
        FILE_UNREADABLE where the folder cannot be written.
        """
        operator = self._desk.permit(Permission.PRINT_AGAIN)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            sale = work.transactions.get(transaction_id)
            last = work.tax_documents.last(transaction_id)
            if sale is None or last is None:
                return Refused(Code.RECEIPT_UNKNOWN, {"receipt": transaction_id})
            document = tax_document_of(work, self._desk, sale, Wording(self._desk.rules.language))
        path = written(document, folder, _file_name(sale, last[0]))
        return EReceipt(path, str(sale.receipt), 0)

    def _printed(self, work: UnitOfWork, transaction_id: str, issue: int) -> int:
        """How often this issue was queued for paper already."""
        jobs = work.paper_jobs.of_transaction(transaction_id, TAX_DOCUMENT)
        return sum(1 for job in jobs if job.facts == str(issue))


def buyer_digest(buyer: Buyer) -> str:
    """What the journal says of a buyer."""
    return hashlib.sha256(buyer_body(buyer)).hexdigest()


def _file_name(sale: Transaction, issue: int) -> str:
    return f"{sale.receipt}-tax-{issue}.pdf"
