"""A till from its opening to its close: cash by hand, counts, signatures, the day after, and what a report says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pos.domain.approval import NeedsApproval
from pos.domain.day_report import (
    DayReport,
    DepartmentSum,
    MoveSum,
    ReportKind,
    Tally,
    TenderSum,
    read_report,
    report_body,
)
from pos.domain.money import Money
from pos.domain.refusal import Code, Refused
from pos.domain.rights import ShopRole, ShopRoles
from pos.domain.staff import Limit, Role
from pos.domain.till import MovementKind
from pos.services.approvals import Answer
from pos.services.copies import Issued
from pos.services.counts import CountView
from pos.services.till_close import ClosedTill
from pos.services.till_moves import Moved
from pos.services.tills import TillView
from pos.services.verify import verify_books
from pos.workstation import Workstation
from receipts.document import Document
from tests.corner_shop import CASHIER, MANAGER, OWNER, HandClock, new_shop, open_up, pin_of, sell

FLOAT = 100_000


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"))
    yield workstation
    workstation.close()


def crowns(amount: int) -> Money:
    return Money(amount, "CZK")


def count_of(amount: int) -> dict[str, str]:
    """An amount in whole crowns as what a person types: all of it in one-crown coins."""
    assert amount % 100 == 0
    return {"1.00": str(amount // 100)}


def closed(till: Workstation, off: int = 0) -> ClosedTill:
    """The till counted as it should be, or `off` from it, and closed."""
    current = till.tills.current()
    assert current is not None
    assert isinstance(till.counts.count(count_of(current.expected.minor + off)), CountView)
    done = till.till_closing.close()
    assert isinstance(done, ClosedTill), done
    return done


def test_cash_by_hand_is_in_the_till_and_in_the_ledger(till: Workstation) -> None:
    moves = till.till_moves
    done = [
        moves.loan(50_000, "change"),
        moves.pickup(30_000, "bank"),
        moves.paid_in(2_000, "found_cash"),
        moves.paid_out(1_500, "postage", note="Parcel to Brno"),
    ]
    assert all(isinstance(each, Moved) for each in done)
    current = till.tills.current()
    assert current is not None
    assert current.expected == crowns(FLOAT + 50_000 - 30_000 + 2_000 - 1_500)
    report = verify_books(till.desk.shop)
    assert report.violations == ()
    assert report.balances == {
        "cash_in_till": 120_500, "cash_office": -120_000, "paid_in:found_cash": -2_000, "paid_out:postage": 1_500,
    }  # fmt: skip
    overview = till.tills.overview()
    assert overview is not None
    assert [(move.kind, move.amount.minor, move.reason, move.note) for move in overview.moves] == [
        (MovementKind.FLOAT, FLOAT, "", ""),
        (MovementKind.LOAN, 50_000, "change", ""),
        (MovementKind.PICKUP, -30_000, "bank", ""),
        (MovementKind.PAID_IN, 2_000, "found_cash", ""),
        (MovementKind.PAID_OUT, -1_500, "postage", "Parcel to Brno"),
    ]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda w: w.till_moves.loan(0, "change"), Code.AMOUNT_INVALID),
        (lambda w: w.till_moves.loan(-5, "change"), Code.AMOUNT_INVALID),
        (lambda w: w.till_moves.loan(10**9 + 1, "change"), Code.AMOUNT_INVALID),
        (lambda w: w.till_moves.pickup(100, ""), Code.REASON_MISSING),
        (lambda w: w.till_moves.pickup(100, "because"), Code.REASON_UNKNOWN),
        (lambda w: w.till_moves.pickup(FLOAT + 100, "bank"), Code.TILL_SHORT),
        (lambda w: w.till_moves.paid_out(100, "postage", note="x" * 300), Code.NOTE_INVALID),
        (lambda w: w.till_moves.no_sale(""), Code.REASON_MISSING),
        (lambda w: w.counts.count({"3.00": "1"}), Code.DENOMINATION_UNKNOWN),
        (lambda w: w.counts.count({"ten": "1"}), Code.DENOMINATION_UNKNOWN),
        (lambda w: w.counts.count({"20.00": "five"}), Code.COUNT_INVALID),
        (lambda w: w.counts.count({"20.00": "-1"}), Code.COUNT_INVALID),
        (lambda w: w.counts.count({"20.00": "1.5"}), Code.COUNT_INVALID),
        (lambda w: w.counts.count({"20.00": "100001"}), Code.COUNT_INVALID),
        (lambda w: w.counts.count({"20.00": "²"}), Code.COUNT_INVALID),
        (lambda w: w.till_closing.close(), Code.COUNT_MISSING),
        (lambda w: w.day_reports.last_z(), Code.REPORT_UNKNOWN),
        (lambda w: w.day_reports.print_again(1), Code.REPORT_UNKNOWN),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_writes_nothing(till: Workstation, act: object, code: Code) -> None:
    before = verify_books(till.desk.shop).entries
    answer = act(till)  # type: ignore[operator]
    assert isinstance(answer, Refused)
    assert answer.code is code
    assert verify_books(till.desk.shop).entries == before


def test_a_closed_till_takes_nothing_until_the_next_one(till: Workstation) -> None:
    sell(till)
    done = closed(till)
    assert (done.over_short.minor, done.deposit, done.number) == (0, done.counted, 1)
    assert till.tills.current() is None
    assert till.tills.overview() is None
    assert till.sale.scan("BREAD") == Refused(Code.TILL_CLOSED)
    for refused in (
        till.till_moves.loan(100, "change"),
        till.till_moves.no_sale("change"),
        till.counts.count({"20.00": "1"}),
        till.till_closing.close(),
        till.day_reports.x_report(),
    ):
        assert refused == Refused(Code.TILL_CLOSED)
    opened = till.tills.open_till(5_000)
    assert isinstance(opened, TillView)
    assert opened.expected == crowns(5_000)
    sell(till)
    again = closed(till)
    assert again.number == 2
    report = verify_books(till.desk.shop)
    assert report.violations == ()
    assert "cash_in_till" not in {name for name, balance in report.balances.items() if balance}


@pytest.mark.parametrize("off", [-500, -100, 100, 500])
def test_a_small_difference_is_posted(till: Workstation, off: int) -> None:
    sell(till)
    done = closed(till, off)
    assert done.over_short.minor == off
    report = verify_books(till.desk.shop)
    assert report.violations == ()
    assert report.balances["over_short"] == -off


def test_a_large_difference_is_signed_by_another_and_for_this_count_alone(till: Workstation) -> None:
    till.counts.count(count_of(FLOAT - 2_000))
    needs = till.till_closing.close()
    assert isinstance(needs, NeedsApproval)
    assert needs.code is Code.COUNT_DIFFERENCE
    request = needs.request.id
    assert till.till_closing.close(approval=request) == Refused(Code.APPROVAL_UNKNOWN)
    assert till.approvals.grant(request, Answer(CASHIER.id, pin_of(CASHIER))) == Refused(Code.SAME_PERSON)
    assert not isinstance(till.approvals.grant(request, Answer(MANAGER.id, pin_of(MANAGER))), Refused)
    # Another count is another thing, also of the same amount; so is another float left.
    assert till.till_closing.close(next_float=1_000, approval=request) == Refused(Code.APPROVAL_DOES_NOT_COVER)
    till.counts.count(count_of(FLOAT - 2_000))
    assert till.till_closing.close(approval=request) == Refused(Code.APPROVAL_DOES_NOT_COVER)
    again = till.till_closing.close()
    assert isinstance(again, NeedsApproval)
    assert not isinstance(till.approvals.grant(again.request.id, Answer(MANAGER.id, pin_of(MANAGER))), Refused)
    done = till.till_closing.close(approval=again.request.id)
    assert isinstance(done, ClosedTill)
    assert done.over_short.minor == -2_000
    assert verify_books(till.desk.shop).violations == ()


def test_who_signs_reaches_as_far(till: Workstation) -> None:
    till.desk.operator = OWNER
    less = till.roles.set_role(ShopRole(Role.MANAGER, Role.MANAGER, limits={Limit.OVER_SHORT: 1_000}))
    assert isinstance(less, ShopRoles)
    till.desk.operator = CASHIER
    till.counts.count(count_of(FLOAT - 2_000))
    needs = till.till_closing.close()
    assert isinstance(needs, NeedsApproval)
    assert [person.id for person in till.approvals.approvers(needs.request)] == [OWNER.id]
    refused = till.approvals.grant(needs.request.id, Answer(MANAGER.id, pin_of(MANAGER)))
    assert isinstance(refused, Refused)
    assert refused.code is Code.NOT_PERMITTED
    assert not isinstance(till.approvals.grant(needs.request.id, Answer(OWNER.id, pin_of(OWNER))), Refused)
    assert isinstance(till.till_closing.close(approval=needs.request.id), ClosedTill)


def test_a_shop_of_one_person_can_close_too(till: Workstation) -> None:
    till.desk.operator = OWNER
    for person in (CASHIER.id, MANAGER.id):
        till.people.end(person)
    till.counts.count(count_of(FLOAT - 50_000))
    done = till.till_closing.close()
    assert isinstance(done, ClosedTill)
    assert done.over_short.minor == -50_000


def test_a_payment_out_beyond_the_limit_is_signed(till: Workstation) -> None:
    till.desk.operator = OWNER
    changed = till.roles.set_role(ShopRole(Role.CASHIER, Role.CASHIER, limits={Limit.PAID_OUT: 1_000}))
    assert isinstance(changed, ShopRoles)
    till.desk.operator = CASHIER
    needs = till.till_moves.paid_out(1_500, "postage")
    assert isinstance(needs, NeedsApproval)
    assert not isinstance(till.approvals.grant(needs.request.id, Answer(MANAGER.id, pin_of(MANAGER))), Refused)
    other = till.till_moves.paid_out(1_600, "postage", approval=needs.request.id)
    assert other == Refused(Code.APPROVAL_DOES_NOT_COVER)
    assert isinstance(till.till_moves.paid_out(1_500, "postage", approval=needs.request.id), Moved)
    assert till.till_moves.paid_out(1_500, "postage", approval=needs.request.id) == Refused(Code.APPROVAL_USED)


def test_a_count_does_not_outlive_what_moves_after_it(till: Workstation) -> None:
    till.counts.count(count_of(FLOAT))
    assert isinstance(till.till_moves.loan(100, "change"), Moved)
    assert till.till_closing.close() == Refused(Code.COUNT_OUTDATED)
    last = till.counts.last()
    assert last is not None
    assert not last.stands
    assert closed(till).counted == crowns(FLOAT + 100)


def test_an_open_sale_is_finished_first_and_a_suspended_one_is_carried_over_or_voided(till: Workstation) -> None:
    till.sale.scan("BREAD")
    till.counts.count(count_of(FLOAT))
    assert till.till_closing.close() == Refused(Code.BASKET_OPEN)
    assert till.till_closing.refused() == Refused(Code.BASKET_OPEN)
    till.suspended.suspend()
    till.sale.scan("BREAD")
    till.suspended.suspend()
    first, second = till.till_closing.open_matters()
    assert (first.label, second.label) == ("S2", "S1")
    assert till.suspended.void("S1", "") == Refused(
        Code.REASON_MISSING,
        {"choices": "customer_left, changed_mind, not_enough_money, cashier_error, test"},
    )
    assert not isinstance(till.suspended.void("S1", "customer_left"), Refused)
    assert isinstance(till.suspended.void("S1", "customer_left"), Refused)
    done = closed(till)
    assert [matter.label for matter in done.carried] == ["S2"]
    report = till.day_reports.last_z()
    assert isinstance(report, DayReport)
    assert (report.suspended, report.unfinished) == (Tally(1, 4_290), Tally(1, 4_290))
    till.tills.open_till(0)
    assert not isinstance(till.suspended.recall("S2"), Refused)
    assert verify_books(till.desk.shop).violations == ()


def test_the_next_day_is_never_before_the_last(till: Workstation) -> None:
    closed(till)
    clock = till.desk.clock
    assert isinstance(clock, HandClock)
    now = clock.moment
    clock.moment = now - timedelta(days=3)
    refused = till.tills.open_till(0)
    assert isinstance(refused, Refused)
    assert refused.code is Code.DAY_BEFORE_LAST
    # An hour back is the same day: it opens, and the journal says that the clock went back.
    clock.moment = now - timedelta(hours=1)
    assert isinstance(till.tills.open_till(0), TillView)
    assert till.tills.current() is not None
    closed(till)
    assert verify_books(till.desk.shop).violations == ()


def test_what_should_be_there_is_not_told_before_it_was_counted(till: Workstation) -> None:
    def told() -> Money | None:
        overview = till.tills.overview()
        assert overview is not None
        return overview.expected

    assert told() is None
    till.desk.operator = MANAGER
    assert told() == crowns(FLOAT)
    till.desk.operator = CASHIER
    till.counts.count(count_of(FLOAT))
    assert told() == crowns(FLOAT)
    till.till_moves.loan(100, "change")
    assert told() is None
    till.desk.operator = OWNER
    till.shop_settings.change({"blind_count": "open"})
    till.desk.operator = CASHIER
    assert told() == crowns(FLOAT + 100)


def test_a_pickup_is_asked_for_above_the_limit_and_the_float_is_left(till: Workstation) -> None:
    till.desk.operator = OWNER
    till.shop_settings.change({"drawer_limit": FLOAT, "next_float": 20_000})
    overview = till.tills.overview()
    assert overview is not None
    assert not overview.pickup_due
    till.till_moves.loan(100, "change")
    overview = till.tills.overview()
    assert overview is not None
    assert overview.pickup_due
    done = closed(till)
    assert (done.next_float, done.deposit) == (crowns(20_000), crowns(FLOAT + 100 - 20_000))
    assert till.tills.proposed_float() == crowns(20_000)


def test_every_figure_of_a_report(till: Workstation) -> None:
    sell(till)
    sell(till, "BREAD", "BREAD", "LEMON")
    till.sale.scan("BREAD")
    till.sale.remove_line(0, "changed_mind")
    till.sale.scan("DEPOSIT")
    till.sale.scan("BREAD")
    till.sale.void_sale("customer_left")
    till.till_moves.pickup(20_000, "bank")
    till.till_moves.pickup(10_000, "bank")
    till.till_moves.no_sale("change")
    made = till.day_reports.x_report()
    assert not isinstance(made, Refused)
    x = made.report
    first, second = 4_290 + 3_490 + 300, 2 * 4_290 + 2_050
    assert (x.kind, x.number, x.register, x.made_by, x.opened_by) == (ReportKind.X, 1, "0142-01", "101", "101")
    assert x.sales == Tally(2, first + second)
    assert x.net + x.tax == x.sales.amount
    assert (x.first_receipt, x.last_receipt) == (1, 2)
    assert x.departments == (
        DepartmentSum("", 2, 300 + 2_050), DepartmentSum("Bakery", 3, 3 * 4_290), DepartmentSum("Produce", 1, 3_490),
    )  # fmt: skip
    assert (x.goods, x.services) == (6, 0)
    assert sum(tax.amount for tax in x.taxes) == x.tax
    assert {tax.code for tax in x.taxes} == {"standard", "food", "bottle"}
    assert x.tenders == (TenderSum("cash", "", 2, x.sales.amount + x.rounding),)
    assert x.movements == (MoveSum("pickup", "bank", 2, -30_000),)
    assert (x.opening_float, x.no_sales) == (FLOAT, 1)
    assert (x.unfinished, x.voided_lines) == (Tally(1, 4_290 + 300), Tally(1, 4_290))
    assert (x.training, x.returns, x.unknown) == (Tally(), Tally(), Tally())
    assert (x.grand_sales, x.grand_returns, x.grand_net) == (first + second, 0, first + second)
    assert x.expected == FLOAT + x.sales.amount + x.rounding - 30_000
    assert (x.counted, x.over_short, x.deposit) == (None, None, None)
    assert read_report(report_body(x)) == x
    closed(till)
    till.tills.open_till(0)
    sell(till)
    closed(till)
    z = till.day_reports.last_z()
    assert isinstance(z, DayReport)
    assert (z.number, z.sales, z.grand_sales) == (2, Tally(1, first), 2 * first + second)
    assert till.day_reports.history() == (z, till.day_reports.find(1))


def test_a_report_prints_the_same_for_ever(till: Workstation) -> None:
    sell(till)
    closed(till)
    before = till.day_reports.document(1)
    assert not isinstance(before, Refused)
    till.desk.operator = OWNER
    till.shop_settings.change({"name": "Another", "next_float": 500})
    till.people.rename(CASHIER.id, "Somebody Else")
    till.tills.open_till(0)
    sell(till)
    closed(till)
    assert till.day_reports.document(1) == before
    first, second = till.day_reports.print_again(1), till.day_reports.print_again(1)
    assert not isinstance(first, Refused)
    assert not isinstance(second, Refused)
    assert (first.copy_number, second.copy_number) == (1, 2)
    paper = till.paperwork.document_of_job(second.job)
    assert paper is not None
    assert paper.blocks[1:] == before.blocks


def test_two_workstations_have_tills_of_their_own(tmp_path: Path) -> None:
    folder = new_shop(tmp_path / "shop")
    clock = HandClock()
    one, two = (open_up(folder, number=number, clock=clock) for number in (1, 2))
    sell(one)
    sell(two)
    sell(two)
    done = closed(one)
    assert done.number == 1
    assert one.tills.current() is None
    assert two.tills.current() is not None
    sell(two)
    assert closed(two).number == 1
    one_z, two_z = one.day_reports.last_z(), two.day_reports.last_z()
    assert isinstance(one_z, DayReport)
    assert isinstance(two_z, DayReport)
    assert (one_z.sales.number, two_z.sales.number) == (1, 3)
    # Each reads and copies the other's.
    assert one.day_reports.history() == (two_z, one_z)
    assert one.day_reports.find(1, workstation=2) == two_z
    copied = one.day_reports.print_again(1, workstation=2)
    assert isinstance(copied, Issued)
    paper = one.paperwork.document_of_job(copied.job)
    there = two.day_reports.document(1)
    assert paper is not None
    assert isinstance(there, Document)
    assert paper.blocks[1:] == there.blocks
    second = two.day_reports.print_again(1)
    assert isinstance(second, Issued)
    assert (copied.copy_number, second.copy_number) == (1, 2)
    kept = one.day_reports.save(1, tmp_path / "kept", workstation=2)
    assert isinstance(kept, Path)
    assert kept.name == "z-report-0142-02-1.pdf"
    assert one.day_reports.find(1, workstation=3) == Refused(Code.REPORT_UNKNOWN)
    assert verify_books(one.desk.shop).violations == ()
    one.close()
    two.close()
