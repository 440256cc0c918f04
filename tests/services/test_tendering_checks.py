"""Checks as tenders: what is taken and what not, who agrees beyond the limit, and that no account is kept whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pos.domain.approval import NeedsApproval
from pos.domain.check import CheckRules, ChecksTaken, TypedCheck
from pos.domain.money import Money, Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.tender import TenderKind
from pos.services.approvals import Answer
from pos.services.sale import CompletedSale, SaleView
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, CHECK, MANAGER, OPENED, contents, new_shop, open_up, pin_of

ACCOUNT = "123456789"
LINE = "T021000021T 000123456789U 1042"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"))
    yield workstation
    assert verify_books(workstation.desk.shop).sound
    workstation.close()


def code(answer: object) -> Code | None:
    return answer.code if isinstance(answer, Refused) else None


def completed(till: Workstation) -> CompletedSale:
    done = till.sale.complete()
    assert isinstance(done, CompletedSale), done
    return done


def kettles(till: Workstation, count: int = 1) -> None:
    assert not isinstance(till.sale.scan("09520000000011", Quantity.pieces(count)), Refused)


def agree(till: Workstation, needs: object) -> SaleView | Refused:
    assert isinstance(needs, NeedsApproval), needs
    assert not isinstance(till.approvals.grant(needs.request.id, Answer(MANAGER.id, pin_of(MANAGER))), Refused)
    return till.markdowns.carry_out(needs.request.id)


def test_a_check_pays_exactly_what_is_due_or_part_of_it(till: Workstation) -> None:
    kettles(till)
    assert code(till.checks.take(CHECK, 129_901)) is Code.TENDER_OVER_DUE
    assert isinstance(till.checks.take(CHECK, 29_900), SaleView)
    assert till.sale.view.priced.due == 100_000
    assert isinstance(till.checks.take(replace(CHECK, number="1043")), SaleView)
    sale = completed(till).transaction
    assert [(line.kind, line.amount) for line in sale.tenders] == [
        (TenderKind.CHECK, 29_900),
        (TenderKind.CHECK, 100_000),
    ]
    check = sale.tenders[0].check
    assert check is not None
    assert (check.shown, check.number, check.id_seen, check.written) == ("••••6789", "1042", "passport", OPENED.date())
    with till.desk.shop.books.reading() as work:
        assert work.transactions.get(sale.id) == sale
        assert work.journal.balances()["checks_in_till"] == 129_900


def test_the_whole_account_stands_nowhere(till: Workstation) -> None:
    """Not in the open sale, not in the books, not in any file of the shop; typed, read from the line or refused."""
    kettles(till, 2)
    folder = till.desk.shop.folder
    asked = till.checks.take(TypedCheck(micr=LINE, routing="021000021"), 210_000)
    assert isinstance(asked, NeedsApproval)
    assert code(till.checks.take(replace(CHECK, routing="021000022"))) is Code.ROUTING_INVALID
    assert isinstance(till.checks.take(TypedCheck(micr=LINE), 1_000), SaleView)
    before = contents(folder)
    assert any("6789" in str(row) for row in before["basket"])
    till.sale.tender_cash(till.sale.view.priced.due_cash)
    done = completed(till)
    assert not isinstance(till.returned_checks.mark(done.transaction.id, 1), Refused)
    for rows in (before, contents(folder)):
        assert ACCOUNT not in str(rows)
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert len(kept) >= 3
    assert not [path for path in kept if ACCOUNT.encode() in path.read_bytes()]
    assert ACCOUNT not in repr(done)
    assert ACCOUNT not in repr(asked)


def test_the_same_account_has_one_name_however_it_is_typed(till: Workstation) -> None:
    kettles(till)
    till.checks.take(CHECK)
    mine = till.sale.view.priced.basket.tenders[0].check
    till.sale.undo()
    till.checks.take(replace(CHECK, account="123456789", number="7"))
    again = till.sale.view.priced.basket.tenders[0].check
    assert mine is not None
    assert again is not None
    assert mine.account_hash == again.account_hash


def test_a_shop_that_takes_none_says_so(till: Workstation) -> None:
    kettles(till)
    for rules in (CheckRules(ChecksTaken.NO), CheckRules()):
        till.desk.rules = replace(till.desk.rules, checks=rules)
        assert not till.checks.taken_here
        assert code(till.checks.take(CHECK)) is Code.CHECK_NOT_TAKEN
        assert [refused.code for refused in till.checks.problems(CHECK)] == [Code.CHECK_NOT_TAKEN]


def test_over_an_amount_a_document_must_be_seen(till: Workstation) -> None:
    kettles(till)
    till.desk.rules = replace(till.desk.rules, checks=CheckRules(ChecksTaken.YES, id_over=5_000))
    unseen = replace(CHECK, id_seen="")
    assert [refused.code for refused in till.checks.problems(unseen)] == [Code.CHECK_ID]
    assert till.checks.problems(unseen, 5_000) == ()
    assert code(till.checks.take(unseen)) is Code.CHECK_ID
    assert isinstance(till.checks.take(unseen, 5_000), SaleView)


@pytest.mark.parametrize(
    "typed",
    [
        replace(CHECK, account="4111 1111 1111 1111"),
        replace(CHECK, number="5555555555554444"),
        replace(CHECK, id_seen="378282246310005"),
        replace(CHECK, micr="4111111111111111"),
    ],
)
def test_the_number_of_a_card_is_refused_in_every_field(till: Workstation, typed: TypedCheck) -> None:
    kettles(till)
    assert code(till.checks.take(typed)) is Code.CARD_NUMBER_TYPED


def test_the_same_check_is_taken_once_in_a_sale_and_can_be_taken_back(till: Workstation) -> None:
    kettles(till)
    assert isinstance(till.checks.take(CHECK, 1_000), SaleView)
    refused = till.checks.take(TypedCheck(micr=LINE), 1_000)
    assert refused == Refused(Code.CHECK_TWICE, {"number": "1042"})
    assert till.sale.undo() is not None
    assert isinstance(till.checks.take(CHECK, 1_000), SaleView)
    assert isinstance(till.tendering.give_back(1), SaleView)
    assert till.sale.view.priced.basket.tenders == ()


def test_an_open_check_survives_the_program(till: Workstation) -> None:
    kettles(till)
    assert isinstance(till.checks.take(CHECK, 1_000), SaleView)
    tenders = till.sale.view.priced.basket.tenders
    with till.desk.shop.books.reading() as work:
        saved = work.baskets.get(till.desk.number)
    assert saved is not None
    assert saved.tenders == tenders


def test_beyond_the_limit_somebody_agrees_to_exactly_this_check(till: Workstation) -> None:
    kettles(till, 3)
    needs = till.checks.take(CHECK, 200_001)
    assert isinstance(needs, NeedsApproval)
    assert needs.code is Code.CHECK_LIMIT
    assert needs.facts["limit"] == Money(200_000, "CZK")
    assert not till.sale.view.priced.basket.tenders
    # Asked again it is the same request; another check, another amount is another.
    again = till.checks.take(CHECK, 200_001)
    assert isinstance(again, NeedsApproval)
    assert again.request.id == needs.request.id
    for other, amount in ((replace(CHECK, number="1043"), 200_001), (CHECK, 200_002)):
        asked = till.checks.take(other, amount)
        assert isinstance(asked, NeedsApproval)
        assert asked.request.id != needs.request.id
    assert isinstance(agree(till, again), SaleView)
    assert [tender.amount for tender in till.sale.view.priced.basket.tenders] == [200_001]
    assert code(till.markdowns.carry_out(needs.request.id)) is Code.APPROVAL_USED
    till.sale.tender_cash(till.sale.view.priced.due_cash)
    completed(till)


def test_a_yes_does_not_outlive_another_tender(till: Workstation) -> None:
    kettles(till, 3)
    needs = till.checks.take(CHECK, 200_001)
    assert not isinstance(till.sale.tender_cash(1_000), Refused)
    assert isinstance(needs, NeedsApproval)
    assert not isinstance(till.approvals.grant(needs.request.id, Answer(MANAGER.id, pin_of(MANAGER))), Refused)
    assert code(till.markdowns.carry_out(needs.request.id)) is Code.APPROVAL_DOES_NOT_COVER
    assert len(till.sale.view.priced.basket.tenders) == 1


def test_a_manager_takes_it_alone(till: Workstation) -> None:
    till.desk.operator = MANAGER
    kettles(till, 2)
    assert isinstance(till.checks.take(CHECK), SaleView)
    completed(till)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(amounts=[1, 50_000], limit=50_000)
@given(amounts=st.lists(st.integers(1, 260_000), min_size=1, max_size=4), limit=st.sampled_from([0, 50_000, 200_000]))
def test_whatever_mix_of_checks_is_given_the_books_hold_it(
    tmp_path_factory: pytest.TempPathFactory, amounts: list[int], limit: int
) -> None:
    """Every amount is taken, approved first, or refused as more than is due; the books say what was taken."""
    till = open_up(new_shop(tmp_path_factory.mktemp("mix") / "shop"))
    till.desk.rules = replace(till.desk.rules, checks=CheckRules(ChecksTaken.YES, limit))
    till.desk.operator = CASHIER
    kettles(till, 2)
    due = till.sale.view.priced.due
    taken = 0
    for number, amount in enumerate(amounts, start=1):
        if taken == due:
            break
        answer = till.checks.take(replace(CHECK, number=str(number)), amount)
        if isinstance(answer, NeedsApproval):
            assert limit
            # Several checks of one sale count together against the limit.
            assert taken + amount > limit
            answer = agree(till, answer)
        elif not isinstance(answer, Refused):
            assert not limit or taken + amount <= limit
        if isinstance(answer, Refused):
            assert answer.code is Code.TENDER_OVER_DUE
            assert amount > due - taken
            continue
        taken += amount
        assert till.sale.view.priced.due == due - taken
    if taken < due:
        till.sale.tender_cash(till.sale.view.priced.due_cash)
    sale = completed(till).transaction
    assert sum(line.amount for line in sale.tenders if line.kind is TenderKind.CHECK) == taken
    with till.desk.shop.books.reading() as work:
        assert work.journal.balances().get("checks_in_till", 0) == taken
    assert verify_books(till.desk.shop).sound
    till.close()
