"""What the pages about return policies show can be read, every kind of value and refund is shown, and means that."""

from __future__ import annotations

import re

import pytest

from pos.domain.policy_rule import Policy, Rule
from pos.domain.refund import plan
from pos.domain.refund_rules import REFUND_RULES
from pos.domain.return_value import value_of
from pos.domain.return_value_rules import VALUE_RULES
from pos.services.policy_file import parse_policy
from tests.domain.purchases import asked, bought, case_of, paid, sold, went_out
from tests.house import tree


def examples(page: str) -> list[Policy]:
    blocks = re.findall(r"```yaml\n(policy: 1\n.*?)```", tree.text(page), re.DOTALL)
    return [parse_policy(block, "USD") for block in blocks]


def test_the_page_shows_every_kind_of_value_and_refund() -> None:
    shown = {type(rule) for policy in examples("docs/refunds.md") for rule in policy.rules}

    assert shown == {*VALUE_RULES, *REFUND_RULES}


@pytest.mark.parametrize("kind", [*VALUE_RULES, *REFUND_RULES], ids=lambda kind: kind.KEY)
def test_the_page_explains_every_kind(kind: type[Rule]) -> None:
    assert f"| `{kind.KEY}` |" in tree.text("docs/refunds.md")


def test_a_camera_comes_back_by_the_rules_of_the_page() -> None:
    value, refund = examples("docs/refunds.md")
    camera = sold(1, 10000, tax=600, rate=60_000, category="camera")
    case = case_of(
        bought(camera, tenders=(paid(1, "debit", 10600),)), asked(1, condition="opened", missing=("charger",))
    )
    rules = Policy("Both", 1, (*value.rules, *refund.rules))

    valued = value_of(case, rules, [0])

    assert valued.exact == 9010 - 2000
    planned = plan(case, rules, valued)
    assert went_out(planned) == [("cash", 7010)]
    assert [reason.code for reason in planned.reasons] == []
