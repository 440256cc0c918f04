"""What is filled in: a line, a paragraph, a choice, a PIN; each under its name, so nothing moves and nothing is cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from pos.domain.staff import PIN_DIGITS_MAX
from pos.ui.shared.form import ChoiceBox
from pos.ui.shared.key_codes import digit_of
from pos.ui.shared.text import Label
from pos.ui.theme import font

_HEIGHT = 48
_TEXT_MAX = 200


class Named(QWidget):
    """A field under its name; a hint may stand below it. Signals: changed() by a person."""

    changed = Signal()

    def __init__(self, name: str, field: QWidget, *, hint: bool = False) -> None:
        super().__init__()
        self.field = field
        field.setObjectName(f"set_up.{name}")
        field.setMinimumHeight(_HEIGHT)
        self._name = Label("", 14, 600, tone="text2")
        self._hint = Label("", 13, 450, tone="text3", wrap=True)
        self._name.setBuddy(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._name)
        column.addWidget(field)
        column.addWidget(self._hint)
        # Shown only once it has a parent: without one it would be a window.
        self._hint.setVisible(hint)
        self.setFocusProxy(field)

    def set_words(self, name: str, hint: str = "") -> None:
        self._name.setText(name)
        self._hint.setText(hint)
        self.field.setAccessibleName(name)
        self.field.setAccessibleDescription(hint)


class LineField(Named):
    """One line of text."""

    def __init__(self, name: str, *, hint: bool = False, secret: bool = False) -> None:
        self.edit = PinEdit() if secret else QLineEdit()
        super().__init__(name, self.edit, hint=hint)
        self.edit.setFont(font(16, 450))
        self.edit.setMaxLength(PIN_DIGITS_MAX if secret else _TEXT_MAX)
        self.edit.textEdited.connect(self.changed)
        self.edit.returnPressed.connect(self.edit.focusNextChild)

    @property
    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        self.edit.setText(text)


class PinEdit(QLineEdit):
    """Digits that are not shown; those of the digit row count under any keyboard layout."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if digit := digit_of(event):
            self.type_digit(digit)
        elif not event.text().isprintable() or not event.text():
            super().keyPressEvent(event)

    def type_digit(self, digit: str) -> None:
        self.insert(digit)
        self.textEdited.emit(self.text())


class ParagraphField(Named):
    """A few lines of text; Tab leaves it."""

    def __init__(self, name: str) -> None:
        self.edit = QPlainTextEdit()
        super().__init__(name, self.edit)
        self.edit.setFont(font(16, 450))
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(84)
        self.edit.textChanged.connect(self.changed)

    @property
    def text(self) -> str:
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        self.edit.setPlainText(text)


class ChoiceField(Named):
    """One of a list; typing its first letters finds it."""

    def __init__(self, name: str, *, hint: bool = False) -> None:
        self.box = ChoiceBox()
        super().__init__(name, self.box, hint=hint)
        self.box.activated.connect(lambda _: self.changed.emit())

    @property
    def choice(self) -> str:
        return self.box.choice

    def choose(self, key: str) -> None:
        self.box.choose(key)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Keys and their words; what was chosen stays chosen where it is still there."""
        self.box.set_choices(choices)
