"""What the search found: a list of items painted from one value each, which screen readers read too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pos.domain.frozen import dataclass
from pos.ui.shared.draw import keycap, keycap_width, line, rounded, text_width
from pos.ui.shared.item_pictures import draw_picture
from pos.ui.shared.scrolled import own_viewport
from pos.ui.theme import current, draw_icon, font

ROW_HEIGHT = 60
# The first rows have a key of their own.
KEYS_MAX = 9
_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class FoundLine:
    """An item as the list shows it; `key` picks it."""

    item: str
    icon: str
    name: str
    detail: str
    price: str
    key: str
    picture: str = ""


class FoundModel(QAbstractListModel):
    """The lines in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[FoundLine, ...] = ()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.lines[index.row()]
        if role == _ROLE:
            return found
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(filter(None, (found.name, found.price, found.detail, found.key)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return found.name
        return None

    def show(self, lines: Sequence[FoundLine]) -> None:
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()


class _FoundDelegate(QStyledItemDelegate):
    """Paints icon, name and detail, price, key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option, index
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        t, found = current(), index.data(_ROLE)
        rect = QRectF(getattr(option, "rect"))  # noqa: B009 - the stubs of Qt leave the attribute out
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = self.parent()
        chosen = isinstance(view, QListView) and view.currentIndex() == index
        if chosen:
            rounded(painter, rect, 10, t.primary_soft, t.primary_edge)
        tile = QRectF(rect.left() + 12, rect.top() + 10, 40, 40)
        if not draw_picture(painter, tile, 10, found.picture):
            rounded(painter, tile, 10, t.surface if chosen else t.sunken, None)
            colour = t.primary_text if chosen else t.text2
            draw_icon(painter, tile.adjusted(9, 9, -9, -9), found.icon, colour, int(chosen))
        right = rect.right() - 12
        if found.key:
            keycap(painter, right - keycap_width(found.key), rect.center().y(), found.key, t)
        # A place for the key in every row, so that prices stand below each other.
        right -= keycap_width("Alt 9") + 14
        price = text_width(found.price, font(18, 680)) + 2
        box = QRectF(right - price, rect.top(), price, ROW_HEIGHT)
        line(painter, box, found.price, face=font(18, 680), colour=t.text, align=Qt.AlignmentFlag.AlignRight)
        left = rect.left() + 64
        width = right - price - 12 - left
        if not found.detail:
            line(painter, QRectF(left, rect.top(), width, ROW_HEIGHT), found.name, face=font(17, 600), colour=t.text)
            return
        line(painter, QRectF(left, rect.top() + 9, width, 23), found.name, face=font(17, 600), colour=t.text)
        line(painter, QRectF(left, rect.top() + 33, width, 18), found.detail, face=font(13), colour=t.text2)


class FoundList(QListView):
    """One line is chosen where there is one.

    Signals: picked(str) the id of the item a person touched.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = FoundModel(self)
        self.setModel(self.found)
        self.setItemDelegate(_FoundDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        own_viewport(self)
        self.clicked.connect(lambda index: self.picked.emit(self.found.lines[index.row()].item))

    @property
    def chosen(self) -> str:
        """The id of the chosen item; empty where nothing was found."""
        row = self.currentIndex().row()
        return self.found.lines[row].item if 0 <= row < len(self.found.lines) else ""

    def show_lines(self, lines: Sequence[FoundLine]) -> None:
        """Show these, the first chosen."""
        self.found.show(lines)
        self.step(1)

    def step(self, by: int) -> None:
        """Choose the next line that way."""
        row = min(max(self.currentIndex().row() + by, 0), len(self.found.lines) - 1)
        if row >= 0:
            self.setCurrentIndex(self.found.index(row))
            self.scrollTo(self.found.index(row))
            self.viewport().update()
