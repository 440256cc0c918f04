"""What the money column says: the sums of the open sale, how the last one ended, the tiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import islice

from pos.domain.discount import DiscountSource
from pos.domain.item import Item
from pos.domain.money import Money, Unit
from pos.domain.pricing import PricedBasket
from pos.domain.promotion import Promotion
from pos.domain.quick_keys import KeyKind, KeyPage, QuickKey
from pos.domain.shop import ShopRules
from pos.domain.tax import PriceMode
from pos.domain.transaction import EndedSale
from pos.services.desk import Desk
from pos.services.item_pictures import picture_path
from pos.services.sale import SaleView
from pos.ui.sell.picks import TILES_MAX, Page, Pick
from pos.ui.sell.rows import count_of, taxes_of
from pos.ui.sell.teller import Teller
from pos.ui.sell.totals import SumRow
from pos.ui.special_words import tag_of
from pos.ui.theme import Kind, icon_names
from pos.wording import Wording
from pos.workstation import Workstation

# The subtotal, what promotions took off, a tax.
_ROWS_MIN = 3


def rows_max(rules: ShopRules) -> int:
    """How many lines of sums this shop's sales keep room for above the total: one more for each further rate of tax."""
    each = {(rate.rate_millionths, rate.unit_amount, rate.included) for rate in rules.tax_rates}
    return max(_ROWS_MIN, 1 + len(each - {(0, None, False), (0, None, True)}))


def sums_of(priced: PricedBasket, rules: ShopRules, words: Wording, rows_room: int) -> list[SumRow]:
    """Subtotal, what was taken off and by whom, taxes; what has no room of its own stands in one sum."""
    items = words.count("{n} item", "{n} items", count_of(priced))
    subtotal = words.amount(Money(priced.subtotal, priced.currency))
    first = SumRow(words.say("Subtotal · {items}", items=items), subtotal)
    off, taxes = _taken_off(priced, words), _taxes(priced, rules, words)
    if 1 + len(off) + len(taxes) > rows_room and len(off) > 1:
        off = [_off(words.say("Discounts"), priced.discount, priced.currency, words)]
    if 1 + len(off) + len(taxes) > rows_room:
        taxes = [SumRow(words.say("Tax"), words.amount(Money(priced.tax, priced.currency)))]
    return [first, *off, *taxes]


def _taken_off(priced: PricedBasket, words: Wording) -> list[SumRow]:
    """What promotions, people, the rule for the shop's own people and points took off, each in a row of its own."""
    sums: dict[DiscountSource, int] = {}
    for line in priced.lines:
        for discount in line.discounts:
            sums[discount.source] = sums.get(discount.source, 0) + discount.amount
    if not sums:
        return []
    by_hand = sums.get(DiscountSource.LINE, 0) + sums.get(DiscountSource.RECEIPT, 0)
    applied = len(priced.promotions.applied)
    rows = (
        (words.count("Promotions · {n} applied", "Promotions · {n} applied", applied), DiscountSource.PROMOTION),
        (words.say("Staff discount"), DiscountSource.STAFF),
        (words.say("Points"), DiscountSource.POINTS),
    )
    said = [_off(text, sums[source], priced.currency, words) for text, source in rows if source in sums]
    if by_hand:
        said.insert(
            1 if DiscountSource.PROMOTION in sums else 0,
            _off(words.say("Discount by hand"), by_hand, priced.currency, words),
        )
    return said


def _off(text: str, amount: int, currency: str, words: Wording) -> SumRow:
    return SumRow(text, words.amount(Money(-amount, currency)), saved=True)


def _taxes(priced: PricedBasket, rules: ShopRules, words: Wording) -> list[SumRow]:
    """Each rate; where prices hold the tax, the line says so."""
    rows = []
    for tax in taxes_of(priced):
        rate = words.tax_rate(tax.rate_millionths, tax.unit_amount, priced.currency)
        if tax.included or rules.price_mode is PriceMode.TAX_INCLUDED:
            label = words.say("Tax {rate}, included", rate=rate)
        else:
            label = words.say("Tax {rate}", rate=rate)
        rows.append(SumRow(label, words.amount(Money(tax.amount, priced.currency))))
    return rows


def last_of(sale: EndedSale | None, words: Wording) -> tuple[str, str]:
    """How the last sale ended: a title and a second line; nothing where there was none."""
    if sale is None:
        return "", ""
    title = words.say(
        "Last sale {total} · change {change}",
        total=words.amount(Money(sale.total, sale.currency)),
        change=words.amount(Money(sale.change, sale.currency)),
    )
    moment = sale.at + timedelta(minutes=sale.utc_offset_minutes)
    return title, f"{sale.receipt} · {words.time(moment)}"


def void_question(priced: PricedBasket, words: Wording) -> str:
    """What is asked before a sale is given up."""
    return words.count(
        "Void this sale of {n} item, {total}? It cannot be undone.",
        "Void this sale of {n} items, {total}? It cannot be undone.",
        count_of(priced),
        total=words.money(Money(priced.total, priced.currency)),
    )


# What a shop calls a colour, as the soft grounds of the theme show it.
_COLOURS: dict[str, Kind] = {
    "red": "bad",
    "orange": "warn",
    "yellow": "warn",
    "brown": "warn",
    "green": "ok",
    "teal": "ok",
    "blue": "info",
    "purple": "out",
    "grey": "neutral",
}


def pages_of(
    pages: Iterable[KeyPage],
    read: Callable[[Sequence[str]], Mapping[str, Item]],
    workstation: Workstation,
    words: Wording,
) -> list[Page]:
    """The pages of tiles, prices as the language writes them; what is not sold any more has no tile.

    Of each page as many as a page shows, read with `read` when it is shown first.
    """

    def tiles(page: KeyPage) -> Iterator[Pick]:
        keys = sorted((key for key in page.keys if key.kind is KeyKind.ITEM), key=lambda key: key.position)
        for start in range(0, len(keys), TILES_MAX):
            row = keys[start : start + TILES_MAX]
            items = read([key.target for key in row])
            sold = [(key, items[key.target]) for key in row if key.target in items and items[key.target].active]
            tags = workstation.specials.tags(item for _, item in sold)
            yield from (_pick(key, item, workstation.desk, words, tags.get(item.id)) for key, item in sold)

    def shown(page: KeyPage) -> tuple[Pick, ...]:
        return tuple(islice(tiles(page), TILES_MAX))

    return [Page(page.name or words.say("Quick keys"), partial(shown, page)) for page in pages]


def _pick(key: QuickKey, item: Item, desk: Desk, words: Wording, tag: Promotion | None) -> Pick:
    icon, currency = (key.icon if key.icon in icon_names() else ""), desk.rules.currency
    return Pick(
        item.id,
        icon or item.icon or "inventory_2",
        key.label or item.name_in(words.language),
        _price(item, currency, words),
        item.department,
        _COLOURS.get(key.colour),
        # An icon that was chosen for the key says more than the picture of the item.
        "" if icon else picture_path(desk, item.picture),
        "" if tag is None else tag_of(tag, currency, words),
    )


def _price(item: Item, currency: str, words: Wording) -> str:
    price = words.amount(Money(item.unit_price_minor, currency))
    if item.unit is Unit.PIECE:
        return price
    return words.say("{price} / {unit}", price=price, unit=words.unit(item.unit))


def tell_expired(view: SaleView, teller: Teller) -> bool:
    """Warn where the line just touched is past its last day: it is in the sale, somebody looks at it."""
    if view.selected is None or view.selected not in view.expired:
        return False
    line = view.priced.lines[view.selected].line
    teller.warn(teller.words.expired(line.name, date.fromisoformat(line.expires)))
    return True
