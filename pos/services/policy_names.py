"""What a policy names and only the shop can know: its roles, and its reasons for returns and for goodwill."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.domain.frozen import dataclass
from pos.domain.policy_rule import Policy, Rule
from pos.domain.reasons import X12_OF_REASON, ReasonKind
from pos.domain.refusal import Code, Refused
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk


@dataclass(frozen=True, slots=True)
class NamesKnown:
    """The ids of the shop's roles, and the codes of the reasons a rule may speak of."""

    roles: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameUnknown:
    """A name nobody can ever have, in the rule at that place; `path` is its field, `choices` what the shop has."""

    at: int
    path: tuple[str, ...]
    name: str
    choices: tuple[str, ...]


def names_known(desk: Desk) -> NamesKnown:
    """What a policy of this shop may name."""
    with desk.shop.books.reading() as work:
        return _known(work)


def unknown_names(rules: Sequence[Rule | None], known: NamesKnown) -> Iterator[NameUnknown]:
    """The first unknown name of each rule; a place without a rule names none."""
    for at, rule in enumerate(rules):
        if rule is None:
            continue
        reason = next((one for one in sorted(rule.scope.reasons) if one not in known.reasons), None)
        if rule.override and rule.override not in known.roles:
            yield NameUnknown(at, ("override",), rule.override, known.roles)
        elif reason is not None:
            yield NameUnknown(at, ("for", "reason"), reason, known.reasons)


def name_unknown(work: UnitOfWork, policy: Policy) -> Refused | None:
    """Why a policy cannot be this shop's: a rule asks for a role, or speaks of a reason, that nobody can ever have.

    Refused: POLICY_NAMES.
    """
    one = next(unknown_names(policy.rules, _known(work)), None)
    if one is None:
        return None
    rule, choices = policy.rules[one.at].id, ", ".join(one.choices)
    return Refused(Code.POLICY_NAMES, {"rule": rule, "name": one.name, "choices": choices})


def _known(work: UnitOfWork) -> NamesKnown:
    own = (one.code for kind in (ReasonKind.RETURN, ReasonKind.GOODWILL) for one in work.reasons.of(kind))
    reasons = tuple(dict.fromkeys((*own, *X12_OF_REASON)))
    return NamesKnown(tuple(role.id for role in work.roles.current().all()), reasons)
