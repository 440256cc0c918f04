"""Cards: nobody is charged twice, no charge is lost, and what nobody knows keeps everything else waiting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.devices.simulated.terminal import Doing, Scripted
from pos.domain.approval import NeedsApproval
from pos.domain.card_attempt import Attempt, AttemptState, Purpose
from pos.domain.ledger import CARD_RECEIVABLE, CARD_SUSPENSE
from pos.domain.money import Money
from pos.domain.payment import CardKind, Unknown, UnknownWhy
from pos.domain.refusal import Code, Refused
from pos.domain.rights import Limit, Role, ShopRole
from pos.domain.tender import TenderKind
from pos.domain.tender_rules import TenderRule
from pos.services.approvals import Answer
from pos.services.open_basket import SaleView
from pos.services.open_matters import MatterKind
from pos.services.sale import CompletedSale
from pos.services.till_close import ClosedTill
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import (
    CASHIER,
    MANAGER,
    OWNER,
    TRAINEE,
    bank_of,
    new_shop,
    open_up,
    pay_by_card,
    pin_of,
    simulated,
)
from tests.services.test_till_days import count_of

BREAD = 4_290


@pytest.fixture
def lane(tmp_path: Path) -> Workstation:
    workstation = open_up(new_shop(tmp_path / "shop"), terminal="simulated")
    workstation.sale.scan("BREAD")
    return workstation


def complete(workstation: Workstation) -> CompletedSale:
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale), done
    return done


def sound(workstation: Workstation) -> dict[str, int]:
    """The books hold; what they balance to."""
    report = verify_books(workstation.desk.shop)
    assert report.violations == ()
    return report.balances


def reopened(workstation: Workstation) -> Workstation:
    workstation.close()
    again = open_up(workstation.desk.shop.folder, terminal="simulated")
    again.sale.recover()
    return again


def test_an_approved_card_is_the_tender_of_the_sale(lane: Workstation) -> None:
    taken = pay_by_card(lane)
    assert isinstance(taken, SaleView)
    (tender,) = taken.priced.basket.tenders
    assert (tender.amount, tender.shown) == (BREAD, "************4242")
    complete(lane)
    assert sound(lane)[CARD_RECEIVABLE] == bank_of(lane).balance == BREAD


def bounded(lane: Workstation, **limits: int | None) -> None:
    """Cards up to 10.00 alone, no cash besides; a manager goes as far as `limits` say."""
    lane.desk.operator = OWNER
    card = TenderRule("debit", TenderKind.DEBIT, alone=1_000)
    lane.desk.rules = replace(lane.desk.rules, tender_rules=(*lane.desk.rules.tender_rules, card))
    cashier = ShopRole("cashier", Role.CASHIER, limits={Limit.TENDER: 0, Limit.CASH_BACK: 0})
    manager = ShopRole("manager", Role.MANAGER, limits={Limit(name): bound for name, bound in limits.items()})
    for role in (cashier, manager):
        assert not isinstance(lane.roles.set_role(role), Refused)
    lane.desk.operator = CASHIER


def asked_and_granted(lane: Workstation, amount: int, cash_back: int) -> str:
    needs = lane.card_tendering.begin(CardKind.DEBIT, amount, cash_back)
    assert isinstance(needs, NeedsApproval), needs
    granted = lane.approvals.grant(needs.request.id, Answer(MANAGER.id, pin_of(MANAGER), reason="goodwill"))
    assert not isinstance(granted, Refused), granted
    return needs.request.id


def test_a_yes_is_for_exactly_this_card_amount_and_cash_and_for_once(lane: Workstation) -> None:
    bounded(lane)
    cards = lane.card_tendering
    agreed = asked_and_granted(lane, 3_000, 500)
    for amount, cash_back in ((4_000, 500), (3_000, 900), (2_000, 0)):
        refused = cards.begin(CardKind.DEBIT, amount, cash_back, approval=agreed)
        assert isinstance(refused, Refused)
        assert refused.code is Code.APPROVAL_DOES_NOT_COVER
    begun = cards.begin(CardKind.DEBIT, 3_000, 500, approval=agreed)
    assert isinstance(begun, Attempt), begun
    assert isinstance(cards.settle(begun.id, cards.ask(begun)), SaleView)
    again = cards.begin(CardKind.DEBIT, 3_000, 500, approval=agreed)
    assert isinstance(again, Refused)


def test_whoever_agrees_goes_as_far_in_amount_and_in_cash(lane: Workstation) -> None:
    bounded(lane, tender=0)
    refused = lane.card_tendering.begin(CardKind.DEBIT, 3_000, 500, approval=asked_and_granted(lane, 3_000, 500))
    assert isinstance(refused, Refused)
    assert refused.code is Code.NOT_PERMITTED


def test_a_card_split_in_two_is_still_one_sale_beyond_what_is_taken_alone(lane: Workstation) -> None:
    bounded(lane)
    begun = lane.card_tendering.begin(CardKind.DEBIT, 800)
    assert isinstance(begun, Attempt)
    assert isinstance(lane.card_tendering.settle(begun.id, lane.card_tendering.ask(begun)), SaleView)
    needs = lane.card_tendering.begin(CardKind.DEBIT, 300)
    assert isinstance(needs, NeedsApproval), needs
    assert (needs.facts["amount"], needs.facts["limit"]) == (Money(1_100, "CZK"), Money(1_000, "CZK"))
    assert isinstance(lane.card_tendering.begin(CardKind.DEBIT, 200), Attempt)


def test_cash_back_split_over_two_cards_is_still_handed_out_in_one_sale(lane: Workstation) -> None:
    bounded(lane)
    lane.desk.operator = OWNER
    cashier = ShopRole("cashier", Role.CASHIER, limits={Limit.TENDER: 0, Limit.CASH_BACK: 600})
    assert not isinstance(lane.roles.set_role(cashier), Refused)
    lane.desk.operator = CASHIER
    begun = lane.card_tendering.begin(CardKind.DEBIT, 500, 400)
    assert isinstance(begun, Attempt)
    assert isinstance(lane.card_tendering.settle(begun.id, lane.card_tendering.ask(begun)), SaleView)
    needs = lane.card_tendering.begin(CardKind.DEBIT, 100, 300)
    assert isinstance(needs, NeedsApproval), needs
    assert needs.code is Code.CASH_BACK_ALONE
    assert needs.facts["amount"] == Money(700, "CZK")
    assert isinstance(lane.card_tendering.begin(CardKind.DEBIT, 100, 200), Attempt)


def unheard(lane: Workstation) -> str:
    """A charge the bank made and nobody heard of."""
    simulated(lane).script.append(Scripted(Doing.DISCONNECT_AFTER_APPROVAL))
    begun = lane.card_tendering.begin(CardKind.CREDIT)
    assert isinstance(begun, Attempt)
    assert isinstance(lane.card_tendering.settle(begun.id, lane.card_tendering.ask(begun)), Refused)
    return begun.id


@pytest.mark.parametrize("moved", [True, False])
def test_another_workstation_decides_for_one_that_is_gone_and_nobody_is_charged_twice(
    lane: Workstation, tmp_path: Path, moved: bool
) -> None:
    attempt = unheard(lane)
    other = open_up(tmp_path / "shop", number=2, terminal="simulated")
    other.sale.scan("BREAD")
    refused = other.card_tendering.begin(CardKind.CREDIT)
    assert isinstance(refused, Refused)
    assert refused.facts["attempt"] == attempt
    assert isinstance(other.card_tendering.settle(attempt, Unknown(UnknownWhy.NO_ANSWER)), Refused)
    said = other.card_tendering.resolve(
        attempt, Answer(MANAGER.id, pin_of(MANAGER), reason="Till 1 is dead"), moved=moved
    )
    assert isinstance(said, Refused)
    assert said.code is (Code.CARD_CHARGED_LATE if moved else Code.CARD_NOT_PROCESSED)
    again = lane.card_tendering.resolve(attempt, Answer(MANAGER.id, pin_of(MANAGER), reason="Me too"), moved=True)
    assert isinstance(again, Refused)
    assert again.code is Code.CARD_ATTEMPT_SETTLED
    # The terminal of the first till comes back and tells it was charged all the same.
    view = lane.card_tendering.get(attempt)
    assert view is not None
    late = lane.card_tendering.settle(attempt, lane.card_tendering.look(view.attempt))
    tenders = lane.sale.view.priced.basket.tenders
    assert isinstance(late, Refused if moved else SaleView)
    assert len(tenders) == (0 if moved else 1)
    assert [one.attempt.of for one in other.card_tendering.waiting()] == ([attempt] if moved else [])
    other.close()


def test_two_who_decide_at_once_decide_once(lane: Workstation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt = unheard(lane)
    other = open_up(tmp_path / "shop", number=2, terminal="simulated")
    stale = lane.card_tendering.get(attempt)
    assert stale is not None
    yes = Answer(MANAGER.id, pin_of(MANAGER), reason="Looked at it")
    real, read = lane.card_tendering.get, [stale]
    # What was read before the other one wrote.
    monkeypatch.setattr(lane.card_tendering, "get", lambda wanted: read.pop() if read else real(wanted))
    assert isinstance(other.card_tendering.resolve(attempt, yes, moved=False), Refused)
    overtaken = lane.card_tendering.resolve(attempt, yes, moved=True)
    assert isinstance(overtaken, Refused)
    assert overtaken.code is Code.CARD_ATTEMPT_SETTLED
    assert not lane.sale.view.priced.basket.tenders
    read.append(stale)
    told = lane.card_tendering.settle(attempt, lane.card_tendering.look(stale.attempt))
    assert isinstance(told, SaleView), "what the terminal knows counts, and is written after what was decided"
    assert len(told.priced.basket.tenders) == 1
    complete(lane)
    assert sound(lane)[CARD_RECEIVABLE] == bank_of(lane).balance == BREAD
    other.close()


def test_the_attempt_is_in_the_books_before_the_first_byte(lane: Workstation) -> None:
    attempt = lane.card_tendering.begin(CardKind.CREDIT)
    assert not isinstance(attempt, Refused)
    assert [view.attempt.id for view in lane.card_tendering.waiting()] == [attempt.id]
    assert bank_of(lane).journal == ()


def test_a_partial_approval_leaves_the_rest_due(lane: Workstation) -> None:
    simulated(lane).script.append(Scripted(Doing.PARTIAL, 1_000))
    taken = pay_by_card(lane)
    assert isinstance(taken, SaleView)
    assert taken.priced.due == BREAD - 1_000
    pay_by_card(lane)
    complete(lane)
    assert sound(lane)[CARD_RECEIVABLE] == BREAD


@pytest.mark.parametrize("doing", [Doing.DECLINED, Doing.CANCELLED, Doing.WRONG_PIN])
def test_a_declined_card_takes_nothing(lane: Workstation, doing: Doing) -> None:
    answer = pay_by_card(lane, doing=doing)
    assert isinstance(answer, Refused)
    assert answer.code is Code.CARD_DECLINED
    assert lane.sale.view.priced.due == BREAD
    assert isinstance(pay_by_card(lane), SaleView), "another card may be charged at once"


@pytest.mark.parametrize("doing", [Doing.BUSY, Doing.DISCONNECT_BEFORE, Doing.TIMEOUT_BEFORE])
def test_what_the_terminal_never_took_takes_nothing(lane: Workstation, doing: Doing) -> None:
    answer = pay_by_card(lane, doing=doing)
    assert isinstance(answer, Refused)
    assert answer.code is Code.CARD_NOT_PROCESSED
    assert bank_of(lane).balance == 0
    assert lane.card_tendering.waiting() == ()


@pytest.mark.parametrize("doing", [Doing.DISCONNECT_AFTER_APPROVAL, Doing.TIMEOUT_AFTER_APPROVAL])
def test_an_approval_nobody_heard_is_found_by_asking(lane: Workstation, doing: Doing) -> None:
    assert isinstance(pay_by_card(lane, doing=doing), SaleView)
    complete(lane)
    assert len(bank_of(lane).journal) == 1
    assert sound(lane)[CARD_RECEIVABLE] == BREAD


@pytest.mark.parametrize("doing", [Doing.WRONG_AMOUNT, Doing.WRONG_ATTEMPT])
def test_an_answer_about_something_else_is_quarantined(lane: Workstation, doing: Doing) -> None:
    answer = pay_by_card(lane, doing=doing)
    assert isinstance(answer, Refused)
    assert answer.code is Code.CARD_OUTCOME_UNKNOWN
    (view,) = lane.card_tendering.waiting()
    assert view.outcome is not None
    assert view.outcome.quarantine
    assert lane.sale.view.priced.basket.tenders == ()


def test_nobody_is_charged_while_an_outcome_is_unknown(lane: Workstation) -> None:
    pay_by_card(lane, doing=Doing.WRONG_AMOUNT)
    second = lane.card_tendering.begin(CardKind.CREDIT)
    assert isinstance(second, Refused)
    assert second.code is Code.CARD_OUTCOME_UNKNOWN
    assert len(bank_of(lane).journal) == 1


@pytest.mark.parametrize("moved", [True, False])
def test_a_manager_decides_what_no_terminal_answers(lane: Workstation, moved: bool) -> None:
    pay_by_card(lane, doing=Doing.WRONG_AMOUNT)
    (view,) = lane.card_tendering.waiting()
    payments = lane.card_tendering
    wrong = payments.resolve(view.attempt.id, Answer(CASHIER.id, pin_of(CASHIER), reason="looked"), moved=moved)
    assert isinstance(wrong, Refused)
    assert wrong.code is Code.NOT_PERMITTED
    answer = Answer(MANAGER.id, pin_of(MANAGER), reason="Slip says so")
    decided = payments.resolve(view.attempt.id, answer, moved=moved)
    assert isinstance(decided, SaleView) is moved
    assert lane.sale.view.priced.complete is moved
    assert payments.waiting() == ()
    again = payments.resolve(view.attempt.id, answer, moved=moved)
    assert isinstance(again, Refused)
    assert again.code is Code.CARD_ATTEMPT_SETTLED
    sound(lane)


def test_the_next_start_finds_out(lane: Workstation) -> None:
    attempt = lane.card_tendering.begin(CardKind.CREDIT)
    assert not isinstance(attempt, Refused)
    lane.card_tendering.ask(attempt)
    again = reopened(lane)
    (carried,) = again.card_tendering.recover()
    assert carried.view.state is AttemptState.APPROVED
    assert again.sale.view.priced.complete
    complete(again)
    assert sound(again)[CARD_RECEIVABLE] == bank_of(again).balance == BREAD


def test_an_approval_after_the_sale_was_paid_otherwise_goes_back(lane: Workstation) -> None:
    pay_by_card(lane, doing=Doing.LATE_ANSWER)
    lane.sale.tender_cash(lane.sale.view.priced.due_cash)
    complete(lane)
    carried = lane.card_tendering.recover()
    assert [each.view.attempt.purpose for each in carried] == [Purpose.PAY, Purpose.REVERSE]
    assert isinstance(carried[0].answer, Refused)
    assert carried[0].answer.code is Code.CARD_CHARGED_LATE
    assert bank_of(lane).balance == 0
    assert sound(lane).get(CARD_RECEIVABLE, 0) == 0


def test_an_approval_after_the_sale_was_given_up_goes_back(lane: Workstation) -> None:
    pay_by_card(lane, doing=Doing.LATE_ANSWER)
    lane.sale.void_sale()
    lane.card_tendering.recover()
    assert bank_of(lane).balance == 0
    assert sound(lane).get(CARD_SUSPENSE, 0) == 0


def test_a_card_tender_given_back_is_reversed_once(lane: Workstation) -> None:
    pay_by_card(lane)
    assert not isinstance(lane.tendering.give_back(1), Refused)
    balances = sound(lane)
    assert (balances[CARD_RECEIVABLE], balances[CARD_SUSPENSE]) == (BREAD, -BREAD)
    simulated(lane).script.append(Scripted(Doing.DISCONNECT_AFTER_APPROVAL))
    lane.card_tendering.recover()
    lane.card_tendering.recover()
    assert bank_of(lane).balance == 0
    assert len(bank_of(lane).journal) == 2
    assert sound(lane)[CARD_SUSPENSE] == 0


def test_a_reversal_refused_becomes_a_refund(lane: Workstation) -> None:
    pay_by_card(lane)
    lane.sale.void_sale()
    simulated(lane).script.append(Scripted(Doing.DECLINED))
    carried = lane.card_tendering.recover()
    assert [each.view.attempt.purpose for each in carried] == [Purpose.REVERSE, Purpose.REFUND]
    assert bank_of(lane).balance == 0
    assert sound(lane)[CARD_SUSPENSE] == 0


def test_what_no_terminal_gives_back_is_owed_until_it_does(lane: Workstation) -> None:
    pay_by_card(lane)
    lane.sale.void_sale()
    simulated(lane).script.extend([Scripted(Doing.DECLINED), Scripted(Doing.DECLINED)])
    lane.card_tendering.recover()
    (owed,) = lane.card_tendering.owed.all()
    report = verify_books(lane.desk.shop)
    assert report.violations == ()
    assert (report.balances[CARD_SUSPENSE], len(report.owed_to_cards)) == (-BREAD, 1)
    denied = lane.card_tendering.owed.ask_again(owed.attempt.id)
    assert isinstance(denied, Refused)
    assert denied.code is Code.NOT_PERMITTED
    lane.desk.operator = MANAGER
    assert not isinstance(lane.card_tendering.owed.ask_again(owed.attempt.id), Refused)
    lane.card_tendering.recover()
    assert lane.card_tendering.owed.all() == ()
    assert bank_of(lane).balance == 0
    assert sound(lane)[CARD_SUSPENSE] == 0


def test_what_the_card_company_gave_back_itself_is_settled_once(lane: Workstation) -> None:
    pay_by_card(lane)
    lane.sale.void_sale()
    simulated(lane).script.extend([Scripted(Doing.DECLINED), Scripted(Doing.DECLINED)])
    lane.card_tendering.recover()
    (owed,) = lane.card_tendering.owed.all()
    answer = Answer(MANAGER.id, pin_of(MANAGER), reason="Settlement of 22 Nov")
    for wrong, code in (
        (replace(answer, reason=" "), Code.REASON_MISSING),
        (replace(answer, reason="4111 1111 1111 1111"), Code.CARD_NUMBER_TYPED),
        (replace(answer, pin="000000"), Code.PIN_WRONG),
        (Answer(CASHIER.id, pin_of(CASHIER), reason="So it is"), Code.NOT_PERMITTED),
    ):
        refused = lane.card_tendering.owed.given_back_elsewhere(owed.attempt.id, wrong)
        assert isinstance(refused, Refused)
        assert refused.code is code
    assert sound(lane)[CARD_SUSPENSE] == -BREAD
    settled = lane.card_tendering.owed.given_back_elsewhere(owed.attempt.id, answer)
    assert not isinstance(settled, Refused)
    assert settled.outcome is not None
    assert (settled.outcome.decided_by, settled.moved) == (MANAGER.id, BREAD)
    assert lane.card_tendering.owed.all() == ()
    assert sound(lane)[CARD_SUSPENSE] == 0
    again = lane.card_tendering.owed.given_back_elsewhere(owed.attempt.id, answer)
    assert isinstance(again, Refused)
    assert again.code is Code.CARD_ATTEMPT_UNKNOWN
    # The terminal still holds the charge, and so do the books when they are held against it.
    lane.desk.operator = MANAGER
    compared = lane.card_tendering.refunds.compare_totals()
    assert not isinstance(compared, Refused)
    assert compared.difference == 0
    assert compared.books.minor == bank_of(lane).balance == BREAD


def test_what_goes_back_waits_for_a_terminal_that_is_there(lane: Workstation) -> None:
    pay_by_card(lane)
    lane.sale.void_sale()
    simulated(lane).plugged = False
    lane.card_tendering.recover()
    assert len(lane.card_tendering.waiting()) == 1
    simulated(lane).plugged = True
    lane.card_tendering.recover()
    assert lane.card_tendering.waiting() == ()
    assert bank_of(lane).balance == 0


def test_the_same_answer_twice_is_one_tender(lane: Workstation) -> None:
    attempt = lane.card_tendering.begin(CardKind.CREDIT, 1_000)
    assert not isinstance(attempt, Refused)
    outcome = lane.card_tendering.ask(attempt)
    lane.card_tendering.settle(attempt.id, outcome)
    assert isinstance(lane.card_tendering.settle(attempt.id, outcome), SaleView)
    assert len(lane.sale.view.priced.basket.tenders) == 1


def test_cash_back_leaves_the_till_as_its_own_movement(lane: Workstation) -> None:
    before = lane.tills.current()
    assert before is not None
    assert isinstance(pay_by_card(lane, kind=CardKind.DEBIT, cash_back=20_000), SaleView)
    complete(lane)
    after = lane.tills.current()
    assert after is not None
    assert after.expected.minor == before.expected.minor - 20_000
    assert sound(lane)[CARD_RECEIVABLE] == bank_of(lane).balance == BREAD + 20_000


def test_cash_back_is_for_debit_and_no_more_than_the_till_holds(lane: Workstation) -> None:
    credit = lane.card_tendering.begin(CardKind.CREDIT, cash_back=20_000)
    assert isinstance(credit, Refused)
    assert credit.code is Code.CASH_BACK_DEBIT_ONLY
    short = lane.card_tendering.begin(CardKind.DEBIT, cash_back=100_000_00)
    assert isinstance(short, Refused)
    assert short.code is Code.TILL_SHORT


def test_a_till_without_a_terminal_says_so(tmp_path: Path) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"))
    answer = workstation.card_tendering.begin(CardKind.CREDIT)
    assert isinstance(answer, Refused)
    assert answer.code is Code.NO_TERMINAL


def test_unknown_again_is_not_written_again(lane: Workstation) -> None:
    attempt = lane.card_tendering.begin(CardKind.CREDIT)
    assert not isinstance(attempt, Refused)
    for _ in range(3):
        lane.card_tendering.settle(attempt.id, Unknown(UnknownWhy.NO_ANSWER))
    (view,) = lane.card_tendering.waiting()
    assert view.outcome is not None
    assert view.outcome.number == 1


def test_a_till_closes_with_an_unknown_outcome_and_it_is_settled_later(lane: Workstation) -> None:
    pay_by_card(lane, doing=Doing.WRONG_AMOUNT)
    lane.sale.tender_cash(lane.sale.view.priced.due_cash)
    complete(lane)
    (matter,) = lane.till_closing.open_matters()
    assert matter.kind is MatterKind.UNKNOWN_OUTCOME
    current = lane.tills.current()
    assert current is not None
    lane.counts.count(count_of(current.expected.minor))
    done = lane.till_closing.close()
    assert isinstance(done, ClosedTill), done
    report = verify_books(lane.desk.shop)
    assert report.violations == ()
    assert (report.balances[CARD_RECEIVABLE], report.balances[CARD_SUSPENSE]) == (BREAD, -BREAD)
    assert len(report.unknown_outcomes) == 1
    (view,) = lane.card_tendering.waiting()
    assert view.carried_over
    lane.card_tendering.resolve(
        view.attempt.id, Answer(MANAGER.id, pin_of(MANAGER), reason="No such slip"), moved=False
    )
    assert sound(lane)[CARD_SUSPENSE] == 0


def paid(lane: Workstation) -> str:
    """A sale on a card is in the books; the attempt that charged it."""
    pay_by_card(lane)
    done = complete(lane)
    return done.transaction.tenders[0].attempt


def test_a_refund_never_gives_more_than_was_charged(lane: Workstation) -> None:
    attempt = paid(lane)
    refund = lane.card_tendering.refunds.begin(attempt, 4_000, "return-1")
    assert not isinstance(refund, Refused)
    lane.card_tendering.settle(refund.id, lane.card_tendering.ask(refund))
    too_much = lane.card_tendering.refunds.begin(attempt, 300, "return-2")
    assert isinstance(too_much, Refused)
    assert too_much.code is Code.CARD_OVER_CHARGED
    assert bank_of(lane).balance == BREAD - 4_000
    assert lane.card_tendering.refunds.left(attempt) == 290
    assert verify_books(lane.desk.shop).violations == ()


def test_a_refund_declined_leaves_the_amount_to_be_refunded(lane: Workstation) -> None:
    attempt = paid(lane)
    refund = lane.card_tendering.refunds.begin(attempt, BREAD, "return-1")
    assert not isinstance(refund, Refused)
    assert lane.card_tendering.refunds.left(attempt) == 0, "it may have gone back already"
    simulated(lane).script.append(Scripted(Doing.DECLINED))
    answer = lane.card_tendering.settle(refund.id, lane.card_tendering.ask(refund))
    assert isinstance(answer, Refused)
    assert answer.code is Code.CARD_NOT_GIVEN_BACK
    assert lane.card_tendering.refunds.left(attempt) == BREAD


def test_a_refund_without_a_payment_wants_somebody_else(lane: Workstation) -> None:
    refunds = lane.card_tendering.refunds
    for person, code in ((CASHIER, Code.SAME_PERSON), (TRAINEE, Code.NOT_PERMITTED)):
        answer = refunds.begin_unreferenced(CardKind.CREDIT, 500, "return", Answer(person.id, pin_of(person)))
        assert isinstance(answer, Refused)
        assert answer.code is code
    refund = refunds.begin_unreferenced(CardKind.CREDIT, 500, "return", Answer(MANAGER.id, pin_of(MANAGER)))
    assert not isinstance(refund, Refused)
    lane.card_tendering.settle(refund.id, lane.card_tendering.ask(refund))
    assert bank_of(lane).balance == -500
    assert verify_books(lane.desk.shop).violations == ()


def test_the_terminals_totals_are_those_of_the_till(lane: Workstation) -> None:
    paid(lane)
    compared = lane.card_tendering.refunds.compare_totals()
    assert not isinstance(compared, Refused)
    assert (compared.terminal.minor, compared.books.minor, compared.difference) == (BREAD, BREAD, 0)
    lane.sale.scan("BREAD")
    attempt = lane.card_tendering.begin(CardKind.CREDIT)
    assert not isinstance(attempt, Refused)
    lane.card_tendering.ask(attempt)
    again = lane.card_tendering.refunds.compare_totals()
    assert not isinstance(again, Refused)
    assert (again.difference, again.unknown) == (BREAD, 1)
