"""The disk says no at the n-th call: nothing is acknowledged, the reason is named, and afterwards the till sells on."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError, Trouble
from pos.persistence import engine
from pos.persistence.shop_folder import DATABASE
from pos.services.sale import CompletedSale
from pos.services.verify import verify_shop
from pos.workstation import Workstation
from tests.corner_shop import new_shop, open_up, sell
from tests.crash.killing import Child, Outcome, Say, calls_of, needs_strace, points, traced
from tests.crash.test_killed import LONG, look_after_a_sale, with_a_basket

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

FAULTS = {
    "pwrite64": ("ENOSPC", "EIO"),
    "fdatasync": ("EIO", "ENOSPC"),
    "fsync": ("EIO",),
    "ftruncate": ("EIO", "ENOSPC"),
    "write": ("ENOSPC",),
    "openat": ("EIO", "EACCES"),
}
MET = {Trouble.DISK_FULL, Trouble.DISK_FAULT, Trouble.BOOKS_READ_ONLY}
# The settings and the lock of the workstation come before the books.
MET |= {Trouble.SETTINGS_UNREADABLE, Trouble.FILE_UNREADABLE}


def sell_with_patience(folder: Path, say: Say) -> None:
    """Open, pay and complete; what the disk does is said, and tried again."""
    workstation = patiently(lambda: open_up(folder), say)
    assert isinstance(workstation, Workstation)
    patiently(workstation.sale.recover, say)
    patiently(lambda: workstation.sale.tender_cash(20_000), say)
    say("PAID")
    done = patiently(workstation.sale.complete, say)
    assert isinstance(done, CompletedSale)
    say(f"SOLD {done.transaction.receipt.number}")


def patiently(action: object, say: Say) -> object:
    assert callable(action)
    for _ in range(3):
        try:
            return action()
        except KnownError as error:
            say(f"KNOWN {error.trouble}")
    raise KnownError(Trouble.DISK_FULL)


def look_after_faults(folder: Path, outcome: Outcome) -> None:
    assert {Trouble(trouble) for trouble in outcome.says("KNOWN")} <= MET
    assert not outcome.killed
    look_after_a_sale(folder, outcome)


def sweep(tmp_path: Path, *, lasting: bool, at_most: int | None) -> list[Outcome]:
    template = with_a_basket(tmp_path / "template")
    run = tmp_path / "run"

    def fresh() -> Path:
        shutil.rmtree(run, ignore_errors=True)
        return shutil.copytree(template, run)

    calls = calls_of(sell_with_patience, fresh(), tmp_path / "calls.log")
    outcomes = []
    faults = [(call, k, error) for call, k in points(calls) for error in FAULTS.get(call, ())]
    for call, k, error in faults[:: 1 if at_most is None else -(-len(faults) // at_most)]:
        fault = f"{call}:error={error}:when={k}{'+' if lasting else ''}"
        outcome = traced(sell_with_patience, fresh(), fault)
        try:
            look_after_faults(run, outcome)
            assert lasting or outcome.says("SOLD"), "one fault, and the till never sold again"
        except AssertionError as failed:
            raise AssertionError(f"{fault} after {outcome.said}: {failed}") from failed
        outcomes.append(outcome)
    return outcomes


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("at_most", [24, pytest.param(None, marks=LONG, id="all")])
def test_a_disk_that_fails_at_every_call(tmp_path: Path, lasting: bool, at_most: int | None) -> None:
    needs_strace()
    outcomes = sweep(tmp_path, lasting=lasting, at_most=at_most)
    said = {trouble for outcome in outcomes for trouble in outcome.says("KNOWN")}
    assert Trouble.DISK_FAULT in said
    if lasting:
        assert any(not outcome.says("SOLD") for outcome in outcomes), "a disk that stays full takes no sale"
        assert Trouble.DISK_FULL in said


def test_the_harness_sees_a_sale_that_swallows_the_fault(tmp_path: Path) -> None:
    needs_strace()
    folder = with_a_basket(tmp_path / "shop")

    def careless(shop: Path, say: Say) -> None:
        workstation = open_up(shop)
        workstation.sale.recover()
        workstation.sale.tender_cash(20_000)
        with suppress(KnownError):
            workstation.sale.complete()
        say("SOLD 2")

    calls = calls_of(careless, shutil.copytree(folder, tmp_path / "run"), tmp_path / "calls.log")
    sync = "fsync" if calls["fsync"] else "fdatasync"
    shutil.rmtree(tmp_path / "run")
    last = f"{sync}:error=EIO:when={calls[sync]}"
    outcome = traced(careless, shutil.copytree(folder, tmp_path / "run"), last)
    with pytest.raises(AssertionError, match="an acknowledged sale was lost"):
        look_after_faults(tmp_path / "run", outcome)


def test_a_file_that_may_not_grow_is_a_full_disk_to_the_till(tmp_path: Path) -> None:
    """The system's own limit on file sizes stands in for a disk that fills up while the shop sells."""
    folder = new_shop(tmp_path / "shop")

    def fill_up(shop: Path, say: Say) -> None:
        import resource

        workstation = open_up(shop)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
        number = 0
        try:
            for _ in range(500):
                number = sell(workstation).transaction.receipt.number
                say(f"SOLD {number}")
        except KnownError as error:
            say(f"KNOWN {error.trouble}")
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert workstation.sale.view.priced.lines, "the sale is kept"
        workstation.sale.undo()
        say(f"SOLD {sell(workstation).transaction.receipt.number}")

    child = Child(fill_up, folder)
    child.go()
    outcome = child.outcome()
    numbers = [int(number) for number in outcome.says("SOLD")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(outcome.says("KNOWN")) <= {Trouble.DISK_FULL, Trouble.DISK_FAULT}
    assert len(outcome.says("KNOWN")) == 1
    report = verify_shop(folder)
    assert report.sound
    assert report.transactions == len(numbers)


@contextmanager
def held(folder: Path, seconds: float) -> Iterator[None]:
    """Another program has the books locked for writing."""
    other = sqlite.connect(folder / DATABASE, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(seconds, other.rollback)
    release.start()
    try:
        yield
    finally:
        release.cancel()
        release.join()
        other.close()


def test_books_locked_for_three_seconds_are_waited_for(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    workstation = open_up(folder)
    workstation.sale.scan("BREAD")
    workstation.sale.tender_cash(5_000)
    began = time.monotonic()
    with held(folder, 3):
        assert isinstance(workstation.sale.complete(), CompletedSale)
    assert time.monotonic() - began > 2.5
    workstation.close()


def test_books_locked_for_long_are_said_to_be_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engine.BUSY_SECONDS == 10
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    folder = new_shop(tmp_path / "shop")
    workstation = open_up(folder)
    workstation.sale.scan("BREAD")
    workstation.sale.tender_cash(5_000)
    view = workstation.sale.view
    with held(folder, 60):
        for act in (workstation.sale.complete, workstation.sale.undo, workstation.sale.void_sale):
            with pytest.raises(KnownError) as met:
                act()
            assert met.value.trouble is Trouble.BOOKS_LOCKED
            assert workstation.sale.view == view
        scanned = workstation.sale.scan("BREAD")
        assert isinstance(scanned, Refused)
        assert scanned.code is Code.TENDERS_TAKEN, "reading goes on"
    assert isinstance(workstation.sale.complete(), CompletedSale)
    workstation.close()
    assert verify_shop(folder).sound


def test_a_folder_taken_away_in_the_middle_is_known_trouble(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    workstation = open_up(folder)
    workstation.sale.scan("BREAD")
    workstation.close()
    os.rename(folder, tmp_path / "elsewhere")  # noqa: PTH104 - as somebody with a file manager does
    with pytest.raises(KnownError) as met:
        open_up(folder)
    assert met.value.trouble is Trouble.SHOP_MISSING
    workstation = open_up(tmp_path / "elsewhere")
    assert workstation.sale.recover() is not None
    workstation.close()
