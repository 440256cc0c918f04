"""The slip of a sale that was taken back after it was paid: what it was, what goes back how, who agreed, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.domain.post_void import PostVoid, TenderCorrection, kept_of, tender_now
from pos.domain.reasons import Reason
from pos.domain.tender import Tender, TenderKind
from pos.domain.transaction import JournalHead, Transaction
from pos.wording import Wording
from receipts.document import Block, Centred, Document, Feed, Heading, Mark, Rule, Size, TextLine
from receipts.paper.sale_receipt import MAC_DIGITS
from receipts.paper.shop_face import ShopFace


@dataclass(frozen=True, slots=True)
class PostVoidSlip:
    """What the slip shows beside the sale. `at` is on the shop's clock; `reason_words` are the shop's own, empty where
    the program says them; `own_tenders` are the names of the shop's own tenders by code.
    """

    done: PostVoid
    at: datetime
    by_name: str
    approver_name: str
    reason_words: str = ""
    own_tenders: tuple[tuple[str, str], ...] = ()


def post_void_slip(
    sale: Transaction,
    slip: PostVoidSlip,
    corrections: Sequence[TenderCorrection],
    shop: ShopFace,
    words: Wording,
    *,
    head: JournalHead | None = None,
    copy_number: int = 0,
) -> Document:
    """The paper that goes with the money back and is signed."""
    title = words.say("Post-void")
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(words.say("COPY {number}", number=copy_number)))
    blocks += [
        *shop.top(),
        Heading(title),
        Feed(),
        TextLine(str(slip.done.number), words.say("Register {number}", number=slip.done.number.workstation)),
        TextLine(f"{words.short_day(slip.at.date())} {words.time(slip.at)}", slip.by_name),
        Rule(),
        *_sale(sale, words),
        Rule(),
        TextLine(words.say("Given back"), emphasis=True),
        *_back(sale, slip, corrections, words),
        TextLine(
            words.say("TOTAL"),
            words.money(Money(sale.total + sale.rounding, sale.currency)),
            emphasis=True,
            size=Size.TALL,
        ),
        Rule(),
        TextLine(words.say("Reason"), words.reason(Reason(slip.done.reason, slip.reason_words))),
    ]
    if slip.approver_name:
        blocks.append(TextLine(words.say("Approved by"), slip.approver_name))
    blocks += [Feed(2), Rule(), TextLine(words.say("Customer’s signature"))]
    if head is not None:
        blocks += [
            Feed(),
            Centred(words.say("Journal {number} · {mac}", number=head.sequence, mac=head.mac[:MAC_DIGITS])),
        ]
    return Document(name="post_void", title=title, language=words.language, blocks=tuple(blocks))


def _sale(sale: Transaction, words: Wording) -> Iterator[Block]:
    sold = sale.at + timedelta(minutes=sale.utc_offset_minutes)
    yield TextLine(words.say("Receipt {number}", number=sale.receipt))
    yield TextLine(f"{words.short_day(sold.date())} {words.time(sold)}", sale.operator_name)
    for line in sale.lines:
        yield TextLine(line.name, words.amount(Money(line.total, sale.currency)))


def _back(
    sale: Transaction, slip: PostVoidSlip, corrections: Sequence[TenderCorrection], words: Wording
) -> Iterator[Block]:
    names = dict(slip.own_tenders)
    for tender in sale.tenders:
        kept = kept_of(sale, tender.tender)
        if not kept:
            continue
        now = tender_now(sale, tender.tender, corrections)
        shown: Tender = tender
        if now is not None and now != (tender.kind, tender.type):
            shown = Tender(now[0], tender.amount, type=now[1], shown=names.get(now[1], now[1]))
        called = words.say("Check, handed back") if shown.kind is TenderKind.CHECK else words.tendered(shown)
        yield TextLine(called, words.amount(Money(kept, sale.currency)))
