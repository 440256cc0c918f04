"""The open sale of this workstation: ring up, change, take back, tender, complete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos.domain.basket import Basket
from pos.domain.by_hand import Action, Asked
from pos.domain.identifiers import shown_code
from pos.domain.item import Item
from pos.domain.journal import EntryKind
from pos.domain.money import Quantity
from pos.domain.pricing import PricedBasket
from pos.domain.reasons import ReasonKind
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import NO_ANSWERS, Answers, PriceSource, Weighed, note_readable
from pos.domain.ringing import Call, price_refused, ring_up, serials_refused, weight_refused
from pos.domain.staff import Permission
from pos.domain.suggestion import showing
from pos.domain.tender import TenderKind
from pos.domain.transaction import EndedSale, Transaction
from pos.persistence.unit_of_work import UnitOfWork
from pos.services import completion as late_completion
from pos.services.approvals import Approvals, ApprovalSpent, needs_approval
from pos.services.beginning import beginning_refused
from pos.services.card_numbers import card_number_refused
from pos.services.completed_sale import CompletedSale
from pos.services.coupons import PERHAPS_A_COUPON, with_coupon, without_coupon
from pos.services.customers import card_holder
from pos.services.deposits import carried
from pos.services.desk import Desk, Fact, record
from pos.services.open_basket import TOTAL_MAX, OpenBasket, SaleView
from pos.services.reasons import reason_refused
from pos.services.resolve import resolve
from pos.services.sale_customer import with_customer, with_points
from pos.services.suggestions import advised
from pos.services.tendering import Tendering

__all__ = ["TOTAL_MAX", "CompletedSale", "Sale", "SaleView"]


class Sale:
    """Undo and redo go back and forth between whole baskets: whatever was changed comes back.

    `scale_there`: a scale is attached, so a weight typed wants a reason.
    """

    def __init__(self, desk: Desk, *, scale_there: bool = False) -> None:
        self._desk = desk
        self._scale_there = scale_there
        self._approvals = Approvals(desk)
        self.open = OpenBasket(desk)
        self.tendering = Tendering(desk, self.open, self._approvals)

    @property
    def _basket(self) -> Basket:
        return self.open.basket

    @property
    def view(self) -> SaleView:
        return self.open.view

    def recover(self) -> SaleView | None:
        """Take up the sale that was open when the program ended, or None where there was none.

        Raises KnownError BOOKS_DAMAGED where it is there and cannot be read.
        """
        return self.open.recover()

    def scan(self, code: str, quantity: Quantity | None = None, answers: Answers = NO_ANSWERS) -> SaleView | Refused:
        """Ring up what a code names, once or `quantity` times; a customer's card makes them the sale's customer, and
        a coupon is kept for its promotion.

        Needs, which is a Refused, where the item asks for what `answers` do not hold: the same call with it rings up.
        Refused: NOT_SIGNED_ON, NOT_PERMITTED, TILL_CLOSED, DRAWER_OPEN, TENDERS_TAKEN, CODE_UNREADABLE, ITEM_UNKNOWN,
        AMOUNT_INVALID and as `resolve`, `ring_up` and `add_coupon`.
        """
        with self._desk.shop.books.reading() as work:
            found = resolve(work, self._desk, code)
            holder = card_holder(work, self._desk, code) if isinstance(found, Refused) else None
        if isinstance(found, Refused):
            if holder is not None:
                return self.set_customer(holder.id)
            typed = card_number_refused(self._desk, code)
            if typed is not None:
                return typed
            coupon = self.add_coupon(code) if found.code in PERHAPS_A_COUPON else found
            return found if isinstance(coupon, Refused) and coupon.code is Code.COUPON_UNKNOWN else coupon
        return self.add(
            found.item,
            scanned=found.scanned,
            quantity=found.asked(quantity),
            answers=found.with_answers(answers, quantity),
        )

    def add_coupon(self, code: str) -> SaleView | Refused:
        """Keep a coupon with the sale. Refused as `coupons.with_coupon`."""
        basket = with_coupon(self._desk, self.open, code)
        return basket if isinstance(basket, Refused) else self.open.change(basket, self.open.selected)

    def remove_coupon(self, code: str) -> SaleView | Refused:
        """Give a coupon back. Refused: NOT_SIGNED_ON, NOT_PERMITTED, TENDERS_TAKEN."""
        return self.open.change(without_coupon(self._basket, code), self.open.selected)

    def add_item(
        self, item_id: str, quantity: Quantity | None = None, answers: Answers = NO_ANSWERS
    ) -> SaleView | Refused:
        """Ring up an item by its id, as a quick key does. Needs and Refused as `scan`."""
        with self._desk.shop.books.reading() as work:
            item = work.items.get(item_id, self._desk.now())
        if item is None:
            return Refused(Code.ITEM_UNKNOWN, {"code": item_id})
        return self.add(item, scanned=shown_code(next(iter(item.codes), "")), quantity=quantity, answers=answers)

    def add(
        self, item: Item, *, scanned: str, quantity: Quantity | None = None, answers: Answers = NO_ANSWERS
    ) -> SaleView | Refused:
        """Ring up an item that was found. Needs and Refused as `scan`."""
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        if self._basket.tenders:
            return Refused(Code.TENDERS_TAKEN)
        if not item.active:
            return Refused(Code.ITEM_RETIRED, {"item": item.name})
        if self._basket.empty and (refused := beginning_refused(self._desk)) is not None:
            return refused
        call = Call(
            item=item,
            scanned=scanned,
            quantity=quantity,
            answers=answers,
            operator=operator.id,
            today=self._desk.local(self._desk.now()).date(),
            currency=self._desk.rules.currency,
            scale_there=self._scale_there,
            carried=carried(self._desk, item),
        )
        basket = ring_up(self._basket, call)
        if isinstance(basket, Refused):
            return basket
        return self.open.change(
            basket if answers.empties else advised(self._desk, basket, item), len(self._basket.lines), looked_at=True
        )

    def decline_suggestion(self) -> SaleView | Refused:
        """Show the suggestion of this sale no more; the sale's entry in the journal counts it as declined.

        Refused: SUGGESTION_GONE where none shows, and as `scan`.
        """
        suggested = showing(self._basket)
        if suggested is None:
            return Refused(Code.SUGGESTION_GONE)
        basket = replace(self._basket, suggested=replace(suggested, declined=True))
        return self.open.change(basket, self.open.selected)

    def set_quantity(self, line: int, quantity: Quantity) -> SaleView | Refused:
        """Change how much of a line (counted from 0). Refused as `scan`, LINE_UNKNOWN, and SERIAL_COUNT."""
        refused = self._fixed(line)
        if refused is not None:
            return refused
        before = self._basket.lines[line]
        if not quantity.sellable or quantity.unit is not before.quantity.unit:
            return Refused(Code.QUANTITY_INVALID, {"quantity": quantity})
        if before.serials and quantity != before.quantity:
            return Refused(Code.SERIAL_COUNT, {"quantity": quantity, "given": len(before.serials)})
        return self.open.change(self._basket.with_quantity(line, quantity), line)

    def set_weight(self, line: int, weighed: Weighed) -> SaleView | Refused:
        """Weigh a line again. Refused: LINE_UNKNOWN, QUANTITY_INVALID, WEIGHT_INVALID, REASON_REQUIRED."""
        refused = self._fixed(line)
        if refused is not None:
            return refused
        before = self._basket.lines[line]
        refused = weight_refused(weighed, before.quantity.unit, scale_there=self._scale_there)
        if refused is not None:
            return refused
        changed = replace(
            before,
            quantity=weighed.net,
            weight_source=weighed.source,
            weight_reason=weighed.reason,
            tare=weighed.tare,
        )
        return self.open.change(self._basket.with_changed(line, changed), line)

    def set_open_price(self, line: int, price: int) -> SaleView | Refused:
        """Another price for a line whose item has none of its own, in minor units a unit.

        Refused: LINE_UNKNOWN, PRICE_FIXED, PRICE_LIMIT.
        """
        refused = self._fixed(line)
        if refused is not None:
            return refused
        before = self._basket.lines[line]
        if before.price_source != PriceSource.OPEN:
            return Refused(Code.PRICE_FIXED, {"item": before.name})
        refused = price_refused(price, self._desk.rules.currency)
        if refused is not None:
            return refused
        return self.open.change(self._basket.with_changed(line, replace(before, unit_price=price)), line)

    def set_serials(self, line: int, serials: tuple[str, ...]) -> SaleView | Refused:
        """Other serial numbers for a line, one for each piece. Refused: LINE_UNKNOWN, SERIAL_INVALID, SERIAL_TWICE,
        SERIAL_COUNT.
        """
        refused = self._fixed(line)
        if refused is not None:
            return refused
        before = self._basket.lines[line]
        if len(serials) != len(before.serials):
            return Refused(Code.SERIAL_COUNT, {"quantity": before.quantity, "given": len(serials)})
        refused = serials_refused(self._basket, serials, line)
        if refused is not None:
            return refused
        return self.open.change(self._basket.with_changed(line, replace(before, serials=serials)), line)

    def serials_refused(self, serials: tuple[str, ...]) -> Refused | None:
        """Why these numbers could not be taken for one more line; None where they could. As `ring_up`, before all are
        there.
        """
        return serials_refused(self._basket, serials)

    def set_note(self, line: int | None, note: str) -> SaleView | Refused:
        """Write on a line (counted from 0), or on the whole sale with None; empty takes the note away.

        Refused: LINE_UNKNOWN, BASKET_EMPTY, NOTE_INVALID, CARD_NUMBER_TYPED.
        """
        note = note.strip()
        refused = card_number_refused(self._desk, note)
        if refused is not None or not note_readable(note):
            return refused or Refused(Code.NOTE_INVALID)
        if self._basket.empty:
            return Refused(Code.BASKET_EMPTY)
        if line is None:
            return self.open.change(replace(self._basket, note=note), self.open.selected)
        refused = self._fixed(line)
        if refused is not None:
            return refused
        changed = replace(self._basket.lines[line], note=note)
        return self.open.change(self._basket.with_changed(line, changed), line)

    def set_customer(self, customer_id: str | None) -> SaleView | Refused:
        """Whose sale this is, None for nobody's. Refused: TENDERS_TAKEN and as `with_customer`."""
        basket = with_customer(self._desk, self._basket, customer_id)
        if isinstance(basket, Refused):
            return basket
        return self.view if basket == self._basket else self.open.change(basket, self.open.selected)

    def spend_points(self, points: int) -> SaleView | Refused:
        """Take so many of the customer's points, 0 for none. Refused: TENDERS_TAKEN and as `with_points`."""
        basket = with_points(self._desk, self._basket, points)
        if isinstance(basket, Refused):
            return basket
        return self.view if basket == self._basket else self.open.change(basket, self.open.selected)

    def remove_line(self, line: int, reason: str = "") -> SaleView | Refused:
        """Take a line (counted from 0) off the sale; with a reason of the shop's list the journal keeps what it was.

        Refused: LINE_UNKNOWN, REASON_UNKNOWN and as `scan`.
        """
        refused = self._fixed(line)
        if refused is not None:
            return refused
        refused = reason_refused(self._desk, ReasonKind.VOID_LINE, reason)
        if refused is not None:
            return refused
        basket = self._basket.without_line(line)
        selected = basket.owner(min(line, len(basket.lines) - 1)) if basket.lines else None
        if not reason:
            return self.open.change(basket, selected)
        gone = self.open.priced.lines[line]
        payload: dict[str, object] = {
            "line": [gone.line.item, gone.line.quantity.thousandths, gone.total],
            "reason": reason,
        }
        return self.open.change(basket, selected, besides=self._voided(EntryKind.LINE_VOIDED, payload))

    def _voided(self, kind: EntryKind, payload: dict[str, object]) -> Callable[[UnitOfWork], None]:
        """What notes in the journal what was taken off."""

        def note(work: UnitOfWork) -> None:
            operator = None if self._desk.operator is None else self._desk.operator.id
            record(work, self._desk, Fact(kind, self._desk.now(), operator, self._basket.id, payload))

        return note

    def tender_cash(self, amount: int) -> SaleView | Refused:
        """Take cash in minor units as handed over; nothing is taken before the sale is completed but on the screen.

        Where more comes back than is bought, nothing handed over makes what is paid out the change.
        As `Tendering.take`.
        """
        return self.tendering.take(TenderKind.CASH.value, amount)

    def release_tenders(self) -> SaleView | Refused:
        """Give back what was handed over so far, so that items can be changed again. As `Tendering.give_all_back`."""
        return self.tendering.give_all_back()

    def undo(self) -> SaleView | None:
        """Back to the basket before the last change, or None where there is none or nobody who may sell is here."""
        return self.open.undo()

    def redo(self) -> SaleView | None:
        """Forward again to the basket an undo left, or None as `undo`."""
        return self.open.redo()

    def void_sale(self, reason: str = "", *, approval: str = "") -> SaleView | Refused:
        """Give up the open sale; the journal keeps what it held, and the reason where one is given.

        NeedsApproval with VOID_LIMIT where it is more than the operator gives up alone; `approval` is the request that
        was granted. Refused: BASKET_EMPTY, NOT_SIGNED_ON, NOT_PERMITTED, REASON_UNKNOWN, APPROVAL_DOES_NOT_COVER, and
        as `Approvals.find`.
        """
        operator = self._desk.permit(Permission.VOID_SALE)
        if isinstance(operator, Refused):
            return operator
        if self._basket.empty:
            return Refused(Code.BASKET_EMPTY)
        refused = reason_refused(self._desk, ReasonKind.VOID_SALE, reason)
        if refused is not None:
            return refused
        asked = Asked(Action.VOID_SALE, reason)
        granted = self._approvals.find(approval, self.open.priced) if approval else None
        if isinstance(granted, Refused):
            return granted
        if granted is not None and granted[1] != asked:
            return Refused(Code.APPROVAL_DOES_NOT_COVER)
        if granted is None:
            needs = needs_approval(self._desk, self._approvals, self.open.priced, asked)
            if needs is not None:
                return needs
        back = self.tendering.give_all_back() if any(tender.held for tender in self._basket.tenders) else None
        if isinstance(back, Refused):
            return back
        payload = summary(self.open.priced)
        if reason:
            payload["reason"] = reason
        fact = Fact(EntryKind.SALE_VOIDED, self._desk.now(), operator.id, self._basket.id, payload)
        try:
            with self._desk.shop.books.writing() as work:
                if granted is not None:
                    self._approvals.use(work, granted[0])
                work.baskets.drop(self._desk.number)
                head = record(work, self._desk, fact)
                work.commit()
        except ApprovalSpent as spent:
            return Refused(spent.code)
        self._desk.shop.anchor(head)
        self.open.clear()
        return self.view

    def complete(self) -> CompletedSale | Refused:
        """Write the sale into the books at once; the next one can begin.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED and as `complete_sale`.
        """
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        done = late_completion.complete_sale(self._desk, self.open.priced, operator)
        if isinstance(done, CompletedSale):
            self.open.clear()
        return done

    def last_ended(self) -> EndedSale | None:
        """How the sale this workstation completed last ended."""
        with self._desk.shop.books.glancing() as work:
            return work.ended_sales.last(self._desk.number)

    def last_completed(self) -> Transaction | None:
        """The sale this workstation completed last."""
        with self._desk.shop.books.reading() as work:
            return work.transactions.last(self._desk.number)

    def _fixed(self, line: int) -> Refused | None:
        """Why a line (counted from 0) cannot be changed: it is not there, or a deposit that follows its goods."""
        if not 0 <= line < len(self._basket.lines):
            return Refused(Code.LINE_UNKNOWN, {"line": line + 1})
        owner = self._basket.owner(line)
        if owner == line:
            return None
        names: dict[str, object] = {"item": self._basket.lines[line].name, "goods": self._basket.lines[owner].name}
        return Refused(Code.DEPOSIT_FOLLOWS, names)


def summary(priced: PricedBasket) -> dict[str, object]:
    """What the journal keeps of a sale that is not in the books as one."""
    lines = [[line.line.item, line.line.quantity.thousandths, line.total] for line in priced.lines]
    return {"lines": lines, "total": priced.total}
