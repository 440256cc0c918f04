"""The protocol of a claim for defective goods: what was brought, what is wanted, and how and when it was settled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from pos.domain.frozen import dataclass
from pos.domain.money import Quantity, Unit
from pos.wording import Wording
from receipts.document import Barcode, Block, Centred, Document, Feed, Heading, Logo, Mark, Rule, TextLine
from receipts.paper.return_head import bought_with, signature_line, to_fill_in
from receipts.paper.return_receipt import CLAIM_PROTOCOL
from receipts.paper.shop_face import ShopFace

_CONTACT_LINES = 2
_CONTENT_LINES = 2


@dataclass(frozen=True, slots=True)
class Claim:
    """What the protocol shows. `number` names it, `at` is when it was taken in, on the shop's clock. `content` is what
    is wrong, in the words it was said in; `remedy` what the customer wants, a word of the law or of a way of paying.

    `due` is the last day to settle it, where the law of the country names one; `soon` where it says "within a
    reasonable time". `settled` with `manner` is when and how it ended; None while it is open. `code` is what bars say.
    """

    number: str
    at: datetime
    workstation: int
    operator_name: str
    receipt: str
    bought: date | None
    item: str
    name: str
    quantity: Quantity
    serial: str
    content: tuple[str, ...]
    remedy: str
    customer: str = ""
    contact: tuple[str, ...] = ()
    due: date | None = None
    soon: bool = False
    settled: date | None = None
    manner: str = ""
    code: str = ""
    signature: Logo | None = None


def claim_protocol(claim: Claim, shop: ShopFace, words: Wording, *, copy_number: int = 0) -> Document:
    """When it was taken in, its content, the remedy chosen, whom to reach; then date and manner (returns.md 8.9)."""
    say = words.say
    title = say("Claim for defective goods")
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(say("COPY {number}", number=copy_number)))
    blocks += [*shop.top(), Heading(title), Feed()]
    blocks.append(
        TextLine(say("Claim {number}", number=claim.number), say("Register {number}", number=claim.workstation))
    )
    blocks.append(TextLine(say("Taken in"), f"{words.short_day(claim.at.date())} {words.time(claim.at)}"))
    blocks.append(TextLine(say("Taken in by"), claim.operator_name))
    blocks += [*bought_with(claim.receipt, claim.bought, words), Rule(), *_goods(claim, words), Rule()]
    blocks.append(TextLine(say("What is wrong"), emphasis=True))
    blocks += [TextLine(one, indent=2) for one in claim.content] or [*to_fill_in(_CONTENT_LINES)]
    blocks.append(TextLine(say("The customer wants"), words.claim_manner(claim.remedy), emphasis=True))
    blocks += [Rule(), TextLine(say("Customer"), claim.customer)]
    if claim.contact:
        blocks += [TextLine(one, indent=2) for one in claim.contact]
    else:
        blocks += [TextLine(say("Address, phone, e-mail")), *to_fill_in(_CONTACT_LINES)]
    blocks += _until(claim, words)
    blocks += signature_line(say("Signature of the customer"), claim.customer, claim.signature)
    blocks += signature_line(say("For the shop"), claim.operator_name)
    blocks += [Rule(), *_settled(claim, words)]
    if claim.code:
        blocks += [Feed(), Barcode(claim.code, caption=claim.number)]
    return Document(name=CLAIM_PROTOCOL, title=f"{title} {claim.number}", language=words.language, blocks=tuple(blocks))


def _goods(claim: Claim, words: Wording) -> Iterator[Block]:
    one_piece = claim.quantity.thousandths == 1000 and claim.quantity.unit is Unit.PIECE
    many = "" if one_piece else f"{words.quantity(claim.quantity)} × "
    yield TextLine(f"{many}{claim.name}", emphasis=True)
    yield TextLine(words.say("Item"), claim.item, indent=2)
    if claim.serial:
        yield TextLine(words.say("Serial number"), claim.serial, indent=2)


def _until(claim: Claim, words: Wording) -> Iterator[Block]:
    if claim.settled is not None or (claim.due is None and not claim.soon):
        return
    yield Rule() if claim.contact else Feed()
    if claim.due is not None:
        yield TextLine(words.say("To be settled by"), words.short_day(claim.due), emphasis=True)
    else:
        yield Centred(words.say("We settle it within a reasonable time."))


def _settled(claim: Claim, words: Wording) -> Iterator[Block]:
    """The confirmation of when and how; to be written by hand while nobody knows."""
    say = words.say
    yield TextLine(say("Settled"), emphasis=True)
    if claim.settled is not None:
        yield TextLine(say("Date"), words.short_day(claim.settled), indent=2)
        yield TextLine(say("How"), words.claim_manner(claim.manner), indent=2)
        return
    yield TextLine(say("Date"))
    yield from to_fill_in(1)
    yield TextLine(say("How"))
    yield from to_fill_in(1)
    yield from signature_line(say("For the shop"), "")
