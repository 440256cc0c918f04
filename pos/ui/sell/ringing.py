"""From a scan, a typed code or a tile to a line of the sale: what is asked in between, and how many there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import NO_ANSWERS, Answers
from pos.services.sale import SaleView
from pos.ui.sell.questions import Questions
from pos.ui.sell.side import Side
from pos.ui.sell.summary import tell_expired
from pos.ui.sell.teller import Teller
from pos.ui.shared.fields import ScanField
from pos.wording import Wording
from pos.workstation import Workstation

_Add = Callable[[Quantity | None, Answers], SaleView | Refused]


class Ringing(QObject):
    """Signals: elsewhere(str, str) a code that is no item's: its kind and the code; asked() nothing was rung up, and
    perhaps a question is open; empties_turned() whether empties come back is another.
    """

    elsewhere = Signal(str, str)
    empties_turned = Signal()
    asked = Signal()

    def __init__(self, field: ScanField, side: Side, teller: Teller, workstation: Workstation) -> None:
        super().__init__(field)
        self._field, self._teller = field, teller
        self._sale = workstation.sale
        self._times: Quantity | None = None
        self._empties = False
        self.questions = Questions(side, teller, workstation)
        self.questions.rung_up.connect(self._rung_up)

    @property
    def times(self) -> Quantity | None:
        """How many of the next item were asked for."""
        return self._times

    def set_times(self, times: Quantity | None) -> None:
        """Show the quantity of the next item as a chip in the field, so that a scan finds the field empty."""
        self._times = times
        words = self.words
        empties = words.say("Empties") if self._empties else ""
        count = "" if times is None else words.say("{quantity} ×", quantity=words.quantity(times))
        chip = " · ".join(filter(None, (empties, count)))
        if chip != self._field.status.text:
            self._field.set_status(chip, *(("warn", "assignment_return") if empties else ("info", "dialpad")))

    @property
    def words(self) -> Wording:
        return self._teller.words

    @property
    def empties(self) -> bool:
        """Whether what is scanned or picked comes back as an empty."""
        return self._empties

    def take_empties(self, *, on: bool) -> None:
        """From now on empties come back, or items are sold; a question that is open was about the other."""
        if on == self._empties:
            return
        unanswered = self.questions.give_up()
        self._empties = on
        self.set_times(self._times)
        self._teller.banner.hide()
        self.empties_turned.emit()
        if unanswered:
            self.say_unanswered(unanswered)

    def step_back(self) -> bool:
        """Esc: drop the chip of the field, how many first and then the empties; False where there was none."""
        if self._times is not None:
            self.set_times(None)
            return True
        was = self._empties
        self.take_empties(on=False)
        return was

    def code(self, code: str) -> None:
        """Ring up what a code names, or say where else it belongs."""
        self._ring(lambda times, answers: self._sale.scan(code, times, answers), code)

    def item(self, item_id: str) -> None:
        """Ring up an item that was picked by hand."""
        self._ring(lambda times, answers: self._sale.add_item(item_id, times, answers))

    def suggested(self, item_id: str) -> None:
        """Ring up what the till suggested: it is sold, whatever comes back beside it."""
        self._ring(lambda times, answers: self._sale.add_item(item_id, times, replace(answers, empties=False)))

    def _ring(self, add: _Add, code: str = "") -> None:
        times, empties = self._times, self._empties
        self.set_times(None)
        unanswered = self.questions.give_up()
        kind: list[str] = []

        def call(answers: Answers = NO_ANSWERS) -> SaleView | Refused:
            answer = add(times, replace(answers, empties=True) if empties else answers)
            if isinstance(answer, Refused) and answer.code is Code.NOT_AN_ITEM:
                kind.append(str(answer.facts.get("kind", "")))
            return answer

        view = self._teller.ask(call, lambda needs: self.questions.begin(needs, call))
        if view is not None:
            self._rung_up(view)
            if unanswered:
                self.say_unanswered(unanswered)
            return
        if kind:
            self.elsewhere.emit(kind[0], code)
        self.asked.emit()

    def say_unpaid(self) -> None:
        """Why it does not go on to the money."""
        self._teller.say_no(
            self._teller.words.say(
                "An item waits for an answer. Nothing was paid yet. Answer it, or leave it with Esc."
            )
        )

    def say_unanswered(self, item: str) -> None:
        words = self._teller.words
        self._teller.warn(
            words.say("{item} was not added.", item=item), words.say("Its question was left unanswered. Scan it again.")
        )

    def _rung_up(self, view: SaleView) -> None:
        if not tell_expired(view, self._teller):
            self._teller.rung_up()
