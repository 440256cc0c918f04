"""A list of things of the trade: each row painted from one role, read aloud, fetched as it is scrolled to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pos.domain.frozen import dataclass
from pos.ui.shared.draw import line, rounded, text_width
from pos.ui.shared.item_pictures import draw_picture
from pos.ui.shared.scrolled import own_viewport
from pos.ui.theme import current, draw_icon, font

ROW_HEIGHT = 60
_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
More = Callable[[], tuple[Sequence["ListRow"], bool]]


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row in words: `id` says whose it is, `lead` stands at the left in the place of an icon (a time of day).

    `picture` is a file in the icon's place. `alarming` paints `figure` as what needs attention. A screen reader is told
    `said`, or else the words in order.
    """

    id: str
    icon: str
    name: str
    detail: str = ""
    figure: str = ""
    alarming: bool = False
    lead: str = ""
    picture: str = ""
    said: str = ""

    @property
    def spoken(self) -> str:
        return self.said or ", ".join(filter(None, (self.lead, self.name, self.figure, self.detail)))


class RowModel(QAbstractListModel):
    """Rows shown so far; `more` is asked for the next part and answers whether there is another after it."""

    def __init__(self, parent: QObject, more: More | None = None) -> None:
        super().__init__(parent)
        self._more = more
        self._goes_on = False
        self.rows: list[ListRow] = []

    def show(self, rows: Sequence[ListRow], *, goes_on: bool = False) -> None:
        """These instead of what was there."""
        self.beginResetModel()
        self.rows, self._goes_on = list(rows), goes_on
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def canFetchMore(self, parent: _Index) -> bool:
        return self._goes_on and not parent.isValid()

    def fetchMore(self, parent: _Index) -> None:
        if self._more is None:
            return
        rows, self._goes_on = self._more()
        if rows:
            first = len(self.rows)
            self.beginInsertRows(_NO_PARENT, first, first + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == _ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        return row.name if role == Qt.ItemDataRole.ToolTipRole else None


class RowDelegate(QStyledItemDelegate):
    """Icon or lead, name and detail at the left, the figure at the right."""

    @staticmethod
    def row(index: _Index) -> ListRow:
        """The row in words."""
        found: ListRow = index.data(_ROLE)
        return found

    def ground(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> QRectF:
        """Paint what a row stands on, the chosen one marked; where it is."""
        t = current()
        rect = QRectF(getattr(option, "rect"))  # noqa: B009 - the stubs of Qt leave the attribute out
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.is_chosen(index):
            rounded(painter, rect, 0, t.primary_soft, None)
            rounded(painter, QRectF(rect.left(), rect.top(), 4, rect.height()), 0, t.primary_edge, None)
        rounded(painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), 0, t.border, None)
        return rect

    def is_chosen(self, index: _Index) -> bool:
        view = self.parent()
        return isinstance(view, QListView) and view.currentIndex() == index

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option, index
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        t, row, chosen = current(), self.row(index), self.is_chosen(index)
        rect = self.ground(painter, option, index)
        left = rect.left() + 16
        if row.icon:
            tile = QRectF(left, rect.top() + 10, 40, 40)
            if not draw_picture(painter, tile, 10, row.picture):
                rounded(painter, tile, 10, t.surface if chosen else t.sunken, None)
                draw_icon(painter, tile.adjusted(9, 9, -9, -9), row.icon, t.primary_text if chosen else t.text2)
            left += 52
        elif row.lead:
            line(painter, QRectF(left, rect.top(), 64, ROW_HEIGHT), row.lead, face=font(17, 600), colour=t.text)
            left += 72
        face = font(18, 680)
        wide = text_width(row.figure, face) + 2 if row.figure else 0
        box = QRectF(rect.right() - 16 - wide, rect.top(), wide, ROW_HEIGHT)
        colour = t.warn if row.alarming else t.text
        line(painter, box, row.figure, face=face, colour=colour, align=Qt.AlignmentFlag.AlignRight)
        room = box.left() - 12 - left
        if not row.detail:
            line(painter, QRectF(left, rect.top(), room, ROW_HEIGHT), row.name, face=font(16, 600), colour=t.text)
            return
        line(painter, QRectF(left, rect.top() + 9, room, 23), row.name, face=font(16, 600), colour=t.text)
        line(painter, QRectF(left, rect.top() + 33, room, 18), row.detail, face=font(13), colour=t.text3)


class RowList(QListView):
    """A list one row of which is chosen.

    Signals: picked(str) the id of the row a person touched.
    """

    picked = Signal(str)

    def __init__(self, more: More | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = RowModel(self, more)
        self.setModel(self.found)
        self.setItemDelegate(RowDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        own_viewport(self)
        self.clicked.connect(lambda index: self.picked.emit(self.found.rows[index.row()].id))

    @property
    def chosen(self) -> str:
        """The id of the chosen row; empty where there is none."""
        row = self.currentIndex().row()
        return self.found.rows[row].id if 0 <= row < len(self.found.rows) else ""

    def choose(self, id_: str) -> None:
        """Choose the row of this id, or the first where it does not show."""
        ids = [row.id for row in self.found.rows]
        self._go(ids.index(id_) if id_ in ids else 0)

    def choose_none(self) -> None:
        """What is shown beside the list is not in it."""
        self.setCurrentIndex(QModelIndex())
        self.viewport().update()

    def step(self, by: int) -> None:
        """Choose the row that much further, fetching on at the end of what is there."""
        row = self.currentIndex().row() + by
        if row >= len(self.found.rows) and self.found.canFetchMore(_NO_PARENT):
            self.found.fetchMore(_NO_PARENT)
        self._go(min(max(row, 0), len(self.found.rows) - 1))

    def _go(self, row: int) -> None:
        if 0 <= row < len(self.found.rows):
            self.setCurrentIndex(self.found.index(row))
            self.scrollTo(self.found.index(row))
            self.viewport().update()
