"""An answer counts only for the request it is about, and no card number gets into what is kept."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.card_facts import (
    CardFacts,
    CardNumberShown,
    ReceiptRow,
    ReceiptSide,
    TerminalReceipt,
    TypedApproval,
    typed_wrong,
)
from pos.domain.payment import (
    Approved,
    BrandTotal,
    Declined,
    DeclinedWhy,
    InProgress,
    NotProcessed,
    NotProcessedWhy,
    PayRequest,
    RefundRequest,
    ReversalRequest,
    TerminalTotals,
    TotalKind,
    Unknown,
    UnknownWhy,
    answers,
    reference_of,
)

_PAY = PayRequest("a1", "ABC123", 8000, "USD", "T-1", cash_back=2000)
_REFUND = RefundRequest("a2", "ABC124", 500, "USD", "T-1")
_REVERSAL = ReversalRequest("a3", "ABC125", 10000, "USD", "T-1", "poi-1", "2026-11-22T10:00:00Z")
_PAPER = TerminalReceipt(ReceiptSide.CUSTOMER, (ReceiptRow("TOTAL", "100.00"),))
_WHOLE = Approved(8000, "USD", "a1", "ABC123", "T-1", cash_back=2000, receipts=(_PAPER,))
_NO = Declined(DeclinedWhy.REFUSED, "a1", "ABC123", "T-1")


@pytest.mark.parametrize(
    "outcome",
    [
        _WHOLE,
        _NO,
        dataclasses.replace(_WHOLE, amount=2500, cash_back=0),
        NotProcessed(NotProcessedWhy.BUSY),
        Unknown(UnknownWhy.LINK_LOST),
        InProgress(),
    ],
)
def test_what_is_about_the_request_stands(outcome: Approved) -> None:
    assert answers(_PAY, outcome) is outcome


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"reference": "ABC124"}, UnknownWhy.WRONG_ATTEMPT),
        ({"attempt": "a2"}, UnknownWhy.WRONG_ATTEMPT),
        ({"terminal": "T-2"}, UnknownWhy.WRONG_TERMINAL),
        ({"currency": "EUR"}, UnknownWhy.WRONG_CURRENCY),
        ({"amount": 8001}, UnknownWhy.WRONG_AMOUNT),
        ({"amount": 0}, UnknownWhy.WRONG_AMOUNT),
        ({"cash_back": 2001}, UnknownWhy.WRONG_AMOUNT),
        ({"cash_back": -1}, UnknownWhy.WRONG_AMOUNT),
    ],
)
def test_what_is_about_something_else_is_quarantined(change: dict[str, object], why: UnknownWhy) -> None:
    outcome = answers(_PAY, dataclasses.replace(_WHOLE, **change))  # type: ignore[arg-type]
    assert isinstance(outcome, Unknown)
    assert outcome.why is why
    assert isinstance(outcome.answer, Approved)
    assert outcome.answer.receipts == ()


def test_a_decline_of_another_attempt_declines_nothing() -> None:
    outcome = answers(_PAY, dataclasses.replace(_NO, attempt="a9"))
    assert isinstance(outcome, Unknown)
    assert isinstance(outcome.answer, Declined)


def test_less_is_an_answer_only_where_less_is_allowed() -> None:
    whole = dataclasses.replace(_PAY, partial_allowed=False)
    assert answers(whole, _WHOLE) is _WHOLE
    assert isinstance(answers(whole, dataclasses.replace(_WHOLE, amount=7999)), Unknown)
    assert isinstance(answers(whole, dataclasses.replace(_WHOLE, cash_back=0)), Unknown)


@pytest.mark.parametrize("request_", [_REFUND, _REVERSAL])
def test_what_is_given_back_is_given_back_whole(request_: RefundRequest | ReversalRequest) -> None:
    exact = Approved(request_.amount, "USD", request_.attempt, request_.reference, "T-1")
    assert answers(request_, exact) is exact
    assert isinstance(answers(request_, dataclasses.replace(exact, amount=request_.amount - 1)), Unknown)
    assert isinstance(answers(request_, dataclasses.replace(exact, cash_back=1)), Unknown)


@given(st.integers(-10, 10_100), st.integers(-10, 2100), st.booleans())
def test_never_more_than_was_asked(amount: int, cash_back: int, partial: bool) -> None:
    outcome = answers(
        dataclasses.replace(_PAY, partial_allowed=partial),
        dataclasses.replace(_WHOLE, amount=amount, cash_back=cash_back),
    )
    if isinstance(outcome, Approved):
        assert 0 < outcome.charged <= _PAY.charged
        assert 0 <= outcome.cash_back <= _PAY.cash_back
        assert partial or outcome.charged == _PAY.charged


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(CardFacts) if field.name != "extra"])
def test_no_field_of_a_card_takes_its_number(field: str) -> None:
    with pytest.raises(CardNumberShown, match=field):
        CardFacts(**{field: "4111 1111 1111 1111"})  # type: ignore[arg-type]
    with pytest.raises(CardNumberShown, match="extra"):
        CardFacts(extra=((field, "x4111111111111111"),))


def test_a_number_that_is_no_cards_is_masked_all_the_same() -> None:
    with pytest.raises(CardNumberShown):
        CardFacts(masked="1234567890123")
    assert CardFacts(masked="411111******1111").last_four == "1111"
    assert not CardFacts(masked="411111******").last_four


@pytest.mark.parametrize("wrong", [{"reference": "abc"}, {"reference": "Z1"}, {"reference": "A" * 11}, {"amount": 0}])
def test_a_request_no_terminal_may_see(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        dataclasses.replace(_REFUND, **wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        dataclasses.replace(_REVERSAL, original_transaction="")
    with pytest.raises(ValueError):
        dataclasses.replace(_PAY, cash_back=-1)


@given(st.uuids())
def test_a_reference_is_short_and_an_attempts_own(identity: object) -> None:
    reference = reference_of(str(identity))
    assert re.fullmatch(r"[0-9A-Y][0-9A-Z]{9}", reference)
    assert reference == reference_of(str(identity))
    PayRequest(str(identity), reference, 1, "JPY", "T-1")


def test_no_two_attempts_share_a_reference() -> None:
    assert len({reference_of(f"{number:032x}") for number in range(20_000)}) == 20_000


def test_what_a_cashier_may_type_of_a_stand_alone_terminal() -> None:
    assert TypedApproval("ABC123", "00A123", "1111").approval_code == "00A123"
    assert TypedApproval("ABC123", declined=True).declined
    assert typed_wrong("", "1111") == "approval_code"
    assert typed_wrong("4111111111111111", "1111") == "approval_code"
    assert typed_wrong("A1234", "111") == "last_four"
    assert typed_wrong("", "11", declined=True) == "last_four"
    with pytest.raises(ValueError, match="last_four"):
        TypedApproval("ABC123", "00A123", "4111111111111111")


def test_what_a_terminal_took_in() -> None:
    totals = [(TotalKind.CHARGED, 500), (TotalKind.REFUNDED, 70), (TotalKind.CHARGE_REVERSED, 30)]
    counted = tuple(BrandTotal(kind, 1, amount) for kind, amount in [*totals, (TotalKind.REFUND_REVERSED, 5)])
    assert TerminalTotals("T-1", "USD", counted).balance == 500 - 70 - 30 + 5
