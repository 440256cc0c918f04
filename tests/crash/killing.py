"""A real process is killed, or its disk fails, at the k-th call of one kind to the system, for every k.

The process is forked from the tests (everything is imported by then), waits until strace holds it, and runs. What it
says through its pipe was said before it died: each line is an acknowledgement that must hold for ever.
"""

from __future__ import annotations

import ctypes
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from pos.domain.trouble import KnownError

Say = Callable[[str], None]
Scenario = Callable[[Path, Say], None]
# Every call that changes what is on the disk.
CALLS = ("pwrite64", "write", "fdatasync", "fsync", "ftruncate", "rename", "unlink", "openat", "mkdir")
# The call by which a process says something, so that a log shows what came before it.
WITNESS = "writev"
_KNOWN, _BUG = 3, 4
_PR_SET_PTRACER = 0x59616D61


@dataclass(frozen=True)
class Outcome:
    """What became of a process: what it had acknowledged, and how it ended."""

    said: tuple[str, ...]
    killed: bool

    def says(self, word: str) -> list[str]:
        """What followed `word` in the acknowledgements that begin with it."""
        return [line[len(word) + 1 :] for line in self.said if line.split(" ")[0] == word]


@cache
def why_not_traced() -> str:
    """Why no process can be traced here; "" where one can."""
    if not sys.platform.startswith("linux"):
        return "strace runs on Linux only"
    if shutil.which("strace") is None:
        return "strace is not installed"
    try:
        traced(lambda folder, say: say("here"), Path(), "getpid:error=EPERM:when=9999")
    except RuntimeError as error:
        return f"strace may not trace here: {error}"
    return ""


def needs_strace() -> None:
    """Skip the test where nothing can be traced, and say why."""
    reason = why_not_traced()
    if reason:
        pytest.skip(reason)


def traced(scenario: Scenario, folder: Path, inject: str, *, log: Path | None = None) -> Outcome:
    """Run the scenario with one fault of strace's kind, as in "pwrite64:signal=KILL:when=7"."""
    child = Child(scenario, folder)
    calls = f"trace={inject.partition(':')[0] or ','.join((*CALLS, WITNESS))}"
    words = ["strace", "-qq", "-p", str(child.pid), "-o", str(log or os.devnull), "-e", calls]
    tracer = subprocess.Popen([*words, *(["-e", f"inject={inject}"] if inject else [])], stderr=subprocess.PIPE)
    try:
        _wait_until_held(child.pid, tracer)
        child.go()
        return child.outcome()
    finally:
        child.kill()
        tracer.wait()
        if tracer.stderr is not None:
            tracer.stderr.close()


def _wait_until_held(pid: int, tracer: subprocess.Popen[bytes]) -> None:
    status = Path(f"/proc/{pid}/status")
    while b"TracerPid:\t0" in status.read_bytes():
        if tracer.poll() is not None:
            raise RuntimeError((tracer.stderr.read() if tracer.stderr else b"").decode().strip())
        time.sleep(0.001)


class Child:
    """A forked process that waits for its word, runs a scenario and never returns."""

    def __init__(self, scenario: Scenario, folder: Path) -> None:
        go_read, self._go = os.pipe()
        self._said, say = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(self._go)
            os.close(self._said)
            _live(scenario, folder, go_read, say)
        os.close(go_read)
        os.close(say)
        self._ended = False

    def go(self) -> None:
        os.write(self._go, b".")

    def wait_for_its_first_word(self) -> None:
        """However long this machine takes to get there."""
        select.select([self._said], [], [])

    def outcome(self) -> Outcome:
        """Wait for the end. A bug in the child fails the test with what it said."""
        with os.fdopen(self._said, "rb") as pipe:
            said = pipe.read().decode()
        _, status = os.waitpid(self.pid, 0)
        self._ended = True
        os.close(self._go)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) != _BUG, said
        # A line that the kill tore was not said.
        whole = tuple(said.split("\n")[:-1])
        return Outcome(whole, os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL)

    def kill(self) -> None:
        if not self._ended:
            os.kill(self.pid, signal.SIGKILL)


def _live(scenario: Scenario, folder: Path, go: int, say: int) -> None:
    end = _BUG

    def tell(line: str) -> None:
        # Not by `write`: a disk that refuses that call would silence the witness.
        os.writev(say, [f"{line}\n".encode()])

    try:
        if sys.platform.startswith("linux"):
            # Where only a parent may trace, strace is not ours: let anybody.
            ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
        os.read(go, 1)
        scenario(folder, tell)
        end = 0
    except KnownError as error:
        os.write(say, f"KNOWN {error.trouble}\n".encode())
        end = _KNOWN
    except BaseException:  # noqa: BLE001 - nothing of the child may run on in the tests
        os.write(say, traceback.format_exc().encode())
    finally:
        os._exit(end)


def calls_of(scenario: Scenario, folder: Path, log: Path) -> Counter[str]:
    """How often the scenario makes each call; it runs to its end in `folder`."""
    outcome = traced(scenario, folder, "", log=log)
    assert not outcome.killed
    return Counter(re.findall(r"^(\w+)\(", log.read_text("utf-8", "replace"), re.MULTILINE))


def points(calls: Counter[str], *, at_most: int | None = None) -> Iterator[tuple[str, int]]:
    """Every (call, k), or `at_most` of them spread evenly."""
    every = [(call, k) for call in CALLS for k in range(1, calls[call] + 1)]
    if at_most is not None and len(every) > at_most:
        every = [every[round(index * (len(every) - 1) / (at_most - 1))] for index in range(at_most)]
    yield from every
