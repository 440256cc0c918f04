"""Which column of a file holds what: guessed from the headings, an example under each, changed by choosing another."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.domain.names import StrEnum
from pos.services.import_preview import ImportPreview
from pos.ui.shared.form import ChoiceBox, FormField
from pos.wording import Wording

# A choice that says: the file has none of this.
_NONE = "-"


class MappingFields(QWidget):
    """Signals: changed() a person chose another column."""

    changed = Signal()

    def __init__(self, screen: str, titles: Mapping[StrEnum, str]) -> None:
        """`screen` is the name of the screen they stand on; `titles` say what each column holds, in their order."""
        super().__init__()
        self._titles = titles
        self.fields: dict[str, FormField] = {}
        self._preview: ImportPreview | None = None
        # What a person chose: headings by field, empty for none. Whatever else holds is a guess.
        self._said: dict[str, str] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for at, column in enumerate(titles):
            field = FormField(f"{screen}.column.{column.value}", ChoiceBox())
            field.changed.connect(lambda column=column: self._chosen(column))
            self.fields[column] = field
            grid.addWidget(field, at // 2, at % 2)
        for side in range(2):
            grid.setColumnStretch(side, 1)
        grid.setRowStretch(len(titles), 1)

    @property
    def maps(self) -> tuple[str, ...]:
        """What a person chose, as an import is told it."""
        return tuple(f"{column}={heading}" for column, heading in self._said.items())

    def use(self, maps: tuple[str, ...]) -> None:
        """These instead of what was chosen: another file, or a mapping that was kept."""
        self._said = {}
        for text in maps:
            name, _, heading = text.partition("=")
            self._said[name] = heading

    def show_preview(self, preview: ImportPreview | None, words: Wording) -> None:
        """The headings to choose from, and under each field what its column begins with."""
        self._preview = preview
        header = () if preview is None else preview.header
        choices = [(_NONE, words.say("Not in the file")), *((str(at), name) for at, name in enumerate(header) if name)]
        for column, title in self._titles.items():
            field = self.fields[column]
            places = () if preview is None else preview.mapping.get(column, ())
            example = "" if preview is None or not places else _first(preview, places[0])
            field.set_words(words.say(title), words.say("for example {cell}", cell=example) if example else " ")
            box = field.editor
            assert isinstance(box, ChoiceBox)
            box.set_choices(choices)
            box.choose(str(places[0]) if places else _NONE)
            box.setEnabled(preview is not None)

    def _chosen(self, column: str) -> None:
        choice = self.fields[column].text
        header = () if self._preview is None else self._preview.header
        self._said[column] = "" if choice == _NONE else header[int(choice)]
        self.changed.emit()


def _first(preview: ImportPreview, place: int) -> str:
    cells = (row[place] for row in preview.rows if place < len(row) and row[place])
    return next(cells, "")[:40]
