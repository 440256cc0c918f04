"""The rules that look at the whole return: limits over a while, identity documents, whose yes it takes, money alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.domain.policy_rule import Policy, Rule
from pos.domain.purchase import Purchase
from pos.domain.refusal import Code
from pos.domain.return_case import PastReturn, ReturnCase
from pos.domain.return_decision import Effect, Reason, Remedy
from pos.domain.return_line import CaseLine, is_yes
from pos.domain.return_rules import (
    Answer,
    Approval,
    CountLimit,
    ExchangeOnly,
    Goodwill,
    IdRule,
    NoReceipt,
    Per,
    Rolling,
    Signature,
)
from pos.domain.return_subject import holding, most_specific, subject_without_goods
from pos.domain.tax import MILLION


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reason about the lines at these places of the request; no places: about money without goods."""

    reason: Reason
    places: frozenset[int]


@dataclass(frozen=True, slots=True)
class Coming:
    """The lines that would come back as things stand, and what each would bring the customer, in minor units: reckoned
    only where it matters.
    """

    case: ReturnCase
    policy: Policy
    lines: Sequence[CaseLine]
    values: Callable[[], Mapping[int, int]]

    def covered(self, rule: Rule) -> list[CaseLine]:
        if not rule.scope.named:
            return list(self.lines)
        return [line for line in self.lines if rule.scope.covers(line.subject)]

    def value(self, lines: Sequence[CaseLine]) -> int:
        values = self.values()
        return sum(values.get(line.place, 0) for line in lines)

    def is_above(self, lines: Sequence[CaseLine], most: int) -> bool:
        """Whether these lines bring more than so much; no line brings more than was charged for it."""
        charged = [line.sold.total if line.sold is not None else None for line in lines]
        if None not in charged and sum(one for one in charged if one is not None) <= most:
            return False
        return self.value(lines) > most

    def money(self, minor: int) -> Money:
        return Money(minor, self.case.currency)

    def spoken(self, reason: Reason, lines: Sequence[CaseLine]) -> Spoken:
        """Of the whole where it is about all that comes back, else of its one line."""
        places = frozenset(line.place for line in lines)
        single = lines[0].number if len(lines) == 1 and len(self.lines) > 1 else 0
        return Spoken(replace(reason, line=single), places)


def whole_reasons(
    case: ReturnCase, policy: Policy, lines: Sequence[CaseLine], values: Callable[[], Mapping[int, int]]
) -> list[Spoken]:
    """Every reason of that kind."""
    coming = Coming(case, policy, lines, values)
    return [spoken for speaks in _RULES for spoken in speaks(coming)]


def goodwill_reasons(case: ReturnCase, policy: Policy) -> list[Spoken]:
    """What stands against an amount without goods, with what was given so of the purchase before; where no rule speaks
    of it somebody has to agree.
    """
    amount, purchase = case.request.amount, case.purchase
    if amount is None or purchase is None:
        return []
    rule = holding(policy, Goodwill, subject_without_goods(case)) or Goodwill(id="goodwill", most=0)
    found = [_goodwill_late(case, rule, purchase), _goodwill_above(case, rule, purchase, amount)]
    return [Spoken(reason, frozenset()) for reason in found if reason is not None]


def _goodwill_above(case: ReturnCase, rule: Goodwill, purchase: Purchase, amount: int) -> Reason | None:
    bounds = [rule.most] if rule.most is not None else []
    if rule.share is not None:
        bounds.append(purchase.total * rule.share // MILLION)
    given = amount + purchase.goodwill
    if not bounds or given <= min(bounds):
        return None
    most = min(bounds)
    left = max(0, most - purchase.goodwill)
    remedy = Remedy("LESS_AMOUNT", {"amount": Money(left, case.currency)}, {"amount": left}) if left else None
    facts = {"amount": Money(given, case.currency), "limit": Money(most, case.currency)}
    reason = _of_goodwill(rule, Code.GOODWILL_LIMIT, given, most, facts)
    return replace(reason, remaining=left, remedy=remedy)


def _goodwill_late(case: ReturnCase, rule: Goodwill, purchase: Purchase) -> Reason | None:
    age = (case.today - purchase.day).days
    if rule.days is None or age <= rule.days:
        return None
    facts: dict[str, object] = {"last": purchase.day + timedelta(days=rule.days)}
    return _of_goodwill(rule, Code.GOODWILL_LATE, age, rule.days, facts)


def _of_goodwill(rule: Goodwill, code: Code, value: int, limit: int, facts: Mapping[str, object]) -> Reason:
    deny = rule.answer is Answer.DENY
    return Reason(
        code,
        Effect.REFUSES if deny else Effect.APPROVAL,
        rule.id,
        overridable=not deny or rule.override is not None,
        value=value,
        limit=limit,
        facts=dict(facts),
        role=rule.override or "",
        words=rule.words,
    )


def known_by(case: ReturnCase, per: frozenset[Per]) -> frozenset[str]:
    """By what this request can be told again among earlier returns."""
    keys: set[str] = set()
    request, purchase = case.request, case.purchase
    if Per.ID in per and request.id_shown is not None:
        keys.add(request.id_shown.key)
    if Per.CUSTOMER in per:
        keys |= {request.customer, case.customer.id if case.customer is not None else ""}
        keys.add(purchase.buyer.id if purchase is not None else "")
    if Per.CARD in per and purchase is not None:
        keys |= {tender.token for tender in purchase.tenders}
    if Per.PURCHASE in per and purchase is not None:
        keys.add(purchase.id)
    return frozenset(keys - {""})


def _id(coming: Coming) -> Iterator[Spoken]:
    """Whether somebody has to show who they are."""
    if coming.case.request.id_shown is not None:
        return
    change = {"id_shown": True}
    for rule in coming.policy.of(IdRule):
        lines = coming.covered(rule)
        if lines and (rule.above is None or coming.is_above(lines, rule.above)):
            yield coming.spoken(_needs_id(rule, change), lines)
    if coming.case.purchase is None:
        for taking, lines in _without_receipt(coming):
            if taking.id_needed:
                yield coming.spoken(_needs_id(taking, change), lines)


def _signature(coming: Coming) -> Iterator[Spoken]:
    """Whether the customer signs; that stands in nobody's way."""
    for rule in coming.policy.of(Signature):
        lines = coming.covered(rule)
        if lines and (rule.above is None or coming.is_above(lines, rule.above)):
            yield coming.spoken(Reason(Code.SIGNATURE_NEEDED, Effect.NOTE, rule.id, words=rule.words), lines)


def _exchange_worth(coming: Coming) -> Iterator[Spoken]:
    """Whether what is taken instead comes to as much as what it is taken for."""
    total = coming.case.request.new_total
    if not coming.case.request.exchange or total is None:
        return
    for rule in coming.policy.of(ExchangeOnly):
        lines = coming.covered(rule) if rule.same_or_more else []
        if lines and coming.is_above(lines, total):
            least = coming.value(lines)
            facts: dict[str, object] = {"amount": coming.money(total), "limit": coming.money(least)}
            reason = Reason(
                Code.EXCHANGE_WORTH,
                Effect.REFUSES,
                rule.id,
                overridable=rule.override is not None,
                value=total,
                limit=least,
                facts=facts,
                role=rule.override or "",
                words=rule.words,
            )
            yield coming.spoken(reason, lines)


def _needs_id(rule: Rule, change: Mapping[str, object]) -> Reason:
    remedy = Remedy("SHOW_ID", {}, change)
    overridable = rule.override is not None
    return Reason(
        Code.ID_REQUIRED,
        Effect.REFUSES,
        rule.id,
        overridable=overridable,
        remedy=remedy,
        role=rule.override or "",
        words=rule.words,
    )


def _without_receipt(coming: Coming) -> list[tuple[NoReceipt, list[CaseLine]]]:
    """Each rule that takes goods of no known sale, with the lines it speaks for."""
    by_rule: dict[str, tuple[NoReceipt, list[CaseLine]]] = {}
    for line in coming.lines:
        rule = most_specific(line.rules.of(NoReceipt))
        if rule is not None:
            by_rule.setdefault(rule.id, (rule, []))[1].append(line)
    return list(by_rule.values())


def _no_receipt_limits(coming: Coming) -> Iterator[Spoken]:
    if coming.case.purchase is not None:
        return
    for rule, lines in _without_receipt(coming):
        keys = known_by(coming.case, rule.per)
        for limit in rule.limits:
            past = [one for one in _within(coming.case, limit) if not one.with_receipt and one.keys & keys]
            for reason in _beyond(
                coming, rule, limit, past=past, lines=lines, codes=(Code.NO_RECEIPT_COUNT, Code.NO_RECEIPT_LIMIT)
            ):
                yield coming.spoken(reason, lines)


def _counts(coming: Coming) -> Iterator[Spoken]:
    for rule in coming.policy.of(CountLimit):
        lines = coming.covered(rule)
        keys = known_by(coming.case, rule.per)
        if not lines or not keys:
            continue
        past = [
            one
            for one in _within(coming.case, rule.limit)
            if (one.keys & keys or one.purchase in keys) and not (rule.without_receipt and one.with_receipt)
        ]
        codes = (Code.RETURN_COUNT_LIMIT, Code.RETURN_VALUE_LIMIT)
        for reason in _beyond(coming, rule, rule.limit, past=past, lines=lines, codes=codes):
            said = replace(reason, effect=Effect.NOTE, overridable=False) if rule.note else reason
            yield coming.spoken(said, lines)


def _within(case: ReturnCase, limit: Rolling) -> list[PastReturn]:
    since = _since(case, limit)
    return [one for one in case.past if since <= one.day <= case.today]


def _since(case: ReturnCase, limit: Rolling) -> date:
    return case.today - timedelta(days=min(limit.days, case.today.toordinal()) - 1)


def _beyond(
    coming: Coming,
    rule: Rule,
    limit: Rolling,
    *,
    past: Sequence[PastReturn],
    lines: Sequence[CaseLine],
    codes: tuple[Code, Code],
) -> Iterator[Reason]:
    """What of a limit would be exceeded by this return on top of the earlier ones: numbers first, then money."""
    pieces = sum(one.pieces for one in past)
    amount = sum(one.amount for one in past)
    counted = (
        (codes[0], limit.times, len(past), 1),
        (codes[0], limit.pieces, pieces, sum(line.pieces for line in lines)),
        (codes[1], limit.amount, amount, 0 if limit.amount is None else coming.value(lines)),
    )
    since = _since(coming.case, limit)
    for code, most, before, now in counted:
        if most is None or before + now <= most:
            continue
        in_money = code is codes[1]
        facts: dict[str, object] = {"since": since}
        if in_money:
            facts |= {"amount": coming.money(before + now), "limit": coming.money(most)}
        else:
            facts |= {"count": before + now, "limit": most}
        manager = limit.answer is Answer.MANAGER
        yield Reason(
            code,
            Effect.APPROVAL if manager else Effect.REFUSES,
            rule.id,
            overridable=manager or rule.override is not None,
            value=before + now,
            limit=most,
            remaining=max(0, most - before),
            facts=facts,
            role=rule.override or "",
            words=rule.words,
        )


def _approvals(coming: Coming) -> Iterator[Spoken]:
    """Where a manager has to agree."""
    for rule in coming.policy.of(Approval):
        lines = coming.covered(rule)
        if not lines:
            continue
        asked = [condition for condition in _ASKED if condition.asked(rule)]
        for reason in (
            [_needs_yes(rule, Code.RETURN_APPROVAL)]
            if not asked
            else [reason for condition in asked for reason in condition.reasons(rule, coming, lines)]
        ):
            yield coming.spoken(reason, lines)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One condition of an approval: whether a rule names it, and the reasons where it holds."""

    asked: Callable[[Approval], bool]
    reasons: Callable[[Approval, Coming, Sequence[CaseLine]], Iterator[Reason]]


def _needs_yes(
    rule: Approval,
    code: Code,
    value: object = None,
    limit: object = None,
    facts: Mapping[str, object] | None = None,
) -> Reason:
    return Reason(
        code,
        Effect.APPROVAL,
        rule.id,
        overridable=True,
        value=value,
        limit=limit,
        facts=facts or {},
        role=rule.override or "",
        words=rule.words,
    )


def _above(rule: Approval, coming: Coming, lines: Sequence[CaseLine]) -> Iterator[Reason]:
    most = rule.above or 0
    if coming.is_above(lines, most):
        amount = coming.value(lines)
        facts = {"amount": coming.money(amount), "limit": coming.money(most)}
        yield _needs_yes(rule, Code.RETURN_AMOUNT_LIMIT, amount, most, facts)


def _same_cashier(rule: Approval, coming: Coming, _lines: Sequence[CaseLine]) -> Iterator[Reason]:
    purchase = coming.case.purchase
    if purchase is not None and purchase.operator and purchase.operator == coming.case.operator:
        yield _needs_yes(rule, Code.RETURN_SAME_CASHIER, purchase.operator)


def _own(rule: Approval, coming: Coming, _lines: Sequence[CaseLine]) -> Iterator[Reason]:
    if coming.case.own_purchase:
        yield _needs_yes(rule, Code.RETURN_OWN, coming.case.operator)


def _soon(rule: Approval, coming: Coming, _lines: Sequence[CaseLine]) -> Iterator[Reason]:
    purchase = coming.case.purchase
    if purchase is None or rule.within is None:
        return
    age = coming.case.now - purchase.at if _same_clock(coming.case) else None
    if age is not None and age < timedelta(minutes=rule.within):
        minutes = age // timedelta(minutes=1)
        # Told on the shop's clock, as the till tells its own.
        at = purchase.at if coming.case.now.tzinfo is None else purchase.at.astimezone(coming.case.now.tzinfo)
        yield _needs_yes(rule, Code.RETURN_SOON, minutes, rule.within, {"at": at})


def _same_clock(case: ReturnCase) -> bool:
    """Whether both moments are told the same way: with a zone, or on the shop's clock."""
    return case.purchase is not None and (case.now.tzinfo is None) == (case.purchase.at.tzinfo is None)


def _facts(rule: Approval, _coming: Coming, lines: Sequence[CaseLine]) -> Iterator[Reason]:
    for name, wanted in rule.facts:
        said = [line.fact(name) for line in lines]
        if wanted in said or (is_yes(wanted) and any(is_yes(one) for one in said)):
            yield _needs_yes(rule, Code.RETURN_APPROVAL, name)


_ASKED = (
    _Asked(lambda rule: rule.above is not None, _above),
    _Asked(lambda rule: rule.same_cashier, _same_cashier),
    _Asked(lambda rule: rule.own, _own),
    _Asked(lambda rule: rule.within is not None, _soon),
    _Asked(lambda rule: bool(rule.facts), _facts),
)
_RULES: tuple[Callable[[Coming], Iterator[Spoken]], ...] = (
    *(_id, _signature, _no_receipt_limits, _counts, _approvals, _exchange_worth),
)
