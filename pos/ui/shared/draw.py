"""The few shapes all painted widgets share: a rounded box, a keycap, the ring of the focus."""

from __future__ import annotations

from functools import cache, lru_cache
from math import ceil
from typing import NamedTuple, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QStaticText, QTransform

from pos.ui.theme import Tokens, font

# Left, top, width and height.
Box = tuple[float, float, float, float]
# A line of text laid out, and where it goes: worth keeping for what is painted more than once.
Placed = tuple[QPointF, QStaticText, QFont, QColor]
AT_LEFT, AT_RIGHT, AT_MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter

# Letters of an amount that need no looking at: "99,999.99".
_AMOUNT_AS_USUAL = 9
KEYCAP_HEIGHT = 22
KEYCAP_FONT = (12, 600)
# Larger boxes are rare and would take more memory than they save time: square logical pixels.
_COPIED_MAX = 80_000


def rounded(
    painter: QPainter, rect: QRectF, radius: float, fill: str | None, edge: str | None, *, width: float = 1
) -> None:
    """A filled box whose edge lies wholly inside `rect`.

    Its curves are drawn once and copied from then on: that is a tenth of the work, at every scan.
    """
    if not radius and fill and not edge:
        painter.fillRect(rect, colour_of(fill))
        return
    left, top, wide, tall = sides(rect)
    if left.is_integer() and top.is_integer() and wide * tall <= _COPIED_MAX:
        box = _box(wide, tall, _Look(radius, fill, edge, width), painter.device().devicePixelRatio())
        painter.drawPixmap(int(left), int(top), box)
        return
    _draw_rounded(painter, rect, _Look(radius, fill, edge, width))


class _Look(NamedTuple):
    radius: float
    fill: str | None
    edge: str | None
    width: float


@lru_cache(maxsize=128)
def _box(wide: float, tall: float, look: _Look, ratio: float) -> QPixmap:
    picture = QPixmap(max(ceil(wide * ratio), 1), max(ceil(tall * ratio), 1))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_rounded(painter, QRectF(0, 0, wide, tall), look)
    painter.end()
    return picture


def _draw_rounded(painter: QPainter, rect: QRectF, look: _Look) -> None:
    painter.setBrush(QColor(look.fill) if look.fill else Qt.BrushStyle.NoBrush)
    if look.edge:
        painter.setPen(QPen(QColor(look.edge), look.width))
        half = look.width / 2
        rect = rect.adjusted(half, half, -half, -half)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect, look.radius, look.radius)


def focus_ring(painter: QPainter, rect: QRectF, radius: float, t: Tokens, *, filled: bool = False) -> None:
    """The 2 px ring inside a control's edge; a filled control gets a 2 px gap of surface around the ring's inside."""
    if filled:
        rounded(painter, rect, radius, None, t.focus, width=2)
        rounded(painter, rect.adjusted(2, 2, -2, -2), max(radius - 2, 2), None, t.surface, width=2)
    else:
        rounded(painter, rect, radius, None, t.focus, width=2)


@lru_cache(maxsize=1024)
def text_width(text: str, face: QFont) -> float:
    """How wide a line of text is, painted or not."""
    return QFontMetricsF(face).horizontalAdvance(text)


def amount_face(amount: str, room: int) -> QFont:
    """The largest letters in which an amount of a list shows whole and stands off what is left of it."""
    if len(amount) <= _AMOUNT_AS_USUAL:
        return font(18, 680)
    return next((face for px in (18, 16, 14) if text_width(amount, face := font(px, 680)) <= room - 8), font(12, 680))


def painted_width(text: str, face: QFont) -> float:
    """How wide `line` paints a text, which is then laid out already: the better to ask of what is painted at once."""
    return _whole(text, face)[1]


def elided(text: str, face: QFont, width: float) -> str:
    """The text, ended by "…" where it does not fit."""
    return QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))


def line(
    painter: QPainter,
    rect: QRectF,
    text: str,
    *,
    face: QFont,
    colour: str,
    align: Qt.AlignmentFlag = AT_LEFT,
) -> None:
    """One line of text in a box, elided rather than clipped; `align` is left, right or the middle."""
    put(painter, placed(sides(rect), text, face, colour, align))


def placed(box: Box, text: str, face: QFont, colour: str, align: Qt.AlignmentFlag = AT_LEFT) -> Placed:
    """One line of text for a box, as `line` paints it."""
    left, top, width, height = box
    laid, wide, tall = _laid(text, face, width)
    if align is AT_RIGHT:
        left += width - wide
    elif align is AT_MIDDLE:
        left += (width - wide) / 2
    return QPointF(left, top + (height - tall) / 2), laid, face, colour_of(colour)


def put(painter: QPainter, text: Placed) -> None:
    """Paint it where it goes."""
    at, laid, face, colour = text
    painter.setFont(face)
    painter.setPen(colour)
    painter.drawStaticText(at, laid)


def sides(rect: QRectF) -> Box:
    """Asked for at once: each question to Qt takes as long as ten steps of arithmetic."""
    return cast("Box", rect.getRect())


def broken(text: str, face: QFont, width: float, most: int) -> list[str]:
    """The text in lines that are no wider, broken between words; what is left over stays on the last of `most`."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and len(rows) < most and text_width(longer, face) > width:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def name_in_rows(name: str, room: float) -> tuple[list[str], QFont]:
    """A name of a tile in one line, where that is too narrow in two, and the letters in which it fits so."""
    rows, face = [name], font(15, 600)
    for px, most in ((15, 1), (14, 2), (13, 2)):
        face = font(px, 600)
        rows = broken(name, face, room, most)
        if all(text_width(row, face) <= room for row in rows):
            break
    return rows, face


@cache
def colour_of(name: str) -> QColor:
    """A colour of the theme by its value."""
    return QColor(name)


_Laid = tuple[QStaticText, float, float]
_AS_IT_IS = QTransform()


def _laid(text: str, face: QFont, width: float) -> _Laid:
    """A line laid out once for all its paintings, with its size: most of a picture says what the last one said."""
    whole = _whole(text, face)
    return whole if whole[1] <= width + 0.5 else _cut(text, face, width)


@lru_cache(maxsize=1024)
def _whole(text: str, face: QFont) -> _Laid:
    return _prepared(text, face)


@lru_cache(maxsize=256)
def _cut(text: str, face: QFont, width: float) -> _Laid:
    return _prepared(elided(text, face, width + 0.5), face)


def _prepared(text: str, face: QFont) -> _Laid:
    laid = QStaticText(text)
    laid.setTextFormat(Qt.TextFormat.PlainText)
    laid.prepare(_AS_IT_IS, face)
    return laid, laid.size().width(), _height(face)


@cache
def _height(face: QFont) -> float:
    return QFontMetricsF(face).height()


def keycap_width(text: str) -> float:
    """The room a keycap takes; 0 for no key."""
    return max(text_width(text, font(*KEYCAP_FONT)) + 16, 28) if text else 0


def keycap(painter: QPainter, left: float, middle: float, text: str, t: Tokens, *, on: str | None = None) -> None:
    """A keycap centred on the height `middle`; `on` is the text colour of the filled button it stands on."""
    rect = QRectF(round(left), round(middle - KEYCAP_HEIGHT / 2), keycap_width(text), KEYCAP_HEIGHT)
    fill, edge = (t.sunken, t.border) if on is None else _veils(on)
    rounded(painter, rect, 6, fill, edge)
    face, colour = font(*KEYCAP_FONT), t.text2 if on is None else on
    line(painter, rect, text, face=face, colour=colour, align=Qt.AlignmentFlag.AlignHCenter)


@cache
def _veils(colour: str) -> tuple[str, str]:
    """The colour as a thin and as a thicker veil: a keycap on a strong ground."""
    return f"#{round(255 * 0.14):02x}{colour[1:]}", f"#{round(255 * 0.62):02x}{colour[1:]}"
