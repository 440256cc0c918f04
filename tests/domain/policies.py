"""Return policies of every shape the format knows, for property tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from pos.domain import return_rules as rules
from pos.domain.policy_rule import Rule, Scope
from pos.domain.return_rules import Answer
from pos.domain.return_value_rules import PromotionMethod, PromotionReturn
from tests.domain.value_policies import VALUE_AND_REFUND

STATES = ("unopened", "opened", "worn", "defective")
CATEGORIES = ("home", "electronics")
ANSWERS = st.sampled_from([answer for answer in Answer if answer is not Answer.LOWEST])
EXCHANGES = st.sampled_from([Answer.EXCHANGE, Answer.SAME_FAMILY, Answer.SAME_ITEM])
LIMITED = st.sampled_from([Answer.DENY, Answer.MANAGER])
PER = st.frozensets(st.sampled_from(list(rules.Per)), min_size=1)
DAYS = st.integers(0, 400)
SOLD_DAYS = st.integers(0, 700).map(lambda days: date(2025, 1, 1) + timedelta(days=days))
WORDS = st.sampled_from([(), (("cashier", "Ours: 1."),), (("customer.cs", "Naše."), ("customer.sv", "Vår."))])


def some(*words: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(words), max_size=1)


SCOPES = st.just(Scope()) | st.builds(
    Scope,
    items=some("ITEM1"),
    categories=some(*CATEGORIES),
    flags=some("clearance"),
    conditions=some(*STATES),
    reasons=some("changed_mind"),
    tiers=some("plus"),
    tenders=some("cash", "credit", "house_card"),
    regions=some("US", "US-NY", "CZ"),
    channels=some("shop"),
    not_categories=some("phone"),
    not_regions=some("DE"),
    sold_from=st.none() | st.just(date(2025, 6, 1)),
    price_from=st.none() | st.just(1000),
    price_below=st.none() | st.just(90_000),
)
GOODS = SCOPES.map(lambda scope: replace(scope, tenders=frozenset(), channels=frozenset(), sold_from=None))
ROLLING = st.builds(
    rules.Rolling, days=DAYS, amount=st.none() | st.integers(0, 99_999), times=st.integers(0, 9), answer=LIMITED
)


@st.composite
def _windows(draw: st.DrawFn) -> rules.Window:
    days = draw(st.none() | DAYS)
    steps: list[rules.LateStep] = []
    ends = days
    while ends is not None and len(steps) < 2 and draw(st.booleans()):
        answer = draw(st.sampled_from(list(Answer)))
        ends = draw(st.none() | st.integers(ends + 1, ends + 100))
        look_back = draw(st.none() | DAYS) if answer is Answer.LOWEST else None
        steps.append(rules.LateStep(answer, ends, look_back))
    return rules.Window(
        id="",
        days=days,
        begins=draw(st.sampled_from(list(rules.Begins))),
        inclusive=draw(st.booleans()),
        business_days=draw(st.booleans()),
        cap=draw(st.booleans()),
        after=tuple(steps),
    )


KINDS: tuple[st.SearchStrategy[Rule], ...] = (
    _windows(),
    st.builds(rules.Extension, id=st.just(""), days=DAYS),
    st.builds(rules.FinalSale, id=st.just(""), answer=ANSWERS),
    st.builds(rules.NonReturnable, id=st.just(""), answer=ANSWERS),
    st.builds(rules.NoReturn, id=st.just(""), answer=ANSWERS),
    st.builds(rules.OtherSeller, id=st.just(""), answer=ANSWERS),
    st.builds(rules.ExchangeOnly, id=st.just(""), answer=EXCHANGES, same_or_more=st.booleans()),
    st.builds(
        rules.ConditionRule, id=st.just(""), accept=st.just(frozenset({"sealed"})), answer=ANSWERS, noted=st.booleans()
    ),
    st.builds(rules.ConditionRule, id=st.just(""), accept=some(*STATES), answer=ANSWERS, noted=st.booleans()),
    st.builds(
        rules.ProofRule, id=st.just(""), accept=st.sampled_from([frozenset({"receipt"}), frozenset({"gift_receipt"})])
    ),
    st.builds(rules.IdRule, id=st.just(""), above=st.none() | st.integers(0, 99_999)),
    st.builds(rules.Signature, id=st.just(""), above=st.none() | st.integers(0, 99_999)),
    st.builds(rules.ClaimDays, id=st.just(""), days=st.integers(1, 30)),
    st.builds(rules.MissingCode, id=st.just(""), answer=ANSWERS),
    st.builds(rules.MissingParts, id=st.just(""), answer=ANSWERS),
    st.builds(rules.Question, id=st.just(""), ask=st.sampled_from(["worn", "repaired"]), answer=ANSWERS),
    st.builds(rules.EvenExchange, id=st.just(""), keeps=st.booleans()),
    st.builds(rules.ExchangeLimit, id=st.just(""), times=st.integers(0, 3), days=st.none() | DAYS),
    st.builds(
        rules.Approval,
        id=st.just(""),
        above=st.none() | st.integers(0, 99_999),
        same_cashier=st.booleans(),
        own=st.booleans(),
        within=st.none() | st.integers(0, 99_999),
        facts=st.sampled_from([(), (("looks_used", "yes"),)]),
    ),
    st.builds(
        rules.CountLimit, id=st.just(""), limit=ROLLING, per=PER, without_receipt=st.booleans(), note=st.booleans()
    ),
    st.builds(rules.Goodwill, id=st.just(""), most=st.integers(0, 9999), answer=LIMITED),
    *VALUE_AND_REFUND,
    st.builds(PromotionReturn, id=st.just(""), method=st.sampled_from(list(PromotionMethod))),
)
# What needs a window beside it, days of sale, or a sale nobody knows, is put together with them.
_SEASONS = st.builds(
    rules.Season,
    id=st.just(""),
    scope=st.just(Scope(sold_from=date(2025, 11, 1), sold_until=date(2025, 12, 31))),
    return_by=SOLD_DAYS.map(lambda day: max(day, date(2025, 11, 1))),
    later_of=st.booleans(),
)
_COUNTS = st.builds(
    rules.CountsFrom,
    id=st.just(""),
    scope=st.just(Scope(sold_from=date(2025, 11, 1), sold_until=date(2026, 3, 1))),
    day=SOLD_DAYS.map(lambda day: max(day, date(2025, 11, 2))),
)
_NO_RECEIPTS = st.builds(
    rules.NoReceipt,
    id=st.just(""),
    scope=GOODS,
    id_needed=st.booleans(),
    limits=st.lists(ROLLING, max_size=2).map(tuple),
    per=PER,
)


def _fits(rule: Rule) -> bool:
    """Whether the format takes the rule: one that can apply, and that nobody has to agree to whom nobody may."""
    accept = getattr(rule, "accept", None)
    return not (
        isinstance(rule, rules.ConditionRule) and rule.scope.conditions and rule.scope.conditions <= (accept or set())
    )


def _asks(rule: Rule) -> bool:
    steps = rule.after if isinstance(rule, rules.Window | rules.Season) else ()
    answers = [getattr(rule, "answer", None), *(step.answer for step in steps)]
    return isinstance(rule, rules.Approval) or Answer.MANAGER in answers


@st.composite
def rule_lists(draw: st.DrawFn, most: int = 6, *, of_time: bool = False) -> tuple[Rule, ...]:
    """Rules as a file may hold them: each with its id, none saying the same as another. `of_time`: a window and other
    rules about time alone.
    """
    kinds = KINDS[:2] if of_time else KINDS
    drawn = draw(st.lists(st.tuples(st.one_of(*kinds), SCOPES), max_size=most))
    drawn_rules: list[Rule] = [replace(rule, scope=scope) for rule, scope in drawn]
    drawn_rules += draw(st.lists(_SEASONS | _COUNTS, max_size=1))
    if of_time:
        drawn_rules.insert(0, draw(_windows()))
    else:
        drawn_rules += draw(st.lists(_NO_RECEIPTS, max_size=1))
    kept: list[Rule] = []
    for rule in drawn_rules:
        same = any(type(one) is type(rule) and one.scope == rule.scope for one in kept)
        if same or not _fits(rule):
            continue
        override = draw(st.sampled_from(["", "manager"] if _asks(rule) else ["", "manager", None]))
        kept.append(replace(rule, id=f"R{len(kept) + 1}", override=override, words=draw(WORDS)))
    if not any(isinstance(rule, rules.Window) for rule in kept):
        kept = [rule for rule in kept if not isinstance(rule, rules.Extension | rules.Season | rules.CountsFrom)]
    return tuple(kept)


RULES = rule_lists()
