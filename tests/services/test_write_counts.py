"""One durable write a scan, one unit of work a sale: neither statements nor syncs grow with the basket."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.recording import Recording, Statement, recorded
from pos.domain.money import Quantity
from pos.services.sale import CompletedSale
from pos.workstation import Workstation
from tests.corner_shop import new_shop, open_up

LONG = 200
ROOT = Path(__file__).parents[2]

Ask = Callable[[Callable[[], object]], tuple[Statement, ...]]


@pytest.fixture
def till(tmp_path: Path) -> Iterator[tuple[Workstation, Recording]]:
    """A till whose every word to the driver is written down."""
    with recorded() as recording:
        workstation = open_up(new_shop(tmp_path / "shop"))
        # The rights of who is at the desk are read once; after that one glance an act says whether they still hold.
        workstation.desk.still_here()
        yield workstation, recording
        workstation.close()


def ask(recording: Recording, act: Callable[[], object]) -> tuple[Statement, ...]:
    recording.take()
    act()
    return recording.take()


def counted(statements: tuple[Statement, ...], *verbs: str) -> int:
    return sum(statement.sql.split()[0] in verbs for statement in statements)


def assert_one_durable_write(statements: tuple[Statement, ...]) -> None:
    assert counted(statements, "COMMIT") == 1, statements
    assert sum(statement.sql == "BEGIN IMMEDIATE" for statement in statements) == 1, statements
    assert counted(statements, "INSERT", "UPDATE", "DELETE") == 1, statements


def test_a_scan_asks_as_little_at_the_two_hundredth_line_as_at_the_second(
    till: tuple[Workstation, Recording],
) -> None:
    workstation, recording = till
    scans = [ask(recording, lambda: workstation.sale.scan("BREAD")) for _ in range(LONG)]
    assert len(workstation.sale.view.priced.lines) == LONG
    for statements in scans:
        assert_one_durable_write(statements)
    # The first also looks whether the till is open.
    assert {tuple(statement.sql for statement in statements) for statements in scans[1:]} == {
        tuple(statement.sql for statement in scans[-1])
    }
    # One glance says whether any promotion changed, another whether any pair to suggest did.
    assert len(scans[-1]) <= len(scans[0]) <= 14


def test_every_change_of_a_long_basket_is_one_durable_write(till: tuple[Workstation, Recording]) -> None:
    workstation, recording = till
    sale = workstation.sale
    for _ in range(LONG):
        sale.scan("BREAD")
    changes: tuple[Callable[[], object], ...] = (
        lambda: sale.set_quantity(7, Quantity.pieces(3)),
        lambda: sale.remove_line(3),
        sale.undo,
        sale.redo,
        lambda: sale.tender_cash(10**6),
        sale.release_tenders,
    )
    for change in changes:
        assert_one_durable_write(ask(recording, change))


def complete(till: tuple[Workstation, Recording], lines: int) -> tuple[Statement, ...]:
    workstation, recording = till
    for _ in range(lines):
        workstation.sale.scan("BREAD")
    workstation.sale.tender_cash(10**6)
    done: list[object] = []
    statements = ask(recording, lambda: done.append(workstation.sale.complete()))
    assert isinstance(done[0], CompletedSale)
    assert len(done[0].transaction.lines) == lines
    return statements


def test_a_sale_is_one_unit_of_work_with_as_many_statements_for_two_hundred_lines_as_for_one(
    till: tuple[Workstation, Recording],
) -> None:
    short, long = complete(till, 1), complete(till, LONG)
    for statements in (short, long):
        assert counted(statements, "COMMIT") == 1
        assert [statement.sql for statement in statements if statement.sql.startswith("BEGIN")] == ["BEGIN IMMEDIATE"]
        assert "FROM staff" in statements[0].sql
        assert statements[1].sql == "BEGIN IMMEDIATE"
        assert statements[-1].sql == "COMMIT"
    assert [statement.sql for statement in long] == [statement.sql for statement in short]
    assert len(long) <= 18
    rows = {statement.sql.split()[2]: len(statement.values) for statement in long if statement.many}
    assert rows["sale_line"] == LONG


def test_a_statement_for_every_line_would_be_seen(till: tuple[Workstation, Recording]) -> None:
    """The fault this file is for: work that grows with the basket."""
    workstation, recording = till

    def rewrite() -> None:
        with workstation.desk.shop.books.writing() as work:
            for line in workstation.sale.view.priced.lines:
                work.items.get(line.line.item, workstation.desk.now())
            work.commit()

    workstation.sale.scan("BREAD")
    one = ask(recording, rewrite)
    workstation.sale.scan("BREAD")
    assert len(ask(recording, rewrite)) > len(one)


_TRACED = """
import os, sys
from pathlib import Path
from tests.corner_shop import new_shop, open_up

def mark(name):
    os.access(f"/mark-{name}", os.F_OK)

till = open_up(new_shop(Path(sys.argv[1])))
for line in range(1, 201):
    mark(f"scan-{line}")
    till.sale.scan("BREAD")
mark("tender")
till.sale.tender_cash(10**6)
mark("complete")
done = till.sale.complete()
mark("end")
print(len(done.transaction.lines))
"""


def test_a_scan_and_a_sale_wait_for_the_disk_once(tmp_path: Path) -> None:
    """Counted by the kernel. SQLite's own checkpoint, which comes every thousand pages, is left out by the smallest."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed: nothing here counts what the kernel was asked")
    trace = tmp_path / "trace"
    calls = "trace=fsync,fdatasync,access,faccessat,faccessat2"
    done = subprocess.run(
        [strace, "-f", "-qq", "-e", calls, "-o", trace, sys.executable, "-c", _TRACED, tmp_path / "shop"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if "ptrace" in done.stderr:
        pytest.skip(f"strace may not look here: {done.stderr.strip()[:200]}")
    assert done.stdout.split() == [str(LONG)], done.stderr
    syncs = _syncs_by_mark(trace.read_text())
    first = min(syncs[f"scan-{line}"] for line in range(2, 12))
    last = min(syncs[f"scan-{line}"] for line in range(LONG - 10, LONG + 1))
    assert (first, last) == (1, 1)
    assert syncs["complete"] == 1
    assert sum(syncs[f"scan-{line}"] for line in range(1, LONG + 1)) <= LONG * 1.1


def _syncs_by_mark(trace: str) -> dict[str, int]:
    syncs: dict[str, int] = {}
    mark = "start"
    for line in trace.splitlines():
        if named := re.search(r'"/mark-([a-z0-9-]+)"', line):
            mark = named.group(1)
        elif re.search(r"\bf(data)?sync\(", line):
            syncs[mark] = syncs.get(mark, 0) + 1
    return syncs
