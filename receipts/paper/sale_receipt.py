"""The receipt of a sale, from what was stored when it was completed; nothing is priced or taxed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from pos.domain.card_facts import CardFacts
from pos.domain.discount import DiscountSource
from pos.domain.money import Money, Unit
from pos.domain.points import PointsOfSale
from pos.domain.transaction import JournalHead, SaleLine, Transaction
from pos.wording import N_, Wording
from receipts.document import Barcode, Block, Centred, Document, Feed, Mark, Rule, Size, TextLine
from receipts.paper.shop_face import ShopFace
from receipts.paper.taxes import added, exemption, tax_table

# As much of the journal's MAC as a person copies down to prove that the books end where the paper says (I-12).
MAC_DIGITS = 16
NO_CARDS: Mapping[int, CardFacts] = {}
NO_NAMES: Mapping[tuple[str, int], str] = {}
NO_DAYS: Mapping[int, date] = {}


def sale_receipt(
    sale: Transaction,
    shop: ShopFace,
    words: Wording,
    *,
    head: JournalHead | None = None,
    points: PointsOfSale | None = None,
    copy_number: int = 0,
    voided: str = "",
    corrections: Sequence[str] = (),
    cards: Mapping[int, CardFacts] = NO_CARDS,
    promotions: Mapping[tuple[str, int], str] = NO_NAMES,
    back_until: Mapping[int, date] = NO_DAYS,
) -> Document:
    """The customer's receipt in the customer's language; `copy_number` 0 is the original, every other one is marked.

    `head` is where the workstation's journal stood after this sale, `points` what became of the customer's. `voided` is
    the number of its post-void, empty where the sale stands; `corrections` say which tenders were put right; `cards`
    what may be said of the cards it was paid with, by tender; `promotions` what they are called in the customer's
    language, by id and version, the name that was stored standing for the others; `back_until` the last day each line
    may come back on, by its number.
    """
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(words.say("COPY {number}", number=copy_number)))
    if voided:
        blocks.append(Mark(words.say("POST-VOIDED {number}", number=voided)))
    blocks += _shop(shop, words)
    blocks += _when_and_who(sale, words)
    blocks.append(Rule())
    blocks += _lines(sale, words, promotions, back_until)
    blocks.append(Rule())
    blocks += _totals(sale, words)
    blocks += _tenders(sale, words, cards)
    blocks += [TextLine(said, indent=2) for said in corrections]
    if sale.prices_hold_tax and sale.exemption is None:
        blocks += tax_table(sale, words)
    blocks.append(Rule())
    blocks += _points(points, words)
    blocks += _all_back_until(back_until, words)
    blocks += _foot(sale, shop, words, head)
    return Document(
        name="sale_receipt",
        title=words.say("Receipt {number}", number=sale.receipt),
        language=words.language,
        blocks=tuple(blocks),
    )


def _shop(shop: ShopFace, words: Wording) -> Iterator[Block]:
    yield from shop.sign()
    yield from (Centred(line) for line in shop.header)
    if shop.vat_number:
        yield Centred(words.say("VAT no. {number}", number=shop.vat_number))
    yield Feed()


def _when_and_who(sale: Transaction, words: Wording) -> Iterator[Block]:
    shown = sale.at + timedelta(minutes=sale.utc_offset_minutes)
    yield TextLine(
        words.say("Receipt {number}", number=sale.receipt),
        words.say("Register {number}", number=sale.receipt.workstation),
    )
    yield TextLine(f"{words.short_day(shown.date())} {words.time(shown)}", sale.operator_name)
    if sale.customer is not None:
        # The number alone: a receipt is lost more easily than a card.
        yield TextLine(words.say("Customer {number}", number=sale.customer))


def _lines(
    sale: Transaction, words: Wording, promotions: Mapping[tuple[str, int], str], back_until: Mapping[int, date]
) -> Iterator[Block]:
    """What was sold; where the lines may come back until different days, each says its own."""
    alike = len(set(back_until.values())) == 1
    for line in sale.lines:
        yield from _sold(line, sale.currency, words, promotions)
        if line.line in back_until and not alike:
            until = words.short_day(back_until[line.line])
            yield TextLine(words.say("Comes back until {day}", day=until), indent=2)


def _all_back_until(back_until: Mapping[int, date], words: Wording) -> Iterator[Block]:
    """The one day until which all of it may come back."""
    days = set(back_until.values())
    if len(days) == 1:
        until = words.short_day(days.pop())
        yield Centred(words.say("What you bought may come back until {day}.", day=until))


def _sold(line: SaleLine, currency: str, words: Wording, promotions: Mapping[tuple[str, int], str]) -> Iterator[Block]:
    name = words.say("Empties: {item}", item=line.name) if line.container and not line.belongs_to else line.name
    yield TextLine(name, words.amount(Money(line.extended, currency)), indent=2 if line.belongs_to else 0)
    if line.quantity.thousandths != 1000 or line.quantity.unit is not Unit.PIECE:
        each = words.amount(Money(line.unit_price, currency))
        yield TextLine(f"{words.quantity(line.quantity)} × {each}", indent=4 if line.belongs_to else 2)
    if line.override is not None and line.override.was > line.unit_price:
        was = words.amount(Money(line.override.was, currency))
        yield TextLine(words.say("Usual price {amount}", amount=was), indent=2)
    for discount in line.discounts:
        off = words.amount(Money(-discount.amount, currency))
        named = promotions.get((discount.id, discount.version), discount.name)
        yield TextLine(named or _taken_off(discount.source, words), off, indent=2)


def _taken_off(source: DiscountSource, words: Wording) -> str:
    """What is said of a discount that has no name of its own."""
    if source is DiscountSource.POINTS:
        return words.say("Points")
    return words.say("Staff discount") if source is DiscountSource.STAFF else words.say("Discount")


def _totals(sale: Transaction, words: Wording) -> Iterator[Block]:
    """What the lines come to. The subtotal is the sum of the rows above it, discounts taken off."""
    before_tax = sale.subtotal - sale.discount
    if sale.exemption is not None:
        yield TextLine(words.say("Subtotal"), words.amount(Money(before_tax, sale.currency)))
        if sale.total != before_tax:
            yield TextLine(words.say("Tax not charged"), words.amount(Money(sale.total - before_tax, sale.currency)))
        yield from exemption(sale, words)
    elif not sale.prices_hold_tax:
        yield TextLine(words.say("Subtotal"), words.amount(Money(before_tax, sale.currency)))
        yield from (added(tax, sale.currency, words) for tax in sale.taxes() if tax.amount)
    yield TextLine(words.say("TOTAL"), words.money(Money(sale.total, sale.currency)), emphasis=True, size=Size.TALL)


def _tenders(sale: Transaction, words: Wording, cards: Mapping[int, CardFacts]) -> Iterator[Block]:
    if sale.rounding:
        yield TextLine(words.say("Rounding"), words.amount(Money(sale.rounding, sale.currency)))
        to_pay = words.money(Money(sale.total + sale.rounding, sale.currency))
        yield TextLine(words.say("To pay"), to_pay, emphasis=True)
    for tender in sale.tenders:
        yield TextLine(words.tendered(tender), words.amount(Money(tender.amount, sale.currency)))
        if tender.cash_back:
            yield TextLine(words.say("Cash back"), words.amount(Money(tender.cash_back, sale.currency)), indent=2)
            charged = Money(tender.amount + tender.cash_back, sale.currency)
            yield TextLine(words.say("Charged to the card"), words.amount(charged), indent=2)
        if tender.tender in cards:
            yield from _card(cards[tender.tender], words)
    if sale.change:
        yield TextLine(words.say("Change"), words.amount(Money(sale.change, sale.currency)))


def _card(card: CardFacts, words: Wording) -> Iterator[Block]:
    """What a card's holder needs to find the payment again; never more of the number than its end."""
    entry = words.say(_ENTRY[card.entry_mode]) if card.entry_mode in _ENTRY else card.entry_mode
    if card.brand or entry:
        yield TextLine(card.brand, entry, indent=2)
    for label, value in ((N_("Approval code"), card.approval_code), (N_("AID"), card.aid)):
        if value:
            yield TextLine(words.say(label), value, indent=2)


# How terminals say that a card was read, as people say it.
_ENTRY = {
    "ICC": N_("Chip"),
    "Contactless": N_("Contactless"),
    "MagStripe": N_("Magnetic stripe"),
    "Keyed": N_("Typed at the terminal"),
    "Manual": N_("Typed at the terminal"),
}


def _points(points: PointsOfSale | None, words: Wording) -> Iterator[Block]:
    if points is None:
        return
    if points.spent:
        yield TextLine(words.say("Points spent"), words.number(points.spent))
    if points.earned:
        yield TextLine(words.say("Points earned"), words.number(points.earned))
    yield TextLine(words.say("Your points"), words.number(points.left))
    yield Rule()


def _foot(sale: Transaction, shop: ShopFace, words: Wording, head: JournalHead | None) -> Iterator[Block]:
    if sale.saved:
        yield Centred(words.say("You saved {amount}", amount=words.money(Money(sale.saved, sale.currency))))
    yield from (Centred(line) for line in shop.policy)
    yield Feed()
    yield Barcode(sale.receipt_code, caption=str(sale.receipt))
    if head is not None:
        yield Centred(words.say("Journal {number} · {mac}", number=head.sequence, mac=head.mac[:MAC_DIGITS]))
    yield from (Centred(line) for line in shop.footer)
