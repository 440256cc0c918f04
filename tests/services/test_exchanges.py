"""One piece of business: goods come back, others go out, and only the net moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.customer import Customer
from pos.domain.finding import Finding
from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.tender import TenderKind
from pos.services.exchanges import CompletedExchange, ExchangeView
from pos.services.returns import CompletedReturn, ReturnRefused
from pos.services.sale import CompletedSale
from pos.services.verify import verify_shop
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, OWNER, new_shop, open_up, pay_by_card, sell
from tests.services.test_verify import findings, tamper

KETTLE, BREAD = "09520000000011", "BREAD"
OF_KETTLE, OF_BREAD = 129_900, 4_290


def back(purchase: str, *lines: int) -> ReturnRequest:
    return ReturnRequest(purchase=purchase, lines=tuple(LineAsked(line, Quantity.pieces(1)) for line in lines))


def exchange(lane: Workstation, request: ReturnRequest, *scans: str) -> ExchangeView:
    """The exchange up to the customer's own tenders."""
    for code in scans:
        assert not isinstance(lane.sale.scan(code), Refused)
    assert isinstance(lane.exchanges.begin(request), ExchangeView)
    view = lane.exchanges.pay()
    assert isinstance(view, ExchangeView), view
    return view


def completed(lane: Workstation) -> CompletedExchange:
    done = lane.exchanges.complete()
    assert isinstance(done, CompletedExchange), done
    return done


def test_the_same_thing_again_moves_no_money_and_stands_for_the_old_line(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    lane = open_up(folder)
    bought = sell(lane, KETTLE, BREAD).transaction
    view = exchange(lane, back(bought.id, 2), BREAD)
    assert (view.returned_value, view.new_value, view.net_due) == (OF_BREAD, OF_BREAD, 0)
    done = completed(lane)
    assert done.sale is None
    assert (done.returned.done.refund, done.returned.done.tenders) == (0, ())
    # The new loaf comes back like the old one, for what the old one cost.
    again = lane.returns.complete(back(bought.id, 2))
    assert isinstance(again, CompletedReturn)
    assert again.done.merchandise + again.done.tax == OF_BREAD
    assert isinstance(lane.returns.complete(back(bought.id, 2)), ReturnRefused)
    lane.close()
    assert verify_shop(folder).violations == ()


@pytest.mark.parametrize(
    ("comes", "goes", "net", "cash"), [(2, KETTLE, OF_KETTLE - OF_BREAD, 125_600), (1, BREAD, OF_BREAD - OF_KETTLE, 0)]
)
def test_up_and_down_only_the_net_moves(tmp_path: Path, comes: int, goes: str, net: int, cash: int) -> None:
    folder = new_shop(tmp_path / "shop")
    lane = open_up(folder)
    bought = sell(lane, KETTLE, BREAD).transaction
    view = exchange(lane, back(bought.id, comes), goes)
    assert view.net_due == net
    if cash:
        assert isinstance(lane.exchanges.complete(), Refused)
        lane.sale.tender_cash(cash)
    done = completed(lane)
    assert done.sale is not None
    value = sum(one.amount for one in done.sale.transaction.tenders if one.kind is TenderKind.EXCHANGE)
    assert value == sum(one.amount for one in done.returned.done.tenders if one.kind == "exchange")
    lane.close()
    report = verify_shop(folder)
    assert report.violations == ()
    assert report.balances["exchange_clearing"] == 0


def test_what_goods_paid_goes_back_to_the_card_they_were_bought_with(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    lane = open_up(folder, terminal="simulated")
    lane.sale.scan(KETTLE)
    pay_by_card(lane)
    bought = lane.sale.complete()
    assert isinstance(bought, CompletedSale)
    exchange(lane, back(bought.transaction.id, 1), BREAD)
    done = completed(lane)
    assert done.sale is not None
    lane.card_tendering.recover()
    last = lane.returns.complete(back(done.sale.transaction.id, 1))
    assert isinstance(last, CompletedReturn)
    assert [(one.kind, one.amount) for one in last.done.tenders] == [("credit", OF_BREAD)]
    lane.card_tendering.recover()
    lane.close()
    report = verify_shop(folder)
    assert report.violations == ()
    assert report.balances["card_receivable"] == 0


def test_an_exchange_has_a_line_each_way(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    bought = sell(lane, BREAD).transaction
    assert isinstance(lane.exchanges.begin(back(bought.id, 1)), ExchangeView)
    for answer in (lane.exchanges.pay(), lane.exchanges.complete()):
        assert isinstance(answer, Refused)
        assert answer.code is Code.EXCHANGE_INCOMPLETE
    assert lane.exchanges.cancel() is None
    assert isinstance(lane.exchanges.view(), Refused)
    lane.close()


def test_a_power_cut_in_the_middle_finds_both_halves_as_they_were(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    lane = open_up(folder)
    bought = sell(lane, BREAD).transaction
    before = exchange(lane, back(bought.id, 1), KETTLE)
    lane.close()
    lane = open_up(folder)
    lane.sale.recover()
    after = lane.exchanges.view()
    assert isinstance(after, ExchangeView)
    assert (after.returned_value, after.new_value) == (before.returned_value, before.new_value)
    lane.close()


def test_what_came_back_elsewhere_meanwhile_is_not_exchanged_too(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    here, there = open_up(folder, number=1), open_up(folder, number=2)
    bought = sell(here, BREAD).transaction
    exchange(here, back(bought.id, 1), KETTLE)
    here.sale.tender_cash(125_600)
    assert isinstance(there.returns.complete(back(bought.id, 1)), CompletedReturn)
    assert isinstance(here.exchanges.complete(), Refused)
    with here.desk.shop.books.reading() as work:
        assert len(tuple(work.transactions.ids())) == 1
    for lane in (here, there):
        lane.close()
    assert verify_shop(folder).violations == ()


@pytest.mark.parametrize("more", ["0", "1"])
def test_what_goes_into_other_goods_counts_against_the_tender_to_the_last_minor_unit(tmp_path: Path, more: str) -> None:
    """Paid 1342.00 in cash for 1341.90: 1341.90 went into other goods, and not a minor unit more may."""
    folder = new_shop(tmp_path / "shop")
    lane = open_up(folder)
    bought = sell(lane, KETTLE, BREAD).transaction
    assert bought.rounding == 10
    exchange(lane, back(bought.id, 1, 2), KETTLE, KETTLE)
    lane.sale.tender_cash(1_000_000)
    done = completed(lane)
    assert [(one.kind, one.amount) for one in done.returned.done.tenders] == [("exchange", bought.total - OF_KETTLE)]
    lane.close()
    assert verify_shop(folder).violations == ()
    last = lane_after(folder, bought.id)
    assert last == bought.total - OF_BREAD
    tamper(folder, "UPDATE refund_tender SET amount = amount + 0 WHERE kind = 'exchange'".replace("0", more))
    assert (Finding.RETURN_TENDER in findings(verify_shop(folder))) is (more == "1")


def lane_after(folder: Path, purchase: str) -> int:
    """The kettle that was replaced even comes back too: what goes out for it, before rounding."""
    lane = open_up(folder)
    done = lane.returns.complete(back(purchase, 1))
    lane.close()
    assert isinstance(done, CompletedReturn), done
    return done.done.refund - done.done.rounding


def test_points_that_go_out_with_an_exchange_are_not_there_for_what_comes_back(tmp_path: Path) -> None:
    """The loaf earned points, all of which pay for part of the kettle: what the loaf earned is kept in money."""
    folder = new_shop(tmp_path / "shop")
    lane = open_up(folder)
    lane.desk.operator = OWNER
    assert not isinstance(lane.shop_settings.change({"points_every": 100, "point_worth": 10}), Refused)
    assert not isinstance(lane.customers.add(Customer("C1", "Ann")), Refused)
    lane.desk.operator = CASHIER
    lane.sale.scan(BREAD)
    assert not isinstance(lane.sale.set_customer("C1"), Refused)
    lane.sale.tender_cash(lane.sale.view.priced.due_cash)
    bought = lane.sale.complete()
    assert isinstance(bought, CompletedSale)
    earned = bought.transaction.total // 100
    lane.sale.scan(KETTLE)
    assert not isinstance(lane.sale.set_customer("C1"), Refused)
    assert not isinstance(lane.sale.spend_points(earned), Refused)
    view = lane.exchanges.begin(back(bought.transaction.id, 1))
    assert isinstance(view, ExchangeView)
    assert view.returned_value == bought.transaction.total - 10 * earned
    assert isinstance(lane.exchanges.pay(), ExchangeView)
    lane.sale.tender_cash(lane.sale.view.priced.due_cash)
    done = completed(lane)
    assert done.sale is not None
    customer = lane.customers.get("C1")
    assert customer is not None
    assert customer.points == done.sale.transaction.total // 100
    lane.close()
    assert verify_shop(folder).violations == ()


def test_what_was_handed_over_for_nothing_is_not_kept(tmp_path: Path) -> None:
    """All is replaced even: no money that somebody took all the same disappears with the basket."""
    lane = open_up(new_shop(tmp_path / "shop"))
    bought = sell(lane, BREAD).transaction
    exchange(lane, back(bought.id, 1), BREAD)
    lane.sale.tender_cash(10_000)
    assert lane.sale.view.priced.basket.tenders
    assert lane.exchanges.complete() == Refused(Code.TENDERS_TAKEN)
    assert not isinstance(lane.sale.release_tenders(), Refused)
    assert completed(lane).sale is None
    lane.close()
