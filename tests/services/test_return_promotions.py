"""Part of a promotion comes back at a real shop: priced anew by the version of then, and the books hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pos.domain.gift_card_law import last_day
from pos.domain.money import Quantity
from pos.domain.promotion import BuyGet, GetOf, Promotion, Reward, Selection
from pos.domain.refusal import Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.services.exchanges import CompletedExchange, ExchangeView
from pos.services.policy_versions import write_policy
from pos.services.returns import CompletedReturn, Quote
from pos.services.verify import verify_shop
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, OWNER, new_shop, open_up, sell

KETTLE, BREAD = "09520000000011", "BREAD"
ITEM_CODES = {"3": KETTLE, "1": BREAD}
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


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    bought=st.lists(st.sampled_from((KETTLE, BREAD)), min_size=1, max_size=4),
    back=st.sets(st.integers(0, 3), min_size=1),
    new=st.lists(st.sampled_from((KETTLE, BREAD)), min_size=1, max_size=4),
    still=st.booleans(),
)
@example(bought=[KETTLE, BREAD, BREAD], back={1}, new=[KETTLE], still=False)
def test_what_was_given_for_the_old_goods_does_not_leak_into_the_new(
    lane: Workstation, bought: list[str], back: set[int], new: list[str], still: bool
) -> None:
    """What goes out beside goods replaced even costs what it costs anybody: neither the promotion of the old sale nor
    the units replaced even count for it. All of the old sale stays worth what was paid for it.
    """
    _offer(lane, FREE)
    sold = sell(lane, *bought).transaction
    _offer(lane, replace(FREE, active=still))
    for code in new:
        lane.sale.scan(code)
    scanned = lane.sale.view.priced.basket.lines
    assert isinstance(lane.exchanges.begin(_back(sold.id, {one % len(bought) + 1 for one in back})), ExchangeView)
    view = lane.exchanges.pay()
    assert isinstance(view, ExchangeView), view
    rung = [line.line.scanned for line in view.priced.lines]
    assert sorted(rung) == sorted(
        (Counter(line.scanned for line in scanned) - Counter(ITEM_CODES[one.instead] for one in view.even)).elements()
    )
    lane.sale.release_tenders()
    assert lane.sale.view.priced.basket.lines == scanned
    lane.exchanges.pay()
    if rung and not lane.sale.view.priced.complete:
        lane.sale.tender_cash(1_000_000)
    done = lane.exchanges.complete()
    assert isinstance(done, CompletedExchange), done

    fresh = sell(lane, *rung).transaction.total if rung else 0
    assert (0 if done.sale is None else done.sale.transaction.total) == fresh

    out = {line.line for line in done.returned.done.lines if not line.swapped}
    rest = {line.line for line in sold.lines} - out
    last = lane.returns.complete(_back(sold.id, rest)) if rest else None
    assert last is None or isinstance(last, CompletedReturn), last
    returns = [one.done for one in (done.returned, last) if one is not None]
    assert sum(one.refund - one.rounding for one in returns) == sold.total


def _offer(lane: Workstation, promotion: Promotion) -> None:
    owner(lane)
    assert not isinstance(lane.promotions.take_in([promotion]), Refused)
    cashier(lane)


def _back(purchase: str, lines: set[int]) -> ReturnRequest:
    return ReturnRequest(purchase, lines=tuple(LineAsked(line, Quantity.pieces(1)) for line in sorted(lines)))
