"""What another system took back of a purchase it sold: folded into what a return is judged by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pos.domain.frozen import dataclass
from pos.domain.purchase import Purchase, PurchaseLine, PurchaseTender
from pos.domain.tender import CARDS_OF_THE_SHOP, TenderKind

_CASH = TenderKind.CASH.value


@dataclass(frozen=True, slots=True)
class BackLine:
    """One line: so many thousandths with what was paid back for them. `swapped`: another unit went out in its place
    and stands for the line, `new_item` where that is another item.
    """

    line: int
    thousandths: int
    net: int
    tax: int
    serials: tuple[str, ...] = ()
    swapped: bool = False
    new_item: str = ""
    new_name: str = ""
    new_serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BackTender:
    """Money that went out: a kind of tender, minor units, and the tender of the purchase it came off, 0 for none."""

    kind: str
    amount: int
    of: int = 0


@dataclass(frozen=True, slots=True)
class Back:
    """One return. `rounding` is that of its cash; `used` in minor units went into other goods and comes off the tenders
    behind it; `points` went back.
    """

    lines: tuple[BackLine, ...]
    tenders: tuple[BackTender, ...] = ()
    rounding: int = 0
    used: int = 0
    points: int = 0


def with_back(purchase: Purchase, backs: Iterable[Back]) -> Purchase:
    """The purchase as it stands after these, in the order they happened."""
    for back in backs:
        purchase = _after(purchase, back)
    return purchase


def _after(purchase: Purchase, back: Back) -> Purchase:
    lines = {line.line: line for line in purchase.lines}
    for gone in back.lines:
        if gone.line in lines:
            lines[gone.line] = _line_after(lines[gone.line], gone)
    cash = sum(tender.amount for tender in back.tenders if tender.kind == _CASH)
    return replace(
        purchase,
        lines=tuple(lines[line.line] for line in purchase.lines),
        tenders=_tenders_after(purchase.tenders, back),
        refunded=purchase.refunded + sum(tender.amount for tender in back.tenders) + back.used,
        # So little that no coin is as small counts too: the next refund in cash is rounded together with it.
        cash_exact=purchase.cash_exact + cash - back.rounding,
        cash_paid=purchase.cash_paid + cash,
        points_back=purchase.points_back + back.points,
        goodwill=purchase.goodwill + (0 if back.lines else sum(one.amount for one in back.tenders) - back.rounding),
    )


def _line_after(line: PurchaseLine, gone: BackLine) -> PurchaseLine:
    back = (*line.back_serials, *gone.serials)
    if not gone.swapped:
        return replace(
            line,
            returned=line.returned + gone.thousandths,
            returned_net=line.returned_net + gone.net,
            returned_tax=line.returned_tax + gone.tax,
            back_serials=back,
        )
    whole = gone.thousandths >= line.left.thousandths
    return replace(
        line,
        item=gone.new_item or line.item if whole else line.item,
        name=gone.new_name or line.name if whole else line.name,
        exchanged=line.exchanged + max(1, gone.thousandths // 1000),
        serials=(*line.serials, *gone.new_serials),
        # A unit that was handed out again is with the customer again.
        back_serials=tuple(serial for serial in back if serial not in gone.new_serials),
    )


def _tenders_after(tenders: tuple[PurchaseTender, ...], back: Back) -> tuple[PurchaseTender, ...]:
    left = {tender.tender: tender for tender in tenders}
    for out in back.tenders:
        if out.of in left:
            left[out.of] = replace(left[out.of], refunded=left[out.of].refunded + out.amount)
    used = back.used
    for tender in behind(left.values()):
        share = min(used, tender.ceiling)
        left[tender.tender] = replace(tender, refunded=tender.refunded + share)
        used -= share
    return tuple(left[tender.tender] for tender in tenders)


def behind(tenders: Iterable[PurchaseTender]) -> list[PurchaseTender]:
    """The tenders in the order value is taken out of them: cards, then cards of the shop, then the rest."""

    def rank(tender: PurchaseTender) -> tuple[int, int]:
        if tender.kind in {TenderKind.CREDIT, TenderKind.DEBIT}:
            return 0, tender.tender
        return (1 if tender.kind in CARDS_OF_THE_SHOP else 2), tender.tender

    return sorted(tenders, key=rank)
