"""How the rules of eligibility stand in the file of a return policy, and what of them contradicts itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos.domain import return_rules as rules
from pos.domain.claim_law import days_of_law
from pos.domain.return_request import ShownBy
from pos.domain.return_rules import Answer
from pos.domain.return_windows import makes_longer
from pos.services.policy_fields import (
    DAY,
    DAYS,
    DAYS_OR_EVER,
    MONEY,
    NUMBER,
    PERCENT,
    WORD,
    WORDS,
    YES,
    Codec,
    Entry,
    KindSpec,
    Named,
    Takes,
    one_of,
    read_values,
    some_of,
    write_values,
)
from pos.strict_fields import Part as Map
from pos.strict_fields import bad_choice
from pos.strict_fields import part as as_map
from pos.strict_yaml import FileFault, Rows
from pos.wording import N_

ANSWER = one_of(Answer, but=(Answer.LOWEST,))
_INSTEAD = one_of(Answer, but=(Answer.DENY, Answer.MANAGER, Answer.STORE_CREDIT, Answer.LOWEST))
_LIMITED = one_of(
    Answer,
    but=(
        Answer.EXCHANGE,
        Answer.SAME_FAMILY,
        Answer.SAME_ITEM,
        Answer.STORE_CREDIT,
        Answer.LOWEST,
    ),
)
_STEP = {"answer": one_of(Answer), "days": DAYS, "look_back": DAYS}
_ROLLING = {"days": DAYS, "amount": MONEY, "times": NUMBER, "pieces": NUMBER, "answer": _LIMITED}


def _each(part: Map, key: str) -> list[Map]:
    """A list of maps, or one map standing for a list of it."""
    node = part.get(key)
    rows = node.rows if isinstance(node, Rows) else [] if node is None else [node]
    return [as_map(row, key, part.step) for row in rows]


def _steps(part: Map, key: str, currency: str) -> tuple[rules.LateStep, ...]:
    return tuple(rules.LateStep(**read_values(_STEP, rules.LateStep, one, currency)) for one in _each(part, key))


def _rolling(part: Map, key: str, currency: str) -> tuple[rules.Rolling, ...]:
    found = []
    for one in _each(part, key):
        limit = rules.Rolling(**read_values(_ROLLING, rules.Rolling, one, currency))
        if limit.amount is None and limit.times is None and limit.pieces is None:
            raise FileFault(one.line, N_("“{key}” names no amount, times or pieces."), key=key)
        found.append(limit)
    return tuple(found)


def _one_rolling(part: Map, key: str, currency: str) -> rules.Rolling:
    found = _rolling(part, key, currency)
    if len(found) != 1:
        raise part.missing(key)
    return found[0]


def _boundary(part: Map, key: str, _currency: str) -> bool:
    return part.choice(key, ("inclusive", "exclusive")) == "inclusive"


def _answers(part: Map, key: str, _currency: str) -> tuple[tuple[str, str], ...]:
    given = part.part(key)
    if given is None:
        return ()
    return tuple((name, given.needed(name)) for name in given.fields.values)


STEPS = Codec(
    _steps,
    lambda value, currency: [write_values(_STEP, one, currency) for one in value],
    Takes(Entry.ROWS, parts=_STEP, of=rules.LateStep),
)
LIMITS = Codec(
    _rolling,
    lambda value, currency: [write_values(_ROLLING, one, currency) for one in value],
    Takes(Entry.ROWS, parts=_ROLLING, of=rules.Rolling),
)
LIMIT = Codec(
    _one_rolling,
    lambda value, currency: write_values(_ROLLING, value, currency),
    Takes(Entry.PART, parts=_ROLLING, of=rules.Rolling),
)
BOUNDARY = Codec(
    _boundary,
    lambda value, _: "inclusive" if value else "exclusive",
    Takes(Entry.CHOICE, ("inclusive", "exclusive")),
)
ANSWERS = Codec(_answers, lambda value, _: dict(value), Takes(Entry.ANSWERS))


def _proofs(part: Map, key: str, _currency: str) -> frozenset[str]:
    known = tuple(one.value for one in ShownBy)
    for one in part.texts(key):
        if one.text not in known:
            raise bad_choice(key, one.text, known, one.line)
    return frozenset(one.text for one in part.texts(key))


PROOFS = Codec(_proofs, lambda value, _: sorted(value), Takes(Entry.CHOICES, tuple(one.value for one in ShownBy)))


# --- What contradicts itself -----------------------------------------------------------------------------------------

_WHEN_SOLD = N_("Say in “for” when it was sold: sold_from, sold_until.")


def _late(rule: rules.Window | rules.Season, part: Map) -> None:
    """Steps follow each other, each later than the one before; none follows what holds for ever."""
    ends = rule.days if isinstance(rule, rules.Window) else 0
    for step in rule.after:
        if ends is None:
            raise never(part, "after")
        if step.days is not None and step.days <= ends:
            raise never(part, "after")
        ends = step.days
        if step.look_back is not None and step.answer is not Answer.LOWEST:
            raise never(part, "after")


def _season(rule: rules.Season, part: Map) -> None:
    if rule.scope.sold_from is None and rule.scope.sold_until is None:
        raise FileFault(part.line, _WHEN_SOLD)
    if rule.scope.sold_from is not None and rule.return_by < rule.scope.sold_from:
        raise never(part, "return_by")
    if rule.after and any(step.days is not None for step in rule.after):
        _late(rule, part)


def _counts_from(rule: rules.CountsFrom, part: Map) -> None:
    if rule.scope.sold_from is None and rule.scope.sold_until is None:
        raise FileFault(part.line, _WHEN_SOLD)
    if rule.scope.sold_from is not None and rule.day <= rule.scope.sold_from:
        raise never(part, "day")


def _condition(rule: rules.ConditionRule, part: Map) -> None:
    if rule.scope.conditions and rule.scope.conditions <= rule.accept:
        raise never(part, "accept")


def _proof(rule: rules.ProofRule, part: Map) -> None:
    if not rule.accept:
        raise part.missing("accept")
    if rule.scope.proofs and rule.scope.proofs <= rule.accept:
        raise never(part, "accept")


def _claim_days(rule: rules.ClaimDays, part: Map) -> None:
    """No promise is later than the law of a region it names."""
    if not rule.days:
        raise never(part, "days")
    for region in sorted(rule.scope.regions):
        most = days_of_law(region)
        if most is not None and rule.days > most:
            message = N_("The law of {region} gives {most} days for a claim: no promise may be later.")
            raise FileFault(part.line_of("days"), message, region=region, most=most)


def _no_receipt(rule: rules.NoReceipt, part: Map) -> None:
    """Of a sale nobody knows, nobody knows when or how it was paid."""
    scope = rule.scope
    with_sale = scope.tenders or scope.channels or scope.sold_from or scope.sold_until
    if with_sale or (scope.proofs and "none" not in scope.proofs) or "none" in scope.not_proofs:
        raise never(part, "")


def _approval(rule: rules.Approval, part: Map) -> None:
    if rule.override is None:
        raise FileFault(part.line, N_("Somebody has to agree, and “override: none” says nobody may."))


def _even(rule: rules.EvenExchange, part: Map) -> None:
    """What is bought anew stands for nothing, at whatever price."""
    if rule.any_price and not rule.keeps:
        raise never(part, "any_price")


def _bounds(*names: str) -> Callable[[Any, Map], None]:
    def check(rule: Any, part: Map) -> None:
        if all(getattr(rule, name) is None for name in names):
            raise part.missing(names[0])

    return check


def always(_rule: Any) -> bool:
    """One rule of the kind answers, whatever it says."""
    return True


def never(part: Map, key: str) -> FileFault:
    """A rule that can never apply."""
    line = part.line_of(key) if key else part.line
    return FileFault(line, N_("This can never apply. Take it out, or say what it is about."))


_ANSWER = {"answer": ANSWER}
KINDS: tuple[KindSpec, ...] = (
    KindSpec(
        rules.Window,
        {
            "days": DAYS_OR_EVER,
            "begins": Named("from", one_of(rules.Begins)),
            "inclusive": Named("boundary", BOUNDARY),
            "business_days": YES,
            "cap": YES,
            "after": STEPS,
        },
        ("cap",),
        _late,
        lambda rule: not rule.cap and not makes_longer(rule.scope),
    ),
    KindSpec(rules.Extension, {"days": DAYS}),
    KindSpec(rules.Season, {"return_by": DAY, "later_of": YES, "after": STEPS}, (), _season),
    KindSpec(rules.CountsFrom, {"day": DAY}, (), _counts_from),
    KindSpec(rules.FinalSale, _ANSWER),
    KindSpec(rules.NonReturnable, _ANSWER),
    KindSpec(rules.NoReturn, _ANSWER),
    KindSpec(rules.OtherSeller, _ANSWER),
    KindSpec(rules.ExchangeOnly, {"answer": Named("instead", _INSTEAD), "same_or_more": YES}),
    KindSpec(rules.ConditionRule, {"accept": WORDS, "answer": ANSWER, "noted": YES}, (), _condition, always),
    KindSpec(rules.ProofRule, {"accept": PROOFS, "answer": ANSWER}, (), _proof, always),
    KindSpec(
        rules.NoReceipt,
        {"id_needed": Named("id", YES), "limits": Named("limit", LIMITS), "per": some_of(rules.Per)},
        (),
        _no_receipt,
        always,
    ),
    KindSpec(rules.IdRule, {"above": MONEY}, ("above",)),
    KindSpec(rules.Signature, {"above": MONEY}, ("above",)),
    KindSpec(rules.ClaimDays, {"days": DAYS}, (), _claim_days, always),
    KindSpec(rules.MissingCode, _ANSWER, alone=always),
    KindSpec(rules.MissingParts, _ANSWER, alone=always),
    KindSpec(rules.Question, {"ask": WORD, "wanted": WORDS, "answer": ANSWER}, ("ask",)),
    KindSpec(rules.ExchangeLimit, {"times": NUMBER, "days": DAYS}, (), _bounds("times", "days"), always),
    KindSpec(rules.EvenExchange, {"keeps": YES, "any_price": YES}, (), _even, always),
    KindSpec(
        rules.Approval,
        {"above": MONEY, "same_cashier": YES, "own": YES, "within": Named("minutes", NUMBER), "facts": ANSWERS},
        None,
        _approval,
    ),
    KindSpec(
        rules.CountLimit,
        {"limit": LIMIT, "per": some_of(rules.Per), "without_receipt": YES, "note": YES},
        ("limit", "per", "without_receipt"),
    ),
    KindSpec(
        rules.Goodwill,
        {"most": MONEY, "share": Named("percent", PERCENT), "days": DAYS, "answer": _LIMITED},
        (),
        _bounds("most", "share", "days"),
        always,
    ),
)
