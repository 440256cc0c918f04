"""A person's own data as one file: all the shop keeps about a customer, as the law lets them ask for."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

from pos.domain.customer_return import CustomerReturn
from pos.domain.journal import EntryKind, moment_text
from pos.domain.ledger import house_account
from pos.domain.money import minor_text
from pos.domain.purchase import Purchase
from pos.domain.refusal import Code, Refused
from pos.domain.returned_check import ReturnedRecord
from pos.domain.signature import Signer
from pos.domain.staff import Permission
from pos.domain.taken_over import TakenReturn
from pos.domain.transaction import TenderLine, Transaction
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record
from pos.services.whole_file import write_whole

_ABOUT = (
    EntryKind.CUSTOMER_ADDED,
    EntryKind.CUSTOMER_CHANGED,
    EntryKind.CUSTOMER_EXPORTED,
    EntryKind.CUSTOMER_ERASED,
)
# More than anybody buys in a life; a bound all the same.
_ALL = 1_000_000


def export_customer(desk: Desk, customer_id: str, path: Path, *, from_command_line: bool = False) -> int | Refused:
    """Write everything about one customer as JSON, and that it was asked for into the journal; answers how many
    receipts are in it.

    The file is whole or not there. `from_command_line`: whoever may use the machine's files asks, nobody is signed in.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, CUSTOMER_UNKNOWN. Raises KnownError FILE_UNREADABLE.
    """
    by = None
    if not from_command_line:
        operator = desk.permit(Permission.MANAGE_CUSTOMERS)
        if isinstance(operator, Refused):
            return operator
        by = operator.id
    with desk.shop.books.reading() as work:
        body = _everything(work, desk, customer_id)
    if body is None:
        return Refused(Code.CUSTOMER_UNKNOWN, {"customer": customer_id.strip()[:40]})
    write_whole(path, json.dumps(body, ensure_ascii=False, indent=2) + "\n")
    with desk.shop.books.writing() as work:
        head = record(work, desk, Fact(EntryKind.CUSTOMER_EXPORTED, desk.now(), by, customer_id))
        work.commit()
    desk.shop.anchor(head)
    receipts = body["receipts"]
    assert isinstance(receipts, list)
    return len(receipts)


def _everything(work: UnitOfWork, desk: Desk, customer_id: str) -> dict[str, object] | None:
    found = work.customers.get(customer_id)
    if found is None:
        return None
    sales = [work.transactions.get(sale_id) for sale_id in work.customers.sales_of(customer_id, _ALL)]
    entries = [entry for kind in _ABOUT for entry in work.journal.of_subject(customer_id, kind)]
    return {
        "shop": desk.rules.name,
        "written_at": moment_text(desk.now()),
        "customer": asdict(found),
        "points": [
            {"at": moment_text(each.at), "kind": each.move.kind.value, "points": each.move.points}
            for each in work.customers.points_of(customer_id, _ALL)
        ],
        "owed_on_account": minor_text(work.journal.house_balance(house_account(customer_id)), desk.rules.currency),
        "returned_checks": [_returned(each, desk.rules.currency) for each in work.checks.of_customer(customer_id)],
        "receipts": [_receipt(sale, work) for sale in sales if sale is not None],
        "returns": [_return(each) | _signed(work, each) for each in _returns(work, customer_id)],
        "bought_before_kassa": [_bought(each) for each in _bought_before(work, customer_id)],
        "returned_before_kassa": [_taken_back(each, desk.rules.currency) for each in _back_before(work, customer_id)],
        "changes": [
            {"at": moment_text(entry.at), "what": entry.kind.value, "fields": json.loads(entry.payload)}
            for entry in sorted(entries, key=lambda entry: entry.at)
        ],
    }


def _signed(work: UnitOfWork, done: CustomerReturn) -> dict[str, object]:
    """What the customer signed on screen for it, as it is kept."""
    strokes = work.signatures.strokes_of(done.id, Signer.CUSTOMER)
    return {"signature": strokes} if strokes else {}


def _returned(record: ReturnedRecord, currency: str) -> dict[str, object]:
    return {
        "at": moment_text(record.at),
        "receipt": record.receipt,
        "number": record.number,
        "account": record.shown,
        "amount": minor_text(record.check.amount, currency),
        "fee": minor_text(record.check.fee, currency),
        "settled_at": None if record.settled_at is None else moment_text(record.settled_at),
    }


def _tender(tender: TenderLine, currency: str) -> dict[str, object]:
    told: dict[str, object] = {"kind": tender.kind.value, "amount": minor_text(tender.amount, currency)}
    if tender.check is not None:
        check = tender.check
        told["check"] = {
            "routing": check.routing,
            "account": check.shown,
            "number": check.number,
            "written": check.written.isoformat(),
            "id_seen": check.id_seen,
        }
    return told


def _receipt(sale: Transaction, work: UnitOfWork) -> dict[str, object]:
    def money(minor: int) -> str:
        return minor_text(minor, sale.currency)

    made_out = work.tax_documents.last(sale.id)
    return {
        "receipt": str(sale.receipt),
        "at": moment_text(sale.at),
        "currency": sale.currency,
        "total": money(sale.total),
        "tax": money(sale.tax),
        "discount": money(sale.discount),
        "note": sale.note,
        "made_out_to": None if made_out is None else asdict(made_out[1]),
        "lines": [
            {
                "item": line.item,
                "name": line.name,
                "quantity": line.quantity.text(),
                "unit": line.quantity.unit.value,
                "unit_price": money(line.unit_price),
                "discount": money(line.discount),
                "total": money(line.total),
                "serials": list(line.detail.serials),
                "note": line.detail.note,
            }
            for line in sale.lines
        ],
        "tenders": [_tender(tender, sale.currency) for tender in sale.tenders],
    }


def _returns(work: UnitOfWork, customer_id: str) -> tuple[CustomerReturn, ...]:
    return work.returns.known_by(customer=customer_id, id_key="", tokens=(), since=date.min)


def _return(done: CustomerReturn) -> dict[str, object]:
    def money(minor: int) -> str:
        return minor_text(minor, done.currency)

    return {
        "number": str(done.number),
        "at": moment_text(done.at),
        "of": done.purchase_receipt,
        "shown_by": done.shown_by,
        "document": done.id_kind,
        "document_number_ends": done.id_shown,
        "reason": done.reason,
        "refund": money(done.refund),
        "lines": [
            {
                "item": line.item,
                "name": line.name,
                "quantity": line.quantity.text(),
                "condition": line.condition,
                "reason": line.reason,
                "serial": line.serial,
                "merchandise": money(line.merchandise),
                "tax": money(line.tax),
                "fee": money(line.fee),
            }
            for line in done.lines
        ],
        "tenders": [{"kind": each.kind, "amount": money(each.amount), "card": each.card} for each in done.tenders],
    }


def _bought_before(work: UnitOfWork, customer_id: str) -> list[Purchase]:
    headings = work.taken_over.by_customer(customer_id, _ALL)
    return [found for each in headings if (found := work.taken_over.get(each.id)) is not None]


def _bought(purchase: Purchase) -> dict[str, object]:
    """What another system sold, as it was taken over."""
    return {
        "receipt": purchase.receipt,
        "at": moment_text(purchase.at),
        "total": minor_text(purchase.total, purchase.currency),
        "lines": [
            {"item": line.item, "name": line.name, "quantity": line.quantity.text(), "serials": list(line.serials)}
            for line in purchase.lines
        ],
    }


def _back_before(work: UnitOfWork, customer_id: str) -> tuple[TakenReturn, ...]:
    return work.taken_over.returns_like(customer=customer_id, since=date.min)


def _taken_back(back: TakenReturn, currency: str) -> dict[str, object]:
    """What another system took back."""
    return {
        "receipt": back.receipt,
        "at": moment_text(back.at),
        "refund": minor_text(back.refund, currency),
        "document": "" if back.id_shown is None else back.id_shown.kind,
        "document_number_ends": "" if back.id_shown is None else back.id_shown.last,
        "lines": [{"item": line.item, "quantity": line.quantity.text()} for line in back.lines],
    }
