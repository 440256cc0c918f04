"""Several programs sell in one shop at once: none waits in vain, no number is missing or given twice."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from pos.persistence.shop_folder import look_at_shop, open_shop
from pos.services.verify import verify_shop
from tests.corner_shop import OPENED, new_shop, open_up, sell
from tests.crash.killing import Child, Say
from tests.crash.test_killed import LONG

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def selling(number: int, sales: int, folder: Path, say: Say) -> None:
    workstation = open_up(folder, number=number)
    for turn in range(sales):
        workstation.sale.scan("BREAD")
        if turn % 5 == 4:
            workstation.sale.void_sale()
        else:
            say(f"SOLD {sell(workstation, '4135', 'DEPOSIT').transaction.receipt.number}")
    workstation.close()


@pytest.mark.parametrize("sales", [25, pytest.param(1_000, marks=LONG)])
def test_three_programs_sell_and_others_look_in(tmp_path: Path, sales: int) -> None:
    folder = new_shop(tmp_path / "shop")
    lanes = [Child(partial(selling, number, sales), folder) for number in (1, 2, 3)]
    for lane in lanes:
        lane.go()
    for _ in range(10):
        # Whoever opens, looks or verifies meanwhile sees one moment of sound books, never books that end too early.
        open_shop(folder, OPENED).close()
        look_at_shop(folder).close()
        assert verify_shop(folder).violations == ()
    expected = [str(number) for number in range(1, sales - sales // 5 + 1)]
    for lane in lanes:
        outcome = lane.outcome()
        assert outcome.says("SOLD") == expected
        assert outcome.said == tuple(f"SOLD {number}" for number in expected), "nothing went wrong"
    report = verify_shop(folder)
    assert report.violations == ()
    assert report.transactions == 3 * len(expected)
