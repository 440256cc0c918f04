"""The notes and coins to hand over, as chips."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.domain.cash import SMALLEST_NOTE, denominations, hand_over
from pos.domain.frozen import dataclass
from pos.domain.money import Money, exponent_of
from pos.ui.shared.draw import line, rounded, text_width
from pos.ui.theme import Tokens, current, font
from pos.wording import Wording

_GAP = 8
# Size of the words, height and padding of a chip, and whether it says the currency: the largest that fits is taken.
_STYLES = ((17, 40, 14, True), (15, 34, 11, True), (13, 30, 9, True), (13, 30, 9, False), (12, 24, 6, False))


@dataclass(frozen=True, slots=True)
class _Chip:
    count: str
    piece: str
    bare: str
    is_note: bool


@dataclass(frozen=True, slots=True)
class _Style:
    px: int
    height: int
    padding: int
    signed: bool

    def piece(self, chip: _Chip) -> str:
        return chip.piece if self.signed else chip.bare

    def width(self, chip: _Chip) -> float:
        words = text_width(chip.count, font(self.px, 450)) + text_width(self.piece(chip), font(self.px, 650))
        return words + 2 * self.padding


class Pieces(QWidget):
    """One chip a denomination, "1 × $20"; notes are boxes, coins round. None is left out: they shrink."""

    def __init__(self, height: int, *, centred: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._centred = centred
        self._chips: list[_Chip] = []
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_change(self, change: Money, words: Wording) -> None:
        """What makes up this change; nothing for nothing."""
        smallest_note = SMALLEST_NOTE.get(change.currency, 0)
        self._chips = [
            _Chip(f"{count} × ", words.short_money(shown), _bare(shown, words), piece >= smallest_note)
            for piece, count in hand_over(change.minor, denominations(change.currency))
            for shown in (Money(piece, change.currency),)
        ]
        self.setAccessibleName(", ".join(chip.count + chip.piece for chip in self._chips))
        self.update()

    @property
    def shown(self) -> Sequence[str]:
        """What the chips say."""
        return [chip.count + chip.piece for chip in self._chips]

    def fits(self) -> bool:
        """Whether every chip shows whole."""
        style, rows = self._laid()
        high = len(rows) * (style.height + _GAP) - _GAP <= self.height()
        return high and all(style.width(chip) <= self.width() for chip in self._chips)

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def _laid(self) -> tuple[_Style, list[list[_Chip]]]:
        style, rows = _Style(*_STYLES[0]), [self._chips]
        for each in _STYLES:
            style = _Style(*each)
            rows = self._rows(style)
            if len(rows) * (style.height + _GAP) - _GAP <= self.height():
                break
        return style, rows

    def _rows(self, style: _Style) -> list[list[_Chip]]:
        rows: list[list[_Chip]] = [[]]
        used = 0.0
        for chip in self._chips:
            wide = style.width(chip)
            if rows[-1] and used + wide > self.width():
                rows.append([])
                used = 0
            rows[-1].append(chip)
            used += wide + _GAP
        return rows

    def paintEvent(self, event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style, rows = self._laid()
        top = 0.0
        for chips in rows:
            whole = sum(style.width(chip) for chip in chips) + _GAP * max(len(chips) - 1, 0)
            left = (self.width() - whole) / 2 if self._centred else 0.0
            for chip in chips:
                box = QRectF(left, top, style.width(chip), style.height)
                self._paint_chip(painter, box, chip, style, t)
                left += box.width() + _GAP
            top += style.height + _GAP

    def _paint_chip(self, painter: QPainter, box: QRectF, chip: _Chip, style: _Style, t: Tokens) -> None:
        ground = t.ok_soft if self._centred else t.surface
        rounded(painter, box, 10 if chip.is_note else style.height / 2, ground, t.ok_line)
        count = text_width(chip.count, font(style.px, 450))
        words = box.adjusted(style.padding, 0, 0, 0)
        line(painter, words, chip.count, face=font(style.px, 450), colour=t.text2)
        line(painter, words.adjusted(count, 0, 0, 0), style.piece(chip), face=font(style.px, 650), colour=t.ok)


def _bare(piece: Money, words: Wording) -> str:
    """Without the sign of the currency, and no decimals where they are all zero."""
    whole = 10 ** exponent_of(piece.currency)
    return words.amount(piece) if piece.minor % whole else words.number(piece.minor // whole)
