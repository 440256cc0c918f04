"""The ways somebody may say yes to a return: what each comes to, and which of them goes past the fewest rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos.domain.frozen import dataclass
from pos.domain.refund import plan
from pos.domain.refund_routes import AS_ASKED
from pos.domain.refund_rules import EXCHANGE
from pos.domain.refusal import Code
from pos.domain.return_case import Agreed
from pos.domain.return_decision import Effect, Reason
from pos.domain.return_judging import STORE_CREDIT
from pos.domain.return_round import Round
from pos.domain.return_rules import ExchangeLimit
from pos.domain.return_verdict import judge_round

# What only asks whether somebody has looked at it: it says nothing against money.
_TO_BE_SEEN = frozenset(
    {
        *(Code.RETURN_APPROVAL, Code.RETURN_AMOUNT_LIMIT, Code.RETURN_SAME_CASHIER, Code.RETURN_OWN, Code.RETURN_SOON),
        *(Code.GOODWILL_LIMIT, Code.GOODWILL_LATE, Code.FEE_WAIVER),
    }
)
# How money goes out is no rule that store credit or other goods could go past.
_OF_MONEY = frozenset(
    {
        *(Code.TENDER_NOT_ALLOWED, Code.CARD_UNAVAILABLE, Code.CASH_LIMIT, Code.DRAWER_INSUFFICIENT, Code.CHECK_HOLD),
        Code.BAD_CHECK_OUTSTANDING,
    }
)
# Which is milder where two go past as many.
_IN_DOUBT = (STORE_CREDIT, EXCHANGE, AS_ASKED)
_TO_BE_SEEN_ONLY = (AS_ASKED, STORE_CREDIT, EXCHANGE)


@dataclass(frozen=True, slots=True)
class Ways:
    """Every way with what it comes to in minor units, as it was asked for first, and the one the policy recommends."""

    options: tuple[tuple[str, int], ...]
    recommended: str


def ways_to_agree(judged: Round, approved: Round, waiting: Sequence[Reason]) -> Ways:
    """As it is asked for; as store credit where that is something else; and other goods instead.

    `approved` is the round with every yes of `waiting`, the reasons somebody has to agree to.
    """
    case = judged.case
    before = case.agreed or Agreed(frozenset())
    codes = before.codes | {reason.code.value for reason in waiting}
    options = [(AS_ASKED, approved.planned.refund)]
    kinds = {tender.kind for tender in approved.planned.tenders}
    if approved.planned.refund and not kinds <= {STORE_CREDIT}:
        credit = replace(case, agreed=replace(before, codes=codes, option=STORE_CREDIT))
        options.append((STORE_CREDIT, plan(credit, judged.policy, approved.valued).refund))
    if approved.valued.exact > 0 and approved.lines and not case.request.exchange and _helps(judged, approved, codes):
        options.append((EXCHANGE, approved.valued.exact))
    return Ways(tuple(options), _recommended([name for name, _ in options], waiting))


def recommended_of(options: Sequence[tuple[str, int]]) -> str:
    """Of the ways a rule of tenders offers: the first it names itself, not what was asked for."""
    return next((name for name, _ in options if name != AS_ASKED), AS_ASKED)


def _helps(judged: Round, approved: Round, codes: frozenset[str]) -> bool:
    """Whether an exchange may take all that money could be given for: only limits of exchanges say less of it."""
    if not judged.policy.of(ExchangeLimit):
        return True
    before = judged.case.agreed or Agreed(frozenset())
    goods = replace(judged.case.request, exchange=True, refund_to="", send_to=())
    agreed = replace(judged.case, request=goods, agreed=replace(before, codes=codes))
    return set(approved.allowed) <= set(judge_round(agreed, judged.policy, like=judged, every_reason=False).allowed)


def _recommended(offered: Sequence[str], waiting: Sequence[Reason]) -> str:
    """The way that goes past the fewest rules: neither store credit nor goods go past those about the way of money,
    and what leaves nothing but other goods is no hindrance to them.
    """
    # That all or nothing was asked for is no rule of the shop.
    waiting = [reason for reason in waiting if reason.code is not Code.WHOLE_ONLY]
    goods = {(reason.code, reason.line, reason.effect) for reason in waiting if reason.code not in _OF_MONEY}
    passed = {
        AS_ASKED: len({(reason.code, reason.line) for reason in waiting}),
        STORE_CREDIT: len(goods),
        EXCHANGE: len([one for one in goods if one[2] is not Effect.EXCHANGE_ONLY]),
    }
    order = _TO_BE_SEEN_ONLY if all(reason.code in _TO_BE_SEEN for reason in waiting) else _IN_DOUBT
    return min((way for way in order if way in offered), key=lambda way: passed[way])
