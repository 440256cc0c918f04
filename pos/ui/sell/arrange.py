"""The quick keys as the shop arranged them, and arranging the page that shows, in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout

from pos.domain.item import Item
from pos.domain.quick_keys import COLOURS, KEYS_MAX, LABEL_MAX, KeyKind, KeyPage, QuickKey
from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError
from pos.ui.sell import note_panel as late_note_panel
from pos.ui.sell.choice_panel import ChoicePanel
from pos.ui.sell.picks import KEYS, PickPanel
from pos.ui.sell.side import Side, SidePanel
from pos.ui.sell.summary import pages_of
from pos.ui.sell.teller import Teller
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.item_icons import ICONS
from pos.ui.shared.keys import key_name
from pos.ui.shared.screen import Screen
from pos.workstation import Workstation


class ArrangePanel(ChoicePanel):
    """Every step is kept at once, journalled, and taken back by Ctrl Z while this is open; who may not arrange is told
    so. A scan adds its item to the page.
    """

    def __init__(
        self, screen: Screen, side: Side, teller: Teller, workstation: Workstation, clear: Callable[[], None]
    ) -> None:
        super().__init__("arrange", "apps")
        self._side, self._teller, self.workstation, self._clear = side, teller, workstation, clear
        self._view = workstation.quick_keys.view()
        self._items: dict[str, Item] = {}
        self._page = 0
        self._before: list[tuple[KeyPage, ...]] = []
        self.key = screen.add_key("arrange", "Alt+K", self.begin, in_key_bar=False)
        self._doings: dict[str, tuple[ActionButton, QAction | None]] = {}
        self._build(screen)
        self.earlier, self.later, self.colour, self.icon, self.page, self.remove = (
            self._doings[name][0] for name in ("earlier", "later", "colour", "icon", "page", "remove")
        )
        self._naming: Callable[[str], None] = self._rename
        self.chosen.connect(self._choose)

    def _build(self, screen: Screen) -> None:
        """Two rows of what can be done with the key that is chosen, and with its page."""
        doings: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("earlier", "Alt+Up", lambda: self._move(-1)),
            ("later", "Alt+Down", lambda: self._move(1)),
            ("colour", "Alt+P", self._paint),
            ("icon", "Alt+I", self._ask_icon),
            ("page", "Alt+G", self._ask_page),
            ("remove", "Del", self.erase),
        )
        row = QHBoxLayout()
        for number, (name, key, does) in enumerate(doings):
            if number % 3 == 0:
                row = QHBoxLayout()
                row.setSpacing(8)
                self.column.addLayout(row)
            button = ActionButton("", kind="danger" if name == "remove" else "outlined", key=key_name(key))
            button.setObjectName(f"sell.arrange.{name}")
            button.clicked.connect(lambda _=False, does=does: does())
            row.addWidget(button, 1)
            # Del is the screen's own already.
            action = None if name == "remove" else screen.add_key(f"key_{name}", key, does, in_key_bar=False)
            self._doings[name] = (button, action)

    @cached_property
    def icons(self) -> ChoicePanel:
        panel = ChoicePanel("key_icon", "apps")
        panel.chosen.connect(self._give_icon)
        return panel

    @cached_property
    def pages(self) -> ChoicePanel:
        panel = ChoicePanel("key_page", "apps")
        panel.chosen.connect(self._do_with_page)
        return panel

    @cached_property
    def name_panel(self) -> late_note_panel.NotePanel:
        panel = late_note_panel.NotePanel("page_name")
        panel.written.connect(self._name_page)
        return panel

    @property
    def panels(self) -> tuple[SidePanel, ...]:
        return self, self.icons, self.pages, self.name_panel

    @property
    def _arranging(self) -> bool:
        return self._side.panel in self.panels

    @property
    def can_undo(self) -> bool:
        return bool(self._before) and self._arranging

    def undo(self) -> bool:
        """Take back the last step; False where none was made since the arranging began."""
        if not self.can_undo:
            return False
        before = self._before.pop()
        if not self._put(before, 0):
            self._before.append(before)
        return True

    def show_tiles(self, picks: PickPanel) -> None:
        """Bring the tiles up to date."""
        self._picks, words = picks, self._teller.words
        picks.show_pages(pages_of(self._view.pages, self._read, self.workstation, words), words.say("Keypad"))
        self.key.setText(words.say("Arrange the quick keys"))

    def _read(self, wanted: Sequence[str]) -> dict[str, Item]:
        """The items of these keys, each read once as long as the keys stay as they are."""
        new = [item for item in wanted if item not in self._items]
        if new:
            try:
                self._items |= self.workstation.quick_keys.items(new)
            except KnownError as error:
                self._teller.say_no(self._teller.words.trouble(error))
        return self._items

    def begin(self) -> None:
        """Arrange the page that shows."""
        self._clear()
        self._before = []
        self._page = self._picks.page
        self._open(0)

    def _open(self, chosen: int) -> None:
        """Show the keys of the page, that one chosen."""
        self._say_words()
        self._offer(chosen)
        self._side.open_panel(self, lambda: self._open(self._chosen))

    def _from_keys(self, ask: Callable[[], None]) -> None:
        """Ask what is asked from the list of keys."""
        self._open(self._chosen)
        ask()

    def _say_words(self) -> None:
        words = self._teller.words
        for panel in self.panels:
            panel.retranslate(words)
        for name, text in (
            ("earlier", words.say("Up")),
            ("later", words.say("Down")),
            ("colour", words.say("Colour")),
            ("icon", words.say("Icon")),
            ("page", words.say("Page")),
            ("remove", words.say("Remove")),
        ):
            self._doings[name][0].set_text(text)

    def take_scan(self, code: str) -> bool:
        item = self.workstation.catalogue.find(code)
        if item is None:
            self._teller.refuse(Refused(Code.ITEM_UNKNOWN, {"code": code[:40]}))
        else:
            self.add_item(item.id)
        return True

    def add_item(self, item_id: str) -> None:
        """One more key at the end of the page; one that is there is chosen."""
        keys = self._keys()
        if all(key.target != item_id for key in keys):
            keys.append(QuickKey(KEYS_MAX, KeyKind.ITEM, item_id))
            self._keep(keys, len(keys) - 1)
        else:
            self._offer([key.target for key in keys].index(item_id))

    def confirm(self) -> None:
        """Enter takes nothing here: each step is kept already."""

    def erase(self) -> bool:
        keys = self._keys()
        if keys:
            del keys[self._chosen]
            self._keep(keys, max(self._chosen - 1, 0))
        return True

    def _choose(self, target: str) -> None:
        self._chosen = [key.target for key in self._keys()].index(target)
        self.step(0)
        self.used.emit()

    def _move(self, by: int) -> None:
        keys, at = self._keys(), self._chosen
        if self._side.panel is self and keys and 0 <= at + by < len(keys):
            keys[at], keys[at + by] = keys[at + by], keys[at]
            self._keep(keys, at + by)

    def _paint(self) -> None:
        """The next colour of those a key may have."""
        keys = self._keys()
        if self._side.panel is self and keys:
            before = keys[self._chosen]
            colour = COLOURS[(COLOURS.index(before.colour) + 1) % len(COLOURS)]
            keys[self._chosen] = replace(before, colour=colour)
            self._keep(keys, self._chosen)

    def _keys(self) -> list[QuickKey]:
        pages = self._view.pages
        return sorted(pages[self._page].keys, key=lambda key: key.position) if self._page < len(pages) else []

    # Icons.

    def _ask_icon(self) -> None:
        """Which icon stands on the key that is chosen."""
        keys, say = self._keys(), self._teller.words.say
        if self._side.panel is not self or not keys:
            return
        choices = [("", say("As the item has it")), *((icon, say(said)) for icon, said in ICONS.items())]
        self.icons.set_title(say("Icon"), self._named(keys[self._chosen]))
        now = [icon for icon, _ in choices]
        icon = keys[self._chosen].icon
        self.icons.offer("", [(*one, "") for one in choices], chosen=now.index(icon) if icon in now else 0)
        for button, (name, _) in zip(self.icons.buttons, choices, strict=True):
            button.set_icon(name or "inventory_2")
        self._side.open_panel(self.icons, lambda: self._from_keys(self._ask_icon))

    def _give_icon(self, icon: str) -> None:
        keys = self._keys()
        keys[self._chosen] = replace(keys[self._chosen], icon=icon)
        self._keep(keys, self._chosen)
        self._open(self._chosen)

    # Pages.

    def _ask_page(self) -> None:
        """What is to become of the page."""
        if self._side.panel is not self:
            return
        say = self._teller.words.say
        self.pages.set_title(say("Page"), self._page_name())
        choices = [("rename", say("Rename the page")), ("add", say("Add a page"))]
        choices += [("remove", say("Remove the page"))] if len(self._view.pages) > 1 else []
        self.pages.offer("", [(*one, "") for one in choices], chosen=0)
        self._side.open_panel(self.pages, lambda: self._from_keys(self._ask_page))

    def _do_with_page(self, doing: str) -> None:
        if doing == "remove":
            pages = [page for at, page in enumerate(self._named_pages()) if at != self._page]
            self._page = 0
            self._go_on(self._step(pages))
            return
        words = self._teller.words
        self._naming = self._rename if doing == "rename" else self._add_page
        old = self._page_name() if doing == "rename" else ""
        self.name_panel.begin((words.say("Name of the page"), old), old, words)
        self.name_panel.field.set_words(words.say("Name of the page"))
        self.name_panel.keep.set_text(words.say("Keep"))
        self.name_panel.sentence.setText(words.say("Up to {n} characters.", n=LABEL_MAX))
        self.name_panel.field.edit.setMaxLength(LABEL_MAX)
        self._side.open_panel(self.name_panel, lambda: self._from_keys(lambda: self._do_with_page(doing)))

    def _name_page(self, name: str) -> None:
        self._naming(" ".join(name.split()))

    def _rename(self, name: str) -> None:
        pages = self._named_pages()
        pages[self._page] = replace(pages[self._page], name=name)
        self._go_on(self._step(pages))

    def _add_page(self, name: str) -> None:
        pages = [*self._named_pages(), KeyPage(name)]
        before, self._page = self._page, len(pages) - 1
        done = self._step(pages)
        if not done:
            self._page = before
        self._go_on(done)

    def _go_on(self, done: bool) -> None:
        """Back to the keys, of the page that was spoken of; a no leaves the panel where it was said."""
        if done:
            self._open(self._chosen)
            self._picks.turn_to(f"{KEYS}{self._page or ''}")

    # What is kept.

    def _page_name(self) -> str:
        pages = self._view.pages
        name = pages[self._page].name if self._page < len(pages) else ""
        return name or self._teller.words.say("Quick keys")

    def _named_pages(self) -> list[KeyPage]:
        """The pages as they are kept: what sells best has a name, too, once it is the shop's own."""
        words = self._teller.words
        pages = [replace(page, name=page.name or words.say("Quick keys")) for page in self._view.pages]
        return pages or [KeyPage(words.say("Quick keys"))]

    def _keep(self, keys: list[QuickKey], chosen: int) -> None:
        placed = tuple(replace(key, position=place) for place, key in enumerate(keys, start=1))
        pages = self._named_pages()
        pages[self._page] = replace(pages[self._page], keys=placed)
        self._step(pages, chosen)

    def _step(self, pages: Sequence[KeyPage], chosen: int = 0) -> bool:
        """One step more that can be taken back."""
        # What followed from the sales follows from them again.
        before = self._view.pages if self._view.own else ()
        if not self._put(pages, chosen):
            return False
        self._before.append(before)
        self._side.turned.emit()
        return True

    def _put(self, pages: Sequence[KeyPage], chosen: int) -> bool:
        try:
            view = self.workstation.quick_keys.arrange(pages)
        except KnownError as error:
            self._teller.say_no(self._teller.words.trouble(error))
            return False
        if isinstance(view, Refused):
            self._teller.refuse(view)
            return False
        self._view = view
        self._items = {}
        self._page = min(self._page, max(len(view.pages) - 1, 0))
        self.show_tiles(self._picks)
        self._offer(chosen)
        self._side.turned.emit()
        return True

    def _named(self, key: QuickKey) -> str:
        item = self._read([key.target]).get(key.target)
        return key.label or (key.target if item is None else item.name_in(self._teller.words.language))

    def _offer(self, chosen: int) -> None:
        words, keys = self._teller.words, self._keys()
        self._read([key.target for key in keys])
        self.set_title(words.say("Arrange the quick keys"), self._page_name())
        self.offer(
            words.say("Scan an item to add it here."),
            [(key.target, self._named(key), "") for key in keys],
            chosen=min(chosen, max(len(keys) - 1, 0)),
        )
