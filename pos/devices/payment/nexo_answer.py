"""What a nexo terminal's answer decides. Only a readable, final answer to exactly this request decides anything."""

from __future__ import annotations

from pos.devices.payment.nexo_card import card_facts, card_read, receipts
from pos.devices.payment.nexo_json import Tree, Unreadable, amount, branch, exact, listed, plain, text
from pos.devices.payment.nexo_request import category_of
from pos.devices.payment.nexo_settings import NexoSettings
from pos.domain.card_reading import CardRead, CardUnread, UnreadWhy
from pos.domain.payment import (
    Approved,
    BrandTotal,
    Declined,
    DeclinedWhy,
    Final,
    InProgress,
    NotProcessed,
    NotProcessedWhy,
    Outcome,
    PayRequest,
    TerminalInfo,
    TerminalRequest,
    TerminalTotals,
    TotalKind,
    Unknown,
    UnknownWhy,
    answers,
)

_DECLINED = {
    "Cancel": DeclinedWhy.CANCELLED,
    "Aborted": DeclinedWhy.ABORTED,
    "Refusal": DeclinedWhy.REFUSED,
    "InvalidCard": DeclinedWhy.INVALID_CARD,
    "WrongPIN": DeclinedWhy.WRONG_PIN,
    "PaymentRestriction": DeclinedWhy.RESTRICTED,
}
_NOT_PROCESSED = {
    "Busy": NotProcessedWhy.BUSY,
    "LoggedOut": NotProcessedWhy.LOGGED_OUT,
    "MessageFormat": NotProcessedWhy.MESSAGE_FORMAT,
    "NotAllowed": NotProcessedWhy.NOT_ALLOWED,
    "UnavailableDevice": NotProcessedWhy.DEVICE_UNAVAILABLE,
}
_UNREAD = {
    "Cancel": UnreadWhy.CANCELLED,
    "Aborted": UnreadWhy.STOPPED,
    "InvalidCard": UnreadWhy.INVALID_CARD,
    "Refusal": UnreadWhy.INVALID_CARD,
    "WrongPIN": UnreadWhy.INVALID_CARD,
    "PaymentRestriction": UnreadWhy.INVALID_CARD,
    "Busy": UnreadWhy.BUSY,
    "InProgress": UnreadWhy.BUSY,
    "LoggedOut": UnreadWhy.NOT_READY,
    "UnavailableDevice": UnreadWhy.NOT_READY,
    "DeviceOut": UnreadWhy.NOT_READY,
    "NotAllowed": UnreadWhy.NOT_SUPPORTED,
    "UnavailableService": UnreadWhy.NOT_SUPPORTED,
    "MessageFormat": UnreadWhy.NOT_SUPPORTED,
}
_TOTALS = {
    "Debit": TotalKind.CHARGED,
    "Credit": TotalKind.REFUNDED,
    "ReverseDebit": TotalKind.CHARGE_REVERSED,
    "ReverseCredit": TotalKind.REFUND_REVERSED,
}
_COUNT_MAX = 10**9


class _About(ValueError):
    """The header speaks of something else; the message says of what."""

    def __init__(self, why: UnknownWhy, detail: str) -> None:
        super().__init__(detail)
        self.why = why


def card_answer(message: Tree, request: TerminalRequest, settings: NexoSettings) -> Final:
    """What an answer to a payment, refund or reversal decides. Never raises: what cannot be read is Unknown."""
    try:
        body = _body(message, category_of(request, settings), request.reference, settings)
        return _final(answers(request, _decided(body, request, settings)))
    except _About as error:
        return Unknown(error.why, str(error))
    except Unreadable as error:
        return Unknown(UnknownWhy.ANSWER_UNREADABLE, str(error))


def status_answer(message: Tree, request: TerminalRequest, service: str, settings: NexoSettings) -> Outcome:
    """What an answer to a status query says of the request. Never raises."""
    try:
        body = _body(message, "TransactionStatus", service, settings)
        result, condition = _result(body)
        if result == "Failure":
            return _not_repeated(condition)
        if result != "Success":
            return Unknown(UnknownWhy.UNLISTED, plain(f"{result} {condition}"))
        repeated = branch(body, "RepeatedMessageResponse")
        category = category_of(request, settings)
        _about(branch(repeated, "MessageHeader"), category, request.reference, settings)
        answer = branch(repeated, "RepeatedResponseMessageBody").get(f"{category}Response")
        if not isinstance(answer, dict):
            raise Unreadable(f"no {category}Response repeated")
        return answers(request, _decided(answer, request, settings))
    except _About as error:
        return Unknown(error.why, str(error))
    except Unreadable as error:
        return Unknown(UnknownWhy.ANSWER_UNREADABLE, str(error))


def login_answer(message: Tree, service: str, settings: NexoSettings) -> TerminalInfo | NotProcessed:
    """Who answered a login. Never raises."""
    try:
        body = _body(message, "Login", service, settings)
        result, condition = _result(body)
    except (_About, Unreadable) as error:
        # Whoever it is, it is not the terminal of the settings.
        return NotProcessed(NotProcessedWhy.NOT_TRUSTED, str(error))
    if result != "Success":
        return NotProcessed(_NOT_PROCESSED.get(condition, NotProcessedWhy.NOT_ALLOWED), condition)
    system = branch(body, "POISystemData")
    software = branch(system, "POISoftware")
    return TerminalInfo(
        settings.poi,
        model=text(software, "ApplicationName"),
        software=text(software, "SoftwareVersion"),
        serial=text(branch(system, "POITerminalData"), "POISerialNumber"),
    )


def acquisition_answer(message: Tree, service: str, settings: NexoSettings) -> CardRead | CardUnread:
    """Which card was read for this question. Never raises: an answer to another one, or one in part, is no answer."""
    try:
        body = _body(message, "CardAcquisition", service, settings)
        result, condition = _result(body)
    except (_About, Unreadable) as error:
        return CardUnread(UnreadWhy.NOT_UNDERSTOOD, str(error))
    if result == "Success":
        about = exact(branch(body, "SaleData", "SaleTransactionID"), "TransactionID") or service
        return card_read(body) if about == service else CardUnread(UnreadWhy.NOT_UNDERSTOOD, "another question's")
    if result == "Failure" and condition in _UNREAD:
        return CardUnread(_UNREAD[condition], condition)
    return CardUnread(UnreadWhy.NOT_UNDERSTOOD, plain(f"{result} {condition}"))


def says_busy(message: Tree) -> bool:
    """Whether a terminal turned a question down because it is at something else. Never raises."""
    envelope = branch(message, "SaleToPOIResponse")
    bodies = (branch(envelope, name, "Response") for name in envelope if name.endswith("Response"))
    return any(text(body, "ErrorCondition") == "Busy" for body in bodies)


def totals_answer(message: Tree, category: str, service: str, settings: NexoSettings) -> TerminalTotals | NotProcessed:
    """What the terminal counted. Never raises."""
    try:
        body = _body(message, category, service, settings)
        result, condition = _result(body)
        if result != "Success":
            return NotProcessed(_NOT_PROCESSED.get(condition, NotProcessedWhy.NOT_ALLOWED), condition)
        return _totals(body, settings)
    except (_About, Unreadable) as error:
        return NotProcessed(NotProcessedWhy.NOT_REACHED, str(error))


def _body(message: Tree, category: str, service: str, settings: NexoSettings) -> Tree:
    """The body of a response of this category to this ServiceID. Raises _About and Unreadable."""
    envelope = message.get("SaleToPOIResponse")
    if not isinstance(envelope, dict):
        event = branch(message, "SaleToPOIRequest", "EventNotification")
        if event:
            said = plain(f"{text(event, 'EventToNotify')}: {text(event, 'EventDetails')}")
            raise _About(UnknownWhy.UNLISTED, said)
        raise Unreadable("no SaleToPOIResponse")
    header = branch(envelope, "MessageHeader")
    if text(header, "MessageType") != "Response":
        raise Unreadable("not a Response")
    _about(header, category, service, settings)
    body = envelope.get(f"{category}Response")
    if not isinstance(body, dict):
        raise Unreadable(f"no {category}Response")
    return body


def _about(header: Tree, category: str, service: str, settings: NexoSettings) -> None:
    """Raises _About unless a header is of this category and names this service, this workstation, this terminal."""
    if exact(header, "POIID") != settings.poi:
        raise _About(UnknownWhy.WRONG_TERMINAL, f"{text(header, 'POIID')} for {settings.poi}")
    expected = {"MessageCategory": category, "ServiceID": service, "SaleID": settings.sale}
    if any(exact(header, name) != value for name, value in expected.items()):
        said = plain(" ".join(text(header, name) for name in expected))
        raise _About(UnknownWhy.WRONG_ATTEMPT, f"{said} for {' '.join(expected.values())}")


def _result(body: Tree) -> tuple[str, str]:
    """The Result and the ErrorCondition of a body. Raises Unreadable."""
    response = branch(body, "Response")
    result = text(response, "Result")
    if not result:
        raise Unreadable("no Result")
    return result, text(response, "ErrorCondition")


def _decided(body: Tree, request: TerminalRequest, settings: NexoSettings) -> Final:
    result, condition = _result(body)
    attempt = exact(branch(body, "SaleData", "SaleTransactionID"), "TransactionID") or request.attempt
    if result in {"Success", "Partial"}:
        return _approved(body, request, settings, attempt)
    if result != "Failure":
        return Unknown(UnknownWhy.UNLISTED, plain(f"{result} {condition}"))
    # What the terminal does not know, it cannot take back.
    original_gone = condition == "NotFound" and not isinstance(request, PayRequest)
    declined = DeclinedWhy.REFUSED if original_gone else _DECLINED.get(condition)
    if declined is not None:
        return Declined(
            declined,
            attempt,
            request.reference,
            settings.poi,
            detail=condition,
            card=card_facts(body),
            receipts=receipts(body),
        )
    if condition in _NOT_PROCESSED:
        return NotProcessed(_NOT_PROCESSED[condition], condition)
    if condition == "UnreachableHost":
        return Unknown(UnknownWhy.HOST_UNREACHABLE, condition)
    return Unknown(UnknownWhy.UNLISTED, condition or "Failure")


def _approved(body: Tree, request: TerminalRequest, settings: NexoSettings, attempt: str) -> Approved:
    """What a success says was charged or given back. Raises Unreadable where it does not say it."""
    if category_of(request, settings) == "Reversal":
        # A reversal takes all of it back unless it says otherwise.
        given_back = amount(body, "ReversedAmount", request.currency)
        charged, cash_back, currency = request.amount if given_back is None else given_back, 0, request.currency
    else:
        amounts = branch(body, "PaymentResult", "AmountsResp")
        currency = text(amounts, "Currency") or request.currency
        authorised = amount(amounts, "AuthorizedAmount", currency)
        if authorised is None:
            raise Unreadable("no AuthorizedAmount")
        cash_back = amount(amounts, "CashBackAmount", currency) or 0
        charged = authorised - cash_back
    return Approved(
        charged,
        currency,
        attempt,
        request.reference,
        settings.poi,
        cash_back=cash_back,
        card=card_facts(body),
        receipts=receipts(body),
    )


def _not_repeated(condition: str) -> Outcome:
    if condition == "InProgress":
        return InProgress()
    if condition == "NotFound":
        return NotProcessed(NotProcessedWhy.NOT_FOUND)
    # It was the question that was turned down: nothing was learned of the request.
    return Unknown(UnknownWhy.UNLISTED, condition or "Failure")


def _totals(body: Tree, settings: NexoSettings) -> TerminalTotals:
    currency, counted = "", []
    for group in listed(body, "TransactionTotals"):
        if not isinstance(group, dict):
            raise Unreadable("TransactionTotals")
        said = text(group, "PaymentCurrency")
        if currency and said not in {"", currency}:
            raise Unreadable("totals in several currencies")
        currency = currency or said
        for total in listed(group, "PaymentTotals"):
            kind = _TOTALS.get(text(total, "TransactionType")) if isinstance(total, dict) else None
            if kind is not None:
                counted.append(_total(total, kind, currency, text(group, "CardBrand")))
    return TerminalTotals(settings.poi, currency, tuple(counted))


def _total(total: Tree, kind: TotalKind, currency: str, brand: str) -> BrandTotal:
    count, moved = total.get("TransactionCount"), amount(total, "TransactionAmount", currency)
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count < _COUNT_MAX or moved is None:
        raise Unreadable("PaymentTotals")
    return BrandTotal(kind, count, moved, brand)


def _final(outcome: Outcome) -> Final:
    assert not isinstance(outcome, InProgress)
    return outcome
