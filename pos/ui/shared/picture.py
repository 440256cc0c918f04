"""A picture file named by its path or chosen in the platform's window; taken away again by a button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.ui.shared.buttons import ActionButton
from pos.ui.theme import font
from pos.wording import Wording

_ENDINGS = "(*.png *.jpg *.jpeg *.gif *.bmp *.webp)"
_TEXT_MAX = 1000


class PictureField(QWidget):
    """Signals: picked(str) this path is to be looked at; removed() no picture is wanted."""

    picked = Signal(str)
    removed = Signal()

    def __init__(self, name: str, words: Wording) -> None:
        super().__init__()
        self._words = words
        self.edit = QLineEdit()
        self.edit.setFont(font(16))
        self.edit.setMinimumHeight(48)
        self.edit.setMaxLength(_TEXT_MAX)
        self.edit.setObjectName(f"{name}.file")
        self.edit.returnPressed.connect(lambda: self.picked.emit(self.text))
        self.browse = ActionButton("", "folder_open", kind="outlined", height=48)
        self.browse.setObjectName(f"{name}.browse")
        self.browse.clicked.connect(self._pick)
        self.remove = ActionButton("", "delete", kind="outlined", height=48)
        self.remove.setObjectName(f"{name}.remove")
        self.remove.clicked.connect(self.removed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.edit)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.browse, 1)
        row.addWidget(self.remove, 1)
        column.addLayout(row)
        self.setFocusProxy(self.edit)

    @property
    def text(self) -> str:
        return self.edit.text().strip()

    def set_text(self, path: str) -> None:
        self.edit.setText(path)

    def set_words(self, words: Wording) -> None:
        say = words.say
        self._words = words
        hint = say("Path of a picture, then Enter")
        self.edit.setPlaceholderText(hint)
        self.edit.setAccessibleName(say("Logo"))
        self.edit.setAccessibleDescription(hint)
        self.browse.set_text(say("Choose a file"))
        self.browse.setAccessibleDescription(say("The logo is shown on the receipt before it is kept."))
        self.remove.set_text(say("Remove the logo"))
        self.remove.setAccessibleDescription(say("The receipt is shown without a logo before that is kept."))

    def _pick(self) -> None:
        kinds = f"{self._words.say('Pictures')} {_ENDINGS}"
        chosen, _ = QFileDialog.getOpenFileName(self, self._words.say("Choose a file"), self.text, kinds)
        if chosen:
            self.set_text(chosen)
            self.picked.emit(chosen)
