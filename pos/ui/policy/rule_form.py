"""The form of a rule, or of a policy's head: its sentence as it would read, its fields, and words to pick for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from pos.domain.search_text import fold
from pos.policy_form_words import choice_words, field_words, row_words
from pos.services.policy_draft import DraftFault
from pos.services.policy_form import FieldAsked, Written, text_of, with_text, words_in
from pos.strict_yaml import FileFault
from pos.ui.policy.entries import LineEntry, PolicyEntry, entry_for
from pos.ui.shared.cards import Card
from pos.ui.shared.chips import Chips
from pos.ui.shared.form import ChoiceBox, FormField
from pos.ui.shared.notices import set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.text import Label
from pos.wording import Wording

PICKS_MOST = 4
_LAID_MS = 30
# What a key may hold as codes with names; the second takes what is being typed.
Known = Callable[[str, str], Sequence[tuple[str, str]]]
# All fields there are, and of them those that stand in the form though nothing is in them.
Asked = Callable[[Written], tuple[Sequence[FieldAsked], Sequence[FieldAsked]]]


def fault_words(words: Wording, fault: FileFault, field: str = "") -> str:
    """What is wrong; `field` is what the form calls the field."""
    values = fault.values | ({"key": field} if field and "key" in fault.values else {})
    return words.say(fault.message, **values)


class RuleForm(QWidget):
    """Signals: changed(object) by a person: the rule in the words of the file."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[str, PolicyEntry] = {}
        self.written: Written = {}
        self._words = Wording("en")
        self._today = date.min
        self._asked: Asked = lambda _: ((), ())
        self._known: Known = lambda _key, _typed: ()
        self._roles: Sequence[tuple[str, str]] = ()
        self._opened: set[str] = set()
        self._touched: set[str] = set()
        self._heads: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._fill_head(column)
        self._fill_fields(column)
        self.picks = Chips("policy")
        self.picks.chosen.connect(self.pick)
        column.addWidget(self.picks)
        program = QApplication.instance()
        if isinstance(program, QApplication):
            program.focusChanged.connect(self._follow)

    def _fill_head(self, column: QVBoxLayout) -> None:
        self.card = Card("plain", padding=16, spacing=4)
        self.kind = Label("", 13, 600, tone="text3", wrap=True)
        self.about = Label("", 16, 600, wrap=True)
        self.says = Label("", 16, 450, wrap=True)
        self.why_not = Label("", 15, 450, tone="bad", wrap=True)
        for label in (self.kind, self.about, self.says, self.why_not):
            self.card.column.addWidget(label)
        column.addWidget(self.card)

    def _fill_fields(self, column: QVBoxLayout) -> None:
        inside = QWidget()
        set_ground(inside, "none")
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(0, 0, 8, 0)
        outer.setSpacing(10)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        outer.addLayout(self._grid)
        self.more = FormField("policy.form.more", ChoiceBox())
        self.more.changed.connect(self._open_more)
        outer.addWidget(self.more)
        outer.addStretch(1)
        outer.setAlignment(Qt.AlignmentFlag.AlignTop)
        card = Card("plain", padding=16)
        self._inside, self._scroll = inside, scrolled(inside)
        card.column.addWidget(self._scroll, 1)
        column.addWidget(card, 1)

    # What it is about.

    def open(
        self,
        written: Written,
        asked: Asked,
        known: Known,
        roles: Sequence[tuple[str, str]],
        today: date,
    ) -> None:
        """Show this rule, with nothing said against fields nobody has touched."""
        self._asked, self._known, self._roles, self._today = asked, known, roles, today
        self._opened, self._touched = set(), set()
        for entry in self.entries.values():
            entry.hide()
            entry.deleteLater()
        self.entries = {}
        self.show_written(written)

    def set_words(self, words: Wording) -> None:
        self._words = words
        for entry in self.entries.values():
            self._say(entry)
        self._say_more()

    @property
    def first(self) -> QWidget:
        """The first field."""
        return next(iter(self.entries.values()), self.more)

    def show_written(self, written: Written) -> None:
        """What stands in the rule now; a field that is being filled is left alone."""
        self.written = written
        fields, shown = self._asked(written)
        wanted = [one for one in fields if one in shown or one.name in self._opened or self._filled(one)]
        if [one.name for one in wanted] != list(self.entries):
            self._lay(wanted)
        for asked in wanted:
            entry = self.entries[asked.name]
            entry.asked = asked
            if not self._being_filled(entry):
                self._name_words(entry, text_of(written, asked))
                entry.show_text(text_of(written, asked))
        self._say_more()

    def _filled(self, asked: FieldAsked) -> bool:
        return text_of(self.written, asked) != asked.left_out

    @staticmethod
    def _being_filled(entry: PolicyEntry) -> bool:
        focus = QApplication.focusWidget()
        return isinstance(entry, LineEntry) and focus is not None and focus is entry.editor

    def _lay(self, wanted: Sequence[FieldAsked]) -> None:
        """The fields in their places; those that stay keep the focus."""
        while self._grid.count():
            self._grid.takeAt(0)
        for head in self._heads:
            head.deleteLater()
        self._heads = []
        kept = {one.name: self.entries[one.name] if one.name in self.entries else self._made(one) for one in wanted}
        for gone in (entry for name, entry in self.entries.items() if name not in kept):
            gone.hide()
            gone.deleteLater()
        self.entries = kept
        row = column = 0
        group: tuple[str, ...] = ()
        for entry in self.entries.values():
            here = entry.asked.path[:-1] if entry.asked.path[-2:-1] and entry.asked.path[-2].isdigit() else ()
            if here != group or not (entry.narrow and column == 1):
                row, column = row + 1, 0
            if here and here != group:
                head = Label(row_words(self._words, here), 15, 680)
                self._heads.append(head)
                self._grid.addWidget(head, row, 0, 1, 2)
                row += 1
            group = here
            self._grid.addWidget(entry, row, column, 1, 1 if entry.narrow else 2)
            column = column + 1 if entry.narrow else 2
        self._order_tabs()

    def _order_tabs(self) -> None:
        stops = [*self.entries.values(), self.more]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _made(self, asked: FieldAsked) -> PolicyEntry:
        entry = entry_for(asked)
        entry.changed.connect(lambda: self._edited(entry))
        self._say(entry)
        self._name_words(entry, "")
        return entry

    def _say(self, entry: PolicyEntry) -> None:
        entry.say(self._words, self._roles if entry.asked.path == ("override",) else ())

    def _name_words(self, entry: PolicyEntry, text: str) -> None:
        if isinstance(entry, LineEntry) and entry.picks:
            entry.names |= {} if entry.names or entry.key == "item" else dict(self._proposed(entry, ""))
            entry.names |= {word: choice_words(self._words, entry.key, word) for word in words_in(text)
                            if word not in entry.names}  # fmt: skip

    # Further fields.

    def _say_more(self) -> None:
        box = self.more.editor
        assert isinstance(box, ChoiceBox)
        self.more.set_words(self._words.say("One thing more"))
        fields, _ = self._asked(self.written)
        rest = [(one.name, field_words(self._words, one.path)) for one in fields if one.name not in self.entries]
        box.set_choices([("", self._words.say("Choose what else the rule says")), *rest])
        self.more.setVisible(bool(rest))

    def _open_more(self) -> None:
        name = self.more.text
        if name:
            self.open_field(name)

    def open_field(self, name: str) -> None:
        """Let a field stand there that was left out, and lead to it."""
        self._opened.add(name)
        self.show_written(self.written)
        if name in self.entries:
            self.entries[name].setFocus(Qt.FocusReason.OtherFocusReason)

    # What is typed.

    def _edited(self, entry: PolicyEntry) -> None:
        self._touched.add(entry.asked.name)
        self.written = with_text(self.written, entry.asked, entry.text(self._today))
        self.show_picks(entry)
        self.changed.emit(self.written)

    def fill(self, name: str, text: str) -> None:
        """As if somebody had put this into the field, in the words of the file."""
        if name not in self.entries:
            self.open_field(name)
        entry = self.entries[name]
        self._name_words(entry, text)
        entry.show_text(text)
        self._edited(entry)

    # What is proposed.

    def _follow(self, _before: QObject | None, now: QObject | None) -> None:
        at = next((one for one in self.entries.values() if isinstance(one, LineEntry) and one.editor is now), None)
        if at is not None or not isinstance(now, QWidget) or not self.isAncestorOf(now):
            self.show_picks(at)
        if at is not None:
            # What is proposed takes room first.
            QTimer.singleShot(_LAID_MS, at, partial(self._scroll.ensureWidgetVisible, at))

    def show_picks(self, entry: PolicyEntry | None) -> None:
        """The words that fit what is being typed in a field of words."""
        self._picking = entry if isinstance(entry, LineEntry) and entry.picks else None
        found: list[tuple[str, str]] = []
        if self._picking is not None:
            there = words_in(self._picking.field.text)
            typed = there[-1] if there and not self._picking.field.text.endswith(",") else ""
            known = self._proposed(self._picking, typed)
            fresh = [(code, name) for code, name in known if not {code, name} & set(there)]
            fits = [one for one in fresh if fold(typed) in fold(f"{one[1]} {one[0]}")]
            found = (fits or (fresh if typed in self._picking.names.values() else []))[:PICKS_MOST]
        self.picks.show_words(found, "")
        self.picks.setVisible(bool(found))

    def _proposed(self, entry: PolicyEntry, typed: str) -> Sequence[tuple[str, str]]:
        choices = entry.asked.takes.choices
        return [(one, choice_words(self._words, entry.key, one)) for one in choices] or self._known(entry.key, typed)

    _picking: LineEntry | None = None

    def pick(self, code: str) -> None:
        """Take a word that is proposed."""
        if self._picking is not None:
            self._picking.pick(code)

    # What is said of it.

    def say_rule(self, kind: str, about: str, says: str, fault: DraftFault | None) -> None:
        """The rule as it would read; or what keeps it from being one, at its field too where somebody filled that."""
        self.kind.setText(kind)
        at = None if fault is None else self._entry_of(fault)
        why = "" if fault is None else fault_words(self._words, fault.fault, at.title if at is not None else "")
        for label, text in ((self.about, about), (self.says, says), (self.why_not, why)):
            label.setText(text)
            label.setVisible(bool(text))
        for entry in self.entries.values():
            seen = entry is at and (entry.asked.name in self._touched or self._filled(entry.asked))
            entry.refuse(why if seen else "")
        self._settle()

    def _settle(self) -> None:
        """A sentence below a field takes its room at once, not when the next thing happens."""
        layout = self._inside.layout()
        if layout is not None:
            for entry in self.entries.values():
                entry.column.invalidate()
            layout.invalidate()
            wide = self._inside.width()
            self._inside.resize(wide, max(layout.heightForWidth(wide), self._scroll.viewport().height()))
            layout.activate()

    def _entry_of(self, fault: DraftFault) -> PolicyEntry | None:
        exact = self.entries.get(".".join(fault.path))
        if exact is not None or not fault.path:
            return exact
        length = len(fault.path)
        return next((one for one in self.entries.values() if one.asked.path[:length] == fault.path), None)
