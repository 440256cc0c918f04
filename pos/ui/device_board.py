"""What is known of this workstation’s devices, as measured last: one place for the bar, the panel and the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos.ui.device_words import drawer_words, progress_words
from pos.ui.drawer_watch import LEFT_OPEN_SECONDS, DrawerWatch
from pos.ui.paper_words import printer_words, scanner_words
from pos.ui.printing import Measured, Printing
from pos.ui.shared.sounds import Sounds
from pos.ui.shared.top_bar import DeviceState
from pos.wording import Wording

if TYPE_CHECKING:
    from pos.workstation import Workstation


class DeviceBoard(QObject):
    """Signals: changed() something is known anew; measured() the printer answered; told(str, str, str) a sentence for a
    banner with its detail and kind; past(str) that sentence is no longer true.
    """

    changed = Signal()
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
        self.printing = printing
        self.printer: Measured | None = None
        self.scanner: bool | None = None
        self.drawer = DrawerWatch(workstation.drawer, printing, sounds, self)
        printing.measured.connect(self._take_printer)
        printing.progressed.connect(lambda _at, _of: self.changed.emit())
        self.drawer.changed.connect(self.changed)
        self.drawer.left_open.connect(self._tell_left_open)
        self.drawer.shut_again.connect(lambda: self.past.emit(self._said))

    def set_words(self, words: Wording) -> None:
        self._words = words

    def set_scanner(self, answers: bool) -> None:
        """The line of the scanner is there, or it is gone."""
        self.scanner = answers
        self.changed.emit()

    @property
    def printer_said(self) -> str:
        """How the printer is, in a word; empty where there is none."""
        return "" if self.printer is None else printer_words(self.printer, self._words).text

    def states(self) -> list[DeviceState]:
        """What the top bar shows: what there is, and of the drawer only that it is open."""
        shown: list[DeviceState] = []
        if self.printer is not None:
            at, of = self.printing.progress
            busy = of > 1 and self.printer.can_print
            shown.append(progress_words(at, of, self._words) if busy else printer_words(self.printer, self._words))
        if self.drawer.is_open:
            shown.append(drawer_words(self.drawer.standing, self.drawer.seconds_open, self._words))
        if self.scanner is not None:
            shown.append(scanner_words(self._words, answers=self.scanner))
        return shown

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
