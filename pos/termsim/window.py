"""The window in which a person plays the customer, the bank and bad luck. The only file here that knows Qt."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pos.speech import Speech
from pos.termsim.bank import Entry
from pos.termsim.customer import Presented, Step
from pos.termsim.outcomes import Outcome, outcome_of
from pos.termsim.simulator import Simulator
from pos.termsim.terminal_words import OUTCOMES, POSTINGS, STEPS
from pos.termsim.wire import spelled

_HIT_PIXELS = 44
_LOOK_MILLISECONDS = 100
_ENTRIES_SHOWN = 4
# What has a button of its own; the others are in the list.
_USUAL = ("approved", "declined", "partial", "wrong_pin", "slow", "disconnect_after_approval")
_SCREEN = "#screen { background: #10241c; border-radius: 8px; } #screen QLabel { color: #e8fff4; }"


def run(simulator: Simulator, words: Speech) -> int:
    """Show the window until it is closed or the simulator is told to stop."""
    program = QApplication.instance()
    if not isinstance(program, QApplication):
        program = QApplication([*sys.argv[:1], "-style", "fusion"])
    by_hand, customer = simulator.terminal.customer.by_hand, simulator.terminal.customer
    customer.by_hand = True
    window = TerminalWindow(simulator, words)
    window.show()
    status = program.exec()
    customer.by_hand = by_hand
    return status


class TerminalWindow(QWidget):
    """The terminal's screen above, the customer's hands in the middle, everything that can go wrong below."""

    def __init__(self, simulator: Simulator, words: Speech) -> None:
        super().__init__()
        self._simulator, self._terminal, self._words = simulator, simulator.terminal, words
        self.setObjectName("termsim")
        self.setWindowTitle(words.say("Card terminal {name}", name=self._terminal.poi_id))
        self.setFont(_font(12))
        layout = QVBoxLayout(self)
        for part in (self._screen(), self._customer(), self._next(), self._faults(), self._journal()):
            layout.addWidget(part)
        layout.addStretch()
        self.setMinimumWidth(460)
        self._timer = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Show what the terminal shows now."""
        if self._simulator.ended.is_set():
            self.close()
            return
        if self._simulator.window_wanted.is_set():
            self._simulator.window_wanted.clear()
            self.raise_()
            self.activateWindow()
        shown = self._terminal.shown
        self._step.setText(self._words.say(STEPS[shown.step]))
        self._amount.setText("" if shown.amount is None else self._money(shown.amount, shown.currency))
        self._waiting.setText(self._hint())
        # No card is read while a number is asked for: the first key types that of the chosen card.
        typed = shown.step is Step.TYPE_NUMBER
        name = self._words.say("Type it") if typed else self._words.say("Insert")
        self._keys["insert"].setText(name)
        self._keys["insert"].setAccessibleName(name)
        self._keys["tap"].setEnabled(not typed)
        scripted = [self._words.say(OUTCOMES[name]) for name in self._terminal.scripted]
        self._scripted.setText(" · ".join(scripted) or self._words.say("As the bank and the card decide"))
        self._forget.setEnabled(bool(scripted))
        entries = self._simulator.bank.entries[-_ENTRIES_SHOWN:]
        self._entries.setText("\n".join(map(self._entry, reversed(entries))) or self._words.say("Nothing yet"))

    # --- The parts ---

    def _screen(self) -> QWidget:
        screen = QFrame()
        screen.setObjectName("screen")
        screen.setStyleSheet(_SCREEN)
        layout = QVBoxLayout(screen)
        self._step = _label("termsim.screen.step", 20)
        self._amount = _label("termsim.screen.amount", 30)
        self._waiting = _label("termsim.screen.hint", 11)
        for label in (self._step, self._amount, self._waiting):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        return screen

    def _customer(self) -> QWidget:
        box, row = self._box(self._words.say("Customer")), QHBoxLayout()
        self.cards = self._choice("termsim.customer.card", self._words.say("Card"))
        for card in self._terminal.wallet.cards:
            closed = self._words.say("{card} (closed)", card=card.name)
            self.cards.addItem(card.name if card.is_open else closed, card.name)
        row.addWidget(self.cards, 2)
        self._keys: dict[str, QPushButton] = {}
        for name, text, do in (
            ("insert", self._words.say("Insert"), lambda: self._present("ICC")),
            ("tap", self._words.say("Tap"), lambda: self._present("Contactless")),
            ("cancel", self._words.say("Cancel"), self._terminal.customer.cancel),
        ):
            self._keys[name] = self._button(f"termsim.customer.{name}", text, do)
            row.addWidget(self._keys[name], 1)
        box.setLayout(row)
        return box

    def _next(self) -> QWidget:
        box, grid = self._box(self._words.say("This request, or the next one")), QGridLayout()
        for number, name in enumerate(_USUAL):
            button = self._button(f"termsim.next.{name}", self._words.say(OUTCOMES[name]), partial(self.play, name))
            grid.addWidget(button, number // 2, number % 2)
        box.setLayout(grid)
        return box

    def _faults(self) -> QWidget:
        box, layout, row = self._box(self._words.say("Bad luck")), QVBoxLayout(), QHBoxLayout()
        self.faults = self._choice("termsim.faults.which", self._words.say("What goes wrong"))
        for name, sentence in OUTCOMES.items():
            if name not in _USUAL:
                self.faults.addItem(self._words.say(sentence), name)
        text = self._words.say("Play")
        row.addWidget(self.faults, 3)
        row.addWidget(self._button("termsim.faults.play", text, lambda: self.play(self.faults.currentData())), 1)
        layout.addLayout(row)
        self.cable = self._button("termsim.faults.cable", self._words.say("Pull the cable"), self._pull)
        self.cable.setCheckable(True)
        text = self._words.say("Clear the plan")
        self._forget = self._button("termsim.faults.forget", text, self._terminal.forget_script)
        row = QHBoxLayout()
        row.addWidget(self.cable)
        row.addWidget(self._forget)
        layout.addLayout(row)
        layout.addWidget(QLabel(self._words.say("Planned:")))
        self._scripted = _label("termsim.faults.planned", 11)
        layout.addWidget(self._scripted)
        box.setLayout(layout)
        return box

    def _journal(self) -> QWidget:
        box, layout = self._box(self._words.say("The bank’s journal")), QVBoxLayout()
        self._entries = _label("termsim.journal.entries", 11)
        self._entries.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._entries.setMinimumHeight(_ENTRIES_SHOWN * 22)
        layout.addWidget(self._entries)
        box.setLayout(layout)
        return box

    # --- What a person does ---

    def play(self, name: str) -> None:
        """Let this happen to the request that waits for a card; to the next one where it is too late or none waits."""
        outcome = outcome_of(name)
        if self._waits and not outcome.unheard and not outcome.condition and "Payment" in outcome.on:
            self._present("ICC", outcome)
        else:
            self._terminal.script(outcome)
        self.look()

    def _present(self, entry: str, outcome: Outcome | None = None) -> None:
        self._terminal.customer.present(Presented(str(self.cards.currentData()), entry, outcome))

    def _pull(self) -> None:
        self._terminal.unplugged = self.cable.isChecked()
        self.look()

    @property
    def _waits(self) -> bool:
        return self._terminal.shown.step in {Step.PRESENT_CARD, Step.TYPE_NUMBER} and self._terminal.busy

    def _hint(self) -> str:
        if self._waits:
            return self._words.say("Choose a card below, or what is to happen")
        return self._words.say("Port {port}", port=self._simulator.listens["port"])

    def _entry(self, entry: Entry) -> str:
        said = self._words.say(POSTINGS[entry.posting])
        facts = (self._money(entry.amount, entry.currency) if entry.amount else "", entry.card, entry.reason)
        return "   ".join([entry.at[11:19], said, *filter(None, facts)])

    def _money(self, amount: Decimal, currency: str) -> str:
        text = spelled(amount, currency)
        return text if self._words.language == "en" else text.replace(".", ",")

    # --- Small parts ---

    def _box(self, title: str) -> QGroupBox:
        box = QGroupBox(title)
        box.setAccessibleName(title)
        return box

    def _button(self, name: str, text: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setMinimumHeight(_HIT_PIXELS)
        button.setAccessibleName(text)
        button.clicked.connect(lambda _checked: do())
        return button

    def _choice(self, name: str, text: str) -> QComboBox:
        choice = QComboBox()
        choice.setObjectName(name)
        choice.setMinimumHeight(_HIT_PIXELS)
        choice.setAccessibleName(text)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(16)
        return choice


def _label(name: str, points: int) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setFont(_font(points))
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def _font(points: int) -> QFont:
    font = QFont()
    font.setPointSize(points)
    return font
