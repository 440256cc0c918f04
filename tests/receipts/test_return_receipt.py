"""The receipt of a return and of an exchange: as kept in three languages, its bars readable, nothing judged anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pos.domain.customer_return import CustomerReturn, ReturnLine, ReturnNumber, ReturnTender
from pos.domain.money import Quantity
from pos.domain.reasons import Reason
from pos.domain.return_decision import Deduction
from pos.domain.tax import LineTax
from pos.wording import LANGUAGES, Wording
from receipts.document import Barcode, Document, Mark
from receipts.paper.return_receipt import ReturnPaper, return_receipt
from receipts.plain_text import render
from tests.receipts import samples
from tests.receipts.golden import assert_golden

SHOPS = {"en": ("USD", samples.ALDER), "cs": ("CZK", samples.OLSE), "sv": ("SEK", samples.ALEN)}
LINES = (
    ReturnLine(
        place=0, line=1, item="KETTLE", name="Kettle 1.7 l", quantity=Quantity.pieces(2), condition="opened",
        reason="not_as_expected", disposition="open_box", serial="", unit_price=12_990, discount=2_000,
        merchandise=19_818, tax=4_162, fee=1_000, fee_tax=210, taxes=(LineTax("standard", 210_000, 19_818, 4_162),),
        deductions=(Deduction("MISSING_PARTS", 500),), rules=("R2:WINDOW_EXPIRED", "R4:RESTOCKING_FEE"),
    ),
    ReturnLine(
        place=1, line=3, item="LAMP", name="Lamp, red", quantity=Quantity.pieces(1), condition="", reason="wrong_goods",
        disposition="shelf", serial="SN-17", unit_price=5_000, discount=0, merchandise=0, tax=0, fee=0, fee_tax=0,
        instead="LAMPB", instead_name="Lamp, blue", instead_serial="SN-18",
    ),
)  # fmt: skip


def done(language: str, lines: tuple[ReturnLine, ...] = LINES) -> CustomerReturn:
    return CustomerReturn(
        id="r", number=ReturnNumber("0142", 3, 7), token="ABCDEFGHIJKLMNOP",
        at=datetime(2026, 11, 21, 15, 2, tzinfo=UTC), utc_offset_minutes=60, business_day=date(2026, 11, 21),
        operator="101", operator_name="Maya Reyes", till="t", currency=SHOPS[language][0], customer="C1", purchase="s",
        purchase_receipt="0142-03-0117", purchase_day=date(2026, 11, 2), shown_by="receipt", id_kind="passport",
        id_key="k", id_shown="4788", policy="House rules", policy_version=3, reason="", merchandise=19_818, tax=4_162,
        fee=1_000, fee_tax=210, rounding=30, refund=22_300, lines=lines,
        tenders=(
            ReturnTender("credit", 20_000, 1, card="•••• 4242", tender=1),
            ReturnTender("cash", 2_300, 2, tender=2),
        ),
        approval="a", approver="201",
    )  # fmt: skip


def paper(language: str, copy_number: int = 0, lines: tuple[ReturnLine, ...] = LINES) -> Document:
    about = ReturnPaper(done(language, lines), "Dana Kim")
    return return_receipt(about, SHOPS[language][1], Wording(language), head=samples.HEAD, copy_number=copy_number)


@pytest.mark.parametrize("columns", [42, 48])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_receipt_is_as_kept(language: str, columns: int) -> None:
    assert_golden(f"return_receipt_{language}_{columns}.txt", render(paper(language), columns))


@pytest.mark.parametrize("columns", [42, 48])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_copy_of_the_shop_has_room_for_whoever_signs(language: str, columns: int) -> None:
    words = Wording(language)
    about = ReturnPaper(
        done(language, LINES[:1]),
        "Dana Kim",
        approved=(words.approved("WINDOW_EXPIRED"), words.reason(Reason("goodwill"))),
        customer_name="Åsa Nováková",
    )
    document = return_receipt(about, SHOPS[language][1], words, head=samples.HEAD, for_shop=True)
    assert document.name == "store_slip"
    assert_golden(f"store_slip_{language}_{columns}.txt", render(document, columns))


def test_a_further_one_says_that_it_is_a_copy() -> None:
    assert paper("en", copy_number=2).blocks[0] == Mark("COPY 2")


def test_its_bars_say_the_token_and_never_the_number() -> None:
    (bars,) = (block for block in paper("en").blocks if isinstance(block, Barcode))
    assert bars == Barcode("KVABCDEFGHIJKLMNOP", caption="0142-03-R0007")


def test_goods_replaced_even_make_it_an_exchange() -> None:
    assert paper("en").name == "exchange_receipt"
    assert paper("en", lines=(replace(LINES[1], instead="", instead_name="", instead_serial=""),)).name == (
        "return_receipt"
    )
