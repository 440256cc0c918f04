"""What a scanner on a line sends arrives in the window's thread, in order, and its line's state with it."""

from __future__ import annotations

from pathlib import Path
from queue import Empty, SimpleQueue
from threading import current_thread, main_thread

import pytest
from pytestqt.qtbot import QtBot

from pos.devices.ports import ScannerState
from pos.services.scanners import Scanners
from pos.settings import read_settings
from pos.ui.app import App, make_application
from pos.ui.line_scans import LineScans


class FedScanner:
    """A scanner whose codes and whose line the test decides."""

    def __init__(self) -> None:
        self.codes: SimpleQueue[str] = SimpleQueue()
        self.state = ScannerState.READY

    def read(self) -> tuple[str, ...]:
        try:
            return (self.codes.get(timeout=0.02),)
        except Empty:
            return ()

    def close(self) -> None:
        pass


def test_codes_and_the_lines_state_arrive(qtbot: QtBot) -> None:
    scanner = FedScanner()
    scans = LineScans(Scanners(scanner))
    heard: list[str] = []
    states: list[bool] = []
    threads = set()

    def hear(code: str) -> None:
        heard.append(code)
        threads.add(current_thread())

    scans.heard.connect(hear)
    scans.measured.connect(states.append)
    scans.start()
    try:
        sent = [f"95200000{number:05d}" for number in range(100)]
        for code in sent:
            scanner.codes.put(code)
        qtbot.waitUntil(lambda: heard == sent)
        assert threads == {main_thread()}
        scanner.state = ScannerState.UNREACHABLE
        qtbot.waitUntil(lambda: states == [True, False])
        scanner.state = ScannerState.READY
        qtbot.waitUntil(lambda: states == [True, False, True])
    finally:
        scans.close()


def test_the_application_starts_it_with_the_shop(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line itself is tested at the device; here a scanner stands in for it in the whole program."""
    scanner = FedScanner()
    monkeypatch.setattr("pos.workstation._scanner", lambda settings: scanner)
    program = make_application()
    app = App(program, read_settings(tmp_path), None, 1, language="en")
    app.show()
    try:
        qtbot.waitUntil(
            lambda: app.window.shell is not None and app.window.shell.devices.scanner is True, timeout=20_000
        )
        heard: list[tuple[str, str]] = []
        assert app._router is not None
        app._router.scanned.connect(lambda code, source: heard.append((code, source)))
        scanner.codes.put("9520000001018")
        qtbot.waitUntil(lambda: heard == [("9520000001018", "serial")])
    finally:
        app.close()
