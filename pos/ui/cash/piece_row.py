"""One note or coin of a count: what it is, how many there are, what they come to."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.domain.money import Money, minor_text
from pos.domain.till import PIECES_MAX
from pos.ui.shared.buttons import IconButton
from pos.ui.shared.draw import line, rounded, text_width
from pos.ui.shared.form import NumberEdit
from pos.ui.shared.text import Label
from pos.ui.theme import current, font
from pos.wording import Wording

ROW_HEIGHT = 56
_CHIP = QSize(72, 36)
_DIGITS_MAX = 6


class _Chip(QWidget):
    """The piece itself: notes are boxes, coins round."""

    def __init__(self, *, is_note: bool) -> None:
        super().__init__()
        self._is_note, self._text = is_note, ""
        self.setFixedSize(_CHIP)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text, ground, edge = current().on_soft("ok" if self._is_note else "neutral")
        rounded(painter, QRectF(self.rect()), 8 if self._is_note else _CHIP.height() / 2, ground, edge)
        rect = QRectF(self.rect())
        px = 15 if text_width(self._text, font(15, 650)) + 12 <= self.width() else 13
        line(painter, rect, self._text, face=font(px, 650), colour=text, align=Qt.AlignmentFlag.AlignHCenter)


class CountEdit(NumberEdit):
    """How many. Signals: came() the focus is here; gone() it no longer is."""

    came = Signal()
    gone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(font(18, 550))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setMaxLength(_DIGITS_MAX)
        self.setFixedSize(76, 48)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()
        self.came.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.deselect()
        self.gone.emit()


class PieceRow(QWidget):
    """Signals: changed() somebody typed, or touched plus or minus; came() the focus is in it."""

    changed = Signal()
    came = Signal()

    def __init__(self, screen: str, piece: Money, *, is_note: bool, part: str = "pieces") -> None:
        super().__init__()
        self.piece = piece
        self.setFixedHeight(ROW_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        self._chip = _Chip(is_note=is_note)
        self.edit = CountEdit()
        self.fewer = IconButton("remove", " ", kind="secondary")
        self.more = IconButton("add", " ", kind="secondary")
        for widget, name in ((self.edit, "count"), (self.fewer, "fewer"), (self.more, "more")):
            widget.setObjectName(f"{screen}.{part}.{name}_{piece.minor}")
        for button in (self.fewer, self.more):
            # The digits of the keyboard do the same.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sum = Label("", 16, 600)
        self._sum.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._chip)
        row.addStretch(1)
        for widget in (self.fewer, self.edit, self.more):
            row.addWidget(widget)
        row.addWidget(self._sum, 2)
        self.fewer.clicked.connect(lambda: self._add(-1))
        self.more.clicked.connect(lambda: self._add(1))
        self.edit.textEdited.connect(lambda _: self.changed.emit())
        self.edit.came.connect(self._came)
        self.edit.gone.connect(self.update)

    @property
    def name(self) -> str:
        """The piece as a count names it: "20.00"."""
        return minor_text(self.piece.minor, self.piece.currency)

    @property
    def many(self) -> int | None:
        """How many; None where what stands there is no number."""
        text = self.edit.text().strip() or "0"
        return int(text) if text.isascii() and text.isdigit() else None

    @property
    def minor(self) -> int:
        """What they come to, in minor units."""
        return self.piece.minor * (self.many or 0)

    def set_many(self, many: int) -> None:
        self.edit.setText(str(many) if many else "")

    def show_sum(self, words: Wording) -> None:
        """What they come to; a dash where no number stands."""
        come_to = words.amount(Money(self.minor, self.piece.currency)) if self.minor else ""
        self._sum.setText(come_to if self.many is not None else "–")
        self._sum.setAccessibleName(self._sum.text())

    def retranslate(self, words: Wording) -> None:
        piece = words.short_money(self.piece)
        how_many = words.say("How many of {piece}", piece=piece)
        self.set_names(
            piece, how_many, words.say("One {piece} less", piece=piece), words.say("One {piece} more", piece=piece)
        )
        self.edit.setAccessibleDescription(words.say("Enter: the next one"))
        self.show_sum(words)

    def set_names(self, chip: str, how_many: str, fewer: str, more: str) -> None:
        """What stands on the piece, and what a reader says of its field and its two buttons."""
        self._chip.set_text(chip)
        self.edit.setAccessibleName(how_many)
        self.fewer.set_name(fewer)
        self.more.set_name(more)

    def _add(self, by: int) -> None:
        self.set_many(min(max((self.many or 0) + by, 0), PIECES_MAX))
        self.changed.emit()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _came(self) -> None:
        self.update()
        self.came.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.edit.hasFocus():
            painter = QPainter(self)
            rounded(painter, QRectF(self.rect()), 0, current().primary_soft, None)
