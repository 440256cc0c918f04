"""The customer's display follows the sale: it looks on, and the sale never waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QScreen

from pos.domain.names import StrEnum
from pos.domain.pricing import PricedBasket
from pos.domain.transaction import Transaction
from pos.domain.trouble import KnownError
from pos.services import shop_logo
from pos.services.sale import CompletedSale
from pos.services.terminal_state import TerminalState
from pos.speech import N_
from pos.ui.customer_display.pole import pole_lines
from pos.ui.customer_display.view import CustomerView, Shows
from pos.ui.customer_display.window import CustomerDisplay
from pos.ui.shown_to_customer import done_view, idle_view, sale_view, test_view
from pos.wording import Wording

if TYPE_CHECKING:
    from pos.ui.shell import Shell
    from pos.workstation import Workstation

# The sell screen tells of a change at once; what other screens do to the sale is seen this soon.
_LOOK_MILLISECONDS = 150
# How long the change stays readable though the cashier went on to the next sale, and how old the specials may be.
_DONE_SECONDS = 12.0
_SPECIALS_SECONDS = 60.0
_TEST_SECONDS = 5.0
_KEYS_BACK_MILLISECONDS = 100

_MOMENT = N_("Please wait a moment")
_AT_TERMINAL = N_("Follow the card terminal, please")

words_in = cache(Wording)


class DisplayState(StrEnum):
    """How the customer's display is."""

    NONE = "none"
    SHOWN = "shown"
    NO_SCREEN = "no_screen"
    SILENT = "silent"


class CustomerScreen(QObject):
    """Shows what concerns the customer in a window, on the second screen or on a pole, in the customer's language.

    Signals: changed() the state of the display is another.
    """

    changed = Signal()

    def __init__(
        self,
        shell: Shell,
        workstation: Workstation,
        kind: str,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`kind` is the machine's setting; `now` counts seconds and never goes back."""
        super().__init__(shell)
        self._shell = shell
        self._workstation = workstation
        self._kind = kind
        self._now = now
        self._seen: tuple[object, ...] = ()
        self._paid: Transaction | None = None
        self._paid_at = 0.0
        self._tested_at = -_TEST_SECONDS
        self._buyer = ("", "")
        self._sending: tuple[tuple[str, str], Future[bool]] | None = None
        self._sent = ("", "")
        self._worker: ThreadPoolExecutor | None = None
        self.state = DisplayState.NONE
        self.view = self._idle_view(words_in(workstation.desk.rules.language))
        self.window: CustomerDisplay | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MILLISECONDS)
        self._look.timeout.connect(self.look)

    def start(self) -> None:
        """Show it, if this machine has one, and follow from now on."""
        if self._kind == "none":
            return
        if self._kind == "pole":
            self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="customer-pole")
        else:
            self.window = CustomerDisplay(self.view)
            self.window.set_logo(self._logo())
            program = QGuiApplication.instance()
            if isinstance(program, QGuiApplication):
                program.screenAdded.connect(lambda _: self.place())
                program.screenRemoved.connect(lambda _: self.place())
            self.place()
        self._shell.sell.changed.connect(self.look)
        self._shell.road.completed.connect(self._completed)
        self._look.start()
        self.look()

    def show_test(self) -> None:
        """Show a picture that is no sale's, for a few seconds."""
        self._tested_at = self._now()
        self.look()

    def close(self) -> None:
        """Leave nothing on the display."""
        self._look.stop()
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)
            self._worker = None

    def place(self) -> None:
        """Put the window where the setting says; without a second screen it waits for one."""
        if self.window is None:
            return
        self.window.setWindowTitle(words_in(self._workstation.desk.rules.language).say("Customer display"))
        if self._kind == "window":
            self._bring_up(self.window)
            return
        other = self._second_screen()
        if other is None:
            self.window.hide()
            self._stand(DisplayState.NO_SCREEN)
            return
        self.window.setGeometry(other.geometry())
        # Qt's own way to fill a screen makes the window the active one, and the next scan would go nowhere.
        self.window.setWindowState(Qt.WindowState.WindowFullScreen)
        self._bring_up(self.window)

    def _bring_up(self, display: CustomerDisplay) -> None:
        """Show it, and leave the keys where they were: some desktops hand them to whatever window came last."""
        had_keys = self._shell.window().isActiveWindow()
        display.setVisible(True)
        if had_keys:
            QTimer.singleShot(_KEYS_BACK_MILLISECONDS, self, self._take_keys_back)
        self._stand(DisplayState.SHOWN)

    def _take_keys_back(self) -> None:
        if self.window is not None and self.window.isActiveWindow():
            self._shell.window().activateWindow()
            self._shell.screen_shown.focus_entry()

    def look(self) -> None:
        """Show what there is to be shown now, if that is anything else than before."""
        self._collect()
        if self._now() - self._tested_at < _TEST_SECONDS:
            self._seen = ()
            self._show(test_view(self._workstation.desk.rules, words_in(self._workstation.desk.rules.language)))
            return
        paid = self._paid_shown()
        priced = self._workstation.sale.open.priced
        wait = self._waits_for()
        shows = Shows.SALE if priced.lines and self._shell.isVisible() else Shows.DONE if paid else Shows.IDLE
        minute = int(self._now() / _SPECIALS_SECONDS) if shows is Shows.IDLE else 0
        seen: tuple[object, ...] = (shows, priced, paid, wait, minute, self._workstation.desk.rules.version)
        if len(seen) == len(self._seen) and all(a is b or a == b for a, b in zip(seen, self._seen, strict=True)):
            return
        self._seen = seen
        try:
            self._show(self._view(shows, priced, paid, wait))
        except KnownError:
            # The books cannot be read: whoever works here is told by whatever they do next.
            self._seen = ()

    def _view(self, shows: Shows, priced: PricedBasket, paid: Transaction | None, wait: str) -> CustomerView:
        rules = self._workstation.desk.rules
        if shows is Shows.SALE:
            words = self._words(priced.basket.customer)
            return sale_view(priced, rules, words, wait=words.say(wait) if wait else "")
        if shows is Shows.DONE and paid is not None:
            return done_view(paid, rules, self._words(paid.customer))
        return self._idle_view(words_in(rules.language))

    def _waits_for(self) -> str:
        """What the customer is asked for, as the source says it; empty for nothing."""
        if self._shell.devices.terminal is TerminalState.BUSY:
            return _AT_TERMINAL
        return _MOMENT if self._shell.overlays.asks_approval else ""

    def _idle_view(self, words: Wording) -> CustomerView:
        try:
            specials = self._workstation.specials.today()
        except KnownError:
            specials = None
        return idle_view(specials, self._workstation.desk.rules, words)

    def _words(self, customer: str | None) -> Wording:
        """The language of the customer where the shop knows it; asked once for each."""
        if customer is None:
            return words_in(self._workstation.desk.rules.language)
        if self._buyer[0] != customer:
            known = self._workstation.customers.get(customer)
            self._buyer = (customer, "" if known is None else known.language)
        return words_in(self._buyer[1] or self._workstation.desk.rules.language)

    def _completed(self, done: CompletedSale) -> None:
        self._paid, self._paid_at = done.transaction, self._now()
        self.look()

    def _paid_shown(self) -> Transaction | None:
        """The sale that was paid, while its screen shows and a while longer."""
        if self._paid is None or not self._shell.isVisible():
            return None
        at_it = self._shell.screen_shown.name == "done"
        return self._paid if at_it or self._now() - self._paid_at < _DONE_SECONDS else None

    def _logo(self) -> QImage | None:
        desk = self._workstation.desk
        logo = shop_logo.logo_of(desk.shop.folder, desk.rules)
        if logo is None:
            return None
        picture = QImage(logo.greys, logo.width, logo.height, logo.width, QImage.Format.Format_Grayscale8)
        # The dots belong to the logo, which goes when this is over.
        return picture.copy()

    def _second_screen(self) -> QScreen | None:
        middle = self._shell.mapToGlobal(self._shell.rect().center())
        own = QGuiApplication.screenAt(middle) or QGuiApplication.primaryScreen()
        return next((screen for screen in QGuiApplication.screens() if screen is not own), None)

    def _stand(self, state: DisplayState) -> None:
        if state is not self.state:
            self.state = state
            self.changed.emit()

    # Showing.

    def _show(self, view: CustomerView) -> None:
        self.view = view
        if self.window is not None:
            self.window.show_view(view)
        self._send()

    def _send(self) -> None:
        """Send the newest picture to the pole; what came between two is never shown."""
        lines = pole_lines(self.view)
        if self._worker is not None and self._sending is None and lines != self._sent:
            self._sending = (lines, self._worker.submit(self._workstation.customer_pole.show, *lines))

    def _collect(self) -> None:
        if self._sending is None or not self._sending[1].done():
            return
        (lines, future), self._sending = self._sending, None
        went = future.result()
        self._sent = lines if went else ("", "")
        self._stand(DisplayState.SHOWN if went else DisplayState.SILENT)
        if went:
            self._send()
