"""The TCP printer against a real socket that is healthy, out of paper, cut off, stalled, silent or not there."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from pos.devices.drawer import PrinterDrawer, kick_bytes
from pos.devices.ports import Held, HeldReason, Printed, PrinterState, Unknown, UnknownWhy
from pos.devices.tcp_printer import TcpPrinter, TimeLimits
from tests.devices.fake_printer import FakePrinter

QUICK = TimeLimits(connect_seconds=1.0, answer_seconds=0.3, proof_seconds=0.6, bytes_a_second=1_000_000)
JOB = b"\x1b@ALDER & CO.\nTOTAL 138.65\n" + b"x" * 400 + b"\n"


@pytest.fixture
def fake() -> Iterator[FakePrinter]:
    with FakePrinter() as printer:
        yield printer


def printer_at(fake: FakePrinter, *, answers: bool = True) -> TcpPrinter:
    return TcpPrinter("127.0.0.1", fake.port, answers=answers, drawer_open_is_high=True, limits=QUICK)


def test_a_healthy_printer_prints_once_and_proves_it(fake: FakePrinter) -> None:
    assert printer_at(fake).send(JOB, "r1") == Printed()
    assert bytes(fake.printed) == JOB


def test_a_low_roll_still_prints(fake: FakePrinter) -> None:
    fake.paper_low = True
    printer = printer_at(fake)
    assert printer.send(JOB, "r1") == Printed()
    assert printer.status().state is PrinterState.PAPER_LOW


def test_several_jobs_come_out_in_order(fake: FakePrinter) -> None:
    printer = printer_at(fake)
    assert [printer.send(job, "r") for job in (b"one\n", b"two\n", b"three\n")] == [Printed()] * 3
    assert bytes(fake.printed) == b"one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("flag", "reason"), [("paper_out", HeldReason.PAPER_OUT), ("cover_open", HeldReason.COVER_OPEN)]
)
def test_without_paper_or_with_the_cover_open_nothing_is_sent(fake: FakePrinter, flag: str, reason: HeldReason) -> None:
    setattr(fake, flag, True)
    printer = printer_at(fake)
    assert printer.send(JOB, "r1") == Held(reason)
    fake.load_paper()
    assert bytes(fake.printed) == b""
    assert printer.send(JOB, "r1") == Printed()
    assert bytes(fake.printed) == JOB


def test_paper_that_ends_in_the_job_is_unknown_and_the_rest_comes_once(fake: FakePrinter) -> None:
    fake.paper_lasts = 20
    printer = printer_at(fake)
    assert printer.send(JOB, "r1") == Unknown(UnknownWhy.PAPER_OUT)
    assert len(fake.printed) == 20
    fake.load_paper()
    assert bytes(fake.printed) == JOB


def test_a_late_proof_of_an_old_job_is_no_proof_of_the_next(fake: FakePrinter) -> None:
    """The old job prints when paper comes, and its proof arrives while the next job is asked for."""
    fake.paper_lasts = 20
    printer = printer_at(fake)
    assert printer.send(JOB, "r1") == Unknown(UnknownWhy.PAPER_OUT)
    fake.paper_lasts = len(JOB) + 20
    fake.paper_out = False  # the roll is in; what is left of r1 and its proof come out first, then r2 runs out of paper
    assert printer.send(JOB, "r2") == Unknown(UnknownWhy.PAPER_OUT)
    fake.load_paper()
    assert bytes(fake.printed) == JOB + JOB


def test_a_refused_connection_is_held_and_safe_to_try_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    answer = TcpPrinter("127.0.0.1", port, limits=QUICK).send(JOB, "r1")
    assert isinstance(answer, Held)
    assert answer.reason is HeldReason.UNREACHABLE


@pytest.mark.parametrize("after", [25, 100, 400])
def test_a_connection_cut_in_the_job_is_unknown(fake: FakePrinter, after: int) -> None:
    printer = printer_at(fake)
    assert printer.send(b"first\n", "r0") == Printed()
    fake.hang_up_after = after
    answer = printer.send(JOB, "r1")
    assert isinstance(answer, Unknown)
    assert answer.why in {UnknownWhy.LINK_LOST, UnknownWhy.NO_PROOF}


def test_a_printer_that_answers_nothing_gets_nothing(fake: FakePrinter) -> None:
    fake.answers = False
    printer = printer_at(fake)
    assert printer.send(JOB, "r1") == Held(HeldReason.SILENT)
    assert printer.status().state is PrinterState.SILENT
    assert bytes(fake.printed) == b""


def test_a_printer_that_stalls_in_the_job_is_unknown_in_time(fake: FakePrinter) -> None:
    """It takes some bytes and then neither reads nor answers; the job is larger than what the network holds."""
    limits = TimeLimits(connect_seconds=1.0, answer_seconds=0.3, proof_seconds=0.5, bytes_a_second=1_000_000_000)
    fake.stall_after = 100
    began = time.monotonic()
    assert TcpPrinter("127.0.0.1", fake.port, limits=limits).send(b"y" * 24_000_000, "r1") == Unknown(UnknownWhy.SILENT)
    assert time.monotonic() - began < 5


def test_no_proof_is_never_taken_for_printed(fake: FakePrinter) -> None:
    printer = printer_at(fake)
    assert printer.send(b"first\n", "r0") == Printed()
    fake.proves = False
    assert printer.send(JOB, "r1") == Unknown(UnknownWhy.NO_PROOF)
    assert bytes(fake.printed) == b"first\n" + JOB


def test_status_sent_unasked_is_no_proof(fake: FakePrinter) -> None:
    """Its last three bytes look like proofs."""
    fake.unasked_status = True
    printer = printer_at(fake)
    assert printer.send(b"first\n", "r0") == Printed()
    fake.proves = False
    assert printer.send(JOB, "r1") == Unknown(UnknownWhy.NO_PROOF)


def test_a_printer_that_cannot_answer_gets_the_job_handed_over(fake: FakePrinter) -> None:
    fake.answers = False
    assert printer_at(fake, answers=False).send(JOB, "r1") == Printed(proven=False)
    assert bytes(fake.printed) == JOB


def test_nothing_is_ever_sent_a_second_time_by_itself(fake: FakePrinter) -> None:
    fake.proves = False
    printer = printer_at(fake)
    printer._owes_proof = False
    assert printer.send(JOB, "r1") == Unknown(UnknownWhy.NO_PROOF)
    assert fake.connections == 1
    assert bytes(fake.printed) == JOB


def test_the_drawer_opens_through_the_printer(fake: FakePrinter) -> None:
    drawer = PrinterDrawer(printer_at(fake), pin=5)
    assert drawer.is_open() is False
    assert drawer.kick("k1") == Printed()
    assert bytes(fake.printed) == kick_bytes(5) == b"\x1bp\x01\x32\xfa"
    fake.drawer_high = True
    assert drawer.is_open() is True


def test_without_paper_the_drawer_stays_shut_and_does_not_open_later(fake: FakePrinter) -> None:
    fake.paper_out = True
    assert PrinterDrawer(printer_at(fake)).kick("k1") == Held(HeldReason.PAPER_OUT)
    fake.load_paper()
    assert bytes(fake.printed) == b""


def test_a_drawer_nobody_described_tells_nothing(fake: FakePrinter) -> None:
    assert TcpPrinter("127.0.0.1", fake.port, limits=QUICK).status().drawer_open is None


def test_two_threads_take_turns(fake: FakePrinter) -> None:
    printer = printer_at(fake)
    answers = []
    threads = [
        threading.Thread(target=lambda text=text: answers.append(printer.send(text * 200 + b"\n", "r")))
        for text in (b"a", b"b", b"c")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [Printed()] * 3
    assert sorted(bytes(fake.printed).split()) == [b"a" * 200, b"b" * 200, b"c" * 200]
