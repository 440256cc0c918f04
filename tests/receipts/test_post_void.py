"""The slip of a sale that was taken back: as kept in three languages, and what marks later copies of the receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pos.domain.post_void import PostVoid, PostVoidNumber, TenderCorrection
from pos.domain.tender import TenderKind
from pos.domain.transaction import Transaction
from pos.wording import LANGUAGES, Wording
from receipts.document import Document, Mark
from receipts.paper.post_void import PostVoidSlip, post_void_slip
from receipts.paper.sale_receipt import sale_receipt
from receipts.plain_text import render
from tests.receipts import samples
from tests.receipts.golden import assert_golden

SHOPS = {"en": (samples.USD, samples.ALDER), "cs": (samples.CZK, samples.OLSE), "sv": (samples.SEK, samples.ALEN)}
DONE = PostVoid(
    PostVoidNumber("0142", 3, 1), "s", datetime(2026, 11, 21, 15, 2, tzinfo=UTC), "101", "201", "r", "rung_twice", "t"
)
SLIP = PostVoidSlip(
    DONE,
    datetime(2026, 11, 21, 16, 2),  # noqa: DTZ001 - on the shop's clock
    "Maya Reyes",
    "Dana Kim",
    own_tenders=(("swish", "Swish"),),
)


def sale_in(language: str) -> Transaction:
    return SHOPS[language][0]


def corrected(sale: Transaction) -> TenderCorrection:
    """The first tender was Swish."""
    return TenderCorrection(
        sale.id, 1, 1, sale.tenders[0].kind, "", TenderKind.OTHER, "swish", 100, "A-1", "wrong_key", "", "101",
        DONE.at, "t",
    )  # fmt: skip


def paper(language: str, copy_number: int = 0) -> Document:
    sale, shop = sale_in(language), SHOPS[language][1]
    words = Wording(language)
    return post_void_slip(sale, SLIP, (), shop, words, head=samples.HEAD, copy_number=copy_number)


@pytest.mark.parametrize("columns", [42, 48])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_is_as_kept(language: str, columns: int) -> None:
    assert_golden(f"post_void_{language}_{columns}.txt", render(paper(language), columns))


def test_a_further_slip_says_that_it_is_a_copy() -> None:
    assert paper("en", copy_number=2).blocks[0] == Mark("COPY 2")


def test_a_tender_that_was_another_goes_back_as_what_it_was() -> None:
    sale = sale_in("en")
    slip = post_void_slip(sale, SLIP, (corrected(sale),), samples.ALDER, Wording("en"))
    assert "Swish" in render(slip, 42)


def test_who_was_alone_stands_alone_on_the_slip() -> None:
    slip = post_void_slip(sale_in("en"), replace(SLIP, approver_name=""), (), samples.ALDER, Wording("en"))
    assert "Approved by" not in render(slip, 42)


def test_a_copy_of_the_receipt_says_that_the_sale_was_taken_back() -> None:
    receipt = sale_receipt(
        sale_in("en"), samples.ALDER, Wording("en"), copy_number=1, voided="0142-03-V0001", corrections=["Corrected"]
    )
    assert receipt.blocks[:2] == (Mark("COPY 1"), Mark("POST-VOIDED 0142-03-V0001"))
    assert "Corrected" in render(receipt, 42)
