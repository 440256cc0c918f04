"""The paper on the screen: the one file of this room that knows Qt."""

from __future__ import annotations

from functools import cache
from importlib import resources

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from receipts import barcodes
from receipts.document import Barcode, Document, Logo, Rule
from receipts.lettering import clusters, on_the_grid
from receipts.plain_text import Laid, Row, lay_out, render

# Paper is white in the dark theme too; nothing here follows the theme.
_PAPER = QColor("#FFFFFF")
_INK = QColor("#12161F")
_FAINT = QColor("#7C879A")
_EDGE = QColor("#D9DEE7")

_WIDTH = 318
_WIDTH_LEAST = 220
_MARGIN = 16.0
_ROW_IN_CELLS = 2.55  # height of a row by the width of a letter
_BASELINE = 0.72
_RULE_ROWS = 0.8
_BARS_ROWS = 2.9
_DOTS_A_CELL = 12  # of a print head


class PaperPreview(QWidget):
    """Paints one document as its paper looks; the wider the widget, the larger the letters.

    It asks for the height its paper needs (`heightForWidth`): long papers belong into a scroll area.
    """

    def __init__(self, parent: QWidget | None = None, *, columns: int = 42) -> None:
        super().__init__(parent)
        self._columns = columns
        self._document: Document | None = None
        self._rows: list[Laid] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(_WIDTH_LEAST)

    @property
    def document(self) -> Document | None:
        return self._document

    def show_document(self, document: Document | None) -> None:
        """Show another paper; screen readers read it as text. None shows no paper at all."""
        self._document = document
        self._rows = lay_out(document, self._columns) if document else []
        self.setAccessibleName(document.title if document else "")
        self.setAccessibleDescription(render(document, self._columns) if document else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, self.heightForWidth(_WIDTH))

    def minimumSizeHint(self) -> QSize:
        return QSize(_WIDTH_LEAST, 0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if not self._rows:
            return 0
        row = self._cell(width) * _ROW_IN_CELLS
        return round(2 * _MARGIN + sum(self._rows_high(laid) for laid in self._rows) * row)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(_EDGE, 1))
        painter.setBrush(_PAPER)
        height = self.heightForWidth(self.width())
        painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, height - 1), 4, 4)
        top = _MARGIN
        for laid in self._rows:
            row = self._rows_high(laid) * self._cell(self.width()) * _ROW_IN_CELLS
            self._paint(painter, laid, QRectF(_MARGIN, top, self.width() - 2 * _MARGIN, row))
            top += row
        painter.end()

    def _cell(self, width: int) -> float:
        return (width - 2 * _MARGIN) / self._columns

    def _rows_high(self, laid: Laid) -> float:
        if isinstance(laid, Row):
            return laid.size.drawn
        if isinstance(laid, Logo):
            return laid.height / self._dots_a_cell(laid) / _ROW_IN_CELLS
        return _RULE_ROWS if isinstance(laid, Rule) else _BARS_ROWS

    def _dots_a_cell(self, logo: Logo) -> float:
        """As large beside the letters as on thermal paper, or what the paper has room for."""
        return max(_DOTS_A_CELL, logo.width / self._columns)

    def _paint(self, painter: QPainter, laid: Laid, room: QRectF) -> None:
        if isinstance(laid, Row):
            self._paint_row(painter, laid, room)
        elif isinstance(laid, Rule):
            painter.setPen(QPen(_FAINT, 1, Qt.PenStyle.CustomDashLine))
            pen = painter.pen()
            pen.setDashPattern([4, 4])
            painter.setPen(pen)
            middle = round(room.center().y()) + 0.5
            painter.drawLine(QPointF(room.left(), middle), QPointF(room.right(), middle))
        elif isinstance(laid, Logo):
            self._paint_logo(painter, laid, room)
        else:
            self._paint_bars(painter, laid, room)

    def _paint_row(self, painter: QPainter, row: Row, room: QRectF) -> None:
        cell = self._cell(self.width())
        painter.save()
        painter.setPen(_INK)
        painter.setFont(_font(cell, row.emphasis))
        painter.translate(room.left(), room.top())
        painter.scale(row.size.wide, row.size.drawn)
        baseline = cell * _ROW_IN_CELLS * _BASELINE
        pieces = [(0, row.text)] if on_the_grid(row.text) else clusters(row.text)
        for column, text in pieces:
            painter.drawText(QPointF(column * cell, baseline), text)
        painter.restore()

    def _paint_logo(self, painter: QPainter, logo: Logo, room: QRectF) -> None:
        picture = QImage(logo.greys, logo.width, logo.height, logo.width, QImage.Format.Format_Grayscale8)
        width = logo.width / self._dots_a_cell(logo) * self._cell(self.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF((self.width() - width) / 2, room.top(), width, room.height()), picture)
        painter.restore()

    def _paint_bars(self, painter: QPainter, barcode: Barcode, room: QRectF) -> None:
        """Bars on whole dots of the screen where they fit, so that a reader held to it can read them."""
        modules = barcodes.code128_width(barcode.data)
        ratio = self.devicePixelRatioF()
        dots = int(room.width() * ratio / modules)
        module = dots / ratio if dots else room.width() / modules
        left = round((self.width() - modules * module) / 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=not dots)
        top, height = round(room.top() + 0.08 * room.height()), round(0.84 * room.height())
        for start, length in barcodes.code128_modules(barcode.data):
            painter.fillRect(QRectF(left + start * module, top, length * module, height), _INK)
        painter.restore()


@cache
def _font(cell: float, emphasis: bool) -> QFont:
    """The bundled mono letters, spaced so that each takes exactly one cell."""
    font = QFont(_family())
    font.setBold(emphasis)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setPixelSize(max(1, round(cell / 0.6)))
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, cell - QFontMetricsF(font).horizontalAdvance("0"))
    return font


@cache
def _family() -> str:
    fonts = resources.files("pos") / "assets" / "fonts"
    added = [
        QFontDatabase.addApplicationFontFromData((fonts / name).read_bytes())
        for name in ("JetBrainsMono-Regular.ttf", "JetBrainsMono-Bold.ttf")
    ]
    return QFontDatabase.applicationFontFamilies(added[0])[0]
