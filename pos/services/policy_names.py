"""What a policy names and only the shop can know: its roles, and its reasons for returns and for goodwill."""

from __future__ import annotations

from pos.domain.policy_rule import Policy, Rule
from pos.domain.reasons import X12_OF_REASON, ReasonKind
from pos.domain.refusal import Code, Refused
from pos.persistence.unit_of_work import UnitOfWork


def name_unknown(work: UnitOfWork, policy: Policy) -> Refused | None:
    """Why a policy cannot be this shop's: a rule asks for a role, or speaks of a reason, that nobody can ever have.

    Refused: POLICY_NAMES.
    """
    roles = [role.id for role in work.roles.current().all()]
    own = (one.code for kind in (ReasonKind.RETURN, ReasonKind.GOODWILL) for one in work.reasons.of(kind))
    reasons = [*own, *X12_OF_REASON]
    for rule in policy.rules:
        if rule.override and rule.override not in roles:
            return _unknown(rule, rule.override, roles)
        for reason in sorted(rule.scope.reasons):
            if reason not in reasons:
                return _unknown(rule, reason, reasons)
    return None


def _unknown(rule: Rule, name: str, known: list[str]) -> Refused:
    return Refused(Code.POLICY_NAMES, {"rule": rule.id, "name": name, "choices": ", ".join(dict.fromkeys(known))})
