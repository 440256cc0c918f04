"""Fields of a form beside each other: three, or where it is narrow two; one that is not asked leaves no gap."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from pos.ui.shared.form import ChoiceBox, FormField, NumberEdit
from pos.ui.shared.notices import set_ground

_WIDE, _ACROSS_MAX = 620, 3


class FieldGrid(QWidget):
    """The fields of these names; `typed` are lines, the others choices; `wide` ones take the room of two.

    Signals: changed(): something was typed or chosen by a person; submitted(): Enter in a line.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, area: str, names: Sequence[str], typed: Collection[str], wide: Collection[str] = ()) -> None:
        super().__init__()
        set_ground(self, "none")
        self.fields: dict[str, FormField] = {}
        self._wide = wide
        self.hidden: frozenset[str] = frozenset()
        for name in names:
            editor: QLineEdit | ChoiceBox = NumberEdit() if name in typed else ChoiceBox()
            field = self.fields[name] = FormField(f"{area}.{name}", editor)
            field.changed.connect(self.changed)
            if isinstance(editor, QLineEdit):
                editor.returnPressed.connect(self.submitted)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._across = _ACROSS_MAX
        self._lay()

    def set_words(self, names: Mapping[str, str], choices: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """The names and the choices in this language; what was typed and chosen stays."""
        for name, field in self.fields.items():
            field.set_words(names[name])
            if isinstance(field.editor, ChoiceBox):
                field.editor.set_choices(choices[name])

    def show_only(self, hidden: Collection[str]) -> None:
        """All fields but these."""
        self.hidden = frozenset(hidden)
        self._lay()

    def refuse_nothing(self) -> None:
        """Take back what was said of each field."""
        for field in self.fields.values():
            field.refuse("")

    def texts(self) -> dict[str, str]:
        """What stands in every field."""
        return {name: field.text for name, field in self.fields.items()}

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Let this stand in the fields it names."""
        for name, text in texts.items():
            self.fields[name].set_text(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across = _ACROSS_MAX if self.width() >= _WIDE else 2
        if across != self._across:
            self._across = across
            self._lay()

    def _lay(self) -> None:
        """Every field that is asked, in reading order."""
        at = 0
        for field in self.fields.values():
            self._grid.removeWidget(field)
        for name, field in self.fields.items():
            if name in self.hidden:
                field.hide()
                continue
            takes = 2 if name in self._wide else 1
            if at % self._across + takes > self._across:
                at += self._across - at % self._across
            # First into the layout: a field without a parent that is made visible is a window of its own.
            self._grid.addWidget(field, at // self._across, at % self._across, 1, takes)
            field.show()
            at += takes
        for column in range(_ACROSS_MAX):
            self._grid.setColumnStretch(column, 1 if column < self._across else 0)
