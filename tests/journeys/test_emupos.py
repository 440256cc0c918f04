"""End to end against a printer others simulate: emupos, a program of its own that speaks ESC/POS on a real socket.

It needs a Python of 3.13 or newer beside ours. Where there is none, or no emupos for it, the tests say so and skip.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pos.devices.ports import Held, HeldReason, Printed, Unknown
from pos.devices.printer import PrinterKind, PrinterSettings, open_printer
from pos.devices.tcp_printer import TimeLimits
from pos.services.copies import Copies, Issued
from pos.services.paperwork import Devices, Paperwork
from pos.workstation import Workstation
from receipts.escpos import render
from receipts.printers import PROFILES
from tests.corner_shop import new_shop, open_up, sell
from tests.receipts import papers
from tests.receipts.scanner import scan

# Each command of the emulator starts a Python of its own: a minute in all.
pytestmark = pytest.mark.soak

EMUPOS = "emupos==0.4.0"
PROFILE = PROFILES["80mm-48-cp852"]
LIMITS = TimeLimits()


def newer_pythons() -> Iterator[str]:
    """Pythons of 3.13 or newer on this machine that run."""
    named = [shutil.which(f"python3.{minor}") for minor in (14, 13)]
    uv = shutil.which("uv")
    if uv is not None:
        found = subprocess.run(
            [uv, "python", "find", "--no-python-downloads", ">=3.13"], capture_output=True, text=True, check=False
        )
        named.append(found.stdout.strip() if found.returncode == 0 else None)
    # pyenv keeps what it built here, and a shim on PATH that refuses.
    named += [str(path) for path in sorted(Path.home().glob(".pyenv/versions/3.1[3-9]*/bin/python"))]
    asks = "import sys; sys.exit(sys.version_info < (3, 13))"
    for python in filter(None, named):
        if subprocess.run([python, "-c", asks], capture_output=True, check=False).returncode == 0:
            yield python


@pytest.fixture(scope="session")
def emupos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the program emupos: the one KASSA_EMUPOS names, or one installed into a venv of its own for this run."""
    named = os.environ.get("KASSA_EMUPOS")
    if named:
        return Path(named)
    if os.environ.get("CI"):
        pytest.skip("emupos is not installed from the network in CI; KASSA_EMUPOS may name one")
    python = next(newer_pythons(), None)
    if python is None:
        pytest.skip("emupos needs a Python of 3.13 or newer, and there is none")
    home = tmp_path_factory.mktemp("emupos")
    pip = str(home / "venv" / "bin" / "pip")
    for command in ([python, "-m", "venv", str(home / "venv")], [pip, "install", "-q", "--retries", "0", EMUPOS]):
        made = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        if made.returncode:
            pytest.skip(f"emupos cannot be installed: {made.stderr.strip()[-200:]}")
    return home / "venv" / "bin" / "emupos"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class Emulator:
    """A running emupos with one printer called front."""

    program: Path
    folder: Path
    port: int
    api: int

    def ask(self, *words: str) -> str:
        command = [str(self.program), "--api", f"http://127.0.0.1:{self.api}", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def receipts(self) -> list[dict[str, Any]]:
        told = json.loads(self.ask("receipt", "list", "--device", "front", "--json"))
        found = told["receipts"] if isinstance(told, dict) else told
        assert isinstance(found, list)
        return found

    def wait_for(self, count: int) -> list[dict[str, Any]]:
        until = time.monotonic() + 15
        while len(found := self.receipts()) < count and time.monotonic() < until:
            time.sleep(0.2)
        return found

    def picture(self) -> Image.Image:
        file = self.folder / "latest.png"
        self.ask("receipt", "show", "--device", "front", "--save", str(file))
        return Image.open(file)


@pytest.fixture
def emulator(emupos: Path, tmp_path: Path) -> Iterator[Emulator]:
    """Return an emulator that listens."""
    port, api = free_port(), free_port()
    (tmp_path / "emupos.yaml").write_text(
        f"schema: 1\napi: {{ host: 127.0.0.1, port: {api} }}\ndevices:\n  - id: front\n    type: printer\n"
        "    profile: epson-tm-t20iii\n    job_idle_timeout_ms: 500\n"
        f"    connections:\n      - tcp: {{ port: {port} }}\n",
        encoding="utf-8",
    )
    with (tmp_path / "emupos.log").open("wb") as log:
        running = subprocess.Popen([str(emupos), "run"], cwd=tmp_path, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until and running.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Emulator(emupos, tmp_path, port, api)
    finally:
        running.terminate()
        running.wait(timeout=20)


@dataclass
class Till:
    """A workstation whose printer is the emulator."""

    station: Workstation
    paperwork: Paperwork
    copies: Copies


@pytest.fixture
def till(emulator: Emulator, tmp_path: Path) -> Iterator[Till]:
    station = open_up(new_shop(tmp_path / "shop"))
    printer = open_printer(PrinterSettings(PrinterKind.TCP, host="127.0.0.1", port=emulator.port, limits=LIMITS))
    yield Till(station, Paperwork(station.desk, Devices(printer, None, PROFILE)), Copies(station.desk, prints=True))
    station.close()


def test_every_paper_of_a_sale_comes_out_and_its_bars_can_be_scanned(emulator: Emulator, till: Till) -> None:
    done = sell(till.station)
    assert till.paperwork.after_sale(done.paper) == Printed(proven=True)
    emulator.wait_for(1)
    assert done.transaction.receipt_code in scan(emulator.picture())
    for issue in (till.copies.print_again, till.copies.gift_receipt):
        assert isinstance(issue(done.transaction.id), Issued)
        assert till.paperwork.print_waiting() == Printed(proven=True)
    assert len(emulator.wait_for(3)) == 3
    (code,) = scan(emulator.picture())
    assert code.startswith("KG")


def test_czech_and_swedish_names_on_one_receipt(emulator: Emulator, till: Till) -> None:
    printer = till.paperwork._devices.printer
    assert printer is not None
    assert printer.send(render(papers.paper("mixed_cs"), PROFILE), "mixed") == Printed(proven=True)
    emulator.wait_for(1)
    shown = emulator.ask("receipt", "show", "--device", "front")
    assert "Řeřicha" in shown, shown
    # The other names came as pictures: no box stands for a letter, and the bars are still read.
    assert "\ufffd" not in shown
    assert scan(emulator.picture())


@pytest.mark.parametrize(
    ("fault", "reason"), [("paper-out", HeldReason.PAPER_OUT), ("cover-open", HeldReason.COVER_OPEN)]
)
def test_a_fault_holds_the_paper_and_it_prints_once_when_it_is_over(
    emulator: Emulator, till: Till, fault: str, reason: HeldReason
) -> None:
    emulator.ask("fault", "set", "front", fault)
    done = sell(till.station)
    answer = till.paperwork.after_sale(done.paper)
    assert isinstance(answer, Held | Unknown)
    assert answer == Held(reason, answer.detail)
    assert till.station.sale.last_completed() is not None
    assert till.paperwork.print_waiting() == answer
    emulator.ask("fault", "clear", "front", fault)
    assert till.paperwork.print_waiting() == Printed(proven=True)
    assert till.paperwork.print_waiting() is None
    assert len(emulator.wait_for(1)) == 1


def test_a_printer_that_went_away_holds_the_paper_too(emulator: Emulator, till: Till) -> None:
    nobody: Callable[[], int] = free_port
    away = open_printer(PrinterSettings(PrinterKind.TCP, host="127.0.0.1", port=nobody(), limits=LIMITS))
    done = sell(till.station)
    gone = Paperwork(till.station.desk, Devices(away, None, PROFILE)).after_sale(done.paper)
    assert isinstance(gone, Held)
    assert gone.reason is HeldReason.UNREACHABLE
    assert till.paperwork.print_waiting() == Printed(proven=True)
    assert len(emulator.wait_for(1)) == 1
