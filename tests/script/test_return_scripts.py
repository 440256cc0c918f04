"""The scripts of returns play every rule of the trade the page lists, and every code a return may answer with."""

from __future__ import annotations

import re

import pytest

from tests.house import tree

PAGE = "docs/return-scripts.md"
FOLDER = tree.ROOT / "tests/lanes/returns"
SCRIPTS = {file.stem: file.read_text("utf-8") for file in sorted(FOLDER.glob("*.yaml"))}
# How many sentences each part of the list has.
LISTED = {1: 18, 2: 11, 3: 6, 4: 6, 5: 7, 6: 9, 7: 5, 10: 9, 11: 4}
CODES = """
WINDOW_EXPIRED RECEIPT_REQUIRED NO_RECEIPT_LIMIT NO_RECEIPT_COUNT ID_REQUIRED FINAL_SALE NON_RETURNABLE_CATEGORY
OPENED_NOT_RETURNABLE CONDITION_NOT_ACCEPTED SERIAL_MISMATCH QTY_EXCEEDS_SOLD ALREADY_RETURNED REFUND_EXCEEDS_PAID
TENDER_NOT_ALLOWED CHECK_HOLD BAD_CHECK_OUTSTANDING CASH_LIMIT DRAWER_INSUFFICIENT PROMO_SET_INCOMPLETE EXCHANGE_LIMIT
GIFT_CARD_LIMIT CARD_UNAVAILABLE MISSING_UPC NO_RECEIPT LATE_STORE_CREDIT EXCHANGE_ONLY EXCHANGE_INCOMPLETE
NO_RETURN_RIGHT STATUTORY_NO_POSTING STATUTORY_DEFECT STATUTORY_WITHDRAWAL PROMO_RECALCULATED TAX_NOT_REFUNDABLE
VOID_BEFORE_SETTLEMENT GIFT_CARD_USED SERIAL_REQUIRED APPROVAL_EXPIRED APPROVAL_USED APPROVAL_DOES_NOT_COVER
RESTOCKING_FEE REWARD_CLAWBACK GIFT_RECEIPT MISSING_PARTS REBATE_PAID OTHER_SELLER GOODWILL_LIMIT RETURN_AMOUNT_LIMIT
""".split()


def rows() -> list[list[str]]:
    table = [line for line in tree.text(PAGE).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table[2:]]


def test_every_sentence_of_the_list_is_in_the_table() -> None:
    listed = {f"{part}.{number}" for part, most in LISTED.items() for number in range(1, most + 1)}

    assert {row[0] for row in rows()} == listed | {"2"}


def test_the_table_names_every_script_and_no_other() -> None:
    named = {name for row in rows() for name in re.findall(r"`(\w+)`", row[3])}

    assert named == set(SCRIPTS)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0]} {row[1]}")
def test_a_kind_of_rule_the_table_names_stands_in_its_scripts(row: list[str]) -> None:
    scripts = "".join(SCRIPTS[name] for name in re.findall(r"`(\w+)`", row[3]))
    for said in re.findall(r"`([^`]+)`", row[2]):
        for word in re.findall(r"\w+", said):
            assert re.search(rf"\b{word}\b", scripts), (word, row)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_the_answer_somewhere(code: str) -> None:
    assert any(re.search(rf"(code|refused): {code}\b", text) for text in SCRIPTS.values())
