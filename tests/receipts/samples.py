"""Fixed sales in several currencies and languages, as they would have been stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from pos.domain.discount import Discount, DiscountSource
from pos.domain.money import Quantity, Unit, divide_half_up, extend
from pos.domain.tax import MILLION, LineTax
from pos.domain.tender import TenderKind
from pos.domain.transaction import JournalHead, ReceiptNumber, SaleLine, TenderLine, Transaction, TransactionKind
from receipts.paper.shop_face import ShopFace

HEAD = JournalHead(workstation=3, sequence=118, mac="9f3a5b0c77d1e24486aa0b1c2d3e4f50" * 2)


@dataclass(frozen=True)
class Sold:
    """One line of a sample: what, how many thousandths, unit price and discount in minor units, tax rate."""

    name: str
    thousandths: int
    unit_price: int
    rate: int = 0
    unit: Unit = Unit.PIECE
    discount: int = 0


def line_of(number: int, sold: Sold, *, hold_tax: bool) -> SaleLine:
    quantity = Quantity(sold.thousandths, sold.unit)
    extended = extend(sold.unit_price, quantity)
    charged = extended - sold.discount
    whole = MILLION + sold.rate if hold_tax else MILLION
    tax = divide_half_up(charged * sold.rate, whole)
    net = charged - tax if hold_tax else charged
    return SaleLine(
        line=number,
        item=f"item-{number}",
        name=sold.name,
        scanned=f"952000000{number:03d}5",
        department="",
        quantity=quantity,
        unit_price=sold.unit_price,
        extended=extended,
        discount=sold.discount,
        discounts=(Discount(DiscountSource.RECEIPT, "sample", sold.discount),) if sold.discount else (),
        net=net,
        tax=tax,
        total=net + tax,
        taxes=(LineTax(f"t{sold.rate}", sold.rate, net, tax),),
        operator="200",
    )


def sale_of(
    *sold: Sold,
    currency: str,
    handed: int,
    hold_tax: bool = False,
    step: int = 1,
    operator: str = "Maya R.",
    offset: int = -300,
) -> Transaction:
    lines = tuple(line_of(number, entry, hold_tax=hold_tax) for number, entry in enumerate(sold, start=1))
    total = sum(line.total for line in lines)
    rounded = divide_half_up(total, step) * step
    return Transaction(
        id="0192f0c1-0000-7000-8000-000000000118",
        kind=TransactionKind.SALE,
        receipt=ReceiptNumber("0142", 3, 118),
        at=datetime(2026, 11, 21, 19, 33, 5, tzinfo=UTC),
        utc_offset_minutes=offset,
        business_day=date(2026, 11, 21),
        operator="200",
        operator_name=operator,
        till="till-3",
        customer=None,
        currency=currency,
        rules_version=1,
        prices_hold_tax=hold_tax,
        token="7Q4MZC2KX9DWP3RT",
        subtotal=sum(line.extended for line in lines),
        discount=sum(line.discount for line in lines),
        net=sum(line.net for line in lines),
        tax=sum(line.tax for line in lines),
        total=total,
        rounding=rounded - total,
        paid=rounded,
        change=handed - rounded,
        lines=lines,
        tenders=(TenderLine(TenderKind.CASH, handed, tender=1),),
    )


ALDER = ShopFace(
    name="Alder & Co.",
    header=("Store 0142 · Harbor Street 8", "Portland"),
    policy=("Returns: 30 days with this receipt",),
    footer=("Thank you for your visit",),
)
OLSE = ShopFace(
    name="U Olše",
    header=("Přístavní 8, 170 00 Praha 7", "IČO 12345679"),
    vat_number="CZ12345679",
    policy=("Vrácení zboží do 30 dnů s touto účtenkou",),
    footer=("Děkujeme za váš nákup",),
)
ALEN = ShopFace(
    name="Alen & Bror AB",
    header=("Hamngatan 8, 411 14 Göteborg", "Org.nr 556677-8899"),
    vat_number="SE556677889901",
    policy=("Öppet köp 30 dagar mot kvitto",),
    footer=("Tack för ditt besök, välkommen åter",),
)

USD = sale_of(
    Sold("Merino crew sweater", 1000, 6400, 72_500, discount=1280),
    Sold("Ceramic mug 350 ml", 3000, 950, 72_500, discount=950),
    Sold("Honeycrisp apples", 1284, 299, 0, Unit.LB),
    Sold("Oat soap bar", 2000, 525, 72_500),
    Sold("Pour-over kettle 1 L with thermometer and spare filter set", 1000, 4500, 72_500),
    currency="USD",
    handed=16000,
)
CZK = sale_of(
    Sold("Rohlík", 12_000, 350, 120_000),
    Sold("Jablka Šampion", 1355, 3490, 120_000, Unit.KG),
    Sold("Kolumbijská zrnková káva výběrová pražená 1 kg", 1000, 128_990, 120_000, discount=12_899),
    Sold("Těžítko “Žižkov” – skleněné", 1000, 24_950, 210_000),
    Sold("Kniha Příběhy řeky", 1000, 34_900, 0),
    currency="CZK",
    handed=200_000,
    hold_tax=True,
    step=100,
    operator="Jiří Dvořák",
    offset=60,
)
SEK = sale_of(
    Sold("Kanelbulle", 4000, 2250, 120_000),
    Sold("Räksmörgås à la maison", 1000, 11_950, 120_000),
    Sold("Äpple Åkerö", 862, 3490, 120_000, Unit.KG),
    Sold("Tygväska", 1000, 4995, 250_000, discount=1000),
    currency="SEK",
    handed=50_000,
    hold_tax=True,
    step=100,
    operator="Åsa Öberg",
    offset=60,
)
JPY = sale_of(
    Sold("抹茶ラテ アイス トールサイズ テイクアウト用 期間限定", 2000, 520, 100_000),
    Sold("Onigiri (sake)", 3000, 180, 80_000),
    currency="JPY",
    handed=2000,
    offset=540,
)
KWD = sale_of(
    Sold("Dates Medjool", 1250, 3750, 0, Unit.KG),
    Sold("Cardamom coffee", 1000, 1_234_500, 50_000),
    currency="KWD",
    handed=1_500_000,
    offset=180,
)
# One paper that no code page spells: Czech and Swedish names under each other.
MIXED = sale_of(
    Sold("Řeřicha", 1000, 2990, 120_000),
    Sold("Äpple Åkerö", 1000, 3490, 120_000),
    Sold("Smörgås s křenem", 1000, 8990, 120_000),
    Sold("Plain bread", 1000, 3990, 120_000),
    currency="CZK",
    handed=20_000,
    hold_tax=True,
    step=100,
    operator="Jiří Åström",
    offset=60,
)
