"""What goes with a present: the goods and a code to bring them back with, and not one price."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pos.domain.money import Unit
from pos.domain.transaction import GIFT_CODE_PREFIX, SaleLine, Transaction
from pos.wording import Wording
from receipts.document import Barcode, Block, Centred, Document, Feed, Heading, Mark, Rule, TextLine
from receipts.paper.shop_face import ShopFace


def gift_receipt(sale: Transaction, shop: ShopFace, words: Wording, *, token: str, copy_number: int = 0) -> Document:
    """Goods without prices, sums, tax or tenders.

    `token` is the gift receipt's own: the sale's would lead whoever scans it to what was paid.
    """
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(words.say("COPY {number}", number=copy_number)))
    shown = sale.at + timedelta(minutes=sale.utc_offset_minutes)
    blocks += [
        *shop.top(),
        Heading(words.say("Gift receipt")),
        TextLine(words.short_day(shown.date()), words.say("Register {number}", number=sale.receipt.workstation)),
        Rule(),
    ]
    for line in sale.lines:
        blocks += _given(line, words)
    blocks += [Rule(), *(Centred(line) for line in shop.policy)]
    blocks += [Feed(), Barcode(GIFT_CODE_PREFIX + token, caption=words.say("For an exchange or a return"))]
    blocks += [Centred(line) for line in shop.footer]
    return Document(name="gift_receipt", title=words.say("Gift receipt"), language=words.language, blocks=tuple(blocks))


def _given(line: SaleLine, words: Wording) -> Iterator[Block]:
    """What and how much; one piece goes without saying."""
    one = line.quantity.thousandths == 1000 and line.quantity.unit is Unit.PIECE
    yield TextLine(line.name, "" if one else f"× {words.quantity(line.quantity)}")
