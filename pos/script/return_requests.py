"""From what a script says of a return to the request: the purchase is found, lines and cards are looked up."""

from __future__ import annotations

from dataclasses import field

from pos.domain.frozen import dataclass
from pos.domain.item import Item
from pos.domain.money import AmountUnreadable, Money, Quantity, Unit
from pos.domain.purchase import Purchase, PurchaseLine
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import IdShown, LineAsked, ReturnRequest, SendTo, ShownBy
from pos.domain.tender import TenderState
from pos.script.lane import Lane
from pos.script.play_cards import read_card
from pos.script.return_steps import BackTyped, GoodsBack
from pos.services.books_report import items_of
from pos.services.gift_card_report import card_id_of
from pos.services.id_documents import id_shown
from pos.services.purchases import Found

_NO_LINE = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """The request a script's step makes. `purchase` is what it is of, None where none is known; `numbers` are the cards
    of the shop it names: identity → number.
    """

    request: ReturnRequest
    purchase: Purchase | None = None
    numbers: dict[str, str] = field(default_factory=dict)


def wanted(lane: Lane, body: GoodsBack) -> Wanted | Refused:
    """What is asked for. What a cashier could type and that cannot be is refused as it was typed.

    A line the receipt has not got, or an item nobody knows, can be judged and is not refused here.
    Refused: ITEM_UNKNOWN (a scan), QUANTITY_INVALID, LINE_UNKNOWN, AMOUNT_INVALID, GIFT_CARD_UNKNOWN, CUSTOMER_UNKNOWN,
    CARD_NOT_READ, and as `Purchases.find`.
    """
    purchase, shown_by, numbers = None, ShownBy.NONE, {}
    found = _found(lane, body)
    if isinstance(found, Refused):
        return found
    if found is not None:
        purchase, shown_by, numbers = found.purchase, found.shown_by, dict(found.lines)
    lines: list[LineAsked] = []
    for typed in body.lines:
        line = _asked(lane, typed, purchase, numbers, lines)
        if isinstance(line, Refused):
            return line
        lines.append(line)
    document = _document(lane, body)
    money = _money(lane, body, purchase)
    if isinstance(money, Refused):
        return money
    amount, sends, account, cards = money
    if body.customer and lane.station.customers.get(body.customer) is None:
        return Refused(Code.CUSTOMER_UNKNOWN, {"customer": body.customer[:40]})
    request = ReturnRequest(
        purchase="" if purchase is None else purchase.id,
        shown_by=body.proof or shown_by,
        lines=tuple(lines),
        id_shown=document,
        customer=body.customer,
        refund_to=body.refund_to,
        account=account,
        send_to=sends,
        whole=body.whole,
        waive=body.waive,
        amount=amount,
        reason=body.reason,
        exchange=body.exchange,
        facts=body.facts,
    )
    return Wanted(request, purchase, cards)


def _found(lane: Lane, body: GoodsBack) -> Found | Refused | None:
    """The purchase that is shown, or the latest with the card that is held to the terminal; None where none is."""
    if body.receipt is not None:
        return lane.station.purchases.find(receipt_of(lane, body.receipt))
    if not body.card:
        return None
    card = read_card(lane, body.card)
    rows = card if isinstance(card, Refused) else lane.station.purchases.by_token(card.token)
    if isinstance(rows, Refused):
        return rows
    if not rows:
        return Refused(Code.RECEIPT_UNKNOWN, {"receipt": body.card[:40]})
    purchase = lane.station.purchases.get(rows[0].id)
    return purchase if isinstance(purchase, Refused) else Found(purchase, ShownBy.CARD_LOOKUP)


def receipt_of(lane: Lane, named: str) -> str:
    """What stands on the receipt a step is called by: its sale's number, or that of the return."""
    told = lane.called(named)
    if told is not None and told.transaction is not None:
        return str(told.transaction.receipt)
    return lane.returns.receipts.get(named, named)


def _asked(
    lane: Lane, typed: BackTyped, purchase: Purchase | None, numbers: dict[int, int], before: list[LineAsked]
) -> LineAsked | Refused:
    item = _item(lane, typed)
    if isinstance(item, Refused):
        return item
    number = _number(typed, numbers)
    if isinstance(number, Refused):
        return number
    named = typed.code if item is None else item.id
    line = None if purchase is None else purchase.line(number) if number else _by_item(named, purchase, before)
    unit = line.quantity.unit if line is not None else Unit.PIECE if item is None else item.unit
    said = typed.quantity or "1"
    try:
        quantity = Quantity.read(said, unit)
    except AmountUnreadable:
        return Refused(Code.QUANTITY_INVALID, {"quantity": said})
    return LineAsked(
        line=number if line is None else line.line,
        quantity=quantity,
        item="" if line is not None and named in {"", line.item} else named,
        condition=typed.condition,
        reason=typed.reason,
        serial=typed.serial,
        missing=typed.missing,
        code_missing=typed.code_missing,
        disposition=typed.disposition,
        facts=typed.facts,
    )


def _item(lane: Lane, typed: BackTyped) -> Item | Refused | None:
    """What really lies on the counter, where the step says so; None where nobody knows the item it names."""
    if not typed.by:
        return None
    if typed.by == "item":
        return items_of(lane.station.desk, [typed.code]).get(typed.code)
    found = lane.station.catalogue.find(typed.code)
    return Refused(Code.ITEM_UNKNOWN, {"item": typed.code[:40], "code": typed.code[:40]}) if found is None else found


def _number(typed: BackTyped, numbers: dict[int, int]) -> int | Refused:
    """The number of the line as the purchase counts it, 0 where the step names none. Refused: LINE_UNKNOWN."""
    if not typed.line and typed.by:
        return _NO_LINE
    readable = typed.line.isascii() and typed.line.isdigit() and len(typed.line) < 10
    number = int(typed.line) if readable else _NO_LINE
    return numbers.get(number, number) or Refused(Code.LINE_UNKNOWN, {"line": typed.line[:20]})


def _by_item(named: str, purchase: Purchase, before: list[LineAsked]) -> PurchaseLine | None:
    """The line that has the item: one that is not asked for yet and has something left, before any other."""
    asked = [each.line for each in before]
    fits = [line for line in purchase.lines if line.item == named]
    fits.sort(key=lambda line: (line.line in asked, line.left.thousandths <= 0, line.line))
    return next(iter(fits), None)


def listed_numbers(lane: Lane, purchase: Purchase | None) -> list[int]:
    """Where each tender of the books stands among those the script listed: it counts the ones that were refused too."""
    if purchase is None:
        return []
    for told in lane.all_told():
        if told.transaction is not None and told.transaction.id == purchase.id:
            tried = enumerate(told.tenders, start=1)
            return [number for number, tender in tried if tender.state is TenderState.TAKEN]
    return [tender.tender for tender in purchase.tenders]


def stored_number(lane: Lane, purchase: Purchase | None, listed: int) -> int:
    """The tender of the books, 0 where that one took nothing."""
    numbers = listed_numbers(lane, purchase)
    return numbers.index(listed) + 1 if listed in numbers else _NO_LINE


def _document(lane: Lane, body: GoodsBack) -> IdShown | None:
    if body.id_document is None or not body.id_document[1].strip():
        return None
    return id_shown(lane.station.desk.shop.keys, *body.id_document)


def _money(
    lane: Lane, body: GoodsBack, purchase: Purchase | None
) -> tuple[int | None, tuple[SendTo, ...], str, dict[str, str]] | Refused:
    """The amount without goods, who gets what, the card for all of it, and the cards that were named by identity."""
    cards: dict[str, str] = {}
    for number in (body.number, *(piece.number for piece in body.send_to)):
        if number:
            card = card_id_of(lane.station.desk, number)
            if card is None:
                return Refused(Code.GIFT_CARD_UNKNOWN)
            cards[card] = number
    accounts = {number: card for card, number in cards.items()}
    sends: list[SendTo] = []
    for piece in body.send_to:
        amount = _minor(lane, piece.amount)
        if amount is None:
            return Refused(Code.AMOUNT_INVALID, {"amount": piece.amount})
        of = int(piece.of) if piece.of.isascii() and piece.of.isdigit() and len(piece.of) < 6 else _NO_LINE
        sends.append(SendTo(stored_number(lane, purchase, of), amount, piece.to, accounts.get(piece.number, "")))
    amount = None
    if body.amount is not None:
        amount = _minor(lane, body.amount)
        if amount is None:
            return Refused(Code.AMOUNT_INVALID, {"amount": body.amount})
    elif not body.lines and sends:
        amount = sum(piece.amount for piece in sends)
    return amount, tuple(sends), accounts.get(body.number, ""), cards


def _minor(lane: Lane, text: str) -> int | None:
    try:
        return Money.read(text, lane.station.desk.rules.currency).minor
    except AmountUnreadable:
        return None
