"""The basket: a list that paints its rows itself, and which screen readers read line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from pos.domain.basket import BasketLine
from pos.domain.frozen import dataclass
from pos.domain.pricing import PricedLine
from pos.services.sale import SaleView
from pos.ui.sell.basket_edge import BasketBar, paint_corners
from pos.ui.sell.rows import RowView, kept_row, row_of
from pos.ui.shared.afterwards import Afterwards
from pos.ui.shared.draw import AT_MIDDLE, AT_RIGHT, Placed, amount_face, colour_of, placed, put, text_width
from pos.ui.shared.scrolled import own_viewport
from pos.ui.theme import ThemeName, Tokens, current, draw_icon, font, tokens
from pos.wording import Wording

if TYPE_CHECKING:
    from pos.domain.even_exchange import KeptPrice

ROW_HEIGHT = 61
SELECTED_HEIGHT = 124
STRIP_TOP = 66
# What the name of a discount under a line adds to its row.
TAG_HEIGHT = 15
_STRIP_HEIGHT = 48
LEFT = 43
RIGHT = 11
GAP = 2
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_ROOM_FOR_PRICE = 560


def columns_of(width: float) -> tuple[int, int, int]:
    """How wide quantity, price and amount are; on a narrow list the price gives its room to the name."""
    return 86, 92 if width >= _ROOM_FOR_PRICE else 0, 104


class BasketModel(QStandardItemModel):
    """The lines of the open sale. `take` changes only what differs: a scan touches one row however many there are.

    Qt keeps what it asks of each row, heights too: asked of Python for every row at every scan, it would take longer
    than ringing up.
    """

    def __init__(self, words: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._lines: list[PricedLine] = []
        self._rows: list[Row] = []
        # Rows of an exchange as they are without the price that is kept.
        self._today: dict[int, RowView] = {}

    @property
    def words(self) -> Wording:
        return self._words

    def line_at(self, row: int) -> BasketLine:
        return self._lines[row].line

    def row_at(self, row: int) -> RowView:
        return self._rows[row].view

    @property
    def rows(self) -> Sequence[Row]:
        """What is painted, from the top."""
        return self._rows

    def set_height(self, row: int, height: int) -> None:
        """How tall a row is, without the name of a discount under its line."""
        kept = self._rows[row]
        kept.height = height + _tag_height(kept.view)
        self.item(row).setSizeHint(QSize(100, kept.height))

    def set_words(self, words: Wording, sale: SaleView) -> None:
        """Say every line anew."""
        self._words = words
        self._lines, self._rows, self._today = [], [], {}
        self.clear()
        self.take(sale)

    def take(self, sale: SaleView) -> None:
        """Show this basket: rows that are the same stay, those in between are replaced."""
        if self._today:
            self.keep_prices({}, sale.priced.currency)
        old, new = self._lines, sale.priced.lines
        same = 0
        while same < min(len(old), len(new)) and _alike(old[same], new[same]):
            same += 1
        if len(old) == len(new):
            changed = [number for number in range(same, len(new)) if not _alike(old[number], new[number])]
            for number in changed:
                self._rows[number] = row = self._row(number, sale)
                self.setItem(number, _item(row))
        else:
            self._rows[same:] = rows = [self._row(number, sale) for number in range(same, len(new))]
            self.removeRows(same, len(old) - same)
            self.invisibleRootItem().appendRows([_item(row) for row in rows])
        self._lines = list(new)

    def keep_prices(self, kept: Mapping[int, KeptPrice], currency: str) -> None:
        """Rows that count at the price of what they replace; all others at today's."""
        for number, view in self._today.items():
            self._show(number, view)
        self._today = {number: self._rows[number].view for number in kept if number < len(self._rows)}
        for number, view in self._today.items():
            self._show(number, kept_row(view, kept[number], currency, self._words))

    def _show(self, number: int, view: RowView) -> None:
        """The same line in other words, selected or not as it is."""
        row = self._rows[number]
        row.height += _tag_height(view) - _tag_height(row.view)
        row.view = view
        self.setItem(number, _item(row))

    def _row(self, number: int, sale: SaleView) -> Row:
        priced = sale.priced
        view = row_of(
            number + 1,
            priced.lines[number],
            priced.currency,
            self._words,
            expired=number in sale.expired,
            outcome=priced.promotions,
        )
        return Row(view, ROW_HEIGHT + _tag_height(view))


@dataclass(slots=True)
class Row:
    """A line as it is painted, and how tall it is now."""

    view: RowView
    height: int


def _item(row: Row) -> QStandardItem:
    """What Qt lays out, and a screen reader reads, of a row."""
    item = QStandardItem()
    item.setFlags(_FLAGS)
    item.setAccessibleText(row.view.spoken)
    item.setToolTip(row.view.name)
    item.setSizeHint(QSize(100, row.height))
    return item


def _alike(one: PricedLine, other: PricedLine) -> bool:
    """Whether two lines look the same; the basket keeps a line it did not change as the same object."""
    same = one.line is other.line or one.line == other.line
    return (
        same
        and one.extended == other.extended
        and one.unit_price == other.unit_price
        and one.discounts == other.discounts
    )


def _tag_height(row: RowView) -> int:
    """What a row is taller by: something was taken off its line."""
    return TAG_HEIGHT if row.tag else 0


def _paint_selected(painter: QPainter, top: int, row: Row, width: int, t: Tokens) -> None:
    """The selected row is taller, its lower part belongs to the strip of buttons."""
    painter.fillRect(0, top, width, row.height, colour_of(t.primary_soft))
    painter.fillRect(0, top, 4, row.height, colour_of(t.primary_edge))
    painter.translate(0, top)
    _paint_words(painter, row.view, width, t)
    painter.translate(0, -top)


# As many as a tall window shows.
@lru_cache(maxsize=20)
def _row_picture(row: RowView, width: int, theme: ThemeName, ratio: float) -> QPixmap:
    """A row that is not selected: painted when it comes, copied while the others move it up."""
    t = tokens(theme)
    height = ROW_HEIGHT + _tag_height(row)
    picture = QPixmap(ceil(width * ratio), ceil(height * ratio))
    picture.setDevicePixelRatio(ratio)
    # An opaque ground, for letters are smoothed against what they stand on.
    picture.fill(t.surface)
    painter = QPainter(picture)
    painter.fillRect(0, height - 1, width, 1, colour_of(t.border))
    _paint_words(painter, row, width, t)
    painter.end()
    return picture


def _paint_words(painter: QPainter, row: RowView, width: int, t: Tokens) -> None:
    """Everything a row says, from its upper left corner."""
    for text in _words(row, width, t.name):
        put(painter, text)
    if row.mark:
        draw_icon(painter, QRectF(LEFT, 34, 16, 16), "warning", t.bad, 1)
    if row.tag:
        draw_icon(painter, QRectF(LEFT, 51, 16, 16), "sell", t.ok, 1)
        wide = text_width(row.before, font(13))
        painter.fillRect(QRectF(width - RIGHT - wide - 1, 51, wide + 2, 1), colour_of(t.text3))


# A row is painted as the selected one, and once more when the next takes its place.
@lru_cache(maxsize=4)
def _words(row: RowView, width: int, theme: ThemeName) -> tuple[Placed, ...]:
    """Amount, price and quantity from the right; number, name and detail in what is left."""
    t, wide = tokens(theme), width - RIGHT
    # Under a line something was taken off from: the amount that holds stands above the one before, which is struck.
    height, up = ROW_HEIGHT - 1 + _tag_height(row), 16 if row.tag else 0
    quantity, price, amount = columns_of(width)
    words = [
        placed((8, 0, 27, height), row.number, font(13, 600), t.text3, AT_MIDDLE),
        placed((wide - amount, 0, amount, height - up), row.amount, amount_face(row.amount, amount), t.text, AT_RIGHT),
    ]
    wide -= amount + GAP
    if price:
        words.append(placed((wide - price, 0, price, height), row.price, font(16), t.text2, AT_RIGHT))
        wide -= price + GAP
    words.append(placed((wide - quantity, 0, quantity, height), row.quantity, font(17, 600), t.text, AT_RIGHT))
    room = wide - quantity - GAP - LEFT - 8
    words.append(placed((LEFT, 10, room, 22), row.name, font(17, 600), t.text))
    if row.tag:
        before = text_width(row.before, font(13)) + 1
        words.append(placed((LEFT + 21, 50, room - 21, 18), row.tag, font(13, 600), t.ok))
        words.append(placed((width - RIGHT - before, 42, before, 18), row.before, font(13), t.text3, AT_RIGHT))
    marked = 0.0
    if row.mark:
        marked = text_width(row.mark, font(13, 600)) + 8
        words.append(placed((LEFT + 20, 33, marked, 18), row.mark, font(13, 600), t.bad))
        marked += 20
    words.append(placed((LEFT + marked, 33, room - marked, 18), row.detail, font(13), t.text3))
    return tuple(words)


class BasketView(QListView):
    """The list with one selected row; a widget given by `set_strip` stays in the lower part of that row.

    Signals: row_chosen(int) a person touched this row.
    """

    row_chosen = Signal(int)

    def __init__(self, model: BasketModel, afterwards: Afterwards, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._basket, self._afterwards = model, afterwards
        self._row = -1
        self._selected_height = SELECTED_HEIGHT
        self._strip: QWidget | None = None
        self._card: QWidget | None = None
        self.setModel(model)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = BasketBar()
        self.setVerticalScrollBar(self._bar)
        own_viewport(self)
        # It covers all it stands on: at a scan none of the widgets behind it has to be painted first.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.clicked.connect(lambda index: self.row_chosen.emit(index.row()))

    def set_card(self, card: QWidget) -> None:
        """The card it lies in, whose round corners it leaves free."""
        self._card = card
        self._bar.card = card

    def set_strip(self, strip: QWidget) -> None:
        self._strip = strip
        strip.setParent(self.viewport())
        self._place_strip()

    def set_strip_height(self, height: int) -> None:
        """Another room for the strip; the rows below move once, before anything is typed."""
        wanted = SELECTED_HEIGHT - _STRIP_HEIGHT + height
        if wanted != self._selected_height:
            self._selected_height = wanted
            self.select(self.row)

    @property
    def row(self) -> int:
        """The selected row; -1 for none."""
        return self._row

    def select(self, row: int) -> None:
        """Select a row and bring it into view; -1 selects none."""
        before, self._row = self._row, row
        if before != row and 0 <= before < len(self._basket.rows):
            self._basket.set_height(before, ROW_HEIGHT)
        if row >= 0:
            self._basket.set_height(row, self._selected_height)
            self.scrollTo(self._basket.index(row, 0))
        self._place_strip()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Paint what changes meanwhile, and the strip only where Qt knows that it came or moved.

        Qt would paint all of the list and the strip's ten widgets with it; once the list is longer than its place, the
        strip stands where it stood at every further scan.
        """
        view, strip = self.viewport(), self._strip
        view.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled)
        try:
            yield
        finally:
            view.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, on=False)
            stale = QRegion(view.rect())
            if strip is not None and strip.isVisible():
                stale -= QRegion(strip.geometry())
            view.update(stale)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        # Qt would copy what stays in view and then paint it: the rows are copies already.
        self._place_strip()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own would ask for every row, its place and its state through five of its classes."""
        t, area, view = current(), event.rect(), self.viewport()
        width, ratio = view.width(), view.devicePixelRatioF()
        first, last = area.top(), area.bottom()
        painter = QPainter(view)
        top = -self.verticalOffset()
        for number, row in enumerate(self._basket.rows):
            if top <= last and top + row.height > first:
                if number == self._row:
                    _paint_selected(painter, top, row, width, t)
                    self._afterwards.want(self._picture_ahead)
                else:
                    painter.drawPixmap(0, top, _row_picture(row.view, width, t.name, ratio))
            top += row.height
        if top <= last:
            painter.fillRect(0, top, width, last + 1 - top, colour_of(t.surface))
        if self._card is not None:
            paint_corners(painter, view, self._card, t)

    def _picture_ahead(self) -> None:
        """The picture of the selected row for when the next line takes its place: made while nobody waits for it."""
        if 0 <= self._row < len(self._basket.rows):
            view = self.viewport()
            _row_picture(self._basket.row_at(self._row), view.width(), current().name, view.devicePixelRatioF())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A list would look for a line that begins so; from its strip characters go on to the screen's entry.
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.row >= 0:
            self.scrollTo(self.model().index(self.row, 0))
        self._place_strip()

    @property
    def _strip_height(self) -> int:
        return self._selected_height - SELECTED_HEIGHT + _STRIP_HEIGHT

    def _place_strip(self) -> None:
        if self._strip is None:
            return
        row = self.row
        if not 0 <= row < len(self._basket.rows):
            self._strip.hide()
            return
        rows = self._basket.rows
        top = sum([above.height for above in rows[:row]]) - self.verticalOffset()
        top += STRIP_TOP + _tag_height(rows[row].view)
        self._strip.setGeometry(LEFT, top, self.viewport().width() - LEFT - RIGHT, self._strip_height)
        self._strip.show()
