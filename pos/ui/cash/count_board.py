"""Notes and coins to be counted, largest first; Enter walks from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.cash import SMALLEST_NOTE, denominations
from pos.domain.money import Money
from pos.domain.shop import ShopRules
from pos.ui.cash.check_list import CheckList
from pos.ui.cash.piece_row import CountEdit, PieceRow
from pos.ui.cash.rolls import Rolls
from pos.ui.shared.cards import Card, rule
from pos.ui.shared.notices import set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from pos.wording import Wording

# Narrower than this, the coins stand below the notes.
_WIDE = 740


class _Kind(Card):
    """Notes, or coins: their name, what they come to, a row each."""

    def __init__(self, rows: Sequence[PieceRow], *foot: QWidget) -> None:
        super().__init__("plain", padding=2, spacing=0)
        self.rows = rows
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 14, 10)
        self._name = Label("", 16, 650)
        self._sum = Label("", 16, 650)
        head.addWidget(self._name, 1)
        head.addWidget(self._sum)
        self.column.addLayout(head)
        self.column.addWidget(rule())
        for row in rows:
            self.column.addWidget(row)
        self.column.addStretch(1)
        for widget in foot:
            self.column.addWidget(widget)

    def set_name(self, name: str) -> None:
        self._name.setText(name)

    def show_sum(self, currency: str, words: Wording, further: int = 0) -> None:
        """`further` minor units are in no row of its own."""
        self._sum.setText(words.amount(Money(sum(row.minor for row in self.rows) + further, currency)))


class CountBoard(QWidget):
    """Signals: changed() by a person; came(object) the focus is in this field."""

    changed = Signal()
    came = Signal(object)

    def __init__(self, screen: str, rules: ShopRules) -> None:
        super().__init__()
        currency = rules.currency
        self._currency, self._words = currency, Wording()
        pieces = denominations(currency)
        smallest = SMALLEST_NOTE.get(currency, 0)
        self.rows = tuple(
            PieceRow(screen, Money(piece, currency), is_note=piece >= smallest)
            for piece in sorted(pieces, reverse=True)
        )
        self._notes = _Kind([row for row in self.rows if row.piece.minor >= smallest])
        self.rolls, self.checks = Rolls(screen, currency, rules.coin_rolls), CheckList(screen)
        self._coins = _Kind([row for row in self.rows if row.piece.minor < smallest], self.rolls, self.checks)
        inside = QWidget()
        set_ground(inside, "none")
        self._kinds = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._kinds.setContentsMargins(0, 0, 0, 0)
        self._kinds.setSpacing(12)
        for kind in (self._notes, self._coins):
            self._kinds.addWidget(kind, 1)
        self._coins.setVisible(bool(self._coins.rows))
        self._shelf = scrolled(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._shelf)
        self.rolls.turned.connect(self._turned)
        for row in (*self.rows, *self.rolls.rows):
            row.changed.connect(self._edited)
            row.came.connect(lambda row=row: self._came(row))

    @property
    def minor(self) -> int:
        """What was counted so far, in minor units."""
        return sum(row.minor for row in self.rows) + self.rolls.minor

    @property
    def typed(self) -> dict[str, str]:
        """What stands in each field, by the piece's name, rolls as the coins in them; what is empty is left out."""
        typed = {row.name: row.edit.text() for row in self.rows if row.edit.text().strip()}
        for roll in self.rolls.rows:
            if not roll.edit.text().strip():
                continue
            loose = next(row for row in self.rows if row.piece == roll.coin)
            whole = roll.many is not None and loose.many is not None
            # What is no number goes in as it was typed, and is refused.
            typed[loose.name] = str((loose.many or 0) + roll.pieces) if whole else roll.edit.text()
        return typed

    @property
    def first(self) -> CountEdit:
        return self.rows[0].edit

    def show_pieces(self, pieces: Iterable[tuple[int, int]]) -> None:
        """A count that was made already."""
        many = dict(pieces)
        for row in self.rows:
            row.set_many(many.get(row.piece.minor, 0))
        self.rolls.clear()
        self._show_sums()

    def step(self, by: int) -> bool:
        """To the next field or the one before; False at either end."""
        rows = self._walked
        at = next((number for number, row in enumerate(rows) if row.edit.hasFocus()), None)
        wanted = 0 if at is None else at + by
        if not 0 <= wanted < len(rows):
            return False
        rows[wanted].edit.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def begin_field(self) -> None:
        """What is typed next takes the place of what stands in the field that has the focus."""
        self._focused.edit.selectAll()

    def type(self, digit: str) -> None:
        """A digit from a pad on the screen, into the field that has the focus."""
        self._focused.edit.insert(digit)
        self._edited()

    def take_back(self) -> None:
        """The last digit of the field that has the focus goes."""
        self._focused.edit.backspace()
        self._edited()

    @property
    def _walked(self) -> tuple[PieceRow, ...]:
        """The rows Enter leads through."""
        return (*self.rows, *(self.rolls.rows if self.rolls.open else ()))

    def _turned(self) -> None:
        """The rolls came, and the first of them has the focus; or they went."""
        row = self.rolls.rows[0] if self.rolls.open else self.rows[0]
        row.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_sums()

    @property
    def _focused(self) -> PieceRow:
        """The row with the focus; without one the first gets it."""
        row = next((row for row in self._walked if row.edit.hasFocus()), None)
        if row is None:
            row = self.rows[0]
            row.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        return row

    def retranslate(self, words: Wording) -> None:
        self._words = words
        self._notes.set_name(words.say("Notes"))
        self._coins.set_name(words.say("Coins"))
        for row in self.rows:
            row.retranslate(words)
        self.rolls.retranslate(words)
        self._show_sums()

    def _edited(self) -> None:
        self._show_sums()
        self.changed.emit()

    def _show_sums(self) -> None:
        for row in self.rows:
            row.show_sum(self._words)
        self.rolls.show_sum(self._words)
        self._notes.show_sum(self._currency, self._words)
        self._coins.show_sum(self._currency, self._words, self.rolls.minor)

    def _came(self, row: PieceRow) -> None:
        self._shelf.ensureWidgetVisible(row, 0, 8)
        self.came.emit(row.edit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        self._kinds.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
