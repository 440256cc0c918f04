"""Receipts and details in each form makers send them, and nothing in them that may not be kept."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from pos.devices.payment.nexo_card import card_facts, card_read, receipts
from pos.domain.card_facts import ReceiptRow, ReceiptSide
from pos.domain.card_reading import CardRead, CardUnread, UnreadWhy


def _paper(*lines: object, qualifier: str = "CustomerReceipt", **changes: object) -> dict[str, Any]:
    content = {"OutputFormat": "Text", "OutputText": list(lines)}
    return {"PaymentReceipt": [{"DocumentQualifier": qualifier, "OutputContent": content, **changes}]}


def _base64(tree: object) -> str:
    return base64.b64encode(json.dumps(tree).encode()).decode()


def _rows(*lines: object) -> tuple[ReceiptRow, ...]:
    (paper,) = receipts(_paper(*lines))
    return paper.rows


def test_names_and_values_stand_at_the_two_edges() -> None:
    assert _rows(
        {"Text": "key=merchant&name=Corner%20shop%20%C3%85&value=", "CharacterStyle": ["Bold"]},
        {"Text": "name=Card&value=%2A%2A%2A%2A4242&key=pan"},
        {"Text": "name=&value=9.00"},
    ) == (ReceiptRow("Corner shop Å", bold=True), ReceiptRow("Card", "****4242"), ReceiptRow("", "9.00"))


def test_plain_text_goes_on_until_its_line_ends() -> None:
    assert _rows(
        {"Text": "THANK", "EndOfLineFlag": False},
        {"Text": "YOU", "EndOfLineFlag": True},
        {"Text": "left over", "EndOfLineFlag": False},
    ) == (ReceiptRow("THANK YOU"), ReceiptRow("left over"))


def test_a_receipt_in_one_block_is_its_leaves_in_order() -> None:
    tree = {"Cardholder": {"Mandatory": {"Payment": {"Brand": "VISA", "Amount": 12.5}}, "Lines": ["a", 1, "b"]}}
    assert _rows({"Text": _base64(tree)}) == (ReceiptRow("Brand", "VISA"), ReceiptRow("Lines", "a, b"))


def test_whose_it_is_and_whether_it_is_signed() -> None:
    (paper,) = receipts(_paper({"Text": "x"}, qualifier="CashierReceipt", RequiredSignatureFlag=True))
    assert (paper.side, paper.signature) == (ReceiptSide.MERCHANT, True)
    assert receipts(_paper({"Text": "x"}, qualifier="Journal")) == ()
    assert receipts(_paper()) == ()


def test_no_receipt_is_endless_or_shows_a_number() -> None:
    (paper,) = receipts(_paper(*[{"Text": "4111 1111 1111 1111 \x1b@"}] * 1000))
    assert len(paper.rows) == 120
    assert paper.rows[0] == ReceiptRow("**** **** **** 1111  @")


@pytest.mark.parametrize("wrapped", [True, False])
def test_details_in_either_form(wrapped: bool) -> None:
    said = {"AID": "A0000000031010", "95": "0080008000", "cardHolderName": "DOE/JANE", "expiryYear": "2030", "57": "x"}
    query = "&".join(f"{name}={value}" for name, value in said.items())
    details = _base64({"additionalData": said, "message": "ok"}) if wrapped else query
    facts = card_facts({"Response": {"AdditionalResponse": details}})
    assert facts.aid == "A0000000031010"
    assert ("95", "0080008000") in facts.extra
    assert {name for name, _ in facts.extra} <= {"95", "message"}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("411111 **** 1111", "411111****1111"),
        ("************1111", "************1111"),
        ("XXXXXXXXXXXX1111", "************1111"),
        ("41111111****1111", "41111111****1111"),
        ("411111111***1111", "****1111"),
        ("4111111111111111", "************1111"),
        ("1111", "****1111"),
        ("", ""),
        ("****", ""),
        (None, ""),
        (1234567890123, "****0123"),
    ],
)
def test_how_a_number_is_kept(said: object, kept: str) -> None:
    for name in ("MaskedPAN", "MaskedPan"):
        card = {"PaymentInstrumentData": {"CardData": {name: said}}}
        assert card_facts({"PaymentResult": card}).masked == kept


def _acquired(card: dict[str, Any], details: str = "") -> CardRead | CardUnread:
    return card_read({"Response": {"AdditionalResponse": details}, "PaymentInstrumentData": {"CardData": card}})


def _token(value: object) -> dict[str, Any]:
    return {"PaymentToken": {"TokenRequestedType": "Customer", "TokenValue": value}}


def test_a_card_that_is_only_read_has_its_token_brand_and_last_digits() -> None:
    card = {"PaymentBrand": "visa", "MaskedPan": "424242 **** 4242", **_token("6FD955C2")}
    assert _acquired(card) == CardRead("6FD955C2", "visa", "424242****4242")


def test_the_alias_is_the_token_of_a_terminal_that_gives_no_other() -> None:
    assert _acquired({"PaymentBrand": "mc"}, "alias=H167852639363479&aliasType=Default") == CardRead(
        "H167852639363479", "mc"
    )
    assert _acquired(_token("T8"), "alias=H1") == CardRead("T8")


@pytest.mark.parametrize("value", ["", "4111111111111111", "T4111111111111111", "T*8", "T" * 201, "T\n8", 8, None])
def test_what_could_be_the_token_of_several_cards_or_a_number_is_none(value: object) -> None:
    assert _acquired(_token(value)) == CardUnread(UnreadWhy.NO_NAME)
    paid = card_facts({"PaymentResult": {"PaymentInstrumentData": {"CardData": _token(value)}}})
    assert paid.token == ""
