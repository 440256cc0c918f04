"""The hardware emulator emupos: a program of its own that speaks ESC/POS on a real socket, as others wrote it.

It needs a Python of 3.13 or newer beside ours. Where there is none, or no emupos for it, the tests say so and skip.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

EMUPOS = "emupos==0.4.0"


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


def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program emupos: the one KASSA_EMUPOS names (or the folder of its environment), or one installed for this run.

    Skips where there is none.
    """
    named = os.environ.get("KASSA_EMUPOS")
    if named:
        return Path(named) / "bin" / "emupos" if Path(named).is_dir() else Path(named)
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


@contextmanager
def running(emupos: Path, folder: Path, *, open_level: str = "high") -> Iterator[Emulator]:
    """An emulator that listens; `open_level` is what its drawer's sensor says while the drawer is open."""
    port, api = free_port(), free_port()
    (folder / "emupos.yaml").write_text(
        f"schema: 1\napi: {{ host: 127.0.0.1, port: {api} }}\ndevices:\n  - id: front\n    type: printer\n"
        "    profile: epson-tm-t20iii\n    job_idle_timeout_ms: 500\n"
        f"    drawer: {{ sensor_open_level: {open_level} }}\n"
        f"    connections:\n      - tcp: {{ port: {port} }}\n",
        encoding="utf-8",
    )
    with (folder / "emupos.log").open("wb") as log:
        process = subprocess.Popen([str(emupos), "run"], cwd=folder, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Emulator(emupos, folder, port, api)
    finally:
        process.terminate()
        process.wait(timeout=20)
