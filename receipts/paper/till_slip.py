"""The slip of cash moved by hand, or of the drawer opened without a sale: what, how much, why, and room to sign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.domain.reasons import Reason
from pos.speech import N_
from pos.wording import Wording
from receipts.document import Block, Document, Feed, Heading, Mark, Rule, Size, TextLine
from receipts.paper.shop_face import ShopFace


@dataclass(frozen=True, slots=True)
class TillSlip:
    """What the slip shows. `at` is on the shop's clock, `amount` in minor units, 0 where no cash moved.

    `number` names the journal's entry ("1/17"); `reason_words` are the shop's own, empty where the program says them.
    """

    kind: str
    number: str
    workstation: int
    operator_name: str
    at: datetime
    currency: str
    amount: int
    reason: str
    reason_words: str = ""
    note: str = ""


def till_slip(slip: TillSlip, shop: ShopFace, words: Wording, *, copy_number: int = 0) -> Document:
    """One movement of cash on paper, to lie in the drawer or go with the money."""
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(words.say("COPY {number}", number=copy_number)))
    title = words.say(_TITLES[slip.kind])
    blocks += [
        *shop.top(),
        Heading(title),
        Feed(),
        TextLine(
            f"{words.short_day(slip.at.date())} {words.time(slip.at)}",
            words.say("Register {number}", number=slip.workstation),
        ),
        TextLine(slip.operator_name, slip.number),
        Rule(),
    ]
    if slip.reason:
        blocks.append(TextLine(words.say("Reason"), words.reason(Reason(slip.reason, slip.reason_words))))
    if slip.note:
        blocks.append(TextLine(slip.note))
    if slip.amount:
        amount = words.money(Money(slip.amount, slip.currency))
        blocks += [Rule(), TextLine(words.say("Amount"), amount, emphasis=True, size=Size.TALL)]
    blocks += [Feed(2), Rule(), TextLine(words.say("Signature"))]
    return Document(name="till_slip", title=title, language=words.language, blocks=tuple(blocks))


_TITLES: Mapping[str, str] = {
    "loan": N_("Loan to the till"),
    "pickup": N_("Pickup"),
    "paid_in": N_("Paid in"),
    "paid_out": N_("Paid out"),
    "no_sale": N_("Drawer opened without a sale"),
    "check_settled": N_("Returned check settled"),
    "refund_instead": N_("Refund given another way"),
}
