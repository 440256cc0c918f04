"""A yes that was given to a return for other goods instead of money: the exchange that follows stands on it."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.approval import Approval
from pos.domain.refund_rules import EXCHANGE
from pos.domain.return_decision import Decision
from pos.domain.return_request import ReturnRequest
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Approvals
from pos.services.desk import Desk
from pos.services.returns import Quote, covers, judged, subject_of


def goods_agreed(
    work: UnitOfWork, desk: Desk, approvals: Approvals, request: ReturnRequest, decision: Decision
) -> Approval | None:
    """The yes that lets this exchange happen, whatever goes out; None where there is none, or it says too little."""
    quote = _as_return(work, desk, request)
    if quote is None or not _needs_no_more(decision, quote):
        return None
    return approvals.given_about(subject_of(quote.case.request), covers(quote), EXCHANGE)


def goods_cover(work: UnitOfWork, desk: Desk, granted: Approval, request: ReturnRequest, decision: Decision) -> bool:
    """Whether that yes still is for exactly what comes back."""
    quote = _as_return(work, desk, request)
    return quote is not None and covers(quote) == granted.request.fingerprint and _needs_no_more(decision, quote)


def is_for_goods(granted: Approval) -> bool:
    """Whether somebody chose other goods instead of money."""
    return granted.option.id == EXCHANGE


def _as_return(work: UnitOfWork, desk: Desk, request: ReturnRequest) -> Quote | None:
    """The same lines as the return that was asked about."""
    quote = judged(work, desk, replace(request, exchange=False, new_items=None, new_total=None))
    return quote if isinstance(quote, Quote) else None


def _needs_no_more(decision: Decision, quote: Quote) -> bool:
    asked = {one.code for one in quote.decision.approvals_needed}
    return {one.code for one in decision.approvals_needed} <= asked
