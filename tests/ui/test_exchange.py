"""An exchange as a cashier makes it: what comes back, what goes out, and only the difference is paid or given back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.domain.customer_return import CustomerReturn
from pos.domain.money import minor_text
from pos.domain.refusal import Refused
from pos.domain.tender import TenderKind
from pos.domain.transaction import Transaction
from pos.services.demo_shop import DEMO_PINS, demo_gtin
from pos.services.policy_versions import write_policy
from pos.services.sale import CompletedSale
from pos.services.verify import verify_shop
from pos.ui.shared.approval_sheet import Answered
from tests.lane import DANA, KETTLE, MUG, SOAP, Lane, copy_of_demo, open_lane, returned, sold

ASKS = "policy: 1\nrules:\n  - {id: R1, condition: {accept: [worn], answer: manager}}\n"
REASON = "goodwill"
YOGURT, MOZZARELLA = demo_gtin(2102), demo_gtin(2109)  # at one price


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """An open till with its float."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.open_till()
    yield lane
    lane.close()


def sale_of(till: Lane, back: CustomerReturn) -> Transaction:
    """What went out for it."""
    with till.opened.workstation.desk.shop.books.reading() as work:
        sale = work.transactions.get(back.exchange)
    assert sale is not None
    return sale


def name_shown(till: Lane) -> str:
    return till.shell.screen_shown.name


def exchange(till: Lane, bought: Transaction, comes: str, goes: str) -> None:
    """Five inputs to the end, or to the customer's money."""
    till.window.scanned(bought.receipt_code)
    till.window.scanned(comes)
    till.trigger("returns.keys.exchange")
    till.window.scanned(goes)
    till.trigger("sell.keys.pay")


def test_the_same_again_takes_five_inputs_and_moves_no_money(till: Lane) -> None:
    bought = sold(till, KETTLE, MUG)
    exchange(till, bought, MUG, MUG)
    (back,) = returned(till)
    assert (back.refund, back.tenders, back.exchange) == (0, (), "")
    assert name_shown(till) == "sell"
    assert till.opened.workstation.sale.view.empty
    assert till.shell.sell.exchanging.strip.isHidden()
    assert str(back.number) in till.shell.sell.notice.message


def test_the_customer_pays_what_the_new_goods_cost_more(till: Lane) -> None:
    bought = sold(till, MUG, KETTLE)
    mug, kettle = (line.total for line in bought.lines)
    exchange(till, bought, MUG, KETTLE)
    assert name_shown(till) == "pay"
    assert minor_text(kettle - mug, bought.currency) in till.shell.pay.due.accessibleName()
    assert returned(till) == []
    till.trigger("pay.keys.complete")
    assert name_shown(till) == "done"
    (back,) = returned(till)
    assert [(one.kind, one.amount) for one in sale_of(till, back).tenders] == [
        (TenderKind.EXCHANGE, mug),
        (TenderKind.CASH, kettle - mug),
    ]


def test_what_is_left_over_goes_back_and_is_said(till: Lane) -> None:
    bought = sold(till, KETTLE, SOAP)
    kettle, soap = (line.total for line in bought.lines)
    exchange(till, bought, KETTLE, SOAP)
    (back,) = returned(till)
    assert sale_of(till, back).total == soap
    assert {(one.kind, one.amount) for one in back.tenders} == {("exchange", soap), ("cash", kettle - soap)}
    assert name_shown(till) == "done"
    assert minor_text(kettle - soap, bought.currency) in till.shell.done.banner.message
    assert minor_text(kettle - soap, bought.currency) in till.shell.done.change.accessibleName()


def test_the_strip_follows_what_is_scanned_and_the_way_out_keeps_the_goods(till: Lane) -> None:
    bought = sold(till, MUG, KETTLE)
    mug, kettle = (minor_text(line.total, bought.currency) for line in bought.lines)
    till.window.scanned(bought.receipt_code)
    till.window.scanned(MUG)
    till.trigger("returns.keys.exchange")
    strip = till.shell.sell.exchanging.strip
    assert mug in strip.said
    assert strip.accessibleName().endswith(f"Coming back: {bought.lines[0].name} -{mug.lstrip('$')}")
    till.window.scanned(MUG)
    assert strip.accessibleName().endswith(f"Coming back: {bought.lines[0].name}, like for like")
    till.shell.sell.afterwards.do_now()
    assert till.shell.sell.totals.accessibleName() == f"Goes out {mug} Comes back -{mug} Nothing to pay $0.00"
    till.trigger("sell.keys.undo")
    till.window.scanned(KETTLE)
    assert minor_text(bought.lines[1].total - bought.lines[0].total, bought.currency) in strip.said
    till.shell.sell.afterwards.do_now()
    assert strip.said.rpartition(" ")[2] in till.shell.sell.pay_button.text()
    assert till.shell.sell.totals.accessibleName().endswith(f"Customer pays {strip.said.rpartition(' ')[2]}")
    till.trigger("sell.keys.cancel_exchange")
    assert strip.isHidden()
    till.shell.sell.afterwards.do_now()
    assert kettle in till.shell.sell.pay_button.text()
    assert len(till.opened.workstation.sale.view.priced.lines) == 1


def test_back_from_the_payment_goods_can_be_added_and_it_is_paid_anew(till: Lane) -> None:
    bought = sold(till, MUG, KETTLE)
    mug, kettle = (line.total for line in bought.lines)
    exchange(till, bought, MUG, KETTLE)
    till.trigger("pay.keys.back")
    till.window.scanned(KETTLE)
    assert len(till.opened.workstation.sale.view.priced.basket.tenders) == 0
    till.trigger("sell.keys.pay")
    till.trigger("pay.keys.complete")
    (back,) = returned(till)
    assert sum(one.amount for one in sale_of(till, back).tenders if one.kind is TenderKind.CASH) == 2 * kettle - mug


def begin(till: Lane, bought: Transaction, comes: tuple[str, ...], goes: tuple[str, ...]) -> None:
    """Ticked by scanning, then what goes out is scanned, up to the pay key."""
    till.window.scanned(bought.receipt_code)
    for code in comes:
        till.window.scanned(code)
    till.trigger("returns.keys.exchange")
    for code in goes:
        till.window.scanned(code)
    till.trigger("sell.keys.pay")


def test_like_with_like_and_dearer_goods_are_one_exchange_and_only_the_dearer_are_paid(till: Lane) -> None:
    bought = sold(till, MUG, SOAP, KETTLE)
    _, soap, kettle = (line.total for line in bought.lines)
    begin(till, bought, (MUG, SOAP), (MUG, KETTLE))
    assert name_shown(till) == "pay"
    assert minor_text(kettle - soap, bought.currency) in till.shell.pay.due.accessibleName()
    till.trigger("pay.keys.complete")
    (back,) = returned(till)
    assert [line.instead != "" for line in sorted(back.lines, key=lambda line: line.line)] == [True, False]
    assert [(one.kind, one.amount) for one in sale_of(till, back).tenders] == [
        (TenderKind.EXCHANGE, soap),
        (TenderKind.CASH, kettle - soap),
    ]
    assert [line.total for line in sale_of(till, back).lines] == [kettle]


def test_like_with_like_and_more_goods_pay_for_the_goods_alone(till: Lane) -> None:
    """Nothing comes back but what is replaced even: the value that pays is nothing."""
    bought = sold(till, MUG, KETTLE)
    kettle = bought.lines[1].total
    begin(till, bought, (MUG,), (MUG, KETTLE))
    assert name_shown(till) == "pay"
    assert minor_text(kettle, bought.currency) in till.shell.pay.due.accessibleName()
    till.trigger("pay.keys.complete")
    (back,) = returned(till)
    assert (back.refund, back.tenders) == (0, ())
    assert [(one.kind, one.amount) for one in sale_of(till, back).tenders] == [(TenderKind.CASH, kettle)]


def test_like_with_like_and_cheaper_goods_give_the_difference_back(till: Lane) -> None:
    bought = sold(till, MUG, SOAP, KETTLE)
    _, soap, kettle = (line.total for line in bought.lines)
    begin(till, bought, (MUG, KETTLE), (MUG, SOAP))
    (back,) = returned(till)
    assert {(one.kind, one.amount) for one in back.tenders} == {("exchange", soap), ("cash", kettle - soap)}
    assert [line.total for line in sale_of(till, back).lines] == [soap]
    assert name_shown(till) == "done"


def test_like_with_like_and_other_goods_of_the_same_price_move_no_money(till: Lane) -> None:
    bought = sold(till, MUG, YOGURT)
    begin(till, bought, (MUG, YOGURT), (MUG, MOZZARELLA))
    (back,) = returned(till)
    yogurt = bought.lines[1].total
    assert [(one.kind, one.amount) for one in back.tenders] == [("exchange", yogurt)]
    assert [(one.kind, one.amount) for one in sale_of(till, back).tenders] == [(TenderKind.EXCHANGE, yogurt)]


def test_like_with_like_and_goods_that_only_come_back_are_one_return(till: Lane) -> None:
    bought = sold(till, MUG, KETTLE)
    begin(till, bought, (MUG, KETTLE), (MUG,))
    (back,) = returned(till)
    assert (back.refund, back.exchange) == (bought.lines[1].total, "")


@pytest.mark.parametrize("others", [(SOAP,), ()])
def test_giving_back_the_last_tender_leads_to_the_sale_with_all_its_goods(till: Lane, others: tuple[str, ...]) -> None:
    """What replaces even was set aside while the customer paid: it stands where it stood, and can be paid anew."""
    bought = sold(till, MUG, SOAP, KETTLE)
    begin(till, bought, (MUG, *others), (MUG, KETTLE))
    sale = till.opened.workstation.sale
    due = till.shell.pay.due.accessibleName()
    assert [line.item for line in sale.view.priced.basket.lines] == [bought.lines[2].item]
    till.trigger("pay.keys.undo")
    assert name_shown(till) == "sell"
    assert [line.item for line in sale.view.priced.basket.lines] == [bought.lines[0].item, bought.lines[2].item]
    assert sale.view.priced.basket.tenders == ()
    assert returned(till) == []
    till.trigger("sell.keys.pay")
    assert till.shell.pay.due.accessibleName() == due
    till.trigger("pay.keys.complete")
    assert len(returned(till)) == 1


def test_the_value_given_back_before_the_other_tenders_leads_to_the_sale_and_back(till: Lane) -> None:
    bought = sold(till, MUG, SOAP, KETTLE)
    begin(till, bought, (MUG, SOAP), (MUG, KETTLE))
    sale = till.opened.workstation.sale
    sale.tender_cash(100)
    till.shell.pay.takings.give_back(1)
    assert name_shown(till) == "sell"
    assert [tender.kind for tender in sale.view.priced.basket.tenders] == [TenderKind.CASH]
    till.trigger("sell.keys.pay")
    till.trigger("pay.keys.complete")
    (back,) = returned(till)
    assert [one.kind for one in sale_of(till, back).tenders] == [
        TenderKind.EXCHANGE,
        TenderKind.CASH,
        TenderKind.CASH,
    ]


def test_a_manager_agrees_at_the_sale_and_the_customer_pays_after_it(till: Lane) -> None:
    bought = sold(till, MUG, KETTLE)
    mug, kettle = (line.total for line in bought.lines)
    desk = till.opened.workstation.desk
    with desk.shop.books.writing() as work:
        write_policy(work, desk, ASKS, date(2020, 1, 1), None, by="")
        work.commit()
    exchange(till, bought, MUG, KETTLE)
    assert name_shown(till) == "sell"
    assert till.shell.overlays.asks_approval
    assert returned(till) == []
    request = till.shell.sell.asking.request
    assert request is not None
    option = request.requirement.options[0].id
    till.shell.overlays.approval.answered.emit(Answered(option, REASON, DANA, DEMO_PINS[DANA]))
    assert name_shown(till) == "pay"
    till.trigger("pay.keys.complete")
    (back,) = returned(till)
    assert back.approval == request.id
    assert [one.amount for one in sale_of(till, back).tenders] == [mug, kettle - mug]


def test_an_exchange_that_was_cut_off_at_the_payment_is_paid_after_it(qapp: QApplication, tmp_path: Path) -> None:
    del qapp
    home = copy_of_demo(tmp_path / "home")
    till = open_lane(home)
    till.open_till()
    begin(till, sold(till, MUG, SOAP, KETTLE), (MUG, SOAP), (MUG, KETTLE))
    till.close()
    till = open_lane(home)
    till.sign_in()
    assert name_shown(till) == "pay"
    till.trigger("pay.keys.complete")
    (back,) = returned(till)
    assert len(back.lines) == 2
    assert [one.kind for one in sale_of(till, back).tenders] == [TenderKind.EXCHANGE, TenderKind.CASH]
    till.close()
    report = verify_shop(home / "demo")
    assert report.violations == ()
    assert report.balances["exchange_clearing"] == 0


def test_goods_that_cost_more_today_are_exchanged_at_the_old_price(till: Lane) -> None:
    station = till.opened.workstation
    station.sale.scan(MUG)
    assert not isinstance(station.markdowns.override_price(0, 900, "price_match"), Refused)
    station.sale.tender_cash(station.sale.view.priced.due_cash)
    done = station.sale.complete()
    assert isinstance(done, CompletedSale)
    bought = done.transaction
    paid = minor_text(bought.total, bought.currency)
    till.window.scanned(bought.receipt_code)
    till.window.scanned(MUG)
    till.trigger("returns.keys.exchange")
    till.window.scanned(MUG)
    shown = till.shell.sell
    assert shown.exchanging.strip.accessibleName().endswith("like for like, price kept: 9.00")
    row = shown.basket.model.row_at(0)
    assert (row.price, row.amount, row.tag, row.before) == ("9.00", "9.00", "Price kept", "9.50")
    assert row.spoken == "Ceramic mug 350 ml, 1, 9.00, Price kept, instead of 9.50"
    till.window.scanned(SOAP)
    assert shown.basket.model.row_at(0).tag == "Price kept"
    assert shown.basket.model.row_at(1).tag == ""
    till.trigger("sell.keys.remove")
    shown.afterwards.do_now()
    assert shown.totals.accessibleName() == f"Goes out {paid} Comes back -{paid} Nothing to pay $0.00"
    till.trigger("sell.keys.pay")
    (back,) = returned(till)
    assert (back.refund, back.exchange) == (0, "")


def test_without_the_exchange_the_goods_cost_what_they_cost_today(till: Lane) -> None:
    station, shown = till.opened.workstation, till.shell.sell
    station.sale.scan(MUG)
    assert not isinstance(station.markdowns.override_price(0, 900, "price_match"), Refused)
    station.sale.tender_cash(station.sale.view.priced.due_cash)
    done = station.sale.complete()
    assert isinstance(done, CompletedSale)
    till.window.scanned(done.transaction.receipt_code)
    till.window.scanned(MUG)
    till.trigger("returns.keys.exchange")
    till.window.scanned(MUG)
    till.trigger("sell.keys.cancel_exchange")
    row = shown.basket.model.row_at(0)
    assert (row.amount, row.tag) == ("9.50", "")
