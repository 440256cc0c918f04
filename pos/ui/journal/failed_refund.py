"""Money of the chosen return that its card did not take: the terminal is asked again, or it goes out another way.

Of a refund nobody knows the end of the terminal is asked what became of it, or somebody decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.ui.journal.side_panel import SidePanel
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.decision_fields import DecisionFields
from pos.ui.shared.notices import announce
from pos.wording import Wording
from pos.workstation import Workstation

if TYPE_CHECKING:
    from pos.services.failed_refunds import FailedRefund

AGAIN = "again"
_ASK, _BACK, _NOT_BACK = "ask", "back", "not_back"


class FailedRefundPanel(SidePanel):
    """Signals: wanted(str, int, str) the return, its tender, and the way: AGAIN for the card once more;
    asked() the terminal, what became of it; decided(str, bool, object) an attempt, whether the money is back, and the
    Answer of whoever decides.
    """

    wanted = Signal(str, int, str)
    asked = Signal()
    decided = Signal(str, bool, object)

    def __init__(self, workstation: Workstation) -> None:
        self.way = SegmentedControl()
        self.way.setObjectName("journal.refund.way")
        self.way.chosen.connect(lambda _: self._chose_way())
        self.fields = DecisionFields("journal.refund")
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.way)
        column.addWidget(self.fields)
        super().__init__("journal.refund", "credit_card_off", "tender", asked)
        self.choice.chosen.connect(lambda _: self._show())
        self._workstation = workstation
        self._words = Wording()
        self._return = ""
        self._failed: dict[str, FailedRefund] = {}

    @property
    def entry(self) -> QWidget:
        """Where the focus goes: what is typed only by whoever decides."""
        return self.do_button if self.fields.isHidden() else self.fields.entry

    def retranslate(self, words: Wording) -> None:
        self._words = words
        self.choice.setAccessibleName(words.say("Which card"))
        self.fields.retranslate(words)
        if self._return:
            self.begin(self._return)

    def begin(self, return_id: str) -> bool:
        """Open it for a return; False where all of its money went out."""
        self._return = return_id
        self._failed = {str(one.tender.tender): one for one in self._workstation.failed_refunds.of_return(return_id)}
        names = [(number, one.tender.card or number) for number, one in self._failed.items()]
        self.choice.set_choices(names)
        self.choice.setVisible(len(names) > 1)
        self._show()
        if self._failed:
            self.show()
            announce(self)
        return bool(self._failed)

    def confirm(self) -> None:
        """Do it the way that is chosen; while nobody knows, only that can be found out or decided."""
        one, way = self._chosen, self.way.choice
        if one is None:
            return
        if not one.unknown:
            self.wanted.emit(self._return, one.tender.tender, way)
        elif way == _ASK:
            self.asked.emit()
        elif (answer := self.fields.answer()) is not None:
            self.decided.emit(one.tried.attempt.id, way == _BACK, answer)

    @property
    def _chosen(self) -> FailedRefund | None:
        return self._failed.get(self.choice.choice)

    def _show(self) -> None:
        one = self._chosen
        if one is None:
            return
        words = self._words
        say = words.say
        amount = words.money(Money(one.tender.amount, one.done.currency))
        if one.unknown:
            look = say("Look at the terminal: its display or its slip says how it ended. Then a manager decides.")
            state = say("Nobody knows yet whether the money is back on the card.") + " " + look
            ways = [(_ASK, say("Ask terminal")), (_BACK, say("On the card")), (_NOT_BACK, say("Not on the card"))]
            if not self._workstation.card_tendering.asks(one.tried.attempt):
                del ways[0]
        else:
            state = say("The terminal refused it. The money is still owed to the customer.")
            ways = [(AGAIN, say("Card again")), *((way.kind, words.refund_to(way.kind)) for way in one.ways)]
        title = say("Is the money back on the card?") if one.unknown else say("The card took no money back")
        self.set_title(title, say("Leave"))
        self.tell(say("{amount} for card {card}", amount=amount, card=one.tender.card), state)
        self.way.set_choices(ways)
        self.way.setAccessibleName(say("What became of it") if one.unknown else say("How the money goes out"))
        self.fields.clear()
        self._say_way()

    def _chose_way(self) -> None:
        self._say_way()
        self.entry.setFocus()

    def _say_way(self) -> None:
        one, words, chosen = self._chosen, self._words, self.way.choice
        self.fields.setVisible(chosen in {_BACK, _NOT_BACK})
        if one is None:
            return
        if one.unknown:
            self.name_button(words.say("Ask what became of it") if chosen == _ASK else words.say("Decide"))
            return
        way = next((each for each in one.ways if each.kind == chosen), None)
        if way is None:
            self.name_button(words.say("Ask the card again"))
            return
        amount = words.money(Money(way.amount, one.done.currency))
        agrees = words.say("Somebody else has to agree") if way.asks else ""
        self.name_button(words.say("Give back {amount}", amount=amount), agrees)
