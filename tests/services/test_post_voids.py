"""A sale taken back after it was paid: everything as it was before, once, with a yes, and refused where it cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.devices.simulated.terminal import Doing, Scripted
from pos.domain.approval import Approval, NeedsApproval
from pos.domain.card_attempt import Purpose
from pos.domain.customer import Customer
from pos.domain.money import Quantity
from pos.domain.payment import CardKind
from pos.domain.post_void import TenderCorrection
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Operator
from pos.domain.tender import TenderKind
from pos.domain.transaction import Transaction
from pos.services.approvals import Answer
from pos.services.card_refunds import TotalsCompared
from pos.services.customers import found_customers
from pos.services.gift_card_import import NewGiftCard, take_over
from pos.services.post_voids import PostVoided
from pos.services.sale import CompletedSale
from pos.services.tender_corrections import CorrectionWish
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import (
    CASHIER,
    CHECK,
    GIFT_CARD,
    MANAGER,
    OTHER_GIFT_CARD,
    OWNER,
    HandClock,
    bank_of,
    contents,
    new_shop,
    open_up,
    pay_by_card,
    pin_of,
    sell,
    show_coupon,
    simulated,
)


def taken_back(workstation: Workstation, sale: Transaction, by: Operator = MANAGER) -> PostVoided | Refused:
    """Asked for, agreed to by a manager, done."""
    asks = workstation.post_voids.post_void(sale.id, "cashier_error")
    if not isinstance(asks, NeedsApproval):
        return asks
    agreed = workstation.approvals.grant(asks.request.id, Answer(by.id, pin_of(by)))
    assert isinstance(agreed, Approval), agreed
    return workstation.post_voids.post_void(sale.id, "cashier_error", approval=asks.request.id)


def corrected(workstation: Workstation, sale: Transaction, tender: int, code: str, reference: str = "A-1") -> object:
    wish = CorrectionWish(sale.id, tender, code, "wrong_key", reference)
    asks = workstation.tender_corrections.correct(wish)
    if not isinstance(asks, NeedsApproval):
        return asks
    assert isinstance(workstation.approvals.grant(asks.request.id, Answer(MANAGER.id, pin_of(MANAGER))), Approval)
    return workstation.tender_corrections.correct(wish, approval=asks.request.id)


def balances(workstation: Workstation) -> dict[str, object]:
    """Everything that has a balance: accounts, goods, cards, points, the drawer, what coupons have left."""
    with workstation.desk.shop.books.reading() as work:
        till = work.tills.open_till(workstation.desk.number)
        assert till is not None
        return {
            "ledger": {account: amount for account, amount in work.journal.balances().items() if amount},
            "stock": {item: sum(lies.values()) for item, lies in work.stock.everything().items() if any(lies.values())},
            "cards": {card.id: card.balance for card in work.gift_cards.all() if card.balance},
            "points": {found.id: found.points for found in map(work.customers.get, ["C1"]) if found is not None},
            "cash": work.tills.cash_in(till.id),
            "coupons": work.coupon_uses.of("TENTH", "SPRING"),
            "takings": {kind: amount for kind, amount in work.transactions.takings().items() if amount},
        }


def with_customer_and_cards(folder: Path) -> Workstation:
    workstation = open_up(new_shop(folder))
    with workstation.desk.shop.books.writing() as work:
        found_customers(work, workstation.desk, [Customer("C1", "Ann", points=500)])
        take_over(work, workstation.desk, [NewGiftCard(OTHER_GIFT_CARD, 100_000)], None)
        work.commit()
    workstation.desk.rules = replace(workstation.desk.rules, points_every=100, point_worth=10)
    return workstation


def everything_sold(workstation: Workstation, *, points: int, parts: list[str], bread: int) -> CompletedSale:
    """A sale with goods, a card, points and a coupon, paid with all there is."""
    show_coupon(workstation) if bread % 2 else None
    workstation.sale.scan("BREAD", Quantity.pieces(bread))
    workstation.sale.scan("LEMON", Quantity.pieces(3))
    if "sell" in parts:
        assert not isinstance(workstation.gift_cards.sell(50_000, GIFT_CARD), Refused)
    assert not isinstance(workstation.sale.set_customer("C1"), Refused)
    if points:
        assert not isinstance(workstation.sale.spend_points(points), Refused)
    if "swish" in parts:
        assert not isinstance(workstation.tendering.take("swish", 700, "A-17"), Refused)
    if "check" in parts:
        assert not isinstance(workstation.checks.take(CHECK, 900), Refused)
    if "gift" in parts:
        assert not isinstance(workstation.gift_card_tenders.take(OTHER_GIFT_CARD, 1_000), Refused)
    workstation.sale.tender_cash(workstation.sale.view.priced.due_cash + 500)
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale), done
    return done


@settings(max_examples=12, deadline=None)
@given(
    points=st.integers(0, 40),
    parts=st.lists(st.sampled_from(["sell", "swish", "check", "gift"]), unique=True, max_size=4),
    bread=st.integers(1, 3),
    correction=st.sampled_from(["", "swish", "check"]),
)
def test_selling_and_taking_back_leaves_every_balance_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, points: int, parts: list[str], bread: int, correction: str
) -> None:
    workstation = with_customer_and_cards(tmp_path_factory.mktemp("void") / "shop")
    before = balances(workstation)
    sale = everything_sold(workstation, points=points, parts=parts, bread=bread).transaction
    if correction:
        done = corrected(workstation, sale, len(sale.tenders), correction)
        assert isinstance(done, TenderCorrection), done
    assert balances(workstation) != before
    done = taken_back(workstation, sale)
    assert isinstance(done, PostVoided), done
    assert balances(workstation) == before
    assert verify_books(workstation.desk.shop).violations == ()
    workstation.close()


def test_the_sale_itself_stays_as_it_was_written(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    workstation = open_up(folder)
    sale = sell(workstation).transaction
    before = contents(folder)
    done = taken_back(workstation, sale)
    assert isinstance(done, PostVoided)
    after = contents(folder)
    for table in ("retail_transaction", "sale_line", "tender_line", "sale_line_tax"):
        assert after[table] == before[table]
    assert str(done.done.number) == "0142-01-V0001"
    assert (done.done.by, done.done.approver, done.done.reason) == (CASHIER.id, MANAGER.id, "cashier_error")
    assert done.cash.minor == sale.paid
    second = taken_back(workstation, sell(workstation).transaction)
    assert isinstance(second, PostVoided)
    assert str(second.done.number) == "0142-01-V0002"
    workstation.close()


def test_a_sale_is_taken_back_once(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"))
    sale = sell(workstation).transaction
    assert isinstance(taken_back(workstation, sale), PostVoided)
    again = taken_back(workstation, sale)
    assert isinstance(again, Refused)
    assert again.code is Code.POST_VOIDED
    assert again.facts["number"] == "0142-01-V0001"
    fixed = corrected(workstation, sale, 1, "swish")
    assert isinstance(fixed, Refused)
    assert fixed.code is Code.POST_VOIDED
    workstation.close()


def test_a_yes_is_for_one_sale_as_it_stands_and_by_another_person(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"))
    one, other = sell(workstation).transaction, sell(workstation).transaction
    asks = workstation.post_voids.post_void(one.id, "cashier_error")
    assert isinstance(asks, NeedsApproval)
    assert asks.code is Code.POST_VOID_LIMIT
    mine = workstation.approvals.grant(asks.request.id, Answer(CASHIER.id, pin_of(CASHIER)))
    assert isinstance(mine, Refused)
    assert mine.code is Code.SAME_PERSON
    assert isinstance(workstation.approvals.grant(asks.request.id, Answer(MANAGER.id, pin_of(MANAGER))), Approval)
    for sale, reason in ((other, "cashier_error"), (one, "changed_mind")):
        refused = workstation.post_voids.post_void(sale.id, reason, approval=asks.request.id)
        assert isinstance(refused, Refused)
        assert refused.code is Code.APPROVAL_DOES_NOT_COVER
    assert isinstance(workstation.post_voids.post_void(one.id, "cashier_error", approval=asks.request.id), PostVoided)
    workstation.close()


def test_a_manager_too_asks_somebody_else(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    sale = sell(workstation).transaction
    asks = workstation.post_voids.post_void(sale.id, "cashier_error")
    assert isinstance(asks, NeedsApproval)
    done = taken_back(workstation, sale, by=OWNER)
    assert isinstance(done, PostVoided)
    workstation.close()


def test_who_is_alone_in_the_shop_can_take_back_what_they_sold(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"), operator=OWNER)
    assert not isinstance(workstation.people.end(MANAGER.id), Refused)
    done = workstation.post_voids.post_void(sell(workstation).transaction.id, "test")
    assert isinstance(done, PostVoided), done
    assert (done.done.approver, done.done.approval) == ("", "")
    assert verify_books(workstation.desk.shop).violations == ()
    workstation.close()


def test_what_cannot_be_taken_back_says_why(tmp_path: Path) -> None:
    clock = HandClock()
    folder = new_shop(tmp_path / "shop")
    workstation = open_up(folder, clock=clock)
    other = open_up(folder, number=2, clock=clock)
    elsewhere = sell(other).transaction

    def code_of(answer: object) -> Code:
        assert isinstance(answer, Refused), answer
        return answer.code

    assert code_of(workstation.post_voids.post_void("none", "test")) is Code.RECEIPT_UNKNOWN
    assert code_of(taken_back(workstation, elsewhere)) is Code.POST_VOID_TILL
    sale = sell(workstation).transaction
    assert code_of(workstation.post_voids.post_void(sale.id, "")) is Code.REASON_MISSING
    assert code_of(workstation.post_voids.post_void(sale.id, "nonsense")) is Code.REASON_UNKNOWN
    workstation.till_moves.pickup(100_000, "bank")
    large = sell(workstation, "09520000000011").transaction
    workstation.till_moves.pickup(130_000, "bank")
    assert code_of(taken_back(workstation, large)) is Code.TILL_SHORT
    workstation.counts.count({})
    workstation.desk.operator = MANAGER
    current = workstation.tills.current()
    assert current is not None
    whole = current.expected.minor // 100
    workstation.counts.count({"1.00": str(whole)})
    closed = workstation.till_closing.close()
    assert not isinstance(closed, Refused), closed
    workstation.desk.operator = CASHIER
    assert code_of(taken_back(workstation, sale)) is Code.TILL_CLOSED
    clock.moment += timedelta(days=1)
    assert code_of(taken_back(workstation, sale)) is Code.POST_VOID_DAY
    other.close()
    workstation.close()


def test_a_gift_card_used_since_keeps_its_sale(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"))
    assert not isinstance(workstation.gift_cards.sell(50_000, GIFT_CARD), Refused)
    sold = sell(workstation, "BREAD").transaction
    workstation.sale.scan("BREAD")
    assert not isinstance(workstation.gift_card_tenders.take(GIFT_CARD), Refused)
    used = workstation.sale.complete()
    assert isinstance(used, CompletedSale)
    refused = taken_back(workstation, sold)
    assert isinstance(refused, Refused)
    assert refused.code is Code.GIFT_CARD_USED
    # What used it is taken back first; then nothing was taken off the card.
    assert isinstance(taken_back(workstation, used.transaction), PostVoided)
    assert isinstance(taken_back(workstation, sold), PostVoided)
    assert verify_books(workstation.desk.shop).violations == ()
    workstation.close()


def test_points_spent_since_keep_the_sale(tmp_path: Path) -> None:
    workstation = with_customer_and_cards(tmp_path / "shop")
    workstation.sale.scan("09520000000011")
    workstation.sale.set_customer("C1")
    earned = sell(workstation, "BREAD").transaction
    points = (earned.total) // 100
    workstation.sale.scan("09520000000011")
    workstation.sale.set_customer("C1")
    assert not isinstance(workstation.sale.spend_points(500 + points), Refused)
    spent = sell(workstation, "BREAD").transaction
    refused = taken_back(workstation, earned)
    assert isinstance(refused, Refused)
    assert refused.code is Code.POINTS_SPENT
    assert refused.facts["points"] == points
    assert isinstance(taken_back(workstation, spent), PostVoided)
    assert isinstance(taken_back(workstation, earned), PostVoided)
    workstation.close()


def test_a_card_is_reversed_once_and_cash_back_comes_back(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"), terminal="simulated")
    before = balances(workstation)
    workstation.sale.scan("BREAD")
    pay_by_card(workstation, kind=CardKind.DEBIT, cash_back=20_000)
    sold = workstation.sale.complete()
    assert isinstance(sold, CompletedSale), sold
    done = taken_back(workstation, sold.transaction)
    assert isinstance(done, PostVoided), done
    assert done.cash.minor == -20_000
    assert [tender.kind for tender in done.cards] == [TenderKind.DEBIT]
    # The terminal was not asked yet: what it has to give back stands in suspense, and is listed.
    assert [(view.attempt.charged, view.open) for view in workstation.card_tendering.waiting()] == [
        (sold.transaction.total + 20_000, True)
    ]
    assert verify_books(workstation.desk.shop).violations == ()
    simulated(workstation).script.append(Scripted(Doing.TIMEOUT_AFTER_APPROVAL))
    workstation.card_tendering.recover()
    workstation.card_tendering.recover()
    assert workstation.card_tendering.waiting() == ()
    assert balances(workstation) == before
    assert verify_books(workstation.desk.shop).violations == ()
    again = workstation.post_voids.refused(sold.transaction.id)
    assert again is not None
    assert again.code is Code.POST_VOIDED
    made = workstation.day_reports.x_report()
    assert not isinstance(made, Refused)
    assert (made.report.movements, made.report.expected) == ((), 100_000)
    workstation.close()


def test_a_charge_the_bank_has_settled_is_returned_and_not_taken_back(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"), terminal="simulated")
    settled = paid_by_card(workstation)
    assert workstation.post_voids.refused(settled) is None
    ended = workstation.card_tendering.refunds.compare_totals(end_period=True)
    assert isinstance(ended, TotalsCompared)
    assert ended.difference == 0
    refused = workstation.post_voids.refused(settled)
    assert refused is not None
    assert refused.code is Code.POST_VOID_CARD
    fresh = paid_by_card(workstation)
    assert workstation.post_voids.refused(fresh) is None, "what was charged since can be reversed"
    assert verify_books(workstation.desk.shop).violations == ()
    workstation.close()


def test_a_reversal_the_terminal_refuses_becomes_a_refund(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"), terminal="simulated")
    before = balances(workstation)
    workstation.sale.scan("BREAD")
    pay_by_card(workstation)
    sold = workstation.sale.complete()
    assert isinstance(sold, CompletedSale), sold
    assert isinstance(taken_back(workstation, sold.transaction), PostVoided)
    simulated(workstation).script.append(Scripted(Doing.DECLINED))
    (reversal, refund) = workstation.card_tendering.recover()
    assert (reversal.view.attempt.purpose, reversal.view.approved) == (Purpose.REVERSE, False)
    assert (refund.view.attempt.purpose, refund.view.approved) == (Purpose.REFUND, True)
    assert workstation.card_tendering.waiting() == workstation.card_tendering.owed.all() == ()
    assert bank_of(workstation).balance == 0
    assert balances(workstation) == before
    assert verify_books(workstation.desk.shop).violations == ()
    workstation.close()


def paid_by_card(workstation: Workstation) -> str:
    workstation.sale.scan("BREAD")
    pay_by_card(workstation)
    sold = workstation.sale.complete()
    assert isinstance(sold, CompletedSale), sold
    return sold.transaction.id


def test_nothing_goes_back_to_a_card_while_an_outcome_is_not_known(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"), terminal="simulated")
    workstation.sale.scan("BREAD")
    pay_by_card(workstation)
    sold = workstation.sale.complete()
    assert isinstance(sold, CompletedSale), sold
    workstation.sale.scan("BREAD")
    attempt = workstation.card_tendering.begin(CardKind.CREDIT)
    assert not isinstance(attempt, Refused)
    refused = workstation.post_voids.refused(sold.transaction.id)
    assert refused is not None
    assert refused.code is Code.CARD_OUTCOME_UNKNOWN
    workstation.card_tendering.recover()
    assert workstation.post_voids.refused(sold.transaction.id) is None
    workstation.close()


def test_the_drawer_and_the_day_know_of_it(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"))
    stays, goes = sell(workstation).transaction, sell(workstation, "BREAD").transaction
    assert isinstance(taken_back(workstation, goes), PostVoided)
    assert isinstance(corrected(workstation, stays, 1, "swish"), TenderCorrection)
    made = workstation.day_reports.x_report()
    assert not isinstance(made, Refused)
    report = made.report
    assert (report.sales.number, report.sales.amount) == (1, stays.total)
    assert (report.post_voids.number, report.post_voids.amount) == (1, goes.total)
    assert (report.corrections.number, report.corrections.amount) == (1, stays.paid)
    assert [(one.kind, one.type, one.number, one.amount) for one in report.tenders] == [
        ("other", "swish", 1, stays.paid)
    ]
    assert report.expected == 100_000
    assert (report.first_receipt, report.last_receipt) == (1, 2)
    assert report.movements == ()
    assert verify_books(workstation.desk.shop).violations == ()
    workstation.close()
