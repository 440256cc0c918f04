"""Everything the shop knows of an item, as lines to read, each with its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos.domain.identifiers import shown_code
from pos.domain.item import Item, ShelfPrice
from pos.domain.money import Money, Quantity, Unit
from pos.services.desk import Desk
from pos.services.item_pictures import picture_path
from pos.services.stock import StockView
from pos.ui.items.words import by_quantity, price_said, tax_name, unit_name
from pos.ui.shared.cards import Card, Icon, Pill
from pos.ui.shared.notices import set_ground
from pos.ui.shared.scrolled import own_viewport
from pos.ui.shared.text import Label
from pos.wording import Wording

_PRICES_SHOWN = 4


class ItemDetail(Card):
    """The chosen item; nothing in it can be changed."""

    def __init__(self) -> None:
        super().__init__("plain", padding=16, spacing=8)
        head = QHBoxLayout()
        head.setSpacing(12)
        self._icon = Icon("inventory_2", 26, tile="info", tile_size=64)
        self._name = Label("", 20, 680, wrap=True)
        self._price = Label("", 28, 700)
        head.addWidget(self._icon)
        head.addWidget(self._name, 1)
        self.column.addLayout(head)
        self.column.addWidget(self._price)
        self._pills = QHBoxLayout()
        self._pills.setSpacing(8)
        self.state = Pill("", "ok", "check_circle")
        self.stock = Pill("", "neutral", "inventory")
        self._pills.addWidget(self.state)
        self._pills.addWidget(self.stock)
        self._pills.addStretch(1)
        self.column.addLayout(self._pills)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        own_viewport(self._scroll)
        self.column.addWidget(self._scroll, 1)
        self.lines: list[tuple[str, str]] = []

    def show_item(self, stock: StockView, prices: Sequence[ShelfPrice], words: Wording, desk: Desk) -> None:
        item, currency = stock.item, desk.rules.currency
        say = words.say
        self._icon.set_icon(item.icon or "inventory_2")
        self._icon.set_picture(picture_path(desk, item.picture))
        self._name.setText(item.name_in(words.language))
        price = words.money(Money(item.unit_price_minor, currency))
        self._price.setText(say("{price} for one {unit}", price=price, unit=unit_name(item.unit, words)))
        if item.active:
            self.state.set_state(say("On sale"), "ok", "check_circle")
        else:
            self.state.set_state(say("No longer sold"), "neutral", "block")
        on_hand = words.quantity(Quantity(stock.on_hand, item.unit))
        if stock.low:
            self.stock.set_state(say("Low: {quantity} on hand", quantity=on_hand), "warn", "warning")
        else:
            self.stock.set_state(say("{quantity} on hand", quantity=on_hand), "neutral", "inventory")
        self.lines = [*_lines(item, words, desk), *_price_lines(prices, item.unit, words, desk)]
        self._lay()

    def _lay(self) -> None:
        inside = QWidget()
        set_ground(inside, "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        for at, (name, value) in enumerate(self.lines):
            title = Label(name, 14, 450, tone="text3", wrap=True)
            title.setMinimumWidth(120)
            title.setMaximumWidth(150)
            grid.addWidget(title, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(value, 15, 500, wrap=True), at, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        column.addStretch(1)
        self._scroll.setWidget(inside)


def _lines(item: Item, words: Wording, desk: Desk) -> list[tuple[str, str]]:
    say, currency = words.say, desk.rules.currency
    taxes = {rate.code: tax_name(rate, words, currency) for rate in desk.rules_today.tax_rates}
    comparison = item.comparison_price
    per_unit = ""
    if comparison is not None and item.content is not None:
        amount = words.money(Money(comparison, currency))
        per_unit = say("{price} for one {unit}", price=amount, unit=unit_name(item.content.unit, words))
    flags = [
        said
        for wanted, said in (
            (item.age > 0, say("From {age} years", age=item.age)),
            (item.serial, say("Serial number")),
            (item.open_price, say("Price is typed at the sale")),
            (item.final_sale, say("Does not come back")),
            (item.not_discountable, say("No discounts")),
            (item.container, say("Container with a deposit")),
        )
        if wanted
    ]
    limit = "" if item.stock_min is None else words.quantity(Quantity(item.stock_min, item.unit))
    all_lines = (
        (say("Number"), item.id),
        (say("On receipts"), item.name if item.names else ""),
        (say("Other names"), "\n".join(name for _, name in item.names)),
        (say("Department"), item.department),
        (say("Codes"), "\n".join(map(shown_code, item.codes))),
        (say("Family"), item.family),
        (say("Variant"), item.variant),
        (say("Tax"), ", ".join(taxes.get(code, code) for code in item.taxes)),
        (say("Content"), "" if item.content is None else words.quantity(item.content)),
        (say("Unit price"), per_unit),
        (say("Prices by quantity"), "\n".join(by_quantity(item.quantity_prices, item.unit, words, currency))),
        (say("Goes with"), "\n".join(f"{each.count} × {each.item}" for each in item.deposits)),
        (say("Rules"), "\n".join(flags)),
        (say("Flags"), " ".join(item.flags)),
        (say("Weight code"), item.measure_code),
        (say("Low below"), limit),
        (say("Picture"), item.picture),
    )
    return [(name, value) for name, value in all_lines if value]


def _price_lines(prices: Sequence[ShelfPrice], unit: Unit, words: Wording, desk: Desk) -> list[tuple[str, str]]:
    """The last prices that were set, the latest first."""
    dated = [price for price in prices if price.starts_at is not None][-_PRICES_SHOWN:]
    lines = []
    for price in reversed(dated):
        assert price.starts_at is not None
        day = words.short_day(desk.local(price.starts_at).date())
        lines.append((words.say("From {day}", day=day), price_said(price, unit, words, desk.rules.currency)))
    return lines
