"""Trying each device from the page of the devices: what it says now, asked by a worker while the window goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from pos.domain.payment import NotProcessed, NotProcessedWhy, TerminalInfo
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import Weighed
from pos.services.machine_settings import PrinterTried
from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.cards import Card
from pos.ui.shared.notices import BannerKind
from pos.ui.shared.text import Label
from pos.wording import Wording
from pos.workstation import Workstation

PRINTER, DRAWER, SCANNER, SCALE, TERMINAL = "printer", "drawer", "scanner", "scale", "terminal"
_LOOK_MILLISECONDS = 40
_SHOWN_MAX = 60

Answer = PrinterTried | Weighed | TerminalInfo | NotProcessed | Refused | None


class Asking(QObject):
    """One question at a time to a worker thread, which holds no QObject.

    Signals: answered(str, object) which device, and what it said.
    """

    answered = Signal(str, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: ThreadPoolExecutor | None = None
        self._asked: tuple[str, Future[Answer]] | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MILLISECONDS)
        self._look.timeout.connect(self._collect)

    @property
    def busy(self) -> bool:
        return self._asked is not None

    def ask(self, device: str, question: Callable[[], Answer]) -> None:
        """Nothing where the last question has no answer yet."""
        if self.busy:
            return
        self._worker = self._worker or ThreadPoolExecutor(max_workers=1, thread_name_prefix="devices")
        self._asked = (device, self._worker.submit(question))
        self._look.start()

    def _collect(self) -> None:
        if self._asked is None or not self._asked[1].done():
            return
        (device, future), self._asked = self._asked, None
        self._look.stop()
        self.answered.emit(device, future.result())


class DeviceTests(Card):
    """A button for each device, and how it answered. A code that was scanned is shown, a badge never is."""

    def __init__(self, words: Wording, workstation: Workstation, values: Callable[[], Mapping[str, str | int]]) -> None:
        """`values` are the settings of this machine that were typed and not saved yet."""
        super().__init__("plain", padding=14, spacing=8)
        self._words = words
        self._workstation = workstation
        self._values = values
        self.asking = Asking(self)
        self.asking.answered.connect(self._answered)
        self.waits_for_scan = False
        # Two by two: side by side they would not fit the smallest screen in every language.
        grid = QGridLayout()
        grid.setSpacing(8)
        self.buttons: dict[str, ActionButton] = {}
        icons = {
            PRINTER: "print",
            DRAWER: "point_of_sale",
            SCANNER: "barcode_scanner",
            SCALE: "scale",
            TERMINAL: "credit_card",
        }
        for device, icon in icons.items():
            button = ActionButton("", icon, height=48)
            button.setObjectName(f"settings.try.{device}")
            button.clicked.connect(partial(self._clicked, device))
            self.buttons[device] = button
            grid.addWidget(button, *divmod(len(self.buttons) - 1, 2))
        said = QVBoxLayout()
        self._said = Label("", 15, 600, wrap=True)
        self._said.setMinimumHeight(40)
        said.addWidget(self._said)
        self.column.addLayout(grid)
        self.column.addLayout(said)

    @property
    def said(self) -> str:
        """How the last device answered."""
        return self._said.text()

    def set_words(self, words: Wording) -> None:
        self._words = words
        say = words.say
        names = {
            PRINTER: say("Try the printer"),
            DRAWER: say("Is the drawer open?"),
            SCANNER: say("Try the scanner"),
            SCALE: say("Read the scale"),
            TERMINAL: say("Try the card terminal"),
        }
        for device, name in names.items():
            self.buttons[device].set_text(name)
        self.begin()

    def begin(self) -> None:
        """Nothing was tried yet."""
        self.waits_for_scan = False
        self._say(self._words.say("Try a device: it says how it is now."))

    def ask(self, device: str) -> None:
        """Try one device."""
        say = self._words.say
        self.waits_for_scan = device == SCANNER
        if device == SCANNER:
            self._say(say("Scan something now. Nothing is sold."))
            return
        if self.asking.busy:
            return
        if device == SCALE:
            self._say(say("Asking the scale…"))
            self.asking.ask(device, self._workstation.weighing.read)
        elif device == TERMINAL:
            self._say(say("Asking the card terminal…"))
            self.asking.ask(device, partial(self._workstation.machine_settings.try_terminal, dict(self._values())))
        else:
            self._say(say("Asking the printer…"))
            self.asking.ask(device, partial(self._workstation.machine_settings.try_printer, dict(self._values())))

    def take_scan(self, code: str) -> bool:
        """The scan that was waited for."""
        if not self.waits_for_scan:
            return False
        shown = "".join(letter if letter.isprintable() else "␝" for letter in code[:_SHOWN_MAX])
        self._heard(self._words.say("The scanner works. It read {code}.", code=shown))
        return True

    def take_badge(self) -> bool:
        """A badge was scanned, and it was waited for."""
        if not self.waits_for_scan:
            return False
        self._heard(self._words.say("The scanner works. It read a badge."))
        return True

    def _heard(self, sentence: str) -> None:
        self.waits_for_scan = False
        self._say(sentence, "ok")

    def _clicked(self, device: str, _checked: bool = False) -> None:
        self.ask(device)

    def _answered(self, device: str, answer: Answer) -> None:
        say = self._words.say
        if isinstance(answer, Refused):
            kind: BannerKind = "warn"
            if answer.code is Code.SCALE_OFFLINE and not self._workstation.weighing.has_scale:
                self._say(say("No scale is set."))
                return
            self._say(self._words.refusal(answer), kind)
        elif isinstance(answer, Weighed):
            self._say(say("The scale shows {weight}.", weight=self._words.quantity(answer.net)), "ok")
        elif isinstance(answer, TerminalInfo):
            self._say(say("The card terminal {terminal} answers and is ready.", terminal=answer.terminal), "ok")
        elif isinstance(answer, NotProcessed):
            self._say(self._terminal_silent(answer), "warn")
        elif answer is None and device == TERMINAL:
            self._say(say("No card terminal is set."))
        elif answer is None:
            self._say(say("No printer is set. Receipts stay on the screen."))
        elif device == DRAWER:
            self._say(*self._drawer(answer))
        elif answer.state.can_print:
            self._say(say("The printer answers and is ready."), "ok")
        else:
            self._say(say("The printer answers but cannot print now: {why}.", why=answer.state.value), "warn")

    def _terminal_silent(self, answer: NotProcessed) -> str:
        say = self._words.say
        if answer.why is NotProcessedWhy.NOT_REACHED:
            return say("No card terminal answers. Check that it is on, its cable, its address and port.")
        if answer.why is NotProcessedWhy.NOT_TRUSTED:
            return say("This is not the terminal of these settings. Check its id, certificate, passphrase and key.")
        return say("The card terminal answers but takes no payments now. Look at its screen, then try again.")

    def _drawer(self, status: PrinterTried) -> tuple[str, BannerKind]:
        say = self._words.say
        if status.drawer_open is None:
            return say("The printer does not tell whether the drawer is open. Set what its switch says."), "info"
        return (say("The drawer is open."), "warn") if status.drawer_open else (say("The drawer is shut."), "ok")

    def _say(self, sentence: str, kind: BannerKind = "info") -> None:
        self._said.setText(sentence)
        self._said.setAccessibleName(sentence)
        self._said.set_tone("ok" if kind == "ok" else "warn" if kind == "warn" else "text2")
