"""What waits for a manager while the sale goes on: an amber strip with its time, to ask now or to let go."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent

from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.cards import Card, Pill
from pos.ui.shared.text import Label
from pos.wording import Wording

_ROOMY = 640


class AskedStrip(Card):
    """Hidden while nothing waits. Signals: wanted() ask now; dropped() nobody is asked any more; ticked() a second."""

    wanted = Signal()
    dropped = Signal()
    ticked = Signal()

    def __init__(self) -> None:
        super().__init__("warn", padding=0, spacing=10, row=True)
        self.column.setContentsMargins(12, 4, 6, 4)
        self._time = Pill("", "warn", "schedule")
        self._what = Label("", 15, 600, wrap=True)
        self.ask = ActionButton("", "shield_person", kind="outlined", height=44, key="Alt A")
        self.ask.setObjectName("sell.asked.ask")
        self.ask.clicked.connect(lambda: self.wanted.emit())
        self.drop = IconButton("close", "")
        self.drop.setObjectName("sell.asked.drop")
        self.drop.clicked.connect(lambda: self.dropped.emit())
        self.column.addWidget(self._time)
        self.column.addWidget(self._what, 1)
        self.column.addWidget(self.ask)
        self.column.addWidget(self.drop)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.ticked)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.ask.set_key("Alt A" if self.width() >= _ROOMY else "")
        self.ask.set_icon("shield_person" if self.width() >= _ROOMY else None)

    def retranslate(self, words: Wording) -> None:
        self.ask.set_text(words.say("Ask a manager"))
        self.drop.set_name(words.say("Do not ask any more"))

    def show_request(self, what: str, passed: str, asked: str) -> None:
        """What waits, how long already, and since when in words."""
        self._what.setText(what)
        self._time.set_state(passed)
        self.setAccessibleName(f"{what}, {asked}")
        self.show()
        self._tick.start()

    def put_away(self) -> None:
        self._tick.stop()
        self.hide()
