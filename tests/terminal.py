"""A card terminal for tests: the simulator as a process, and the wire to play customer, bank and bad luck."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.house import tree

_START_SECONDS = 30


class CardTerminal:
    """A running simulator. Its ports stay the same over `restart`, as do its journal, cards and certificate.

    `pace` scales the terminal's own waiting times; a number given in an outcome (`{"slow": "0.5"}`) is in real seconds.
    """

    def __init__(self, folder: Path, profile: str = "adyen", *, pace: float = 0, window: bool = False) -> None:
        self.folder, self.profile, self.pace, self.window = folder, profile, pace, window
        self.port = self.control_port = 0
        self.start()

    def start(self) -> None:
        """Start the process and wait until it listens."""
        command = [sys.executable, "-m", "pos", "termsim", "--folder", str(self.folder)]
        command += ["--profile", self.profile, "--pace", str(self.pace)]
        command += ["--port", str(self.port), "--control-port", str(self.control_port)]
        command += [] if self.window else ["--no-window"]
        self._process = subprocess.Popen(
            command,
            cwd=tree.ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self._process.communicate(timeout=_START_SECONDS)[1]
        self.listens: dict[str, Any] = json.loads(line)
        self.port, self.control_port = self.listens["port"], self.listens["control_port"]
        self._token = Path(self.listens["control_token"]).read_text(encoding="utf-8")
        self.identity: dict[str, Any] = json.loads(Path(self.listens["identity"]).read_text(encoding="utf-8"))

    @property
    def certificate(self) -> Path:
        """The root that the till pins."""
        return Path(self.listens["certificate"])

    @property
    def poi_id(self) -> str:
        return str(self.identity["terminal"])

    @property
    def passphrase(self) -> str:
        return str(self.identity["passphrase"])

    @property
    def key_identifier(self) -> str:
        return str(self.identity["key_identifier"])

    @property
    def key_version(self) -> int:
        return int(self.identity["key_version"])

    def next(self, *outcomes: str | dict[str, object]) -> None:
        """What happens to the next requests: "declined", {"partial": "20.00"}, {"slow": "0.5", "on": "Reversal"}."""
        self.control("POST", "/next", {"outcomes": list(outcomes)})

    def card(self, name: str, entry: str = "ICC") -> None:
        """Present this card from now on."""
        self.control("POST", "/card", {"card": name, "entry": entry})

    def change_card(self, name: str, **fields: object) -> None:
        """Make a card other than it is: state="closed", balance="20.00", cash_back=True."""
        self.control("POST", "/cards", {name: fields})

    def set(self, **state: object) -> None:
        """Change the terminal's state: unplugged=True, logged_in=False, clock_skew_seconds=3600, magic=True."""
        self.control("POST", "/state", state)

    def state(self) -> dict[str, Any]:
        return self.control("GET", "/state")

    def journal(self) -> list[dict[str, Any]]:
        """Everything the bank ever wrote, oldest first."""
        entries: list[dict[str, Any]] = self.control("GET", "/journal")["entries"]
        return entries

    def charged(self) -> Decimal:
        """What the bank took from customers, less what it gave back."""
        signs = {"approved": 1, "refunded": -1, "reversed": -1}
        return sum(
            (Decimal(str(each["amount"])) * signs.get(each["posting"], 0) for each in self.journal()), Decimal(0)
        )

    def control(self, method: str, path: str, wish: dict[str, Any] | None = None) -> dict[str, Any]:
        """Ask the control interface; a refusal is an AssertionError with its text."""
        link = http.client.HTTPConnection("127.0.0.1", self.control_port, timeout=_START_SECONDS)
        try:
            body = json.dumps(wish or {})
            link.request(method, path, body, {"Authorization": f"Bearer {self._token}"})
            response = link.getresponse()
            answer: dict[str, Any] = json.loads(response.read(), parse_float=Decimal)
        finally:
            link.close()
        assert response.status == 200, answer
        return answer

    def stop(self) -> None:
        """End it in good order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Pull its plug."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Pull the plug and start it again."""
        self.kill()
        self.start()

    def wait(self) -> int:
        """Wait for its own end; its exit status."""
        self._process.communicate(timeout=_START_SECONDS)
        return self._process.returncode

    def _end(self, how: signal.Signals) -> None:
        if self._process.poll() is None:
            self._process.send_signal(how)
        self._process.communicate(timeout=_START_SECONDS)


@contextmanager
def card_terminal(
    folder: Path, profile: str = "adyen", *, pace: float = 0, window: bool = False
) -> Iterator[CardTerminal]:
    """Run a terminal in `folder` for as long as the block lasts."""
    terminal = CardTerminal(folder, profile, pace=pace, window=window)
    try:
        yield terminal
    finally:
        terminal.stop()
