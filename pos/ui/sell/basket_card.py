"""The left of the sale: the basket with its head, or a welcome while there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos.services.sale import SaleView
from pos.ui.sell.basket_view import BasketModel, BasketView
from pos.ui.sell.line_strip import LineStrip
from pos.ui.sell.row_painting import GAP, LEFT, RIGHT, columns_of
from pos.ui.shared.afterwards import Afterwards
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.draw import line, rounded
from pos.ui.shared.notices import EmptyState, speak
from pos.ui.theme import current, font
from pos.wording import Wording

if TYPE_CHECKING:
    from pos.domain.even_exchange import KeptPrice


class BasketHead(QWidget):
    """The names of the columns, above them."""

    def __init__(self, view: BasketView) -> None:
        super().__init__()
        self._view = view
        self._names = ("", "", "", "")
        self.setFixedHeight(37)
        view.viewport().installEventFilter(self)

    def set_names(self, item: str, quantity: str, price: str, amount: str) -> None:
        self._names = (item, quantity, price, amount)
        self.setAccessibleName(", ".join(self._names))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 37)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The columns move when the scroll bar comes or goes."""
        if event.type() == QEvent.Type.Resize:
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded(painter, QRectF(self.rect()).adjusted(0, 0, 0, 14), 13, t.sunken, None)
        rounded(painter, QRectF(0, self.height() - 1, self.width(), 1), 0, t.border, None)
        item, quantity, price, amount = self._names
        right = self._view.viewport().width() - RIGHT
        columns = columns_of(self._view.viewport().width())
        for text, width in zip((amount, price, quantity), reversed(columns), strict=True):
            if not width:
                continue
            box = QRectF(right - width, 0, width, self.height())
            line(painter, box, text, face=font(13, 600), colour=t.text2, align=Qt.AlignmentFlag.AlignRight)
            right -= width + GAP
        box = QRectF(LEFT, 0, right - LEFT, self.height())
        line(painter, box, item, face=font(13, 600), colour=t.text2)


class BasketCard(Card):
    """Shows one of the two; `view` is the list, `strip` the keys of its selected line.

    `keys` are those of its quantity, its price and its discount.
    """

    def __init__(
        self, words: Wording, keys: tuple[QAction, QAction, QAction], remove: QAction, afterwards: Afterwards
    ) -> None:
        super().__init__("plain", padding=1, spacing=0)
        self._afterwards = afterwards
        self.model = BasketModel(words, self)
        # Each inside what holds it from the start: Qt dresses whatever changes hands anew, with all that is in it.
        self._stack = QStackedWidget(self)
        basket = QWidget(self._stack)
        self.view = BasketView(self.model, afterwards, basket)
        self.view.setObjectName("sell.basket.lines")
        self.view.set_card(self)
        self.strip = LineStrip(*keys, remove)
        self.view.set_strip(self.strip)
        self.strip.turned.connect(lambda: self.view.set_strip_height(self.strip.wanted_height))
        self._head = BasketHead(self.view)
        self._empty = EmptyState("barcode_scanner")
        column = QVBoxLayout(basket)
        column.setContentsMargins(0, 0, 0, 1)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.view, 1)
        # A page that does not show must not ask for room: the lines go on where the welcome would not fit, and a window
        # that is made narrower is not held by tiles that still have their icons.
        self._empty.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(basket)
        self.column.addWidget(self._stack)

    def offer(self, tiles: list[ActionButton]) -> None:
        """What can be done while there is no line."""
        self._empty.set_actions(tiles)

    def show_empty_icon(self, *, shown: bool) -> None:
        """The large picture of the welcome."""
        self._empty.show_icon(shown=shown)

    def take(self, sale: SaleView) -> None:
        """Show the basket with its row selected; the last one where none is named."""
        priced, row = sale.priced, sale.selected
        last = len(priced.lines) - 1
        with self.view.changing():
            self.model.take(sale)
            self._stack.setCurrentIndex(1 if priced.lines else 0)
            self.select(last if row is None else min(row, last))

    def select(self, row: int) -> None:
        """Select a row; -1 for none."""
        self.view.select(row)
        if row >= 0:
            shown = self.model.row_at(row)
            self.strip.show_line(shown.name, shown.pieces, self.model.words)
            self._afterwards.want(self.strip.name_keys)
            speak(self.view, shown.spoken)

    def keep_prices(self, kept: Mapping[int, KeptPrice], currency: str) -> None:
        """The lines that count at the price of what they replace say so; a taller row moves those below it."""
        with self.view.changing():
            self.model.keep_prices(kept, currency)
            self.view.select(self.view.row)

    def say_empty(self, words: Wording, *, exchange: bool) -> None:
        """What stands in the place of the list: the next customer is awaited, or what goes out for what comes back."""
        if exchange:
            told = words.say("Its price is set against what comes back. Enter takes a typed code.")
            self._empty.set_words(words.say("Scan what goes out"), told)
            return
        self._empty.set_words(
            words.say("Ready for the next customer"),
            words.say("Scan the first item, or type its code and press Enter."),
        )

    def retranslate(self, words: Wording, sale: SaleView) -> None:
        self.say_empty(words, exchange=False)
        self._head.set_names(words.say("Item"), words.say("Qty"), words.say("Price"), words.say("Amount"))
        self.view.setAccessibleName(words.say("Basket"))
        self.strip.retranslate(words)
        row = self.view.row
        self.view.select(-1)
        self.model.set_words(words, sale)
        self.select(min(row, len(sale.priced.lines) - 1))
