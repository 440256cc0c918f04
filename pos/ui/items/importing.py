"""Items from a file and back into one: the columns are looked at, a trial says what would happen, then it happens."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from pos.domain.country import ordinary_taxes
from pos.domain.item_columns import FileProblem
from pos.domain.refusal import Refused
from pos.domain.trouble import KnownError
from pos.services.import_preview import keep_profile, preview_items, profile_names, read_profile
from pos.services.item_export import export_items
from pos.services.item_import import ImportOptions, ImportReport, Stage, import_items
from pos.ui.fittings import Fittings
from pos.ui.items.import_words import COLUMNS, problem_said, progress_said, report_said
from pos.ui.items.mapping import MappingFields
from pos.ui.shared.cards import Card
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.file_parts import add_file, add_report
from pos.ui.shared.form import ChoiceBox, FormField, NumberEdit
from pos.ui.shared.notices import set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.two_columns import TwoColumns
from pos.ui.working import Working

ALL, GOOD = "all", "good"


class ImportScreen(TwoColumns):
    """The work runs on a thread of its own with its own connection, says how far it is, and can be stopped."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("items_import", fittings.words, fittings.sounds)
        self._desk = fittings.workstation.desk
        self._report: ImportReport | None = None
        self._problem: FileProblem | None = None
        self.working = Working(self)
        self.working.progressed.connect(self._progressed)
        self.working.ended.connect(self._ended)
        self.working.failed.connect(self._failed)
        self._make_keys()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.file)
        self.retranslate()

    def _make_keys(self) -> None:
        self._browse = self.add_key("browse", "F2", self._pick)
        self._try = self.add_key("try", "F5", partial(self.run, dry_run=True))
        self._keep = self.add_key("keep", "F7", self.keep)
        self._export = self.add_key("export", "F9", self._pick_export)
        self._stop = self.add_key("stop", "F4", self.working.stop)
        self._import = self.add_key("import", [], self.run, primary=True)
        self._back = self.add_key("back", "Esc", self._hide_or_leave)

    def _fill_left(self) -> None:
        self.file, path = add_file(self, self._browse)
        path.editingFinished.connect(self._look)
        price = NumberEdit()
        self.price = FormField("items_import.price", price)
        self.tax = FormField("items_import.tax", ChoiceBox())
        self.profile = FormField("items_import.profile", ChoiceBox())
        second = QHBoxLayout()
        second.setSpacing(12)
        for field in (self.profile, self.tax, self.price):
            second.addWidget(field, 1)
        self.left.addLayout(second)
        price.editingFinished.connect(self._look)
        self.tax.changed.connect(self._look)
        self.profile.changed.connect(self._take_profile)
        card = Card("plain", padding=16)
        self.mapping = MappingFields("items_import", COLUMNS)
        set_ground(self.mapping, "none")
        self.mapping.changed.connect(self._look)
        card.column.addWidget(scrolled(self.mapping))
        self.left.addWidget(card, 1)

    def _fill_right(self) -> None:
        self.state, self.said = add_report(self)
        self.keep_as = FormField("items_import.keep_as", QLineEdit())
        self.keep_button = self.button("save", self._keep, "work", "keep")
        self.right.addWidget(self.keep_as)
        self.right.addWidget(self.keep_button)
        self.rest = SegmentedControl([(ALL, ""), (GOOD, "")], height=48)
        self.rest.setObjectName("items_import.rest")
        self.right.addWidget(self.rest)
        again = QHBoxLayout()
        again.setSpacing(8)
        again.addWidget(self.button("fact_check", self._try, "work", "try"), 1)
        again.addWidget(self.button("cancel", self._stop, "work", "stop"), 1)
        self.right.addLayout(again)
        self.import_button = self.add_primary("download", self._import, "work", "import")

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("Import and export")

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._browse.setText(say("Choose a file"))
        self._try.setText(say("Try"))
        self._keep.setText(say("Keep the mapping"))
        self._export.setText(say("Export"))
        self._stop.setText(say("Stop"))
        self._import.setText(say("Import"))
        self._back.setText(say("Back"))
        self.file.set_words(say("CSV file"))
        self.profile.set_words(say("Mapping kept as"))
        self.tax.set_words(say("Tax of items that name none"))
        self.price.set_words(say("One price for all without one"))
        self.keep_as.set_words(say("Keep the mapping as"))
        self.rest.set_text(ALL, say("All or nothing"))
        self.rest.set_text(GOOD, say("Take the good rows"))
        self.said.setAccessibleName(say("Report"))
        taxes = ordinary_taxes(self._desk.rules)
        self._choices(self.tax, [("", "—"), *((" ".join(codes), " + ".join(codes)) for codes in taxes)])
        self._show_profiles()
        self._look()
        self._show_report()

    def _choices(self, field: FormField, choices: list[tuple[str, str]]) -> None:
        box = field.editor
        assert isinstance(box, ChoiceBox)
        box.set_choices(choices)

    def _show_profiles(self) -> None:
        names = profile_names(self._desk)
        self._choices(self.profile, [("", self.words.say("None")), *((name, name) for name in names)])

    def enter(self) -> None:
        self.banner.hide()
        self._show_profiles()

    def _hide_or_leave(self) -> None:
        if not self.banner.isHidden():
            self.banner.hide()
        else:
            self.back_wanted.emit()

    # The file and its columns.

    @property
    def options(self) -> ImportOptions:
        """How the file is meant, as it stands here."""
        return ImportOptions(
            maps=self.mapping.maps,
            default_price=self.price.text,
            tax=self.tax.text,
            take_good=self.rest.choice == GOOD,
        )

    def choose_file(self, path: str) -> None:
        """Look into this file; what was chosen for another one counts no more, unless it was kept."""
        self.file.set_text(path)
        self.mapping.use(())
        self._report = None
        if self.profile.text:
            self._take_profile()
        self._look()
        self._show_report()

    def _pick(self) -> None:
        kinds = self.words.say("Tables of items") + " (*.csv *.txt *.tsv *.gz)"
        chosen, _ = QFileDialog.getOpenFileName(self, self.words.say("Choose a file"), self.file.text, kinds)
        if chosen:
            self.choose_file(chosen)

    def _take_profile(self) -> None:
        kept = read_profile(self._desk, self.profile.text) if self.profile.text else ImportOptions()
        if isinstance(kept, Refused):
            self.refuse(kept)
            return
        self.mapping.use(kept.maps)
        self.price.set_text(kept.default_price)
        self.tax.set_text(kept.tax)
        self.keep_as.set_text(self.profile.text)
        self._look()

    def _look(self) -> None:
        """What the file's beginning says, with the columns as they are chosen now."""
        self._problem = None
        preview = None
        if self.file.text:
            try:
                found = preview_items(Path(self.file.text), self.options)
            except KnownError as error:
                self.file.refuse(self.words.trouble(error))
                found = None
            if isinstance(found, FileProblem):
                self._problem = found
            elif found is not None:
                preview, self._problem = found, found.problem
        self.mapping.show_preview(preview, self.words)
        if self._problem is not None:
            self.file.refuse(problem_said(self._problem, Path(self.file.text).name, self.words))
        elif preview is not None:
            self.file.refuse("")
        self._show_keys(readable=preview is not None and self._problem is None)

    def _show_keys(self, *, readable: bool) -> None:
        busy = self.working.busy
        for action in (self._try, self._import):
            action.setEnabled(readable and not busy)
        self._keep.setEnabled(readable)
        self._export.setEnabled(not busy)
        self._browse.setEnabled(not busy)
        self._stop.setEnabled(busy)

    def keep(self) -> None:
        """Keep the mapping under a name, for the supplier's next file."""
        kept = keep_profile(self._desk, self.keep_as.text, self.options)
        if isinstance(kept, Refused):
            self.keep_as.refuse(self.words.refusal(kept))
            return
        self._show_profiles()
        self.profile.set_text(kept)
        self.tell_done(self.words.say("The mapping is kept as “{name}”.", name=kept))

    # The work.

    def run(self, *, dry_run: bool = False) -> None:
        """Try the file, or take it in."""
        desk, path, options = self._desk, Path(self.file.text), replace(self.options, dry_run=dry_run)
        self.banner.hide()
        self._begin(
            lambda progress: import_items(
                desk,
                path,
                options,
                progress=lambda stage, rows: progress.say(stage.value, rows),
                cancelled=lambda: progress.stopped,
            )
        )

    def export_to(self, path: Path) -> None:
        """Write every item into a file that an import reads back."""
        desk = self._desk
        self.banner.hide()
        self._begin(
            lambda progress: export_items(
                desk,
                path,
                progress=lambda items: progress.say(Stage.WRITING.value, items),
                cancelled=lambda: progress.stopped,
            )
        )

    def _pick_export(self) -> None:
        kinds = self.words.say("Tables of items") + " (*.csv)"
        chosen, _ = QFileDialog.getSaveFileName(self, self.words.say("Export"), "items.csv", kinds)
        if chosen:
            self.export_to(Path(chosen))

    def _begin(self, work: object) -> None:
        assert callable(work)
        self._report = None
        self.working.begin(work)
        self._show_keys(readable=False)
        self._progressed(Stage.READING.value, 0)

    def _progressed(self, stage: str, done: int) -> None:
        self.state.setText(progress_said(stage, done, self.words))

    def _ended(self, answer: ImportReport | Refused | int | None) -> None:
        say = self.words.say
        if isinstance(answer, ImportReport):
            self._report = answer
        elif isinstance(answer, Refused):
            self.refuse(answer)
        elif answer is None:
            self.banner.show_message(say("The export was stopped. No file was written."), "", "warn")
        else:
            said = self.words.count("{n} item is in the file.", "{n} items are in the file.", answer)
            self.tell_done(said)
        self._look()
        self._show_report()

    def _failed(self, error: KnownError) -> None:
        self._look()
        self._show_report()
        self.tell_trouble(error)

    def _show_report(self) -> None:
        lines = [] if self._report is None else report_said(self._report, self.words)
        self.state.setText(lines[0] if lines else self.words.say("Try the file first: nothing is written by that."))
        self.said.setPlainText("\n".join(lines[1:]))
        if self._report is not None:
            self.state.set_tone("ok" if self._report.good else "bad")
        else:
            self.state.set_tone("text2")
