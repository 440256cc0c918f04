"""Money of the chosen return that its card did not take: the terminal is asked again, or it goes out another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.domain.money import Money
from pos.ui.journal.side_panel import SidePanel
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.notices import announce
from pos.wording import Wording
from pos.workstation import Workstation

if TYPE_CHECKING:
    from pos.services.failed_refunds import FailedRefund

AGAIN = "again"


class FailedRefundPanel(SidePanel):
    """Signals: wanted(str, int, str) the return, its tender, and the way: AGAIN for the card once more."""

    wanted = Signal(str, int, str)

    def __init__(self, workstation: Workstation) -> None:
        self.way = SegmentedControl()
        self.way.setObjectName("journal.refund.way")
        self.way.chosen.connect(lambda _: self._say_way())
        super().__init__("journal.refund", "credit_card_off", "tender", self.way)
        self.choice.chosen.connect(lambda _: self._show())
        self._workstation = workstation
        self._words = Wording()
        self._return = ""
        self._failed: dict[str, FailedRefund] = {}

    @property
    def entry(self) -> QWidget:
        """Where the focus goes: there is nothing to type."""
        return self.do_button

    def retranslate(self, words: Wording) -> None:
        self._words = words
        self.set_title(words.say("The card took no money back"), words.say("Leave"))
        self.choice.setAccessibleName(words.say("Which card"))
        self.way.setAccessibleName(words.say("How the money goes out"))
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
        """Do it the way that is chosen; nothing can be done while nobody knows."""
        one = self._chosen
        if one is not None and not one.unknown:
            self.wanted.emit(self._return, one.tender.tender, self.way.choice)

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
            state = say("Nobody knows yet whether the money is back on the card.")
            state += " " + say("It is asked again by itself, at the latest at the next start.")
        else:
            state = say("The terminal refused it. The money is still owed to the customer.")
        self.tell(say("{amount} for card {card}", amount=amount, card=one.tender.card), state)
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
