"""Buttons side by side, as many a row as there is room for: in a narrow window they stand in more rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget


class ButtonShelf(QWidget):
    """Takes its buttons in reading order. Never narrower than the widest of them."""

    def __init__(self, buttons: Sequence[QAbstractButton] = (), *, gap: int = 12, across_max: int = 0) -> None:
        super().__init__()
        self._buttons: list[QAbstractButton] = []
        self._gap, self._across_max = gap, across_max
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_buttons(buttons)

    def set_buttons(self, buttons: Sequence[QAbstractButton]) -> None:
        """Others from now on; those that stay keep their state."""
        for button in self._buttons:
            if button not in buttons:
                button.hide()
                button.deleteLater()
        self._buttons = list(buttons)
        for button in self._buttons:
            button.setParent(self)
            button.show()
        self._place()
        self.updateGeometry()

    @property
    def rows(self) -> int:
        """How many rows there are at this width."""
        return len(self._laid())

    def _laid(self) -> list[list[QAbstractButton]]:
        """As few rows as the width allows, evenly filled: four that do not fit side by side stand two by two.

        Where that leaves every row to one button alone, each row takes what fits. A hidden button takes no room.
        """
        buttons = [button for button in self._buttons if not button.isHidden()]
        count = len(buttons)
        fewest = max(-(-count // (self._across_max or count or 1)), 1)
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            # Nobody gave it a width yet: asking for the height of a narrow one would make a window too small at first.
            across = -(-count // fewest)
            return [buttons[first : first + across] for first in range(0, count, across)] if across else []
        for rows in range(fewest, count + 1):
            across = -(-count // rows)
            laid = [buttons[first : first + across] for first in range(0, count, across)]
            if across > 1 and all(self._asked(row) <= self.width() for row in laid):
                return laid
        return self._filled(buttons)

    def _filled(self, buttons: Sequence[QAbstractButton]) -> list[list[QAbstractButton]]:
        """Each row as full as it can be."""
        laid: list[list[QAbstractButton]] = []
        for button in buttons:
            if laid and self._across_max != 1 and self._asked([*laid[-1], button]) <= self.width():
                laid[-1].append(button)
            else:
                laid.append([button])
        return laid

    def _asked(self, row: Sequence[QAbstractButton]) -> int:
        return sum(button.minimumSizeHint().width() + self._gap for button in row) - self._gap

    def _widest(self) -> int:
        return max((button.minimumSizeHint().width() for button in self._buttons), default=0)

    def sizeHint(self) -> QSize:
        return QSize(self._asked(self._buttons), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(), self.height())

    def _place(self) -> None:
        """Everything at its place; every row fills the width, all its buttons alike where the words allow it."""
        tall = max((button.height() for button in self._buttons), default=0)
        laid = self._laid()
        self.setFixedHeight(max(len(laid) * (tall + self._gap) - self._gap, 0))
        for number, row in enumerate(laid):
            room = self.width() - self._gap * (len(row) - 1)
            asked = [button.minimumSizeHint().width() for button in row]
            alike = max(asked) * len(row) <= room
            spare = (room - sum(asked)) / len(row)
            left = 0.0
            for button, own in zip(row, asked, strict=True):
                wide = room / len(row) if alike else own + spare
                button.setGeometry(QRect(round(left), number * (tall + self._gap), int(wide), tall))
                left += wide + self._gap

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """Words that changed while it did not show asked for no new places."""
        super().showEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # A button's words are others now.
            self._place()
            self.updateGeometry()
        return super().event(event)
