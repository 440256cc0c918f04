"""The printer's own place: its state, its queue, a test page, and the answer to "Did receipt 42 print?"."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pos.domain.copies import GivenUp
from pos.domain.refusal import Refused
from pos.domain.trouble import KnownError
from pos.services.paper_queue import QueuedPaper
from pos.services.papers import GIFT_RECEIPT
from pos.ui.paper_words import printer_words
from pos.ui.printer.words import GIVEN_UP, paper_state, paper_title, tested_words
from pos.ui.printing import Measured
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card, Pill
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.notices import Banner
from pos.ui.shared.screen import Screen
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.text import Label
from pos.wording import Wording

if TYPE_CHECKING:
    from pos.ui.fittings import Fittings

_ROWS = 6


class PrinterScreen(Screen):
    """Shows what is measured and what waits; whatever it does goes through the services and the printing worker."""

    words: Wording

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("printer", fittings.words)
        assert fittings.printing is not None, "the shell hands its printing on"
        self._workstation = fittings.workstation
        self._printing = fittings.printing
        self._papers: tuple[QueuedPaper, ...] = ()
        self._measured: Measured | None = None
        self._selected = ""
        self._make_keys()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 8)
        row.setSpacing(16)
        state = self._build_printer()
        row.addLayout(self._build_queue(), 7)
        row.addWidget(state, 4)
        self.notices = self.banner
        self._printing.measured.connect(self._take_measured)
        self._printing.paper.connect(lambda *_: self._look())
        self._printing.tested.connect(self._tested)
        self.retranslate()

    def _make_keys(self) -> None:
        self._again = self.add_key("again", [], self._printing.try_now, primary=True)
        self._test = self.add_key("test", "F5", self._printing.test_print)
        self._came_out = self.add_key("came_out", "F2", self._say_came_out)
        self._copy = self.add_key("copy", "F3", self._say_copy)
        self._give_up = self.add_key("give_up", "F4", self._say_give_up)
        self._back = self.add_key("back", "Esc", self.back_wanted.emit)
        for number in range(1, _ROWS + 1):
            choose = self.add_key(
                f"paper{number}", f"Alt+{number}", partial(self._choose, number - 1), in_key_bar=False
            )
            choose.setText(f"{number}")

    def _build_printer(self) -> Card:
        card = Card("plain", padding=16, spacing=12)
        self._name = Label("", 16, 600)
        self.state = Pill("", "neutral")
        self.state.setObjectName("printer.state")
        self._meaning = Label("", 15, 450, tone="text2", wrap=True)
        self.again_button = ActionButton("", "refresh", kind="primary", height=76)
        self.test_button = ActionButton("", "print", align="left", height=64)
        for button, action, name in ((self.again_button, self._again, "again"), (self.test_button, self._test, "test")):
            self.name_child(button, "action", name)
            button.follow(action)
        card.column.addWidget(self._name)
        card.column.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        card.column.addWidget(self._meaning)
        card.column.addStretch(1)
        card.column.addWidget(self.test_button)
        card.column.addWidget(self.again_button)
        return card

    def _build_queue(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self.banner = Banner()
        column.addWidget(self.banner)
        card = Card("plain", padding=16, spacing=8)
        self._title = Label("", 16, 600)
        card.column.addWidget(self._title)
        self._empty = Label("", 15, 450, tone="text2", wrap=True)
        card.column.addWidget(self._empty)
        self.rows: list[ActionButton] = []
        for number in range(1, _ROWS + 1):
            button = ActionButton("", "receipt_long", key=f"Alt {number}", align="left", height=60)
            button.set_checked_kind("selected")
            self.name_child(button, "queue", f"paper{number}")
            button.clicked.connect(partial(self._clicked, number - 1))
            card.column.addWidget(button)
            self.rows.append(button)
        card.column.addStretch(1)
        self._question = Label("", 15, 600, wrap=True)
        card.column.addWidget(self._question)
        self.reasons = SegmentedControl([(why.value, "") for why in GivenUp], height=48)
        self.reasons.setObjectName("printer.queue.reasons")
        self.answers: dict[str, ActionButton] = {}
        for name, icon, action in (
            ("came_out", "check", self._came_out),
            ("copy", "print", self._copy),
            ("give_up", "block", self._give_up),
        ):
            button = ActionButton("", icon, height=60, px=15)
            self.name_child(button, "queue", name)
            button.follow(action)
            self.answers[name] = button
        card.column.addWidget(ButtonShelf(list(self.answers.values()), gap=8))
        card.column.addWidget(self.reasons)
        column.addWidget(card, 1)
        return column

    @property
    def title(self) -> str:
        return self.words.say("Printer")

    def enter(self) -> None:
        self.banner.hide()
        self._look()
        self._printing.measure()

    def retranslate(self) -> None:
        say = self.words.say
        self._name.setText(say("Receipt printer"))
        self._again.setText(say("Try again now"))
        self.again_button.set_detail(say("prints what waits"))
        self._test.setText(say("Test print"))
        self.test_button.set_detail(say("Letters, columns and bars"))
        self._came_out.setText(say("It came out"))
        self._copy.setText(say("Print a copy"))
        self._give_up.setText(say("Do not print"))
        self._back.setText(say("Back"))
        for why, words in GIVEN_UP.items():
            self.reasons.set_text(why.value, say(words))
        self._title.setText(say("What waits"))
        self._empty.setText(say("Nothing waits. Every paper is out."))
        self._show_printer()
        self._show()

    # What is known.

    def _take_measured(self, measured: Measured | None) -> None:
        self._measured = measured
        self._show_printer()
        self._look()

    def _show_printer(self) -> None:
        if not self._workstation.paperwork.has_printer:
            self.state.set_state(self.words.say("No printer"), "neutral", "info")
            self._meaning.setText(self.words.say("This till has no printer. Name one in the settings."))
            return
        if self._measured is None:
            self.state.set_state(self.words.say("Asking the printer"), "neutral", "hourglass_top")
            return
        said = printer_words(self._measured, self.words)
        self.state.set_state(said.text, said.kind, said.icon)
        ready = self.words.say("It prints. Papers come out as soon as the sale is in the books.")
        waits = self.words.say("It does not print now. Selling goes on; every paper waits and prints once.")
        self._meaning.setText(ready if self._measured.can_print else waits)

    def _look(self) -> None:
        if self.isVisible() or not self._papers:
            self._papers = self._workstation.papers.papers()
            self._show()

    def _paper(self) -> QueuedPaper | None:
        return next((paper for paper in self._papers if paper.job == self._selected), None)

    def _show(self) -> None:
        shown = self._papers[:_ROWS]
        if self._paper() is None:
            # What a person has to look at comes first.
            first = next((paper for paper in shown if paper.uncertain), next(iter(shown), None))
            self._selected = "" if first is None else first.job
        self._empty.setVisible(not shown)
        for at, button in enumerate(self.rows):
            button.setVisible(at < len(shown))
            if at < len(shown):
                paper = shown[at]
                button.set_icon("help" if paper.uncertain else "hourglass_top")
                button.set_detail(paper_state(paper, self.words))
                button.set_text(paper_title(paper, self.words))
                button.setChecked(paper.job == self._selected)
        chosen = self._paper()
        uncertain = chosen is not None and chosen.uncertain
        self._question.setText(self._asks(chosen))
        self._came_out.setEnabled(uncertain)
        self._copy.setEnabled(uncertain)
        self._give_up.setEnabled(chosen is not None)
        self.reasons.setEnabled(chosen is not None)

    def _asks(self, paper: QueuedPaper | None) -> str:
        if paper is None:
            return ""
        name = paper_title(paper, self.words)
        if paper.uncertain:
            return self.words.say("Did it print: {paper}? Look at the printer before you answer.", paper=name)
        return self.words.say("{paper} prints by itself when the printer is ready.", paper=name)

    # What a person says.

    def _clicked(self, at: int, _checked: bool = False) -> None:
        self._choose(at)

    def _choose(self, at: int) -> None:
        if at < len(self._papers):
            self._selected = self._papers[at].job
        self._show()

    def _say_came_out(self) -> None:
        paper = self._paper()
        if paper is not None:
            self._settle(lambda: self._workstation.papers.came_out(paper.job))

    def _say_give_up(self) -> None:
        paper = self._paper()
        why = GivenUp(self.reasons.choice)
        if paper is not None:
            self._settle(lambda: self._workstation.papers.give_up(paper.job, why))

    def _say_copy(self) -> None:
        paper = self._paper()
        if paper is None:
            return
        if paper.return_id:
            self._settle(lambda: self._workstation.return_copies.print_again(paper.return_id))
        elif paper.transaction_id is None:
            self._settle(lambda: self._workstation.papers.slip_again(paper.job))
        else:
            sale, copies = paper.transaction_id, self._workstation.copies
            copy = copies.gift_receipt if paper.document == GIFT_RECEIPT else copies.print_again
            self._settle(lambda: copy(sale))

    def _settle(self, act: Callable[[], object]) -> None:
        try:
            answer = act()
        except KnownError as error:
            self.banner.show_message(self.words.trouble(error), "", "bad")
            return
        if isinstance(answer, Refused):
            self.banner.show_message(self.words.refusal(answer), "", "warn")
        else:
            self.banner.hide()
        self._selected = ""
        self._look()
        self._printing.try_now()

    def _tested(self, said: str) -> None:
        sentence, well = tested_words(said, self.words)
        self.banner.show_message(sentence, "", "ok" if well else "warn")
