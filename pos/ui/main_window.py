"""The one window: sign-in first, then the shell, or what keeps the shop from opening."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pos.domain.refusal import Refused
from pos.domain.trouble import KnownError
from pos.speech import Speech
from pos.ui.habits import Habits
from pos.ui.shared.described import describe_rest
from pos.ui.shared.room import Pages, Room
from pos.ui.shared.sounds import Sound, Sounds
from pos.ui.sign_on.face import FaceRow
from pos.ui.sign_on.screen import SignInScreen
from pos.ui.theme import ThemeName, current, set_theme

if TYPE_CHECKING:
    from pos.ui.lock.screen import LockScreen
    from pos.ui.opening import Opened
    from pos.ui.shared.screen import Screen
    from pos.ui.shell import Shell
    from pos.ui.touch_keyboard import TouchKeyboard
    from pos.ui.trouble.screen import TroubleScreen
    from pos.wording import Wording

_CLOCK_MILLISECONDS = 1000
_SOUNDS_AFTER_MILLISECONDS = 400
_LEAST = QSize(1024, 720)
_HEIGHT_WITH_FRAME = 820


class MainWindow(QWidget):
    """Holds the language and the colours, and tells every screen when they change.

    Signals: painted() the first picture is on the screen; again() another try to open the shop; closed().
    """

    painted = Signal()
    again = Signal()
    closed = Signal()

    def __init__(
        self,
        language: str,
        habits: Habits,
        sounds: Sounds,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.resize(1366, 768)
        self._words_for: Callable[[str], Wording] | None = None
        self._words: Wording | None = None
        self._speech = Speech(habits.language() or language)
        self.habits = habits
        self._sounds = sounds
        self._now = now
        self._opened: Opened | None = None
        self.shell: Shell | None = None
        self.lock: LockScreen | None = None
        # What to hold off while every widget is dressed anew, or many are put up.
        self.while_dressing: Callable[[], AbstractContextManager[None]] = nullcontext
        self._quiet: Callable[[], int] | None = None
        self._quiet_minutes_max = 0
        self.keyboard: TouchKeyboard | None = None
        self.trouble: TroubleScreen | None = None
        self._guide: Screen | None = None
        self.pages = Pages()
        self.room = Room(self.pages, least=_LEAST)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.room)
        self.sign_in = SignInScreen(self._speech)
        self.pages.addWidget(self.sign_in)
        self.sign_in.language_chosen.connect(self.choose_language)
        self.sign_in.theme_toggled.connect(self.toggle_theme)
        self.sign_in.signed_in.connect(self._signed_in)
        self.sign_in.wrong.connect(lambda: sounds.play(Sound.ATTENTION))
        self.sign_in.close_wanted.connect(self.close)
        self.sign_in.installEventFilter(self)
        self.setWindowTitle("Kassa")
        self._tick = QTimer(self)
        self._tick.timeout.connect(self.tick)
        self._tick.start(_CLOCK_MILLISECONDS)
        self.show_time()

    # What the program tells it.

    def learn(self, words_for: Callable[[str], Wording]) -> None:
        """Everything is loaded now that a language needs to say whatever there is."""
        if self._words_for is None:
            self._words_for = words_for
            self._say_all(self._speech.language)

    def show_shop(self, opened: Opened, shell: Shell) -> None:
        """The books are open: the people and the shop's name appear, what was typed meanwhile counts."""
        self._opened, self.shell = opened, shell
        desk = opened.workstation.desk
        self._now = lambda: desk.local(desk.now())
        self.pages.addWidget(shell)
        shell.locked.connect(self._locked)
        self.lock = shell.lock_screen
        describe_rest(self.lock, self.words)
        self.pages.addWidget(self.lock)
        shell.overlays.help_on(self.sign_in)
        shell.overlays.help_on(self.lock)
        self.lock.unlocked.connect(self._unlocked)
        self.lock.other_wanted.connect(self._let_other_in)
        self.lock.other_came.connect(self._signed_in)
        shell.language_chosen.connect(self.choose_language)
        shell.theme_toggled.connect(self.toggle_theme)
        shell.close_wanted.connect(self.close)
        shell.person_wanted.connect(self._let_in)
        shell.measured.connect(self._show_facts)
        self.setWindowTitle(f"{desk.rules.name} · Kassa")
        self.pages.setCurrentWidget(self.sign_in)
        self._show_shop_words()
        self.show_time()
        self.sign_in.offer_set_up(offered=opened.may_set_up)
        self.sign_in.open(
            opened.workstation.sign_on,
            last=self.habits.last_person,
            pins=opened.pins,
            suspended=opened.workstation.suspended,
            today=shell.sell.board.told,
        )

    def show_trouble(self, screen: TroubleScreen) -> None:
        """The shop is not open; this says why."""
        if self.trouble is not screen:
            self.trouble = screen
            self.pages.addWidget(screen)
            screen.again.connect(self._try_again)
            screen.closed.connect(self.close)
        self.pages.setCurrentWidget(screen)

    def show_guide(self, screen: Screen) -> None:
        """What leads to a shop of one's own, in the place of the sign-in until it is left."""
        self.leave_guide()
        self._guide = screen
        self.pages.addWidget(screen)
        self.pages.setCurrentWidget(screen)
        describe_rest(screen, screen.words)
        screen.focus_entry()

    def leave_guide(self) -> None:
        """Back to the sign-in."""
        guide, self._guide = self._guide, None
        if guide is not None:
            self.pages.removeWidget(guide)
            guide.deleteLater()
            self.pages.setCurrentWidget(self.sign_in)
            self.sign_in.focus_entry()

    def scanned(self, code: str, _source: str = "") -> None:
        """A scan, from the router above all widgets."""
        if self.keyboard is not None:
            self.keyboard.close_keyboard()
        shown = self.pages.currentWidget()
        if shown is self.sign_in:
            self.sign_in.scanned(code)
        elif self.lock is not None and shown is self.lock:
            self.lock.take_scan(code)
        elif self.shell is not None and shown is self.shell:
            if badge := self.shell.badge_in(code):
                self._take_badge(self.shell, badge)
            else:
                self.shell.scanned(code)

    def tell_failure(self, *, saved: bool) -> None:
        """A bug was met: say so plainly."""
        say = self._speech.say
        title = say("Something in the program failed. The open sale is safe: every line was saved as it was rung up.")
        detail = (
            say("A report was saved. If it happens again, close Kassa, start it and sign in: the sale comes back.")
            if saved
            else say("If it happens again, close Kassa, start it and sign in: the sale comes back.")
        )
        if self.shell is not None and self.pages.currentWidget() is self.shell:
            self.shell.tell(title, detail, "bad")
        else:
            self.sign_in.banner.show_message(title, detail, "bad")
        self._sounds.play(Sound.ATTENTION)

    def lock_when_quiet(self, quiet_milliseconds: Callable[[], int], minutes: int) -> None:
        """Lock by itself after this many minutes without a key, a touch or a scan; 0 never."""
        self._quiet, self._quiet_minutes_max = quiet_milliseconds, minutes

    def show_fitting(self) -> None:
        """Show the window, no larger than its screen; where that leaves no room for a frame, on the whole of it."""
        # A window that is asked itself takes its screen along when it goes: PySide makes it the window's child.
        room = (QGuiApplication.screenAt(self.pos()) or QGuiApplication.primaryScreen()).availableSize()
        self.resize(self.size().boundedTo(room.expandedTo(_LEAST)))
        if room.width() >= _LEAST.width() and room.height() < _HEIGHT_WITH_FRAME:
            self.showFullScreen()
        else:
            self.show()

    def come_forward(self) -> None:
        """Another start of the same workstation: this is its window."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # Language, colours, time.

    @property
    def language(self) -> str:
        return self._speech.language

    @property
    def words(self) -> Wording:
        """All words of the language, once they are loaded."""
        assert self._words is not None
        return self._words

    def choose_language(self, language: str) -> None:
        """Every word anew, now; who is signed in keeps the choice."""
        self.habits.keep_language(language, self._person())
        self._speak(language)

    def toggle_theme(self) -> None:
        """Light to dark and back; who is signed in keeps the choice."""
        theme: ThemeName = "light" if current().is_dark else "dark"
        self.habits.keep_theme(theme, self._person())
        self._dress(theme)

    def tick(self) -> None:
        """Once a second."""
        self.show_time()
        self._lock_if_quiet()
        if self.pages.currentWidget() is self.shell:
            self.sign_in.see_off(self._let_other_in)

    def show_time(self) -> None:
        now = self._now()
        # In the first picture the hour stands alone: the names of days and months are loaded after it.
        time = f"{now:%H:%M}" if self._words is None else self._words.time(now)
        self.sign_in.face.set_time(time, "" if self._words is None else self._words.day(now.date()))
        if self.shell is not None:
            self.shell.set_clock(time)

    def _person(self) -> str:
        operator = self._opened.workstation.sign_on.operator if self._opened is not None else None
        return operator.id if operator is not None else ""

    def _speak(self, language: str) -> None:
        if language != self._speech.language:
            self._say_all(language)

    def _say_all(self, language: str) -> None:
        if self._words_for is None:
            self._speech = Speech(language)
            self.sign_in.set_words(self._speech)
            return
        self._speech = self._words = self._words_for(language)
        self.sign_in.learn(self._words)
        describe_rest(self.sign_in, self._words)
        if self.shell is not None:
            self.shell.set_words(self._words)
            self.shell.lock_screen.set_words(self._words)
            describe_rest(self.shell.lock_screen, self._words)
        if self.trouble is not None:
            self.trouble.set_words(self._words)
        if self._guide is not None:
            self._guide.set_words(self._words)
            describe_rest(self._guide, self._words)
        if self.keyboard is not None:
            self.keyboard.set_words(self._words)
        self._show_shop_words()
        self.show_time()

    def _dress(self, theme: ThemeName) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        with self.while_dressing():
            set_theme(app, theme)
        if self.shell is not None:
            self.shell.theme_changed()

    # Who comes and goes.

    def _signed_in(self) -> None:
        assert self._opened is not None
        assert self.shell is not None
        operator = self._opened.workstation.sign_on.operator
        assert operator is not None
        self.habits.keep_last_person(operator.id)
        self._speak(self.habits.language(operator.id) or operator.language)
        self._dress(self.habits.theme(operator.id))
        with self.while_dressing():
            self.shell.begin(operator)
            self.pages.setCurrentWidget(self.shell)
            self.shell.screen_shown.focus_entry()
        # While the first item is being picked up, so that its scan waits for no sound to load.
        QTimer.singleShot(_SOUNDS_AFTER_MILLISECONDS, self._sounds, self._sounds.prepare)

    def _locked(self) -> None:
        """Nothing of the sale can be read until somebody is back."""
        assert self.lock is not None
        self._show_facts()
        if self.keyboard is not None:
            self.keyboard.close_keyboard()
        self.lock.enter()
        self.pages.setCurrentWidget(self.lock)
        self.lock.focus_entry()

    def _unlocked(self) -> None:
        """The same person goes on exactly where they were."""
        assert self.shell is not None
        self.pages.setCurrentWidget(self.shell)
        self.shell.screen_shown.focus_entry()

    def _take_badge(self, shell: Shell, badge: str) -> None:
        """A badge at work: the screen's own where it asks for one, or else somebody takes over."""
        assert self._opened is not None
        if shell.take_badge(badge):
            return
        sign_on = self._opened.workstation.sign_on
        before = sign_on.operator
        try:
            answer = sign_on.switch_by_badge(badge)
        except KnownError as error:
            shell.tell(self.words.trouble(error), "", "bad")
            return
        if isinstance(answer, Refused):
            shell.tell(self.words.refusal(answer), "", "warn")
            self._sounds.play(Sound.ATTENTION)
        elif answer == before:
            shell.tell(self.words.say("{name} is signed in already.", name=answer.name))
        else:
            shell.person.close_panel()
            shell.overlays.close_all()
            self._signed_in()

    def _let_other_in(self) -> None:
        self.sign_in.enter()
        self.pages.setCurrentWidget(self.sign_in)
        self.sign_in.focus_entry()
        if self._opened is not None and not self._opened.workstation.sale.view.empty:
            self.sign_in.tell(self._speech.say("A sale is open here. It is kept as it is."))

    def _let_in(self, person: str) -> None:
        """Somebody named wants to sign in: the till is locked until their PIN is typed."""
        assert self.shell is not None
        self.shell.lock()
        self._let_other_in()
        self.sign_in.people.chosen.emit(person)

    def _lock_if_quiet(self) -> None:
        if self._quiet is None or not self._quiet_minutes_max or self.shell is None:
            return
        if self.pages.currentWidget() is self.shell and self._quiet() >= self._quiet_minutes_max * 60_000:
            self.shell.lock(idle=True)

    def _try_again(self) -> None:
        self.pages.setCurrentWidget(self.sign_in)
        self.again.emit()

    def _show_shop_words(self) -> None:
        if self._opened is None:
            return
        rules = self._opened.workstation.desk.rules
        self.sign_in.face.set_shop(self._speech.say("{shop} · Store {store}", shop=rules.name, store=rules.store))
        self._show_facts()

    def _show_facts(self) -> None:
        if self._opened is not None:
            self.sign_in.face.set_facts(self._facts(self._opened))

    def _facts(self, opened: Opened) -> Sequence[FaceRow]:
        say = self._speech.say
        till = opened.workstation.tills.current()
        number = say("Workstation {number}", number=opened.workstation.desk.number)
        rows = [FaceRow("point_of_sale", number, say("Till closed") if till is None else say("Till open"))]
        if self.shell is not None and (printer := self.shell.devices.printer_said):
            rows.append(FaceRow("print", say("Receipt printer"), printer))
        return rows

    # Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            # After this event the picture is flushed; what comes then does not hold it up.
            self.sign_in.removeEventFilter(self)
            QTimer.singleShot(0, self, self.painted.emit)
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)
