"""The lines of a purchase as a table: a box to tick, how many, what the policy says and why, and what comes of it."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from pos.domain.frozen import dataclass
from pos.ui.shared.draw import line, rounded, text_width
from pos.ui.shared.row_list import ROW_HEIGHT, ListRow, RowDelegate, RowList
from pos.ui.theme import Kind, Tokens, current, draw_icon, font

HEAD_HEIGHT = 36
_BOX = 28
_LEFT = 62
_RIGHT = 16
_GAP = 10
_WIDE = 740
_ROOMY = 640
# In less room than this a purchase says its sum above its words, not beside them.
_SLIM = 420
_STEP = 20
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class LineRow(ListRow):
    """A line: `figure` is what comes back for it. `ticked` is None where nothing of it is left; `count` how many of how
    many; `verdict` the policy's answer with its icon and kind, `because` the rule and what decided.
    """

    ticked: bool | None = False
    count: str = ""
    verdict: str = ""
    verdict_icon: str = ""
    kind: Kind = "neutral"
    because: str = ""


def columns_of(width: float) -> tuple[float, float, float]:
    """How wide count, decision and refund are; a narrow list gives the name the room of the count."""
    if width < _ROOMY:
        return 0.0, 172.0, 80.0
    return (78.0, 236.0, 92.0) if width >= _WIDE else (78.0, 208.0, 92.0)


class LineList(RowList):
    """Purchases, or the lines of one. A touch on a line's box ticks it, elsewhere it only chooses the line.

    Signals: box_touched(str) the id of the line whose box was touched.
    """

    box_touched = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_LineDelegate(self))
        # In a narrow list a line is as tall as what is said of it.
        self.setUniformItemSizes(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is asked about the chosen line takes room from the list: the line stays in sight."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.doItemsLayout()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())


class LineHead(QWidget):
    """The names of the columns above `rows`, as wide as those are painted."""

    def __init__(self, rows: LineList) -> None:
        super().__init__()
        self._rows = rows
        self._words: tuple[str, str, str, str] = ("", "", "", "")
        self.setFixedHeight(HEAD_HEIGHT)

    def set_words(self, line: str, count: str, decision: str, refund: str) -> None:
        self._words = (line, count, decision, refund)
        self.setAccessibleName(", ".join(self._words))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        rounded(painter, QRectF(0, rect.bottom() - 1, rect.width(), 1), 0, t.border, None)
        boxes = _boxes(QRectF(0, 0, self._rows.viewport().width(), rect.height()))
        aligned = (Qt.AlignmentFlag.AlignLeft, _RIGHTWARDS, Qt.AlignmentFlag.AlignLeft, _RIGHTWARDS)
        for box, text, align in zip(boxes, self._words, aligned, strict=True):
            if box.width():
                line(painter, box, text, face=font(13, 600), colour=t.text2, align=align)


_RIGHTWARDS = Qt.AlignmentFlag.AlignRight


def _boxes(rect: QRectF) -> tuple[QRectF, QRectF, QRectF, QRectF]:
    """Where name, count, decision and refund stand in a row."""
    count, decision, refund = columns_of(rect.width())
    right = rect.right() - _RIGHT
    refunds = QRectF(right - refund, rect.top(), refund, rect.height())
    decisions = QRectF(refunds.left() - _GAP - decision, rect.top(), decision, rect.height())
    counts = QRectF(decisions.left() - (2 * _GAP if count else 0) - count, rect.top(), count, rect.height())
    left = rect.left() + _LEFT
    return QRectF(left, rect.top(), counts.left() - _GAP - left, rect.height()), counts, decisions, refunds


class _LineDelegate(RowDelegate):
    """Paints lines as a table row, and everything else as every list does."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option
        row, view = self.row(index), self.parent()
        if not isinstance(row, LineRow) or not isinstance(view, LineList):
            return QSize(0, ROW_HEIGHT)
        said = _under_the_name(row, QRectF(0, 0, view.viewport().width(), ROW_HEIGHT))
        return QSize(0, ROW_HEIGHT + _STEP * max(0, len(said) - 1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = self.row(index)
        if not isinstance(row, LineRow):
            self._paint_purchase(painter, option, index)
            return
        t, rect = current(), self.ground(painter, option, index)
        name, count, decision, refund = _boxes(rect)
        _paint_box(painter, QRectF(rect.left() + 18, rect.center().y() - _BOX / 2, _BOX, _BOX), row.ticked, t)
        faint = row.ticked is None
        title = t.text3 if faint else t.text
        line(painter, _upper(name), row.name, face=font(16, 600), colour=title)
        narrow = not count.width()
        for number, said in enumerate(_under_the_name(row, rect)):
            room = name.translated(0, _STEP * number)
            room.setRight((decision if narrow else name).right())
            line(painter, _lower(room), said, face=font(13), colour=t.text3)
        if not narrow:
            line(painter, count, row.count, face=font(15, 600), colour=t.text2, align=_RIGHTWARDS)
        if row.verdict:
            colour = t.on_soft(row.kind)[0]
            top = _upper(decision) if row.because or narrow else decision
            draw_icon(painter, QRectF(top.left(), top.center().y() - 9, 18, 18), row.verdict_icon, colour, 1)
            said_at = top.adjusted(24, 0, _GAP if narrow else 0, 0)
            face = font(15, 600) if text_width(row.verdict, font(15, 600)) <= said_at.width() else font(13, 600)
            line(painter, said_at, row.verdict, face=face, colour=colour)
            if not narrow:
                line(painter, _lower(decision), row.because, face=font(13), colour=t.text3)
        weak = faint or not row.ticked
        line(painter, refund, row.figure, face=font(18, 680), colour=t.text3 if weak else t.text, align=_RIGHTWARDS)

    def _paint_purchase(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """As every list does; in little room without its icon, and with what it says below across the whole row."""
        row, view = self.row(index), self.parent()
        slim = isinstance(view, LineList) and view.viewport().width() < _SLIM
        if not slim or not (row.detail and row.figure):
            super().paint(painter, option, index)
            return
        t, rect = current(), self.ground(painter, option, index)
        room = rect.adjusted(_RIGHT, 0, -_RIGHT, 0)
        face = font(17, 680)
        paid = QRectF(room)
        paid.setLeft(room.right() - text_width(row.figure, face) - 2)
        when = QRectF(room)
        when.setRight(paid.left() - _GAP)
        line(painter, _upper(when), row.name, face=font(16, 600), colour=t.text)
        line(painter, _upper(paid), row.figure, face=face, colour=t.text, align=_RIGHTWARDS)
        line(painter, _lower(room), row.detail, face=font(13), colour=t.text3)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        row, view = self.row(index), self.parent()
        touched = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        if not (touched and isinstance(event, QMouseEvent) and isinstance(row, LineRow) and isinstance(view, LineList)):
            return super().editorEvent(event, model, option, index)
        if event.position().x() >= _LEFT or row.ticked is None:
            return False
        view.box_touched.emit(row.id)
        return True


def _under_the_name(row: LineRow, rect: QRectF) -> tuple[str, ...]:
    """What stands in small letters below the name. A narrow list says the reason there too, in a line of its own where
    it does not fit into the first.
    """
    name, count, decision, _ = _boxes(rect)
    if count.width():
        return (row.detail,)
    detail = " · ".join(filter(None, (row.count, row.detail)))
    both = " · ".join(filter(None, (detail, row.because)))
    if text_width(both, font(13)) <= decision.right() - name.left():
        return (both,)
    return tuple(filter(None, (detail, row.because)))


def _upper(box: QRectF) -> QRectF:
    return QRectF(box.left(), box.top() + 9, box.width(), 23)


def _lower(box: QRectF) -> QRectF:
    return QRectF(box.left(), box.top() + 33, box.width(), 18)


def _paint_box(painter: QPainter, box: QRectF, ticked: bool | None, t: Tokens) -> None:
    """Ticked, to be ticked, or nothing left to tick."""
    if ticked:
        rounded(painter, box, 7, t.primary, None)
        painter.setPen(QPen(QColor(t.onprimary), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = box.center()
        painter.drawPolyline([middle + QPointF(-6, 0), middle + QPointF(-2, 5), middle + QPointF(7, -5)])
    elif ticked is None:
        rounded(painter, QRectF(box.left() + 6, box.center().y() - 1, box.width() - 12, 2), 0, t.border, None)
    else:
        rounded(painter, box, 7, t.surface, t.control, width=2)
