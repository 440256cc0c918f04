"""What a return leaves on paper, and when it opens the drawer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.devices.drawer import PrinterDrawer
from pos.devices.simulated.printer import SimulatedPrinter
from pos.domain.approval import Approval
from pos.domain.customer import Customer
from pos.domain.money import Money
from pos.domain.refusal import Refused
from pos.domain.return_request import SendTo
from pos.domain.transaction import Transaction
from pos.services.approvals import Answer
from pos.services.gift_card_numbers import made_number
from pos.services.paperwork import Devices, Paperwork
from pos.services.returns import CompletedReturn, ReturnNeedsApproval
from pos.services.verify import verify_books
from pos.wording import Wording
from pos.workstation import Workstation
from receipts.plain_text import render
from receipts.printers import PROFILES
from tests.corner_shop import CASHIER, GIFT_CARD, MANAGER, new_shop, open_up, pin_of, sell
from tests.services.test_gift_cards import card_sold
from tests.services.test_returns import KETTLE, back, taken


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Workstation]:
    lane = open_up(new_shop(tmp_path / "shop"))
    yield lane
    lane.close()


def papers(lane: Workstation, done: CompletedReturn) -> list[tuple[str, str]]:
    """Name and text of every paper of a return, in order."""
    found = [lane.paperwork.document_of_job(job) for job in done.papers]
    return [(paper.name, render(paper, 42)) for paper in found if paper is not None]


def onto_store_credit(lane: Workstation) -> CompletedReturn:
    request = replace(back(sell(lane, KETTLE).transaction.id, 1), refund_to="store_credit")
    asks = lane.returns.complete(request)
    assert isinstance(asks, ReturnNeedsApproval), asks
    assert isinstance(lane.approvals.grant(asks.request.id, Answer(MANAGER.id, pin_of(MANAGER))), Approval)
    done = lane.returns.complete(request, approval=asks.request.id)
    assert isinstance(done, CompletedReturn), done
    return done


def bought_with_a_gift_card(lane: Workstation) -> Transaction:
    card_sold(lane)
    lane.sale.scan("BREAD")
    assert not isinstance(lane.gift_card_tenders.take(GIFT_CARD), Refused)
    done = lane.sale.complete()
    assert not isinstance(done, Refused)
    return done.transaction


def kicks(lane: Workstation, done: CompletedReturn) -> int:
    """How often the drawer opens while all papers of a return are printed, as the screen does it."""
    printer = SimulatedPrinter()
    paperwork = Paperwork(lane.desk, Devices(printer, PrinterDrawer(printer), PROFILES["80mm-48-cp852"]))
    for job in done.papers:
        paperwork.after_move(job, "return")
    assert len(printer.papers) >= len(done.papers)
    return printer.kicks


def test_store_credit_comes_with_the_slip_that_is_the_credit(lane: Workstation) -> None:
    done = onto_store_credit(lane)
    (credit,) = done.done.tenders
    (name, receipt), (slip_name, slip), (form_name, form) = papers(lane, done)
    assert (name, slip_name, form_name) == ("return_receipt", "store_credit", "exception_form")
    number = made_number(lane.desk.shop.keys, credit.account)
    assert number in "".join(slip.split())
    assert number not in "".join(receipt.split()) + "".join(form.split())
    assert str(done.done.number) in slip
    with lane.desk.shop.books.reading() as work:
        kept = [work.paper_jobs.get(job) for job in done.papers]
    # The number is worked out again when it is printed: it stands nowhere.
    assert all(job is not None and number not in job.facts for job in kept)


def test_money_back_onto_a_gift_card_comes_with_a_slip_of_what_is_on_it(lane: Workstation) -> None:
    done = taken(lane, back(bought_with_a_gift_card(lane).id, 1))
    (_, (name, slip)) = papers(lane, done)
    assert name == "gift_card_slip"
    assert str(done.done.number) in slip
    with lane.desk.shop.books.reading() as work:
        card = work.gift_cards.get(done.done.tenders[0].account)
    assert card is not None
    assert f"{card.balance // 100:,}" in slip.replace("\N{NO-BREAK SPACE}", ",").replace(" ", ",")


def test_only_cash_that_goes_out_opens_the_drawer(lane: Workstation) -> None:
    in_cash = taken(lane, back(sell(lane, KETTLE).transaction.id, 1))
    assert kicks(lane, in_cash) == 1
    assert kicks(lane, onto_store_credit(lane)) == 0
    assert kicks(lane, taken(lane, back(bought_with_a_gift_card(lane).id, 1))) == 0
    assert verify_books(lane.desk.shop).violations == ()


def signing(lane: Workstation, rule: str) -> None:
    lane.desk.operator = MANAGER
    text = f"policy: 1\nname: House rules\nrules:\n  - {{id: S1, signature: {rule}}}\n"
    assert not isinstance(lane.policies.put(text, lane.desk.local(lane.desk.now()).date()), Refused)
    lane.desk.operator = CASHIER


def test_where_the_policy_asks_for_it_the_copy_of_the_shop_is_signed(lane: Workstation) -> None:
    signing(lane, "{}, for: {tender: cash}")
    in_cash = taken(lane, back(sell(lane, KETTLE).transaction.id, 1))
    (name, receipt), (slip_name, slip) = papers(lane, in_cash)
    assert (name, slip_name) == ("return_receipt", "store_slip")
    assert "Signature of the customer" in slip
    assert "Signature of who approved" not in slip, "nobody had to agree"
    assert "Signature" not in receipt
    assert "S1" not in receipt + slip, "the rule decided nothing"
    assert kicks(lane, in_cash) == 1
    by_card = taken(lane, back(bought_with_a_gift_card(lane).id, 1))
    assert [name for name, _ in papers(lane, by_card)] == ["return_receipt", "gift_card_slip"]


def test_for_a_check_that_is_mailed_there_is_a_request(lane: Workstation) -> None:
    lane.desk.operator = MANAGER
    rule = '{id: M2, refund_tender: {of: cash, to: cash, limit: "20.00", above: mailed_check}}'
    text = f"policy: 1\nname: House rules\nrules:\n  - {rule}\n"
    assert not isinstance(lane.policies.put(text, lane.desk.local(lane.desk.now()).date()), Refused)
    lane.desk.operator = CASHIER
    done = taken(lane, back(sell(lane, KETTLE).transaction.id, 1))
    assert [one.kind for one in done.done.tenders] == ["mailed_check"]
    assert not any("business day" in text for _, text in papers(lane, done)), "nothing is promised unasked"
    lane.desk.rules = replace(lane.desk.rules, mailed_check_days=10)
    assert all("Mailed within 10 business days" in text for _, text in papers(lane, done))
    (_, receipt), (name, request) = papers(lane, done)
    assert name == "mail_check_request"
    # Paper of a printer has no blank that may not break.
    assert Wording().money(Money(done.done.refund, done.done.currency)).replace("\xa0", " ") in request
    assert "Signature of the customer" in request
    assert "Check by mail" in receipt
    assert kicks(lane, done) == 0


def test_above_an_amount_only_what_is_above_it_is_signed(lane: Workstation) -> None:
    signing(lane, '{above: "1000.00"}')
    assert len(taken(lane, back(sell(lane, KETTLE).transaction.id, 1)).papers) == 2
    assert len(taken(lane, back(sell(lane, "BREAD").transaction.id, 1)).papers) == 1


def test_the_receipt_says_who_agreed_to_what_and_they_sign_too(lane: Workstation) -> None:
    signing(lane, "{}")
    done = onto_store_credit(lane)
    (_, receipt), (slip_name, slip), _, (kept_name, kept), _ = papers(lane, done)
    assert kept_name == "store_credit_copy"
    assert "Shop’s copy" in kept
    assert "PIN" not in kept, "nobody can pay with it"
    assert slip_name == "store_slip"
    for text in (receipt, slip):
        assert MANAGER.name in text
        assert "Paid out another way" in text
    assert "Signature of who approved" in slip
    assert verify_books(lane.desk.shop).violations == ()


def test_store_credit_for_two_tenders_is_two_credits_with_a_slip_each_in_the_customer_s_name(lane: Workstation) -> None:
    card_sold(lane)
    lane.sale.scan(KETTLE)
    assert not isinstance(lane.gift_card_tenders.take(GIFT_CARD), Refused)
    lane.sale.tender_cash(lane.sale.view.priced.due_cash)
    sale = lane.sale.complete()
    assert not isinstance(sale, Refused)
    bought = sale.transaction
    asked = tuple(SendTo(one.tender, one.amount, "store_credit") for one in bought.tenders)
    lane.desk.operator = MANAGER
    added = lane.customers.add(Customer("", "Åsa Nováková"))
    assert isinstance(added, Customer), added
    lane.desk.operator = CASHIER
    request = replace(back(bought.id, 1), send_to=asked, customer=added.id)
    asks = lane.returns.complete(request)
    assert isinstance(asks, ReturnNeedsApproval), asks
    assert isinstance(lane.approvals.grant(asks.request.id, Answer(MANAGER.id, pin_of(MANAGER))), Approval)
    done = lane.returns.complete(request, approval=asks.request.id)
    assert isinstance(done, CompletedReturn), done
    slips = [text for name, text in papers(lane, done) if name == "store_credit"]
    assert len(slips) == len(done.done.tenders) == 2
    assert len({one.account for one in done.done.tenders}) == 2
    assert all("Åsa Nováková" in slip for slip in slips)
    with lane.desk.shop.books.reading() as work:
        kept = [job.facts for paper in done.papers if (job := work.paper_jobs.get(paper)) is not None]
    assert not any("Nov" in facts for facts in kept), "a name that is erased later stands in no queue"


def test_store_credit_that_stands_for_a_card_which_takes_nothing_names_that_card(lane: Workstation) -> None:
    sale = bought_with_a_gift_card(lane)
    lane.desk.operator = MANAGER
    assert not isinstance(lane.gift_card_care.disable(GIFT_CARD, "lost"), Refused)
    done = taken(lane, back(sale.id, 1))
    slip = next(text for name, text in papers(lane, done) if name == "store_credit")
    rows = [" ".join(row.split()) for row in slip.splitlines()]
    assert f"In the place of •••• {GIFT_CARD[-4:]}" in rows
    assert any(str(sale.receipt) in row for row in rows), "of which purchase"
    assert str(done.done.number) in slip


def test_a_gift_card_that_comes_back_is_said_to_be_blocked(lane: Workstation) -> None:
    sold = card_sold(lane)
    done = taken(lane, back(sold.transaction.id, 1))
    assert f"Gift card •••• {GIFT_CARD[-4:]} is blocked." in papers(lane, done)[0][1]
