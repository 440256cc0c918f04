"""What is offered comes to what it says, and nothing is offered twice."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from pos.domain.policy_rule import Rule
from pos.domain.return_case import ReturnCase
from pos.domain.return_offers import WAIVE, offers
from pos.domain.returning import decide
from tests.domain.policies import RULES
from tests.domain.return_worlds import cases
from tests.domain.test_return_properties import policy_of


@given(cases(known=False), RULES)
def test_an_offer_comes_to_what_it_says(case: ReturnCase, rules: tuple[Rule, ...]) -> None:
    policy = policy_of(rules)
    decision = decide(case, policy)
    found = offers(decision, case, policy)
    for offer in found:
        if offer.request is not None and offer.request.lines:
            then = decide(replace(case, request=offer.request), policy)
            waived = offer.remedy is not None and offer.remedy.code == WAIVE
            assert (then.if_approved if waived and then.if_approved else then.now).refund == offer.refund
            assert not waived or offer.refund > decision.now.refund
    remedies = [offer.remedy.change for offer in found if offer.remedy is not None and offer.remedy.code != WAIVE]
    assert all(change not in remedies[:place] for place, change in enumerate(remedies))
    assert {str(change) for change in remedies} == {
        str(reason.remedy.change) for reason in decision.reasons if reason.remedy is not None
    }
    agreed = [(offer.option, offer.refund) for offer in found if offer.remedy is None]
    assert agreed == list(decision.approvals_needed[0].options if decision.approvals_needed else ())
