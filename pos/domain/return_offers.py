"""What can be offered where a return is no plain yes: each remedy, and somebody's yes, with what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pos.domain.frozen import dataclass
from pos.domain.policy_rule import Policy
from pos.domain.return_case import ReturnCase
from pos.domain.return_decision import Decision, Remedy, Verdict
from pos.domain.return_remedies import changed
from pos.domain.return_request import WAIVABLE, ReturnRequest
from pos.domain.returning import decide

# To give up what the rules keep: the one remedy that takes somebody's yes.
WAIVE = "WAIVE"


@dataclass(frozen=True, slots=True)
class Offer:
    """One way on. With a `remedy` the cashier can go it alone, but for WAIVE, and `request` is what is asked for then;
    without one somebody has to agree to the `option` ("as_asked", "store_credit", "exchange"). `refund` in minor units,
    with the yes it takes; 0 where no money goes back.
    """

    refund: int
    remedy: Remedy | None = None
    request: ReturnRequest | None = None
    option: str = ""


def offers(decision: Decision, case: ReturnCase, policy: Policy) -> tuple[Offer, ...]:
    """Every remedy once, as the reasons name them, what is kept given up, then the options somebody may agree to; each
    with its amount.
    """
    return (*_remedies(decision, case, policy), *_waiver(decision, case, policy), *_options(decision))


def _remedies(decision: Decision, case: ReturnCase, policy: Policy) -> Iterator[Offer]:
    done: list[Mapping[str, object]] = []
    for reason in decision.reasons:
        remedy = reason.remedy
        if remedy is None or remedy.change in done:
            continue
        done.append(remedy.change)
        request = changed(case.request, remedy)
        then = decide(replace(case, request=request), policy) if request.lines or request.amount is not None else None
        yield Offer(0 if then is None else then.now.refund, remedy, request)


def _waiver(decision: Decision, case: ReturnCase, policy: Policy) -> Iterator[Offer]:
    """What the rules keep of a return that may come back is given up, if somebody agrees."""
    if decision.verdict is not Verdict.ALLOWED or not any(one.code in WAIVABLE for one in decision.reasons):
        return
    request = replace(case.request, waive=True)
    then = decide(replace(case, request=request), policy).if_approved
    if then is not None and then.refund > decision.now.refund:
        yield Offer(then.refund, Remedy(WAIVE, {}, {"waive": True}), request)


def _options(decision: Decision) -> Iterator[Offer]:
    needed = decision.approvals_needed[:1]
    for option, refund in needed[0].options if needed else ():
        yield Offer(refund, option=option)
