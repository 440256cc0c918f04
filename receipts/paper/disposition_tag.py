"""The tag on goods that came back: what they are, where they go, why, and bars that lead to their return."""

from __future__ import annotations

from pos.domain.customer_return import CustomerReturn, ReturnLine
from pos.domain.frozen import dataclass
from pos.return_words import goods_words
from pos.wording import Wording
from receipts.document import Barcode, Block, Centred, Document, Feed, Heading, Mark, Rule
from receipts.paper.return_head import goods_of, which_return
from receipts.paper.return_receipt import DISPOSITION_TAG
from receipts.paper.shop_face import ShopFace


@dataclass(frozen=True, slots=True)
class GoodsTag:
    """One line of a return as goods in a hand: `reason` is the shop's words for why it came back."""

    done: CustomerReturn
    line: ReturnLine
    reason: str = ""


def disposition_tag(tag: GoodsTag, shop: ShopFace, words: Wording, *, copy_number: int = 0) -> Document:
    """Where the goods go is the largest thing on it (returns.md 8.8)."""
    done, line = tag.done, tag.line
    title = goods_words(words, line.disposition)
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(words.say("COPY {number}", number=copy_number)))
    blocks += [
        Centred(shop.name),
        Heading(title),
        Feed(),
        *goods_of(line, tag.reason, words),
        Rule(),
        *which_return(done, words),
        Feed(),
        Barcode(done.code, caption=f"{done.number} · {line.place + 1}"),
    ]
    return Document(name=DISPOSITION_TAG, title=f"{title} {line.name}", language=words.language, blocks=tuple(blocks))
