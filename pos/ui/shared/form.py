"""What a form is made of: a field under its name, with the sentence of its own refusal below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from pos.ui.shared.general import general_of
from pos.ui.shared.key_codes import digit_of
from pos.ui.shared.notices import announce
from pos.ui.shared.text import Label
from pos.ui.theme import current, draw_icon, font

HEIGHT = 48
_TEXT_MAX = 500


class ChoiceBox(QComboBox):
    """One of a list, by its key; typing its first letters finds it. Qt's own, with an arrow of the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(font(16, 450))
        self.setMinimumHeight(HEIGHT)
        self.setMaxVisibleItems(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def choice(self) -> str:
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        self.setCurrentIndex(max(self.findData(key), 0))

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Keys and their words; what was chosen stays chosen where it is still there."""
        kept = self.choice
        self.blockSignals(True)
        self.clear()
        for key, text in choices:
            self.addItem(text, key)
        self.choose(kept)
        self.blockSignals(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRectF(self.width() - 36, self.height() / 2 - 11, 22, 22)
        draw_icon(painter, place, "expand_more", current().text2)


class NumberEdit(QLineEdit):
    """A line for figures: keys of the digit row count as digits under any keyboard layout."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = digit_of(event)
        if digit and digit != event.text():
            self.insert(digit)
            self.textEdited.emit(self.text())
        else:
            super().keyPressEvent(event)


class FormField(QWidget):
    """An editor under its name; below it a hint, or in its place why what stands there was refused.

    Signals: changed() by a person.
    """

    changed = Signal()

    def __init__(self, name: str, editor: QWidget) -> None:
        super().__init__()
        self.editor = editor
        editor.setObjectName(name)
        editor.setMinimumHeight(HEIGHT)
        editor.setFont(font(16, 450))
        self._hint = ""
        self._name = Label("", 14, 600, tone="text2", wrap=True)
        self._name.setBuddy(editor)
        self._said = Label("", 13, 450, tone="text3", wrap=True)
        self._said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._name)
        column.addWidget(editor)
        column.addWidget(self._said)
        # A longer hint beside it must not pull name and editor apart.
        column.addStretch(1)
        self.setFocusProxy(editor)
        if isinstance(editor, QLineEdit):
            editor.setMaxLength(_TEXT_MAX)
            editor.textEdited.connect(lambda _: self._edited())
        elif isinstance(editor, ChoiceBox):
            editor.activated.connect(lambda _: self._edited())

    @property
    def text(self) -> str:
        """What stands in it: the text of a line, the key of a choice."""
        if isinstance(self.editor, QLineEdit):
            return self.editor.text().strip()
        return self.editor.choice if isinstance(self.editor, ChoiceBox) else ""

    @property
    def refusal(self) -> str:
        """Why what stands there was refused; empty where it was not."""
        return self._said.text() if self._said.property("tone") == "bad" else ""

    def set_text(self, text: str) -> None:
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(text)
        elif isinstance(self.editor, ChoiceBox):
            self.editor.choose(text)

    def set_words(self, name: str, hint: str = "") -> None:
        self._name.setText(name)
        self._hint = hint
        self.editor.setAccessibleName(name)
        self.refuse("")

    def refuse(self, sentence: str, *, lead: bool = True) -> None:
        """Say why what stands there was refused, and lead there; empty takes it back."""
        said = sentence or self._hint
        self._said.set_tone("bad" if sentence else "text3")
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self.editor.setAccessibleDescription(said or general_of(self.editor))
        if sentence and lead:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll_to()
            announce(self.editor)

    def _scroll_to(self) -> None:
        """Qt follows Tab by itself, but not a focus that was given; what was just said below takes its room."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self)

    def _edited(self) -> None:
        if self.refusal:
            self.refuse("")
        self.changed.emit()
