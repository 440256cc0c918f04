"""What is said of the chosen line of a return: how many, in what state, why; told to the draft as it is touched."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from pos.domain.money import AmountUnreadable, Quantity
from pos.domain.reasons import Reason, ReasonKind
from pos.domain.return_request import Condition
from pos.services.reasons import reasons
from pos.ui.returns.draft import ReturnDraft
from pos.ui.returns.line_strip import LineStrip
from pos.ui.shared.described import describe_rest
from pos.ui.shared.two_columns import TwoColumns
from pos.workstation import Workstation

_LONGEST = len("999.999")


class Saying(QObject):
    """Its strip stands below the lines of `screen`; `show` gives it the draft and the chosen line.

    Signals: said() something else is asked for now.
    """

    said = Signal()

    def __init__(self, screen: TwoColumns, workstation: Workstation, condition: QAction, reason: QAction) -> None:
        super().__init__(screen)
        self._screen, self._workstation = screen, workstation
        self._draft: ReturnDraft | None = None
        self._number = 0
        self._about_reason = False
        self._known: tuple[Reason, ...] = ()
        self.strip = LineStrip(screen.name, condition, reason)
        self.strip.stepped.connect(self._step)
        self.strip.chips.chosen.connect(self._choose)

    def begin(self) -> None:
        """Another purchase: its state is asked about first, with the reasons the shop has now."""
        self._about_reason = False
        self._known = reasons(self._workstation.desk, ReasonKind.RETURN)

    def ask(self, *, about_reason: bool) -> None:
        """Ask for the reason, or for the state of the goods."""
        self._about_reason = about_reason
        self.show(self._draft, self._number)

    def choose(self, number: int) -> None:
        """The word of this number, from 1."""
        self.strip.chips.choose(number)

    def quantity(self, typed: str) -> bool:
        """A short number is how many of the chosen line come back; anything else is none, and False."""
        asked = None if self._draft is None else self._draft.ticked.get(self._number)
        if self._draft is None or asked is None or len(typed) > _LONGEST:
            return False
        try:
            quantity = Quantity.read(typed.replace(",", "."), asked.quantity.unit)
        except AmountUnreadable:
            return False
        self._say("quantity", quantity)
        return True

    def show(self, draft: ReturnDraft | None, number: int) -> None:
        """State and reason of this line, and the words for the one of the two that is asked about."""
        self._draft, self._number = draft, number
        self.strip.setVisible(draft is not None)
        if draft is None:
            return
        words, asked, line = self._screen.words, draft.ticked.get(number), draft.line(number)
        known = {one.code: words.reason(one) for one in self._known}
        states = {state.value: words.condition(state.value) for state in Condition}
        told = ("", "") if asked is None else (words.condition(asked.condition), known.get(asked.reason, ""))
        self.strip.show_line(asked, None if line is None else line.left, told, words)
        chosen = "" if asked is None else asked.reason if self._about_reason else asked.condition
        choices = known if self._about_reason else states
        self.strip.show_choices(list(choices.items()), chosen, about_reason=self._about_reason)
        describe_rest(self.strip, words)

    def _step(self, by: int) -> None:
        asked = None if self._draft is None else self._draft.ticked.get(self._number)
        if asked is not None:
            self._say("quantity", Quantity(asked.quantity.thousandths + 1000 * by, asked.quantity.unit))

    def _choose(self, code: str) -> None:
        """A state or a reason ticks its line as well."""
        if self._draft is not None and self._number and self._number not in self._draft.ticked:
            self._draft.toggle(self._number)
        self._say("reason" if self._about_reason else "condition", code)

    def _say(self, what: str, value: object) -> None:
        if self._draft is not None and self._number:
            self._draft.say(self._number, {what: value})
            self.said.emit()
