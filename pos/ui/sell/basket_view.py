"""The basket: a list that paints its rows itself, and which screen readers read line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
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
from pos.ui.sell.row_painting import LEFT, RIGHT, ROW_HEIGHT, paint_selected, row_picture, tag_height
from pos.ui.sell.rows import RowView, kept_row, row_of
from pos.ui.shared.afterwards import Afterwards
from pos.ui.shared.draw import colour_of
from pos.ui.shared.scrolled import own_viewport
from pos.ui.theme import current
from pos.wording import Wording

if TYPE_CHECKING:
    from pos.domain.even_exchange import KeptPrice

SELECTED_HEIGHT = 124
STRIP_TOP = 66
_STRIP_HEIGHT = 48
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


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
        kept.height = height + tag_height(kept.view)
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
        row.height += tag_height(view) - tag_height(row.view)
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
        return Row(view, ROW_HEIGHT + tag_height(view))


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
            self._show_row(row)
        self._place_strip()
        self._paint_rows()

    def _show_row(self, row: int) -> None:
        """Scroll until the row is seen whole; how far the list goes is known from its rows before Qt laid them out."""
        heights = [each.height for each in self._basket.rows]
        room, bottom = self.viewport().height(), sum(heights[: row + 1])
        self._bar.setPageStep(room)
        self._bar.setRange(0, max(sum(heights) - room, 0))
        self._bar.setValue(min(max(self._bar.value(), bottom - room), bottom - heights[row]))

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Paint once what changes meanwhile."""
        with self._unpainted():
            yield
        self._paint_rows()

    @contextmanager
    def _unpainted(self) -> Iterator[None]:
        """What asks to be painted meanwhile is not heard."""
        view = self.viewport()
        view.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled)
        try:
            yield
        finally:
            view.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, on=False)

    def _paint_rows(self) -> None:
        """Paint the rows, and the strip only where Qt knows that it came or moved.

        Qt would paint all of the list and the strip's ten widgets with it; once the list is longer than its place, the
        strip stands where it stood at every further scan.
        """
        view, strip = self.viewport(), self._strip
        stale = QRegion(view.rect())
        if strip is not None and strip.isVisible():
            stale -= QRegion(strip.geometry())
        view.update(stale)

    def doItemsLayout(self) -> None:
        # Only a touch and a screen reader ask Qt where the rows are, and none comes within milliseconds of a scan.
        self._afterwards.want(self._lay_out)

    def _lay_out(self) -> None:
        """Have Qt place the rows where they stand painted already."""
        with self._unpainted():
            super().doItemsLayout()

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
                    paint_selected(painter, row.view, (0, top, width, row.height), t)
                    self._afterwards.want(self._picture_ahead)
                else:
                    painter.drawPixmap(0, top, row_picture(row.view, width, t.name, ratio))
            top += row.height
        if top <= last:
            painter.fillRect(0, top, width, last + 1 - top, colour_of(t.surface))
        if self._card is not None:
            paint_corners(painter, view, self._card, t)

    def _picture_ahead(self) -> None:
        """The picture of the selected row for when the next line takes its place: made while nobody waits for it."""
        if 0 <= self._row < len(self._basket.rows):
            view = self.viewport()
            row_picture(self._basket.row_at(self._row), view.width(), current().name, view.devicePixelRatioF())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A list would look for a line that begins so; from its strip characters go on to the screen's entry.
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.row >= 0:
            self._show_row(self.row)
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
        top += STRIP_TOP + tag_height(rows[row].view)
        self._strip.setGeometry(LEFT, top, self.viewport().width() - LEFT - RIGHT, self._strip_height)
        self._strip.show()
