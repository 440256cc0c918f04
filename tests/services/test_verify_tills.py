"""Every way a till's books may not hold is found by the check that is for it: several plants for each."""

# ruff: noqa: S608 - the statements are written here
from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pos.domain.finding import Finding
from pos.domain.journal import EntryKind
from pos.domain.refusal import Refused
from pos.services.desk import Fact, record
from pos.services.verify import verify_shop
from tests.corner_shop import end_till, new_shop, open_up, sell
from tests.services.test_verify import findings, tamper

FIRST = "(SELECT subject FROM journal_entry WHERE kind = 'TillOpened' ORDER BY sequence LIMIT 1)"
SECOND = "(SELECT subject FROM journal_entry WHERE kind = 'TillOpened' ORDER BY sequence DESC LIMIT 1)"
PLANTS = {
    "a float that is another": (f'UPDATE till_session SET "float" = "float" + 1 WHERE id = {FIRST}', Finding.TILL_CASH),
    "pieces that come to something else": ("UPDATE till_count SET pieces = '[[100,1]]'", Finding.TILL_CASH),
    "a pickup that brings cash": ("UPDATE till_movement SET amount = -amount WHERE kind = 'pickup'", Finding.TILL_CASH),
    "a till closed on the count of another": (
        f"UPDATE till_close SET count_id = (SELECT id FROM till_count WHERE till = {SECOND}) WHERE till = {FIRST}",
        Finding.TILL_CASH,
    ),
    "a difference nobody posted": (
        "UPDATE ledger_entry SET account = 'cash_office' WHERE account = 'over_short'", Finding.TILL_BOOKED,
    ),
    "cash posted that moved nowhere": (
        "UPDATE ledger_entry SET account = 'cash_in_till' WHERE account LIKE 'paid_in:%'", Finding.TILL_BOOKED,
    ),
    "a movement after the end": (
        f"UPDATE till_movement SET till = {FIRST} WHERE till = {SECOND} AND kind = 'sale'", Finding.TILL_SPAN,
    ),
    "a day before the last": (
        f"UPDATE till_session SET business_day = '2026-11-01' WHERE id = {SECOND}", Finding.TILL_SPAN,
    ),
    "a till opened before the last one ended": (
        f"UPDATE till_close SET sequence = sequence + 100 WHERE till = {FIRST}", Finding.TILL_SPAN,
    ),
    "a Z that is gone": ("DELETE FROM till_report WHERE kind = 'z' AND number = 1", Finding.REPORT_GAP),
    "an X that is gone": ("DELETE FROM till_report WHERE kind = 'x' AND number = 1", Finding.TILL_ROWS),
    "a Z of a till that did not end": (
        f"UPDATE till_report SET till = 'nobody' WHERE kind = 'z' AND number = 2 AND till = {SECOND}",
        Finding.REPORT_GAP,
    ),
    "a sale that grew": (
        f"UPDATE retail_transaction SET total = total + 1, net = net + 1, paid = paid + 1 WHERE till = {FIRST}",
        Finding.REPORT_FIGURES,
    ),
    "a drawer that never opened": (
        "DELETE FROM journal_entry WHERE kind = 'DrawerOpened' AND payload LIKE '%no_sale%'", Finding.REPORT_FIGURES,
    ),
    "a department that is another": (
        "UPDATE sale_line SET department = 'Elsewhere' WHERE line = 1", Finding.REPORT_FIGURES,
    ),
    "a count by somebody else": ("UPDATE till_count SET counted_by = '201'", Finding.TILL_ROWS),
    "a signature nobody gave": ("UPDATE till_close SET approval = 'x'", Finding.TILL_ROWS),
    "a report of another moment": ("UPDATE till_report SET made_at = '2026-11-21T08:00:00.000Z'", Finding.TILL_ROWS),
}  # fmt: skip


@pytest.fixture(scope="module")
def two_days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two tills after each other, the first closed with a small difference."""
    folder = new_shop(tmp_path_factory.mktemp("tills") / "shop")
    lane = open_up(folder)
    sell(lane)
    moved = lane.till_moves.no_sale("change")
    assert not isinstance(moved, Refused)
    lane.till_moves.paid_in(700, "found_cash")
    lane.paperwork.after_move(moved.paper, moved.kind)
    with lane.desk.shop.books.writing() as work:
        # This till has no drawer; what one would have left in the journal.
        head = record(work, lane.desk, Fact(EntryKind.DRAWER_OPENED, lane.desk.now(), payload={"why": "no_sale"}))
        work.commit()
    lane.desk.shop.anchor(head)
    current = lane.tills.current()
    assert current is not None
    assert not isinstance(lane.counts.count({"1.00": str(current.expected.minor // 100 - 2)}), Refused)
    assert not isinstance(lane.till_closing.close(), Refused)
    lane.tills.open_till(5_000)
    sell(lane, "BREAD")
    end_till(lane)
    lane.close()
    return folder


def test_honest_tills_hold(two_days: Path) -> None:
    assert verify_shop(two_days).violations == ()


@pytest.mark.parametrize("plant", PLANTS)
def test_each_plant_is_found_by_its_check(tmp_path: Path, two_days: Path, plant: str) -> None:
    statement, finding = PLANTS[plant]
    folder = shutil.copytree(two_days, tmp_path / "shop")
    tamper(folder, statement)
    assert finding in findings(verify_shop(folder))
