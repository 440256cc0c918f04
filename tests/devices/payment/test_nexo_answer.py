"""What an answer decides: every Result and ErrorCondition, and no exception whatever a terminal sends."""

from __future__ import annotations

import copy
import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.devices.payment.nexo_answer import card_answer, login_answer, status_answer, totals_answer
from pos.devices.payment.nexo_json import Unreadable, read
from pos.devices.payment.nexo_settings import NexoProfile, NexoSettings
from pos.domain.card_facts import ReceiptRow, ReceiptSide
from pos.domain.payment import (
    Approved,
    Declined,
    DeclinedWhy,
    InProgress,
    NotProcessed,
    NotProcessedWhy,
    Outcome,
    PayRequest,
    RefundRequest,
    ReversalRequest,
    TerminalInfo,
    TerminalTotals,
    TotalKind,
    Unknown,
    UnknownWhy,
)
from tests.devices.payment.nexo_peer import PAY, POI, answer, failure_body, payment_body, status_body

_SETTINGS = NexoSettings(NexoProfile.WESTPAY, "127.0.0.1", 1, POI, "LANE-1", Path("root.pem"))
_REVERSAL = ReversalRequest("a2", "R1", 10000, "USD", POI, "BV0q001.8816", "2026-11-22T10:00:05.000Z")
_REFUND = RefundRequest("a3", "F1", 500, "USD", POI)


def _decided(message: object, request: PayRequest | ReversalRequest | RefundRequest = PAY) -> Outcome:
    return card_answer(read(json.dumps(message).encode()), request, _SETTINGS)


def _asked(body: object, request: PayRequest = PAY, **changes: object) -> Outcome:
    message = answer("TransactionStatus", body, "Z1", **changes)
    return status_answer(read(json.dumps(message).encode()), request, "Z1", _SETTINGS)


def test_an_approval_with_all_it_says() -> None:
    outcome = _decided(answer("Payment", payment_body()))
    assert isinstance(outcome, Approved)
    assert (outcome.amount, outcome.cash_back, outcome.currency) == (8000, 2000, "USD")
    card = outcome.card
    assert (card.brand, card.masked, card.last_four) == ("visa", "411111****1111", "1111")
    assert (card.entry_mode, card.cvm, card.aid, card.approval_code) == ("ICC", "OnlinePIN", "A0000000031010", "123456")
    assert (card.merchant, card.terminal, card.acquirer_reference) == ("CORNER1", POI, "8816")
    assert (card.poi_transaction, card.poi_time) == ("BV0q001.8816", "2026-11-22T10:00:05.000Z")
    assert card.token == "T8CARD"
    assert card.extra == (("tid", "47069832"), ("95", "0080008000"), ("9B", "E800"))
    assert [paper.side for paper in outcome.receipts] == [ReceiptSide.CUSTOMER, ReceiptSide.MERCHANT]
    assert outcome.receipts[0].rows == (ReceiptRow("Corner shop", bold=True), ReceiptRow("TOTAL", "USD 100.00"))


def test_nothing_is_kept_of_a_card_that_may_not_be() -> None:
    body = payment_body()
    body["PaymentResult"]["PaymentInstrumentData"]["CardData"]["MaskedPan"] = "4111111111111111"
    body["POIData"]["POITransactionID"]["TransactionID"] = "4111111111111111"
    body["PaymentReceipt"][0]["OutputContent"]["OutputText"] = [{"Text": "name=PAN&value=4111 1111 1111 1111"}]
    outcome = _decided(answer("Payment", body))
    assert isinstance(outcome, Approved)
    bare = payment_body()
    bare["PaymentResult"]["PaymentInstrumentData"]["CardData"]["MaskedPan"] = "1234567890123"
    shown = _decided(answer("Payment", bare))
    assert isinstance(shown, Approved)
    assert shown.card.masked == "****0123"
    kept = repr(dataclasses.asdict(outcome))
    assert "4111111111111111" not in kept
    assert "4111 1111 1111 1111" not in kept
    assert "Doe" not in kept
    assert "0330" not in kept
    assert outcome.card.masked == "************1111"


@pytest.mark.parametrize("result", ["Success", "Partial"])
def test_less_is_less_whatever_it_is_called(result: str) -> None:
    body = payment_body(AuthorizedAmount=25, CashBackAmount=None)
    body["Response"]["Result"] = result
    outcome = _decided(answer("Payment", body))
    assert isinstance(outcome, Approved)
    assert (outcome.amount, outcome.cash_back) == (2500, 0)
    whole = dataclasses.replace(PAY, partial_allowed=False)
    outcome = _decided(answer("Payment", body), whole)
    assert isinstance(outcome, Unknown)
    assert outcome.why is UnknownWhy.WRONG_AMOUNT


_DECLINES = {
    "Cancel": DeclinedWhy.CANCELLED,
    "Aborted": DeclinedWhy.ABORTED,
    "Refusal": DeclinedWhy.REFUSED,
    "InvalidCard": DeclinedWhy.INVALID_CARD,
    "WrongPIN": DeclinedWhy.WRONG_PIN,
    "PaymentRestriction": DeclinedWhy.RESTRICTED,
}
_NOT_DONE = {
    "Busy": NotProcessedWhy.BUSY,
    "LoggedOut": NotProcessedWhy.LOGGED_OUT,
    "MessageFormat": NotProcessedWhy.MESSAGE_FORMAT,
    "NotAllowed": NotProcessedWhy.NOT_ALLOWED,
    "UnavailableDevice": NotProcessedWhy.DEVICE_UNAVAILABLE,
}
_OPEN = ["UnreachableHost", "InProgress", "NotFound", "DeviceOut", "InsertedCard", "UnavailableService", "", "refusal"]


@pytest.mark.parametrize("condition", _DECLINES)
def test_a_decline(condition: str) -> None:
    outcome = _decided(answer("Payment", failure_body(condition)))
    assert isinstance(outcome, Declined)
    assert (outcome.why, outcome.detail, outcome.card.last_four) == (_DECLINES[condition], condition, "1111")
    assert len(outcome.receipts) == 2
    assert outcome == _asked(status_body(failure_body(condition)))


@pytest.mark.parametrize("condition", _NOT_DONE)
def test_what_was_not_done(condition: str) -> None:
    assert _decided(answer("Payment", failure_body(condition))) == NotProcessed(_NOT_DONE[condition], condition)


@pytest.mark.parametrize("condition", _OPEN)
def test_what_stays_open(condition: str) -> None:
    outcome = _decided(answer("Payment", failure_body(condition)))
    assert isinstance(outcome, Unknown)


@pytest.mark.parametrize("result", [None, "", "success", "Failed", 1, True, [], {}])
def test_a_result_nobody_knows(result: object) -> None:
    body = payment_body()
    body["Response"]["Result"] = result
    assert isinstance(_decided(answer("Payment", body)), Unknown)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"ServiceID": "A1B2C4"}, UnknownWhy.WRONG_ATTEMPT),
        ({"ServiceID": None}, UnknownWhy.WRONG_ATTEMPT),
        ({"SaleID": "LANE-2"}, UnknownWhy.WRONG_ATTEMPT),
        ({"MessageCategory": "Reversal"}, UnknownWhy.WRONG_ATTEMPT),
        ({"POIID": "V400m-000000000"}, UnknownWhy.WRONG_TERMINAL),
        ({"MessageType": "Request"}, UnknownWhy.ANSWER_UNREADABLE),
    ],
)
def test_an_answer_to_something_else(changes: dict[str, object], why: UnknownWhy) -> None:
    outcome = _decided(answer("Payment", payment_body(), PAY.reference, **changes))
    assert isinstance(outcome, Unknown)
    assert outcome.why is why


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"AuthorizedAmount": 100.01}, UnknownWhy.WRONG_AMOUNT),
        ({"AuthorizedAmount": 0}, UnknownWhy.WRONG_AMOUNT),
        ({"AuthorizedAmount": 120, "CashBackAmount": 40}, UnknownWhy.WRONG_AMOUNT),
        ({"AuthorizedAmount": 10, "CashBackAmount": 20}, UnknownWhy.WRONG_AMOUNT),
        ({"Currency": "EUR"}, UnknownWhy.WRONG_CURRENCY),
        ({"AuthorizedAmount": None}, UnknownWhy.ANSWER_UNREADABLE),
        ({"AuthorizedAmount": "100.00"}, UnknownWhy.ANSWER_UNREADABLE),
        ({"AuthorizedAmount": 99.999}, UnknownWhy.ANSWER_UNREADABLE),
    ],
)
def test_an_answer_for_another_amount(changes: dict[str, object], why: UnknownWhy) -> None:
    outcome = _decided(answer("Payment", payment_body(PAY, **changes)))
    assert isinstance(outcome, Unknown)
    assert outcome.why is why


def test_an_answer_to_another_sale_under_this_name() -> None:
    body = payment_body(dataclasses.replace(PAY, attempt="f" * 32))
    outcome = _decided(answer("Payment", body))
    assert isinstance(outcome, Unknown)
    assert outcome.why is UnknownWhy.WRONG_ATTEMPT
    assert isinstance(outcome.answer, Approved)


def test_an_event_is_no_answer() -> None:
    event = {"EventToNotify": "Reject", "EventDetails": "message=Did not receive a request"}
    outcome = _decided({"SaleToPOIRequest": {"MessageHeader": {}, "EventNotification": event}})
    assert outcome == Unknown(UnknownWhy.UNLISTED, "Reject: message=Did not receive a request")


def test_a_reversal_takes_all_of_it_back() -> None:
    body: dict[str, Any] = {"Response": {"Result": "Success"}, "POIData": payment_body()["POIData"]}
    outcome = _decided(answer("Reversal", body, "R1"), _REVERSAL)
    assert isinstance(outcome, Approved)
    assert (outcome.amount, outcome.cash_back) == (10000, 0)
    assert isinstance(_decided(answer("Reversal", {**body, "ReversedAmount": 100}, "R1"), _REVERSAL), Approved)
    assert isinstance(_decided(answer("Reversal", {**body, "ReversedAmount": 99}, "R1"), _REVERSAL), Unknown)
    gone = {"Response": {"Result": "Failure", "ErrorCondition": "NotFound"}}
    outcome = _decided(answer("Reversal", gone, "R1"), _REVERSAL)
    assert isinstance(outcome, Declined)
    assert outcome.detail == "NotFound"


def test_a_refund_is_a_payment_the_other_way() -> None:
    as_paid = PayRequest(_REFUND.attempt, _REFUND.reference, 500, "USD", POI)
    body = payment_body(as_paid, CashBackAmount=None)
    assert isinstance(_decided(answer("Payment", body, "F1"), _REFUND), Approved)
    body = payment_body(as_paid, AuthorizedAmount=4)
    assert isinstance(_decided(answer("Payment", body, "F1"), _REFUND), Unknown)


def test_what_became_of_a_payment() -> None:
    approved = _decided(answer("Payment", payment_body()))
    assert _asked(status_body(payment_body())) == approved
    assert _asked(failure_body("InProgress")) == InProgress()
    assert _asked(failure_body("NotFound")) == NotProcessed(NotProcessedWhy.NOT_FOUND)
    for condition in ["Busy", "UnreachableHost", "Refusal", ""]:
        assert isinstance(_asked(failure_body(condition)), Unknown), "the question was turned down, not the payment"
    assert isinstance(_asked({"Response": {"Result": "Partial"}}), Unknown)
    assert isinstance(_asked({"Response": {"Result": "Success"}}), Unknown)
    assert isinstance(_asked(status_body(payment_body(), service="A1B2C4")), Unknown)
    assert isinstance(_asked(status_body(payment_body(), category="Reversal")), Unknown)
    assert isinstance(_asked(status_body(payment_body()), ServiceID="Z2"), Unknown)
    assert isinstance(_asked(status_body(payment_body(AuthorizedAmount=120))), Unknown)


def test_who_logs_in_and_what_was_counted() -> None:
    system = {
        "POISoftware": {"ApplicationName": "V400m", "SoftwareVersion": "1.2"},
        "POITerminalData": {"POISerialNumber": "346403161"},
    }
    message = answer("Login", {"Response": {"Result": "Success"}, "POISystemData": system}, "Z1")
    assert login_answer(message, "Z1", _SETTINGS) == TerminalInfo(POI, "V400m", "1.2", "346403161")
    assert isinstance(login_answer(message, "Z2", _SETTINGS), NotProcessed)
    assert isinstance(login_answer(answer("Login", failure_body("Busy"), "Z1"), "Z1", _SETTINGS), NotProcessed)
    counted = {
        "PaymentInstrumentType": "Card",
        "CardBrand": "visa",
        "PaymentCurrency": "USD",
        "PaymentTotals": [
            {"TransactionType": "Debit", "TransactionCount": 3, "TransactionAmount": 12.3},
            {"TransactionType": "ReverseDebit", "TransactionCount": 1, "TransactionAmount": 2},
            {"TransactionType": "Failed", "TransactionCount": 9, "TransactionAmount": 9},
        ],
    }
    body = {"Response": {"Result": "Success"}, "TransactionTotals": [counted]}
    totals = totals_answer(read(json.dumps(answer("GetTotals", body, "Z1")).encode()), "GetTotals", "Z1", _SETTINGS)
    assert isinstance(totals, TerminalTotals)
    assert (totals.currency, totals.balance) == ("USD", 1030)
    assert [total.kind for total in totals.totals] == [TotalKind.CHARGED, TotalKind.CHARGE_REVERSED]
    body["TransactionTotals"] = [counted, {**counted, "PaymentCurrency": "EUR"}]
    assert isinstance(totals_answer(answer("GetTotals", body, "Z1"), "GetTotals", "Z1", _SETTINGS), NotProcessed)


_JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "\x00", "4111111111111111", "Success", "Failure", "Cancel", "A" * 400, "é\n", "1e9"])
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def _paths(tree: object, at: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    children: list[tuple[object, object]] = []
    if isinstance(tree, dict):
        children = list(tree.items())
    elif isinstance(tree, list):
        children = list(enumerate(tree))
    return [path for name, child in children for path in [(*at, name), *_paths(child, (*at, name))]]


_WHOLE = answer("Payment", payment_body())
_STATUS = answer("TransactionStatus", status_body(payment_body()), "Z1")


@given(st.sampled_from(_paths(_STATUS)), _JUNK, st.booleans())
def test_no_wrong_type_anywhere_is_more_than_unknown(path: tuple[Any, ...], junk: object, taken_out: bool) -> None:
    for whole in [_STATUS, _WHOLE]:
        message = copy.deepcopy(whole)
        at: Any = message
        try:
            for name in path[:-1]:
                at = at[name]
            if taken_out:
                del at[path[-1]]
            else:
                at[path[-1]] = junk
        except (KeyError, IndexError, TypeError):
            continue
        _is_sound(json.dumps(message).encode())


@given(st.binary(max_size=2000))
def test_no_bytes_are_more_than_unreadable(frame: bytes) -> None:
    _is_sound(frame)


@given(st.integers(0, len(json.dumps(_STATUS))), st.binary(max_size=3))
def test_a_frame_cut_or_patched_anywhere(at: int, put: bytes) -> None:
    for whole in [_STATUS, _WHOLE]:
        frame = json.dumps(whole).encode()
        _is_sound(frame[:at])
        _is_sound(frame[:at] + put + frame[at + len(put) :])
        _is_sound(frame[at:] + frame[:at])


def _is_sound(frame: bytes) -> None:
    """No exception but Unreadable, and nothing approved beyond what was asked."""
    try:
        message = read(frame)
    except Unreadable:
        return
    outcomes = [card_answer(message, PAY, _SETTINGS), status_answer(message, PAY, "Z1", _SETTINGS)]
    for outcome in outcomes:
        if isinstance(outcome, Unknown):
            assert outcome.why
        if isinstance(outcome, Approved):
            assert (outcome.currency, outcome.reference, outcome.attempt) == ("USD", PAY.reference, PAY.attempt)
            assert 0 < outcome.amount <= PAY.amount
            assert 0 <= outcome.cash_back <= PAY.cash_back
    login_answer(message, "Z1", _SETTINGS)
    totals_answer(message, "GetTotals", "Z1", _SETTINGS)


_SCRAP = st.sampled_from([b"", b"\x00", b"\xff", b"{", b"}", b"[", b'"', b",", b"1e99", b"-", b"null", b"A" * 5000])


@pytest.mark.soak
@pytest.mark.timeout(1200)
@settings(max_examples=20_000, deadline=1000)
@given(st.data())
def test_twenty_thousand_spoiled_frames(data: st.DataObject) -> None:
    """Cut, doubled, swollen, patched, stripped of a branch: nothing but an answer or an Unknown, and soon."""
    whole = json.dumps(data.draw(st.sampled_from([_STATUS, _WHOLE]))).encode()
    for _ in range(data.draw(st.integers(1, 3))):
        at, end = sorted(data.draw(st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)))))
        piece = data.draw(_SCRAP | st.binary(max_size=8) | st.just(whole[at:end] * 2))
        whole = whole[:at] + piece + whole[end:]
    _is_sound(whole)
