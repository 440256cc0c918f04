"""The palette's list: headings and rows, painted from one value each, which screen readers read too."""

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
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.ui.palette.entries import Entry
from pos.ui.shared.draw import keycap, keycap_width, line, rounded
from pos.ui.theme import current, draw_icon, font

ROW_HEIGHT = 58
HEADING_HEIGHT = 28
_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class FoundModel(QAbstractListModel):
    """What was found: a heading is a text, everything else an Entry."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[str | Entry] = []

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == _ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else ", ".join(filter(None, (row.title, row.detail, row.key)))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def show(self, rows: Sequence[str | Entry]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()


class FoundDelegate(QStyledItemDelegate):
    """Paints a heading, or icon, title, detail and key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option
        return QSize(0, HEADING_HEIGHT if isinstance(index.data(_ROLE), str) else ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        t, row = current(), index.data(_ROLE)
        rect = QRectF(getattr(option, "rect"))  # noqa: B009 - the stubs of Qt leave the attribute out
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, str):
            line(painter, rect, row, face=font(13, 600), colour=t.text2)
            return
        view = self.parent()
        chosen = isinstance(view, QListView) and view.currentIndex() == index
        if chosen:
            rounded(painter, rect, 10, t.primary_soft, None)
        tile = QRectF(rect.left() + 14, rect.top() + 9, 40, 40)
        rounded(painter, tile, 10, t.primary_soft if chosen else t.sunken, None)
        draw_icon(
            painter, tile.adjusted(10, 10, -10, -10), row.icon, t.primary_text if chosen else t.text2, int(chosen)
        )
        right = rect.right() - 14
        if row.key:
            right -= keycap_width(row.key)
            keycap(painter, right, rect.center().y(), row.key, t)
            right -= 12
        left, width = rect.left() + 66, right - rect.left() - 66
        if not row.detail:
            line(painter, QRectF(left, rect.top(), width, ROW_HEIGHT), row.title, face=font(16, 600), colour=t.text)
            return
        line(painter, QRectF(left, rect.top() + 9, width, 22), row.title, face=font(16, 600), colour=t.text)
        line(painter, QRectF(left, rect.top() + 31, width, 18), row.detail, face=font(13), colour=t.text2)


class FoundView(QListView):
    """Signals: picked(object) the Entry a person touched."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = FoundModel(self)
        self.setModel(self.found)
        self.setItemDelegate(FoundDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._clicked)

    @property
    def chosen(self) -> Entry | None:
        at = self.currentIndex().row()
        row = self.found.rows[at] if 0 <= at < len(self.found.rows) else ""
        return None if isinstance(row, str) else row

    def show_rows(self, rows: Sequence[str | Entry]) -> None:
        """Show these, the first entry chosen."""
        self.found.show(rows)
        self.step(1)

    def step(self, by: int) -> None:
        """Choose the next entry that way, over headings."""
        at = self.currentIndex().row() + by
        while 0 <= at < len(self.found.rows):
            if not isinstance(self.found.rows[at], str):
                self.setCurrentIndex(self.found.index(at))
                self.scrollTo(self.found.index(max(at - 1, 0)))
                self.scrollTo(self.found.index(at))
                self.viewport().update()
                return
            at += by

    def _clicked(self, index: QModelIndex) -> None:
        row = self.found.rows[index.row()]
        if not isinstance(row, str):
            self.picked.emit(row)
