"""Somebody who may is asked, on the cashier's own screen: what is at stake, the options, and a badge or a PIN."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.frozen import dataclass
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card, Icon, Pill
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.keypad import Keypad
from pos.ui.shared.notices import announce, set_ground
from pos.ui.shared.option_button import OptionButton
from pos.ui.shared.overlay import Overlay
from pos.ui.shared.pin import PinField
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from pos.wording import Wording

_SIZE = (1016, 720)
_RIGHT = 340
_OPTION = 56
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option as it is said; `verb` is what the big button does with it."""

    id: str
    text: str
    detail: str
    amount: str
    verb: str


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence whoever decides should know, and how it usually is; `weighs`: it is why a yes is needed."""

    sentence: str
    usual: str = ""
    weighs: bool = False


@dataclass(frozen=True, slots=True)
class AskView:
    """What the sheet says, all in words. `facts` are labels with their values; the second one is what exceeds.

    `reason` is the one chosen to begin with, the first where it is none of them: a badge alone answers. `chosen` is the
    option to begin with, empty for the first; `told` stands between the facts and the options.
    """

    title: str
    about: str
    facts: tuple[tuple[str, str], ...]
    choices: tuple[Choice, ...]
    reasons: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    waiting: Callable[[], str]
    back: str
    reason: str = ""
    chosen: str = ""
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody chose, with who they say they are."""

    option: str
    reason: str
    by: str = ""
    pin: str = ""
    badge: str = ""


class _ToldList(QWidget):
    """Sentences that scroll where there are many of them: each keeps the height it needs at this width."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.give_room()

    def give_room(self) -> None:
        for label in self.findChildren(Label):
            label.setMinimumHeight(label.heightForWidth(self.width()))


class ApprovalSheet(Overlay):
    """Esc goes back and leaves the request waiting; no is an option like the others, and wants a PIN or a badge too.

    Signals: answered(object) an Answered.
    """

    answered = Signal(object)

    def __init__(self, host: QWidget) -> None:
        super().__init__("approval", _SIZE, host)
        self._view: AskView | None = None
        self._words: Wording | None = None
        self._option = ""
        self._options: dict[str, OptionButton] = {}
        self.pin = PinField()
        row = QHBoxLayout()
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(28)
        row.addLayout(self._build_left(), 1)
        right = QWidget()
        right.setFixedWidth(_RIGHT)
        right.setLayout(self._build_right())
        row.addWidget(right)
        self.card.column.addLayout(row)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_time)

    def _build_left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        head = QHBoxLayout()
        self._title = Label("", 22, 680)
        self._pill = Pill("", "warn", "schedule")
        head.addWidget(self._title, 1)
        head.addWidget(self._pill)
        self._about = Label("", 15, 450, tone="text2", wrap=True)
        self._facts_card = Card("sunken", padding=14, spacing=28, row=True)
        self._told_list = _ToldList()
        self._told_column = told = QVBoxLayout(self._told_list)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(2)
        set_ground(self._told_list, "none")
        self._told = scrolled(self._told_list)
        self._option_list = QVBoxLayout()
        self._option_list.setSpacing(8)
        self._why = Label("", 14, 600, tone="text2")
        self._reasons = SegmentedControl(height=44)
        self._refused = Label("", 15, 600, tone="bad", wrap=True)
        badge = Card("info", padding=12, spacing=12, row=True)
        self._badge_title = Label("", 15, 600)
        self._badge_detail = Label("", 13, 450, tone="text2")
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._badge_title)
        said.addWidget(self._badge_detail)
        badge.column.addWidget(Icon("badge", 24, colour="primary_text", fill=1))
        badge.column.addLayout(said, 1)
        column.addLayout(head)
        column.addWidget(self._about)
        column.addWidget(self._facts_card)
        column.addWidget(self._told, 1)
        column.addLayout(self._option_list)
        column.addWidget(self._why)
        column.addWidget(self._reasons)
        self._room = QWidget()
        column.addWidget(self._room, 1)
        column.addWidget(self._refused)
        column.addWidget(badge)
        self._reasons.setObjectName("approval.reasons")
        self._reasons.chosen.connect(lambda _key: self.pin.setFocus())
        return column

    def _build_right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._or = Label("", 15, 600, tone="text2")
        self._or.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._people = SegmentedControl(height=44)
        self._people.setObjectName("approval.people")
        self._people.chosen.connect(lambda _key: self.pin.setFocus())
        self.pin.setObjectName("approval.pin")
        self.keypad = Keypad(left="clear")
        self.keypad.digit.connect(self.pin.add)
        self.keypad.backspace.connect(self.pin.take_back)
        self.keypad.clear.connect(self.pin.clear)
        self.approve = ActionButton("", "verified_user", kind="primary", key="Enter", height=64, px=18)
        self.approve.setObjectName("approval.approve")
        self.approve.clicked.connect(self._answer_by_pin)
        self.back = ActionButton("", "arrow_back", kind="outlined", height=48, key="Esc")
        self.back.setObjectName("approval.back")
        self.back.clicked.connect(lambda: self.close_overlay())
        for widget in (self._or, self._people, self.pin):
            column.addWidget(widget)
        column.addWidget(self.keypad, 1)
        column.addWidget(self.approve)
        column.addWidget(self.back)
        return column

    def ask(self, view: AskView, words: Wording) -> None:
        """Show one request."""
        self._view, self._words = view, words
        self._title.setText(view.title)
        self._about.setText(view.about)
        self._show_facts(view.facts)
        self._show_told(view.told)
        self._show_options(view)
        self._why.setText(words.say("Reason for the record"))
        self._reasons.set_choices(view.reasons)
        self._reasons.choose(view.reason)
        self._or.setText(words.say("or enter a manager PIN"))
        self._people.set_choices(view.people)
        self._people.setVisible(len(view.people) > 1)
        self._badge_title.setText(words.say("Scan a manager badge to approve at once"))
        self._badge_detail.setText(words.say("Logged with name, time, rule and reason"))
        self.keypad.set_names(backspace=words.say("Delete the last digit"), clear=words.say("Clear the PIN"))
        self.back.set_text(view.back)
        self.pin.clear()
        self.refuse("")
        self._show_time()
        self.setAccessibleName(f"{view.title} · {view.about}")
        self.open_over()
        self._tick.start()
        self.pin.setFocus()
        announce(self)

    def refuse(self, sentence: str) -> None:
        """Why the answer was not taken; the request still waits."""
        self._refused.setText(sentence)
        self._refused.setVisible(bool(sentence))
        self.pin.clear()
        if sentence:
            self._refused.setAccessibleName(sentence)
            announce(self._refused)

    def take_badge(self, badge: str) -> bool:
        """A badge while the sheet shows answers it."""
        if self.isHidden():
            return False
        self.answered.emit(Answered(self._option, self._reasons.choice, badge=badge))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        number = event.key() - Qt.Key.Key_0
        ids = list(self._options)
        if event.key() in _ENTER:
            self._answer_by_pin()
        elif alt and 1 <= number <= len(ids):
            self._choose(ids[number - 1])
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and ids:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._choose(ids[(ids.index(self._option) + step) % len(ids)])
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._turn(self._reasons, 1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._turn(self._people, 1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def close_overlay(self) -> None:
        super().close_overlay()
        self.pin.clear()
        self._tick.stop()

    @staticmethod
    def _turn(control: SegmentedControl, by: int) -> None:
        keys = list(control.buttons)
        if keys:
            control.choose(keys[(keys.index(control.choice) + by) % len(keys)])

    def _answer_by_pin(self) -> None:
        pin = self.pin.take()
        if pin:
            self.answered.emit(Answered(self._option, self._reasons.choice, self._people.choice, pin))

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        row = self._facts_card.column
        while (old := row.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, (label, value) in enumerate(facts):
            fact = QWidget()
            column = QVBoxLayout(fact)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(Label(label, 13, 450, tone="text2"))
            column.addWidget(Label(value, 17, 680, tone="warn" if number == 1 else "text"))
            row.addWidget(fact)
        row.addStretch(1)

    def _show_told(self, told: Sequence[Told]) -> None:
        """What whoever decides should know; where there is nothing, the room stands below."""
        column = self._told_column
        while (old := column.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in told:
            said = f"{one.sentence} ({one.usual})" if one.usual else one.sentence
            label = Label(said, 14, 600 if one.weighs else 450, tone="text" if one.weighs else "text2", wrap=True)
            column.addWidget(label)
        column.addStretch(1)
        self._told_list.give_room()
        self._told.setVisible(bool(told))
        self._room.setVisible(not told)

    def _show_options(self, view: AskView) -> None:
        for old in self._options.values():
            self._option_list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._options = {}
        for number, choice in enumerate(view.choices, start=1):
            button = OptionButton(choice.text, choice.detail, choice.amount, f"Alt {number}", height=_OPTION)
            button.setObjectName(f"approval.option{number}")
            button.clicked.connect(lambda _=False, key=choice.id: self._choose(key))
            self._option_list.addWidget(button)
            self._options[choice.id] = button
        wanted = view.chosen if view.chosen in self._options else view.choices[0].id
        self._choose(wanted)

    def _choose(self, option: str) -> None:
        assert self._view is not None
        assert self._words is not None
        self._option = option
        for key, button in self._options.items():
            button.mark(self._words.say("selected") if key == option else "")
        chosen = next(choice for choice in self._view.choices if choice.id == option)
        self.approve.set_kind("danger" if option == DECLINE else "primary")
        self.approve.set_text(chosen.verb)
        self.pin.setFocus()

    def _show_time(self) -> None:
        if self._view is not None:
            self._pill.set_state(self._view.waiting())
