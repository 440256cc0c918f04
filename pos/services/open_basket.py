"""The basket of this workstation: saved at every change before it shows, with the baskets undo and redo lead to."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from pos.domain.approval import without_uncovered
from pos.domain.basket import Basket, Suggested
from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.domain.pricing import PricedBasket, price
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.suggestion import showing
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.circumstances import circumstances
from pos.services.desk import Desk
from pos.services.stored_value import stored_changed

# The most a sale may come to, in minor units, and so the most cash it may be met with.
TOTAL_MAX = 10**15
_UNDO_STEPS = 200


@dataclass(frozen=True, slots=True)
class SaleView:
    """The open sale as a screen reads it. `selected` is the line last touched, counted from 0.

    `expired` are the lines (counted from 0) whose last day, as their code says it, is over. `came_off` are what the
    last change took off because its approval did not cover the change: the names of items, empty for the receipt.
    """

    priced: PricedBasket
    can_undo: bool
    can_redo: bool
    selected: int | None
    expired: tuple[int, ...] = ()
    came_off: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return self.priced.basket.empty

    @property
    def suggestion(self) -> Suggested | None:
        """What the till suggests now, if anything."""
        return showing(self.priced.basket)


class OpenBasket:
    """The one open basket. What is on the screen is committed; nobody else writes it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.priced = self.price(_new_basket())
        self._before: list[Basket] = []
        self._after: list[Basket] = []
        self.selected: int | None = None
        self._came_off: tuple[str, ...] = ()

    @property
    def basket(self) -> Basket:
        return self.priced.basket

    @property
    def view(self) -> SaleView:
        return SaleView(
            priced=self.priced,
            can_undo=bool(self._before),
            can_redo=bool(self._after),
            selected=self.selected,
            expired=self._expired(),
            came_off=self._came_off,
        )

    def _expired(self) -> tuple[int, ...]:
        dated = [(number, line.expires) for number, line in enumerate(self.basket.lines) if line.expires]
        if not dated:
            return ()
        today = self._desk.local(self._desk.now()).date().isoformat()
        return tuple(number for number, expires in dated if expires < today)

    def recover(self) -> SaleView | None:
        """As Sale.recover."""
        books = self._desk.shop.books
        try:
            with books.reading() as work:
                saved = work.baskets.get(self._desk.number)
            if saved is None or saved.blank:
                return None
            self.take(saved)
        except (LookupError, TypeError, ValueError) as error:
            raise KnownError(Trouble.BOOKS_DAMAGED, file=str(books.path)) from error
        return self.view

    def permitted(self, *, tendering: bool = False) -> Refused | None:
        """Why nothing may be changed now; None where it may."""
        operator = self._desk.permit(Permission.SELL)
        if isinstance(operator, Refused):
            return operator
        if self.basket.tenders and not tendering:
            return Refused(Code.TENDERS_TAKEN)
        return None

    def change(
        self,
        basket: Basket,
        selected: int | None,
        *,
        tendering: bool = False,
        besides: Callable[[UnitOfWork], None] | None = None,
        lasting: bool = False,
        looked_at: bool = False,
    ) -> SaleView | Refused:
        """Save the new basket, then make it the one that shows; a basket the till cannot hold is refused.

        A price or discount that was approved comes off where the change is more than the approval covers.
        `besides` writes what belongs to the change into the same unit of work; undo does not go back past what is
        `lasting`. `looked_at`: the caller just asked the books who is here and may, as `permitted` does.
        """
        refused = None if looked_at else self.permitted(tendering=tendering)
        if refused is not None:
            return refused
        refused = stored_changed(self.basket, basket)
        if refused is not None:
            return refused
        priced = self.price(basket)
        covered, came_off = without_uncovered(self.priced, priced)
        if came_off:
            basket, priced = covered, self.price(covered)
        if priced.total > TOTAL_MAX:
            return Refused(Code.AMOUNT_INVALID, {"amount": Money(priced.total, priced.currency)})
        self._save(basket, besides)
        self._came_off = came_off
        if lasting:
            self._before.clear()
        else:
            self._before.append(self.basket)
            del self._before[:-_UNDO_STEPS]
        self._after.clear()
        self.priced = priced
        self.selected = selected
        return self.view

    def put(self, basket: Basket, besides: Callable[[UnitOfWork], object]) -> SaleView:
        """Save what happened outside the till, and was permitted when it began: whoever is here now, it is so.

        Undo does not go back past it.
        """
        self._save(basket, besides)
        self._came_off = ()
        self._before.clear()
        self._after.clear()
        self.priced = self.price(basket)
        return self.view

    def undo(self) -> SaleView | None:
        """Back to the basket before the last change, or None where there is none or nobody who may sell is here."""
        return self._step(self._before, self._after)

    def redo(self) -> SaleView | None:
        """Forward again to the basket an undo left, or None as `undo`."""
        return self._step(self._after, self._before)

    def take(self, basket: Basket) -> None:
        """Show a basket that stands in the books already; there is nothing before it to go back to."""
        self.priced = self.price(basket)
        self._came_off = ()
        self._before.clear()
        self._after.clear()
        self.selected = basket.owner(len(basket.lines) - 1) if basket.lines else None

    def clear(self) -> None:
        """Begin anew, where the books hold no open sale any more."""
        self.take(_new_basket())

    def price(self, basket: Basket) -> PricedBasket:
        """What a basket would come to here and now."""
        return price(basket, self._desk.rules, circumstances(self._desk, basket))

    def _save(self, basket: Basket, besides: Callable[[UnitOfWork], object] | None = None) -> None:
        with self._desk.shop.books.writing() as work:
            if basket.blank:
                work.baskets.drop(self._desk.number)
            else:
                work.baskets.save(self._desk.number, basket, self._desk.now())
            if besides is not None:
                besides(work)
            work.commit()

    def _step(self, back: list[Basket], forth: list[Basket]) -> SaleView | None:
        if not back or isinstance(self._desk.permit(Permission.SELL), Refused):
            return None
        basket = back[-1]
        self._save(basket)
        self._came_off = ()
        back.pop()
        forth.append(self.basket)
        self.priced = self.price(basket)
        self.selected = basket.owner(len(basket.lines) - 1) if basket.lines else None
        return self.view


def _new_basket() -> Basket:
    return Basket(id=uuid.uuid4().hex)
