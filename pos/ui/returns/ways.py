"""The ways to find a purchase, one large button each with its key; the chosen one stays marked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from pos.ui.returns.finder import CARD, CUSTOMER, ITEM, METHODS, NONE, RECEIPT
from pos.ui.shared.buttons import ActionButton, ButtonFace
from pos.wording import Wording

KEYS = {RECEIPT: "F2", CARD: "F3", CUSTOMER: "F4", ITEM: "F5", NONE: "F7"}
_ICONS = {
    RECEIPT: "receipt_long",
    CARD: "credit_card",
    CUSTOMER: "person_search",
    ITEM: "calendar_month",
    NONE: "help_center",
}
_WIDE, _SLIM = 270, 200
_NARROW = 1100
_LARGE = ButtonFace(tight=False, px=None, key_place="end")
_SMALL = ButtonFace(tight=True, px=15, key_place="end")


class Ways(QWidget):
    """Signals: chosen(str) a way that a person touched."""

    chosen = Signal(str)

    def __init__(self, screen: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._room = _NARROW
        self._details: dict[str, str] = {}
        self._group = QButtonGroup(self)
        self.buttons: dict[str, ActionButton] = {}
        for method in METHODS:
            button = ActionButton("", _ICONS[method], key=KEYS[method], height=76, align="left")
            button.set_checked_kind("primary")
            button.setObjectName(f"{screen}.ways.{method}")
            button.clicked.connect(lambda _=False, method=method: self.chosen.emit(method))
            self._group.addButton(button)
            self.buttons[method] = button
            column.addWidget(button)
        column.addStretch(1)
        self.setMaximumWidth(_WIDE)
        self.choose(RECEIPT)

    def fit(self, room: int) -> None:
        """On a narrow screen each way is its name and its key, and the list gets the room."""
        self._room, narrow = room, room < _NARROW
        for method, button in self.buttons.items():
            button.set_face(_SMALL if narrow else _LARGE)
            button.set_detail("" if narrow else self._details.get(method, ""))
        self.setMaximumWidth(_SLIM if narrow else _WIDE)

    @property
    def choice(self) -> str:
        return next((method for method, button in self.buttons.items() if button.isChecked()), RECEIPT)

    def choose(self, method: str) -> None:
        self.buttons[method].setChecked(True)

    def retranslate(self, words: Wording) -> None:
        say = words.say
        told = {
            RECEIPT: (say("Receipt"), say("Scan the barcode")),
            CARD: (say("Payment card"), say("Terminal or last digits")),
            CUSTOMER: (say("Customer"), say("Name, phone, card")),
            ITEM: (say("Item and date"), say("What, when, how much")),
            NONE: (say("No receipt"), say("Limits and ID apply")),
        }
        for method, (name, detail) in told.items():
            self._details[method] = detail
            self.buttons[method].set_text(name)
        self.fit(self._room)
