"""A restore that is killed between any two of its moves leaves the one shop or the other, and never none."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from pos.services.backup import back_up, restore
from pos.services.half_restore import finish_restore
from pos.services.verify import verify_books, verify_shop
from tests.corner_shop import OPENED, new_shop, open_up, sell
from tests.crash.killing import Say, calls_of, needs_strace, traced

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

_LATER = OPENED + timedelta(hours=1)


def with_a_backup(folder: Path) -> None:
    """A shop with two sales, and beside it its backup with one."""
    lane = open_up(new_shop(folder))
    sell(lane)
    back_up(folder, folder.with_name("copy"), OPENED)
    sell(lane)
    lane.close()


def restore_it(folder: Path, say: Say) -> None:
    report = restore(folder.with_name("copy"), folder, _LATER)
    say(f"RESTORED {report.transactions}")


def sales_in(folder: Path) -> int:
    """After the next start, which finishes what was begun."""
    finish_restore(folder)
    lane = open_up(folder, operator=None)
    report = verify_books(lane.desk.shop)
    lane.close()
    assert report.sound
    return report.transactions


def test_one_shop_or_the_other_is_in_the_place(tmp_path: Path) -> None:
    needs_strace()
    template, run = tmp_path / "template", tmp_path / "run"
    with_a_backup(template)

    def fresh() -> Path:
        for left in [*tmp_path.glob("run*"), *tmp_path.glob(".run.restored*")]:
            shutil.rmtree(left)
        return Path(shutil.copytree(template, run))

    moves = calls_of(restore_it, fresh(), tmp_path / "calls.log")["rename"]
    assert moves >= 3
    found = []
    for k in range(1, moves + 1):
        outcome = traced(restore_it, fresh(), f"rename:signal=KILL:when={k}")
        assert outcome.killed
        was_gone = not run.exists()
        sales = sales_in(run)
        found.append((was_gone, sales))
        assert sales == (1 if was_gone else 2)
        if was_gone:
            (kept,) = tmp_path.glob("run.before-*")
            assert verify_shop(kept).transactions == 2
        # What is left of it is in nobody's way.
        assert restore(tmp_path / "copy", run, _LATER + timedelta(hours=1)).transactions == 1
        assert sales_in(run) == 1
        assert not [each for each in tmp_path.glob(".run.restored*") if "-" not in each.name]
    assert found[-1] == (True, 1), "killed between the last two"
