"""What is replaced even: goods of the same item, or of the same family at the same price, in the same quantity.

The same price is the one that was paid, or the one both have today: a size that has become dearer keeps the old price.
Goods whose price somebody agreed by hand replace nothing even: that price is to be paid.

The new unit stands for the old line of the sale, with its date, price and tenders; no money moves for it, and so no tax
event (returns.md 5.3, 5.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos.domain.basket import Basket, BasketLine
from pos.domain.discount import DiscountSource
from pos.domain.frozen import dataclass
from pos.domain.line_share import share_of
from pos.domain.money import extend
from pos.domain.policy_rule import Policy
from pos.domain.purchase import Purchase, PurchaseLine
from pos.domain.return_case import ReturnCase
from pos.domain.return_request import LineAsked
from pos.domain.return_rules import EvenExchange
from pos.domain.return_subject import holding, sold_line, subject_of
from pos.domain.transaction import SaleLine

_SAME_ITEM, _SAME_FAMILY = "same_item", "same_family"


def replaced_even(case: ReturnCase, basket: Basket, policy: Policy) -> tuple[LineAsked, ...]:
    """Which lines that come back are replaced even by a line that goes out, each with what goes out for it: those the
    policy does not let begin anew.
    """
    request, purchase = case.request, case.purchase
    if purchase is None:
        return ()
    free = list(basket.lines)
    even: list[LineAsked] = []
    # Goods whose deposit comes back with them are sold again with a new one.
    with_deposit = {sold.belongs_to for one in request.lines if (sold := purchase.line(one.line)) is not None}
    for asked in request.lines:
        rule = _rule(case, policy, asked)
        found = next((line for line in free if _fits(asked, line, case, any_price=rule.any_price)), None)
        if found is not None and asked.line not in with_deposit and rule.keeps:
            free.remove(found)
            even.append(_instead(asked, found, purchase))
    # The two parts are judged apart: a line of the sale is in one of them only.
    return tuple(one for one in even if _times(even, one.line) == _times(request.lines, one.line))


def without_even(basket: Basket, even: Sequence[LineAsked]) -> Basket:
    """The basket without the lines that replace others even, and without what comes back for them."""
    return replace(basket.with_set_aside(_places(basket, even)), returning=None, set_aside=())


def paying(basket: Basket, even: Sequence[LineAsked]) -> Basket:
    """The basket the customer pays: the lines that replace others even are set aside, for they cost nothing."""
    return basket.with_set_aside(_places(basket, even))


def at_kept_price(
    lines: Sequence[SaleLine], even: Sequence[LineAsked], purchase: Purchase | None
) -> tuple[SaleLine, ...]:
    """What goes out as it counts: the lines that replace others even at the price those were charged."""
    kept = list(lines)
    free = [place for place, line in enumerate(kept) if not (line.container or _was_agreed(line))]
    for asked in even:
        sold = None if purchase is None else purchase.line(asked.line)
        place = next((at for at in free if (kept[at].item, kept[at].quantity) == (asked.instead, asked.quantity)), None)
        if purchase is not None and sold is not None and place is not None:
            free.remove(place)
            kept[place] = _as_charged(kept[place], sold, prices_hold_tax=purchase.prices_hold_tax)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class KeptPrice:
    """What a line that goes out counts at, minor units: the old price of one, and what it comes to."""

    unit_price: int
    amount: int


def kept_prices(basket: Basket, even: Sequence[LineAsked], purchase: Purchase | None) -> dict[int, KeptPrice]:
    """The lines that go out, counted from 0, which count at the old price of what they replace, where today's is
    another.
    """
    kept: dict[int, KeptPrice] = {}
    for asked in even:
        sold = None if purchase is None else purchase.line(asked.line)
        place = next((at for at in _places(basket, even) if at not in kept and _stands_for(basket, at, asked)), None)
        if purchase is None or sold is None or place is None or basket.lines[place].unit_price == sold.unit_price:
            continue
        share = share_of(sold, asked.quantity.thousandths, prices_hold_tax=purchase.prices_hold_tax)
        kept[place] = KeptPrice(sold.unit_price, share.gross if purchase.prices_hold_tax else share.net)
    return kept


def _agreed(line: BasketLine) -> bool:
    return line.override is not None or line.markdown is not None


def _was_agreed(line: SaleLine) -> bool:
    return line.override is not None or any(share.source is DiscountSource.LINE for share in line.discounts)


def _stands_for(basket: Basket, place: int, asked: LineAsked) -> bool:
    line = basket.lines[place]
    return (line.item, line.quantity) == (asked.instead, asked.quantity)


def _as_charged(line: SaleLine, sold: PurchaseLine, *, prices_hold_tax: bool) -> SaleLine:
    share = share_of(sold, line.quantity.thousandths, prices_hold_tax=prices_hold_tax)
    extended = extend(sold.unit_price, line.quantity)
    discount = extended - (share.gross if prices_hold_tax else share.net)
    return replace(
        line,
        unit_price=sold.unit_price,
        extended=extended,
        discount=discount,
        net=share.net,
        tax=share.tax,
        taxes=share.taxes,
        total=share.gross,
        discounts=(),
        override=None,
    )


def _places(basket: Basket, even: Sequence[LineAsked]) -> list[int]:
    """Which lines, counted from 0, replace others even, each with the deposit that goes with it."""
    places: list[int] = []
    for asked in even:
        place = next(
            number
            for number, line in enumerate(basket.lines)
            if number not in places
            and not _agreed(line)
            and line.item == asked.instead
            and line.quantity == asked.quantity
            and line.stored is None
        )
        places.append(place)
        # A deposit goes with its goods: the old goods' deposit came with them.
        while place + 1 < len(basket.lines) and basket.lines[place + 1].each:
            place += 1
            places.append(place)
    return places


def _rule(case: ReturnCase, policy: Policy, asked: LineAsked) -> EvenExchange:
    return holding(policy, EvenExchange, subject_of(case, asked)) or EvenExchange(id="even_exchange")


def _fits(asked: LineAsked, line: BasketLine, case: ReturnCase, *, any_price: bool) -> bool:
    sold = sold_line(case, asked)
    if sold is None or line.stored is not None or line.container or sold.stored is not None or sold.container:
        return False
    if _agreed(line):
        return False
    if line.quantity != asked.quantity or line.item == sold.item:
        return line.quantity == asked.quantity
    family = line.family != "" and line.family == sold.terms.family
    return family and (any_price or line.unit_price == sold.unit_price or line.unit_price == _price_today(case, sold))


def _price_today(case: ReturnCase, sold: PurchaseLine) -> int | None:
    """What the goods that come back cost today, None where the shop has them no more."""
    goods = case.goods.get(sold.item)
    return None if goods is None else goods.unit_price


def _instead(asked: LineAsked, line: BasketLine, purchase: Purchase) -> LineAsked:
    sold = purchase.line(asked.line)
    fits = _SAME_ITEM if sold is not None and sold.item == line.item else _SAME_FAMILY
    serial = line.serials[0] if line.serials else ""
    return replace(asked, instead=line.item, instead_name=line.name, instead_serial=serial, fits=fits)


def _times(lines: Sequence[LineAsked], number: int) -> int:
    return sum(1 for one in lines if one.line == number)
