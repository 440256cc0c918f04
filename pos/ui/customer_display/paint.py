"""How the parts of the customer's picture are painted, in a room of 1366 by 768 that the window scales to its own."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from pos.ui.customer_display.view import CustomerView, ShownLine, ShownSpecial, ShownSum
from pos.ui.shared.draw import elided, line, rounded, text_width
from pos.ui.theme import Tokens, draw_icon, font

WIDTH, HEIGHT = 1366.0, 768.0
_EDGE = 40.0
_RIGHT, _CENTRE = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
# Letters of a name stand 5 mm high on a usual screen: read from a step and a half away.
_ROW, _ROW_DETAIL, _ROW_SAVED = 56.0, 28.0, 28.0
_TOP = 108.0


def fitting(text: str, width: float, sizes: tuple[int, ...], weight: int) -> int:
    """The largest of these sizes that the text fits in; the last where none does."""
    return next((px for px in sizes if text_width(text, font(px, weight)) <= width), sizes[-1])


def paint_head(painter: QPainter, view: CustomerView, logo: QImage | None, t: Tokens) -> None:
    """Whose shop it is."""
    left = _EDGE
    if logo is not None:
        height = 64.0
        width = min(logo.width() * height / logo.height(), 260.0)
        painter.drawImage(QRectF(left, 22, width, width * logo.height() / logo.width()), logo)
        left += width + 22
    room = QRectF(left, 22, WIDTH - left - _EDGE, 64)
    line(painter, room, view.shop, face=font(34, 680), colour=t.text)


def rows_that_fit(lines: tuple[ShownLine, ...], height: float) -> int:
    """How many of the last lines have room."""
    room, count = height, 0
    for shown in reversed(lines):
        room -= _tall(shown)
        if room < 0:
            break
        count += 1
    return count


def _tall(shown: ShownLine) -> float:
    return _ROW + (_ROW_DETAIL if shown.detail else 0) + (_ROW_SAVED if shown.saved else 0)


def paint_lines(painter: QPainter, view: CustomerView, room: QRectF, t: Tokens) -> None:
    """The lines as they were rung up; the last one is always there, what has no room is counted at the top."""
    rounded(painter, room, 18, t.surface, t.border)
    inside = room.adjusted(28, 14, -28, -14)
    count = rows_that_fit(view.lines, inside.height())
    top = inside.top()
    if count < len(view.lines):
        count = rows_that_fit(view.lines, inside.height() - 44)
        line(painter, QRectF(inside.left(), top, inside.width(), 40), view.earlier, face=font(22, 500), colour=t.text3)
        top += 44
    shown = view.lines[len(view.lines) - count :]
    for number, each in enumerate(shown):
        height = _tall(each)
        if number == len(shown) - 1:
            rounded(painter, QRectF(room.left() + 8, top, room.width() - 16, height), 12, t.primary_soft, None)
        _paint_line(painter, each, QRectF(inside.left(), top, inside.width(), height), t)
        top += height


def _paint_line(painter: QPainter, shown: ShownLine, room: QRectF, t: Tokens) -> None:
    figure = font(32, 680)
    wide = text_width(shown.amount, figure) + 20
    indent = 28.0 if shown.within else 0.0
    left, top = room.left() + indent, room.top() + 8
    name = QRectF(left, top, room.width() - wide - indent, 38)
    line(painter, name, shown.name, face=font(30, 600 if not shown.within else 450), colour=t.text)
    line(painter, QRectF(room.left(), top, room.width(), 38), shown.amount, face=figure, colour=t.text, align=_RIGHT)
    under = QRectF(left, top + 38, room.width() - indent, 28)
    line(painter, under, shown.detail, face=font(22, 450), colour=t.text2)
    if shown.saved:
        line(
            painter,
            under.translated(0, _ROW_DETAIL if shown.detail else 0),
            shown.saved,
            face=font(22, 600),
            colour=t.ok,
        )


def paint_sums(painter: QPainter, view: CustomerView, room: QRectF, t: Tokens) -> None:
    """What was saved, what else there is to know, and the total in the largest letters."""
    rounded(painter, room, 18, t.surface, t.border)
    inside = room.adjusted(28, 24, -28, -24)
    top = inside.top()
    for row in view.sums:
        colour = t.ok if row.saved else t.text2
        face = font(26, 650 if row.saved else 500)
        wide = text_width(row.amount, face) + 12
        line(painter, QRectF(inside.left(), top, inside.width() - wide, 40), row.text, face=face, colour=colour)
        line(
            painter, QRectF(inside.left(), top, inside.width(), 40), row.amount, face=face, colour=colour, align=_RIGHT
        )
        top += 46
    foot = QRectF(inside.left(), inside.bottom() - 152, inside.width(), 152)
    rounded(painter, QRectF(foot.left(), foot.top() - 12, foot.width(), 2), 0, t.border, None)
    line(painter, QRectF(foot.left(), foot.top(), foot.width(), 44), view.label, face=font(30, 600), colour=t.text2)
    px = fitting(view.total, foot.width(), (84, 76, 68, 60, 52, 44), 720)
    large = QRectF(foot.left(), foot.top() + 44, foot.width(), 108)
    line(painter, large, view.total, face=font(px, 720), colour=t.text, align=_RIGHT)


def paint_wait(painter: QPainter, view: CustomerView, room: QRectF, t: Tokens) -> None:
    """That something is being asked, calmly: it is nobody's fault."""
    colour, ground, edge = t.on_soft("info")
    rounded(painter, room, 18, ground, edge)
    draw_icon(painter, QRectF(room.left() + 28, room.center().y() - 22, 44, 44), "hourglass_top", colour, 1)
    words = room.adjusted(92, 0, -20, 0)
    px = fitting(view.wait, words.width(), (34, 30, 26, 24), 650)
    _paragraph(painter, words, view.wait, font(px, 650), colour)


def paint_idle(painter: QPainter, view: CustomerView, t: Tokens) -> None:
    """A greeting, and what is cheaper today."""
    centre = QRectF(_EDGE, 150, WIDTH - 2 * _EDGE, 110)
    px = fitting(view.heading, centre.width(), (80, 68, 56, 44), 700)
    if not view.specials:
        centre = QRectF(_EDGE, 300, WIDTH - 2 * _EDGE, 110)
    line(painter, centre, view.heading, face=font(px, 700), colour=t.text, align=_CENTRE)
    top = 300.0
    for special in view.specials:
        _paint_special(painter, special, QRectF(WIDTH / 2 - 520, top, 1040, 96), t)
        top += 108


def _paint_special(painter: QPainter, special: ShownSpecial, room: QRectF, t: Tokens) -> None:
    rounded(painter, room, 18, t.surface, t.border)
    rounded(painter, QRectF(room.left() + 18, room.top() + 18, 60, 60), 16, t.primary_soft, None)
    draw_icon(painter, QRectF(room.left() + 30, room.top() + 30, 36, 36), special.icon, t.primary_text)
    figure = font(42, 720)
    wide = text_width(special.figure, figure) + 48
    words = QRectF(room.left() + 102, room.top() + 14, room.width() - 102 - wide, 40)
    line(painter, words, special.name, face=font(32, 620), colour=t.text)
    line(painter, words.translated(0, 38), special.detail, face=font(24, 450), colour=t.text2)
    line(painter, room.adjusted(0, 0, -28, 0), special.figure, face=figure, colour=t.ok, align=_RIGHT)


def paint_done(painter: QPainter, view: CustomerView, t: Tokens) -> None:
    """Thanks, what was paid, the change, and the way to the receipt where there is one."""
    coded = bool(view.code)
    room = QRectF(_EDGE, _TOP, (WIDTH - 2 * _EDGE) - (420 if coded else 0), HEIGHT - _TOP - _EDGE)
    rounded(painter, room, 18, t.surface, t.border)
    inside = room.adjusted(40, 36, -40, -36)
    px = fitting(view.heading, inside.width(), (60, 52, 44), 700)
    line(
        painter,
        QRectF(inside.left(), inside.top(), inside.width(), 76),
        view.heading,
        face=font(px, 700),
        colour=t.text,
    )
    top = inside.top() + 112
    for row in (*view.sums, ShownSum(view.label, view.total)):
        face, colour = font(32, 620), t.ok if row.saved else t.text2
        words = QRectF(inside.left(), top, inside.width() - text_width(row.amount, face) - 20, 48)
        line(painter, words, row.text, face=face, colour=colour)
        line(
            painter, QRectF(inside.left(), top, inside.width(), 48), row.amount, face=face, colour=colour, align=_RIGHT
        )
        top += 56
    if view.change:
        foot = QRectF(inside.left(), inside.bottom() - 180, inside.width(), 180)
        line(
            painter,
            QRectF(foot.left(), foot.top(), foot.width(), 48),
            view.label_change,
            face=font(34, 600),
            colour=t.ok,
        )
        px = fitting(view.change, foot.width(), (112, 96, 84, 72, 60), 720)
        large = QRectF(foot.left(), foot.top() + 48, foot.width(), 132)
        line(painter, large, view.change, face=font(px, 720), colour=t.ok)


def paint_code(painter: QPainter, modules: tuple[tuple[bool, ...], ...], says: str, t: Tokens) -> None:
    """A QR code with its quiet zone, dark on white whatever the theme, and what it is for."""
    room = QRectF(WIDTH - _EDGE - 396, _TOP, 396, HEIGHT - _TOP - _EDGE)
    rounded(painter, room, 18, "#FFFFFF", t.border)
    module = int(min(340, room.width() - 24) // (len(modules) + 8))
    side = module * len(modules)
    left, top = room.center().x() - side / 2, room.top() + 90 + 2 * module
    # Each module is whole pixels of this room: smoothed edges would leave light seams between dark ones.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for row, each in enumerate(modules):
        for column, dark in enumerate(each):
            if dark:
                painter.fillRect(QRectF(left + column * module, top + row * module, module, module), QColor("#000000"))
    words = QRectF(
        room.left() + 24, top + side + 4 * module, room.width() - 48, room.bottom() - top - side - 4 * module - 20
    )
    _paragraph(painter, words, says, font(26, 600), "#12161F", centred=True)


def _paragraph(painter: QPainter, room: QRectF, text: str, face: QFont, colour: str, *, centred: bool = False) -> None:
    """A sentence in as many lines as it needs."""
    painter.setFont(face)
    painter.setPen(QColor(colour))
    across = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop if centred else Qt.AlignmentFlag.AlignVCenter
    fits = QFontMetricsF(face).boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() <= room.height()
    said = text if fits else elided(text, face, room.width())
    painter.drawText(room, int(across) | int(Qt.TextFlag.TextWordWrap), said)
