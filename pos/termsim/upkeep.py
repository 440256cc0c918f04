"""What a terminal answers beside money: log in and out, how it is, what became of a request, totals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pos import VERSION
from pos.termsim.bank import Bank, Entry, Key, Posting
from pos.termsim.messages import Request, answer_frame, failure, moment
from pos.termsim.wire import Json, part, text

if TYPE_CHECKING:
    from pos.termsim.terminal import Terminal

_OK: Json = {"Response": {"Result": "Success"}}
_TYPES = {Posting.APPROVED: "Debit", Posting.REFUNDED: "Credit", Posting.REVERSED: "ReverseDebit"}
_HEALTH: Json = {"GlobalStatus": "OK", "CommunicationOKFlag": True, "CardReaderOKFlag": True, "PEDOKFlag": True}


def status(bank: Bank, request: Request, running: Key | None) -> Json:
    """What became of another request: its answer once more, not ended yet, or never heard of."""
    reference = part(request.body, "MessageReference")
    key = Key(
        text(reference, "SaleID") or request.key.sale_id,
        text(reference, "POIID") or request.key.poi_id,
        text(reference, "ServiceID"),
    )
    if running is not None and (running == key or not key.service_id):
        return {**failure("InProgress"), "MessageReference": reference}
    entry = bank.answered(key, text(reference, "MessageCategory"))
    if entry is None:
        return {**failure("NotFound"), "MessageReference": reference}
    with_papers = request.body.get("ReceiptReprintFlag") is True
    return {**_OK, "MessageReference": reference, "RepeatedMessageResponse": _repeated(entry, with_papers=with_papers)}


def _repeated(entry: Entry, *, with_papers: bool) -> Json:
    name = f"{entry.category}Response"
    response = part(entry.answer, name)
    if not with_papers:
        response = {field: value for field, value in response.items() if field != "PaymentReceipt"}
    return {
        "MessageHeader": part(entry.answer, "MessageHeader"),
        "RepeatedResponseMessageBody": {name: response},
    }


def _log_in(terminal: Terminal, request: Request) -> Json:
    terminal.logged_in, terminal.sale_id = True, request.key.sale_id
    software = {
        "ManufacturerID": "Kassa",
        "ApplicationName": "termsim",
        "SoftwareVersion": VERSION,
        "CertificationCode": "",
    }
    poi = {
        "DateTime": moment(terminal.skew_seconds),
        "POISoftware": software,
        "POIStatus": _HEALTH,
        "POITerminalData": {
            "TerminalEnvironment": "Attended",
            "POICapabilities": ["CustomerDisplay", "MagStripe", "ICC", "EMVContactless"],
            "POISerialNumber": terminal.poi_id.rpartition("-")[2],
        },
    }
    return {**_OK, "POISystemData": poi}


def _log_out(terminal: Terminal, request: Request) -> Json:
    del request
    terminal.logged_in, terminal.sale_id = False, ""
    return _OK


def _diagnosis(terminal: Terminal, request: Request) -> Json:
    answer: Json = {**_OK, "LoggedSaleID": [terminal.sale_id] if terminal.sale_id else [], "POIStatus": _HEALTH}
    if request.body.get("HostDiagnosisFlag") is True:
        answer["HostStatus"] = [{"AcquirerID": "KassaTestBank", "IsReachableFlag": True}]
    return answer


def _totals(terminal: Terminal, request: Request) -> Json:
    del request
    period = terminal.bank.period
    return {**_OK, "POIReconciliationID": str(period), "TransactionTotals": _sums(terminal.bank, period)}


def _reconcile(terminal: Terminal, request: Request) -> Json:
    """Close the period and say what was in it; `PreviousReconciliation` says an earlier one again."""
    bank, kind = terminal.bank, text(request.body, "ReconciliationType")
    with bank.lock:
        before = bank.reconciled(request.key)
        if before is not None:
            return part(before.answer, "ReconciliationResponse")
        period = bank.period
        if kind == "PreviousReconciliation":
            named = text(request.body, "POIReconciliationID") or str(period - 1)
            if not named.isdecimal() or not 0 < int(named) < period:
                return failure("NotFound")
            period = int(named)
        answer: Json = {
            **_OK,
            "ReconciliationType": kind or "SaleReconciliation",
            "POIReconciliationID": str(period),
            "TransactionTotals": _sums(bank, period),
        }
        if kind != "PreviousReconciliation":
            bank.write(
                Entry(
                    posting=Posting.RECONCILED,
                    key=request.key,
                    category=request.category,
                    digest=request.digest,
                    at=moment(terminal.skew_seconds),
                    answer=answer_frame(request, answer),
                    period=period,
                )
            )
    return answer


def _sums(bank: Bank, period: int) -> list[Json]:
    """One entry a brand and currency, with its charges, refunds and reversals."""
    sums: dict[tuple[str, str], list[Json]] = {}
    for brand, currency, posting, count, amount in bank.totals(period):
        line: Json = {"TransactionType": _TYPES[posting], "TransactionCount": count, "TransactionAmount": amount}
        sums.setdefault((brand, currency), []).append(line)
    return [
        {
            "PaymentInstrumentType": "Card",
            "AcquirerID": "KassaTestBank",
            "CardBrand": brand,
            "PaymentCurrency": currency,
            "PaymentTotals": lines,
        }
        for (brand, currency), lines in sums.items()
    ]


SERVICES: dict[str, Callable[[Terminal, Request], Json]] = {
    "Login": _log_in,
    "Logout": _log_out,
    "Diagnosis": _diagnosis,
    "GetTotals": _totals,
    "Reconciliation": _reconcile,
}
