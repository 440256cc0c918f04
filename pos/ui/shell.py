"""The shell: rail, top bar and key bar around one screen at a time.

It leads from screen to screen, since screens do not know each other. Which places there are stands in `places`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.scanned_code import BadgeCode
from pos.domain.staff import Operator, badge_of
from pos.domain.trouble import KnownError
from pos.services.paperwork import PaperView
from pos.ui.device_board import DeviceBoard
from pos.ui.device_panel import DevicePanel
from pos.ui.fittings import Fittings
from pos.ui.key_map import KeyMap
from pos.ui.lead_ways import follow_lead
from pos.ui.lock.screen import LockScreen
from pos.ui.messages import Messages
from pos.ui.more.screen import MoreEntry, MoreScreen
from pos.ui.overlays import Overlays
from pos.ui.person_panel import PersonPanel
from pos.ui.places import MORE, PLACES, SELL, Place, one_room, places_for
from pos.ui.printing import Printing
from pos.ui.receipt_scans import ReceiptScans
from pos.ui.regions import next_region
from pos.ui.sale_road import RoadScreens, SaleRoad
from pos.ui.second_papers import SecondPapers
from pos.ui.shared.described import describe_rest
from pos.ui.shared.key_bar import KeyBar
from pos.ui.shared.notices import BannerKind, set_ground
from pos.ui.shared.rail import Rail, RailEntry
from pos.ui.shared.room import Pages
from pos.ui.shared.screen import Screen
from pos.ui.shared.top_bar import TopBar
from pos.ui.shell_keys import ShellKeys
from pos.ui.till_banner import TillBanner
from pos.ui.told_first import tell_failed_backup, tell_recovered
from pos.wording import Wording


class Shell(QWidget, RoadScreens):
    """The workplace of who is signed in.

    Signals: locked() nobody is at the till, the basket is kept; language_chosen(str); theme_toggled();
    close_wanted(); person_wanted(str) somebody of the staff is to sign in here; measured() the printer answered.
    """

    locked = Signal()
    language_chosen = Signal(str)
    theme_toggled = Signal()
    close_wanted = Signal()
    person_wanted = Signal(str)
    measured = Signal()

    def __init__(self, fittings: Fittings, *, recovered: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_ground(self, "bg")
        self._workstation = fittings.workstation
        self._words = fittings.words
        self._recovered = recovered
        self.printing = Printing(self._workstation.paperwork, self)
        self.devices = DeviceBoard(self._workstation, self.printing, fittings.sounds, self._words, self)
        self.key_map = KeyMap(fittings.settings.keys, self._build_places)
        self._fittings = fittings = replace(fittings, printing=self.printing, keys=self.key_map, devices=self.devices)
        self.papers = SecondPapers(self._workstation, fittings.settings, self.printing, self._words, self)
        self.stack = Pages(self)
        self.road = SaleRoad(fittings, self.printing, self.stack)
        self.sell = self.road.sell
        self.more = MoreScreen(fittings.words)
        self.lock_screen = LockScreen(fittings.words, fittings.workstation, fittings.sounds)
        self.visited: dict[str, Screen] = {SELL: self.sell, MORE: self.more}
        self.places: tuple[Place, ...] = ()
        self._came_from: Screen = self.sell
        self._build()
        self._make_keys()
        self.messages.follow(self.above.banner)
        for screen in (self.sell, self.more):
            self._take_in(screen)
        self._connect()
        self._say(self._words)

    def _build(self) -> None:
        self.rail = Rail()
        self.top_bar = TopBar()
        self.key_bar = KeyBar()
        self.above = TillBanner()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.above)
        column.addWidget(self.stack, 1)
        column.addWidget(self.key_bar)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.person = PersonPanel(self)
        self.device_panel = DevicePanel(self, self.devices)
        desk = self._workstation.desk
        self.messages = Messages(self.stack, lambda: desk.local(desk.now()))
        self.overlays = Overlays(self, self._workstation, self._words)
        self.receipts = ReceiptScans(self._workstation, lambda: self.screen_shown, self.open_place, self.tell)

    def _take_in(self, screen: Screen) -> None:
        self.stack.addWidget(screen)
        self.key_map.apply([*screen.actions(), *self.actions()])
        self.messages.follow(screen)
        self.overlays.take_in(screen)
        columns = screen.columns or screen.layout()
        if self._fittings.settings.left_handed and isinstance(columns, QHBoxLayout):
            # The words keep their direction; only the columns change places.
            columns.setDirection(QHBoxLayout.Direction.RightToLeft)
        screen.place_wanted.connect(self.open_place)
        screen.receipt_wanted.connect(self.overlays.open_receipt)
        screen.return_wanted.connect(self.overlays.open_return)
        screen.back_wanted.connect(self.go_back)
        screen.paper_wanted.connect(self.papers.give)
        screen.frame_changed.connect(lambda: self._frame() if self.screen_shown is screen else None)

    def _make_keys(self) -> None:
        self._keys = ShellKeys(self)
        for name, key, trigger in (
            ("help", "F1", self.overlays.toggle_help),
            ("region", "Ctrl+F6", self._next_region),
            ("palette", "Ctrl+K", self.overlays.toggle_palette),
            ("messages", "Ctrl+J", self.overlays.toggle_messages),
            ("lock", "Ctrl+L", self.lock),
            ("reprint", "Ctrl+R", self.papers.print_last),
            ("customer", "Ctrl+Shift+P", self.devices.play_customer),
            ("person", "Alt+U", self._open_person),
            ("end", "Ctrl+Q", self.close_wanted.emit),
        ):
            self._keys.add(name, key, trigger)
        self._keys.show("customer", shown=self._workstation.card_terminal.plays_customer)
        self._keys.add_places(PLACES, self.open_place)
        self.sell.idle.lead(self._keys.action("reprint"))

    def _connect(self) -> None:
        self.rail.chosen.connect(self.open_place)
        self.rail.lock.connect(lambda: self.lock())
        self.more.chosen.connect(self.open_place)
        self.top_bar.person_chosen.connect(self._open_person)
        self.top_bar.palette_chosen.connect(self.overlays.toggle_palette)
        self.top_bar.device_chosen.connect(self._device)
        self.person.language_chosen.connect(self.language_chosen)
        self.person.theme_toggled.connect(self.theme_toggled)
        self.person.lock_wanted.connect(lambda: self.lock())
        self.person.close_wanted.connect(self.close_wanted)
        self.person.closed.connect(lambda: self.screen_shown.focus_entry())
        self.device_panel.closed.connect(lambda: self.screen_shown.focus_entry())
        self.device_panel.place_wanted.connect(self.open_place)
        self.road.wanted.connect(self._go)
        self.sell.receipt_scanned.connect(lambda code: self.receipts.open(code, self._words))
        self.sell.side.turned.connect(lambda: describe_rest(self.sell.side, self._words))
        self.road.told.connect(lambda sentence: self.tell(sentence, "", "warn"))
        self.road.built.connect(self._take_in)
        self.road.built.connect(lambda _: self._show_devices())
        self.road.terminal_is.connect(self.devices.set_terminal)
        self.road.tax_document_wanted.connect(self.papers.make_out)
        self.road.noted.connect(lambda sentence: self.tell(sentence, "", "ok"))
        self.papers.told.connect(self.tell)
        self.printing.paper.connect(self._paper)
        self.devices.changed.connect(self._show_devices)
        self.devices.measured.connect(self._measured)
        self.devices.told.connect(self.tell)
        self.devices.past.connect(lambda title: self.above.untell(self.screen_shown.notices, title))
        self.printing.trouble.connect(self._trouble)

    @property
    def screens(self) -> tuple[Screen, ...]:
        """Every screen that was built so far."""
        return tuple(cast("Screen", self.stack.widget(at)) for at in range(self.stack.count()))

    @property
    def screen_shown(self) -> Screen:
        """The screen the cashier is at."""
        return cast("Screen", self.stack.currentWidget())

    # What the window tells it.

    def begin(self, operator: Operator) -> None:
        """Somebody signed in: on to the till, or to the sale that is open."""
        self.messages.begin()
        self._show_person(operator)
        self._show_places(operator)
        self._go(self.road.beginning)
        self.road.build_ahead()
        tell_failed_backup(self, self._workstation.desk, operator, self._words)
        if self._recovered and self.screen_shown.name != "open_till":
            self._recovered = False
            tell_recovered(self, self._words)

    def scanned(self, code: str) -> None:
        """A scan belongs to the screen that shows, or else to the sale."""
        if self.devices.take_scan(code):
            return
        self.person.close_panel()
        self.device_panel.close_panel()
        self.overlays.close_all()
        shown = self.screen_shown
        if not self.receipts.take(shown, code, self._words):
            self.road.take_scan(shown, code)

    def badge_in(self, code: str) -> str:
        """The badge that was scanned; empty for everything else: what the catalogue holds as it stands is an item."""
        kind = self._workstation.catalogue.kind_of(code) if badge_of(code) else None
        return kind.badge if isinstance(kind, BadgeCode) else ""

    def take_badge(self, badge: str) -> bool:
        """A badge where one is asked for, or a scan is; False where whoever holds it takes over."""
        asked = self.devices.take_badge() or self.overlays.take_badge(badge)
        return asked or self.screen_shown.take_badge(badge)

    def set_words(self, words: Wording) -> None:
        """Another language, on every screen at once."""
        self.road.set_words(words)
        self.papers.set_words(words)
        for screen in self.screens:
            screen.set_words(words)
        self._say(words)

    def _say(self, words: Wording) -> None:
        self._words = words
        self.above.set_words(words)
        self.person.retranslate(words)
        self.messages.set_words(words)
        self.overlays.set_words(words)
        self.top_bar.set_palette(words.say("Find anything or run a command"))
        self._keys.set_words(words)
        self.devices.set_words(words)
        self._show_devices()
        operator = self._workstation.sign_on.operator
        if operator is not None:
            self._show_person(operator)
            self._show_places(operator)
            self._frame()
        describe_rest(self, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.fit(self.size())

    def theme_changed(self) -> None:
        self.person.retranslate(self._words)

    def set_clock(self, time: str) -> None:
        self.top_bar.set_clock(time)

    def tell(self, title: str, detail: str = "", kind: BannerKind = "info") -> None:
        """Say something where the cashier looks, whichever screen that is."""
        self.above.tell(self.screen_shown.notices, title, detail, kind)

    def lock(self, *, idle: bool = False) -> None:
        """Lock the till; the basket stays as it is. `idle` says that nobody asked for it."""
        self.person.close_panel()
        self.device_panel.close_panel()
        self.overlays.close_all()
        try:
            self._workstation.sign_on.lock(idle=idle)
        except KnownError as error:
            self._trouble(error)
        self.locked.emit()

    def close_down(self) -> None:
        """Nothing is printed any more after this; what waits, waits in the queue."""
        self.road.errands.stop()
        self.printing.close()

    # From place to place.

    def open_place(self, name: str) -> None:
        """Lead to a place; one this operator does not see stays shut."""
        follow_lead(name, self.devices, self.road, self.receipts)
        place = next((place for place in self.places if place.name == name), None)
        if place is None:
            return
        shown = self.screen_shown
        if name == SELL:
            # An open till's road goes on where it was; a finished or an interrupted payment leads back to the sale.
            self._go(self.sell if self._workstation.tills.is_open else self.open_till)
        else:
            screen = self._screen_of(place)
            if shown is not screen and shown is not self.more and not one_room(self._place_of(shown), place):
                self._came_from = shown
            self._go(screen)

    def go_back(self) -> None:
        """To the screen that a place was opened from, or that it lies within."""
        here = self._place_of(self.screen_shown)
        if here is not None and here.within and not here.shortcut:
            self.open_place(here.within)
        else:
            self._go(self._came_from if self._came_from is not self.screen_shown else self.road.beginning)

    def _screen_of(self, place: Place) -> Screen:
        """The place's screen, built when it is first wanted."""
        if place.name not in self.visited:
            assert place.factory is not None, place.name
            screen = place.factory(self._fittings)
            screen.set_words(self._words)
            self._take_in(screen)
            self.visited[place.name] = screen
        return self.visited[place.name]

    def _build_places(self) -> None:
        self.road.build_all()
        for place in self.places:
            if place.factory is not None:
                self._screen_of(place)

    def _place_of(self, screen: Screen) -> Place | None:
        name = next((name for name, visited in self.visited.items() if visited is screen), SELL)
        return next((place for place in self.places if place.name == name), None)

    def _go(self, screen: Screen) -> None:
        self.overlays.close_all()
        self.person.close_panel()
        self.device_panel.close_panel()
        before = self.screen_shown
        if before is not screen:
            before.leave()
            self.above.hide()
            self.messages.toast.undo_is_past()
        screen.enter()
        self.stack.setCurrentWidget(screen)
        self.messages.toast.raise_()
        screen.focus_entry()
        self._frame()

    def _frame(self) -> None:
        """What the shell shows for its screen."""
        screen = self.screen_shown
        self.top_bar.set_title(screen.title, screen.context)
        self.key_bar.set_actions(screen.key_bar)
        describe_rest(screen, self._words)
        self.rail.set_dimmed(dimmed=screen.name == "pay")
        place = self._place_of(screen)
        if place is not None:
            home = next((each for each in self.places if each.name == place.within), place)
            self.rail.select(home.name if home.number else MORE)

    def _next_region(self) -> None:
        if self.overlays.shown is None:
            next_region((self.screen_shown, self.key_bar, self.rail, self.top_bar))

    def _show_places(self, operator: Operator | None) -> None:
        """The rail, More and the keys, for what this operator may see."""
        self.places = places_for(operator, PLACES)
        named = ((place, self._words.say(place.title)) for place in self.places if place.number)
        self.rail.set_entries(
            [RailEntry(place.name, place.icon, title, place.key) for place, title in named],
            RailEntry("lock", "lock", self._words.say("Lock"), "Ctrl L"),
        )
        self.more.set_entries(
            [MoreEntry(place.name, place.icon, place.title, place.meaning) for place in self.places if place.under_more]
        )
        self._keys.show_places(PLACES, self.places, self._words)

    def _open_person(self) -> None:
        if self.person.isVisible():
            self.person.close_panel()
        else:
            self.person.retranslate(self._words)
            self.person.open_below(self.top_bar.person_button)

    def _device(self, name: str) -> None:
        """A tap on a device opens its panel, below its state."""
        if (button := self.top_bar.device_button(name)) is not None:
            self.device_panel.open_below(button, name)

    # What is shown of people and devices.

    def _show_person(self, operator: Operator) -> None:
        first, *rest = operator.name.split()
        shown = f"{first} {rest[-1][0]}." if rest else first
        self.top_bar.set_person(operator.name, self._words.role_of(operator), shown)

    def _measured(self) -> None:
        if self.road.finished:
            self.printing.refresh(self.road.finished)
        self.measured.emit()

    def _show_devices(self) -> None:
        self.top_bar.set_devices(self.devices.states())
        self.road.show_drawer(is_open=self.devices.drawer.is_open, shut_first=self.devices.drawer.shut_first)

    def _paper(self, transaction_id: str, view: PaperView, tried: bool) -> None:
        self.road.show_paper(transaction_id, view, self.devices.printer, tried=tried)

    def _trouble(self, error: KnownError) -> None:
        self.tell(self._words.trouble(error), "", "bad")
