"""The slip that goes with goods to whoever made or supplied them, with room for their number of the return."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.customer_return import CustomerReturn, ReturnLine
from pos.domain.disposition import DESTINATIONS, Goods
from pos.domain.frozen import dataclass
from pos.domain.reasons import X12_OF_REASON
from pos.return_words import goods_words
from pos.wording import Wording
from receipts.document import Barcode, Block, Document, Feed, Heading, Logo, Mark, Rule, TextLine
from receipts.paper.return_head import goods_of, signature_line, to_fill_in, which_return
from receipts.paper.return_receipt import VENDOR_RETURN
from receipts.paper.shop_face import ShopFace


@dataclass(frozen=True, slots=True)
class VendorReturn:
    """One line of a return on its way back. `vendor` and `ra` (their number for it) are empty where nobody knows them
    yet: they are written by hand.
    """

    done: CustomerReturn
    line: ReturnLine
    reason: str = ""
    vendor: str = ""
    ra: str = ""
    signature: Logo | None = None


def vendor_return(about: VendorReturn, shop: ShopFace, words: Wording, *, copy_number: int = 0) -> Document:
    """SKU, serial number, disposition, vendor, RA number, date and reason (returns.md 8.8)."""
    say, done, line = words.say, about.done, about.line
    title = say("Return to vendor")
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(say("COPY {number}", number=copy_number)))
    blocks += [*shop.top(), Heading(title), Feed(), *which_return(done, words), Rule()]
    blocks += _named(say("Vendor"), about.vendor)
    blocks += _named(say("RA number"), about.ra)
    blocks += [Rule() if about.ra else Feed(), *goods_of(line, about.reason, words)]
    blocks.append(TextLine(say("Disposition"), goods_words(words, line.disposition)))
    codes = _codes(line)
    if codes:
        blocks.append(TextLine("X12", codes))
    if done.purchase_day is not None:
        blocks.append(TextLine(say("Sold on"), words.short_day(done.purchase_day)))
    blocks += signature_line(say("Handed over, date and signature"), "", about.signature)
    blocks += signature_line(say("Taken over, date and signature"), "")
    blocks += [Feed(), Barcode(done.code, caption=f"{done.number} · {line.place + 1}")]
    return Document(name=VENDOR_RETURN, title=f"{title} {line.name}", language=words.language, blocks=tuple(blocks))


def _named(label: str, known: str) -> Iterator[Block]:
    yield TextLine(label, known, emphasis=bool(known))
    if not known:
        yield from to_fill_in(1)


def _codes(line: ReturnLine) -> str:
    """What suppliers’ systems call it: element 1292 (what is done with it) and 1293 (why)."""
    known = DESTINATIONS.get(Goods(line.disposition)) if line.disposition in list(Goods) else None
    codes = ("" if known is None else known.x12, X12_OF_REASON.get(line.reason, ""))
    return " · ".join(filter(None, codes))
