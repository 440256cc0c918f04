"""Gift receipt, slip, tax document, exempt receipt, test page: as kept, as PDF, with bars that read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pypdf
import pypdfium2
import pytest

from pos.domain.card_facts import CardFacts, ReceiptRow, ReceiptSide, TerminalReceipt
from pos.domain.gift_card import GiftCardKind
from pos.domain.tax import TaxExemption
from pos.domain.tax_document import Buyer
from pos.domain.tender import TenderKind
from pos.domain.transaction import TenderLine, Transaction
from pos.wording import LANGUAGES, Wording
from receipts import pdf
from receipts.document import Document
from receipts.paper.card_slip import CardSlip, SlipOf, card_slip
from receipts.paper.gift_card_slip import GiftCardSlip, SlipCause, gift_card_slip
from receipts.paper.gift_receipt import gift_receipt
from receipts.paper.printer_test import printer_test
from receipts.paper.sale_receipt import sale_receipt
from receipts.paper.suspended_slip import SuspendedSlip, suspended_slip
from receipts.paper.tax_document import tax_document
from receipts.plain_text import render
from tests.receipts import samples
from tests.receipts.golden import assert_golden
from tests.receipts.scanner import scan

SHOPS = {"en": (samples.USD, samples.ALDER), "cs": (samples.CZK, samples.OLSE), "sv": (samples.SEK, samples.ALEN)}
TOKEN = "B3K9X2M7QPZ4T6WA"
BUYERS = {
    "en": Buyer("Harbor Books LLC", "21 Pier Road\nPortland, OR 97209", "US"),
    "cs": Buyer("Knihkupectví Žlutý kůň s.r.o.", "Lidická 12\n602 00 Brno", "CZ", "CZ25123891"),
    "sv": Buyer("Ångströms Bokhandel AB", "Södergatan 4\n211 34 Malmö", "SE", "SE556188840401"),
}
AT = datetime(2026, 11, 21, 14, 33)  # noqa: DTZ001 - on the shop's clock


_CARD = GiftCardSlip(
    GiftCardKind.GIFT_CARD, SlipCause.REDEEMED, "•••• 0024", 2_000, 500, "USD", AT, 3, "Maya R.", "0142-03-0118"
)
CARDS = {
    "gift_card_slip": replace(_CARD, expires=date(2031, 11, 21)),
    "gift_card_new": replace(
        _CARD, cause=SlipCause.SOLD, amount=50_000, left=50_000, number="6006490000000000024", pin="4711"
    ),
    "gift_card_paid_out": replace(_CARD, cause=SlipCause.CASHED_OUT, amount=500, left=0),
    "store_credit": replace(
        _CARD, kind=GiftCardKind.STORE_CREDIT, cause=SlipCause.ISSUED, amount=3_266, left=3_266, customer="Ann Novák",
        number="6006490000000000016", pin="0815",
    ),
}  # fmt: skip


DEBIT_CARD = CardFacts(
    brand="Maestro", masked="************0077", entry_mode="ICC", cvm="OnlinePIN", aid="A0000000043060",
    approval_code="4F7K21", poi_transaction="X1",
)  # fmt: skip
_ROWS = (
    ReceiptRow("Maestro", "************0077"),
    ReceiptRow("AID", "A0000000043060"),
    ReceiptRow("AUTH", "4F7K21"),
    ReceiptRow("TOTAL", "42.90", bold=True),
)
_SLIP = CardSlip(
    SlipOf.DECLINED, TerminalReceipt(ReceiptSide.CUSTOMER, (*_ROWS[:2], ReceiptRow("DECLINED", "05", bold=True))),
    4_290, "USD", AT, 3, "7Q2ZK91XPA", "Maya R.",
)  # fmt: skip
CARD_SLIPS = {
    "card_slip_declined": _SLIP,
    "card_slip_signed": replace(
        _SLIP,
        of=SlipOf.PAID,
        receipt="0142-03-0118",
        paper=TerminalReceipt(ReceiptSide.MERCHANT, _ROWS, signature=True),
    ),
    "card_slip_reversed": replace(_SLIP, of=SlipOf.REVERSED, paper=TerminalReceipt(ReceiptSide.CUSTOMER, _ROWS)),
}


def paper(name: str, language: str) -> Document:
    sale, shop = SHOPS[language]
    words = Wording(language)
    if name == "gift_receipt":
        return gift_receipt(sale, shop, words, token=TOKEN)
    if name == "suspended_slip":
        lines = tuple((line.name, words.quantity(line.quantity)) for line in sale.lines)
        slip = SuspendedSlip(
            TOKEN, 3, sale.operator_name, AT, sale.currency, sale.total, lines, note="Eva, 777 123 456"
        )
        return suspended_slip(slip, shop, words)
    if name == "tax_document":
        return tax_document(sale, shop, words, buyer=BUYERS[language])
    if name == "sale_receipt_exempt":
        return sale_receipt(exempted(sale), shop, words, head=samples.HEAD)
    if name == "sale_receipt_card":
        return sale_receipt(on_a_card(sale), shop, words, head=samples.HEAD, cards={1: DEBIT_CARD})
    if name in CARD_SLIPS:
        return card_slip(replace(CARD_SLIPS[name], currency=sale.currency), shop, words)
    if name in CARDS:
        return gift_card_slip(replace(CARDS[name], currency=sale.currency), shop, words)
    return printer_test(shop, words, at=AT, workstation=3, profile="80mm-48-cp852", columns=42)


def on_a_card(sale: Transaction) -> Transaction:
    """The same sale paid with a debit card, and 20 of cash on top."""
    tender = TenderLine(
        TenderKind.DEBIT, sale.total, cash_back=2_000, shown=DEBIT_CARD.masked, attempt="a" * 32, id="a" * 32, tender=1
    )
    return replace(sale, rounding=0, paid=sale.total, change=0, tenders=(tender,))


def exempted(sale: Transaction) -> Transaction:
    """The same sale to somebody with a certificate: every line comes to its net."""
    lines = tuple(
        replace(line, tax=0, total=line.net, taxes=tuple(tax._replace(amount=0) for tax in line.taxes))
        for line in sale.lines
    )
    net = sum(line.net for line in lines)
    tenders = (replace(sale.tenders[0], amount=net),)
    exemption = TaxExemption("EX 4711", "200")
    sums = replace(sale, net=net, tax=0, total=net, rounding=0, paid=net, change=0, exemption=exemption)
    return replace(sums, lines=lines, tenders=tenders)


NAMES = (
    *("gift_receipt", "suspended_slip", "tax_document", "sale_receipt_exempt", "sale_receipt_card"),
    *CARD_SLIPS,
    *CARDS,
    "printer_test",
)


@pytest.mark.parametrize("columns", [42, 48])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES[:-1])
def test_paper_as_text_is_as_kept(name: str, language: str, columns: int) -> None:
    assert_golden(f"{name}_{language}_{columns}.txt", render(paper(name, language), columns))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_gift_receipt_names_no_amount_of_the_sale(language: str) -> None:
    sale, _ = SHOPS[language]
    text = render(paper("gift_receipt", language), 48)
    words = Wording(language)
    for line in sale.lines:
        for amount in (line.unit_price, line.extended, line.total):
            assert f"{amount / 100:.2f}" not in text
            assert f"{amount / 100:.2f}".replace(".", ",") not in text
    assert sale.token not in text
    assert words.say("TOTAL") not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_says_the_same_and_its_bars_read(name: str, language: str) -> None:
    document = paper(name, language)
    made = pdf.render(document)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(made)).pages)
    squeezed = "".join(text.split())
    for row in render(document, pdf.COLUMNS).splitlines():
        for word in row.split():
            if "||" not in row and set(word) != {"-"}:
                assert word in squeezed, word
    picture = pypdfium2.PdfDocument(made)[0].render(scale=3).to_pil()
    prefixes = {
        "gift_receipt": ["KG"],
        "suspended_slip": ["KS"],
        "printer_test": ["KASSA-"],
        "sale_receipt_exempt": ["KR"],
        "sale_receipt_card": ["KR"],
        "gift_card_new": ["600649"],
        "store_credit": ["600649"],
    }
    expected = prefixes.get(name, [])
    assert [code[: len(prefix)] for code, prefix in zip(scan(picture), expected, strict=True)] == expected
