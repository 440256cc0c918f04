"""A policy in words: every kind of rule has its sentence, and no number of a rule is left out of it."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pos.domain.policy_rule import Policy, Rule
from pos.domain.return_rules import EvenExchange, Window
from pos.domain.return_value_rules import NoReceiptPrice, NoReceiptValue
from pos.policy_words import policy_said, rule_said
from pos.services.policy_file import ALL_KINDS, parse_policy
from pos.wording import LANGUAGES, Wording
from tests.house import tree

EXAMPLES = re.compile(r"```yaml\n(policy: 1\n.*?)```", re.DOTALL)


def policies() -> list[Policy]:
    """The real shops' policies, and every example of the docs."""
    texts = [path.read_text("utf-8") for path in policy_files()]
    for page in ("return-policy.md", "refunds.md", "return-scripts.md"):
        texts += EXAMPLES.findall((tree.ROOT / "docs" / page).read_text("utf-8"))
    return [parse_policy(text, "USD") for text in texts]


def policy_files() -> list[Path]:
    """The real shops' policies."""
    return [path for path in sorted((tree.ROOT / "docs" / "policies").glob("*.yaml")) if ".play." not in path.name]


def _numbers(value: object, name: str = "") -> set[str]:
    """The figures of a value as they stand in a sentence, without what groups or parts them; shares as per cent."""
    if isinstance(value, bool) or value is None or value == 0:
        return set()
    if isinstance(value, date):
        return {str(value.day), str(value.year)}
    if isinstance(value, int):
        return {f"{value / 10_000:g}".replace(".", "") if name in {"share", "percent_millionths"} else str(value)}
    if isinstance(value, tuple | frozenset):
        return {number for one in value for number in _numbers(one)}
    names = getattr(type(value), "__slots__", ())
    return {number for each in names for number in _numbers(getattr(value, each), each)}


def every_number(rule: Rule) -> set[str]:
    """Those of its scope too: a subclass's slots are only its own fields."""
    # A price of today has no days to look back.
    unsaid = {"days"} if isinstance(rule, NoReceiptValue) and rule.price is NoReceiptPrice.CURRENT else set()
    named = [each for each in fields(rule) if each.name not in unsaid]
    return {number for each in named for number in _numbers(getattr(rule, each.name), each.name)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_every_rule_stands_in_its_words(language: str) -> None:
    words, seen = Wording(language), set[type[Rule]]()
    for policy in policies():
        said = policy_said(words, policy, "USD")
        assert [one.id for one in said] == [rule.id for rule in policy.rules]
        for rule, one in zip(policy.rules, said, strict=True):
            assert one.says, rule
            assert "{" not in one.whole
            figures = re.sub(r"[^0-9]", "", one.whole)
            seen.add(type(rule))
            for number in sorted(every_number(rule)):
                assert number in figures, (rule, one.whole, number)
    assert {spec.kind for spec in ALL_KINDS} == seen, "every kind of rule is in an example"


def test_what_a_rule_is_about_stands_before_what_it_says() -> None:
    policy = parse_policy(
        "policy: 1\nrules:\n  - {id: W, window: {days: 14}, for: {category: phones, tier: plus}}\n", "USD"
    )
    (said,) = policy_said(Wording("en"), policy, "USD")
    assert said.whole == "Department phones · customers of tier plus – May be returned within 14 days."
    everything = rule_said(Wording("cs"), Window(id="W", days=30), "CZK")
    assert (everything.about, everything.whole) == ("", "Lhůta k vrácení: 30 dní.")


def test_whatever_a_rule_says_yes_or_no_to_is_heard() -> None:
    """Turned over, it makes other words of at least one rule there is."""
    words = Wording("en")
    heard: dict[tuple[type[Rule], str], bool] = {}
    rules = [rule for policy in policies() for rule in policy.rules]
    for rule in [*rules, EvenExchange(id="E")]:
        for each in fields(rule):
            given = getattr(rule, each.name)
            if isinstance(given, bool):
                turned: dict[str, Any] = {each.name: not given}
                other = rule_said(words, replace(rule, **turned), "USD")
                key = type(rule), each.name
                heard[key] = heard.get(key, False) or other != rule_said(words, rule, "USD")
    assert heard
    assert [key for key, told in heard.items() if not told] == []
