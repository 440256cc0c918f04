"""What is known of this workstation’s devices, as measured last: one place for the bar, the panel and the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos.domain.refusal import Refused
from pos.domain.requirement import Weighed
from pos.services.card_terminal import CardTerminal
from pos.services.terminal_state import TerminalState, state_of
from pos.ui import device_words as say_of
from pos.ui.drawer_watch import LEFT_OPEN_SECONDS, DrawerWatch
from pos.ui.paper_words import printer_words, scanner_words
from pos.ui.printer.words import tested_words
from pos.ui.printing import Measured, Printing, measured_now
from pos.ui.shared.device_source import DeviceSource, DeviceView
from pos.ui.shared.sounds import Sounds
from pos.ui.shared.top_bar import DeviceState
from pos.ui.working import Working
from pos.wording import Wording

if TYPE_CHECKING:
    from pos.ui.customer_screen import CustomerScreen
    from pos.workstation import Workstation

# What a scanner sends may be long; so much of it shows that it works.
_SHOWN_MAX = 40


class DeviceBoard(DeviceSource):
    """Signals beside those of every source: measured() the printer answered; told(str, str, str) a sentence for a
    banner with its detail and kind; past(str) that sentence is no longer true.
    """

    measured = Signal()
    told = Signal(str, str, str)
    past = Signal(str)

    def __init__(
        self, workstation: Workstation, printing: Printing, sounds: Sounds, words: Wording, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workstation = workstation
        self._words = words
        self._said = ""
        self._ask_terminal: Callable[[], TerminalState] | None = None
        # The device somebody tries; what is only looked at gives no answer.
        self._tried = ""
        self._next: tuple[str, Callable[[], object]] | None = None
        self.printing = printing
        self.printer: Measured | None = None
        self.scanner: bool | None = None
        self.scale: Weighed | Refused | None = None
        self.terminal: TerminalState | None = None
        self.display: CustomerScreen | None = None
        self.waits_for_scan = False
        self._asking = Working(self)
        self._asking.ended.connect(self._take_asked)
        self._told_stand_in = False
        self._opening = Working(self)
        self._opening.ended.connect(self._window_opened)
        self.drawer = DrawerWatch(workstation.drawer, printing, sounds, self)
        printing.measured.connect(self._take_printer)
        printing.tested.connect(self._take_test_print)
        printing.progressed.connect(lambda _at, _of: self.changed.emit())
        self.drawer.changed.connect(self.changed)
        self.drawer.left_open.connect(self._tell_left_open)
        self.drawer.shut_again.connect(lambda: self.past.emit(self._said))

    def start(self) -> None:
        """Print what still waits, and find out how everything is, from now on."""
        self.printing.start()
        terminal = self._workstation.card_terminal
        if terminal.is_there:
            self.follow_terminal(partial(_asked, terminal))
            self._look_at_terminal()

    def set_words(self, words: Wording) -> None:
        self._words = words
        self.changed.emit()

    # What others tell it.

    def set_scanner(self, answers: bool) -> None:
        """The line of the scanner is there, or it is gone."""
        self.scanner = answers
        self.changed.emit()

    def set_display(self, display: CustomerScreen) -> None:
        """This till has a display for the customer."""
        self.display = display
        display.changed.connect(self.changed)
        self.changed.emit()

    def follow_terminal(self, ask: Callable[[], TerminalState] | None) -> None:
        """This till has a card terminal. `ask` finds out how it is; it blocks, and a worker calls it."""
        self._ask_terminal = ask
        # Whoever works with it already knows how it is.
        self.set_terminal(self.terminal or TerminalState.UNKNOWN)

    def set_terminal(self, state: TerminalState) -> None:
        """How the card terminal is, as whoever works with it found."""
        self.terminal = state
        self.changed.emit()

    # What it shows.

    @property
    def printer_said(self) -> str:
        """How the printer is, in a word; empty where there is none."""
        return "" if self.printer is None else say_of.printer_view(self.printer, self._words, there=True).state

    def states(self) -> list[DeviceState]:
        """What the top bar shows: what there is, and of the drawer only that it is open."""
        shown: list[DeviceState] = []
        if self.terminal is not None:
            shown.append(say_of.terminal_words(self.terminal, self._words))
        if self.printer is not None:
            at, of = self.printing.progress
            busy = of > 1 and self.printer.can_print
            shown.append(
                say_of.progress_words(at, of, self._words) if busy else printer_words(self.printer, self._words)
            )
        if self.drawer.is_open:
            shown.append(say_of.drawer_words(self.drawer.standing, self.drawer.seconds_open, self._words))
        if self.scanner is not None:
            shown.append(scanner_words(self._words, answers=self.scanner))
        opens = self._words.say("Opens its panel: how it is, and what to do")
        return [replace(state, description=opens) for state in shown]

    def views(self) -> tuple[DeviceView, ...]:
        """Every device in words, also those this till does not have."""
        words, station = self._words, self._workstation
        return (
            say_of.printer_view(self.printer, words, there=station.paperwork.has_printer),
            say_of.drawer_view(self.drawer.standing, words, there=station.drawer.has_drawer),
            say_of.scanner_view(self.scanner, words),
            say_of.scale_view(self.scale, words, there=station.weighing.has_scale),
            say_of.display_view("none" if self.display is None else self.display.state.value, words),
            say_of.terminal_view(
                self.terminal,
                words,
                can_ask=self._ask_terminal is not None,
                plays=station.card_terminal.plays_customer,
            ),
        )

    # Trying one.

    def look(self) -> None:
        """Somebody looks: ask the printer and the terminal now."""
        self.printing.measure()
        self._look_at_terminal()

    def _look_at_terminal(self) -> None:
        """Find out how it is, unless somebody works with it: whoever does knows better."""
        ask = self._ask_terminal
        theirs = self.terminal in {TerminalState.BUSY, TerminalState.UNRESOLVED}
        if ask is not None and not theirs and not self._asking.busy:
            self._asking.begin(lambda _: ask())

    def test(self, name: str) -> None:
        """Try a device; `answered` says how it did. Nothing is sold, and nobody waits."""
        say = self._words.say
        self.stop_waiting()
        if name == say_of.PRINTER:
            self.answered.emit(name, say("Printing the test page…"), "info")
            self.printing.test_print()
        elif name == say_of.DRAWER:
            paperwork = self._workstation.paperwork
            self._ask(name, say("Asking the printer…"), lambda: measured_now(paperwork))
        elif name == say_of.SCANNER:
            self.waits_for_scan = True
            self.answered.emit(name, say("Scan something now. Nothing is sold."), "info")
        elif name == say_of.DISPLAY and self.display is not None:
            self.display.show_test()
            total = self.display.view.total
            self.answered.emit(name, say("Look at the display: it shows a total of {total}.", total=total), "info")
        elif name == say_of.SCALE:
            self._ask(name, say("Asking the scale…"), self._workstation.weighing.read)
        elif name == say_of.TERMINAL and self._ask_terminal is not None:
            self._ask(name, say("Asking the terminal…"), self._ask_terminal)

    def play_customer(self) -> None:
        """Open the practice terminal's own window; a worker asks for it."""
        terminal = self._workstation.card_terminal
        if terminal.plays_customer and not self._opening.busy:
            self._opening.begin(lambda _: terminal.play_customer())

    def _window_opened(self, opened: object) -> None:
        if not opened:
            say = self._words.say
            why = say("This machine shows no window for it, or the terminal did not start.")
            self.told.emit(say("Nobody can play the customer here."), why, "warn")

    def _tell_stand_in(self) -> None:
        """Once: what was to be practised with is not there."""
        if self._workstation.card_terminal.stands_in and not self._told_stand_in:
            self._told_stand_in = True
            say = self._words.say
            detail = say("One in memory stands in for it: it approves every card.")
            self.told.emit(say("The practice terminal could not start."), detail, "warn")

    def _ask(self, name: str, sentence: str, question: Callable[[], object]) -> None:
        """Let a worker ask, after what it asks already; of several that wait the last one is meant."""
        self.answered.emit(name, sentence, "info")
        self._next = (name, question)
        self._ask_next()

    def _ask_next(self) -> None:
        if self._next is not None and not self._asking.busy:
            (self._tried, question), self._next = self._next, None
            self._asking.begin(lambda _: question())

    def stop_waiting(self) -> None:
        """The next scan is a scan like any other."""
        self.waits_for_scan = False

    def take_scan(self, code: str) -> bool:
        """The scan that was waited for; False where none was."""
        if not self.waits_for_scan:
            return False
        shown = "".join(letter if letter.isprintable() else "␝" for letter in code[:_SHOWN_MAX])
        self._heard(self._words.say("The scanner works. It read {code}.", code=shown))
        return True

    def take_badge(self) -> bool:
        """A badge was scanned, and a scan was waited for; what it says is shown to nobody."""
        if not self.waits_for_scan:
            return False
        self._heard(self._words.say("The scanner works. It read a badge."))
        return True

    def _heard(self, sentence: str) -> None:
        self.stop_waiting()
        self.answered.emit(say_of.SCANNER, sentence, "ok")

    def _take_asked(self, answer: object) -> None:
        tried, self._tried = self._tried, ""
        if isinstance(answer, TerminalState):
            # Asked before somebody began to pay, it is no news any more.
            if self.terminal is not TerminalState.BUSY:
                self.set_terminal(answer)
            self._tell_stand_in()
        elif isinstance(answer, Measured):
            # Whoever shows the printer hears of it too.
            self.printing.measured.emit(answer)
        elif isinstance(answer, Weighed | Refused):
            self.scale = answer
            self.changed.emit()
        if tried and self._next is None:
            self._answer_of(tried)
        self._ask_next()

    def _answer_of(self, name: str) -> None:
        """Say how a device is, as the answer to having been tried."""
        view = next(view for view in self.views() if view.name == name)
        kind = {"ok": "ok", "info": "info", "neutral": "info"}.get(view.kind, "warn")
        self.answered.emit(name, f"{view.title}: {view.state}.", kind)

    def _take_test_print(self, said: str) -> None:
        sentence, well = tested_words(said, self._words)
        self.answered.emit(say_of.PRINTER, sentence, "ok" if well else "warn")

    def _take_printer(self, measured: Measured | None) -> None:
        self.printer = measured
        self.drawer.take(measured)
        self.changed.emit()
        self.measured.emit()

    def _tell_left_open(self) -> None:
        say = self._words.say
        self._said = self._words.count(
            "The drawer has stood open for {n} second.", "The drawer has stood open for {n} seconds.", LEFT_OPEN_SECONDS
        )
        waits = self.drawer.shut_first
        detail = say("Shut it. The next sale waits for it.") if waits else say("Shut it. Selling goes on meanwhile.")
        self.told.emit(self._said, detail, "warn")


def _asked(terminal: CardTerminal) -> TerminalState:
    """How the terminal is, asked now. Blocks."""
    answer = terminal.ask()
    return TerminalState.UNKNOWN if answer is None else state_of(answer)
