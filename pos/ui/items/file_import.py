"""A file that is taken in, whatever stands in it: its columns are looked at, a trial says what would be, then it is."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from pos.domain.frozen import dataclass
from pos.domain.item_columns import FileProblem
from pos.domain.names import StrEnum
from pos.domain.refusal import Refused
from pos.domain.trouble import KnownError
from pos.services.desk import Desk
from pos.services.file_import import Stage
from pos.services.import_preview import ImportPreview
from pos.ui.fittings import Fittings
from pos.ui.items.import_words import progress_said
from pos.ui.items.mapping import MappingFields
from pos.ui.shared.cards import Card
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.file_parts import add_file, add_report
from pos.ui.shared.form import ChoiceBox, FormField
from pos.ui.shared.notices import set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.two_columns import TwoColumns
from pos.ui.working import Progress, Working
from pos.wording import Wording

ALL, GOOD = "all", "good"


@dataclass(frozen=True, slots=True)
class FileKind:
    """What is done with files of a kind: `columns` are its fields' titles, `tables` what a file dialogue calls them,
    `nothing_said` its options where none is chosen; `report_said` gives the outcome first.
    """

    columns: Mapping[StrEnum, str]
    tables: str
    nothing_said: Any
    report: type[Any]
    preview: Callable[[Path, Any], ImportPreview | FileProblem]
    take_in: Callable[..., Any]
    names_kept: Callable[[Desk], Sequence[str]]
    read_kept: Callable[[Desk, str], Any]
    keep: Callable[[Desk, str, Any], str | Refused]
    problem_said: Callable[[FileProblem, str, Wording], str]
    report_said: Callable[[Any, Wording], list[str]]


class FileImport(TwoColumns):
    """The work runs on a thread of its own with its own connection, says how far it is, and can be stopped.

    One with fields of its own makes them in `_fill_own`, says them in `options` and `_use`; one further thing to do
    with files of the kind has its key.
    """

    def __init__(self, name: str, kind: FileKind, fittings: Fittings) -> None:
        super().__init__(name, fittings.words, fittings.sounds)
        self._kind = kind
        self._desk = fittings.workstation.desk
        self._report: Any = None
        self.working = Working(self)
        self.working.progressed.connect(self._progressed)
        self.working.ended.connect(self._ended)
        self.working.failed.connect(self._failed)
        self._make_keys()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.file)
        self.retranslate()

    # What each says for itself.

    @abstractmethod
    def _fill_own(self) -> None:
        """Its own fields, under that of the file; `profile` stands among them."""

    @abstractmethod
    def _use(self, kept: Any) -> None:
        """Show the options that were kept."""

    @property
    @abstractmethod
    def options(self) -> Any:
        """How the file is meant, as it stands here."""

    @abstractmethod
    def _further_key(self) -> None:
        """The key of what else can be done with files of this kind."""

    @abstractmethod
    def _may_further(self, *, busy: bool) -> None:
        """Whether that can be done now."""

    def _answered(self, answer: Any) -> None:
        """The work of that further thing ended."""

    # Parts.

    def _make_keys(self) -> None:
        self._browse = self.add_key("browse", "F2", self._pick)
        self._try = self.add_key("try", "F5", partial(self.run, dry_run=True))
        self._keep = self.add_key("keep", "F7", self.keep)
        self._further_key()
        self._stop = self.add_key("stop", "F4", self.working.stop)
        self._import = self.add_key("import", [], self.run, primary=True)
        self._back = self.add_key("back", "Esc", self.hide_or_leave)

    def _fill_left(self) -> None:
        self.file, path = add_file(self, self._browse)
        path.editingFinished.connect(self._look)
        self.profile = self._choice("profile", self._take_profile)
        self._fill_own()
        card = Card("plain", padding=16)
        self.mapping = MappingFields(self.name, self._kind.columns)
        set_ground(self.mapping, "none")
        self.mapping.changed.connect(self._look)
        card.column.addWidget(scrolled(self.mapping))
        self.left.addWidget(card, 1)

    def _choice(self, name: str, changed: Callable[[], None]) -> FormField:
        field = FormField(f"{self.name}.{name}", ChoiceBox())
        field.changed.connect(changed)
        return field

    def _beside(self, *fields: FormField) -> None:
        """Fields in a row."""
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in fields:
            row.addWidget(field, 1)
        self.left.addLayout(row)

    def _fill_right(self) -> None:
        self.state, self.said = add_report(self)
        self.keep_as = FormField(f"{self.name}.keep_as", QLineEdit())
        self.right.addWidget(self.keep_as)
        self.right.addWidget(self.button("save", self._keep, "work", "keep"))
        self.rest = SegmentedControl([(ALL, ""), (GOOD, "")], height=48)
        self.rest.setObjectName(f"{self.name}.rest")
        self.right.addWidget(self.rest)
        again = QHBoxLayout()
        again.setSpacing(8)
        again.addWidget(self.button("fact_check", self._try, "work", "try"), 1)
        again.addWidget(self.button("cancel", self._stop, "work", "stop"), 1)
        self.right.addLayout(again)
        self.import_button = self.add_primary("download", self._import, "work", "import")

    # What the shell shows and asks.

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._browse.setText(say("Choose a file"))
        self._try.setText(say("Try"))
        self._keep.setText(say("Keep the mapping"))
        self._stop.setText(say("Stop"))
        self._import.setText(say("Import"))
        self._back.setText(say("Back"))
        self.file.set_words(say("CSV file"))
        self.profile.set_words(say("Mapping kept as"))
        self.keep_as.set_words(say("Keep the mapping as"))
        self.rest.set_text(ALL, say("All or nothing"))
        self.rest.set_text(GOOD, say("Take the good rows"))
        self.said.setAccessibleName(say("Report"))
        self._name_own()
        self._show_profiles()
        self._look()
        self._show_report()

    @abstractmethod
    def _name_own(self) -> None:
        """The words of its own fields and its further key."""

    def _choices(self, field: FormField, choices: list[tuple[str, str]]) -> None:
        box = field.editor
        assert isinstance(box, ChoiceBox)
        box.set_choices(choices)

    def _show_profiles(self) -> None:
        names = self._kind.names_kept(self._desk)
        self._choices(self.profile, [("", self.words.say("None")), *((name, name) for name in names)])

    def enter(self) -> None:
        self.banner.hide()
        self._show_profiles()

    # The file and its columns.

    def choose_file(self, path: str) -> None:
        """Look into this file; what was chosen for another one counts no more, unless it was kept."""
        self.file.set_text(path)
        self.mapping.use(())
        self._report = None
        if self.profile.text:
            self._take_profile()
        self._look()
        self._show_report()

    def _kinds(self, *endings: str) -> str:
        """What a file dialogue offers."""
        return f"{self.words.say(self._kind.tables)} ({' '.join(f'*.{ending}' for ending in endings)})"

    def _pick(self) -> None:
        say, kinds = self.words.say, self._kinds("csv", "txt", "tsv", "gz")
        chosen, _ = QFileDialog.getOpenFileName(self, say("Choose a file"), self.file.text, kinds)
        if chosen:
            self.choose_file(chosen)

    def _take_profile(self) -> None:
        name = self.profile.text
        kept = self._kind.read_kept(self._desk, name) if name else self._kind.nothing_said
        if isinstance(kept, Refused):
            self.refuse(kept)
            return
        self.mapping.use(kept.maps)
        self._use(kept)
        self.keep_as.set_text(self.profile.text)
        self._look()

    def _look(self) -> None:
        """What the file's beginning says, with the columns as they are chosen now."""
        problem: FileProblem | None = None
        preview = None
        if self.file.text:
            try:
                found = self._kind.preview(Path(self.file.text), self.options)
            except KnownError as error:
                self.file.refuse(self.words.trouble(error))
                found = None
            if isinstance(found, FileProblem):
                problem = found
            elif found is not None:
                preview, problem = found, found.problem
        self.mapping.show_preview(preview, self.words)
        if problem is not None:
            self.file.refuse(self._kind.problem_said(problem, Path(self.file.text).name, self.words))
        elif preview is not None:
            self.file.refuse("")
        self._show_keys(readable=preview is not None and problem is None)

    def _show_keys(self, *, readable: bool) -> None:
        busy = self.working.busy
        for action in (self._try, self._import):
            action.setEnabled(readable and not busy)
        self._keep.setEnabled(readable)
        self._browse.setEnabled(not busy)
        self._stop.setEnabled(busy)
        self._may_further(busy=busy)

    def keep(self) -> None:
        """Keep the mapping under a name, for the next file of that kind."""
        kept = self._kind.keep(self._desk, self.keep_as.text, self.options)
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
        self._begin(
            lambda progress: self._kind.take_in(
                desk,
                path,
                options,
                progress=lambda stage, rows: progress.say(stage.value, rows),
                cancelled=lambda: progress.stopped,
            )
        )

    def _begin(self, work: Callable[[Progress], object]) -> None:
        self.banner.hide()
        self._report = None
        self.working.begin(work)
        self._show_keys(readable=False)
        self._progressed(Stage.READING.value, 0)

    def _progressed(self, stage: str, done: int) -> None:
        self.state.setText(progress_said(stage, done, self.words))

    def _ended(self, answer: Any) -> None:
        if isinstance(answer, self._kind.report):
            self._report = answer
        elif isinstance(answer, Refused):
            self.refuse(answer)
        else:
            self._answered(answer)
        self._look()
        self._show_report()

    def _failed(self, error: KnownError) -> None:
        self._look()
        self._show_report()
        self.tell_trouble(error)

    def _show_report(self) -> None:
        lines = [] if self._report is None else self._kind.report_said(self._report, self.words)
        self.state.setText(lines[0] if lines else self.words.say("Try the file first: nothing is written by that."))
        self.said.setPlainText("\n".join(lines[1:]))
        if self._report is not None:
            self.state.set_tone("ok" if self._report.good else "bad")
        else:
            self.state.set_tone("text2")
