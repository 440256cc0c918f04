"""Prices, discounts and approvals of a script, done as a cashier and a manager would at the screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from pos.domain.approval import NeedsApproval
from pos.domain.money import AmountUnreadable, Money
from pos.domain.refusal import Refused
from pos.script import results
from pos.script.lane import Lane
from pos.script.results import Result
from pos.script.sale_steps import TypedLine
from pos.script.typed_by_hand import Answering, Decline, Grant, TypedDiscount
from pos.services.approvals import Answer
from pos.services.sale import SaleView

T = TypeVar("T")

# Four digits behind the point are what a share in millionths holds.
_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,4})?")
_NONE = -1


def reduce_line(lane: Lane, typed: TypedLine, number: int) -> SaleView | Refused | None:
    """The price and the discount by hand of a line just rung up, counted from 0; None where it has neither."""
    answer: SaleView | Refused | None = None
    if typed.override is not None:
        price = _amount(typed.override.override, lane)
        answer = agreed(lane, lane.station.markdowns.override_price(number, price, typed.override.reason))
    if typed.discount is not None and not isinstance(answer, Refused):
        percent, amount = _wanted(typed.discount, lane)
        answer = agreed(
            lane,
            lane.station.markdowns.discount_line(
                number, typed.discount.reason, percent_millionths=percent, amount=amount
            ),
        )
    return answer


def reduce_sale(lane: Lane, typed: TypedDiscount | None) -> SaleView | Refused | None:
    """The discount by hand on the whole sale; None where there is none."""
    if typed is None:
        return None
    percent, amount = _wanted(typed, lane)
    return agreed(
        lane, lane.station.markdowns.discount_receipt(typed.reason, percent_millionths=percent, amount=amount)
    )


def agreed(lane: Lane, answer: SaleView | Refused) -> SaleView | Refused:
    """What came of it where it needs a yes: one given before, or that of whoever answers this step at once."""
    return agreed_to(lane, answer, lane.station.markdowns.carry_out)


def agreed_to(lane: Lane, answer: T | Refused, again: Callable[[str], T | Refused]) -> T | Refused:
    """The same for anything that may need a yes: `again` does it with the request that was granted."""
    if not isinstance(answer, NeedsApproval):
        return answer
    request = answer.request.id
    if request in lane.approved:
        lane.approved.remove(request)
        return again(request)
    lane.requested = request
    if lane.answering is None:
        return answer
    granted = lane.station.approvals.grant(request, _as_answer(lane.answering))
    return granted if isinstance(granted, Refused) else again(request)


def agreed_or_why_not(lane: Lane, answer: T | Refused, again: Callable[[str], T | Refused]) -> T | Refused:
    """As `agreed_to`; where a yes was given that is for something else, over or used up, the answer says which."""
    done = agreed_to(lane, answer, again)
    given = next((one for one in lane.approved if one), None)
    return again(given) if isinstance(done, NeedsApproval) and given is not None else done


def answered(lane: Lane, body: Grant | Decline, name: str | None) -> Result:
    """A step of its own: a yes waits two minutes for whoever asked, a no ends the request."""
    return _grant(lane, body, name) if isinstance(body, Grant) else _decline(lane, body)


def _grant(lane: Lane, body: Grant, name: str | None) -> Result:
    granted = lane.station.approvals.grant(lane.requests.get(body.request, ""), _as_answer(body.answer))
    if isinstance(granted, Refused):
        return results.refusal(granted, lane.words)
    if name is not None:
        lane.approvals[name] = granted.request.id
    expires = results.moment(lane.station.desk.local(granted.expires))
    return {"approval": name or granted.request.id, "expires": expires}


def _decline(lane: Lane, body: Decline) -> Result:
    declined = lane.station.approvals.decline(lane.requests.get(body.request, ""), _as_answer(body.answer))
    if isinstance(declined, Refused):
        return results.refusal(declined, lane.words)
    return {"request": body.request}


def _as_answer(typed: Answering) -> Answer:
    return Answer(by=typed.by, pin=typed.pin, badge=typed.badge, option=typed.option, reason=typed.reason)


def _wanted(typed: TypedDiscount, lane: Lane) -> tuple[int | None, int | None]:
    """A share in millionths and an amount in minor units; what is none becomes one that nobody may give."""
    percent = None
    if typed.percent is not None:
        text = typed.percent.strip()
        percent = int(Decimal(text) * 10_000) if _PERCENT.fullmatch(text) else _NONE
    return percent, None if typed.amount is None else _amount(typed.amount, lane)


def _amount(text: str, lane: Lane) -> int:
    try:
        return Money.read(text, lane.station.desk.rules.currency).minor
    except AmountUnreadable:
        return _NONE
