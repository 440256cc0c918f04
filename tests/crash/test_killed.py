"""kill -9 at every write and sync: nothing acknowledged is lost, nothing doubled, and the next start needs no hand."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import alembic.command  # noqa: F401 - loaded once here, not in every process that founds a shop
import pytest

from pos.domain.basket import Basket
from pos.domain.money import Quantity, Unit
from pos.domain.shop import Mode
from pos.domain.trouble import KnownError
from pos.persistence import shop_folder
from pos.persistence.shop_folder import shop_exists
from pos.persistence.unit_of_work import UnitOfWork
from pos.services import completion, shops
from pos.services import sale as sale_module
from pos.services.desk import Desk, Fact, record
from pos.services.open_basket import OpenBasket
from pos.services.sale import CompletedSale, SaleView
from pos.services.shops import NewStaff, found_shop
from pos.services.verify import verify_books, verify_shop
from tests.corner_shop import CASHIER, ITEMS, RULES, HandClock, new_shop, open_up, sell
from tests.crash.killing import Child, Outcome, Say, Scenario, calls_of, needs_strace, points, traced

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
LONG = [pytest.mark.soak, pytest.mark.timeout(3600)]
# The start of a program and the check of its books, in the middle of a busy test run.
START_SECONDS_MAX = 5.0


def with_a_basket(folder: Path) -> Path:
    """A shop with one sale in its books and one open, as a killed program left it."""
    workstation = open_up(new_shop(folder.with_name("selling")))
    sell(workstation)
    workstation.sale.scan("BREAD")
    workstation.sale.scan("4135", Quantity(1_284, Unit.KG))
    shutil.copytree(folder.with_name("selling"), folder, ignore=shutil.ignore_patterns("*-shm", "*.lock"))
    workstation.close()
    return folder


def complete_the_sale(folder: Path, say: Say) -> None:
    workstation = open_up(folder)
    assert workstation.sale.recover() is not None
    workstation.sale.tender_cash(20_000)
    say("PAID")
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale)
    say(f"SOLD {done.transaction.receipt.number}")
    workstation.sale.scan("DEPOSIT")
    say("NEXT")
    workstation.close()
    say("CLOSED")


def look_after_a_sale(folder: Path, outcome: Outcome) -> None:
    """One sale or its basket, never both and never neither; then it sells on without a gap."""
    began = time.monotonic()
    workstation = open_up(folder)
    offered = workstation.sale.recover()
    assert time.monotonic() - began < START_SECONDS_MAX
    last = workstation.sale.last_completed()
    assert last is not None
    number = last.receipt.number
    assert number in {1, 2}
    lines = [] if offered is None else [line.line.item for line in offered.priced.lines]
    if outcome.says("SOLD"):
        assert outcome.says("SOLD") == ["2"]
        assert number == 2, "an acknowledged sale was lost"
    if number == 2:
        assert lines in ([], ["4"]), "the sale is in the books and its basket is offered again"
        assert lines == ["4"] or "NEXT" not in outcome.said
        assert [line.item for line in last.lines] == ["1", "2"]
    else:
        assert lines == ["1", "2"], "neither the sale nor its basket is there"
        assert offered is not None
        assert offered.priced.basket.tenders or "PAID" not in outcome.said
        if not offered.priced.complete:
            workstation.sale.tender_cash(20_000)
        done = workstation.sale.complete()
        assert isinstance(done, CompletedSale)
        assert done.transaction.receipt.number == 2
    report = verify_books(workstation.desk.shop)
    assert report.violations == ()
    assert report.transactions == 2
    workstation.close()


def scan_and_change(folder: Path, say: Say) -> None:
    workstation = open_up(folder)
    workstation.sale.recover()
    for step, act in enumerate(STEPS, start=1):
        assert isinstance(act(workstation.sale), SaleView)
        say(f"STEP {step}")


STEPS: tuple[Callable[[sale_module.Sale], object], ...] = (
    lambda sale: sale.scan("BREAD"),
    lambda sale: sale.set_quantity(2, Quantity.pieces(3)),
    lambda sale: sale.remove_line(0),
    lambda sale: sale.undo(),
    lambda sale: sale.redo(),
)
# The items of the basket, and how many of the third line, after each step.
BASKETS = (
    (["1", "2"], None),
    (["1", "2", "1"], 1000),
    (["1", "2", "1"], 3000),
    (["2", "1"], None),
    (["1", "2", "1"], 3000),
    (["2", "1"], None),
)


def look_after_a_scan(folder: Path, outcome: Outcome) -> None:
    """The basket is offered as it was at the last step said, or one step further."""
    workstation = open_up(folder)
    offered = workstation.sale.recover()
    assert offered is not None
    lines = offered.priced.basket.lines
    found = ([line.item for line in lines], lines[2].quantity.thousandths if len(lines) > 2 else None)
    said = len(outcome.says("STEP"))
    assert found in BASKETS[said : said + 2], f"after step {said}"
    assert verify_books(workstation.desk.shop).violations == ()
    workstation.close()


def found_a_shop(folder: Path, say: Say) -> None:
    staff = [NewStaff(CASHIER, "101101")]
    found_shop(folder, RULES, mode=Mode.LIVE, clock=HandClock(), workstation=1, staff=staff, items=ITEMS)
    say("FOUNDED")


def look_after_founding(folder: Path, outcome: Outcome) -> None:
    """A whole shop or none; where there is none, founding it again works."""
    if not shop_exists(folder):
        assert not outcome.says("FOUNDED")
        assert "FOUNDED" not in outcome.said
        found_a_shop(folder, lambda _line: None)
    assert verify_shop(folder).violations == ()
    workstation = open_up(folder)
    sell(workstation)
    workstation.close()


Look = Callable[[Path, Outcome], None]


def sweep(tmp_path: Path, prepare: Scenario | None, scenario: Scenario, look: Look, *, at_most: int | None) -> int:
    """Kill the scenario at each point, and look; answers at how many points it died."""
    template = tmp_path / "template"
    if prepare is not None:
        prepare(template, print)
    run = tmp_path / "run"

    def fresh() -> Path:
        for left in tmp_path.glob(f".{run.name}.*"):
            shutil.rmtree(left)
        shutil.rmtree(run, ignore_errors=True)
        return shutil.copytree(template, run) if template.exists() else run

    calls = calls_of(scenario, fresh(), tmp_path / "calls.log")
    assert calls["fdatasync"] + calls["fsync"], "what is acknowledged was synced"
    killed = 0
    for call, k in points(calls, at_most=at_most):
        outcome = traced(scenario, fresh(), f"{call}:signal=KILL:when={k}")
        killed += outcome.killed
        try:
            look(run, outcome)
        except AssertionError as error:
            raise AssertionError(f"killed at {call} {k} after {outcome.said}: {error}") from error
    print(f"{scenario.__name__}: {killed} kills of {sum(calls.values())} calls")
    return killed


def few_or_all(few: int) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("at_most", [few, pytest.param(None, marks=LONG, id="all")])


def prepare_basket(folder: Path, _say: Say) -> None:
    with_a_basket(folder)


@few_or_all(36)
def test_a_sale_killed_at_every_call(tmp_path: Path, at_most: int | None) -> None:
    needs_strace()
    assert sweep(tmp_path, prepare_basket, complete_the_sale, look_after_a_sale, at_most=at_most) > 20


@few_or_all(16)
def test_a_scan_killed_at_every_call(tmp_path: Path, at_most: int | None) -> None:
    needs_strace()
    assert sweep(tmp_path, prepare_basket, scan_and_change, look_after_a_scan, at_most=at_most) > 8


@few_or_all(8)
def test_a_founding_killed_at_every_call(tmp_path: Path, at_most: int | None) -> None:
    needs_strace()
    assert sweep(tmp_path, None, found_a_shop, look_after_founding, at_most=at_most) > 5


def keep_selling(folder: Path, say: Say) -> None:
    workstation = open_up(folder)
    workstation.sale.recover()
    if workstation.sale.view.priced.lines:
        workstation.sale.void_sale()
        say("VOID")
    while True:
        say(f"SOLD {sell(workstation).transaction.receipt.number}")


def look_after_selling(folder: Path, acknowledged: int) -> int:
    """The last number acknowledged or the one after it; answers how many sales there are.

    The whole books are verified every few hundred sales, the start itself holds them against their anchors each time.
    """
    workstation = open_up(folder)
    last = workstation.sale.last_completed()
    number = 0 if last is None else last.receipt.number
    assert number in {acknowledged, acknowledged + 1}, f"{acknowledged} acknowledged, {number} in the books"
    if number % 1000 < 100:
        report = verify_books(workstation.desk.shop)
        assert report.violations == ()
        assert report.transactions == number
    workstation.close()
    return number


@pytest.mark.parametrize("kills", [8, pytest.param(300, marks=LONG)])
def test_a_till_killed_at_any_moment(tmp_path: Path, kills: int) -> None:
    """One shop outlives all its kills; SIGKILL comes some milliseconds after the first sale."""
    rng = random.Random(kills)
    folder = new_shop(tmp_path / "shop")
    sales = 0
    for _ in range(kills):
        child = Child(keep_selling, folder)
        child.go()
        child.wait_for_its_first_word()
        time.sleep(rng.random() * 0.15)
        os.kill(child.pid, signal.SIGKILL)
        outcome = child.outcome()
        assert outcome.killed
        acknowledged = [int(number) for number in outcome.says("SOLD")]
        assert acknowledged == list(range(sales + 1, sales + 1 + len(acknowledged)))
        sales = look_after_selling(folder, sales + len(acknowledged))
    print(f"{kills} kills, {sales} sales")
    assert sales > kills
    assert verify_shop(folder).violations == ()


class TestPlantedFaults:
    """Each harness must see the fault it is for: at some point of all of them, and the first ends the sweep."""

    def test_a_sale_in_two_commits(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        needs_strace()

        def torn(work: UnitOfWork, desk: Desk, fact: Fact) -> object:
            work.commit()
            work.begin("BEGIN IMMEDIATE")
            return record(work, desk, fact)

        monkeypatch.setattr(completion, "record", torn)
        with pytest.raises(AssertionError, match="killed at"):
            sweep(tmp_path, prepare_basket, complete_the_sale, look_after_a_sale, at_most=None)

    def test_an_acknowledgement_before_the_commit(self, tmp_path: Path) -> None:
        needs_strace()

        def boast(folder: Path, say: Say) -> None:
            workstation = open_up(folder)
            workstation.sale.recover()
            workstation.sale.tender_cash(20_000)
            say("SOLD 2")
            workstation.sale.complete()

        with pytest.raises(AssertionError, match="an acknowledged sale was lost"):
            sweep(tmp_path, prepare_basket, boast, look_after_a_sale, at_most=None)

    def test_a_basket_that_is_not_always_saved(self, tmp_path: Path) -> None:
        needs_strace()

        def forget(folder: Path, say: Say) -> None:
            save, steps = OpenBasket._save, []

            def every_other(self: OpenBasket, basket: Basket, besides: object = None) -> None:
                steps.append((basket, besides))
                if len(steps) % 2:
                    save(self, basket)

            # In the forked process only.
            OpenBasket._save = every_other  # type: ignore[method-assign]
            scan_and_change(folder, say)

        with pytest.raises(AssertionError, match="after step"):
            sweep(tmp_path, prepare_basket, forget, look_after_a_scan, at_most=None)

    def test_a_shop_founded_in_its_place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Built where it is to stay, a killed founding leaves half a shop there."""
        needs_strace()

        def in_place(folder: Path, mode: Mode, at: Any, fill: Any, _logos: Any) -> None:
            folder.mkdir()
            shop_folder._fill_new(folder, mode, at, fill)

        monkeypatch.setattr(shops, "create_shop", in_place)
        with pytest.raises((AssertionError, KnownError), match=r"killed at|BOOKS|KEYS"):
            sweep(tmp_path, None, found_a_shop, look_after_founding, at_most=None)

    def test_a_random_kill_of_a_till_that_boasts(self, tmp_path: Path) -> None:
        folder = new_shop(tmp_path / "shop")
        with pytest.raises(AssertionError, match="3 acknowledged, 0 in the books"):
            look_after_selling(folder, 3)
