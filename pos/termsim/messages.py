"""nexo's messages, read and written: what is asked, and the frames of the answers."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from urllib.parse import parse_qsl

from pos.termsim.bank import Key
from pos.termsim.wire import Json, NotJson, decimal, json_text, part, read_json, text

_SERVICE_ID_MAX = 10
_PARTIAL = "AllowPartialAuthorisation"


class Profile(StrEnum):
    """How nexo's messages are wrapped: sealed as Adyen does it, or plain as Westpay does."""

    ADYEN = "adyen"
    WESTPAY = "westpay"


class Malformed(ValueError):
    """A message without what every message needs."""


@dataclass(frozen=True, slots=True)
class Request:
    """One message of a till. `callback`: where it wants to be told what the terminal shows."""

    category: str
    key: Key
    header: Json
    body: Json
    digest: str
    callback: str = ""


def request_of(message: Json, callback: str = "") -> Request:
    """The request in `message`. Raises Malformed."""
    asked = part(message, "SaleToPOIRequest")
    header = part(asked, "MessageHeader")
    category = text(header, "MessageCategory")
    key = Key(text(header, "SaleID"), text(header, "POIID"), text(header, "ServiceID"))
    if text(header, "MessageClass") != "Service" or text(header, "MessageType") != "Request" or not category:
        raise Malformed("header")
    if not (key.sale_id and key.poi_id and 0 < len(key.service_id) <= _SERVICE_ID_MAX):
        raise Malformed("header")
    body = part(asked, f"{category}Request")
    digest = hashlib.sha256(json_text([category, body]).encode()).hexdigest()
    return Request(category, key, header, body, digest, callback)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a till wants charged or given back. `least`: the smallest part it would take, None for all or nothing.

    `keyed`: the card's number is to be typed at the terminal, and no card is read.
    """

    amount: Decimal
    cash_back: Decimal
    currency: str
    kind: str
    original: str
    brands: tuple[str, ...] = ()
    keyed: bool = False
    least: Decimal | None = None
    sale: Json = field(default_factory=dict)


def wish_of(body: Json) -> Wish:
    """The wish of a PaymentRequest. Raises Malformed."""
    amounts = part(body, "PaymentTransaction", "AmountsReq")
    amount, currency = decimal(amounts, "RequestedAmount"), text(amounts, "Currency")
    cash_back = decimal(amounts, "CashBackAmount") or Decimal(0)
    sale = part(body, "SaleData")
    if amount is None or amount <= 0 or len(currency) != 3 or not part(sale, "SaleTransactionID"):
        raise Malformed("amount, currency or transaction")
    if not 0 <= cash_back < amount:
        raise Malformed("cash back")
    kind = text(part(body, "PaymentData"), "PaymentType") or "Normal"
    least = decimal(amounts, "MinimumAmountToDeliver")
    if least is None and _PARTIAL in _tender_options(text(sale, "SaleToAcquirerData")):
        least = Decimal(0)
    return Wish(
        amount=amount,
        cash_back=cash_back,
        currency=currency,
        kind=kind,
        original=original_of(part(body, "PaymentTransaction")),
        brands=tuple(_conditions(body, "AllowedPaymentBrand")),
        keyed=_conditions(body, "ForceEntryMode") == ["Keyed"],
        least=least,
        sale=sale,
    )


def original_of(body: Json) -> str:
    """The identity of the terminal's own transaction that a refund or reversal names."""
    return text(part(body, "OriginalPOITransaction", "POITransactionID"), "TransactionID")


def answer_frame(request: Request, response: Json) -> Json:
    """`response` under the header that belongs to the request."""
    header = {**request.header, "MessageType": "Response"}
    return {"MessageHeader": header, f"{request.category}Response": response}


def failure(condition: str, reason: str = "") -> Json:
    """The answer part that says no, in nexo's word and the terminal's own."""
    said: Json = {"Result": "Failure", "ErrorCondition": condition}
    if reason:
        said["AdditionalResponse"] = f"message={reason}&refusalReason={reason}"
    return {"Response": said}


def not_done(request: Request) -> Json:
    """The answer to something this terminal has no part for, shaped as each kind of answer is."""
    response = failure("NotAllowed", "NOT_SUPPORTED")
    if request.category == "Display":
        outputs = request.body.get("DisplayOutput")
        named = [part({"it": each}, "it") for each in outputs] if isinstance(outputs, list) else []
        return {"OutputResult": [_part_result(each, response) for each in named or [{}]]}
    if request.category == "Input":
        return {"InputResult": {**_part_result(part(request.body, "InputData"), response), "Input": {}}}
    return response


def _part_result(asked: Json, response: Json) -> Json:
    device = text(asked, "Device") or "CustomerDisplay"
    return {"Device": device, "InfoQualify": text(asked, "InfoQualify") or "Display", **response}


def rejection(poi_id: str, details: str) -> Json:
    """What a terminal says to something that is no request at all."""
    header = {
        "ProtocolVersion": "3.0",
        "MessageClass": "Event",
        "MessageCategory": "Event",
        "MessageType": "Notification",
        "POIID": poi_id,
    }
    event = {"EventToNotify": "Reject", "EventDetails": f"message={details}", "TimeStamp": moment()}
    return {"SaleToPOIRequest": {"MessageHeader": header, "EventNotification": event}}


def display(request: Request, words: str) -> Json:
    """What the terminal shows, as it tells the till."""
    header = {**request.header, "MessageClass": "Device", "MessageCategory": "Display", "MessageType": "Request"}
    shown = {
        "Device": "CashierDisplay",
        "InfoQualify": "Status",
        "OutputContent": {"OutputFormat": "Text", "OutputText": [{"Text": words}]},
    }
    return {"SaleToPOIRequest": {"MessageHeader": header, "DisplayRequest": {"DisplayOutput": [shown]}}}


def moment(skew_seconds: int = 0) -> str:
    """Now by the terminal's clock."""
    now = datetime.now(UTC) + timedelta(seconds=skew_seconds)
    return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _tender_options(acquirer: str) -> set[str]:
    """The options in SaleToAcquirerData: a query string, or JSON as it is or in base 64."""
    options = dict(parse_qsl(acquirer)).get("tenderOption", "")
    if not options:
        options = text(_json_in(acquirer), "tenderOption")
    return {each.strip() for each in options.split(",")}


def _json_in(acquirer: str) -> Json:
    for raw in (acquirer.encode(), _base64(acquirer)):
        try:
            return read_json(raw)
        except NotJson:
            continue
    return {}


def _base64(words: str) -> bytes:
    try:
        return base64.b64decode(words, validate=True)
    except ValueError:
        return b""


def _conditions(body: Json, name: str) -> list[str]:
    """What the till sets conditions about, as a list of words; empty for none."""
    wanted = part(body, "PaymentTransaction", "TransactionConditions").get(name)
    return list(map(str, wanted)) if isinstance(wanted, list) else []
