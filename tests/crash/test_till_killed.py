"""kill -9 at every write and sync of a pickup, a count and a close: a till ends once or is still open, never half."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pos.domain.day_report import DayReport
from pos.domain.refusal import Refused
from pos.domain.shop import Mode
from pos.persistence.unit_of_work import UnitOfWork
from pos.services import till_close
from pos.services.day_reports import write_report
from pos.services.desk import Desk
from pos.services.till_close import ClosedTill
from pos.services.verify import verify_books
from pos.settings import read_settings
from pos.workstation import Workstation, open_workstation
from tests.corner_shop import CASHIER, HandClock, new_shop, open_up, sell
from tests.crash.killing import Outcome, Say, needs_strace
from tests.crash.test_killed import few_or_all, sweep

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
PICKUP = 30_000


def prepare_till(folder: Path, _say: Say) -> None:
    """A till that sold once, as a killed program left it."""
    workstation = open_up(new_shop(folder.with_name("selling")))
    sell(workstation)
    shutil.copytree(folder.with_name("selling"), folder, ignore=shutil.ignore_patterns("*-shm", "*.lock"))
    workstation.close()


def opened(folder: Path) -> Workstation:
    """The workstation with its till as it was left: open, or closed."""
    workstation = open_workstation(folder, number=1, mode=Mode.LIVE, settings=read_settings(folder), clock=HandClock())
    workstation.desk.operator = CASHIER
    return workstation


def count_it(workstation: Workstation) -> None:
    current = workstation.tills.current()
    assert current is not None
    assert not isinstance(workstation.counts.count({"1.00": str(current.expected.minor // 100)}), Refused)


def end_the_day(folder: Path, say: Say) -> None:
    workstation = opened(folder)
    assert not isinstance(workstation.till_moves.pickup(PICKUP, "bank"), Refused)
    say("PICKED")
    count_it(workstation)
    say("COUNTED")
    done = workstation.till_closing.close()
    assert isinstance(done, ClosedTill)
    say(f"ENDED {done.number}")
    workstation.close()


def look_after_the_day(folder: Path, outcome: Outcome) -> None:
    """Closed with its Z, or open with what was said before: then it is closed now, with the same figures."""
    workstation = opened(folder)
    if outcome.says("ENDED"):
        assert workstation.tills.current() is None, "an acknowledged close was lost"
    if workstation.tills.current() is not None:
        overview = workstation.tills.overview()
        assert overview is not None
        picked = [move for move in overview.moves if move.kind == "pickup"]
        assert len(picked) <= 1
        if "PICKED" in outcome.said:
            assert picked, "an acknowledged pickup was lost"
        if not picked:
            assert not isinstance(workstation.till_moves.pickup(PICKUP, "bank"), Refused)
        count_it(workstation)
        assert isinstance(workstation.till_closing.close(), ClosedTill)
    z = workstation.day_reports.last_z()
    assert isinstance(z, DayReport)
    assert (z.number, z.sales.number, z.over_short) == (1, 1, 0)
    assert [(move.kind, move.amount) for move in z.movements] == [("pickup", -PICKUP)]
    assert z.expected == z.opening_float + z.sales.amount + z.rounding - PICKUP
    assert verify_books(workstation.desk.shop).violations == ()
    workstation.close()


@few_or_all(24)
def test_a_close_killed_at_every_call(tmp_path: Path, at_most: int | None) -> None:
    needs_strace()
    assert sweep(tmp_path, prepare_till, end_the_day, look_after_the_day, at_most=at_most) > 12


def test_a_close_whose_report_comes_later_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The close in one commit, its Z in the next: a kill between them leaves a till that ended without a report."""
    needs_strace()
    honest = write_report

    def in_two(work: UnitOfWork, desk: Desk, till: object, **wanted: object) -> object:
        work.commit()
        work.begin("BEGIN IMMEDIATE")
        return honest(work, desk, till, **wanted)  # type: ignore[arg-type]

    monkeypatch.setattr(till_close, "write_report", in_two)
    with pytest.raises(AssertionError, match="killed at"):
        sweep(tmp_path, prepare_till, end_the_day, look_after_the_day, at_most=None)
