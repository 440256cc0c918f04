"""What a card terminal wants printed, as it gave it: the customer's copy, and the merchant's where somebody signs."""

from __future__ import annotations

from datetime import datetime

from pos.domain.card_facts import ReceiptSide, TerminalReceipt
from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.domain.names import StrEnum
from pos.wording import N_, Wording
from receipts.document import Block, Centred, Document, Feed, Heading, Mark, Rule, TextLine
from receipts.paper.shop_face import ShopFace


class SlipOf(StrEnum):
    """What the terminal did."""

    PAID = "paid"
    DECLINED = "declined"
    REVERSED = "reversed"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class CardSlip:
    """One side of a terminal's paper. `at` is on the shop's clock, `amount` in minor units: what moved, or was asked.

    `reference` is the terminal's name for it, `receipt` the sale's number where there is one by now.
    """

    of: SlipOf
    paper: TerminalReceipt
    amount: int
    currency: str
    at: datetime
    workstation: int
    reference: str
    operator_name: str = ""
    receipt: str = ""


def card_slip(slip: CardSlip, shop: ShopFace, words: Wording, *, copy_number: int = 0) -> Document:
    """The terminal's rows between what says whose paper it is and, where it is to be signed, the place for it."""
    title = words.say(_TITLES[slip.of])
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(words.say("COPY {number}", number=copy_number)))
    blocks += [
        *shop.top(),
        Heading(title),
        Centred(words.say(_SIDES[slip.paper.side]), emphasis=True),
        TextLine(
            f"{words.short_day(slip.at.date())} {words.time(slip.at)}",
            words.say("Register {number}", number=slip.workstation),
        ),
        TextLine(slip.operator_name, slip.receipt or slip.reference),
        Rule(),
        *(TextLine(row.left, row.right, emphasis=row.bold) for row in slip.paper.rows),
        Rule(),
        TextLine(title, words.money(Money(slip.amount, slip.currency)), emphasis=True),
    ]
    if slip.of is SlipOf.DECLINED:
        blocks.append(Centred(words.say("The card was not charged.")))
    if slip.paper.signature:
        blocks += [Feed(3), Rule(), Centred(words.say("Signature"))]
    return Document(name="card_slip", title=title, language=words.language, blocks=tuple(blocks))


_TITLES = {
    SlipOf.PAID: N_("Card payment"),
    SlipOf.DECLINED: N_("Card declined"),
    SlipOf.REVERSED: N_("Card payment reversed"),
    SlipOf.REFUNDED: N_("Refund to card"),
}
_SIDES = {ReceiptSide.CUSTOMER: N_("Customer’s copy"), ReceiptSide.MERCHANT: N_("Shop’s copy")}
