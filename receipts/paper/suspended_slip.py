"""The slip of a sale that was put aside: its code takes it up again at any till of the shop. It is no receipt."""

from __future__ import annotations

from datetime import datetime

from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.domain.transaction import SUSPENDED_CODE_PREFIX
from pos.wording import Wording
from receipts.document import Barcode, Block, Centred, Document, Feed, Heading, Mark, Rule, Size, TextLine
from receipts.paper.shop_face import ShopFace


@dataclass(frozen=True, slots=True)
class SuspendedSlip:
    """What the slip shows. `at` is on the shop's clock, `total` in minor units; a line is (name, quantity in words).

    `token` is random and unique among the suspended sales; `number` is what a cashier types: "S12".
    """

    token: str
    workstation: int
    operator_name: str
    at: datetime
    currency: str
    total: int
    lines: tuple[tuple[str, str], ...]
    note: str = ""
    number: str = ""

    @property
    def code(self) -> str:
        """What the barcode says."""
        return SUSPENDED_CODE_PREFIX + self.token


def suspended_slip(slip: SuspendedSlip, shop: ShopFace, words: Wording, *, copy_number: int = 0) -> Document:
    """Says in large letters that nothing was paid, so that nobody takes it for a receipt."""
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(words.say("COPY {number}", number=copy_number)))
    blocks += [
        *shop.top(),
        Heading(words.say("Suspended sale")),
        Centred(words.say("Not paid. This is not a receipt."), emphasis=True),
        Feed(),
        TextLine(
            f"{words.short_day(slip.at.date())} {words.time(slip.at)}",
            words.say("Register {number}", number=slip.workstation),
        ),
        TextLine(slip.operator_name, slip.number, emphasis=bool(slip.number)),
    ]
    if slip.note:
        blocks.append(TextLine(slip.note))
    blocks.append(Rule())
    blocks += [TextLine(name, quantity) for name, quantity in slip.lines]
    total = words.money(Money(slip.total, slip.currency))
    blocks += [
        Rule(),
        TextLine(words.say("To pay"), total, emphasis=True, size=Size.TALL),
        Feed(),
        Barcode(slip.code, caption=words.say("Scan to take the sale up again")),
    ]
    return Document(
        name="suspended_slip", title=words.say("Suspended sale"), language=words.language, blocks=tuple(blocks)
    )
