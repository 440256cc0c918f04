"""Tenders of the shop's own, and the rules every tender goes through, as a lane script plays them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.script.playing import play_text

SHOP = """\
lane: 1
shop:
  currency: SEK
  cash_rounding: "1.00"
  tender_rules:
    - {code: swish, words: Swish, asks_reference: true, alone: "500.00"}
    - {code: lunch, words: Lunch card, departments: [food], least: "10.00"}
    - {code: voucher, words: Voucher, gives_change: true}
    - {code: token, words: Book token, gives_change: true, departments: [books]}
    - {code: cash, most: "2000.00", gives_change: true, opens_drawer: true}
items:
  - {id: TEA, name: Tea, price: "59.90", category: food}
  - {id: POT, name: Pot, price: "700.00", category: home}
staff:
  - {id: "101", name: Maya, role: cashier, pin: "471100"}
  - {id: "900", name: Dana, role: manager, pin: "900155"}
operator: "101"
steps:
"""


def one(tmp_path: Path, step: str) -> dict[str, Any]:
    tmp_path.mkdir(exist_ok=True)
    return dict(play_text(tmp_path, SHOP + f"  - {step}\n").steps[-1])


def test_a_transfer_is_taken_with_its_number_and_pays_to_the_cent(tmp_path: Path) -> None:
    sale = one(tmp_path, "sale: {lines: [{item: TEA}], tenders: [{other: exact, type: swish, reference: A-17}]}")
    assert (sale["state"], sale["paid"], sale["rounding"], sale["change"]) == ("completed", "59.90", "0.00", "0.00")
    assert sale["tenders"] == [
        {"tender": 1, "kind": "other", "amount": "59.90", "card": None, "cash_back": None, "state": "taken",
         "code": None},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tender", "code"),
    [
        ("{other: 59.90, type: swish}", "REFERENCE_MISSING"),
        ("{other: 60.00, type: swish, reference: A}", "TENDER_OVER_DUE"),
        ("{other: 59.90, type: bitcoin}", "TENDER_UNKNOWN"),
        ("{other: 59.90, type: credit}", "TENDER_UNKNOWN"),
        ("{other: 5.00, type: lunch}", "TENDER_SMALL"),
        ("{other: ten, type: lunch}", "AMOUNT_INVALID"),
        ("{other: '-5', type: lunch}", "AMOUNT_INVALID"),
        ("{cash: 2000.01}", "TENDER_LIMIT"),
    ],
)
def test_what_cannot_be_taken_takes_nothing(tmp_path: Path, tender: str, code: str) -> None:
    sale = one(tmp_path, f"sale: {{lines: [{{item: TEA}}], tenders: [{tender}]}}")
    assert (sale["state"], sale["due"]) == ("open", "59.90")
    assert [(each["state"], each["code"]) for each in sale["tenders"]] == [("refused", code)]


def test_a_tender_pays_only_for_what_it_may(tmp_path: Path) -> None:
    sale = one(
        tmp_path,
        "sale: {lines: [{item: TEA}, {item: POT}], "
        "tenders: [{other: 60.00, type: lunch}, {other: exact, type: lunch}, {cash: exact}]}",
    )
    assert [each["code"] for each in sale["tenders"]] == ["TENDER_NOT_FOR", None, None]
    assert [each["amount"] for each in sale["tenders"]] == ["60.00", "59.90", "700.00"]
    assert (sale["state"], sale["rounding"]) == ("completed", "0.00")


@pytest.mark.parametrize("tender", ["{other: exact, type: lunch}", "{other: 5.00, type: lunch}"])
def test_a_tender_that_pays_for_nothing_of_the_sale_is_refused_as_that(tmp_path: Path, tender: str) -> None:
    sale = one(tmp_path, f"sale: {{lines: [{{item: POT}}], tenders: [{tender}]}}")
    assert [each["code"] for each in sale["tenders"]] == ["TENDER_NOT_FOR"]
    assert (sale["state"], sale["due"]) == ("open", "700.00")


@pytest.mark.parametrize("amount", ["exact", "100.00"])
def test_what_gives_change_pays_no_more_than_it_may_either(tmp_path: Path, amount: str) -> None:
    sale = one(tmp_path, f"sale: {{lines: [{{item: TEA}}], tenders: [{{other: {amount}, type: token}}]}}")
    assert [each["code"] for each in sale["tenders"]] == ["TENDER_NOT_FOR"]
    assert (sale["state"], sale["due"]) == ("open", "59.90")


def test_only_the_cash_part_of_a_split_is_rounded(tmp_path: Path) -> None:
    tenders = "[{other: 30.30, type: swish, reference: A}, {cash: exact}]"
    sale = one(tmp_path, f"sale: {{lines: [{{item: TEA}}], tenders: {tenders}}}")
    assert (sale["rounding"], sale["paid"], sale["change"]) == ("0.40", "60.30", "0.00")


def test_a_voucher_gives_its_change_in_cash(tmp_path: Path) -> None:
    sale = one(tmp_path, "sale: {lines: [{item: TEA}], tenders: [{other: 100.00, type: voucher}]}")
    assert (sale["state"], sale["change"], sale["rounding"]) == ("completed", "40.00", "0.10")


def test_beyond_what_is_taken_alone_a_manager_agrees_to_exactly_that(tmp_path: Path) -> None:
    lines = "lines: [{item: POT}]"
    tender = "tenders: [{other: 700.00, type: swish, reference: A}]"
    alone = one(tmp_path / "alone", f"sale: {{{lines}, {tender}}}")
    assert [each["code"] for each in alone["tenders"]] == ["TENDER_ALONE"]
    answer = 'approve: {by: "900", pin: "900155", reason: goodwill}'
    agreed = one(tmp_path / "agreed", f"sale: {{{lines}, {tender}, {answer}}}")
    assert agreed["state"] == "completed"


def test_the_books_keep_each_tender_in_its_own_account(tmp_path: Path) -> None:
    played = play_text(
        tmp_path,
        SHOP
        + "  - sale: {lines: [{item: TEA}], tenders: [{other: 30.30, type: swish, reference: A}, {cash: 50.00}]}\n"
        + "  - sale: {lines: [{item: TEA}], tenders: [{other: 100.00, type: voucher}]}\n",
    )
    end = played.only["end"]
    assert end["ledger"]["other:swish"] == "30.30"
    assert end["ledger"]["other:voucher"] == "100.00"
    assert end["till"]["takings"] == {"cash": "-10.00", "other": "130.30"}
    assert end["violations"] == []
