"""Money of the chosen return that its card did not take: the terminal is asked again, or it goes out another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.ui.shared.buttons import ActionButton, IconButton
from pos.ui.shared.cards import Card, Icon
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.notices import announce
from pos.ui.shared.text import Label
from pos.wording import Wording
from pos.workstation import Workstation

if TYPE_CHECKING:
    from pos.services.failed_refunds import FailedRefund

AGAIN = "again"


class FailedRefundPanel(QWidget):
    """Enter does what the big button says.

    Signals: wanted(str, int, str) the return, its tender, and the way: AGAIN for the card once more; left().
    """

    wanted = Signal(str, int, str)
    left = Signal()

    def __init__(self, workstation: Workstation) -> None:
        super().__init__()
        self.hide()
        self._workstation = workstation
        self._words = Wording()
        self._return = ""
        self._failed: dict[str, FailedRefund] = {}
        self._title = Label("", 17, 680, wrap=True)
        self.close_button = IconButton("close", "")
        self.close_button.setObjectName("journal.refund.close")
        self.close_button.clicked.connect(lambda: self.left.emit())
        self.tender = SegmentedControl()
        self.tender.setObjectName("journal.refund.tender")
        self.tender.chosen.connect(lambda _: self._show())
        self._card = Card("sunken", padding=14, spacing=4)
        self._about = Label("", 17, 680, wrap=True)
        self._state = Label("", 15, 450, tone="text2", wrap=True)
        self.way = SegmentedControl()
        self.way.setObjectName("journal.refund.way")
        self.way.chosen.connect(lambda _: self._say_way())
        self.do_button = ActionButton("", "check", kind="primary", height=76, px=20, key="Enter", key_place="follow")
        self.do_button.setObjectName("journal.refund.do")
        self.do_button.clicked.connect(lambda: self.confirm())
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon("credit_card_off", 24, colour="primary_text"))
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        self._card.column.addWidget(self._about)
        self._card.column.addWidget(self._state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        for widget in (self.tender, self._card, self.way):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.do_button)

    @property
    def entry(self) -> QWidget:
        """Where the focus goes: there is nothing to type."""
        return self.do_button

    @property
    def told(self) -> str:
        """What is known of the refund, in words."""
        return self._card.accessibleName()

    def retranslate(self, words: Wording) -> None:
        self._words = words
        self._title.setText(words.say("The card took no money back"))
        self.setAccessibleName(self._title.text())
        self.close_button.set_name(words.say("Leave"), "Esc")
        self.tender.setAccessibleName(words.say("Which card"))
        self.way.setAccessibleName(words.say("How the money goes out"))
        if self._return:
            self.begin(self._return)

    def begin(self, return_id: str) -> bool:
        """Open it for a return; False where all of its money went out."""
        self._return = return_id
        self._failed = {str(one.tender.tender): one for one in self._workstation.failed_refunds.of_return(return_id)}
        names = [(number, one.tender.card or number) for number, one in self._failed.items()]
        self.tender.set_choices(names)
        self.tender.setVisible(len(names) > 1)
        self._show()
        if self._failed:
            self.show()
            announce(self)
        return bool(self._failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What a button leaves to whoever is around it.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm()
        else:
            super().keyPressEvent(event)

    def confirm(self) -> None:
        """Do it the way that is chosen; nothing can be done while nobody knows."""
        one = self._chosen
        if one is not None and not one.unknown:
            self.wanted.emit(self._return, one.tender.tender, self.way.choice)

    @property
    def _chosen(self) -> FailedRefund | None:
        return self._failed.get(self.tender.choice)

    def _show(self) -> None:
        one = self._chosen
        if one is None:
            return
        words = self._words
        say = words.say
        amount = words.money(Money(one.tender.amount, one.done.currency))
        self._about.setText(say("{amount} for card {card}", amount=amount, card=one.tender.card))
        if one.unknown:
            state = say("Nobody knows yet whether the money is back on the card.")
            state += " " + say("It is asked again by itself, at the latest at the next start.")
        else:
            state = say("The terminal refused it. The money is still owed to the customer.")
        self._state.setText(state)
        self._card.setAccessibleName(f"{self._about.text()}. {state}")
        ways = [(AGAIN, say("Card again")), *((way.kind, words.refund_to(way.kind)) for way in one.ways)]
        self.way.set_choices(ways)
        self.way.setVisible(not one.unknown)
        self.do_button.setVisible(not one.unknown)
        self._say_way()

    def _say_way(self) -> None:
        one, words = self._chosen, self._words
        if one is None:
            return
        way = next((each for each in one.ways if each.kind == self.way.choice), None)
        if way is None:
            self.do_button.set_text(words.say("Ask the card again"))
            self.do_button.set_detail("")
            return
        amount = words.money(Money(way.amount, one.done.currency))
        self.do_button.set_text(words.say("Give back {amount}", amount=amount))
        self.do_button.set_detail(words.say("Somebody else has to agree") if way.asks else "")
