"""What opens beside a receipt of the journal to mend something of it: a title, what is known, and one big button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.ui.journal.after_sale import AfterSalePanel
from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.buyer_form import BuyerForm
from pos.ui.shared.cards import Card, Icon
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.text import Label
from pos.wording import Wording


def primary_words(shown: QWidget | None, words: Wording, *, imported: bool) -> str:
    """What F12 does while this shows at the right of the journal; `imported`: the receipt is of an imported sale."""
    if isinstance(shown, BuyerForm):
        return words.say("Print")
    # What has nothing left to do leaves the key to the receipt under it.
    does = shown.does if isinstance(shown, SidePanel | AfterSalePanel) else ""
    return does or (words.say("Return goods") if imported else words.say("Print again"))


class SidePanel(QWidget):
    """Enter does what the big button says. `choice` picks one of several things; `further` is asked below it.

    Signals: left(); named() the big button says something else.
    """

    left = Signal()
    named = Signal()

    def __init__(self, name: str, icon: str, choice: str, further: QWidget) -> None:
        """`name` begins the object names, `choice` names that of the choice."""
        super().__init__()
        self.hide()
        self.title = Label("", 17, 680, wrap=True)
        self.close_button = IconButton("close", "")
        self.close_button.setObjectName(f"{name}.close")
        self.close_button.clicked.connect(lambda: self.left.emit())
        self.choice = SegmentedControl()
        self.choice.setObjectName(f"{name}.{choice}")
        self._card = Card("sunken", padding=14, spacing=4)
        self._about = Label("", 17, 680, wrap=True)
        self._state = Label("", 15, 450, tone="text2", wrap=True)
        self.do_button = ActionButton("", "check", kind="primary", height=76, px=20, key="Enter", key_place="follow")
        self.do_button.setObjectName(f"{name}.do")
        self.do_button.clicked.connect(lambda: self.confirm())
        self._build(icon, further)

    def _build(self, icon: str, further: QWidget) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon(icon, 24, colour="primary_text"))
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        self._card.column.addWidget(self._about)
        self._card.column.addWidget(self._state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        for widget in (self.choice, self._card, further):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.do_button)

    @property
    def told(self) -> str:
        """What is known, in words."""
        return self._card.accessibleName()

    def tell(self, about: str, state: str) -> None:
        """What it is about, and how it stands."""
        self._about.setText(about)
        self._state.setText(state)
        self._card.setAccessibleName(f"{about}. {state}")

    @property
    def does(self) -> str:
        """What Enter does now, as the big button says it; empty where nothing is left to do."""
        return self.do_button.text() if self.do_button.isVisibleTo(self) else ""

    def name_button(self, text: str, detail: str = "") -> None:
        """What the big button does, and what that means; no text where nothing is left to do."""
        self.do_button.setVisible(bool(text))
        self.do_button.set_text(text)
        self.do_button.set_detail(detail)
        self.named.emit()

    def set_title(self, title: str, leave: str) -> None:
        self.title.setText(title)
        self.setAccessibleName(title)
        self.close_button.set_name(leave, "Esc")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What a field or a button leaves to whoever is around it.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm()
        else:
            super().keyPressEvent(event)

    @property
    def entry(self) -> QWidget:
        """Where typed characters go."""
        raise NotImplementedError

    def confirm(self) -> None:
        """Do it."""
        raise NotImplementedError
