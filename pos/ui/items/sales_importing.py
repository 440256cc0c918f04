"""Sales from before, out of a file: the columns are looked at, a trial adds everything up, then they are taken in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from pos.domain.item_columns import FileProblem
from pos.domain.refusal import Refused
from pos.domain.sale_cells import DateSpelling
from pos.domain.trouble import KnownError
from pos.services.item_import import Stage
from pos.services.sale_import import SaleImportOptions, SaleImportReport, import_sales
from pos.services.sale_preview import keep_sale_profile, preview_sales, read_sale_profile, sale_profile_names
from pos.services.sale_report import write_sale_report
from pos.ui.fittings import Fittings
from pos.ui.items.import_words import progress_said
from pos.ui.items.mapping import MappingFields
from pos.ui.items.sales_words import SALE_COLUMNS, sale_problem_said, sale_report_said
from pos.ui.shared.cards import Card
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.file_parts import add_file, add_report
from pos.ui.shared.form import ChoiceBox, FormField
from pos.ui.shared.notices import set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.two_columns import TwoColumns
from pos.ui.working import Working

ALL, GOOD = "all", "good"
REFUSE, ROUND = "refuse", "round"


class SalesImportScreen(TwoColumns):
    """The work runs on a thread of its own with its own connection, says how far it is, and can be stopped."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("sales_import", fittings.words, fittings.sounds)
        self._desk = fittings.workstation.desk
        self._report: SaleImportReport | None = None
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
        self._save = self.add_key("save", "F9", self._pick_report)
        self._stop = self.add_key("stop", "F4", self.working.stop)
        self._import = self.add_key("import", [], self.run, primary=True)
        self._back = self.add_key("back", "Esc", self._hide_or_leave)

    def _fill_left(self) -> None:
        self.file, path = add_file(self, self._browse)
        path.editingFinished.connect(self._look)
        self.profile = FormField("sales_import.profile", ChoiceBox())
        self.order = FormField("sales_import.order", ChoiceBox())
        self.fine = SegmentedControl([(REFUSE, ""), (ROUND, "")], height=48)
        self.fine.setObjectName("sales_import.fine")
        second = QHBoxLayout()
        second.setSpacing(12)
        for field in (self.profile, self.order):
            second.addWidget(field, 1)
        self.left.addLayout(second)
        self.left.addWidget(self.fine)
        self.profile.changed.connect(self._take_profile)
        card = Card("plain", padding=16)
        self.mapping = MappingFields("sales_import", SALE_COLUMNS)
        set_ground(self.mapping, "none")
        self.mapping.changed.connect(self._look)
        card.column.addWidget(scrolled(self.mapping))
        self.left.addWidget(card, 1)

    def _fill_right(self) -> None:
        self.state, self.said = add_report(self)
        self.keep_as = FormField("sales_import.keep_as", QLineEdit())
        self.right.addWidget(self.keep_as)
        self.right.addWidget(self.button("save", self._keep, "work", "keep"))
        self.rest = SegmentedControl([(ALL, ""), (GOOD, "")], height=48)
        self.rest.setObjectName("sales_import.rest")
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
        return self.words.say("Sales from before")

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._browse.setText(say("Choose a file"))
        self._try.setText(say("Try"))
        self._keep.setText(say("Keep the mapping"))
        self._save.setText(say("Report"))
        self._stop.setText(say("Stop"))
        self._import.setText(say("Import"))
        self._back.setText(say("Back"))
        self.file.set_words(say("CSV file"))
        self.profile.set_words(say("Mapping kept as"))
        self.order.set_words(say("How dates are written"))
        self.fine.set_text(REFUSE, say("Refuse finer amounts"))
        self.fine.set_text(ROUND, say("Round finer amounts"))
        self.keep_as.set_words(say("Keep the mapping as"))
        self.rest.set_text(ALL, say("All or nothing"))
        self.rest.set_text(GOOD, say("Take the good rows"))
        self.said.setAccessibleName(say("Report"))
        orders = [
            (DateSpelling.DAY_FIRST.value, say("Day first")),
            (DateSpelling.MONTH_FIRST.value, say("Month first")),
        ]
        self._choices(self.order, [("", say("As the file tells")), *orders])
        self._show_profiles()
        self._look()
        self._show_report()

    def _choices(self, field: FormField, choices: list[tuple[str, str]]) -> None:
        box = field.editor
        assert isinstance(box, ChoiceBox)
        box.set_choices(choices)

    def _show_profiles(self) -> None:
        names = sale_profile_names(self._desk)
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
    def options(self) -> SaleImportOptions:
        """How the file is meant, as it stands here."""
        return SaleImportOptions(
            maps=self.mapping.maps,
            order=self.order.text,
            rounds=self.fine.choice == ROUND,
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
        kinds = self.words.say("Tables of sales") + " (*.csv *.txt *.tsv *.gz)"
        chosen, _ = QFileDialog.getOpenFileName(self, self.words.say("Choose a file"), self.file.text, kinds)
        if chosen:
            self.choose_file(chosen)

    def _take_profile(self) -> None:
        kept = read_sale_profile(self._desk, self.profile.text) if self.profile.text else SaleImportOptions()
        if isinstance(kept, Refused):
            self.refuse(kept)
            return
        self.mapping.use(kept.maps)
        self.order.set_text(kept.order)
        self.fine.choose(ROUND if kept.rounds else REFUSE)
        self.keep_as.set_text(self.profile.text)
        self._look()

    def _look(self) -> None:
        """What the file's beginning says, with the columns as they are chosen now."""
        problem: FileProblem | None = None
        preview = None
        if self.file.text:
            try:
                found = preview_sales(Path(self.file.text), self.options)
            except KnownError as error:
                self.file.refuse(self.words.trouble(error))
                found = None
            if isinstance(found, FileProblem):
                problem = found
            elif found is not None:
                preview, problem = found, found.problem
        self.mapping.show_preview(preview, self.words)
        if problem is not None:
            self.file.refuse(sale_problem_said(problem, self.words))
        elif preview is not None:
            self.file.refuse("")
        self._show_keys(readable=preview is not None and problem is None)

    def _show_keys(self, *, readable: bool) -> None:
        busy = self.working.busy
        for action in (self._try, self._import):
            action.setEnabled(readable and not busy)
        self._keep.setEnabled(readable)
        self._save.setEnabled(self._report is not None and self._report.problem is None)
        self._browse.setEnabled(not busy)
        self._stop.setEnabled(busy)

    def keep(self) -> None:
        """Keep the mapping under a name, for the next file of that system."""
        kept = keep_sale_profile(self._desk, self.keep_as.text, self.options)
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
        self._report = None
        self.working.begin(
            lambda progress: import_sales(
                desk,
                path,
                options,
                progress=lambda stage, rows: progress.say(stage.value, rows),
                cancelled=lambda: progress.stopped,
            )
        )
        self._show_keys(readable=False)
        self._progressed(Stage.READING.value, 0)

    def save_report(self, path: Path) -> None:
        """Write the whole report as a table."""
        if self._report is None:
            return
        try:
            write_sale_report(self._report, path, self.words)
        except KnownError as error:
            self.tell_trouble(error)
            return
        self.tell_done(self.words.say("The report is in {file}.", file=path.name))

    def _pick_report(self) -> None:
        kinds = self.words.say("Tables of sales") + " (*.csv)"
        chosen, _ = QFileDialog.getSaveFileName(self, self.words.say("Save the report"), "report.csv", kinds)
        if chosen:
            self.save_report(Path(chosen))

    def _progressed(self, stage: str, done: int) -> None:
        self.state.setText(progress_said(stage, done, self.words))

    def _ended(self, answer: SaleImportReport | Refused) -> None:
        if isinstance(answer, SaleImportReport):
            self._report = answer
        else:
            self.refuse(answer)
        self._look()
        self._show_report()

    def _failed(self, error: KnownError) -> None:
        self._look()
        self._show_report()
        self.tell_trouble(error)

    def _show_report(self) -> None:
        lines = [] if self._report is None else sale_report_said(self._report, self.words)
        self.state.setText(lines[0] if lines else self.words.say("Try the file first: nothing is written by that."))
        self.said.setPlainText("\n".join(lines[1:]))
        if self._report is not None:
            self.state.set_tone("ok" if self._report.good else "bad")
        else:
            self.state.set_tone("text2")
