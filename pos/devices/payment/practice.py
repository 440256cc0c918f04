"""The card terminal to practise with: the simulator in a process of its own, begun by the till and ended with it.

The till speaks to it as to a real one, over TLS. Where it cannot start, a terminal in memory stands in for it.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pos.devices.payment import practice_link
from pos.devices.payment.ports import PaymentTerminal, Watch, nobody_watches
from pos.domain.card_reading import CardRead, CardUnread, UnreadWhy
from pos.domain.frozen import dataclass
from pos.domain.payment import (
    Final,
    NotProcessed,
    NotProcessedWhy,
    Outcome,
    PayRequest,
    RefundRequest,
    ReversalRequest,
    TerminalInfo,
    TerminalRequest,
    TerminalTotals,
    Unknown,
    UnknownWhy,
)

_START_SECONDS = 20.0
_END_SECONDS = 3.0
# A start of the till is left in peace before the process begins.
_QUIET_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class _Running:
    """A process that listens: how its terminal is reached, and where it is told what to do."""

    process: subprocess.Popen[str]
    settings: dict[str, Any]
    control_port: int
    token: str


class PracticeTerminal:
    """Begins its process when it is first asked anything. Every call may block for as long as that takes."""

    def __init__(
        self,
        folder: Path,
        name: str,
        sale: str,
        spare: PaymentTerminal,
        *,
        command: Sequence[str] = (sys.executable, "-m", "pos", "termsim"),
        quiet_seconds: float = _QUIET_SECONDS,
    ) -> None:
        """`folder` is the terminal's, `name` its own id, `sale` what this till calls itself; `spare` stands in where
        nothing starts.
        """
        self._folder, self._name, self._sale, self._spare = folder, name, sale, spare
        self._command, self._quiet_seconds = tuple(command), quiet_seconds
        self._beginning = threading.Lock()
        self._running: _Running | None = None
        self._driver: PaymentTerminal | None = None
        self._process: subprocess.Popen[str] | None = None
        self._failed = False
        self._closed = threading.Event()

    @property
    def stands_in(self) -> bool:
        """Whether the process could not start, and the terminal in memory answers. Asks nobody."""
        return self._failed

    @property
    def terminal(self) -> str:
        return self._spare.terminal if self._failed else self._name

    @property
    def can_be_asked(self) -> bool:
        return True

    @property
    def takes_keyed(self) -> bool:
        return self._spare.takes_keyed if self._failed else True

    def login(self) -> TerminalInfo | NotProcessed:
        # Whether it runs is known without its driver, which costs the till memory: the first payment loads it.
        self._closed.wait(0 if self._process is not None or self._failed else self._quiet_seconds)
        if self._closed.is_set() or not (self._begun() or self._failed):
            return NotProcessed(NotProcessedWhy.NOT_REACHED)
        return self._spare.login() if self._failed else TerminalInfo(self._name, model="Practice")

    def pay(self, request: PayRequest, watch: Watch = nobody_watches) -> Final:
        return self._asked(request, lambda port: port.pay(request, watch))

    def refund(self, request: RefundRequest, watch: Watch = nobody_watches) -> Final:
        return self._asked(request, lambda port: port.refund(request, watch))

    def reverse(self, request: ReversalRequest) -> Final:
        return self._asked(request, lambda port: port.reverse(request))

    def abort(self, request: TerminalRequest) -> None:
        port = self._port(request.terminal)
        if port is not None:
            port.abort(request)

    def status(self, request: TerminalRequest) -> Outcome:
        port = self._port(request.terminal)
        return Unknown(UnknownWhy.NOT_REACHED) if port is None else port.status(request)

    def read_card(self, watch: Watch = nobody_watches) -> CardRead | CardUnread:
        port = self._port(self.terminal)
        return CardUnread(UnreadWhy.NOT_REACHED) if port is None else port.read_card(watch)

    def stop_reading(self) -> None:
        (self._driver or self._spare).stop_reading()

    def totals(self, *, end_period: bool = False) -> TerminalTotals | NotProcessed:
        port = self._port(self.terminal)
        return NotProcessed(NotProcessedWhy.NOT_REACHED) if port is None else port.totals(end_period=end_period)

    def hang_up(self) -> None:
        (self._driver or self._spare).hang_up()

    def play_customer(self) -> bool:
        """Open the window in which somebody plays the customer. Blocks shortly; False where it cannot."""
        if not self._begun():
            return False
        running = self._running
        assert running is not None, "it begins"
        return practice_link.open_window(running.control_port, running.token)

    def close(self) -> None:
        """End the process; whoever waits hears that nothing was done, or Unknown."""
        self._closed.set()
        driver, process = self._driver, self._process
        if driver is not None:
            driver.close()
        self._spare.close()
        if process is not None:
            _end(process)

    def _asked(self, request: TerminalRequest, ask: Callable[[PaymentTerminal], Final]) -> Final:
        port = self._port(request.terminal)
        return NotProcessed(NotProcessedWhy.NOT_REACHED) if port is None else ask(port)

    def _port(self, terminal: str) -> PaymentTerminal | None:
        """Who answers for this terminal now."""
        if terminal == self._spare.terminal:
            return self._spare
        if not self._begun():
            return None
        with self._beginning:
            running = self._running
            if self._driver is None and running is not None:
                self._driver = practice_link.driver(running.settings)
            return self._driver

    def _begun(self) -> bool:
        """Whether the process runs: begun where it does not, or does no longer."""
        with self._beginning:
            running = self._running
            if running is not None and running.process.poll() is None:
                return True
            if self._failed or self._closed.is_set():
                return False
            if running is not None:
                _end(running.process)
            self._driver, self._running = None, self._begin()
            self._failed = self._running is None and not self._closed.is_set()
            return self._running is not None

    def _begin(self) -> _Running | None:
        """Start it and wait until it says where it listens; None where it does not."""
        places = ["--folder", str(self._folder), "--terminal", self._name, "--port", "0", "--no-window", "--with-till"]
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # It lies in the shop's folder, where nothing is for others to read.
            with open(self._folder / "log.txt", "w", encoding="utf-8", opener=partial(os.open, mode=0o600)) as log:
                self._process = process = subprocess.Popen(
                    [*self._command, *places],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                    cwd=Path(__file__).parents[3],
                )
        except OSError:
            return None
        said = _first_line(process, self._closed)
        try:
            listens: dict[str, Any] = json.loads(said)
            token = Path(listens["control_token"]).read_text(encoding="utf-8")
            return _Running(process, self._settings(listens), int(listens["control_port"]), token)
        except (OSError, ValueError, KeyError, TypeError):
            _end(process)
            return None

    def _settings(self, listens: dict[str, Any]) -> dict[str, Any]:
        """Raises OSError, ValueError, KeyError, TypeError where the process said something else."""
        kept = json.loads(Path(listens["identity"]).read_text(encoding="utf-8"))
        if listens["terminal"] != self._name:
            raise ValueError(listens["terminal"])
        return {
            "host": str(listens["host"]),
            "port": int(listens["port"]),
            "poi": self._name,
            "sale": self._sale,
            "certificate": Path(listens["certificate"]),
            "passphrase_file": Path(listens["passphrase"]),
            "key_identifier": str(kept["key_identifier"]),
            "key_version": int(kept["key_version"]),
        }


def practice_terminal(number: int) -> str:
    """What the practice terminal of a workstation is called."""
    return f"P400Plus-{number:09}"


def _first_line(process: subprocess.Popen[str], given_up: threading.Event) -> str:
    """What the process says first; empty where it says nothing in time, or nobody wants it any more."""
    said: list[str] = []
    heard = threading.Event()

    def listen() -> None:
        assert process.stdout is not None, "it was asked for"
        with process.stdout as lines:
            said.append(lines.readline())
            heard.set()
            # To its end: the pipe is never full.
            for _ in lines:
                pass

    threading.Thread(target=listen, name="practice-terminal", daemon=True).start()
    until = time.monotonic() + _START_SECONDS
    while not heard.wait(0.05) and not given_up.is_set() and time.monotonic() < until:
        pass
    return said[0] if said else ""


def _end(process: subprocess.Popen[str]) -> None:
    """The till is gone, it hears, and ends; where it does not, it is ended."""
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
