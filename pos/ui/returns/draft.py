"""What is being returned, before anything is written: ticked lines with quantity, state and reason. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pos.domain.item import Item
from pos.domain.money import Quantity, Unit
from pos.domain.purchase import Purchase, PurchaseLine
from pos.domain.return_request import FIRST_CONDITION, FIRST_REASON, IdShown, LineAsked, ReturnRequest, ShownBy


@dataclass(slots=True)
class ReturnDraft:
    """One return in the making. `purchase` is None where no sale is known: then `goods` are the items on the counter,
    by place from 1 as `ticked` counts them.
    """

    purchase: Purchase | None = None
    shown_by: ShownBy = ShownBy.RECEIPT
    goods: list[Item] = field(default_factory=list)
    ticked: dict[int, LineAsked] = field(default_factory=dict)
    refund_to: str = ""
    waive: bool = False
    id_shown: IdShown | None = None
    customer: str = ""

    def line(self, number: int) -> PurchaseLine | None:
        return None if self.purchase is None else self.purchase.line(number)

    def toggle(self, number: int) -> None:
        """Tick a line, all that is left of it; or take the tick away. What was to be given up was of other lines."""
        self.waive = False
        if self.ticked.pop(number, None) is None:
            self.ticked[number] = self._asked(number)

    def scanned(self, item: Item) -> int:
        """Goods were scanned: one more of the first line of that item that has any left; the line, 0 for none."""
        self.waive = False
        if self.purchase is None:
            self.goods.append(item)
            self.ticked[len(self.goods)] = LineAsked(0, _one(item.unit), item=item.id, condition=FIRST_CONDITION)
            return len(self.goods)
        for line in self.purchase.lines:
            if line.item != item.id or line.left.thousandths <= 0:
                continue
            asked = self.ticked.get(line.line)
            if asked is None:
                one = min(line.left.thousandths, 1000 if line.quantity.unit is Unit.PIECE else line.left.thousandths)
                self.ticked[line.line] = replace(self._asked(line.line), quantity=Quantity(one, line.quantity.unit))
                return line.line
            if asked.quantity.thousandths + 1000 <= line.left.thousandths:
                more = Quantity(asked.quantity.thousandths + 1000, asked.quantity.unit)
                self.ticked[line.line] = replace(asked, quantity=more)
                return line.line
        return 0

    def say(self, number: int, changes: Mapping[str, Any]) -> None:
        """Say something else of a ticked line: its quantity, condition, reason or serial."""
        if number in self.ticked:
            self.ticked[number] = replace(self.ticked[number], **changes)

    def take(self, request: ReturnRequest) -> None:
        """What a remedy makes of the request: lines are left out, added or said anew, in the order of the receipt."""
        if self.purchase is None:
            numbers = [number for number, asked in sorted(self.ticked.items())]
            kept = iter(numbers if len(numbers) == len(request.lines) else [])
            by_item = {self.goods[number - 1].id: number for number in reversed(numbers)}
            self.ticked = {next(kept, by_item.get(asked.item, 1)): asked for asked in request.lines}
        else:
            self.ticked = {asked.line: asked for asked in request.lines}
        self.shown_by, self.refund_to, self.id_shown = request.shown_by, request.refund_to, request.id_shown
        self.waive = request.waive

    def request(self, *, exchange: bool = False) -> ReturnRequest:
        """What the services judge, in the order of the receipt."""
        return ReturnRequest(
            purchase="" if self.purchase is None else self.purchase.id,
            shown_by=self.shown_by,
            lines=tuple(self.ticked[number] for number in sorted(self.ticked)),
            id_shown=self.id_shown,
            customer=self.customer,
            refund_to=self.refund_to,
            waive=self.waive,
            exchange=exchange,
        )

    def _asked(self, number: int) -> LineAsked:
        line = self.line(number)
        if line is None:
            unit = self.goods[number - 1].unit
            return LineAsked(0, _one(unit), item=self.goods[number - 1].id, condition=FIRST_CONDITION)
        # Where nothing is left, all of it is asked for: the answer says that it came back already.
        wanted = line.left if line.left.thousandths > 0 else line.quantity
        return LineAsked(number, wanted, condition=FIRST_CONDITION, reason=FIRST_REASON)


def _one(unit: Unit) -> Quantity:
    return Quantity(1000, unit)
