"""A scanner on a line: codes come whole and in order, and a pulled cable costs at most the code it was in."""

from __future__ import annotations

import os
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.devices.ports import ScannerState
from pos.devices.serial_scanner import SerialScanner

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pseudo terminal stands for the line; Windows has none")


class Line:
    """The scanner's end of a cable that can be pulled and put back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ends: tuple[int, int] | None = None
        self.plug_in()

    def plug_in(self) -> None:
        self._ends = os.openpty()
        tty.setraw(self._ends[1])
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(self._ends[1]))

    def pull(self) -> None:
        if self._ends is not None:
            for end in self._ends:
                os.close(end)
        self._ends = None
        self.path.unlink(missing_ok=True)

    def send(self, sent: bytes) -> None:
        assert self._ends is not None
        os.write(self._ends[0], sent)


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    made = Line(tmp_path / "scanner")
    yield made
    made.pull()


@pytest.fixture
def scanner(line: Line) -> Iterator[SerialScanner]:
    made = SerialScanner(str(line.path))
    made.read()
    assert made.state is ScannerState.READY
    yield made
    made.close()


def read(scanner: SerialScanner, count: int, seconds: float = 5.0) -> list[str]:
    codes: list[str] = []
    until = time.monotonic() + seconds
    while len(codes) < count and time.monotonic() < until:
        codes += scanner.read()
    return codes


def state(scanner: SerialScanner) -> ScannerState:
    return scanner.state


def test_codes_come_whole_and_in_order(line: Line, scanner: SerialScanner) -> None:
    codes = [f"95200000{number:05d}" for number in range(50)]
    for code in codes:
        line.send(code.encode() + b"\r\n")
    assert read(scanner, 50) == codes


def test_a_code_in_pieces_is_one(line: Line, scanner: SerialScanner) -> None:
    for piece in (b"]C101095200", b"00001018", b"10AB\x1d1726", b"1231\r40", b"11\r"):
        line.send(piece)
    assert read(scanner, 2) == ["]C1010952000000101810AB\x1d17261231", "4011"]


def test_a_scanner_that_ends_with_nothing_is_heard_too(line: Line, scanner: SerialScanner) -> None:
    line.send(b"9520000001018")
    assert read(scanner, 1) == ["9520000001018"]


def test_what_stands_around_a_code_goes(line: Line, scanner: SerialScanner) -> None:
    line.send(b"\x029520000001018\x03\r\x02\x03\r\n\xe9t\xe9\r\xc3\xa9\n")
    assert read(scanner, 3) == ["9520000001018", "été", "é"]


def test_noise_without_end_is_given_on_and_does_not_pile_up(line: Line, scanner: SerialScanner) -> None:
    line.send(b"x" * 1500)
    assert len(read(scanner, 1)[0]) > 300


def test_a_pulled_cable_is_seen_and_its_return_too(line: Line, scanner: SerialScanner) -> None:
    line.send(b"952000")
    assert scanner.read() == ()
    line.pull()
    assert scanner.read() == ()
    assert state(scanner) is ScannerState.UNREACHABLE
    line.plug_in()
    while state(scanner) is not ScannerState.READY:
        scanner.read()
    line.send(b"4011\r")
    assert read(scanner, 1) == ["4011"]


def test_a_line_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    scanner = SerialScanner(str(tmp_path / "none"))
    assert scanner.read() == ()
    assert scanner.state is ScannerState.UNREACHABLE
    scanner.close()
    assert scanner.read() == ()
