"""What goes to the bank when a till is closed: the cash, every check with its bank and number, and what it comes to."""

from __future__ import annotations

from datetime import date

from pos.domain.check_deposit import HeldCheck, checks_amount
from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.wording import Wording
from receipts.document import Block, Document, Feed, Heading, Mark, Rule, Size, TextLine
from receipts.paper.shop_face import ShopFace


@dataclass(frozen=True, slots=True)
class DepositSlip:
    """`number` is that of the till's Z report, 0 for none; `cash` in minor units of `currency`."""

    number: int
    register: str
    day: date
    closed_by: str
    currency: str
    cash: int
    checks: tuple[HeldCheck, ...] = ()


def deposit_slip(slip: DepositSlip, shop: ShopFace, words: Wording, *, copy_number: int = 0) -> Document:
    """The list that lies in the bag; whoever carries it signs."""
    say, title = words.say, words.say("Deposit")

    def amount(minor: int) -> str:
        return words.amount(Money(minor, slip.currency))

    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(say("COPY {number}", number=copy_number)))
    blocks += [*shop.top(), Heading(title), Feed()]
    blocks += [
        TextLine(say("Business day"), words.short_day(slip.day)),
        TextLine(say("Register"), slip.register),
        TextLine(say("Closed by"), slip.closed_by),
    ]
    if slip.number:
        blocks.append(TextLine(say("Z day report {number}", number=slip.number)))
    blocks += [Rule(), TextLine(say("Cash"), amount(slip.cash))]
    for check in slip.checks:
        name = say("Check {number}", number=check.number) if check.number else say("Check")
        blocks.append(TextLine(name, amount(check.amount)))
        about = " · ".join(filter(None, (check.routing, check.shown)))
        if about:
            blocks.append(TextLine(about, indent=2))
        blocks.append(TextLine(say("Receipt {receipt}", receipt=check.receipt), indent=2))
    checks = checks_amount(slip.checks)
    if slip.checks:
        several = words.count("{n} check", "{n} checks", len(slip.checks))
        blocks.append(TextLine(several, amount(checks), emphasis=True))
    total = words.money(Money(slip.cash + checks, slip.currency))
    blocks += [Rule(), TextLine(say("Total"), total, emphasis=True, size=Size.TALL)]
    blocks += [Feed(2), Rule(), TextLine(say("Signature"))]
    return Document(name="deposit_slip", title=title, language=words.language, blocks=tuple(blocks))
