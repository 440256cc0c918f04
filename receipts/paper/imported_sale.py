"""A sale of another system as it stands in the books, to be read beside the journal's list: it is never printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pos.domain.money import Money, Unit
from pos.domain.purchase import Purchase, PurchaseLine, PurchaseTender
from pos.domain.tender import TenderKind
from pos.wording import Wording
from receipts.document import Block, Document, Feed, Heading, Rule, Size, TextLine


def imported_sale(sale: Purchase, at: datetime, words: Wording) -> Document:
    """Its lines, what was paid and how, and what came back since; `at` is its moment on the shop's clock."""
    blocks: list[Block] = [Heading(words.say("Imported sale")), Feed(), TextLine(sale.receipt)]
    blocks.append(TextLine(f"{words.short_day(sale.day)} {words.time(at)}", sale.operator))
    if sale.buyer.id:
        blocks.append(TextLine(words.say("Customer {number}", number=sale.buyer.id)))
    blocks.append(Rule())
    for line in sale.lines:
        blocks += _line(line, sale.currency, words)
    blocks += [Rule(), *_totals(sale, words)]
    return Document(
        "imported_sale", words.say("Imported sale {number}", number=sale.receipt), words.language, tuple(blocks)
    )


def _line(line: PurchaseLine, currency: str, words: Wording) -> Iterator[Block]:
    yield TextLine(line.name, words.amount(Money(line.extended, currency)))
    if line.quantity.thousandths != 1000 or line.quantity.unit is not Unit.PIECE:
        each = words.amount(Money(line.unit_price, currency))
        yield TextLine(f"{words.quantity(line.quantity)} × {each}", indent=2)
    if line.item and line.item != line.name:
        yield TextLine(line.item, indent=2)
    for discount in line.discounts:
        off = words.amount(Money(-discount.amount, currency))
        yield TextLine(discount.name or words.say("Discount"), off, indent=2)
    for serial in line.serials:
        yield TextLine(words.say("Serial number {serial}", serial=serial), indent=2)
    if line.returned:
        back = words.quantity(line.quantity_back)
        yield TextLine(words.say("Came back: {quantity}", quantity=back), indent=2)


def _totals(sale: Purchase, words: Wording) -> Iterator[Block]:
    tax = sum(line.tax for line in sale.lines)
    if tax:
        yield TextLine(words.say("Tax"), words.amount(Money(tax, sale.currency)))
    yield TextLine(words.say("TOTAL"), words.money(Money(sale.total, sale.currency)), emphasis=True, size=Size.TALL)
    if sale.rounding:
        yield TextLine(words.say("Rounding"), words.amount(Money(sale.rounding, sale.currency)))
    for tender in sale.tenders:
        yield TextLine(_paid_by(tender, words), words.amount(Money(tender.amount, sale.currency)))


def _paid_by(tender: PurchaseTender, words: Wording) -> str:
    if tender.kind is TenderKind.UNKNOWN:
        return words.say("Payment not known")
    return f"{words.tender(tender.kind)} {tender.card}".rstrip()
