"""What the approver may know of a return: counts and coincidences of the books, with how it usually is here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pos.domain.customer import Customer
from pos.domain.money import Quantity
from pos.domain.refusal import Refused
from pos.domain.return_request import IdShown, LineAsked, ReturnRequest, ShownBy
from pos.domain.return_signals import Bought, Noticed, Signal, Usual
from pos.domain.staff import Role
from pos.domain.transaction import Transaction
from pos.persistence.return_rates import ReturnRates, Share
from pos.services.policy_versions import write_policy
from pos.services.post_voids import PostVoided
from pos.services.returns import CompletedReturn, Quote, ReturnNeedsApproval
from pos.services.sale import CompletedSale
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, OPENED, OWNER, HandClock, new_shop, open_up, sell
from tests.services.test_post_voids import taken_back

ASKS = """policy: 1
rules:
  - {id: A1, approval: {}, for: {item: "3"}}
  - {id: N1, no_receipt: {}}
"""
KETTLE = "09520000000011"


def shop(tmp_path: Path, clock: HandClock) -> Workstation:
    lane = open_up(new_shop(tmp_path / "shop"), clock=clock)
    with lane.desk.shop.books.writing() as work:
        write_policy(work, lane.desk, ASKS, date(2020, 1, 1), None, by="")
        work.commit()
    lane.desk.operator = OWNER
    for number, name in enumerate(("Ann", "Ben", "Cid"), start=1):
        assert not isinstance(lane.customers.add(Customer(f"C{number}", name, card=f"KC-{name.upper()}00001")), Refused)
    lane.desk.operator = CASHIER
    return lane


def back(purchase: str, *lines: int, customer: str = "") -> ReturnRequest:
    asked = tuple(LineAsked(line, Quantity.pieces(1), condition="unopened") for line in lines)
    return ReturnRequest(purchase=purchase, lines=asked, customer=customer)


def taken(lane: Workstation, request: ReturnRequest) -> None:
    assert isinstance(lane.returns.complete(request), CompletedReturn)


def needs(lane: Workstation, request: ReturnRequest) -> ReturnNeedsApproval:
    quote = lane.returns.quote(request)
    assert isinstance(quote, Quote)
    asked = lane.returns.ask(quote)
    assert isinstance(asked, ReturnNeedsApproval)
    return asked


def told(lane: Workstation, request: ReturnRequest) -> dict[tuple[Noticed, str, int], Signal]:
    found = lane.returns.signals(needs(lane, request))
    return {(one.code, one.about, one.days): one for one in found}


def test_every_fact_comes_with_its_base_rate(tmp_path: Path) -> None:
    clock = HandClock(datetime(2026, 11, 21, 8, 0, tzinfo=UTC))
    lane = shop(tmp_path, clock)
    loaves = [sell(lane, "BREAD", "BREAD").transaction for _ in range(4)]
    for sale, who in zip(loaves, ("C1", "C1", "C2", "C3"), strict=True):
        taken(lane, back(sale.id, 1, customer=who))
    lane.desk.operator = MANAGER
    clock.moment += timedelta(hours=1)
    taken(lane, back(loaves[0].id, 2, customer="C1"))
    lane.desk.operator = CASHIER
    bought = sell(lane, KETTLE, "BREAD").transaction
    taken(lane, back(bought.id, 2, customer="C1"))
    clock.moment += timedelta(minutes=7)
    found = told(lane, back(bought.id, 1, customer="C1"))

    # The customer of a return is whoever brings it; what somebody bought is what was sold to them.
    assert found[Noticed.CUSTOMER, "", 365].bought == Bought(None, 0, 0, 0, 0)
    past = found[Noticed.PAST_RETURNS, "customer", 30]
    # Ann 4, Ben 1, Cid 1: half of those who return came once.
    assert (past.count, past.amount, past.usual) == (4, 4 * 4_300, Usual(1, 3))
    assert (Noticed.PAST_RETURNS, "customer", 365) not in found, "the longer while holds no more"
    used = found[Noticed.RECEIPT_USED, "", 90]
    assert (used.count, used.usual) == (1, Usual(1, 5))
    assert found[Noticed.SAME_CASHIER, "", 90].usual == Usual(5, 6)
    soon = found[Noticed.SOON_AFTER_SALE, "", 90]
    assert (soon.minutes, soon.within, soon.usual) == (7, 15, Usual(5, 6))
    lane.close()


def test_a_document_is_told_again_by_its_hash_and_a_longer_while_only_where_it_holds_more(tmp_path: Path) -> None:
    lane = shop(tmp_path, HandClock(OPENED))
    shown = IdShown("passport", "hash-of-it", "77")
    loaf = LineAsked(0, Quantity.pieces(1), item="1", condition="unopened")
    without = ReturnRequest(shown_by=ShownBy.NONE, lines=(loaf,), id_shown=shown)
    taken(lane, without)
    lane.close()
    lane = open_up(tmp_path / "shop", number=2, clock=HandClock(OPENED + timedelta(days=40)))
    for _ in range(2):
        taken(lane, without)
    kettle = replace(loaf, item="3", serial="SN-1")
    found = told(lane, replace(without, lines=(kettle,)))
    month, year = found[Noticed.PAST_RETURNS, "id", 30], found[Noticed.PAST_RETURNS, "id", 365]
    assert ((month.count, month.usual), (year.count, year.usual)) == ((2, Usual(2, 1)), (3, Usual(3, 1)))
    never = found[Noticed.SERIAL_NEVER_SOLD, "", 0]
    assert (never.facts["serial"], never.usual) == ("SN-1", None)
    assert {code for code, _, _ in found} == {Noticed.PAST_RETURNS, Noticed.SERIAL_NEVER_SOLD}
    lane.close()


def test_nothing_is_told_where_nothing_is_to_tell_and_the_window_of_the_policy_counts(tmp_path: Path) -> None:
    clock = HandClock(OPENED)
    lane = shop(tmp_path, clock)
    with lane.desk.shop.books.writing() as work:
        counted = f"{ASKS}  - {{id: C1, count_limit: {{limit: {{days: 7, times: 99}}}}}}\n"
        write_policy(work, lane.desk, counted, date(2020, 1, 2), None, by="")
        work.commit()
    bought = sell(lane, KETTLE).transaction
    clock.moment += timedelta(hours=2)
    lane.desk.operator = MANAGER
    assert told(lane, back(bought.id, 1)) == {}
    first = told(lane, back(bought.id, 1, customer="C1"))
    found = [(one.about, one.days, one.count, one.usual) for one in first.values()]
    assert found == [("", 365, 0, None), ("customer", 7, 0, None)]
    lane.close()


def sold_to(lane: Workstation, customer: str, *codes: str) -> Transaction:
    """A sale to a customer."""
    lane.sale.scan(codes[0])
    assert not isinstance(lane.sale.set_customer(customer), Refused)
    for code in codes[1:]:
        lane.sale.scan(code)
    lane.sale.tender_cash(lane.sale.view.priced.due_cash)
    done = lane.sale.complete()
    assert isinstance(done, CompletedSale)
    return done.transaction


def test_what_a_customer_bought_and_brought_back_stands_beside_what_all_of_them_did(tmp_path: Path) -> None:
    """Ann bought for years, gave back of one purchase this year and of one long ago; a voided sale is no purchase."""
    clock = HandClock(datetime(2024, 3, 1, 8, 0, tzinfo=UTC))
    lane = shop(tmp_path, clock)
    old = sold_to(lane, "C1", "BREAD", "BREAD")
    taken(lane, back(old.id, 1))
    lane.close()
    clock.moment = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
    lane = open_up(tmp_path / "shop", number=2, clock=clock)
    loaves = [sold_to(lane, who, "BREAD", "BREAD") for who in ("C1", "C2", "C2", "C3")]
    sell(lane, "BREAD")
    taken(lane, back(loaves[0].id, 1))
    taken(lane, back(loaves[0].id, 2))
    taken(lane, back(loaves[1].id, 1))
    voided = sold_to(lane, "C1", "BREAD")
    assert isinstance(taken_back(lane, voided), PostVoided)
    bought = sold_to(lane, "C1", KETTLE)
    found = told(lane, back(bought.id, 1))[Noticed.CUSTOMER, "", 365]
    price = loaves[0].total + bought.total
    assert found.bought == Bought(date(2024, 3, 1), 2, price, 1, 2 * 4_300)
    assert (found.count, found.amount) == (1, 2 * 4_300)
    # Five purchases of known customers this year, something came back of two; who is not known counts nowhere.
    assert found.usual == Usual(2, 5)
    lane.close()


def test_asking_is_what_reads_the_books_and_a_quote_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rates cost a look over months of returns: nobody waits for them at the till."""
    lane = shop(tmp_path, HandClock(OPENED))
    bought = sell(lane, KETTLE).transaction
    asked = needs(lane, back(bought.id, 1))

    def read(*_: object) -> Share:
        raise AssertionError("the books were read for it")

    with monkeypatch.context() as watched:
        watched.setattr(ReturnRates, "same_cashier", read)
        assert needs(lane, back(bought.id, 1)).request == asked.request
        with pytest.raises(AssertionError, match="were read"):
            lane.returns.signals(asked)
    lane.close()


def test_one_yes_to_two_rules_takes_whoever_both_name(tmp_path: Path) -> None:
    lane = shop(tmp_path, HandClock(OPENED))
    both = """policy: 1
rules:
  - {id: A1, approval: {}, for: {item: "3"}, override: manager}
  - {id: A2, approval: {above: "1.00"}, for: {item: "3"}, override: owner}
"""
    with lane.desk.shop.books.writing() as work:
        write_policy(work, lane.desk, both, date(2020, 1, 2), None, by="")
        work.commit()
    bought = sell(lane, KETTLE).transaction
    asked = needs(lane, back(bought.id, 1))
    assert {one.role for one in asked.decision.approvals_needed} == {"manager", "owner"}
    assert asked.request.requirement.role == Role.OWNER.value
    assert [person.id for person in lane.approvals.approvers(asked.request)] == [OWNER.id]
    lane.close()
