"""What a customer holds after business with a gift card or store credit: what is left on it, and a new one's number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from pos.domain.frozen import dataclass
from pos.domain.gift_card import GiftCardKind, grouped
from pos.domain.money import Money
from pos.domain.names import StrEnum
from pos.wording import N_, Wording
from receipts.document import Barcode, Block, Centred, Document, Feed, Heading, Logo, Mark, Rule, Size, TextLine
from receipts.paper.return_head import bought_with, signature_line
from receipts.paper.return_receipt import STORE_CREDIT_COPY
from receipts.paper.shop_face import ShopFace


class SlipCause(StrEnum):
    """What happened to the card."""

    SOLD = "sold"
    RELOADED = "reloaded"
    REDEEMED = "redeemed"
    CASHED_OUT = "cashed_out"
    ISSUED = "issued"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class GiftCardSlip:
    """What the slip shows. `at` is on the shop's clock; `amount` and `left` in minor units, `amount` never below 0.

    `number` and `pin` are those of a card the shop made, on the slip that is the card; empty on every other. Of a
    return `bought` is the receipt of the purchase and `bought_on` its day, `instead_of` the card that took the money no
    more and that this one stands for.
    """

    kind: GiftCardKind
    cause: SlipCause
    shown: str
    amount: int
    left: int
    currency: str
    at: datetime
    workstation: int
    operator_name: str
    receipt: str = ""
    expires: date | None = None
    number: str = ""
    pin: str = ""
    customer: str = ""
    bought: str = ""
    bought_on: date | None = None
    instead_of: str = ""


def shops_copy(
    slip: GiftCardSlip, shop: ShopFace, words: Wording, *, copy_number: int = 0, signed: Logo | None = None
) -> Document:
    """What the shop keeps of store credit (returns.md 8.4), signed by the customer: nobody can pay with it."""
    bare = replace(slip, number="", pin="")
    document = gift_card_slip(bare, shop, words, copy_number=copy_number)
    mark = Centred(words.say("Shop’s copy"), emphasis=True)
    after = next(place for place, block in enumerate(document.blocks, 1) if block == Heading(document.title))
    signing = signature_line(words.say("Signature of the customer"), slip.customer, signed)
    blocks = (*document.blocks[:after], mark, *document.blocks[after:], *signing)
    return replace(document, name=STORE_CREDIT_COPY, blocks=blocks)


def gift_card_slip(slip: GiftCardSlip, shop: ShopFace, words: Wording, *, copy_number: int = 0) -> Document:
    """The remaining balance is the largest thing on it."""
    title = words.say(_TITLES[slip.kind])
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(words.say("COPY {number}", number=copy_number)))
    blocks += [
        *shop.top(),
        Heading(title),
        TextLine(
            f"{words.short_day(slip.at.date())} {words.time(slip.at)}",
            words.say("Register {number}", number=slip.workstation),
        ),
        TextLine(slip.operator_name, slip.receipt),
    ]
    if slip.customer:
        blocks.append(TextLine(words.say("Customer"), slip.customer))
    blocks += [
        Rule(),
        TextLine(title, slip.shown),
        *_stands_for(slip, words),
        TextLine(words.say(_CAUSES[slip.cause]), words.money(Money(slip.amount, slip.currency))),
        Rule(),
        TextLine(words.say("Left on it"), words.money(Money(slip.left, slip.currency)), emphasis=True, size=Size.TALL),
    ]
    if slip.left:
        blocks.append(Centred(_end(slip, words)))
    if slip.number:
        blocks += [
            Feed(),
            Barcode(slip.number, caption=grouped(slip.number)),
            TextLine(words.say("PIN"), slip.pin, emphasis=True),
            Centred(words.say("Keep this slip like cash.")),
        ]
        if slip.kind is GiftCardKind.STORE_CREDIT:
            # Signed by whoever gives it away, as a voucher in a name is (returns.md 8.4).
            blocks += signature_line(words.say("Signature of the customer"), slip.customer)
    return Document(name=_NAMES[slip.kind], title=title, language=words.language, blocks=tuple(blocks))


def _stands_for(slip: GiftCardSlip, words: Wording) -> Iterator[Block]:
    """The card before it, and what was bought (returns.md 8.4)."""
    if slip.instead_of:
        yield TextLine(words.say("In the place of"), slip.instead_of)
    if slip.bought:
        yield from bought_with(slip.bought, slip.bought_on, words)


def _end(slip: GiftCardSlip, words: Wording) -> str:
    if slip.expires is None:
        return words.say("It does not expire.")
    return words.say("Valid until {day}", day=words.short_day(slip.expires))


_TITLES = {GiftCardKind.GIFT_CARD: N_("Gift card"), GiftCardKind.STORE_CREDIT: N_("Store credit")}
_NAMES = {GiftCardKind.GIFT_CARD: "gift_card_slip", GiftCardKind.STORE_CREDIT: "store_credit"}
_CAUSES = {
    SlipCause.SOLD: N_("Put on it"),
    SlipCause.RELOADED: N_("Put on it"),
    SlipCause.REDEEMED: N_("Paid with it"),
    SlipCause.CASHED_OUT: N_("Paid out in cash"),
    SlipCause.ISSUED: N_("Credited"),
    SlipCause.REFUNDED: N_("Credited"),
}
