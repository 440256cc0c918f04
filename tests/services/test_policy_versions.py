"""Which version of the policy judges a return: that of the day of the sale, or the better of it and today's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos.domain.customer import Customer
from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.services.policy_versions import write_policy
from pos.services.return_cases import return_case
from pos.services.returns import policy_for
from tests.corner_shop import CASHIER, OWNER, new_shop, open_up, sell

STRICT = "policy: 1\nrules:\n  - {id: R1, window: {days: 0}}\n"
LOOSE = "policy: 1\nbetter_of_both: BOTH\nrules:\n  - {id: R1, window: {days: 30}}\n"


@pytest.mark.parametrize(("both", "version"), [("false", 1), ("true", 2)])
def test_the_day_of_the_sale_decides_or_the_better_of_both(tmp_path: Path, both: str, version: int) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    bought = sell(lane, "BREAD").transaction
    desk = lane.desk
    today = desk.local(desk.now()).date()
    with desk.shop.books.writing() as work:
        write_policy(work, desk, STRICT, date(2020, 1, 1), None, by="")
        write_policy(work, desk, LOOSE.replace("BOTH", both), today + timedelta(days=1), None, by="")
        work.commit()
    request = ReturnRequest(bought.id, lines=(LineAsked(1, Quantity.pieces(1)),))
    with desk.shop.books.reading() as work:
        case = return_case(work, desk, request)
        later = replace(case, now=case.now + timedelta(days=5))
        assert policy_for(work, desk, case).version == 1
        assert policy_for(work, desk, later).version == version
    lane.close()


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ("{id: R1, window: {days: 30}, override: manger}", "manger"),
        ("{id: R1, approval: {}, for: {reason: [price_error, wether]}}", "wether"),
    ],
)
def test_a_policy_names_only_roles_and_reasons_of_the_shop(tmp_path: Path, rule: str, named: str) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    lane.desk.operator = OWNER
    before = lane.policies.versions()
    refused = lane.policies.put(f"policy: 1\nrules:\n  - {rule}\n", lane.desk.local(lane.desk.now()).date())
    assert isinstance(refused, Refused)
    assert refused.code is Code.POLICY_NAMES
    assert (refused.facts["rule"], refused.facts["name"]) == ("R1", named)
    assert lane.policies.versions() == before
    lane.close()


def test_whoever_is_at_the_till_does_not_stand_before_it_unseen(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    bought = sell(lane, "BREAD").transaction
    lane.desk.operator = OWNER
    for customer in (
        Customer("C1", "Ann", card="KC-ANN00001"),
        Customer("C2", "Maya Reyes", card="KC-MAYA0001", staff=CASHIER.id),
    ):
        assert lane.customers.add(customer) == customer
    lane.desk.operator = CASHIER
    asked = ReturnRequest(bought.id, lines=(LineAsked(1, Quantity.pieces(1)),))
    with lane.desk.shop.books.reading() as work:
        own = [return_case(work, lane.desk, replace(asked, customer=who)).own_purchase for who in ("", "C1", "C2")]
    assert own == [False, False, True]
    lane.close()
