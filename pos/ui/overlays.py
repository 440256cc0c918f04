"""What may lie over a screen, one at a time: the palette, help. The screen's keys sleep meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from pos.domain.staff import Permission
from pos.ui.customers import screen as customers
from pos.ui.help import sheet as help_sheet
from pos.ui.journal import screen as journal
from pos.ui.messages import MessagesSheet
from pos.ui.palette import sheet as palette_sheet
from pos.ui.palette.actions import entries_of
from pos.ui.palette.entries import Entry, Group, words_of
from pos.ui.palette_sources import customers_found, items_found, receipts_found
from pos.ui.places import CUSTOMERS, JOURNAL, RETURNS
from pos.ui.returns import screen as returns
from pos.ui.shared import approval_sheet as late_approval_sheet
from pos.ui.shared.described import describe_rest
from pos.ui.shared.overlay import Overlay
from pos.wording import Wording

if TYPE_CHECKING:
    from pos.ui.shared.screen import Asker, Screen
    from pos.ui.shell import Shell
    from pos.workstation import Workstation


_Kind = TypeVar("_Kind", bound=Overlay)


class Overlays(QObject):
    """Opens and closes what lies over the shell's screen; each is built when it is first opened."""

    def __init__(self, shell: Shell, workstation: Workstation, words: Wording) -> None:
        super().__init__(shell)
        self._shell = shell
        self._workstation = workstation
        self._words = words
        self._built: list[Overlay] = []
        self._askers: list[tuple[Screen, Asker]] = []

    @cached_property
    def palette(self) -> palette_sheet.Palette:
        return self._kept(palette_sheet.Palette(self._words, self._shell))

    @cached_property
    def help(self) -> help_sheet.HelpSheet:
        return self._kept(help_sheet.HelpSheet(self._shell))

    @cached_property
    def messages(self) -> MessagesSheet:
        return self._kept(MessagesSheet(self._shell))

    @cached_property
    def approval(self) -> late_approval_sheet.ApprovalSheet:
        sheet = self._kept(late_approval_sheet.ApprovalSheet(self._shell))
        sheet.answered.connect(self._answered)
        return sheet

    def _kept(self, overlay: _Kind) -> _Kind:
        self._built.append(overlay)
        describe_rest(overlay, self._words)
        overlay.closed.connect(self._closed)
        return overlay

    def take_in(self, screen: Screen) -> None:
        """A screen that stands now may ask for an approval."""
        asker = screen.asker or screen.signing
        if asker is not None:
            self._askers.append((screen, asker))
            asker.asks.connect(self._ask)
            asker.refused.connect(lambda said: self.approval.refuse(said))
            asker.answered.connect(lambda: self.approval.close_overlay())

    @property
    def asks_approval(self) -> bool:
        """Whether somebody is being asked to agree."""
        return self.shown is not None and isinstance(self.shown, late_approval_sheet.ApprovalSheet)

    def take_badge(self, badge: str) -> bool:
        """A badge where somebody is asked to agree; False where nobody is."""
        return self.asks_approval and self.approval.take_badge(badge)

    @property
    def shown(self) -> Overlay | None:
        return next((overlay for overlay in self._built if not overlay.isHidden()), None)

    def set_words(self, words: Wording) -> None:
        self._words = words
        self.close_all()
        for overlay in self._built:
            if isinstance(overlay, palette_sheet.Palette):
                overlay.set_words(words)

    def close_all(self) -> None:
        """A scan, a lock or another screen: nothing stays above it."""
        for overlay in self._built:
            overlay.close_overlay()

    def toggle_palette(self) -> None:
        if not self.palette.isHidden():
            self.palette.close_overlay()
            return
        # Before the screen's keys fall asleep: what is asleep cannot say what it could do.
        entries = self._actions()
        self._cover()
        self.palette.open_with([*entries, *self._people()], [self._items, self._customers, self._receipts])

    def toggle_help(self) -> None:
        """The page and the keys of the screen that shows; of the palette, while that is open."""
        if not self.help.isHidden():
            self.help.close_overlay()
            return
        shown = self._shell.screen_shown
        over = self.shown
        name = shown.name if over is None else over.objectName()
        self._cover()
        self.help.open_for(name, self._words, shown.actions(), self._shell.actions())

    def toggle_messages(self) -> None:
        """Everything that was said since this sign-on."""
        if not self.messages.isHidden():
            self.messages.close_overlay()
            return
        self._cover()
        self.messages.open_for(self._shell.messages.kept, self._words)

    def _ask(self, view: late_approval_sheet.AskView) -> None:
        """Somebody else has to agree, on this screen."""
        self._cover()
        self.approval.ask(view, self._words)

    def _answered(self, answered: late_approval_sheet.Answered) -> None:
        """The answer goes to the screen that asked."""
        for screen, asker in self._askers:
            if self._shell.screen_shown is screen:
                asker.answer(answered)

    def help_on(self, screen: Screen) -> None:
        """Give a screen outside the shell its F1."""
        sheet: help_sheet.HelpSheet | None = None

        def toggle() -> None:
            nonlocal sheet
            if sheet is None:
                sheet = help_sheet.HelpSheet(screen)
                sheet.closed.connect(wake)
                describe_rest(sheet, screen.words)
            if sheet.isHidden():
                screen.set_covered(True)
                sheet.open_for(screen.name, screen.words, screen.actions(), ())
            else:
                sheet.close_overlay()

        def wake() -> None:
            screen.set_covered(False)
            screen.focus_entry()

        key = QAction(screen)
        key.setObjectName(f"{screen.name}.keys.help")
        key.setShortcut(QKeySequence("F1"))
        key.triggered.connect(toggle)
        screen.addAction(key)

    def _cover(self) -> None:
        self.close_all()
        self._shell.person.close_panel()
        self._shell.screen_shown.set_covered(True)

    def _closed(self) -> None:
        self._shell.screen_shown.set_covered(False)
        self._shell.screen_shown.focus_entry()

    # What the palette finds.

    def _actions(self) -> list[Entry]:
        """The screen's own first, then the ways on, then what other places offer."""
        shown = self._shell.screen_shown
        found = entries_of(shown.actions(), shown.title, self._trigger)
        found += entries_of(self._shell.actions(), "", self._trigger)
        for place in self._shell.places:
            screen = self._shell.visited.get(place.name)
            if screen is not None and screen is not shown:
                found += entries_of(screen.actions(), screen.title, self._leading(place.name, screen), sleeping=True)
        return found

    @staticmethod
    def _trigger(action: QAction) -> Callable[[], None]:
        return action.trigger

    def _leading(self, place: str, screen: Screen) -> Callable[[QAction], Callable[[], None]]:
        """Go to the action's place first; there it may turn out that it cannot be done just now."""

        def run(action: QAction) -> Callable[[], None]:
            def lead() -> None:
                self._shell.open_place(place)
                if self._shell.screen_shown is screen and action.isEnabled():
                    action.trigger()
                    return
                said = self._words.say("“{action}” is not possible just now.", action=action.text())
                self._shell.tell(said, "", "warn")

            return lead

        return run

    def _items(self, query: str) -> list[Entry]:
        operator = self._workstation.sign_on.operator
        if operator is None or not operator.may(Permission.SELL):
            return []
        return items_found(self._workstation, self._words, query, self._ring_up)

    def _customers(self, query: str) -> list[Entry]:
        return customers_found(self._workstation, self._words, query, self._open_customer)

    def _open_customer(self, customer: str) -> None:
        self._shell.open_place(CUSTOMERS)
        shown = self._shell.screen_shown
        if isinstance(shown, customers.CustomersScreen):
            shown.show_customer(customer)

    def _receipts(self, query: str) -> list[Entry]:
        return receipts_found(self._workstation, self._words, query, self.open_receipt)

    def open_receipt(self, number: str) -> None:
        """The journal with this receipt, where the operator may see it."""
        self._shell.open_place(JOURNAL)
        shown = self._shell.screen_shown
        if isinstance(shown, journal.JournalScreen):
            shown.open_receipt(number)

    def open_return(self, number: str) -> None:
        """Returns with the purchase of this number, where the operator may take goods back."""
        self._shell.open_place(RETURNS)
        shown = self._shell.screen_shown
        if isinstance(shown, returns.ReturnsScreen):
            shown.open_purchase(number)

    def _ring_up(self, item: str) -> None:
        self._shell.open_place("sell")
        if self._shell.screen_shown is self._shell.sell:
            self._shell.sell.picks.item_picked.emit(item)

    def _people(self) -> list[Entry]:
        """Everybody else of the staff: choosing one locks the till and asks for that person's PIN."""
        here = self._workstation.sign_on.operator
        return [
            Entry(
                Group.PEOPLE,
                view.operator.name,
                partial(self._shell.person_wanted.emit, view.operator.id),
                icon="person",
                detail=self._words.say("Sign in as {role}", role=self._words.role_of(view.operator)),
                words=words_of(view.operator.name, view.operator.id),
            )
            for view in self._workstation.sign_on.staff()
            if here is None or view.operator.id != here.id
        ]
