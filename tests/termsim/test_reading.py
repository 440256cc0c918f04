"""A card that is only read, as a till that knows nexo and nothing else asks for it."""

from __future__ import annotations

from typing import Any

from tests.termsim.raw_till import RawTill

_SALE = {"SaleTransactionID": {"TransactionID": "A-1", "TimeStamp": "2026-03-02T10:00:00Z"}}


def acquire(till: RawTill, **sale: str) -> dict[str, Any]:
    return till.ask("CardAcquisition", {"SaleData": {**_SALE, **sale}, "CardAcquisitionTransaction": {}})


def let_go(till: RawTill) -> dict[str, Any]:
    response: dict[str, str] = till.ask("EnableService", {"TransactionAction": "AbortTransaction"})["Response"]
    return response


def step(till: RawTill) -> str:
    return str(till.terminal.state()["shown"]["step"])


def test_a_card_is_read_held_and_let_go_and_no_money_moved(till: RawTill) -> None:
    entries = len(till.terminal.journal())
    read = acquire(till, TokenRequestedType="Customer")
    card = read["PaymentInstrumentData"]["CardData"]
    assert read["Response"]["Result"] == "Success"
    assert (card.get("MaskedPan") or card["MaskedPAN"]).endswith("4242")
    assert step(till) == "card_read"
    assert let_go(till)["Result"] == "Success"
    assert step(till) == "idle"
    assert len(till.terminal.journal()) == entries
    paid = till.pay("5.00")["PaymentResult"]["PaymentInstrumentData"]["CardData"]
    assert paid["PaymentToken"] == card["PaymentToken"]


def test_no_token_where_none_is_asked_for(till: RawTill) -> None:
    assert "PaymentToken" not in acquire(till)["PaymentInstrumentData"]["CardData"]
    let_go(till)


def test_nothing_is_let_go_where_nothing_is_held(till: RawTill) -> None:
    assert let_go(till)["ErrorCondition"] == "NotAllowed"
    started = till.ask("EnableService", {"TransactionAction": "StartTransaction"})
    assert started["Response"]["ErrorCondition"] == "NotAllowed"


def test_a_payment_takes_the_place_of_a_card_that_is_held(till: RawTill) -> None:
    acquire(till)
    assert till.pay("5.00")["Response"]["Result"] == "Success"
    assert step(till) != "card_read"
    assert let_go(till)["ErrorCondition"] == "NotAllowed"


def test_what_is_no_question_is_said(till: RawTill) -> None:
    assert till.ask("CardAcquisition", {})["Response"]["ErrorCondition"] == "MessageFormat"
    assert step(till) != "present_card"
