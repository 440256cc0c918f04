"""What is asked of a nexo terminal, as the messages of nexo Retailer 3 have it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pos.devices.payment.nexo_json import Tree, decimal
from pos.devices.payment.nexo_settings import NexoProfile, NexoSettings
from pos.domain.payment import CardKind, PayRequest, RefundRequest, ReversalReason, ReversalRequest, TerminalRequest

_REASONS = {
    ReversalReason.CUSTOMER_CANCEL: "CustCancel",
    ReversalReason.MERCHANT_CANCEL: "MerchantCancel",
    ReversalReason.MALFUNCTION: "Malfunction",
    ReversalReason.UNABLE_TO_COMPLETE: "Unable2Compl",
    ReversalReason.SUSPECTED_FRAUD: "SuspectedFraud",
}

# The card's name in the shop's books: the same card has the same one, and its number cannot be had from it.
_TOKEN_WANTED = {"TokenRequestedType": "Customer"}


def category_of(request: TerminalRequest, settings: NexoSettings) -> str:
    """The MessageCategory a request travels under: Payment or Reversal."""
    if isinstance(request, ReversalRequest) or _is_reversal_of_amount(request, settings):
        return "Reversal"
    return "Payment"


def card_message(request: TerminalRequest, settings: NexoSettings, *, made: str) -> Tree:
    """The message that charges, refunds or reverses. Its ServiceID is the request's reference."""
    category = category_of(request, settings)
    body = _payment(request, settings, made) if category == "Payment" else _reversal(request, settings, made)
    return message(category, request.reference, body, settings)


def login_message(service: str, settings: NexoSettings, *, now: datetime) -> Tree:
    """Makes this workstation known to the terminal."""
    software = {"ManufacturerID": "Kassa", "ApplicationName": "Kassa", "SoftwareVersion": "1", "CertificationCode": "-"}
    body = {
        "DateTime": time_text(now),
        "SaleSoftware": software,
        "SaleTerminalData": {
            "TerminalEnvironment": "Attended",
            "SaleCapabilities": ["CashierStatus", "CashierError", "PrinterReceipt"],
        },
        "OperatorLanguage": "en",
    }
    return message("Login", service, body, settings)


def abort_message(request: TerminalRequest, service: str, settings: NexoSettings) -> Tree:
    """Asks the terminal to stop a request."""
    body = {"MessageReference": _reference(request, settings), "AbortReason": "MerchantAbort"}
    return message("Abort", service, body, settings)


def acquisition_message(service: str, settings: NexoSettings, *, now: datetime) -> Tree:
    """Asks for a card to be read, and for the token that stands for it; no amount, so that nothing can be charged."""
    sale = {"SaleTransactionID": {"TransactionID": service, "TimeStamp": time_text(now)}, **_TOKEN_WANTED}
    return message("CardAcquisition", service, {"SaleData": sale, "CardAcquisitionTransaction": {}}, settings)


def stop_acquisition_message(acquisition: str, service: str, settings: NexoSettings) -> Tree:
    """Asks the terminal to wait for a card no longer; `acquisition` is the ServiceID that asked for it."""
    reference = {"MessageCategory": "CardAcquisition", "SaleID": settings.sale, "ServiceID": acquisition}
    return message("Abort", service, {"MessageReference": reference, "AbortReason": "MerchantAbort"}, settings)


def release_message(service: str, settings: NexoSettings) -> Tree:
    """Ends what a card acquisition began: the terminal holds the card for a payment that never comes."""
    return message("EnableService", service, {"TransactionAction": "AbortTransaction"}, settings)


def status_message(request: TerminalRequest, service: str, settings: NexoSettings) -> Tree:
    """Asks what became of a request."""
    body = {
        "MessageReference": _reference(request, settings),
        "ReceiptReprintFlag": True,
        "DocumentQualifier": ["CashierReceipt", "CustomerReceipt"],
    }
    return message("TransactionStatus", service, body, settings)


def totals_message(service: str, settings: NexoSettings, *, end_period: bool) -> Tree:
    """Asks for the totals, and with `end_period` for a reconciliation."""
    if end_period:
        return message("Reconciliation", service, {"ReconciliationType": "SaleReconciliation"}, settings)
    return message("GetTotals", service, {}, settings)


def message(category: str, service: str, body: Tree, settings: NexoSettings) -> Tree:
    """A request of this category, with its header."""
    header = {
        "ProtocolVersion": settings.protocol_version,
        "MessageClass": "Service",
        "MessageCategory": category,
        "MessageType": "Request",
        "ServiceID": service,
        "SaleID": settings.sale,
        "POIID": settings.poi,
    }
    return {"SaleToPOIRequest": {"MessageHeader": header, f"{category}Request": body}}


def _payment(request: TerminalRequest, settings: NexoSettings, made: str) -> Tree:
    sale: dict[str, Any] = {"SaleTransactionID": _sale_transaction(request, made), **_TOKEN_WANTED}
    adyen = settings.profile is NexoProfile.ADYEN_LOCAL
    amounts = _amounts(request)
    if isinstance(request, PayRequest) and request.partial_allowed and not adyen:
        # nexo's own way to say that any part will do; Adyen has words of its own for it.
        amounts["MinimumAmountToDeliver"] = decimal(1, request.currency)
    transaction: dict[str, Any] = {"AmountsReq": amounts}
    if isinstance(request, PayRequest):
        kind = "Normal"
        if adyen:
            options = ["ReceiptHandler", *(["AllowPartialAuthorisation"] if request.partial_allowed else [])]
            sale["SaleToAcquirerData"] = f"tenderOption={','.join(options)}"
        if request.kind is CardKind.DEBIT:
            transaction["TransactionConditions"] = {"DebitPreferredFlag": True}
        elif request.keyed:
            transaction["TransactionConditions"] = {"ForceEntryMode": ["Keyed"]}
    else:
        kind = "Refund"
        if adyen:
            sale["SaleToAcquirerData"] = "tenderOption=ReceiptHandler"
        if request.original_transaction:
            transaction["OriginalPOITransaction"] = _original(request, settings)
    return {"SaleData": sale, "PaymentTransaction": transaction, "PaymentData": {"PaymentType": kind}}


def _amounts(request: TerminalRequest) -> dict[str, Any]:
    if not isinstance(request, PayRequest):
        return {"Currency": request.currency, "RequestedAmount": decimal(request.amount, request.currency)}
    # The amount requested includes the cash.
    amounts: dict[str, Any] = {
        "Currency": request.currency,
        "RequestedAmount": decimal(request.charged, request.currency),
    }
    if request.cash_back:
        amounts["CashBackAmount"] = decimal(request.cash_back, request.currency)
    return amounts


def _reversal(request: TerminalRequest, settings: NexoSettings, made: str) -> Tree:
    assert not isinstance(request, PayRequest)
    reason = request.reason if isinstance(request, ReversalRequest) else ReversalReason.MERCHANT_CANCEL
    sale: dict[str, Any] = {"SaleTransactionID": _sale_transaction(request, made)}
    if settings.profile is NexoProfile.ADYEN_LOCAL:
        sale["SaleToAcquirerData"] = f"currency={request.currency}"
    return {
        "SaleData": sale,
        "OriginalPOITransaction": _original(request, settings),
        "ReversalReason": _REASONS[reason],
        "ReversedAmount": decimal(request.amount, request.currency),
    }


def _is_reversal_of_amount(request: TerminalRequest, settings: NexoSettings) -> bool:
    return isinstance(request, RefundRequest) and bool(request.original_transaction) and settings.refunds_by_reversal


def _original(request: RefundRequest | ReversalRequest, settings: NexoSettings) -> Tree:
    return {
        "POITransactionID": {"TransactionID": request.original_transaction, "TimeStamp": request.original_time},
        "SaleID": settings.sale,
        "POIID": settings.poi,
    }


def _reference(request: TerminalRequest, settings: NexoSettings) -> Tree:
    return {
        "MessageCategory": category_of(request, settings),
        "SaleID": settings.sale,
        "ServiceID": request.reference,
    }


def _sale_transaction(request: TerminalRequest, made: str) -> Tree:
    return {"TransactionID": request.attempt, "TimeStamp": made}


def time_text(now: datetime) -> str:
    """A moment as messages write it."""
    return now.isoformat(timespec="milliseconds")
