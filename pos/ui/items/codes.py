"""The codes of an item: scanned or typed, each taken away again by a touch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from pos.domain.identifiers import shown_code
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.fields import CodeEdit
from pos.ui.shared.form import FormField
from pos.wording import Wording


class CodesCard(Card):
    """Signals: wanted(str) a code is to name the item too; unwanted(str) one is to name it no longer."""

    wanted = Signal(str)
    unwanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("plain", padding=16, spacing=8)
        edit = CodeEdit()
        edit.setProperty("bare", False)
        self.field = FormField("item_edit.codes.typed", edit)
        edit.returnPressed.connect(self._submit)
        self.column.addWidget(self.field)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.column.addLayout(self._list)
        self.buttons: list[ActionButton] = []
        self._codes: tuple[str, ...] = ()

    def retranslate(self, words: Wording) -> None:
        self._words = words
        self.field.set_words(words.say("Codes"), words.say("Scan one, or type it and press Enter"))
        self.show_codes(self._codes)

    def show_codes(self, codes: Sequence[str]) -> None:
        """A button for each, which takes it away."""
        self._codes = tuple(codes)
        for button in self.buttons:
            self._list.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for number, code in enumerate(codes):
            button = ActionButton(shown_code(code), "close", align="left", height=44, px=15)
            button.setObjectName(f"item_edit.codes.code{number}")
            button.describe(self._words.say("Code {code}", code=shown_code(code)), self._words.say("takes it away"))
            button.clicked.connect(partial(self._drop, code))
            self._list.addWidget(button)
            self.buttons.append(button)

    def take(self, code: str) -> None:
        """A scan: the same as typing it and Enter."""
        self.field.set_text(code)
        self._submit()

    def refuse(self, sentence: str) -> None:
        self.field.refuse(sentence)

    def _submit(self) -> None:
        if self.field.text:
            self.field.refuse("")
            self.wanted.emit(self.field.text)

    def _drop(self, code: str, _checked: bool = False) -> None:
        self.unwanted.emit(code)
