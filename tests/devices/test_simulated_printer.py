"""The simulated printer fails as told, and as real ones do."""

from __future__ import annotations

import pytest

from pos.devices.drawer import PrinterDrawer
from pos.devices.ports import Held, HeldReason, Printed, PrinterPort, PrinterState, Unknown, UnknownWhy
from pos.devices.simulated.printer import Paper, PrinterFault, SimulatedPrinter


def test_it_prints_and_counts_kicks() -> None:
    printer: PrinterPort = SimulatedPrinter()
    assert isinstance(printer, SimulatedPrinter)
    drawer = PrinterDrawer(printer)
    assert printer.send(b"paper", "r1") == Printed()
    assert drawer.kick("k1") == Printed()
    assert printer.papers == [Paper("r1", b"paper")]
    assert (printer.kicks, drawer.is_open()) == (1, True)
    printer.close_drawer()
    assert drawer.is_open() is False


@pytest.mark.parametrize("fault", ["paper_out", "cover_open", "offline", "unreachable"])
def test_a_standing_fault_holds_every_job_until_it_is_mended(fault: str) -> None:
    printer = SimulatedPrinter()
    printer.fault = PrinterFault(fault)
    assert printer.send(b"paper", "r1") == Held(HeldReason(fault))
    assert printer.status().state is PrinterState(fault)
    printer.mend()
    assert printer.papers == []
    assert printer.send(b"paper", "r1") == Printed()


def test_a_script_happens_once_in_order() -> None:
    printer = SimulatedPrinter()
    printer.script.extend([None, PrinterFault.LINK_LOST_PRINTED, PrinterFault.LINK_LOST_NOT_PRINTED])
    answers = [printer.send(name.encode(), name) for name in ("r1", "r2", "r3", "r4")]
    lost = Unknown(UnknownWhy.LINK_LOST)
    assert answers == [Printed(), lost, lost, Printed()]
    assert [paper.job_id for paper in printer.papers] == ["r1", "r2", "r4"]


def test_a_job_kept_through_paper_out_comes_out_when_mended() -> None:
    printer = SimulatedPrinter()
    printer.script.append(PrinterFault.PAPER_OUT_IN_JOB)
    assert printer.send(b"one", "r1") == Unknown(UnknownWhy.PAPER_OUT)
    assert printer.send(b"two", "r2") == Held(HeldReason.PAPER_OUT)
    printer.mend()
    assert [paper.job_id for paper in printer.papers] == ["r1"]
