"""A yes is for exactly one request, once, within two minutes, by somebody else who may go as far."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.approval import APPROVED_FOR, Approval, ApprovalRequest, NeedsApproval
from pos.domain.journal import EntryKind
from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Operator
from pos.services.approvals import Answer
from pos.services.desk import read_payload
from pos.services.sale import SaleView
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, OWNER, TRAINEE, HandClock, new_shop, open_up, pin_of

KETTLE = "09520000000011"
BADGE = "KB-0123456789ABCDEF"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = new_shop(tmp_path / "shop")
    till = open_up(folder, operator=OWNER)
    assert not isinstance(till.people.give_badge(MANAGER.id, BADGE), Refused)
    till.close()
    return folder


@pytest.fixture
def till(shop: Path) -> Iterator[Workstation]:
    workstation = open_up(shop)
    yield workstation
    workstation.close()


def asked(till: Workstation, percent_millionths: int = 350_000) -> ApprovalRequest:
    """A discount beyond the cashier's limit waits on a kettle of 1,299.00."""
    if till.sale.view.empty:
        till.sale.scan(KETTLE)
    answer = till.markdowns.discount_line(0, "damaged_box", percent_millionths=percent_millionths)
    assert isinstance(answer, NeedsApproval)
    return answer.request


def answer_of(person: Operator, **more: str) -> Answer:
    return Answer(person.id, pin_of(person), **more)


def yes(till: Workstation, request: ApprovalRequest) -> Approval:
    granted = till.approvals.grant(request.id, answer_of(MANAGER, reason="goodwill"))
    assert isinstance(granted, Approval), granted
    return granted


def code_of(answer: object) -> Code:
    assert isinstance(answer, Refused), answer
    return answer.code


def later(till: Workstation, by: timedelta) -> None:
    clock = till.desk.clock
    assert isinstance(clock, HandClock)
    clock.moment += by


def entries(till: Workstation, *kinds: EntryKind) -> list[dict[str, object]]:
    with till.desk.shop.books.reading() as work:
        return [read_payload(one) for one, _ in work.journal.entries(till.desk.number) if one.kind in kinds]


def test_the_requirement_says_what_exceeds_what_with_the_amount_of_each_option(till: Workstation) -> None:
    needed = asked(till).requirement
    assert (needed.value, needed.limit, needed.over_by) == (350_000, 100_000, 250_000)
    assert (needed.before, needed.after, needed.at_stake) == (129_900, 84_435, 45_465)
    assert [(one.id, one.amount) for one in needed.options] == [("as_asked", 84_435), ("own_limit", 116_910)]


def test_the_same_wish_waits_once(till: Workstation) -> None:
    assert asked(till) == asked(till)
    assert till.approvals.waiting(till.sale.view.priced) == (asked(till),)


def test_a_badge_answers_and_nobody_is_signed_on_by_it(till: Workstation) -> None:
    request = asked(till)
    granted = till.approvals.grant(request.id, Answer(badge="]C1" + BADGE))
    assert isinstance(granted, Approval)
    assert granted.approver == MANAGER.id
    assert till.desk.operator == CASHIER
    assert isinstance(till.markdowns.carry_out(request.id), SaleView)


def test_the_journal_keeps_who_rule_before_after_reason_and_seconds(till: Workstation) -> None:
    request = asked(till)
    later(till, timedelta(seconds=8))
    yes(till, request)
    till.markdowns.carry_out(request.id)
    payload = entries(till, EntryKind.APPROVAL_GRANTED)[-1]
    expected = {
        "asked_by": CASHIER.id, "code": "DISCOUNT_LIMIT", "limit_of": "line_discount", "value": 350_000,
        "limit": 100_000, "before": 129_900, "after": 84_435, "about": "Kettle", "reason": "goodwill", "seconds": 8,
        "proof": "pin", "option": "as_asked", "gives": 84_435,
    }  # fmt: skip
    assert payload.items() >= expected.items()
    assert entries(till, EntryKind.APPROVAL_USED)[-1]["request"] == request.id


def test_once(till: Workstation) -> None:
    request = asked(till)
    yes(till, request)
    assert isinstance(till.markdowns.carry_out(request.id), SaleView)
    assert code_of(till.markdowns.carry_out(request.id)) is Code.APPROVAL_USED
    assert code_of(till.approvals.grant(request.id, answer_of(OWNER))) is Code.APPROVAL_USED


def test_an_undone_use_is_a_use(till: Workstation) -> None:
    request = asked(till)
    yes(till, request)
    till.markdowns.carry_out(request.id)
    till.sale.undo()
    assert code_of(till.markdowns.carry_out(request.id)) is Code.APPROVAL_USED


@pytest.mark.parametrize("person", [CASHIER, TRAINEE, MANAGER], ids=lambda person: person.role)
def test_only_somebody_else_who_reaches_as_far(till: Workstation, person: Operator) -> None:
    request = asked(till, 900_000)
    expected = Code.SAME_PERSON if person == CASHIER else Code.NOT_PERMITTED
    assert code_of(till.approvals.grant(request.id, answer_of(person))) is expected
    assert [one.id for one in till.approvals.approvers(request)] == [OWNER.id]
    assert code_of(till.markdowns.carry_out(request.id)) is Code.APPROVAL_UNKNOWN
    assert isinstance(till.approvals.grant(request.id, answer_of(OWNER)), Approval)


def test_a_manager_who_asks_is_not_their_own_approver(till: Workstation) -> None:
    till.desk.operator = MANAGER
    request = asked(till, 600_000)
    assert code_of(till.approvals.grant(request.id, Answer(badge=BADGE))) is Code.SAME_PERSON
    till.desk.operator = CASHIER


def test_wrong_pins_count_and_lock_as_at_sign_on(till: Workstation) -> None:
    request = asked(till)
    for left in (4, 3, 2, 1):
        refused = till.approvals.grant(request.id, Answer(OWNER.id, "000000"))
        assert refused == Refused(Code.PIN_WRONG, {"left": left})
    assert code_of(till.approvals.grant(request.id, Answer(OWNER.id, "000000"))) is Code.LOCKED_OUT
    assert code_of(till.sign_on.sign_on(OWNER.id, pin_of(OWNER))) is Code.LOCKED_OUT
    assert code_of(till.approvals.grant(request.id, answer_of(OWNER))) is Code.LOCKED_OUT
    till.desk.operator = CASHIER
    assert isinstance(till.approvals.grant(request.id, answer_of(MANAGER)), Approval)


def test_a_yes_that_a_crash_left_unused_is_given_again_and_used_once(till: Workstation, shop: Path) -> None:
    request = asked(till)
    first = till.approvals.grant(request.id, answer_of(MANAGER))
    assert isinstance(first, Approval)
    till.close()
    after = open_up(shop)
    after.sale.recover()
    after.desk.operator = till.desk.operator
    assert asked(after).id == request.id, "the same wish waits once"
    assert code_of(after.approvals.decline(request.id, answer_of(MANAGER))) is Code.APPROVAL_USED
    assert after.approvals.grant(request.id, answer_of(MANAGER)) == first
    assert len(entries(after, EntryKind.APPROVAL_GRANTED)) == 1
    assert isinstance(after.markdowns.carry_out(request.id), SaleView)
    assert code_of(after.approvals.grant(request.id, answer_of(MANAGER))) is Code.APPROVAL_USED
    after.close()


def test_declined_is_an_end(till: Workstation) -> None:
    request = asked(till)
    assert till.approvals.decline(request.id, answer_of(MANAGER, reason="cashier_error")) == request
    assert entries(till, EntryKind.APPROVAL_DECLINED)[-1]["reason"] == "cashier_error"
    assert code_of(till.approvals.grant(request.id, answer_of(MANAGER))) is Code.APPROVAL_USED
    assert code_of(till.markdowns.carry_out(request.id)) is Code.APPROVAL_UNKNOWN
    assert asked(till).id != request.id, "asked again is another request"


def test_another_option_or_reason_than_there_are(till: Workstation) -> None:
    request = asked(till)
    assert code_of(till.approvals.grant(request.id, answer_of(MANAGER, option="all"))) is Code.APPROVAL_OPTION
    assert code_of(till.approvals.grant(request.id, answer_of(MANAGER, reason="rain"))) is Code.REASON_UNKNOWN
    assert code_of(till.approvals.grant("nothing", answer_of(MANAGER))) is Code.APPROVAL_UNKNOWN


def test_a_yes_to_a_discount_gives_up_no_sale(till: Workstation) -> None:
    request = asked(till)
    yes(till, request)
    assert code_of(till.sale.void_sale("test", approval=request.id)) is Code.APPROVAL_DOES_NOT_COVER
    assert not till.sale.view.empty


def test_a_changed_line_voids_what_waits(till: Workstation) -> None:
    request = asked(till)
    till.sale.set_quantity(0, Quantity.pieces(2))
    priced = till.sale.view.priced
    assert till.approvals.waiting(priced) == ()
    assert till.approvals.void_outrun([request], priced) == (request,)
    assert code_of(till.approvals.grant(request.id, answer_of(MANAGER))) is Code.APPROVAL_USED
    assert entries(till, EntryKind.APPROVAL_VOIDED)[-1]["request"] == request.id


def test_whoever_takes_over_does_not_use_the_yes_of_another(till: Workstation) -> None:
    request = asked(till)
    yes(till, request)
    till.desk.operator = OWNER
    assert code_of(till.markdowns.carry_out(request.id)) is Code.APPROVAL_DOES_NOT_COVER
    till.desk.operator = CASHIER


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    waits=st.integers(0, 240_000).map(lambda milliseconds: timedelta(milliseconds=milliseconds)),
    pieces=st.integers(1, 3),
    percent=st.integers(100_001, 500_000),
)
def test_no_later_no_more_than_what_was_approved(
    till: Workstation, waits: timedelta, pieces: int, percent: int
) -> None:
    """Whatever happens between the yes and its use: late, or about one piece more, it does nothing."""
    till.sale.void_sale()
    request = asked(till, percent)
    granted = yes(till, request)
    till.sale.set_quantity(0, Quantity.pieces(pieces))
    later(till, waits)
    before = till.sale.view.priced
    answer = till.markdowns.carry_out(request.id)
    if pieces > 1:
        assert code_of(answer) is Code.APPROVAL_DOES_NOT_COVER
    elif waits > APPROVED_FOR:
        assert code_of(answer) is Code.APPROVAL_EXPIRED
    if isinstance(answer, SaleView):
        assert answer.priced.lines[0].discount == request.requirement.at_stake
        assert till.desk.now() - granted.granted_at <= APPROVED_FOR + timedelta(seconds=1)
    else:
        assert till.sale.view.priced.basket == before.basket


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.integers(100_001, 500_000), more=st.integers(1, 1_000))
def test_a_yes_to_one_discount_is_none_to_a_larger_one(till: Workstation, first: int, more: int) -> None:
    till.sale.void_sale()
    yes(till, asked(till, first))
    larger = asked(till, first + more)
    assert code_of(till.markdowns.carry_out(larger.id)) is Code.APPROVAL_UNKNOWN
    assert till.sale.view.priced.discount == 0


def test_racing_workstations_answer_once(shop: Path) -> None:
    """Four managers' workstations at once: one yes or one no stands."""
    lanes = [open_up(shop, number=number) for number in (1, 2, 3, 4)]
    for _ in range(5):
        lanes[0].sale.void_sale()
        request = asked(lanes[0])

        def answer(lane: Workstation, request: ApprovalRequest = request) -> object:
            time.sleep(0.001 * lane.desk.number)
            given = answer_of(MANAGER if lane.desk.number % 2 else OWNER)
            both = (lane.approvals.grant, lane.approvals.decline)
            return both[lane.desk.number // 3](request.id, given)

        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(answer, lanes))
        refused = [one.code for one in answers if isinstance(one, Refused)]
        said = [one for one in answers if not isinstance(one, Refused)]
        assert set(refused) == {Code.APPROVAL_USED}
        # Where it was asked, the same yes is handed out once more; it is one yes all the same.
        assert all(one == said[0] for one in said)
        assert len(said) == 1 or answers[0] == said[0]
        elsewhere = lanes[1].markdowns.carry_out(request.id)
        assert code_of(elsewhere) in {Code.APPROVAL_DOES_NOT_COVER, Code.APPROVAL_UNKNOWN}
    lanes[0].sale.void_sale()
    for lane in lanes:
        lane.close()
