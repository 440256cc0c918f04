"""The pages about return policies: every example is a policy, and every kind, field and answer stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pos.domain.return_rules import Answer
from pos.services.policy_fields import KindSpec
from pos.services.policy_file import ALL_KINDS, parse_policy, policy_text
from pos.services.policy_kinds import KINDS

_DOCS = Path(__file__).parents[2] / "docs"
_PAGES = {name: (_DOCS / name).read_text(encoding="utf-8") for name in ("return-policy.md", "refunds.md")}
_EXAMPLES = [
    example for page in _PAGES.values() for example in re.findall(r"```yaml\n(policy: .*?)```", page, re.DOTALL)
]


@pytest.mark.parametrize("example", _EXAMPLES)
def test_an_example_is_a_policy(example: str) -> None:
    policy = parse_policy(example, "USD")

    assert policy.rules
    assert parse_policy(policy_text(policy, "USD"), "USD") == policy


def test_there_is_an_example_of_every_kind() -> None:
    shown = {type(rule) for example in _EXAMPLES for rule in parse_policy(example, "USD").rules}

    assert shown == {spec.kind for spec in ALL_KINDS}


@pytest.mark.parametrize("spec", KINDS, ids=lambda spec: spec.kind.KEY)
def test_every_kind_has_its_paragraph_with_every_field(spec: KindSpec) -> None:
    page = _PAGES["return-policy.md"]
    (paragraph,) = re.findall(rf"### `{spec.kind.KEY}`.*?\n(.*?)\n##", page, re.DOTALL)

    for name in spec.fields:
        assert re.search(rf"`{{?{spec.key_of(name)}\b|[{{ ]{spec.key_of(name)}[:,]", paragraph), spec.key_of(name)


def test_every_answer_is_explained() -> None:
    assert all(f"`{answer.value}`" in _PAGES["return-policy.md"] for answer in Answer)
