"""The settings: pages at the left, a card for each setting, nothing in force before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos.domain.refusal import Refused
from pos.domain.search_text import fold
from pos.domain.trouble import KnownError
from pos.services.receipt_sample import sample_receipt
from pos.services.shop_settings import Value
from pos.ui.fittings import Fittings
from pos.ui.settings.device_tests import PRINTER, DeviceTests
from pos.ui.settings.entries import (
    DEVICES,
    RECEIPT,
    SHOP,
    Entry,
    entry_of_machine,
    entry_of_rule,
)
from pos.ui.settings.keys import KEYS, KeysPage
from pos.ui.settings.logo import LogoCard
from pos.ui.settings.pages import PAGES
from pos.ui.settings.people import PEOPLE, PeoplePage
from pos.ui.settings.rows import SettingRow
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.described import describe_rest
from pos.ui.shared.fields import ScanField
from pos.ui.shared.notices import Banner, EmptyState, set_ground
from pos.ui.shared.screen import Screen
from pos.ui.shared.scrolled import own_viewport
from pos.ui.working import Working
from pos.wording import Wording
from receipts.preview import PaperPreview


class _Saving(NamedTuple):
    """What is being saved: the machine's settings, how many changes in all, and what takes them back."""

    machine: Mapping[str, str | int]
    changes: int
    undo: Callable[[], None]


class SettingsScreen(Screen):
    """What is typed stays typed from page to page until it is saved or dropped."""

    words: Wording

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("settings", fittings.words)
        self._workstation = fittings.workstation
        self._fittings = fittings
        self._page = SHOP
        # The cards are built for who is here: at every entering, and for another language meanwhile.
        self._entered = False
        self._typed: dict[str, str] = {}
        self.rows: list[SettingRow] = []
        self.working = Working(self)
        self.working.ended.connect(self._save_rest)
        self.working.failed.connect(self._failed)
        self._save = self.add_key("save", [], self.save, primary=True)
        self._drop = self.add_key("drop", "F4", self.drop)
        self._test = self.add_key("test", "F5", lambda: self.tests.ask(PRINTER))
        self._back = self.add_key("back", "Esc", self._clear_or_leave)
        self._page_keys = [
            self.add_key(f"page_{page}", f"Alt+{number % 10}", partial(self.turn_to, page), in_key_bar=False)
            for number, (page, _, _) in enumerate(PAGES, start=1)
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 8)
        row.setSpacing(16)
        row.addLayout(self._build_pages())
        row.addLayout(self._build_middle(), 1)
        row.addWidget(self._build_preview())
        self.notices = self.banner
        self.set_entry(self.field)
        self.retranslate()

    def _build_pages(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        self.pages: dict[str, ActionButton] = {}
        for number, (page, icon, _) in enumerate(PAGES, start=1):
            button = ActionButton("", icon, key=f"Alt {number % 10}", align="left", height=48)
            button.set_checked_kind("soft")
            button.clicked.connect(partial(self._clicked, page))
            self.name_child(button, "pages", page)
            self.pages[page] = button
            column.addWidget(button)
        column.addStretch(1)
        return column

    def _build_middle(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        self.banner = Banner(close_name=" ")
        self.field = ScanField(icon="search")
        self.name_child(self.field.edit, "find", "typed")
        self.field.edited.connect(lambda _: self._build_rows())
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        own_viewport(self._scroll)
        self.people = PeoplePage(self._fittings, self.banner)
        self.keys = KeysPage(self.words, self._workstation, self._fittings.keys, self.banner)
        self.tests = DeviceTests(self.words, self._workstation, self._machine_values)
        self.logo = LogoCard(self.words, self._workstation, self.banner)
        self.logo.edited.connect(self._show_changes)
        self.logo.hide()
        self.empty = EmptyState("search")
        self.save_button = ActionButton("", "check", kind="primary", height=76)
        self.name_child(self.save_button, "changes", "save")
        self.save_button.follow(self._save)
        for widget, stretch in (
            (self.banner, 0),
            (self.field, 0),
            (self.tests, 0),
            (self._scroll, 1),
            (self.people, 1),
            (self.keys, 1),
            (self.empty, 1),
            (self.save_button, 0),
        ):
            column.addWidget(widget, stretch)
        return column

    def _build_preview(self) -> QScrollArea:
        self._paper = QScrollArea()
        self._paper.setWidgetResizable(True)
        self._paper.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._paper.setFixedWidth(330)
        self._paper.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_ground(self._paper.viewport(), "none")
        inside = QWidget()
        set_ground(inside, "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        self.preview = PaperPreview()
        column.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        column.addStretch(1)
        self._paper.setWidget(inside)
        return self._paper

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("Settings")

    @property
    def context(self) -> str:
        return self.words.say(next(title for page, _, title in PAGES if page == self._page))

    def retranslate(self) -> None:
        say = self.words.say
        self._save.setText(say("Save"))
        self._drop.setText(say("Drop changes"))
        self._test.setText(say("Try the printer"))
        self._back.setText(say("Back"))
        self.field.set_words(say("Search the settings"))
        self.banner.close_button.set_name(say("Dismiss"))
        self.empty.set_words(say("No setting is called that"), say("Try another word for it."))
        for (page, _, title), action in zip(PAGES, self._page_keys, strict=True):
            self.pages[page].set_text(say(title))
            action.setText(say(title))
        self.people.set_words(self.words)
        self.tests.set_words(self.words)
        self.keys.set_words(self.words)
        self.logo.set_words(self.words)
        if self._entered:
            self._build_rows()

    def leave(self) -> None:
        self._entered = False

    def enter(self) -> None:
        self._entered = True
        self._typed = {}
        self.logo.forget()
        self.field.clear()
        self.banner.hide()
        self.people.turn_to("staff")
        self.people.load()
        self._build_rows()

    def turn_to(self, page: str) -> None:
        """Another page; what is typed stays."""
        self._page = page
        self.tests.begin()
        self.field.clear()
        self.banner.hide()
        self._build_rows()
        self.focus_entry()
        self.frame_changed.emit()

    def _clicked(self, page: str, _checked: bool = False) -> None:
        self.turn_to(page)

    def _clear_or_leave(self) -> None:
        if self.field.text:
            self.turn_to(self._page)
        else:
            self.back_wanted.emit()

    def take_badge(self, badge: str) -> bool:
        """On the page of the people a badge is given to who is chosen."""
        if self._page == DEVICES and self.tests.take_badge():
            return True
        if self._page != PEOPLE or self.field.text:
            return False
        self.people.give_badge(badge)
        return True

    def take_scan(self, code: str) -> bool:
        return self._page == DEVICES and self.tests.take_scan(code)

    # The cards.

    def entries(self) -> list[Entry]:
        """Every setting there is, the shop's and the machine's."""
        currency = self._workstation.desk.rules.currency
        rules = [entry_of_rule(view, currency, self.words) for view in self._workstation.shop_settings.view()]
        return rules + [entry_of_machine(view, self.words) for view in self._workstation.machine_settings.view()]

    def _build_rows(self) -> None:
        word = fold(self.field.text.strip())
        shown = [
            entry
            for entry in self.entries()
            if (word in fold(f"{entry.label} {entry.meaning} {entry.name}") if word else entry.page == self._page)
        ]
        inside = QWidget()
        set_ground(inside, "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        self.rows = []
        with_logo = word in fold(self.logo.said()) if word else self._page == RECEIPT
        # It outlives the cards around it: a path half typed stays.
        self.logo.setParent(inside if with_logo else self)
        self.logo.setVisible(with_logo)
        if with_logo:
            column.addWidget(self.logo)
        for entry in shown:
            row = SettingRow(entry, self.words)
            if entry.name in self._typed:
                row.put(self._typed[entry.name])
            row.edited.connect(partial(self._row_edited, row))
            column.addWidget(row)
            self.rows.append(row)
        column.addStretch(1)
        self._scroll.setWidget(inside)
        people, keys = (self._page == page and not word for page in (PEOPLE, KEYS))
        if keys:
            self.keys.load()
            shown = []
        visible: dict[QWidget, bool] = {
            self._scroll: bool(shown) or with_logo,
            self.empty: not shown and not with_logo and not people and not keys,
            self.people: people,
            self.keys: keys,
            self.tests: self._page == DEVICES and not word,
            self._paper: self._page == RECEIPT and not word,
        }
        # What goes makes room first: the window never grows for both at once.
        for widget, shows in sorted(visible.items(), key=lambda each: each[1]):
            widget.setVisible(shows)
        for page, button in self.pages.items():
            button.setChecked(page == self._page and not word)
        self._test.setEnabled(self._page == DEVICES)
        self._test.setVisible(self._page == DEVICES)
        self._show_changes()

    def _row_edited(self, row: SettingRow) -> None:
        if row.unsaved:
            self._typed[row.entry.name] = row.text
        else:
            self._typed.pop(row.entry.name, None)
        self._show_changes()

    def _show_changes(self) -> None:
        describe_rest(self, self.words)
        count = self._changes
        self._save.setEnabled(bool(count))
        self._drop.setEnabled(bool(count))
        words = self.words
        self.save_button.set_detail(
            words.count("{n} change", "{n} changes", count) if count else words.say("no changes")
        )
        self.save_button.setVisible(self._page not in (PEOPLE, KEYS) or bool(count))
        if self._page == RECEIPT:
            sample = sample_receipt(self._workstation.desk, self._values(of_shop=True), self.logo.change)
            if not isinstance(sample, Refused):
                self.preview.show_document(sample)

    @property
    def _changes(self) -> int:
        return len(self._typed) + (self.logo.change is not None)

    def _values(self, *, of_shop: bool) -> dict[str, Value]:
        known = {entry.name: entry for entry in self.entries() if entry.of_shop is of_shop}
        return {name: known[name].read(text) for name, text in self._typed.items() if name in known}

    # What is done.

    def save(self) -> None:
        """Put what was typed in force: first the machine's, since a printer may not answer, then the shop's."""
        if self.working.busy or (self.logo.unread and not self.logo.look()):
            return
        desk, machine = self._workstation.machine_settings, self._machine_values()
        self._saving = _Saving(machine, self._changes, self._undo_of())
        if any(name.startswith(PRINTER) for name in machine):
            # The printer is asked first, and may take seconds to answer.
            self.banner.show_message(self.words.say("Asking the printer…"))
            self.working.begin(lambda _: desk.change(machine))
            return
        try:
            answer = desk.change(machine) if machine else None
        except KnownError as error:
            self._failed(error)
            return
        self._save_rest(answer)

    def _failed(self, error: KnownError) -> None:
        self.banner.show_message(self.words.trouble(error), "", "bad")

    def _save_rest(self, answer: object) -> None:
        """What the machine's settings became, then the shop's."""
        machine, count, undo = self._saving
        try:
            if not isinstance(answer, Refused):
                rules = self._values(of_shop=True)
                # What is written already is not asked for again where the rules are refused.
                self._typed = {name: text for name, text in self._typed.items() if name not in machine}
                refused = self._workstation.shop_settings.change(rules) if rules else None
                answer = refused if isinstance(refused, Refused) else self._keep_logo(rules)
        except KnownError as error:
            self._failed(error)
            return
        if isinstance(answer, Refused):
            self.banner.show_message(self.words.refusal(answer), "", "warn")
            self._lead_to_fault()
            return
        if "sounds" in machine:
            self._fittings.sounds.enabled = bool(machine["sounds"])
        said = self.words.count("Saved: {n} change.", "Saved: {n} changes.", count)
        if machine:
            said = self.words.say("Saved. The machine's settings hold from the next start.")
        self._typed = {}
        self.banner.hide()
        self._build_rows()
        self.done.emit(said, undo, "")

    def _lead_to_fault(self) -> None:
        """Where a table has a row that is no rule, the focus goes there."""
        if any(row.table is not None and row.table.show_fault() for row in self.rows):
            focused = QApplication.focusWidget()
            if focused is not None:
                self._scroll.ensureWidgetVisible(focused)

    def _undo_of(self) -> Callable[[], None]:
        """What puts back in force what is in force now, for everything that is about to be saved."""
        names, logo = set(self._typed), self.logo.before()
        before = {entry.name: entry.value for entry in self.entries() if entry.name in names}

        def undo() -> None:
            self._typed = dict(before)
            self.logo.change = logo
            self.save()

        return undo

    def _keep_logo(self, saved: Mapping[str, Value]) -> Refused | None:
        self._typed = {name: text for name, text in self._typed.items() if name not in saved}
        answer = self.logo.keep()
        return answer if isinstance(answer, Refused) else None

    def drop(self) -> None:
        """Forget what was typed and not saved."""
        self._typed = {}
        self.logo.forget()
        self.banner.hide()
        self._build_rows()

    def _machine_values(self) -> dict[str, str | int]:
        return {name: _scalar(value) for name, value in self._values(of_shop=False).items()}


def _scalar(value: Value) -> str | int:
    return "\n".join(value) if isinstance(value, tuple) else value
