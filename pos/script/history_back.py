"""Returns and exchanges of a `history`: what another system took back before this one was there."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.came_back import Back, BackTender, with_back
from pos.domain.frozen import dataclass
from pos.domain.money import Quantity, allocate
from pos.domain.purchase import Purchase, PurchaseLine, PurchaseTender, Source
from pos.domain.return_request import IdShown
from pos.domain.taken_over import TakenReturn, TakenReturnLine, carried, without_change
from pos.domain.tender import TenderKind
from pos.script.fields import Part, nearest
from pos.script.history_reading import HistoryReading, numbered_once, read_buyer, unbalanced
from pos.script.history_rows import (
    Known,
    new_id,
    read_amount,
    read_at,
    read_kind,
    read_line,
    read_quantity,
    read_signed,
    read_tender,
    read_whole,
)
from pos.script.history_swaps import swapped
from pos.script.read import ScriptError
from pos.wording import N_

_BACK_KEYS = ("of", "at", "lines", "tenders", "rounding", "id_document", "customer", "operator")
_OUT_KINDS = ("mailed_check",)


@dataclass(frozen=True, slots=True)
class _Gone:
    """What came back of which purchase, with the money that went out for it, in minor units."""

    purchase: Purchase | None
    lines: tuple[TakenReturnLine, ...]
    tenders: tuple[BackTender, ...] = ()
    rounding: int = 0
    used: int = 0


def read_return(row: Part, reading: HistoryReading) -> None:
    """A return, or money back without goods. Raises ScriptError."""
    row.keys(("return", *_BACK_KEYS))
    purchase, gone = _gone(row, reading)
    rounding = read_signed(row, "rounding", reading.known.rules.currency)
    tenders = _went_out(row, purchase, reading)
    paid = sum(tender.amount for tender in tenders) - rounding
    lines = _as_paid(gone, paid) if purchase is not None else gone
    _note(row, reading, "return", _Gone(purchase, lines, tenders, rounding))


def read_exchange(row: Part, reading: HistoryReading) -> None:
    """What came back, and what went out for it: a line of the same kind at the same price stands for the old one.

    Raises ScriptError.
    """
    row.keys(("exchange", "new_lines", "change", *_BACK_KEYS))
    known = reading.known
    purchase, gone = _gone(row, reading)
    rows = list(row.parts("new_lines"))
    new = [read_line(each, number, known, ("for",)) for number, each in enumerate(rows, start=1)]
    numbered_once(row, new)
    stands_for = {line.line: _old_line(each, purchase, reading) for each, line in zip(rows, new, strict=True)}
    gone, even = swapped(gone, new, stands_for, purchase)
    fresh = tuple(line for line in new if line.line not in even)
    receipt, rounding = row.needed("exchange"), read_signed(row, "rounding", known.rules.currency)
    total = sum(line.total for line in fresh)
    taken: tuple[PurchaseTender, ...] = ()
    if total > sum(line.net + line.tax for line in gone if not line.swapped):
        paid = [read_tender(each, number, known) for number, each in enumerate(row.parts("tenders"), start=1)]
        taken = without_change(paid, read_amount(row, "change", known.rules.currency))
        used = total + rounding - sum(tender.amount for tender in taken)
        back = _Gone(purchase, gone, (), 0, used)
    else:
        used, back = total, _Gone(purchase, gone, _went_out(row, purchase, reading), rounding, total)
        rounding = 0
    if used < 0:
        raise unbalanced(row, receipt)
    _note(row, reading, "exchange", back)
    if purchase is not None:
        reading.places |= {(receipt, number): (purchase.id, stands_for[number]) for number in even}
    if fresh:
        tenders = (*taken, *_behind(purchase, back, len(taken) + 1))
        reading.add(_exchanged(row, reading, purchase, lines=fresh, tenders=tenders, rounding=rounding))


def _behind(purchase: Purchase | None, back: _Gone, first: int) -> tuple[PurchaseTender, ...]:
    """The tenders of the old purchase that paid for the new goods; what none of them stands behind is value alone."""
    before = () if purchase is None else with_back(purchase, [Back((), back.tenders)]).tenders
    behind = carried(before, back.used, first)
    lacking = back.used - sum(tender.amount for tender in behind)
    if not lacking:
        return behind
    return (*behind, PurchaseTender(first + len(behind), TenderKind.OTHER, lacking, type="exchange"))


def _exchanged(
    row: Part,
    reading: HistoryReading,
    old: Purchase | None,
    *,
    lines: tuple[PurchaseLine, ...],
    tenders: tuple[PurchaseTender, ...],
    rounding: int,
) -> Purchase:
    """The goods that went out, as a purchase of their own under the receipt of the exchange."""
    rules, (at, day) = reading.known.rules, read_at(row, reading.known)
    return Purchase(
        id=new_id(),
        receipt=row.needed("exchange"),
        source=Source.TAKEN_OVER,
        at=at,
        day=day,
        currency=rules.currency,
        prices_hold_tax=rules.price_mode == "tax_included",
        total=sum(line.total for line in lines),
        lines=lines,
        tenders=tenders,
        rounding=rounding,
        region=rules.region if old is None else old.region,
        buyer=read_buyer(row, reading.known) if old is None else old.buyer,
        operator=row.text("operator") or "",
    )


def _note(row: Part, reading: HistoryReading, key: str, gone: _Gone) -> None:
    at, day = read_at(row, reading.known)
    document = row.part("id_document")
    shown = None
    if document is not None:
        document.keys(("kind", "number"))
        shown = IdShown(document.needed("kind"), document.needed("number"))
    buyer = "" if gone.purchase is None else gone.purchase.buyer.id
    reading.take_back(
        TakenReturn(
            id=new_id(),
            receipt=reading.name(row, key),
            at=at,
            day=day,
            purchase="" if gone.purchase is None else gone.purchase.id,
            lines=gone.lines,
            tenders=gone.tenders,
            rounding=gone.rounding,
            used=gone.used,
            customer=row.text("customer") or buyer,
            operator=row.text("operator") or "",
            id_shown=shown,
            exchange=key == "exchange",
        )
    )


def _gone(row: Part, reading: HistoryReading) -> tuple[Purchase | None, tuple[TakenReturnLine, ...]]:
    """Which purchase came back, and its lines with their shares of what was charged."""
    of = row.text("of")
    if of is None:
        return None, tuple(_without_receipt(each, reading.known) for each in row.parts("lines"))
    if of not in reading.of_receipt:
        near = nearest(of, reading.of_receipt)
        if near is None:
            raise ScriptError(row.line_of("of"), N_("No receipt above has the number “{number}”."), number=of)
        message = N_("No receipt above has the number “{number}”. Did you mean “{near}”?")
        raise ScriptError(row.line_of("of"), message, number=of, near=near)
    rows = list(row.parts("lines"))
    purchase = reading.now[reading.of_receipt[of]]
    if rows:
        # The line of an even exchange is the old one.
        first = reading.places.get((of, read_whole(rows[0], "line", 1)))
        purchase = purchase if first is None else reading.now[first[0]]
    lines: list[TakenReturnLine] = []
    for each in rows:
        lines.append(_line_of(each, of, purchase, reading, lines))
    return purchase, tuple(lines)


def _without_receipt(row: Part, known: Known) -> TakenReturnLine:
    row.keys(("item", "qty", "serial"))
    item = row.needed("item")
    serials = tuple(text.text for text in row.texts("serial"))
    return TakenReturnLine(0, item, read_quantity(row, known.items.get(item)), serials)


def _line_of(
    row: Part, of: str, purchase: Purchase, reading: HistoryReading, before: list[TakenReturnLine]
) -> TakenReturnLine:
    row.keys(("line", "qty", "serial"))
    if row.get("line") is None:
        raise row.missing("line")
    _, number = reading.places.get((of, read_whole(row, "line")), ("", read_whole(row, "line")))
    line = purchase.line(number)
    if line is None:
        raise row.wrong("line")
    quantity = Quantity(read_quantity(row, reading.known.items.get(line.item)).thousandths, line.quantity.unit)
    earlier = sum(one.quantity.thousandths for one in before if one.line == number)
    so_far = replace(line, returned=line.returned + earlier)
    serials = tuple(text.text for text in row.texts("serial"))
    net, tax = (so_far.slice_of(amount, quantity.thousandths) for amount in (line.net, line.tax))
    return TakenReturnLine(number, line.item, quantity, serials, net, tax)


def _went_out(row: Part, purchase: Purchase | None, reading: HistoryReading) -> tuple[BackTender, ...]:
    """The money that went back; a tender that does not say whose it was is the first of its kind with room."""
    found: list[BackTender] = []
    for each in row.parts("tenders"):
        each.keys(("kind", "amount", "of"))
        kind, amount = read_kind(each, _OUT_KINDS), each.money("amount", reading.known.rules.currency)
        of = read_whole(each, "of")
        if each.get("of") is not None and purchase is not None and all(of != one.tender for one in purchase.tenders):
            raise each.wrong("of")
        if not of and purchase is not None:
            room = (one for one in purchase.tenders if one.kind.value == kind and one.ceiling >= amount)
            of = next((one.tender for one in room), 0)
        found.append(BackTender(kind, amount, of))
    return tuple(found)


def _as_paid(lines: tuple[TakenReturnLine, ...], paid: int) -> tuple[TakenReturnLine, ...]:
    """What was really paid back for each line: less than its share where a fee was kept."""
    shares = [line.net + line.tax for line in lines]
    if not lines or paid == sum(shares) or min(shares) < 0:
        return lines
    return tuple(_paid_part(line, part) for line, part in zip(lines, allocate(paid, shares), strict=True))


def _paid_part(line: TakenReturnLine, part: int) -> TakenReturnLine:
    net, tax = allocate(part, [line.net, line.tax])
    return replace(line, net=net, tax=tax)


def _old_line(row: Part, purchase: Purchase | None, reading: HistoryReading) -> int:
    """The line of the purchase that a new one went out for, 0 where it names none."""
    of = row.text("for")
    if of is None or purchase is None:
        return 0
    number = read_whole(row, "for")
    found = [place for (_, line), place in reading.places.items() if line == number and place[0] == purchase.id]
    if not found:
        raise row.wrong("for")
    return found[-1][1]
