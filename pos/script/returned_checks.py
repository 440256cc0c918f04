"""Checks of a script that came back, marked and settled as at the screen."""

from __future__ import annotations

from pos.domain.money import AmountUnreadable, Money
from pos.domain.refusal import Code, Refused
from pos.domain.returned_check import ReturnedCheck
from pos.domain.tender import TenderState
from pos.domain.transaction import Transaction
from pos.script import results
from pos.script.check_steps import ReturnCheck, SettleCheck
from pos.script.lane import Lane
from pos.script.results import Result, money
from pos.script.ring_up import as_typed
from pos.services.crash import dying_at_commit
from pos.services.returned_checks import SettledCheck

_NONE = -1
CHECK_SETTLED = "check_settled"


def play_check_step(lane: Lane, body: ReturnCheck | SettleCheck, sale: Transaction | None) -> Result:
    """Mark or settle; `sale` is the transaction that is called so."""
    if sale is None:
        return results.refusal(Refused(Code.RECEIPT_UNKNOWN, {"receipt": body.receipt}), lane.words)
    number = stored_tender(lane, body.receipt, body.tender)
    checks = lane.station.returned_checks
    with dying_at_commit(lane.station.desk, lane.dies_at):
        answer: SettledCheck | ReturnedCheck | Refused
        if isinstance(body, SettleCheck):
            answer = checks.settle(sale.id, number)
        else:
            answer = checks.mark(sale.id, number, _fee(body, lane))
    if isinstance(answer, Refused):
        amount = body.fee if isinstance(body, ReturnCheck) and body.fee is not None else ""
        return results.refusal(as_typed(answer, Code.AMOUNT_INVALID, amount=amount), lane.words)
    if isinstance(answer, SettledCheck):
        lane.station.paperwork.after_move(answer.paper, CHECK_SETTLED)
        answer = answer.returned
    return _told(answer, sale)


def _told(returned: ReturnedCheck, sale: Transaction) -> Result:
    return {
        "customer": returned.customer or None,
        "receipt": str(sale.receipt),
        "amount": money(returned.amount, sale.currency),
        "fee": money(returned.fee, sale.currency),
        "owed": money(returned.owed, sale.currency),
    }


def stored_tender(lane: Lane, receipt: str, tender: str) -> int:
    """Which tender of the books: a script counts those that were refused too. 0 is none."""
    place = int(tender) if tender.isascii() and tender.isdigit() and len(tender) < 6 else 0
    told = lane.called(receipt)
    if told is None:
        return place
    tried = told.tenders[:place]
    if len(tried) < place or not tried or tried[-1].state is not TenderState.TAKEN:
        return 0
    return sum(1 for each in tried if each.state is TenderState.TAKEN)


def _fee(body: ReturnCheck, lane: Lane) -> int | None:
    """The fee as typed, in minor units; None is the shop's, what is no amount becomes one no check has."""
    if body.fee is None:
        return None
    try:
        return Money.read(body.fee, lane.station.desk.rules.currency).minor
    except AmountUnreadable:
        return _NONE
