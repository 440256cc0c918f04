"""A check that came back: what is owed, who is stopped by it, and how it is settled."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.customer import Customer
from pos.domain.post_void import TenderCorrection
from pos.domain.refusal import Code, Refused
from pos.domain.returned_check import FEE_MAX, ReturnedCheck
from pos.services.customer_export import export_customer
from pos.services.desk import Desk
from pos.services.returned_checks import bad_check_outstanding
from pos.services.sale import CompletedSale, SaleView
from pos.services.tender_corrections import CorrectionWish
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, CHECK, MANAGER, OPENED, contents, new_shop, open_up

OTHER = replace(CHECK, account="55554444", number="9")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    for number, name in (("C1", "Ann"), ("C2", "Bo")):
        assert not isinstance(workstation.customers.add(Customer(number, name)), Refused)
    workstation.desk.operator = CASHIER
    yield workstation
    assert verify_books(workstation.desk.shop).sound
    workstation.close()


def paid_by(till: Workstation, check: object = CHECK, customer: str | None = None) -> str:
    """A sale of one bread by check; the sale's identity."""
    till.sale.scan("BREAD")
    if customer is not None:
        assert isinstance(till.sale.set_customer(customer), SaleView)
    assert isinstance(till.checks.take(check), SaleView)  # type: ignore[arg-type]
    done = till.sale.complete()
    assert isinstance(done, CompletedSale), done
    return done.transaction.id


def refused_with(till: Workstation, check: object, customer: str | None = None) -> Code | None:
    """What a check at a new sale comes to; the sale is gone afterwards."""
    till.sale.scan("BREAD")
    till.sale.set_customer(customer)
    answer = till.checks.take(check)  # type: ignore[arg-type]
    assert not isinstance(till.sale.void_sale(), Refused)
    return answer.code if isinstance(answer, Refused) else None


def marked(till: Workstation, customer_id: str) -> bool:
    customer = till.customers.get(customer_id)
    assert customer is not None
    return customer.open_bad_check


def test_its_writer_owes_the_check_and_the_fee(till: Workstation) -> None:
    sale = paid_by(till)
    assert till.returned_checks.mark(sale, 1, 2_500) == ReturnedCheck(sale, 1, 4_290, 2_500)
    waiting = till.returned_checks.waiting()
    assert isinstance(waiting, tuple)
    (record,) = waiting
    assert (record.receipt, record.shown, record.number) == ("0142-01-0001", "••••6789", "1042")
    assert (record.check.owed, record.settled_at) == (6_790, None)
    with till.desk.shop.books.reading() as work:
        balances = work.journal.balances()
    assert (balances["returned_checks"], balances["returned_check_fees"]) == (6_790, -2_500)
    assert balances.get("checks_in_till", 0) == 0


def test_the_fee_is_the_shop_s_where_none_is_given(till: Workstation) -> None:
    returned = till.returned_checks.mark(paid_by(till), 1)
    assert isinstance(returned, ReturnedCheck)
    assert returned.fee == 500
    none = till.returned_checks.mark(paid_by(till, OTHER), 1, 0)
    assert isinstance(none, ReturnedCheck)
    assert none.owed == none.amount


def test_its_account_pays_by_check_no_more_until_it_is_settled(till: Workstation) -> None:
    sale = paid_by(till)
    till.returned_checks.mark(sale, 1)
    for again in (CHECK, replace(CHECK, number="2000", account="123456789")):
        assert refused_with(till, again) is Code.BAD_CHECK_OUTSTANDING
    assert refused_with(till, OTHER) is None
    # The same digits at another bank are another account.
    assert refused_with(till, replace(CHECK, routing="122000218")) is None
    assert not isinstance(till.returned_checks.settle(sale, 1), Refused)
    assert refused_with(till, CHECK) is None


def test_its_customer_is_marked_and_pays_by_no_check_at_all(till: Workstation) -> None:
    first, second = paid_by(till, customer="C1"), paid_by(till, replace(CHECK, number="1043"), customer="C1")
    returned = till.returned_checks.mark(first, 1)
    assert isinstance(returned, ReturnedCheck)
    assert (returned.customer, returned.flagged) == ("C1", True)
    till.returned_checks.mark(second, 1)
    assert marked(till, "C1")
    assert refused_with(till, OTHER, "C1") is Code.BAD_CHECK_OUTSTANDING
    assert refused_with(till, OTHER, "C2") is None
    with till.desk.shop.books.reading() as work:
        for question in ({"customer": "C1"}, {"account_hash": "x", "customer": "C1"}):
            assert bad_check_outstanding(work, **question) == Refused(Code.BAD_CHECK_OUTSTANDING)
        assert bad_check_outstanding(work, customer="C2") is None
        assert bad_check_outstanding(work) is None
    till.returned_checks.settle(first, 1)
    assert marked(till, "C1")
    till.returned_checks.settle(second, 1)
    assert not marked(till, "C1")
    assert refused_with(till, OTHER, "C1") is None


def test_a_mark_that_a_person_set_stays(till: Workstation) -> None:
    sale = paid_by(till, customer="C1")
    till.desk.operator = MANAGER
    customer = till.customers.get("C1")
    assert customer is not None
    assert not isinstance(till.customers.change(replace(customer, open_bad_check=True)), Refused)
    till.desk.operator = CASHIER
    assert refused_with(till, OTHER, "C1") is Code.BAD_CHECK_OUTSTANDING
    returned = till.returned_checks.mark(sale, 1)
    assert isinstance(returned, ReturnedCheck)
    assert not returned.flagged
    till.returned_checks.settle(sale, 1)
    assert marked(till, "C1")


def test_settled_it_is_cash_in_the_till(till: Workstation) -> None:
    sale = paid_by(till)
    till.returned_checks.mark(sale, 1, 1_000)
    before = till.tills.current()
    assert not isinstance(till.returned_checks.settle(sale, 1), Refused)
    after = till.tills.current()
    assert before is not None
    assert after is not None
    assert after.expected.minor - before.expected.minor == 5_290
    known = till.returned_checks.find(sale, 1)
    assert known is not None
    assert not isinstance(known, Refused)
    assert known.settled_at is not None
    assert till.returned_checks.waiting() == ()
    with till.desk.shop.books.reading() as work:
        assert work.journal.balances().get("returned_checks", 0) == 0


def test_what_is_kept_of_it_is_told_the_customer(till: Workstation, tmp_path: Path) -> None:
    sale = paid_by(till, customer="C1")
    till.returned_checks.mark(sale, 1, 1_000)
    till.desk.operator = MANAGER
    path = tmp_path / "ann.json"
    assert export_customer(till.desk, "C1", path) == 1
    told = json.loads(path.read_text("utf-8"))
    (returned,) = told["returned_checks"]
    assert (returned["receipt"], returned["amount"], returned["fee"]) == ("0142-01-0001", "42.90", "10.00")
    assert returned["settled_at"] is None
    assert told["receipts"][0]["tenders"][0]["check"]["account"] == "••••6789"
    assert "123456789" not in path.read_text("utf-8")


@pytest.mark.parametrize("tender", [0, 2, 3, -1])
def test_only_a_check_comes_back(till: Workstation, tender: int) -> None:
    till.sale.scan("BREAD")
    assert isinstance(till.checks.take(CHECK, 1_000), SaleView)
    till.sale.tender_cash(10_000)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    before = contents(till.desk.shop.folder)
    answer = till.returned_checks.mark(done.transaction.id, tender)
    assert answer == Refused(Code.CHECK_UNKNOWN, {"receipt": "0142-01-0001", "tender": tender})
    assert contents(till.desk.shop.folder) == before


def test_what_cannot_be_marked_or_settled(till: Workstation) -> None:
    sale = paid_by(till)
    for fee in (-1, FEE_MAX + 1):
        answer = till.returned_checks.mark(sale, 1, fee)
        assert isinstance(answer, Refused)
        assert answer.code is Code.AMOUNT_INVALID
    unknown = till.returned_checks.mark("none", 1)
    assert unknown == Refused(Code.CHECK_UNKNOWN, {"receipt": "none", "tender": 1})
    assert till.returned_checks.settle(sale, 1) == Refused(Code.CHECK_SETTLED)
    assert not isinstance(till.returned_checks.mark(sale, 1), Refused)
    assert till.returned_checks.mark(sale, 1) == Refused(Code.CHECK_RETURNED, {"day": OPENED.date()})
    assert not isinstance(till.returned_checks.settle(sale, 1), Refused)
    assert till.returned_checks.settle(sale, 1) == Refused(Code.CHECK_SETTLED)


def test_a_check_that_turned_out_to_be_cash_comes_back_from_no_bank(till: Workstation) -> None:
    sale = paid_by(till)
    assert till.returned_checks.is_check_sale(sale)
    till.desk.operator = MANAGER
    wish = CorrectionWish(sale, 1, "cash", "wrong_key")
    assert isinstance(till.tender_corrections.correct(wish), TenderCorrection)
    assert not till.returned_checks.is_check_sale(sale)
    assert till.returned_checks.mark(sale, 1) == Refused(Code.CHECK_UNKNOWN, {"receipt": "0142-01-0001", "tender": 1})


def test_without_an_open_till_nothing_is_settled(till: Workstation) -> None:
    sale = paid_by(till)
    till.returned_checks.mark(sale, 1)
    with till.desk.shop.books.writing() as work:
        other = work.tills.open_till(9)
    assert other is None
    desk = Desk(till.desk.shop, 9, till.desk.clock, till.desk.rules, CASHIER)
    assert type(till.returned_checks)(desk).settle(sale, 1) == Refused(Code.TILL_CLOSED)
