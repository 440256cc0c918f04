"""The full tax document of a sale: what a receipt says, and who bought, as a business needs it for its own books.

What stands on it: zákon č. 235/2004 Sb. § 29, mervärdesskattelagen (2023:200) 17 kap., directive 2006/112/EC art. 226.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pos.domain.money import Money
from pos.domain.tax_document import Buyer
from pos.domain.transaction import SaleLine, Transaction
from pos.wording import Wording
from receipts.document import Block, Centred, Document, Feed, Heading, Mark, Rule, Size, TextLine
from receipts.paper.shop_face import ShopFace
from receipts.paper.taxes import exemption, tax_table


def tax_document(
    sale: Transaction, shop: ShopFace, words: Wording, *, buyer: Buyer, issue: int = 1, copy_number: int = 0
) -> Document:
    """Made out to `buyer`; an `issue` above 1 takes the place of those before, every further print is marked."""
    say = words.say
    shown = sale.at + timedelta(minutes=sale.utc_offset_minutes)
    title = say("Tax document {number}", number=sale.receipt)
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(say("COPY {number}", number=copy_number)))
    blocks += [*shop.top()]
    if shop.vat_number:
        blocks.append(Centred(say("VAT no. {number}", number=shop.vat_number)))
    blocks += [Heading(say("Tax document")), TextLine(say("Number"), str(sale.receipt))]
    if issue > 1:
        blocks.append(TextLine(say("Issue {number}: takes the place of those before", number=issue)))
    day = words.short_day(shown.date())
    blocks += [TextLine(say("Date of issue"), day), TextLine(say("Date of supply"), day), Rule(), *_buyer(buyer, words)]
    blocks.append(Rule())
    for line in sale.lines:
        blocks += _supplied(line, sale.currency, words)
    blocks += [Rule(), *_sums(sale, words), *tax_table(sale, words), *exemption(sale, words), Rule()]
    blocks += [Centred(line) for line in shop.footer]
    return Document(name="tax_document", title=title, language=words.language, blocks=tuple(blocks))


def _buyer(buyer: Buyer, words: Wording) -> Iterator[Block]:
    yield TextLine(words.say("Buyer"), emphasis=True)
    yield TextLine(buyer.name)
    yield from (TextLine(line) for line in buyer.address.splitlines())
    if buyer.country:
        yield TextLine(words.country(buyer.country))
    if buyer.vat_number:
        yield TextLine(words.say("VAT no. {number}", number=buyer.vat_number))


def _supplied(line: SaleLine, currency: str, words: Wording) -> Iterator[Block]:
    """What and how much, the net it came to, and each tax on it."""
    yield TextLine(line.name, words.amount(Money(line.net, currency)))
    each = words.amount(Money(line.unit_price, currency))
    yield TextLine(f"{words.quantity(line.quantity)} × {each}", indent=2)
    if line.discount:
        off = words.amount(Money(-line.discount, currency))
        yield TextLine(words.say("Discount {amount}", amount=off), indent=2)
    rates = [words.tax_rate(tax.rate_millionths, tax.unit_amount, currency) for tax in line.taxes]
    if rates:
        yield TextLine(words.say("Tax {rate}", rate=", ".join(rates)), indent=2)


def _sums(sale: Transaction, words: Wording) -> Iterator[Block]:
    def amount(minor: int) -> str:
        return words.amount(Money(minor, sale.currency))

    yield TextLine(words.say("Without tax"), amount(sale.net))
    yield TextLine(words.say("Tax"), amount(sale.tax))
    total = words.money(Money(sale.total, sale.currency))
    yield TextLine(words.say("TOTAL"), total, emphasis=True, size=Size.TALL)
    if sale.rounding:
        yield TextLine(words.say("Rounding"), amount(sale.rounding))
    for tender in sale.tenders:
        yield TextLine(words.tendered(tender), amount(tender.amount))
    if sale.change:
        yield TextLine(words.say("Change"), amount(sale.change))
    yield Feed()
