"""The format of return policies: what is written is read back the same, and every fault is told with its line."""

from __future__ import annotations

import contextlib
import gc
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.policy_rule import Policy, Rule, Scope
from pos.domain.return_rules import Answer, LateStep, Rolling, Window
from pos.services.policy_fields import KindSpec
from pos.services.policy_file import ALL_KINDS, parse_policy, policy_text
from pos.strict_yaml import FileFault
from tests.domain.policies import RULES

CURRENCIES = st.sampled_from(["USD", "JPY", "KWD"])


@given(RULES, CURRENCIES, st.booleans())
def test_what_is_written_is_read_back_the_same(rules: tuple[Rule, ...], currency: str, better: bool) -> None:
    policy = Policy("Naše pravidla: 1", 3, rules, posted_since=date(2026, 1, 1), better_of_both=better)

    text = policy_text(policy, currency)
    read = parse_policy(text, currency, 3)

    assert read == policy
    assert [rule.words for rule in read.rules] == [rule.words for rule in rules]
    assert policy_text(read, currency) == text


@pytest.mark.parametrize("spec", ALL_KINDS, ids=lambda spec: spec.kind.KEY)
def test_every_field_of_every_kind_stands_in_the_file(spec: KindSpec) -> None:
    own = {one.name for one in fields(spec.kind)} - {one.name for one in fields(Rule)}

    assert set(spec.fields) == own
    assert spec.kind.KEY


def test_every_kind_of_rule_can_be_written() -> None:
    known = {spec.kind for spec in ALL_KINDS}
    # What a class with slots was made of is known as a subclass too, until it is collected.
    gc.collect()

    assert {kind for kind in Rule.__subclasses__() if kind.__module__.startswith("pos.")} <= known
    assert len({kind.KEY for kind in known}) == len(known)


def test_what_is_left_out_is_what_stands_in_the_rule() -> None:
    policy = parse_policy("policy: 1\nrules:\n  - {id: R1, window: {days: 30}}\n", "USD")

    assert policy == Policy("", 0, (Window(id="R1", days=30),))


def test_a_whole_rule() -> None:
    text = """policy: 1
name: House rules
posted_since: 2026-01-01
better_of_both: true
rules:
  - id: R2
    window: {days: 15, boundary: exclusive, from: delivery, after: {days: 30, answer: store_credit}}
    for: {category: [electronics, phone], not_flag: open_box, sold_from: 2026-02-01, price_from: "100.00", region: US}
    override: manager
    words: {cashier: Ours., customer: {cs: Naše., sv: Vår.}}
  - {id: R3, window: {days: unlimited}, override: none}
  - {id: R4, count_limit: {limit: {days: 365, times: 3, amount: "100.00"}, per: [id, card], note: true}}
"""
    policy = parse_policy(text, "USD", 7)
    first, second, third = policy.rules

    assert (policy.name, policy.version, policy.posted_since, policy.better_of_both) == (
        "House rules",
        7,
        date(2026, 1, 1),
        True,
    )
    assert isinstance(first, Window)
    assert (first.inclusive, first.begins.value, first.after) == (
        False,
        "delivery",
        (LateStep(Answer.STORE_CREDIT, days=30),),
    )
    assert first.scope == Scope(
        categories=frozenset({"electronics", "phone"}),
        not_flags=frozenset({"open_box"}),
        sold_from=date(2026, 2, 1),
        price_from=10_000,
        regions=frozenset({"US"}),
    )
    assert (first.override, dict(first.words)) == (
        "manager",
        {"cashier": "Ours.", "customer.cs": "Naše.", "customer.sv": "Vår."},
    )
    assert (second.override, getattr(second, "days", 0)) == (None, None)
    assert getattr(third, "limit", None) == Rolling(365, amount=10_000, times=3)


def fault(body: str) -> FileFault:
    with pytest.raises(FileFault) as found:
        parse_policy(f"policy: 1\nrules:\n{body}\n", "USD")
    return found.value


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("  - {id: R1, windw: {days: 30}}", 3, "Did you mean “window”"),
        ("  - {id: R1, window: {dayz: 30}}", 3, "Did you mean “days”"),
        ("  - id: R1\n    window: {days: 30}\n    for: {categori: x}", 5, "Did you mean “category”"),
        ("  - {id: R1, window: {}}", 3, "“window.days” is missing"),
        ("  - {id: R1, window: {days: thirty}}", 3, "whole number"),
        ("  - {id: R1, window: {days: -1}}", 3, "whole number"),
        ("  - {id: R1, window: {days: 40000}}", 3, "whole number"),
        ("  - {id: R1}", 3, "exactly one kind"),
        ("  - {id: R1, window: {days: 3}, final_sale: {}}", 3, "exactly one kind"),
        ("  - {window: {days: 30}}", 3, "“rules.id” is missing"),
        ("  - {id: a b, window: {days: 30}}", 3, "“id” cannot be “a b”"),
        ("  - {id: R1, window: {days: 30}}\n  - {id: R1, final_sale: {}}", 4, "“R1” is given twice"),
        ("  - {id: R1, window: {days: 30}}\n  - {id: R2, window: {days: 20}}", 4, "exactly the same"),
        ('  - {id: R1, approval: {above: "5"}}\n  - {id: R2, approval: {above: "5"}}', 4, "exactly the same"),
        ("  - {id: R1, final_sale: {}, for: {category: []}}", 3, "“for.category” is missing"),
        ("  - {id: R1, even_exchange: {keeps: no, any_price: yes}}", 3, "never apply"),
        ("  - {id: R1, window: {days: 30, boundary: soon}}", 3, "inclusive"),
        ("  - {id: R1, window: {days: 30, after: {answer: lowst}}}", 3, "lowest_price"),
        ("  - {id: R1, window: {days: 30, after: {answer: deny, days: 30}}}", 3, "never apply"),
        ("  - {id: R1, window: {days: unlimited, after: {answer: deny}}}", 3, "never apply"),
        ("  - {id: R1, window: {days: 1, after: [{answer: exchange}, {answer: manager, days: 9}]}}", 3, "never apply"),
        ("  - {id: R1, season: {return_by: 2026-01-31}}", 3, "when it was sold"),
        ("  - {id: R1, season: {return_by: 31.1.2026}, for: {sold_from: 2025-11-01}}", 3, "a day like"),
        ("  - {id: R1, extension: {days: 30}, for: {tender: house_card}}", 3, "never apply"),
        ("  - {id: R1, counts_from: {day: 2025-12-26}}", 3, "when it was sold"),
        ("  - {id: R1, counts_from: {day: 2025-12-26}, for: {sold_from: 2025-12-26}}", 3, "never apply"),
        ("  - {id: R1, counts_from: {day: 2025-12-26}, for: {sold_until: 2025-12-25}}", 3, "never apply"),
        ("  - {id: R1, condition: {accept: [opened]}, for: {condition: opened}}", 3, "never apply"),
        ("  - {id: R1, proof: {accept: []}}", 3, "missing"),
        ("  - {id: R1, proof: {accept: [recipt]}}", 3, "recipt"),
        ("  - {id: R1, no_receipt: {}, for: {tender: cash}}", 3, "never apply"),
        ("  - {id: R1, no_receipt: {limit: {days: 5}}}", 3, "no amount, times or pieces"),
        ("  - {id: R1, final_sale: {}, for: {category: x, not_category: [x, y]}}", 3, "never apply"),
        ("  - {id: R1, final_sale: {}, for: {sold_from: 2026-02-01, sold_until: 2026-01-01}}", 3, "never apply"),
        ("  - {id: R1, final_sale: {}, for: {price_from: 5, price_below: 5}}", 3, "never apply"),
        ("  - {id: R1, final_sale: {}, for: {region: usa}}", 3, "region"),
        ("  - {id: R1, final_sale: {answer: manager}, override: none}", 3, "says nobody may"),
        ("  - {id: R1, approval: {}, override: none}", 3, "says nobody may"),
        ("  - {id: R1, goodwill: {}}", 3, "missing"),
        ("  - {id: R1, goodwill: {most: 1.999}}", 3, "no amount of USD"),
        ("  - {id: R1, goodwill: {percent: 101}}", 3, "per cent"),
        ("  - {id: R1, exchange_limit: {}}", 3, "missing"),
        ("  - {id: R1, count_limit: {limit: []}}", 3, "missing"),
        ("  - {id: R1, final_sale: {}, override: A B}", 3, "override"),
        ("  - {id: R1, final_sale: {}, words: {boss: x}}", 3, "boss"),
        ("  - R1", 3, "map of fields"),
    ],
)
def test_a_fault_is_told_with_its_line(body: str, line: int, said: str) -> None:
    found = fault(body)

    assert (found.line, said in str(found)) == (line, True), str(found)


@pytest.mark.parametrize(
    "text", ["", "[]", "policy: 2\n", "rules: []\n", "policy: 1\nrulez: []\n", "policy: 1\nrules: {}\n"]
)
def test_what_is_no_policy_is_refused(text: str) -> None:
    with pytest.raises(FileFault):
        parse_policy(text, "USD")


def test_a_file_of_a_newer_version_says_so_whatever_else_it_holds() -> None:
    with pytest.raises(FileFault) as found:
        parse_policy("name: Ours\npolicy: 2\nnot_yet_known: yes\nrules:\n  - {id: R1, later_kind: {}}\n", "USD")
    assert found.value.line == 2
    assert "format 2, of a newer Kassa; this one reads format 1" in str(found.value)


@given(st.text(max_size=60), st.sampled_from(["{}", "policy: 1\nrules:\n  - {}", "policy: 1\nrules:\n  - id: {}"]))
def test_no_text_does_anything_but_fail_in_words(text: str, around: str) -> None:
    with contextlib.suppress(FileFault):
        parse_policy(around.replace("{}", text), "USD")


def test_a_policy_has_a_bounded_number_of_rules() -> None:
    rows = "".join(f'  - {{id: R{n}, approval: {{above: "{n}"}}}}\n' for n in range(501))

    with pytest.raises(FileFault):
        parse_policy(f"policy: 1\nrules:\n{rows}", "USD")


HIDDEN = [
    ("window: {days: 5}", "{category: [a, b]}", "window: {days: 9}", "{category: b}"),
    ("restocking_fee: {percent: 5}", "{region: US}", "restocking_fee: {percent: 9}", "{region: [US-NY, US-CA]}"),
    ("restocking_fee: {percent: 5}", "{price_below: 50}", "restocking_fee: {percent: 9}", "{price_below: 20}"),
    ("rebate: {amount: 5}", "{not_category: a, tier: x}", "rebate: {amount: 9}", "{category: b, tier: x}"),
    ("cash_limit: {most: 5}", "{not_region: CZ}", "cash_limit: {most: 9}", "{not_region: [CZ, SK]}"),
    (
        "refund_tender: {of: cash, to: store_credit}",
        "{tier: [a, b]}",
        "refund_tender: {of: cash, to: cash}",
        "{tier: a}",
    ),
]


@pytest.mark.parametrize(("first", "wide", "second", "narrow"), HIDDEN)
def test_a_rule_behind_one_that_holds_for_all_of_it_is_refused_and_before_it_is_fine(
    first: str, wide: str, second: str, narrow: str
) -> None:
    one, other = f"  - {{id: WIDE, {first}, for: {wide}}}", f"  - {{id: NARROW, {second}, for: {narrow}}}"
    found = fault(f"{one}\n{other}")
    assert (found.line, "NARROW can never apply: WIDE" in str(found)) == (4, True)
    rules = parse_policy(f"policy: 1\nrules:\n{other}\n{one}\n", "USD").rules
    assert [rule.id for rule in rules] == ["NARROW", "WIDE"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("window: {days: 5}, for: {category: [a, b]}", "window: {days: 9}, for: {category: [b, c]}"),
        # More named goes before less, wherever it stands.
        ("window: {days: 5}", "window: {days: 9}, for: {category: b}"),
        # Windows of members make the base longer, all of them count.
        ("window: {days: 5}, for: {tier: [a, b]}", "window: {days: 9}, for: {tier: a}"),
        ("window: {days: 5, cap: true}", "window: {days: 9}"),
        # Of these kinds all that fit speak.
        ("final_sale: {answer: exchange}, for: {flag: [a, b]}", "final_sale: {}, for: {flag: a}"),
        ("refund_tender: {of: cash, to: store_credit}", "refund_tender: {of: check, to: cash}"),
        ("rebate: {amount: 5}, for: {not_flag: a}", "rebate: {amount: 9}, for: {flag: b}"),
    ],
)
def test_rules_that_both_may_speak_are_taken(first: str, second: str) -> None:
    text = f"policy: 1\nrules:\n  - {{id: R0, window: {{days: 1}}, for: {{item: X}}}}\n  - {{id: R1, {first}}}\n"
    assert len(parse_policy(f"{text}  - {{id: R2, {second}}}\n", "USD").rules) == 3


def test_a_version_that_was_taken_in_before_is_read_as_it_was() -> None:
    first, wide, second, narrow = HIDDEN[0]
    text = f"policy: 1\nrules:\n  - {{id: A, {first}, for: {wide}}}\n  - {{id: B, {second}, for: {narrow}}}\n"
    assert len(parse_policy(text, "USD", 1).rules) == 2
