"""Icons: glyphs of Material Symbols, painted at the device's own pixels, kept by (name, size, colour, fill, ratio)."""

from __future__ import annotations

import json
from functools import cache, lru_cache

# QIcon is named in full where it is used: it brings hundreds of names that no picture of the till needs.
from PySide6 import QtGui
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from pos.ui.theme.fonts import ASSETS, load_font


@cache
def _codepoints() -> dict[str, int]:
    text = (ASSETS / "icons" / "codepoints.json").read_text("utf-8")
    return {name: int(code, 16) for name, code in json.loads(text).items()}


@cache
def icon_names() -> frozenset[str]:
    """Every icon that ships."""
    return frozenset(_codepoints())


@cache
def _glyph_font(size: int, fill: int) -> QFont:
    font = QFont(load_font("icons/MaterialSymbolsOutlined.ttf"))
    font.setPixelSize(size)
    font.setVariableAxis(QFont.Tag("FILL"), fill)
    font.setVariableAxis(QFont.Tag("wght"), 400)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@lru_cache(maxsize=1024)
def icon_pixmap(name: str, size: int, colour: str, fill: int = 0, dpr: float = 1.0) -> QPixmap:
    """A square picture of `size` logical pixels. FILL 1 = chosen or a state, 0 = something to do."""
    glyph = chr(_codepoints()[name])
    pixmap = QPixmap(round(size * dpr), round(size * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(_glyph_font(size, fill))
    painter.setPen(QColor(colour))
    # A symbol fills the em square upwards from its baseline.
    painter.drawText(QPointF(0, size), glyph)
    painter.end()
    return pixmap


def draw_icon(painter: QPainter, rect: QRectF, name: str, colour: str, fill: int = 0) -> None:
    """Paint an icon centred in `rect`, as large as its shorter side."""
    size = round(min(rect.width(), rect.height()))
    pixmap = icon_pixmap(name, size, colour, fill, painter.device().devicePixelRatio())
    left = rect.left() + (rect.width() - size) / 2
    top = rect.top() + (rect.height() - size) / 2
    painter.drawPixmap(QPointF(round(left), round(top)), pixmap)


def icon(name: str, colour: str, size: int = 20, fill: int = 0) -> QtGui.QIcon:
    """The same picture as a QIcon, for Qt's own menus and items."""
    made = QtGui.QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(icon_pixmap(name, size, colour, fill, ratio))
    return made
