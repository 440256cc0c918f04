"""The process dies at a point of the next step: what the books hold then, and what the start that follows finds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.domain.item import Item
from pos.domain.refusal import Refused
from pos.domain.shop import Mode, ShopRules
from pos.domain.staff import Operator, Role
from pos.persistence.baskets import Baskets
from pos.script.premises import LaneClock
from pos.services.crash import CrashPoint, ProcessDied, dying_at_commit
from pos.services.sale import CompletedSale
from pos.services.shops import NewStaff, found_shop
from pos.workstation import Workstation, open_workstation
from tests.script.playing import play_steps, play_text, settings

STAFF = 'staff: [{id: "101", pin: "471100"}]'


@pytest.fixture
def lane(tmp_path: Path) -> Workstation:
    """Return an open lane with one item rung up and paid."""
    folder = tmp_path / "shop"
    clock = LaneClock(datetime(2026, 1, 2, 9, tzinfo=UTC))
    rules = ShopRules(name="Shop", store="0001", currency="USD", timezone="UTC")
    staff = [NewStaff(Operator("1", "Cashier", Role.CASHIER), "123456")]
    items = [Item("MUG", "Mug", 500, ())]
    found_shop(folder, rules, mode=Mode.SCRIPT, clock=clock, workstation=1, staff=staff, items=items)
    station = open_workstation(folder, number=1, mode=Mode.SCRIPT, settings=settings(), clock=clock)
    station.sign_on.sign_on("1", "123456")
    station.tills.open_till(0)
    station.sale.add_item("MUG")
    station.sale.tender_cash(500)
    return station


def test_before_the_commit_everything_was_written_and_nothing_stays(lane: Workstation) -> None:
    with pytest.raises(ProcessDied), dying_at_commit(lane.desk, CrashPoint.BEFORE_COMMIT):
        lane.sale.complete()
    assert lane.sale.last_completed() is None
    assert lane.sale.recover() is not None
    lane.close()


def test_after_the_commit_the_sale_is_in_the_books_and_the_basket_gone(lane: Workstation) -> None:
    with pytest.raises(ProcessDied), dying_at_commit(lane.desk, CrashPoint.AFTER_COMMIT):
        lane.sale.complete()
    assert lane.sale.last_completed() is not None
    assert lane.sale.recover() is None
    lane.close()


@pytest.mark.parametrize("point", [None, CrashPoint.BEFORE_PRINT])
def test_where_no_commit_is_to_die_none_does(lane: Workstation, point: CrashPoint | None) -> None:
    with dying_at_commit(lane.desk, point):
        assert isinstance(lane.sale.complete(), CompletedSale)
    lane.close()


def test_after_the_block_the_desk_lives_again(lane: Workstation) -> None:
    with pytest.raises(ProcessDied), dying_at_commit(lane.desk, CrashPoint.BEFORE_COMMIT):
        lane.sale.complete()
    assert isinstance(lane.sale.complete(), CompletedSale)
    lane.close()


def test_a_step_that_commits_nothing_leaves_nothing_that_dies_later(lane: Workstation) -> None:
    with dying_at_commit(lane.desk, CrashPoint.BEFORE_COMMIT):
        assert isinstance(lane.tills.open_till(100), Refused)
    assert isinstance(lane.sale.complete(), CompletedSale)
    lane.close()


def test_other_steps_die_too_and_the_same_person_goes_on(tmp_path: Path) -> None:
    played = play_steps(
        tmp_path,
        """
        - crash: {at: before_commit}
        - open_till: {float: "10.00"}
        - crash: {at: after_commit}
        - open_till: {float: "20.00"}
        - crash: {at: after_commit}
        - clock: "+1h"
        - sale: {as: s1, lines: [{item: KETTLE}, {item: FREE}]}
        - crash: {at: after_commit}
        - void_line: {sale: s1, line: 1}
        - crash: {at: before_print}
        - tender: {sale: s1}
        - crash: {at: before_commit}
        - sign_on: {operator: "101", pin: "471100"}
        - crash: {at: before_commit}
        - print: {document: s1.sale_receipt}
        """,
        before=STAFF,
    )
    results = {step["step"]: step for step in played.steps}
    assert played.status == 0
    # A till that was not opened is opened by the next step with another float.
    assert (results[2]["died"], "till" in results[2]) == ("before_commit", False)
    assert (results[4]["died"], results[4].get("refused")) == ("after_commit", None)
    assert (results[6]["died"], results[6]["now"]) == ("after_commit", "2026-01-02T10:00")
    assert results[8]["recovered"] == [{"kind": "sale", "receipt": None, "state": "open"}]
    assert results[10]["recovered"] == [{"kind": "sale", "receipt": "0001-01-0001", "state": "completed"}]
    assert [line["item"] for line in results[11]["lines"]] == ["FREE"]
    assert results[12]["recovered"] == []
    assert results[15]["text"]
    assert played.only["end"]["till"]["expected"] == "20.00"
    assert played.only["end"]["violations"] == []


def test_a_crash_is_held_against_what_was_expected_of_it_once_it_happened(tmp_path: Path) -> None:
    played = play_steps(
        tmp_path,
        """
        - {crash: {at: after_commit}, expect: {recovered: [{state: open}]}}
        - sale: {lines: [{item: FREE}]}
        """,
    )
    assert played.status == 1
    (failed,) = played.only["failed"]
    assert (failed["step"], failed["field"], failed["expected"], failed["got"]) == (
        1, "recovered[1].state", "open", "completed",
    )  # fmt: skip
    assert [step["ok"] for step in played.steps] == [False, True]


@pytest.mark.parametrize(("point", "acknowledged"), [("after_commit", ""), ("before_print", "ACK 2 0001-01-0001\n")])
def test_a_receipt_is_acknowledged_after_its_commit_and_before_its_paper(
    point: str, acknowledged: str, tmp_path: Path
) -> None:
    script = (
        "lane: 1\nshop: {currency: USD}\nitems: [{id: A, price: 0}]\n"
        f"steps: [{{crash: {{at: {point}}}}}, {{sale: {{lines: [{{item: A}}]}}}}]\n"
    )
    played = play_text(tmp_path, script, shop=tmp_path / "shop")
    assert played.err == acknowledged
    assert played.steps[1]["receipt"] == "0001-01-0001"


def test_a_basket_that_outlives_its_sale_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: the commit that writes the sale forgets the saved basket, so a start offers it again."""
    monkeypatch.setattr(Baskets, "drop", lambda _baskets, _workstation: None)
    played = play_steps(
        tmp_path,
        """
        - {crash: {at: after_commit}, expect: {recovered: [{kind: sale, state: completed}]}}
        - sale: {lines: [{item: FREE}]}
        """,
    )
    assert played.status == 1
    assert played.only["failed"][0]["field"] == "recovered"
