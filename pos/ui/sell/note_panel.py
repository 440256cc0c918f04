"""One line to write on a line of the sale, or on the whole of it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from pos.domain.requirement import NOTE_CHARACTERS_MAX
from pos.ui.sell.side import SidePanel
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.fields import ScanField
from pos.ui.shared.text import Label
from pos.wording import Wording


class NotePanel(SidePanel):
    """Signals: written(str) the note, empty to take it away."""

    written = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(name, "edit_document")
        self.field = ScanField(icon="edit_document")
        self.field.setObjectName(f"sell.{name}.entry")
        self.field.edit.setMaxLength(NOTE_CHARACTERS_MAX)
        self.field.edit.returnPressed.connect(lambda: self.written.emit(self.field.text))
        self.keep = ActionButton("", kind="primary", key="Enter", height=56, key_place="follow", px=15)
        self.keep.setObjectName(f"sell.{name}.keep")
        self.keep.clicked.connect(lambda: self.written.emit(self.field.text))
        self.sentence = Label("", 13, 450, tone="text2", wrap=True)
        self.entry = self.field
        for widget in (self.field, self.keep, self.sentence):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def begin(self, title: tuple[str, str], note: str, words: Wording) -> None:
        self.retranslate(words)
        self.set_title(*title)
        self.field.set_words(words.say("Write a note"))
        self.keep.set_text(words.say("Keep the note"))
        self.sentence.setText(words.say("It stands on the line and in the journal. An empty one takes the note away."))
        self.field.set_text(note)
        self.field.edit.selectAll()

    def erase(self) -> bool:
        self.field.clear()
        return True

    def ended(self) -> None:
        self.field.clear()

    def unfinished(self) -> object:
        return self.field.text, self.field.edit.cursorPosition()

    def take_up(self, unfinished: tuple[str, int]) -> None:
        text, cursor = unfinished
        self.field.set_text(text)
        self.field.edit.setCursorPosition(cursor)
