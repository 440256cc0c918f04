"""The receipt of a return: what came back, what was kept, what went out how, who took it and who agreed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pos.domain.customer_return import CustomerReturn, ReturnLine
from pos.domain.money import Money, Unit
from pos.domain.return_decision import RefundTender
from pos.domain.tender import TenderKind
from pos.wording import Wording
from receipts.document import Barcode, Block, Centred, Document, Feed, Heading, Mark, Rule, Size, TextLine
from receipts.paper.shop_face import ShopFace

RETURN_RECEIPT = "return_receipt"
_MAILED_CHECK = "mailed_check"


def return_receipt(
    done: CustomerReturn, shop: ShopFace, words: Wording, *, approver: str = "", copy_number: int = 0
) -> Document:
    """`approver` is the name of who agreed, empty where nobody had to."""
    title = words.say("Return")
    shown = done.at + timedelta(minutes=done.utc_offset_minutes)
    blocks: list[Block] = [Mark(words.say("COPY {number}", number=copy_number))] if copy_number else []
    blocks += [
        *shop.top(),
        Heading(title),
        Feed(),
        TextLine(str(done.number), words.say("Register {number}", number=done.number.workstation)),
        TextLine(f"{words.short_day(shown.date())} {words.time(shown)}", done.operator_name),
    ]
    if done.purchase_receipt:
        day = "" if done.purchase_day is None else words.short_day(done.purchase_day)
        blocks.append(TextLine(words.say("Receipt {number}", number=done.purchase_receipt), day))
    blocks.append(Rule())
    for line in done.lines:
        blocks += _line(line, done.currency, words)
    blocks += [*_kept(done, words), Rule()]
    blocks += [_amount(words.say("Tax"), done.tax, done.currency, words)] if done.tax else []
    blocks.append(
        TextLine(words.say("Refund"), words.money(Money(done.refund, done.currency)), emphasis=True, size=Size.TALL)
    )
    blocks += [_amount(_called(tender, words), tender.amount, done.currency, words) for tender in done.tenders]
    if approver:
        blocks.append(TextLine(words.say("Approved by"), approver))
    blocks += [Feed(), Barcode(done.code, caption=str(done.number))]
    blocks += [Centred(line) for line in shop.footer]
    return Document(name=RETURN_RECEIPT, title=title, language=words.language, blocks=tuple(blocks))


def _line(line: ReturnLine, currency: str, words: Wording) -> Iterator[Block]:
    """What and how much, and what was paid for it before tax was split off."""
    one = line.quantity.thousandths == 1000 and line.quantity.unit is Unit.PIECE
    name = line.name if one else f"{line.name} × {words.quantity(line.quantity)}"
    yield _amount(name, line.merchandise + line.tax, currency, words)
    if line.serial:
        yield TextLine(f"  {line.serial}")


def _kept(done: CustomerReturn, words: Wording) -> Iterator[Block]:
    """Fees and deductions under their own names, never a lower price."""
    fee = done.fee + done.fee_tax
    if fee:
        yield _amount(words.say("Restocking fee"), -fee, done.currency, words)
    of_lines = (one for line in done.lines for one in line.deductions)
    kept = sum(one.amount for one in (*done.deductions, *of_lines))
    if kept:
        yield _amount(words.say("Kept back"), -kept, done.currency, words)
    if done.rounding:
        yield _amount(words.say("Rounding"), done.rounding, done.currency, words)


def _amount(name: str, minor: int, currency: str, words: Wording) -> TextLine:
    return TextLine(name, words.amount(Money(minor, currency)))


def _called(tender: RefundTender, words: Wording) -> str:
    if tender.kind == _MAILED_CHECK:
        return words.say("Check by mail")
    own = tender.type or tender.kind
    name = words.tender(TenderKind(tender.kind)) if not tender.type else words.tender_called(own)
    return f"{name} {tender.card}".rstrip()
