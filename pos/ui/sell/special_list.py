"""The specials of today in the place of the tiles: a card each, and the items one of them is about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.frozen import dataclass
from pos.ui.shared.buttons import PaintedButton
from pos.ui.shared.draw import line, rounded, text_width
from pos.ui.shared.notices import announce, set_ground
from pos.ui.shared.scrolled import own_viewport
from pos.ui.theme import Kind, current, draw_icon, font

_HEIGHT, _HEIGHT_SAID = 61, 80
_KINDS: tuple[Kind, ...] = ("info", "warn", "out", "ok", "bad", "neutral")


@dataclass(frozen=True, slots=True)
class SpecialRow:
    """A special as its card shows it; `said` is what a cashier may say, `quoted` the same in quotation marks, `new` the
    word for being new, if it is.
    """

    id: str
    icon: str
    name: str
    detail: str
    figure: str
    struck: str = ""
    said: str = ""
    new: str = ""
    terms: str = ""
    quoted: str = ""


class SpecialCard(PaintedButton):
    """Icon, name, rule and end, what to say; at the right what it comes to, the usual price struck out below."""

    def __init__(self, row: SpecialRow, tile: Kind) -> None:
        super().__init__()
        self.row, self._tile = row, tile
        self.setFixedHeight(_HEIGHT_SAID if row.said else _HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(row.name)
        said = (row.name, row.new, row.detail, row.figure, row.said)
        self.describe(", ".join(filter(None, said)), "↑ ↓ Enter")
        self.setToolTip(row.said)

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.paint_kept(self._draw)

    def _draw(self, painter: QPainter) -> None:
        t, row = current(), self.row
        self.paint_ground(painter, t)
        text, ground, _ = t.on_soft(self._tile)
        top = (_HEIGHT - 44) / 2
        rounded(painter, QRectF(14, top, 44, 44), 10, ground, None)
        draw_icon(painter, QRectF(25, top + 11, 22, 22), row.icon, text, 1)
        big, small, name = font(18, 680), font(13), font(16, 600)
        wide = max(text_width(row.figure, big), text_width(row.struck, small)) + 2
        right, end = self.width() - 15 - wide, Qt.AlignmentFlag.AlignRight
        lift = 10 if row.struck else 19
        line(painter, QRectF(right, lift, wide, 24), row.figure, face=big, colour=t.ok, align=end)
        if row.struck:
            struck = QFont(small)
            struck.setStrikeOut(True)
            line(painter, QRectF(right, 34, wide, 18), row.struck, face=struck, colour=t.text3, align=end)
        room = right - 70 - 10
        chip = text_width(row.new, font(12, 600)) + 16 if row.new else 0
        shown = min(text_width(row.name, name) + 1, room - (chip + 8 if chip else 0))
        line(painter, QRectF(70, 10, shown, 22), row.name, face=name, colour=t.text)
        if chip:
            box = QRectF(70 + shown + 8, 12, chip, 19)
            rounded(painter, box, 9, t.ok_soft, t.ok_line)
            line(painter, box.adjusted(8, 0, -6, 0), row.new, face=font(12, 600), colour=t.ok)
        line(painter, QRectF(70, 33, room, 18), row.detail, face=small, colour=t.text2)
        if row.said:
            line(painter, QRectF(70, 53, self.width() - 85, 18), row.quoted, face=small, colour=t.text2)


class SpecialList(QScrollArea):
    """Signals: picked(str) the promotion's id."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        set_ground(inside, "none")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        own_viewport(self)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cards: list[SpecialCard] = []
        self._chosen = -1

    @property
    def rows(self) -> tuple[SpecialRow, ...]:
        return tuple(card.row for card in self.cards)

    def show_rows(self, rows: Sequence[SpecialRow]) -> None:
        """A card for each; the same again changes nothing."""
        if tuple(rows) == self.rows:
            return
        for old in self.cards:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards, self._chosen = [], -1
        for number, row in enumerate(rows):
            card = SpecialCard(row, _KINDS[number % len(_KINDS)])
            card.setObjectName(f"sell.picks.special{number + 1}")
            card.clicked.connect(lambda _=False, one=row.id: self.picked.emit(one))
            self._column.insertWidget(number, card)
            self.cards.append(card)

    def step(self, by: int) -> None:
        """Choose the next card that way."""
        if not self.cards:
            return
        self._mark(min(max(self._chosen + by, 0), len(self.cards) - 1))
        self.ensureWidgetVisible(self.cards[self._chosen])
        announce(self.cards[self._chosen])

    def confirm(self) -> None:
        """Open the card that is chosen, where one is."""
        if 0 <= self._chosen < len(self.cards):
            self.picked.emit(self.cards[self._chosen].row.id)

    def unmark(self) -> None:
        """No card is chosen any more."""
        self._mark(-1)

    def _mark(self, chosen: int) -> None:
        self._chosen = chosen
        for at, card in enumerate(self.cards):
            card.set_kind("selected" if at == chosen else "secondary")
