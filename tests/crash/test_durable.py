"""What is acknowledged was synced before; one durable write a scan, one a sale, however long the basket."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pos.persistence import engine
from pos.services.sale import CompletedSale
from pos.workstation import Workstation
from tests.corner_shop import new_shop, open_up
from tests.crash.killing import Say, needs_strace, traced

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

LINES = (1, 20, 60)


def sell_long_baskets(folder: Path, say: Say) -> None:
    workstation = open_up(folder)
    for lines in LINES:
        say("READY")
        for _ in range(lines):
            workstation.sale.scan("BREAD")
            say("SCAN")
        workstation.sale.tender_cash(workstation.sale.view.priced.due_cash)
        say("PAID")
        assert isinstance(workstation.sale.complete(), CompletedSale)
        say("SOLD")


def syncs_before(log: str) -> list[tuple[str, int, bool]]:
    """For each thing said: how many syncs since the one before, and whether the last write of the books was synced."""
    events = re.findall(r"^(pwrite64|fsync|fdatasync|writev)\(\d+(?:, \[\{iov_base=\"(\w+))?", log, re.MULTILINE)
    said, syncs, dirty = [], 0, False
    for call, word in events:
        if call == "writev":
            said.append((word, syncs, not dirty))
            syncs = 0
        elif call == "pwrite64":
            dirty = True
        else:
            syncs, dirty = syncs + 1, False
    return said


def measured(tmp_path: Path) -> list[tuple[str, int, bool]]:
    log = tmp_path / "calls.log"
    traced(sell_long_baskets, new_shop(tmp_path / "shop"), "", log=log)
    said = syncs_before(log.read_text("utf-8", "replace"))
    assert Counter(word for word, _, _ in said)["SCAN"] == sum(LINES)
    return [entry for entry in said if entry[0] != "READY"]


def hold(said: list[tuple[str, int, bool]]) -> None:
    for word, syncs, synced in said:
        assert synced, f"{word} was said before it was on the disk"
        assert syncs == 1, f"{word} took {syncs} syncs"


def test_everything_said_is_on_the_disk_and_costs_one_sync(tmp_path: Path) -> None:
    needs_strace()
    hold(measured(tmp_path))


def test_a_till_that_syncs_now_and_then_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """synchronous=NORMAL outlives every kill -9 and loses sales in a power cut: here it shows."""
    needs_strace()
    relaxed = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL")
    monkeypatch.setattr(engine, "journal_pragmas", lambda _version: relaxed)
    with pytest.raises(AssertionError, match="before it was on the disk"):
        hold(measured(tmp_path))


def statements(workstation: Workstation, action: Any) -> int:
    """How many statements the driver runs for an action."""
    ran: list[str] = []
    books = workstation.desk.shop.books
    work = books.take()
    work._driver.set_trace_callback(ran.append)
    books.give_back(work)
    action()
    work._driver.set_trace_callback(None)
    assert ran
    return len(ran)


def test_statements_do_not_grow_with_the_basket(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"))
    scans, sales = set(), {}
    for lines in (10, 100):
        workstation.sale.scan("BREAD")
        for _ in range(lines - 1):
            scans.add(statements(workstation, lambda: workstation.sale.scan("BREAD")))
        workstation.sale.tender_cash(workstation.sale.view.priced.due_cash)
        sales[lines] = statements(workstation, workstation.sale.complete)
    assert len(scans) == 1
    # The item, who may, the promotions' version, what goes with it, and the one write with its begin and end.
    assert max(scans) <= 11
    # A line is its row, a row for its tax and one for what it takes from the stock.
    assert sales[100] - sales[10] == 90 * 3
    workstation.close()
