"""Slips of the till and its X and Z reports: as kept, as PDF, and on a thermal printer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pypdf
import pytest

from pos.domain.day_report import DayReport, DepartmentSum, MoveSum, ReportKind, Tally, TaxSum, TenderSum
from pos.wording import LANGUAGES, Wording
from receipts import escpos, pdf
from receipts.document import Document, Mark
from receipts.paper.till_slip import TillSlip, till_slip
from receipts.paper.x_report import x_report
from receipts.paper.z_report import z_report
from receipts.plain_text import render
from receipts.printers import PROFILES
from tests.receipts import samples
from tests.receipts.golden import assert_golden

SHOPS = {"en": ("USD", samples.ALDER), "cs": ("CZK", samples.OLSE), "sv": ("SEK", samples.ALEN)}
RATES = {"en": ((88_750, None), (0, None)), "cs": ((210_000, None), (120_000, None)), "sv": ((250_000, None), (0, 25))}
AT = datetime(2026, 11, 21, 20, 5, tzinfo=UTC)
REPORT = DayReport(
    kind=ReportKind.Z,
    number=1_204,
    store="0142",
    workstation=3,
    till="t",
    rules_version=1,
    currency="USD",
    business_day=date(2026, 11, 21),
    opened_at=datetime(2026, 11, 21, 7, 2, tzinfo=UTC),
    made_at=AT,
    utc_offset_minutes=60,
    opened_by="101",
    made_by="201",
    sales=Tally(61, 1_214_64),
    net=1_120_10,
    tax=94_54,
    rounding=-7,
    exempt=Tally(1, 40_00),
    stored=Tally(2, 75_00),
    departments=(
        DepartmentSum("", 4, 12_00),
        DepartmentSum("Home and kitchen with a rather long name for paper", 41, 902_64),
        DepartmentSum("Repairs", 3, 300_00),
    ),
    tenders=(
        TenderSum("cash", "", 48, 898_30),
        TenderSum("credit", "", 11, 280_00),
        TenderSum("other", "Swish", 2, 36_34),
    ),
    opening_float=200_00,
    goods=45,
    services=3,
    first_receipt=118,
    last_receipt=178,
    drawer_openings=66,
    no_sales=2,
    copies=Tally(3, 81_20),
    returns=Tally(1, 19_90),
    refunds=(TenderSum("cash", "", 1, 10_00), TenderSum("mailed_check", "", 1, 9_90)),
    discounts=Tally(9, 44_15),
    reductions=Tally(2, 6_00),
    voided_lines=Tally(5, 31_00),
    unfinished=Tally(1, 12_30),
    suspended=Tally(1, 54_00),
    unknown=Tally(1, 23_99),
    grand_sales=98_214_64,
    grand_returns=1_119_90,
    movements=(
        MoveSum("loan", "change", 1, 40_00),
        MoveSum("paid_out", "postage", 2, -14_00),
        MoveSum("pickup", "bank", 3, -450_00),
    ),
    expected=674_30,
    counted=672_30,
    next_float=200_00,
)


def report_in(language: str) -> DayReport:
    """The same day in the currency and with the taxes of a shop of the language."""
    (first, _), (second, unit) = RATES[language]
    taxes = (TaxSum("standard", first, None, 900_00, 80_00), TaxSum("other", second, unit, 220_10, 14_54))
    back = (TaxSum("standard", first, None, 16_00, 1_42), TaxSum("other", second, None, 2_48, 0))
    return replace(REPORT, currency=SHOPS[language][0], taxes=taxes, returned_taxes=back)


def paper(name: str, language: str, copy_number: int = 0) -> Document:
    currency, shop = SHOPS[language]
    words = Wording(language)
    report = report_in(language)
    if name == "z_report":
        return z_report(report, shop, words, head=samples.HEAD, copy_number=copy_number)
    if name == "x_report":
        early = replace(report, kind=ReportKind.X, number=7, counted=None, next_float=None)
        return x_report(early, shop, words, head=samples.HEAD, copy_number=copy_number)
    slip = TillSlip(
        kind="pickup",
        number="3/118",
        workstation=3,
        operator_name="Maya Reyes",
        at=datetime(2026, 11, 21, 14, 33),  # noqa: DTZ001 - on the shop's clock
        currency=currency,
        amount=450_00,
        reason="bank",
        note="Bag 7",
    )
    return till_slip(slip, shop, words, copy_number=copy_number)


NAMES = ("till_slip", "x_report", "z_report")


@pytest.mark.parametrize("columns", [42, 48])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_paper_as_text_is_as_kept(name: str, language: str, columns: int) -> None:
    assert_golden(f"{name}_{language}_{columns}.txt", render(paper(name, language), columns))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_and_the_thermal_paper_say_the_same(name: str, language: str) -> None:
    document = paper(name, language)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf.render(document))).pages)
    squeezed = "".join(text.split())
    for row in render(document, pdf.COLUMNS).splitlines():
        for word in row.split():
            if set(word) != {"-"}:
                assert word in squeezed, word
    profile = PROFILES["80mm-48-cp852"]
    printed = escpos.render(document, profile)
    assert printed
    assert b"1204" in printed or name != "z_report" or b"1\xa0204" in printed


@pytest.mark.parametrize("name", NAMES)
def test_a_further_paper_says_that_it_is_a_copy(name: str) -> None:
    original, copy = paper(name, "en"), paper(name, "en", copy_number=2)
    assert copy.blocks[0] == Mark("COPY 2")
    assert copy.blocks[1:] == original.blocks
    assert not any(isinstance(block, Mark) for block in original.blocks)


def test_only_a_z_says_what_was_counted() -> None:
    x, z = (render(paper(name, "en"), 42) for name in ("x_report", "z_report"))
    assert "Counted" not in x
    assert "Short                                 2.00" in z
    over = z_report(replace(report_in("en"), counted=676_30), samples.ALDER, Wording("en"))
    assert "Over                                  2.00" in render(over, 42)
    even = z_report(replace(report_in("en"), counted=674_30), samples.ALDER, Wording("en"))
    assert "Over or short                         0.00" in render(even, 42)
