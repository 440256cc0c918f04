"""The palette's sheet: one field, what it finds, and the way out. Nothing is ever lost by it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.ui.palette.entries import Entry, Group, Source, best_of
from pos.ui.palette.rows import FoundView
from pos.ui.shared.cards import KeyCap, rule
from pos.ui.shared.fields import ScanField
from pos.ui.shared.notices import announce
from pos.ui.shared.overlay import Overlay
from pos.ui.shared.text import Label
from pos.wording import Wording

_SIZE = (720, 560)
_ALL_MAX = 40


class Palette(Overlay):
    """An overlay over the screen. `open_with` what can be found at the moment; `sources` look further while typing.

    It is closed before what was chosen runs.
    """

    def __init__(self, words: Wording, host: QWidget) -> None:
        super().__init__("palette", _SIZE, host)
        self._words = words
        self._entries: Sequence[Entry] = ()
        self._sources: Sequence[Source] = ()
        self._narrow: Group | None = None
        self.field = ScanField(icon="search")
        self.field.setFixedHeight(60)
        self.field.setObjectName("palette.field")
        self.field.edit.textChanged.connect(lambda _: self._find())
        self.field.edit.installEventFilter(self)
        self.list = FoundView()
        self.list.setObjectName("palette.found")
        self.list.picked.connect(self._run)
        self._nothing = Label("", 15, 450, tone="text2", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hints = [(KeyCap(), Label("", 13, 450, tone="text2")) for _ in range(3)]
        column = self.card.column
        column.addWidget(self.field)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        column.addWidget(rule())
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for cap, label in self._hints:
            foot.addWidget(cap)
            foot.addWidget(label)
            foot.addSpacing(8)
        foot.addStretch(1)
        column.addLayout(foot)
        self.set_words(words)

    def set_words(self, words: Wording) -> None:
        self._words = words
        say = words.say
        self.setAccessibleName(say("Find anything or run a command"))
        self.field.set_words(say("Find anything or run a command"), key="Esc")
        self.list.setAccessibleName(say("What was found"))
        for (cap, label), (key, text) in zip(
            self._hints,
            (
                ("↑ ↓", say("move")),
                ("Enter", say("open")),
                ("Tab", say("narrow to actions, items, people, receipts")),
            ),
            strict=True,
        ):
            cap.set_key(key)
            label.setText(text)

    def open_with(self, entries: Sequence[Entry], sources: Sequence[Source]) -> None:
        """Show the palette, empty, over the whole host."""
        self._entries, self._sources, self._narrow = entries, sources, None
        self.field.set_status("")
        self.field.clear()
        self._find()
        self.open_over()
        self.field.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def type(self, text: str) -> None:
        """What somebody looks for."""
        self.field.set_text(text)

    @property
    def found(self) -> list[Entry]:
        """What shows, without its headings."""
        return [row for row in self.list.found.rows if not isinstance(row, str)]

    def narrow(self) -> None:
        """To one kind of thing after the other, and back to all."""
        order = [None, *Group]
        self._narrow = order[(order.index(self._narrow) + 1) % len(order)]
        said = "" if self._narrow is None else self._heading(self._narrow)
        self.field.set_status(said, "info", "filter_list")
        self._find()

    def _find(self) -> None:
        query = self.field.text.strip()
        limit = _ALL_MAX if self._narrow is not None else 8
        found = best_of(query, [entry for entry in self._entries if self._wanted(entry.group)], limit)
        if query:
            for source in self._sources:
                found += [entry for entry in source(query) if self._wanted(entry.group)]
        rows: list[str | Entry] = []
        for group in Group:
            of_group = [entry for entry in found if entry.group is group]
            if of_group:
                rows += [self._heading(group), *of_group]
        self.list.show_rows(rows)
        self._nothing.setVisible(not rows)
        if not rows:
            self._nothing.setText(
                self._words.say("Nothing fits “{text}”. Try a word less, a code, or a receipt's number.", text=query)
            )
            announce(self._nothing)

    def _wanted(self, group: Group) -> bool:
        return self._narrow is None or group is self._narrow

    def _heading(self, group: Group) -> str:
        say = self._words.say
        return {
            Group.ACTIONS: say("Actions"),
            Group.ITEMS: say("Items"),
            Group.PEOPLE: say("People"),
            Group.RECEIPTS: say("Receipts"),
        }[group]

    def _run(self, entry: Entry) -> None:
        self.close_overlay()
        entry.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.field.edit:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (entry := self.list.chosen) is not None:
                self._run(entry)
        elif key == Qt.Key.Key_Tab:
            self.narrow()
        else:
            return False
        return True
