"""kill -9 at every write of a return a manager agrees to: the yes counts once, and the return happened or did not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pos.domain.approval import Approval
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Operator
from pos.services.approvals import Answer
from pos.services.policy_versions import write_policy
from pos.services.returns import CompletedReturn, ReturnNeedsApproval, ReturnRefused
from pos.services.sale import CompletedSale
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import MANAGER, new_shop, open_up, pin_of
from tests.crash.killing import Outcome, Say, needs_strace
from tests.crash.test_killed import few_or_all, sweep
from tests.crash.test_returns_killed import BREAD, KETTLE, back, only_sale, refunds, settled_copy

ASKS = "policy: 1\nrules:\n  - {id: A1, approval: {above: '1.00'}}\n"


def asked_for(folder: Path, _say: Say | None = None) -> None:
    """A shop with one sale for cash; all of it is to come back, and nobody has agreed yet."""
    lane = open_up(new_shop(folder.with_name("selling")))
    with lane.desk.shop.books.writing() as work:
        head = write_policy(work, lane.desk, ASKS, date(2020, 1, 1), None, by="")
        work.commit()
    lane.desk.shop.anchor(head)
    lane.sale.scan(KETTLE)
    lane.sale.scan(BREAD)
    lane.sale.tender_cash(lane.sale.view.priced.due_cash)
    assert isinstance(lane.sale.complete(), CompletedSale)
    assert isinstance(lane.returns.complete(back(only_sale(lane), 1, 2)), ReturnNeedsApproval)
    lane.close()
    settled_copy(folder)


def agree_to_store_credit(folder: Path, say: Say) -> None:
    lane = open_up(folder)
    request = back(only_sale(lane), 1, 2)
    needs = lane.returns.complete(request)
    assert isinstance(needs, ReturnNeedsApproval)
    assert isinstance(agree(lane, needs), Approval)
    say("AGREED")
    done = lane.returns.complete(request, approval=needs.request.id)
    assert isinstance(done, CompletedReturn)
    say(f"BACK {done.done.refund}")
    lane.close()


def agree(lane: Workstation, needs: ReturnNeedsApproval, by: Operator = MANAGER) -> Approval | Refused:
    return lane.approvals.grant(needs.request.id, Answer(by.id, pin_of(by), "", "store_credit", "goodwill"))


def look_after_the_yes(folder: Path, outcome: Outcome) -> None:
    """It was used with the return or it stands; asked and agreed to again, all comes back once, and nothing more."""
    lane = open_up(folder)
    given = refunds(lane)
    assert given or not outcome.says("BACK"), "an acknowledged return was lost"
    request = back(only_sale(lane), 1, 2)
    if given:
        assert isinstance(lane.returns.complete(request), ReturnRefused)
    else:
        needs = lane.returns.complete(request)
        assert isinstance(needs, ReturnNeedsApproval)
        assert isinstance(agree(lane, needs), Approval), "a yes that was given is given again as it was"
        assert isinstance(lane.returns.complete(request, approval=needs.request.id), CompletedReturn)
        again = lane.returns.complete(request, approval=needs.request.id)
        assert isinstance(again, Refused)
        assert again.code in {Code.APPROVAL_USED, Code.ALREADY_RETURNED}
    (refund,) = refunds(lane)
    report = verify_books(lane.desk.shop)
    assert report.violations == ()
    assert report.balances["store_credit_liability"] == -refund
    lane.close()


@few_or_all(12)
def test_a_return_somebody_agrees_to_killed_at_every_call(tmp_path: Path, at_most: int | None) -> None:
    needs_strace()
    assert sweep(tmp_path, asked_for, agree_to_store_credit, look_after_the_yes, at_most=at_most) > 5
