"""The figures of a day report as blocks, in the order Swedish law lists them: X and Z print the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from pos.domain.day_report import DayReport, Tally, TaxSum
from pos.domain.ledger import UNTAXED
from pos.domain.money import Money
from pos.domain.reasons import Reason
from pos.domain.tender import TenderKind
from pos.domain.transaction import JournalHead
from pos.speech import N_
from pos.wording import Wording
from receipts.document import Block, Centred, Document, Feed, Heading, Mark, Rule, Size, TextLine
from receipts.paper.shop_face import ShopFace

# As much of the journal's MAC as a person copies down to prove that the books end where the paper says (I-12).
MAC_DIGITS = 16

_MOVES = {
    "loan": N_("Loan to the till"),
    "pickup": N_("Pickup"),
    "paid_in": N_("Paid in"),
    "paid_out": N_("Paid out"),
    "cash_back": N_("Cash-back"),
    "cash_out": N_("Gift card cashed out"),
    "check_settled": N_("Returned check settled"),
}


def report_document(
    report: DayReport,
    shop: ShopFace,
    words: Wording,
    *,
    name: str,
    title: str,
    head: JournalHead | None,
    copy_number: int,
) -> Document:
    """The whole report. `head` is where the journal stood with it."""
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(words.say("COPY {number}", number=copy_number)))
    blocks += [*shop.top(), *_head(report, shop, words, title)]
    for part in (_sold, _taxes, _tenders, _returned, _counts, _grand, _drawer, _end):
        rows = tuple(part(report, words))
        if rows:
            blocks += [Rule(), *rows]
    if head is not None:
        foot = words.say("Journal {number} · {mac}", number=head.sequence, mac=head.mac[:MAC_DIGITS])
        blocks += [Feed(), Centred(foot)]
    return Document(name=name, title=title, language=words.language, blocks=tuple(blocks))


def _head(report: DayReport, shop: ShopFace, words: Wording, title: str) -> Iterator[Block]:
    yield Heading(title)
    if shop.vat_number:
        yield Centred(words.say("VAT no. {number}", number=shop.vat_number))
    yield Feed()
    yield TextLine(words.say("Business day"), words.short_day(report.business_day))
    yield TextLine(words.say("Register"), report.register)
    yield TextLine(words.say("Opened"), _when(report.opened_at, report, words))
    yield TextLine(words.say("Made"), _when(report.made_at, report, words))
    yield TextLine(words.say("Opened by"), report.opened_by)
    yield TextLine(words.say("Made by"), report.made_by)


def _sold(report: DayReport, words: Wording) -> Iterator[Block]:
    yield TextLine(words.say("SALES"), _money(report, report.sales.amount, words), emphasis=True, size=Size.TALL)
    for department in report.departments:
        yield TextLine(department.name or words.say("No department"), _amount(report, department.amount, words))
    if report.stored.number:
        yield _tally(words.say("Onto gift cards and accounts"), report.stored, report, words)
    yield TextLine(words.say("Net"), _amount(report, report.net, words))
    yield TextLine(words.say("Tax"), _amount(report, report.tax, words))
    if report.rounding:
        yield TextLine(words.say("Rounding"), _amount(report, report.rounding, words))


def _taxes(report: DayReport, words: Wording) -> Iterator[Block]:
    for tax in report.taxes:
        yield TextLine(_tax_name(tax, report, words), _amount(report, tax.amount, words))
        yield TextLine(words.say("on {amount}", amount=_amount(report, tax.base, words)), indent=2)
    if report.exempt.number:
        yield _tally(words.say("Sold without tax"), report.exempt, report, words)


def _tax_name(tax: TaxSum, report: DayReport, words: Wording) -> str:
    rate = words.tax_rate(tax.rate_millionths, tax.unit_amount, report.currency)
    return words.say("No tax") if tax.code == UNTAXED else words.say("Tax {name} {rate}", name=tax.code, rate=rate)


def _tenders(report: DayReport, words: Wording) -> Iterator[Block]:
    for tender in report.tenders:
        name = tender.type or words.tender(TenderKind(tender.kind))
        yield _tally(name, Tally(tender.number, tender.amount), report, words)


def _returned(report: DayReport, words: Wording) -> Iterator[Block]:
    """What went out for goods that came back: by tender, and the tax given back by rate."""
    if not report.refunds and not report.returned_taxes:
        return
    yield TextLine(words.say("REFUNDS"), emphasis=True)
    for tender in report.refunds:
        name = tender.type or words.refund_to(tender.kind)
        yield _tally(name, Tally(tender.number, tender.amount), report, words)
    if report.kept.number:
        yield _tally(words.say("Fees and deductions"), report.kept, report, words)
    if report.refund_rounding:
        yield TextLine(words.say("Rounding of refunds"), _amount(report, report.refund_rounding, words))
    if report.returned_taxes:
        yield TextLine(words.say("Tax given back"))
    for tax in report.returned_taxes:
        yield TextLine(_tax_name(tax, report, words), _amount(report, tax.amount, words), indent=2)
        yield TextLine(words.say("on {amount}", amount=_amount(report, tax.base, words)), indent=4)


def _counts(report: DayReport, words: Wording) -> Iterator[Block]:
    yield TextLine(words.say("Receipts"), words.number(report.sales.number))
    if report.sales.number:
        span = f"{report.first_receipt}–{report.last_receipt}"
        yield TextLine(words.say("Receipt numbers"), span, indent=2)
    yield TextLine(words.say("Goods sold"), words.number(report.goods))
    yield TextLine(words.say("Services sold"), words.number(report.services))
    yield TextLine(words.say("Drawer openings"), words.number(report.drawer_openings))
    yield TextLine(words.say("of them without a sale"), words.number(report.no_sales), indent=2)
    for name, tally in (
        (N_("Copies of receipts"), report.copies),
        (N_("Training registrations"), report.training),
        (N_("Returns"), report.returns),
        (N_("Discounts"), report.discounts),
        (N_("Other reductions"), report.reductions),
        (N_("Lines voided"), report.voided_lines),
        (N_("Unfinished sales"), report.unfinished),
        (N_("Suspended sales"), report.suspended),
        (N_("Card outcomes unknown"), report.unknown),
    ):
        yield _tally(words.say(name), tally, report, words)
    # A report that was made before there were these prints as it did.
    for name, tally in ((N_("Post-voids"), report.post_voids), (N_("Tenders corrected"), report.corrections)):
        if tally.number:
            yield _tally(words.say(name), tally, report, words)


def _grand(report: DayReport, words: Wording) -> Iterator[Block]:
    yield TextLine(words.say("Grand total sales"), _amount(report, report.grand_sales, words))
    yield TextLine(words.say("Grand total returns"), _amount(report, report.grand_returns, words))
    yield TextLine(words.say("Grand total net"), _amount(report, report.grand_net, words), emphasis=True)


def _drawer(report: DayReport, words: Wording) -> Iterator[Block]:
    yield TextLine(words.say("Opening float"), _amount(report, report.opening_float, words))
    by_hand = sum(move.amount for move in report.movements)
    paid_back = sum(tender.amount for tender in report.refunds if tender.kind == TenderKind.CASH.value)
    takings = report.expected - report.opening_float - by_hand + paid_back
    yield TextLine(words.say("Cash from sales"), _amount(report, takings, words))
    if paid_back:
        yield TextLine(words.say("Refunds in cash"), _amount(report, -paid_back, words))
    for move in report.movements:
        yield _tally(words.say(_MOVES.get(move.kind, move.kind)), Tally(move.number, move.amount), report, words)
        if move.reason:
            yield TextLine(words.reason(Reason(move.reason)), indent=2)
    yield TextLine(words.say("Expected in drawer"), _amount(report, report.expected, words), emphasis=True)
    if report.checks.number and report.counted is None:
        yield _tally(words.say("Checks in the till"), report.checks, report, words)


def _end(report: DayReport, words: Wording) -> Iterator[Block]:
    if report.counted is None or report.over_short is None:
        return
    yield TextLine(words.say("Counted"), _money(report, report.counted, words), emphasis=True, size=Size.TALL)
    said = words.say("Over") if report.over_short > 0 else words.say("Short")
    if report.over_short:
        yield TextLine(said, _amount(report, abs(report.over_short), words), emphasis=True)
    else:
        yield TextLine(words.say("Over or short"), _amount(report, 0, words))
    if report.note:
        yield TextLine(words.say("Note: {note}", note=report.note), indent=2)
    yield TextLine(words.say("Stays as float"), _amount(report, report.next_float or 0, words))
    yield TextLine(words.say("Cash to deposit"), _amount(report, report.deposit or 0, words))
    if report.checks.number:
        yield _tally(words.say("Checks to deposit"), report.checks, report, words)


def _tally(name: str, tally: Tally, report: DayReport, words: Wording) -> TextLine:
    return TextLine(f"{name} · {words.number(tally.number)}", _amount(report, tally.amount, words))


def _amount(report: DayReport, minor: int, words: Wording) -> str:
    return words.amount(Money(minor, report.currency))


def _money(report: DayReport, minor: int, words: Wording) -> str:
    return words.money(Money(minor, report.currency))


def _when(moment: datetime, report: DayReport, words: Wording) -> str:
    shown = moment + timedelta(minutes=report.utc_offset_minutes)
    return f"{words.short_day(shown.date())} {words.time(shown)}"
