"""Answers that are not what really happened: told wrongly once, while the terminal's own books hold the truth."""

from __future__ import annotations

from decimal import Decimal

from pos.termsim.messages import failure
from pos.termsim.outcomes import Outcome
from pos.termsim.wire import Json, decimal, part

_OTHER = "0000000000"


def spoiled(answer: Json, outcome: Outcome) -> Json:
    """`answer` as a terminal tells it that mixes something up; as it is where the outcome asks for nothing of it."""
    if outcome.wrong_amount:
        return _other_amount(answer, outcome.told_amount)
    if outcome.host_lost:
        return _no_host(answer)
    return _other_attempt(answer) if outcome.wrong_attempt else answer


def _other_amount(answer: Json, told: Decimal | None) -> Json:
    result = part(answer, "PaymentResponse", "PaymentResult")
    amounts = part(result, "AmountsResp")
    authorised = decimal(amounts, "AuthorizedAmount")
    if authorised is None:
        return answer
    amounts = {**amounts, "AuthorizedAmount": authorised + 1 if told is None else told}
    response = {**part(answer, "PaymentResponse"), "PaymentResult": {**result, "AmountsResp": amounts}}
    return {**answer, "PaymentResponse": response}


def _no_host(answer: Json) -> Json:
    category = str(part(answer, "MessageHeader").get("MessageCategory"))
    known = part(answer, f"{category}Response")
    told: Json = {name: known[name] for name in ("SaleData", "POIData", "OriginalPOITransaction") if name in known}
    response: Json = {**failure("UnreachableHost", "HOST_UNREACHABLE"), **told}
    return {**answer, f"{category}Response": response}


def _other_attempt(answer: Json) -> Json:
    """The answer to a request that this till never made."""
    other: Json = {**answer, "MessageHeader": {**part(answer, "MessageHeader"), "ServiceID": _OTHER}}
    response = part(answer, "PaymentResponse")
    if response:
        sale = {**part(response, "SaleData")}
        sale["SaleTransactionID"] = {**part(sale, "SaleTransactionID"), "TransactionID": _OTHER}
        other["PaymentResponse"] = {**response, "SaleData": sale}
    return other
