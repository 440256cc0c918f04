"""From day to day above the journal's list: the name of the day, and a touch to the one before or after."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from pos.ui.shared.buttons import IconButton
from pos.ui.shared.text import Label
from pos.wording import Wording


class DayRow(QWidget):
    """The buttons do what the keys do; who may not see other days sees neither."""

    def __init__(self, earlier: QAction, later: QAction, beside: QWidget) -> None:
        """`beside` stands at the far end, or below where both have no room in a row."""
        super().__init__()
        self._earlier, self._later, self._beside = earlier, later, beside
        self.earlier_button = IconButton("chevron_left", "", kind="secondary")
        self.earlier_button.setObjectName("journal.day.earlier")
        self.earlier_button.clicked.connect(lambda: self._earlier.trigger())
        self.later_button = IconButton("chevron_right", "", kind="secondary")
        self.later_button.setObjectName("journal.day.later")
        self.later_button.clicked.connect(lambda: self._later.trigger())
        self.name = Label("", 16, 600)
        self.name.setObjectName("journal.day.name")
        self._days = QHBoxLayout()
        for widget in (self.earlier_button, self.name, self.later_button):
            self._days.addWidget(widget)
        self._days.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(self._days, 1)
        self._row.addWidget(beside)

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider of the two: below each other both have their room."""
        wide = max(self._days.minimumSize().width(), self._beside.minimumSizeHint().width())
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # Its words are others now.
            self._stack()
        return super().event(event)

    def _stack(self) -> None:
        both = self._days.minimumSize().width() + self._row.spacing() + self._beside.minimumSizeHint().width()
        below = not self._beside.isHidden() and both > self.width()
        direction = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)

    def retranslate(self, words: Wording) -> None:
        say = words.say
        self._earlier.setText(say("Day before"))
        self._later.setText(say("Day after"))
        self.earlier_button.set_name(say("Day before"), "Alt ←")
        self.later_button.set_name(say("Day after"), "Alt →")

    def show_day(self, name: str, *, past: bool, is_today: bool) -> None:
        """`past`: whether whoever is signed on may see other days."""
        self.name.setText(name)
        for button, action, there in (
            (self.earlier_button, self._earlier, past),
            (self.later_button, self._later, past and not is_today),
        ):
            action.setVisible(past)
            action.setEnabled(there)
            button.setVisible(past)
            button.setEnabled(there)
