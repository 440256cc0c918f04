"""Items from a file and back into one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from pos.domain.country import ordinary_taxes
from pos.services.file_import import Stage
from pos.services.import_preview import keep_profile, preview_items, profile_names, read_profile
from pos.services.item_export import export_items
from pos.services.item_import import ImportOptions, ImportReport, import_items
from pos.speech import N_
from pos.ui.fittings import Fittings
from pos.ui.items.file_import import GOOD, FileImport, FileKind
from pos.ui.items.import_words import COLUMNS, problem_said, report_said
from pos.ui.shared.form import FormField, NumberEdit

_ITEMS = FileKind(
    columns=COLUMNS,
    tables=N_("Tables of items"),
    nothing_said=ImportOptions(),
    report=ImportReport,
    preview=preview_items,
    take_in=import_items,
    names_kept=profile_names,
    read_kept=read_profile,
    keep=keep_profile,
    problem_said=problem_said,
    report_said=report_said,
)


class ImportScreen(FileImport):
    """Beside the columns what holds for items that lack it: a tax, a price."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("items_import", _ITEMS, fittings)

    def _further_key(self) -> None:
        self._export = self.add_key("export", "F9", self._pick_export)

    def _fill_own(self) -> None:
        price = NumberEdit()
        self.price = FormField("items_import.price", price)
        price.editingFinished.connect(self._look)
        self.tax = self._choice("tax", self._look)
        self._beside(self.profile, self.tax, self.price)

    @property
    def title(self) -> str:
        return self.words.say("Import and export")

    def _name_own(self) -> None:
        say = self.words.say
        self._export.setText(say("Export"))
        self.tax.set_words(say("Tax of items that name none"))
        self.price.set_words(say("One price for all without one"))
        taxes = ordinary_taxes(self._desk.rules)
        self._choices(self.tax, [("", "—"), *((" ".join(codes), " + ".join(codes)) for codes in taxes)])

    @property
    def options(self) -> ImportOptions:
        return ImportOptions(
            maps=self.mapping.maps,
            default_price=self.price.text,
            tax=self.tax.text,
            take_good=self.rest.choice == GOOD,
        )

    def _use(self, kept: ImportOptions) -> None:
        self.price.set_text(kept.default_price)
        self.tax.set_text(kept.tax)

    def _may_further(self, *, busy: bool) -> None:
        self._export.setEnabled(not busy)

    def export_to(self, path: Path) -> None:
        """Write every item into a file that an import reads back."""
        desk = self._desk
        self._begin(
            lambda progress: export_items(
                desk,
                path,
                progress=lambda items: progress.say(Stage.WRITING.value, items),
                cancelled=lambda: progress.stopped,
            )
        )

    def _pick_export(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.words.say("Export"), "items.csv", self._kinds("csv"))
        if chosen:
            self.export_to(Path(chosen))

    def _answered(self, answer: Any) -> None:
        """How many items are in the file, None where the export was stopped."""
        say = self.words.say
        if answer is None:
            self.banner.show_message(say("The export was stopped. No file was written."), "", "warn")
        else:
            said = self.words.count("{n} item is in the file.", "{n} items are in the file.", answer)
            self.tell_done(said)
