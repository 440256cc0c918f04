"""How a line of the basket is painted: its words from both sides, copied while others move it up."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from pos.ui.sell.rows import RowView
from pos.ui.shared.draw import AT_MIDDLE, AT_RIGHT, Placed, amount_face, colour_of, placed, put, text_width
from pos.ui.theme import ThemeName, Tokens, draw_icon, font, tokens

ROW_HEIGHT = 61
# What the name of a discount under a line adds to its row.
TAG_HEIGHT = 15
LEFT = 43
RIGHT = 11
GAP = 2
_ROOM_FOR_PRICE = 560


def columns_of(width: float) -> tuple[int, int, int]:
    """How wide quantity, price and amount are; on a narrow list the price gives its room to the name."""
    return 86, 92 if width >= _ROOM_FOR_PRICE else 0, 104


def tag_height(row: RowView) -> int:
    """What a row is taller by: something was taken off its line."""
    return TAG_HEIGHT if row.tag else 0


def paint_selected(painter: QPainter, row: RowView, place: tuple[int, int, int, int], t: Tokens) -> None:
    """The selected row is taller, its lower part belongs to the strip of buttons."""
    _, top, width, height = place
    painter.fillRect(*place, colour_of(t.primary_soft))
    painter.fillRect(0, top, 4, height, colour_of(t.primary_edge))
    painter.translate(0, top)
    _paint_words(painter, row, width, t)
    painter.translate(0, -top)


# As many as a tall window shows.
@lru_cache(maxsize=20)
def row_picture(row: RowView, width: int, theme: ThemeName, ratio: float) -> QPixmap:
    """A row that is not selected: painted when it comes, copied while the others move it up."""
    t = tokens(theme)
    height = ROW_HEIGHT + tag_height(row)
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
    height, up = ROW_HEIGHT - 1 + tag_height(row), 16 if row.tag else 0
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
