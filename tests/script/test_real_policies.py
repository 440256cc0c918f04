"""The policies real shops published: each reads, holds in its own script and in no other, and says why it is there."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pos.domain.policy_rule import EVERYTHING, Policy, Rule
from pos.domain.return_rules import Window
from pos.services.policy_file import parse_policy, policy_text
from pos.strict_yaml import FileFault
from tests.house import tree
from tests.script.playing import play_files
from tests.script.policy_shops import FOLDER, NAMES, Shop, policy_of, script, script_of, shop_of

PAGE = "docs/policies/README.md"
CASES_LEAST = 10
# In which language a shop speaks beside English.
LANGUAGES = {"CZK": "cs", "SEK": "sv"}


def test_every_policy_has_its_script_and_its_part_of_the_page() -> None:
    files = {file.name.partition(".")[0] for file in FOLDER.glob("*.yaml")}
    parts = set(re.findall(r"^## .*\(`([\w-]+)`\)$", tree.text(PAGE), re.MULTILINE))

    assert files == set(NAMES) == parts


def test_the_policies_share_their_words() -> None:
    """Else a policy would fail under another only because it calls the same goods otherwise."""
    table = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", tree.text(PAGE), re.MULTILINE))
    used: dict[str, set[str]] = {"category": set(), "flag": set(), "tier": set()}
    for name in NAMES:
        for rule in policy_of(name).rules:
            used["category"] |= rule.scope.categories | rule.scope.not_categories
            used["flag"] |= rule.scope.flags | rule.scope.not_flags
            used["tier"] |= rule.scope.tiers
        used["category"] |= {given.item.department for given in script(name).items}
        used["flag"] |= {flag for given in script(name).items for flag in given.item.flags}

    assert {field: " ".join(f"`{word}`" for word in sorted(words)) for field, words in used.items()} == table


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_where_it_was_read_and_what_kassa_cannot_say(name: str) -> None:
    (said,) = re.findall(rf"^## .*\(`{name}`\)$(.*?)(?=^## |\Z)", tree.text(PAGE), re.MULTILINE | re.DOTALL)

    assert "**Read**" in said
    assert "**What Kassa cannot say**" in said


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_written_again_is_the_same(name: str) -> None:
    policy = policy_of(name)

    assert parse_policy(policy_text(policy, "USD"), "USD") == policy


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_speaks_to_its_customers_in_their_language(name: str) -> None:
    languages = {"en", LANGUAGES.get(script(name).rules.currency, "en")}
    spoken = [rule.words for rule in policy_of(name).rules if rule.words]
    to = {said.partition(".")[0] for words in spoken for said, _ in words}

    assert to == {"cashier", "customer"}
    for words in spoken:
        named = [said.partition(".") for said, _ in words]
        assert {language for _, _, language in named} == languages


@pytest.mark.parametrize("name", NAMES)
def test_a_script_holds_under_its_own_policy(name: str) -> None:
    played = play_files(script_of(name), as_json=False)

    assert played.status == 0, played.out + played.err
    cases = [step for step in script(name).steps if step.expect is not None]
    assert len(cases) >= CASES_LEAST


@pytest.mark.parametrize("name", NAMES)
def test_a_script_holds_under_no_other_policy_whatever_its_rules_are_called(name: str) -> None:
    with shop_of(name) as shop:
        shop.put(policy_of(name))
        assert not [step for step, found in shop.differences() if found]
        for other in NAMES:
            if other != name:
                shop.put(policy_of(other))
                assert any(found for _, found in shop.differences()), other


@pytest.mark.parametrize("name", NAMES)
def test_no_rule_of_a_policy_could_be_left_out(name: str) -> None:
    with shop_of(name) as shop:
        idle = [rule for rule in policy_of(name).rules if not _missed(shop, policy_of(name), rule)]

    assert [rule.id for rule in idle if not _says_what_holds_anyway(rule)] == []


def test_a_window_without_an_end_stands_there_for_its_sentence() -> None:
    assert [(name, rule.id) for name in NAMES for rule in policy_of(name).rules if _says_what_holds_anyway(rule)] == [
        ("costco", "satisfaction"),
    ]


def _says_what_holds_anyway(rule: Rule) -> bool:
    return isinstance(rule, Window) and rule.days is None and rule.scope == EVERYTHING


def _missed(shop: Shop, policy: Policy, rule: Rule) -> bool:
    """Whether the script notices that one rule is gone; without some the rest would contradict itself."""
    try:
        shop.put(replace(policy, rules=tuple(one for one in policy.rules if one is not rule)))
    except FileFault:
        return True
    return any(found for _, found in shop.differences())
