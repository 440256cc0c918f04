"""Card refunds of a script that failed: asked of the terminal again, or given another way."""

from __future__ import annotations

from pos.domain.customer_return import CustomerReturn
from pos.domain.refusal import Code, Refused
from pos.script import results
from pos.script.by_hand import agreed_to
from pos.script.lane import Lane
from pos.script.play_cards import carry_on
from pos.script.play_returns import documents
from pos.script.refund_steps import FailedRefundStep
from pos.script.results import Result, money
from pos.script.return_requests import receipt_of
from pos.services.crash import dying_at_commit
from pos.services.failed_refunds import GivenInstead


def play_failed_refund(lane: Lane, body: FailedRefundStep) -> Result:
    """Ask the card again, or give it as the step says."""
    named = receipt_of(lane, body.receipt)
    done = lane.station.lookup.find_return(named)
    if not isinstance(done, CustomerReturn):
        refused = done if isinstance(done, Refused) else Refused(Code.RECEIPT_UNKNOWN, {"receipt": named})
        return results.refusal(refused, lane.words)
    tender = int(body.tender) if body.tender.isascii() and body.tender.isdigit() and len(body.tender) < 6 else 0
    return _instead(lane, done, tender, body.to) if body.to else _again(lane, done, tender)


def _instead(lane: Lane, done: CustomerReturn, tender: int, kind: str) -> Result:
    def give(approval: str = "") -> GivenInstead | Refused:
        with dying_at_commit(lane.station.desk, lane.dies_at):
            return lane.station.failed_refunds.give(done.id, tender, kind, approval=approval)

    given = agreed_to(lane, give(), give)
    if isinstance(given, Refused):
        return results.refusal(given, lane.words)
    for paper in given.papers if given.instead.cash else ():
        lane.station.paperwork.after_move(paper, "return")
    lane.station.paperwork.print_waiting()
    return {
        "receipt": str(done.number),
        "kind": given.instead.kind,
        "amount": money(given.instead.amount, done.currency),
        "rounding": money(given.instead.amount - given.instead.failed, done.currency),
        "documents": documents(lane, given.papers),
    }


def _again(lane: Lane, done: CustomerReturn, tender: int) -> Result:
    asked = lane.station.failed_refunds.again(done.id, tender)
    if isinstance(asked, Refused):
        return results.refusal(asked, lane.words)
    carry_on(lane)
    still = {one.tender.tender: one for one in lane.station.failed_refunds.of_return(done.id)}
    state = "taken" if tender not in still else "unknown" if still[tender].unknown else "declined"
    return {"receipt": str(done.number), "state": state, "amount": money(asked.amount, done.currency)}
