"""The entries of a policy's form: a line, a choice, a yes or no, several of a list; each knows its field and text."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos.policy_form_words import choice_words, field_words
from pos.services.policy_fields import Entry
from pos.services.policy_form import FieldAsked, shown_text, typed_text, words_in, words_text
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.form import ChoiceBox, FormField, NumberEdit
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.text import Label
from pos.wording import N_, Wording

_FIGURES = (Entry.NUMBER, Entry.EVER, Entry.MONEY, Entry.PERCENT, Entry.DAY)
NARROW = (*_FIGURES, Entry.CHOICE, Entry.YES)
# Of a choice at half the width so many characters show, and so many always have room.
_SHORT_MOST, _SHORT_MIN = 11, 4
_WORDED = (Entry.WORDS, Entry.LIST)
_HINTS = {
    Entry.EVER: N_("A number, or “no limit”"),
    Entry.DAY: N_("As 2026-12-24"),
    Entry.WORDS: N_("Several with commas between"),
    Entry.LIST: N_("In their order, with commas between"),
}
Choices = Sequence[tuple[str, str]]


class PolicyEntry(QWidget):
    """One field of a rule. Signals: changed() by a person."""

    changed = Signal()

    def __init__(self, asked: FieldAsked) -> None:
        super().__init__()
        self.asked = asked
        self.title = ""
        self.words = Wording("en")
        # One of its choices is too long for half the width.
        self.long = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)

    @property
    def narrow(self) -> bool:
        """Whether two of them stand side by side."""
        return self.asked.takes.entry in NARROW and not self.long

    @property
    def key(self) -> str:
        return self.asked.path[-1]

    @property
    def picks(self) -> bool:
        """Whether words are proposed for it."""
        return False

    def say(self, words: Wording, choices: Choices) -> None:
        """Its name and its choices in the language of the reader."""
        self.words, self.title = words, field_words(words, self.asked.path)

    @abstractmethod
    def text(self, today: date) -> str:
        """What stands in it, in the words of the file."""

    @abstractmethod
    def show_text(self, text: str) -> None:
        """Show what stands in the file."""

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with it below it; empty takes that back."""


class LineEntry(PolicyEntry):
    """A line of text, figures or words; or one of a list."""

    def __init__(self, asked: FieldAsked) -> None:
        super().__init__(asked)
        entry = asked.takes.entry
        editor: QWidget = ChoiceBox() if entry is Entry.CHOICE else NumberEdit() if entry in _FIGURES else QLineEdit()
        self.field = FormField(f"policy.form.{asked.name}", editor)
        self.field.changed.connect(self.changed)
        self.column.addWidget(self.field)
        self.setFocusProxy(editor)
        if isinstance(editor, QLineEdit):
            editor.returnPressed.connect(editor.focusNextChild)
        # Codes and what people call them, for words that have a name.
        self.names: dict[str, str] = {}

    @property
    def editor(self) -> QWidget:
        return self.field.editor

    @property
    def picks(self) -> bool:
        return self.asked.takes.entry in _WORDED

    def say(self, words: Wording, choices: Choices) -> None:
        super().say(words, choices)
        entry = self.asked.takes.entry
        if isinstance(self.editor, ChoiceBox):
            given = choices or [(one, choice_words(words, self.key, one)) for one in self.asked.takes.choices]
            empty = [] if choices or self.asked.left_out else [("", "–")]
            self.editor.set_choices([*empty, *given])
            self.editor.setMinimumContentsLength(_SHORT_MIN)
            self.long = max((len(text) for _, text in given), default=0) > _SHORT_MOST
        self.field.set_words(self.title, words.say(_HINTS[entry]) if entry in _HINTS else "")

    def text(self, today: date) -> str:
        if self.picks:
            codes = {name.casefold(): code for code, name in self.names.items()}
            return words_text([codes.get(word.casefold(), word) for word in words_in(self.field.text)])
        return typed_text(self.words, self.asked.takes.entry, self.field.text, today)

    def show_text(self, text: str) -> None:
        if self.picks:
            text = words_text([self.names.get(word, word) for word in words_in(text)])
        shown = shown_text(self.words, self.asked.takes.entry, text)
        if self.field.text != shown:
            self.field.set_text(shown)

    def refuse(self, sentence: str) -> None:
        if self.field.refusal != sentence:
            self.field.refuse(sentence, lead=False)

    def pick(self, code: str) -> None:
        """One word more in place of what is being typed, which is the last."""
        words = words_in(self.field.text)
        typed = words[-1].casefold() if words and not self.field.text.endswith(",") else ""
        known = {self.names.get(one, one).casefold() for one in self.names}
        if typed and typed not in known:
            words = words[:-1]
        name = self.names.get(code, code)
        if name not in words:
            self.field.set_text(words_text([*words, name]))
            self.changed.emit()


class SwitchEntry(PolicyEntry):
    """A yes or no."""

    def __init__(self, asked: FieldAsked) -> None:
        super().__init__(asked)
        self.label = Label("", 14, 600, tone="text2", wrap=True)
        self.column.addWidget(self.label)
        self.button = ActionButton("", "check", align="left", height=48, px=15)
        self.button.setObjectName(f"policy.form.{asked.name}")
        self.button.set_checked_kind("selected")
        self.button.toggled.connect(lambda _: self._tell())
        self.button.clicked.connect(lambda _=False: self.changed.emit())
        self.column.addWidget(self.button)
        self.column.addStretch(1)
        self.setFocusProxy(self.button)

    def say(self, words: Wording, choices: Choices) -> None:
        super().say(words, choices)
        self.label.setText(self.title)
        self._tell()

    def _tell(self) -> None:
        on = self.button.isChecked()
        self.button.set_icon("check_circle" if on else "radio_button_unchecked")
        state = self.words.say("yes") if on else self.words.say("no")
        self.button.set_text(state)
        self.button.describe(f"{self.title}, {state}")

    def text(self, today: date) -> str:
        del today
        return "true" if self.button.isChecked() else "false"

    def show_text(self, text: str) -> None:
        self.button.setChecked(text in {"true", "yes"})


class SeveralEntry(PolicyEntry):
    """Some of a list that is known."""

    def __init__(self, asked: FieldAsked) -> None:
        super().__init__(asked)
        self.label = Label("", 14, 600, tone="text2", wrap=True)
        self.said = Label("", 13, 450, tone="bad", wrap=True)
        self.said.hide()
        self.buttons: dict[str, ActionButton] = {}
        for choice in asked.takes.choices:
            button = ActionButton("", "check", height=44, px=14)
            button.setObjectName(f"policy.form.{asked.name}.{choice}")
            button.set_checked_kind("selected")
            button.toggled.connect(lambda _: self._tell())
            button.clicked.connect(lambda _=False: self.changed.emit())
            self.buttons[choice] = button
        self.column.addWidget(self.label)
        self.column.addWidget(ButtonShelf(list(self.buttons.values()), gap=6))
        self.column.addWidget(self.said)
        self.setFocusProxy(next(iter(self.buttons.values())))

    def say(self, words: Wording, choices: Choices) -> None:
        super().say(words, choices)
        self.label.setText(self.title)
        self._tell()

    def _tell(self) -> None:
        for choice, button in self.buttons.items():
            name, on = choice_words(self.words, self.key, choice), button.isChecked()
            button.set_icon("check_circle" if on else "radio_button_unchecked")
            button.set_text(name)
            state = self.words.say("yes") if on else self.words.say("no")
            button.describe(f"{self.title}, {name}, {state}")

    def text(self, today: date) -> str:
        del today
        return words_text(sorted(choice for choice, button in self.buttons.items() if button.isChecked()))

    def show_text(self, text: str) -> None:
        chosen = words_in(text)
        for choice, button in self.buttons.items():
            button.setChecked(choice in chosen)

    def refuse(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))


def entry_for(asked: FieldAsked) -> PolicyEntry:
    """What the field is filled with."""
    match asked.takes.entry:
        case Entry.YES:
            return SwitchEntry(asked)
        case Entry.CHOICES:
            return SeveralEntry(asked)
    return LineEntry(asked)
