"""The application: paint the sign-in first, then load and open everything else while the PIN is typed."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from pos.domain.trouble import KnownError, Trouble
from pos.late_rooms import open_room
from pos.settings import DEMO_SHOP, MachineSettings, first_choice
from pos.speech import Speech
from pos.ui import failure
from pos.ui.application import make_application, scale_screen
from pos.ui.double_press import DoublePress
from pos.ui.habits import Habits
from pos.ui.late_loading import LateLoading
from pos.ui.main_window import MainWindow
from pos.ui.scan_router import ScanRouter
from pos.ui.shared.sounds import Sounds
from pos.ui.theme import set_theme
from pos.ui.window_name import may_be_open, window_name

if TYPE_CHECKING:
    from pos.domain.new_shop import NewShop
    from pos.services.desk import Clock
    from pos.services.policy_cases import CasePlayer
    from pos.ui.customer_screen import CustomerScreen
    from pos.ui.line_scans import LineScans
    from pos.ui.one_window import FirstWindow
    from pos.ui.opening import Opened
    from pos.ui.set_up.restore_screen import RestoreScreen
    from pos.ui.set_up.screen import SetUpScreen
    from pos.workstation import Workstation

    Cases = Callable[[], CasePlayer]

__all__ = ["App", "make_application", "run", "scale_screen"]

# In this order, so that none of them takes long at once; the last loads the rest.
_STEPS = (
    "pos.ui.fittings",
    "pos.ui.device_board",
    "pos.ui.overlays",
    "pos.ui.sell.arrange",
    "pos.ui.sell.basket_card",
    "pos.ui.sell.screen",
    "pos.ui.shell",
    "pos.ui.screens",
)
_SETTLE_MILLISECONDS = 300


def run(
    settings: MachineSettings,
    *,
    shop: Path | None = None,
    number: int = 1,
    words: Speech,
    clock: Clock | None = None,
    cases: Cases | None = None,
) -> int:
    """Open the window on this shop, else on the machine's own or the demo shop; answers the exit status at its end.

    `cases` makes what plays cases of the return policy. A second start of a workstation raises the first window.
    """
    scale_screen(settings.ui_scale_percent)
    program = make_application()
    begin = partial(App, program, settings, number=number, language=words.language, clock=clock, cases=cases)
    # A shop that was just set up or restored opens like any other: from its first picture on.
    then: Path | None = shop or first_choice(settings.home)
    status = 0
    while then is not None:
        status, then = _run_once(program, then, number, words, begin)
    return status


def _run_once(
    program: QApplication, shop: Path, number: int, words: Speech, begin: Callable[[Path], App]
) -> tuple[int, Path | None]:
    """One shop from its first picture to its end; answers the exit status, and the shop to open next if there is."""
    name = window_name(shop, number)
    if _raises_first(name):
        _say_raised(words, number)
        return 0, None
    app = begin(shop)
    app.show()
    # Asked to end from outside, it ends as if the window were closed; Python notices at the clock's next tick.
    before = {number: signal.signal(number, lambda *_: program.quit()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        program.exec()
    finally:
        app.close()
        for which, handler in before.items():
            signal.signal(which, handler)
    return app.status, app.then


def _raises_first(name: str) -> bool:
    """Whether a window of this name was there and came to the front."""
    return may_be_open(name) and bool(open_room("pos.ui.one_window").raise_first(name))


def _books() -> ModuleType:
    """What opens the books: not needed for the first picture, and loaded by the worker that opens them."""
    return open_room("pos.ui.opening")


def _screens() -> ModuleType:
    """What the window shows once they are open; loaded by the window's own thread."""
    return open_room("pos.ui.screens")


class App(QObject):
    """One start of the program: the window, the router, and the books once they are open."""

    _books_came = Signal(object)  # From the worker: looking again and again whether it is done holds it up.

    def __init__(
        self,
        program: QApplication,
        settings: MachineSettings,
        shop: Path | None,
        number: int,
        *,
        language: str,
        clock: Clock | None = None,
        cases: Cases | None = None,
    ) -> None:
        super().__init__()
        # A second one in this process, too, does without the collector until its shop is open.
        gc.disable()
        self.status = 0
        self._program = program
        self._settings = settings
        self._demo = shop is None or shop.resolve() == (settings.home / DEMO_SHOP).resolve()
        self._folder = shop or settings.home / DEMO_SHOP
        self.then: Path | None = None
        self._number = number
        self._clock, self._cases = clock, cases
        self._opened: Opened | None = None
        self._opening: Future[Opened] | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="opening")
        habits = Habits(settings.home)
        set_theme(program, habits.theme())
        self._sounds = Sounds(enabled=bool(settings.sounds))
        self.window = MainWindow(language, habits, self._sounds, self._time)
        self._unhook = failure.install(settings.home, self._failed)
        self._router: ScanRouter | None = None
        self._line_scans: LineScans | None = None
        self._customer: CustomerScreen | None = None
        self._first: FirstWindow | None = None
        self._books_came.connect(self._begin_sign_on)
        self._load = QTimer(self)
        self._load.timeout.connect(self._collect)
        self._guide: RestoreScreen | SetUpScreen | None = None
        self._draft: NewShop | None = None
        self.window.sign_in.set_up_wanted.connect(self._set_up)
        self.window.sign_in.restore_wanted.connect(self._restore)
        self._rooms = iter(_STEPS)
        self._late: LateLoading | None = None
        self.window.painted.connect(self._open)
        self.window.again.connect(self._open)

    @property
    def opened(self) -> Opened | None:
        """The shop, once it is open."""
        return self._opened

    def show(self) -> None:
        self.window.show_fitting()

    def close(self) -> None:
        """Let go of everything, in the order it was taken."""
        gc.enable()
        gc.unfreeze()
        self._load.stop()
        if self._guide is not None:
            self._guide.close_down()
        if self._late is not None:
            self._late.stop()
        if self._first is not None:
            self._first.close()
        self.window.close()
        self._worker.shutdown(wait=True, cancel_futures=True)
        opening, self._opening = self._opening, None
        if opening is not None and opening.done() and not opening.cancelled() and opening.exception() is None:
            # The window was closed while the books were being opened.
            self._opened = opening.result()
        if self._line_scans is not None:
            self._line_scans.close()
        if self._customer is not None:
            self._customer.close()
        if self.window.shell is not None:
            self.window.shell.close_down()
        if self._opened is not None:
            self.close_books(self._opened.workstation)
            self._opened = None
        if self._router is not None:
            self._program.removeEventFilter(self._router)
        self._unhook()

    def close_books(self, workstation: Workstation) -> None:
        """Back the shop up and let go of it; what keeps that from being done is said to who started the program."""
        trouble = _books().close_books(workstation)
        if trouble is not None:
            sys.stderr.write(self.window.words.trouble(trouble) + "\n")
            self.status = 1

    # Opening.

    def _open(self) -> None:
        """Load and open on a worker; the window goes on taking digits meanwhile."""
        if self._opening is not None:
            return
        self._route_scans()
        settings, folder, number, demo, clock = self._settings, self._folder, self._number, self._demo, self._clock
        if demo and settings.terminal == "none":
            # Whoever tries the demo shop pays by card too, over the real protocol; it begins after the first picture.
            settings = replace(settings, terminal="practice")

        def work() -> Opened:
            opened: Opened = _books().open_books(settings, folder, number, demo=demo, clock=clock)
            return opened

        self._opening = self._worker.submit(work)
        self._opening.add_done_callback(self._books_came.emit)

    def _route_scans(self) -> None:
        """From the first picture on: a filter in Python over every event before it would hold the picture up."""
        if self._router is None:
            gap = self._settings.scan_gap_ms
            self._router = ScanRouter(self._program, gap_milliseconds_max=gap, parent=self)
            self._router.scanned.connect(self.window.scanned)
            self._router.doubled = DoublePress(self._screen_shown)
            router = self._router
            self.window.while_dressing = router.paused
            self._late = LateLoading(self._worker, lambda: router.quiet_milliseconds, self)
            self.window.lock_when_quiet(lambda: router.quiet_milliseconds, self._settings.auto_lock_minutes)

    def _screen_shown(self) -> object:
        shell = self.window.shell
        return None if shell is None else shell.screen_shown

    def _collect(self) -> None:
        if (room := next(self._rooms, None)) is not None:
            # One room a turn: digits that are typed meanwhile show.
            open_room(room)
            return
        self._load.stop()
        opening, self._opening = self._opening, None
        if opening is None:
            return
        self.window.learn(_books().Wording)
        try:
            self._opened = opening.result()
        except KnownError as error:
            self._not_opened(error)
            return
        fittings = _screens().Fittings(
            *(self.window.words, self._opened.workstation, self._sounds, self.window.habits, self._settings),
            cases=self._cases,
        )
        with self.window.while_dressing():
            shell = _screens().Shell(fittings, recovered=self._opened.recovered, parent=self.window.pages)
            self.window.show_shop(self._opened, shell)
        if self._opened.restored:
            tell = self.window.sign_in.tell if self.window.sign_in.isVisible() else shell.tell
            tell(self.window.words.say("A restore that was interrupted is finished: this is the shop from the backup."))
        self._hear_scanner(self._opened)
        self._show_customer(self._opened)
        QTimer.singleShot(_SETTLE_MILLISECONDS, self, self._settle)
        if self._late is not None:
            self._late.start()
        # What is there now stays: looking through it again and again would hold up a scan.
        gc.freeze()
        gc.enable()

    def _begin_sign_on(self, opening: Future[Opened]) -> None:
        """Whoever typed a PIN already: the worker, which is free now, looks at it while the screens are loaded."""
        self._load.start()
        if opening.exception() is None:
            sign_on = opening.result().workstation.sign_on
            self.window.sign_in.begin_sign_on(sign_on, self.window.habits.last_person, self._worker)

    def _hear_scanner(self, opened: Opened) -> None:
        """A scanner on a line goes through the same router as one that types."""
        scanners, router, shell = opened.workstation.scanners, self._router, self.window.shell
        if scanners.has_scanner and router is not None and shell is not None:
            self._line_scans = _screens().line_scans.LineScans(scanners, self)
            self._line_scans.heard.connect(lambda code: router.feed(code, "serial"))
            self._line_scans.measured.connect(shell.devices.set_scanner)
            self._line_scans.start()

    def _show_customer(self, opened: Opened) -> None:
        """The display on the other side of the counter, where this machine has one."""
        shell, kind = self.window.shell, self._settings.customer_display
        if kind != "none" and shell is not None:
            self._customer = _screens().customer_screen.CustomerScreen(shell, opened.workstation, kind)
            self._customer.start()
            shell.devices.set_display(self._customer)

    def _settle(self) -> None:
        """Letters to touch, an ear for second starts, how the devices are: what nobody wants in the first moment."""
        if self._opened is None or self.window.shell is None:
            return
        # Qt's names of a style are loaded when one is first met, and not by a scan.
        self._program.style()
        keyboard = _screens().TouchKeyboard(self.window, self.window.words, self._settings.on_screen_keyboard)
        self.window.keyboard = keyboard
        if self._router is not None:
            self._router.pressed.connect(keyboard.pressed)
        # From now on they find this window, since the workstation's number is ours.
        self._first = _screens().one_window.FirstWindow(self)
        self._first.asked.connect(self.window.come_forward)
        self._first.listen(window_name(self._folder, self._number))
        self.window.shell.devices.start()

    def _not_opened(self, error: KnownError) -> None:
        """Another program may hold the workstation since we asked; then its window is the one to go on with."""
        name = window_name(self._folder, self._number)
        if error.trouble is Trouble.WORKSTATION_TAKEN and _raises_first(name):
            _say_raised(self.window.words, self._number)
            self.window.close()
            return
        if self.window.trouble is None:
            screen = _screens().TroubleScreen(self.window.words)
        else:
            screen = self.window.trouble
        screen.show_error(error)
        self.window.show_trouble(screen)

    # A shop of one's own.

    def _set_up(self) -> None:
        """Set-up in the place of the sign-in; what was filled in before is still there."""
        screen = _screens().set_up.SetUpScreen(self.window.words, self._settings.home, self._guide_clock(), self._draft)
        screen.language_chosen.connect(self.window.choose_language)
        screen.founded.connect(self._go_on_with)
        self._show_guide(screen)

    def _restore(self) -> None:
        screen = _screens().restore_screen.RestoreScreen(self.window.words, self._settings.home, self._guide_clock())
        screen.restored.connect(self._go_on_with)
        self._show_guide(screen)

    def _show_guide(self, screen: RestoreScreen | SetUpScreen) -> None:
        self._guide = screen
        screen.left.connect(self._guide_left)
        self.window.show_guide(screen)

    def _guide_left(self) -> None:
        self._draft = getattr(self._guide, "draft", self._draft)
        self._guide = None
        self.window.leave_guide()

    def _go_on_with(self, folder: Path) -> None:
        """The demo shop is closed in order, and the new one opens."""
        self.then = folder
        self._program.quit()

    def _guide_clock(self) -> Clock:
        assert self._opened is not None, "set-up is offered by an open demo shop"
        return self._opened.workstation.desk.clock

    def _failed(self, report: Path | None) -> None:
        self.window.tell_failure(saved=report is not None)

    def _time(self) -> datetime:
        """The time before the shop, and with it the shop's own zone, is known."""
        return self._clock.now().astimezone() if self._clock is not None else datetime.now().astimezone()


def _say_raised(words: Speech, number: int) -> None:
    sentence = words.say("Workstation {number} is open already. Its window was brought to the front.", number=number)
    sys.stdout.write(sentence + "\n")
