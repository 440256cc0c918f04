"""The practice terminal: a process of its own that begins when it is wanted, ends with the till and holds nobody up."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pos.devices.payment import practice
from pos.devices.payment.practice import PracticeTerminal, practice_terminal
from pos.devices.simulated.terminal import SimulatedTerminal
from pos.domain.card_reading import CardRead, CardUnread, UnreadWhy
from pos.domain.payment import Approved, NotProcessed, NotProcessedWhy, PayRequest, TerminalInfo, Unknown, reference_of
from tests.house import tree

_SECONDS = 20
PRACTICE_TERMINAL = practice_terminal(1)
_TILL = """
import sys, time
from pathlib import Path
from pos.devices.payment.practice import PracticeTerminal
from pos.devices.simulated.terminal import SimulatedTerminal
spare = SimulatedTerminal("SIM-1")
terminal = PracticeTerminal(Path(sys.argv[1]), "P400Plus-000000001", "KASSA1", spare, quiet_seconds=0)
terminal.login()
print(terminal._process.pid, flush=True)
time.sleep(60)
"""


def made(folder: Path, **more: Any) -> PracticeTerminal:
    return PracticeTerminal(folder, PRACTICE_TERMINAL, "KASSA1", SimulatedTerminal("SIM-1"), **more)


def asked(terminal: str, amount: int = 1_250) -> PayRequest:
    attempt = f"{amount:032x}"
    return PayRequest(attempt, reference_of(attempt), amount, "USD", terminal, made="2026-11-22T10:00:00Z")


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + _SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def there(pid: int) -> bool:
    """Whether a process still runs."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[PracticeTerminal]:
    made = PracticeTerminal(
        tmp_path / "terminal", PRACTICE_TERMINAL, "KASSA1", SimulatedTerminal("SIM-1"), quiet_seconds=0
    )
    yield made
    made.close()


def test_it_begins_when_it_is_asked_charges_over_the_real_protocol_and_ends(terminal: PracticeTerminal) -> None:
    assert not (terminal._folder / "terminal.json").exists(), "nothing is begun by making it"
    info = terminal.login()
    assert isinstance(info, TerminalInfo)
    assert info.terminal == terminal.terminal == PRACTICE_TERMINAL
    assert terminal._driver is None, "its driver is loaded when somebody pays"
    request = asked(PRACTICE_TERMINAL)
    paid = terminal.pay(request)
    assert isinstance(paid, Approved)
    assert terminal.status(request) == paid
    assert terminal._process is not None
    terminal.close()
    assert terminal._process.poll() == 0, "it heard that the till is gone, and ended by itself"
    assert terminal.pay(asked(PRACTICE_TERMINAL, 1)) == NotProcessed(NotProcessedWhy.NOT_REACHED)


def test_it_says_which_card_it_is_by_the_name_its_payments_have(terminal: PracticeTerminal) -> None:
    terminal.stop_reading()
    read = terminal.read_card()
    paid = terminal.pay(asked(PRACTICE_TERMINAL))
    assert isinstance(read, CardRead)
    assert isinstance(paid, Approved)
    assert read.token == paid.card.token != ""
    terminal.close()
    assert terminal.read_card() == CardUnread(UnreadWhy.NOT_REACHED)


def test_nothing_it_writes_is_open_to_others(terminal: PracticeTerminal, tmp_path: Path) -> None:
    assert isinstance(terminal.login(), TerminalInfo)
    written = [path for path in (tmp_path / "terminal").rglob("*") if path.is_file()]
    assert "log.txt" in {path.name for path in written}
    assert [path.name for path in written if path.stat().st_mode & 0o077] == []


def test_the_customer_is_played_in_a_window_of_its_own(terminal: PracticeTerminal) -> None:
    assert terminal.play_customer()
    running = terminal._running
    assert running is not None

    def by_hand() -> bool:
        link = http.client.HTTPConnection("127.0.0.1", running.control_port, timeout=_SECONDS)
        link.request("GET", "/state", headers={"Authorization": f"Bearer {running.token}"})
        with link.getresponse() as response:
            state = json.loads(response.read())
        link.close()
        return bool(state["by_hand"])

    until(by_hand)


def test_one_that_died_begins_again_and_remembers(terminal: PracticeTerminal) -> None:
    request = asked(PRACTICE_TERMINAL)
    paid = terminal.pay(request)
    assert terminal._process is not None
    terminal._process.kill()
    terminal._process.wait()
    assert terminal.status(request) == paid


def test_where_it_cannot_start_one_in_memory_stands_in(tmp_path: Path) -> None:
    fails = (sys.executable, "-c", "raise SystemExit('no')")
    terminal = PracticeTerminal(
        tmp_path, PRACTICE_TERMINAL, "KASSA1", SimulatedTerminal("SIM-1"), command=fails, quiet_seconds=0
    )
    begun_before = asked(terminal.terminal)
    assert terminal.pay(begun_before) == NotProcessed(NotProcessedWhy.NOT_REACHED)
    assert terminal.stands_in
    assert terminal.terminal == "SIM-1"
    assert isinstance(terminal.login(), TerminalInfo)
    assert isinstance(terminal.pay(asked("SIM-1")), Approved)
    assert isinstance(terminal.status(begun_before), Unknown), "the one in memory knows nothing of it"
    assert not terminal.play_customer()
    terminal.close()


def test_one_that_says_nothing_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practice, "_START_SECONDS", 0.3)
    monkeypatch.setattr(practice, "_END_SECONDS", 0.1)
    dumb = (sys.executable, "-c", "import time; time.sleep(60)")
    terminal = PracticeTerminal(
        tmp_path, PRACTICE_TERMINAL, "KASSA1", SimulatedTerminal("SIM-1"), command=dumb, quiet_seconds=0
    )
    assert isinstance(terminal.login(), TerminalInfo)
    assert terminal.stands_in
    assert terminal._process is not None
    assert terminal._process.poll() is not None
    terminal.close()


def test_closing_waits_for_nobody_who_waits_for_it(tmp_path: Path) -> None:
    terminal = made(tmp_path, quiet_seconds=60)
    said: list[object] = []
    asking = threading.Thread(target=lambda: said.append(terminal.login()))
    asking.start()
    terminal.close()
    asking.join(_SECONDS)
    assert said == [NotProcessed(NotProcessedWhy.NOT_REACHED)]
    assert terminal._process is None


@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
def test_it_ends_with_a_till_that_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _TILL, str(tmp_path / "terminal")]
    with subprocess.Popen(command, cwd=tree.ROOT, stdout=subprocess.PIPE, text=True) as till:
        assert till.stdout is not None
        simulator = int(till.stdout.readline())
        assert there(simulator)
        os.kill(till.pid, signal.SIGKILL)
    until(lambda: not there(simulator))
