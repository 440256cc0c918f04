"""One setting as a card: its words, its editor, whether it differs from its default, and the way back to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit

from pos.services.shop_settings import Kind
from pos.ui.settings.code_rules import CodeRulesTable
from pos.ui.settings.entries import Entry
from pos.ui.settings.tender_table import TenderTable
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card, Pill
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.text import Label
from pos.ui.theme import font
from pos.wording import Wording

_LINES_HEIGHT = 128


class SettingRow(Card):
    """Signals: edited() a person changed what stands in it."""

    edited = Signal()

    def __init__(self, entry: Entry, words: Wording) -> None:
        super().__init__("plain", padding=14, spacing=6)
        self.entry = entry
        self._words = words
        head = QHBoxLayout()
        head.setSpacing(8)
        title = Label(entry.label, 16, 600, wrap=True)
        self.mark = Pill("", "info", "edit")
        self.back = ActionButton(words.say("Back to default"), "undo", kind="ghost", height=44)
        self.back.setObjectName(f"settings.{entry.name}.default")
        self.back.clicked.connect(lambda: self.put(entry.default))
        head.addWidget(title, 1)
        head.addWidget(self.mark)
        head.addWidget(self.back)
        self.column.addLayout(head)
        self.column.addWidget(Label(entry.meaning, 14, 450, tone="text2", wrap=True))
        self._field: QLineEdit | None = None
        self._lines: QPlainTextEdit | None = None
        self._choice: SegmentedControl | None = None
        self.table: CodeRulesTable | TenderTable | None = None
        self._build_editor()
        if entry.table != Kind.TENDERS:
            default = entry.shown(entry.default, words).replace("\n", " / ") or words.say("empty")
            self.column.addWidget(Label(words.say("Default: {value}", value=default), 13, 450, tone="text3", wrap=True))
        self.put(entry.value)

    def _build_editor(self) -> None:
        entry, words = self.entry, self._words
        if entry.choices:
            self._choice = SegmentedControl([(key, words.say(said)) for key, said in entry.choices], height=48)
            self._choice.chosen.connect(lambda _: self._edited())
            for key, button in self._choice.buttons.items():
                button.setObjectName(f"settings.{entry.name}.{key}")
                button.setAccessibleDescription(entry.label)
            self.column.addWidget(self._choice)
        elif entry.table:
            of_codes = entry.table == Kind.CODE_RULES
            self.table = CodeRulesTable(words) if of_codes else TenderTable(words, entry.currency)
            self.table.edited.connect(self._edited)
            self.column.addWidget(self.table)
        elif entry.lines:
            self._lines = QPlainTextEdit()
            self._lines.setTabChangesFocus(True)
            self._lines.setFont(font(15))
            self._lines.setFixedHeight(_LINES_HEIGHT)
            self._lines.textChanged.connect(self._edited)
            self._name(self._lines)
            self.column.addWidget(self._lines)
        else:
            self._field = QLineEdit()
            self._field.setFont(font(16))
            self._field.setMaxLength(500)
            self._field.textEdited.connect(lambda _: self._edited())
            self._name(self._field)
            self.column.addWidget(self._field)

    def _name(self, editor: QLineEdit | QPlainTextEdit) -> None:
        editor.setObjectName(f"settings.{self.entry.name}.value")
        editor.setAccessibleName(self.entry.label)
        editor.setAccessibleDescription(self.entry.meaning)

    @property
    def text(self) -> str:
        """What stands in it now."""
        if self._choice is not None:
            return self._choice.choice
        if self.table is not None:
            return self.table.text
        if self._lines is not None:
            return self._lines.toPlainText()
        return "" if self._field is None else self._field.text()

    @property
    def unsaved(self) -> bool:
        return self.text != self.entry.value

    def put(self, text: str) -> None:
        """Write this into the editor, as if it were typed."""
        if self._choice is not None:
            self._choice.choose(text)
        elif self.table is not None:
            self.table.set_text(text)
        elif self._lines is not None:
            self._lines.setPlainText(text)
        elif self._field is not None:
            self._field.setText(text)
        self._edited()

    def focus(self) -> None:
        """Bring the keyboard to the editor."""
        editor = self._field or self._lines
        if editor is not None:
            editor.setFocus()

    def _edited(self) -> None:
        changed = self.text != self.entry.default
        say = self._words.say
        if self.unsaved:
            self.mark.set_state(say("Not saved yet"), "warn", "edit")
        else:
            self.mark.set_state(say("Changed"), "info", "edit")
        self.mark.setVisible(changed or self.unsaved)
        self.back.setVisible(changed)
        self.edited.emit()
