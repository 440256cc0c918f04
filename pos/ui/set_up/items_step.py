"""What the item list begins with: nothing, a dozen samples, or a file that is tried before it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from pos.domain.new_shop import FirstItems, NewShop, ShopField
from pos.services.item_import import ImportReport
from pos.services.item_report import report_lines
from pos.ui.set_up.fields import ChoiceField, LineField
from pos.ui.set_up.step import Step
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.text import Label
from pos.wording import Wording

_SAID_LINES = 9


class ItemsStep(Step):
    """Signals: try_wanted() the file is to be read, and nothing of it kept."""

    try_wanted = Signal()

    def __init__(self, words: Wording) -> None:
        super().__init__(words)
        self._report: ImportReport | None = None
        self.kind = ChoiceField("items.kind")
        self.file = LineField("items.file")
        self.tax = ChoiceField("items.tax")
        self.maps = LineField("items.maps", hint=True)
        self.rest = ChoiceField("items.rest")
        self.browse = ActionButton("", "folder_open", kind="outlined", height=48)
        self.browse.setObjectName("set_up.items.browse")
        self.browse.clicked.connect(self._pick)
        self.try_button = ActionButton("", "fact_check", kind="soft", height=48)
        self.try_button.setObjectName("set_up.items.try")
        self.try_button.clicked.connect(self.try_wanted)
        self._said = Label("", 14, 450, tone="text2", wrap=True)
        self.column.addWidget(self.kind)
        for pair in ((self.file,), (self.tax, self.rest), (self.maps,), (self.browse, self.try_button)):
            row = QHBoxLayout()
            row.setSpacing(12)
            for widget in pair:
                row.addWidget(widget, 1)
            self.column.addLayout(row)
        self.column.addWidget(self._said)
        self.column.addStretch(1)
        self.kind.changed.connect(self._kind_changed)
        for field in (self.file, self.tax, self.maps, self.rest):
            field.changed.connect(self._changed)

    @property
    def title(self) -> str:
        return self.words.say("Items")

    @property
    def fields(self) -> Mapping[ShopField, QWidget]:
        from_file = self.kind.choice == FirstItems.FILE
        return {ShopField.ITEMS: self.file if from_file else self.kind}

    def show_shop(self, new: NewShop) -> None:
        self.tax.set_choices([("", "—"), *((tax.code, tax.code) for tax in new.taxes)])
        self.kind.choose(new.items.value)
        self.file.set_text(new.items_file)
        self.tax.choose(new.items_tax)
        self.maps.set_text(" ".join(new.items_maps))
        self.rest.choose("good" if new.items_take_good else "")
        self._show_kind()

    def read(self, new: NewShop) -> NewShop:
        return replace(
            new,
            items=FirstItems(self.kind.choice),
            items_file=self.file.text.strip(),
            items_tax=self.tax.choice,
            items_maps=tuple(self.maps.text.split()),
            items_take_good=self.rest.choice == "good",
        )

    def show_report(self, report: ImportReport) -> None:
        """What the file would come to."""
        self._report = report
        self._say_report()

    def retranslate(self) -> None:
        say = self.words.say
        self.kind.set_words(say("The item list begins"))
        self.kind.set_choices(
            [
                (FirstItems.NONE.value, say("empty: I add items later")),
                (FirstItems.SAMPLES.value, say("with twelve samples to try")),
                (FirstItems.FILE.value, say("with the items of a CSV file")),
            ]
        )
        self.file.set_words(self.words.field(ShopField.ITEMS))
        self.tax.set_words(say("Tax of items that name none"))
        self.maps.set_words(
            say("Columns that are called otherwise"),
            say("For example: name=Product price=Amount. Columns with usual names are found by themselves."),
        )
        self.rest.set_words(say("Rows that cannot be read"))
        self.rest.set_choices([("", say("refuse the whole file")), ("good", say("leave them out, take the others"))])
        self.browse.set_text(say("Choose a file"))
        self.try_button.set_text(say("Try the file"))
        self._say_report()

    def _kind_changed(self) -> None:
        self._show_kind()
        self.changed.emit()

    def _show_kind(self) -> None:
        from_file = self.kind.choice == FirstItems.FILE
        for widget in (self.file, self.tax, self.maps, self.rest, self.browse, self.try_button, self._said):
            widget.setVisible(from_file)

    def _changed(self) -> None:
        """What was said of the file was said of another one."""
        self._report = None
        self._say_report()
        self.changed.emit()

    def _say_report(self) -> None:
        lines = [] if self._report is None else report_lines(self._report, self.words)
        if self._report is not None and self._report.problem is None and not self._report.good:
            # The report ends in advice for the command line; here it is another.
            lines[-1] = self.words.say("As it is, the file would not be taken. Correct these rows, or leave them out.")
        short = lines if len(lines) <= _SAID_LINES else [*lines[: _SAID_LINES - 2], "…", *lines[-2:]]
        self._said.setText("\n".join(short))

    def _pick(self) -> None:
        kinds = self.words.say("Tables of items") + " (*.csv *.txt *.tsv *.gz)"
        chosen, _ = QFileDialog.getOpenFileName(self, self.words.say("Choose a file"), self.file.text, kinds)
        if chosen:
            self.file.set_text(chosen)
            self._changed()
