"""Printing into a folder, a file and a device."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pos.devices.file_printer import FilePrinter
from pos.devices.ports import Held, HeldReason, Printed, PrinterState
from pos.devices.printer import PrinterKind, PrinterSettings, open_printer
from pos.devices.tcp_printer import TcpPrinter

JOB = b"\x1b@TOTAL 138.65\n"


def test_a_folder_gets_one_file_a_job(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "paper")
    assert printer.send(JOB, "0142-03-0118.1") == Printed()
    assert printer.send(b"two", "0142-03-0119.1") == Printed()
    assert sorted(file.name for file in (tmp_path / "paper").iterdir()) == [
        "0142-03-0118.1.escpos",
        "0142-03-0119.1.escpos",
    ]
    assert (tmp_path / "paper" / "0142-03-0118.1.escpos").read_bytes() == JOB


def test_the_same_job_again_is_still_one_paper(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path)
    assert [printer.send(JOB, "r1"), printer.send(JOB, "r1")] == [Printed(), Printed()]
    assert [file.name for file in tmp_path.iterdir()] == ["r1.escpos"]


def test_a_file_holds_the_last_job(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "last.bin")
    printer.send(b"one", "r1")
    printer.send(b"two", "r2")
    assert [file.name for file in tmp_path.iterdir()] == ["last.bin"]
    assert (tmp_path / "last.bin").read_bytes() == b"two"


def test_paper_is_for_its_owner_only(tmp_path: Path) -> None:
    FilePrinter(tmp_path / "paper").send(JOB, "r1")
    assert stat.S_IMODE((tmp_path / "paper" / "r1.escpos").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "paper").stat().st_mode) == 0o700


@pytest.mark.parametrize("job_id", ["", "../r1", "a/b", ".r1", "a\\b", "r1\n", "x" * 101])
def test_a_job_is_never_written_elsewhere(tmp_path: Path, job_id: str) -> None:
    with pytest.raises(ValueError):
        FilePrinter(tmp_path).send(JOB, job_id)
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_the_job_is_held(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    printer = FilePrinter(tmp_path / "file" / "below")
    answer = printer.send(JOB, "r1")
    assert isinstance(answer, Held)
    assert answer.reason is HeldReason.NOT_WRITABLE
    assert printer.status().state is PrinterState.NOT_WRITABLE


def test_a_folder_that_can_be_made_is_ready(tmp_path: Path) -> None:
    assert FilePrinter(tmp_path / "a" / "b").status().state is PrinterState.READY


def test_a_device_takes_the_bytes_and_proves_nothing() -> None:
    assert FilePrinter(Path("/dev/null")).send(JOB, "r1") == Printed(proven=False)
    full = FilePrinter(Path("/dev/full")).send(JOB, "r1")
    assert isinstance(full, Held)


def test_the_settings_choose_the_port(tmp_path: Path) -> None:
    assert isinstance(open_printer(PrinterSettings(PrinterKind.TCP, host="printer.lan")), TcpPrinter)
    assert isinstance(open_printer(PrinterSettings(PrinterKind.FILE, path=tmp_path)), FilePrinter)
    assert open_printer(PrinterSettings()) is None
    for broken in (
        {"kind": PrinterKind.TCP},
        {"kind": PrinterKind.TCP, "host": "p", "port": 0},
        {"kind": PrinterKind.FILE},
    ):
        with pytest.raises(ValueError):
            PrinterSettings(**broken)
