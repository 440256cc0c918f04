"""A form of the return policy says what its file says: every field of every kind, and every fault has its field."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.policy_rule import Policy, Rule, Scope
from pos.policy_form_words import KINDS, choice_words, field_words
from pos.services.policy_draft import HEAD_FIELDS, PolicyDraft, draft_of, read_draft
from pos.services.policy_fields import Entry, KindSpec, Named
from pos.services.policy_file import ALL_KINDS, SCOPE_FIELDS, parse_policy
from pos.services.policy_form import (
    Written,
    all_fields_of,
    copied_rule,
    fields_of,
    kind_of,
    new_rule,
    proposed_id,
    shown_text,
    text_of,
    typed_text,
    with_text,
    words_in,
    words_text,
)
from pos.services.policy_names import NamesKnown
from pos.wording import LANGUAGES, Wording
from tests.domain.policies import RULES

TODAY = date(2026, 11, 21)
EMPTY = PolicyDraft(0, {}, (), TODAY)
CURRENCIES = st.sampled_from(["USD", "JPY", "KWD"])


def typed_anew(written: Written, currency: str, taken: tuple[str, ...]) -> Written:
    """The rule as somebody fills a new form with it, field by field; a row shows its fields once it is there."""
    rule = new_rule(kind_of(written), taken)
    for _ in range(4):
        for asked in all_fields_of(rule, currency):
            text = text_of(written, asked)
            rule = with_text(rule, asked, text) if text else rule
    return rule


@given(RULES, CURRENCIES)
def test_every_policy_a_form_can_build_is_read_back_equal(drawn: tuple[Rule, ...], currency: str) -> None:
    # A form says which states are fine; that none is, only a file can say.
    rules = tuple(rule for rule in drawn if getattr(rule, "accept", None) != frozenset())
    wanted = draft_of(Policy("", 0, rules), currency, 0, TODAY)
    built = EMPTY
    for at, written in enumerate(wanted.rules):
        built = built.with_new(at, typed_anew(written, currency, built.ids))
    read = read_draft(built, currency)
    assert read.rules == rules
    assert [rule.words for rule in read.rules if rule is not None] == [rule.words for rule in rules]
    assert read.policy is not None
    again = parse_policy(built.text, currency)
    assert again == read.policy
    assert draft_of(again, currency, 0, TODAY).rules == wanted.rules


@given(RULES, CURRENCIES)
def test_what_stands_in_a_field_put_there_again_changes_nothing(rules: tuple[Rule, ...], currency: str) -> None:
    for written in draft_of(Policy("", 0, rules), currency, 0, TODAY).rules:
        for asked in all_fields_of(written, currency):
            assert with_text(written, asked, text_of(written, asked)) is written


@given(RULES, CURRENCIES, st.sampled_from(LANGUAGES))
def test_what_people_see_is_read_as_it_was(rules: tuple[Rule, ...], currency: str, language: str) -> None:
    words = Wording(language)
    for written in draft_of(Policy("", 0, rules), currency, 0, TODAY).rules:
        for asked in all_fields_of(written, currency):
            text, entry = text_of(written, asked), asked.takes.entry
            assert typed_text(words, entry, shown_text(words, entry, text), TODAY) == text


@pytest.mark.parametrize("spec", ALL_KINDS, ids=lambda spec: spec.kind.KEY)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_every_kind_has_its_place_and_its_words(spec: KindSpec, language: str) -> None:
    words, key = Wording(language), spec.kind.KEY
    assert key in KINDS
    asked = fields_of(new_rule(key, ()), "USD")
    reached = {one.path[1] for one in asked}
    own = {one.name for one in fields(spec.kind)} - {one.name for one in fields(Rule)}
    assert {spec.key_of(name) for name in own} == reached
    for one in asked:
        assert field_words(words, one.path) != one.path[-1], one.path
        for choice in one.takes.choices:
            assert language == "en" or choice_words(words, one.path[-1], choice) != choice, (one.path, choice)


@pytest.mark.parametrize("attribute", [one.name for one in fields(Scope)])
def test_everything_a_rule_can_be_about_has_its_field(attribute: str) -> None:
    given = SCOPE_FIELDS[attribute]
    key = given.key if isinstance(given, Named) else attribute
    reached = {one.path for one in all_fields_of(new_rule("window", ()), "USD")}
    assert ("for", key) in reached
    assert field_words(Wording("en"), ("for", key)) != key


def test_what_stands_before_the_rules_has_its_fields() -> None:
    head: Written = {}
    for asked, text in zip(HEAD_FIELDS, ("Ours", "2026-01-01", "true"), strict=True):
        head = with_text(head, asked, text)
    policy = read_draft(EMPTY.with_head(head), "USD").policy
    assert policy == Policy("Ours", 0, (), posted_since=date(2026, 1, 1), better_of_both=True)


def filled(kind: str, **texts: str) -> Written:
    """A new rule with these texts, by the names of the fields with _ for the dot."""
    rule = new_rule(kind, ())
    for name, text in texts.items():
        rule = put(rule, name.replace("__", "."), text)
    return rule


def put(rule: Written, name: str, text: str) -> Written:
    return with_text(rule, next(one for one in all_fields_of(rule, "USD") if one.name == name), text)


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (filled("window"), "window.days"),
        (filled("window", window__days="x"), "window.days"),
        (filled("window", window__days="40000"), "window.days"),
        (filled("window", window__days="30", id="a b"), "id"),
        (filled("window", window__days="30", window__after__0__days="60"), "window.after.0.answer"),
        (filled("window", window__days="30", for__sold_from="soon"), "for.sold_from"),
        (filled("window", window__days="30", for__sold_from="2026-02-01", for__sold_until="2026-01-01"),
         "for.sold_until"),
        (filled("window", window__days="30", for__region="Narnia"), "for.region"),
        (filled("restocking_fee", restocking_fee__percent="120"), "restocking_fee.percent"),
        (filled("restocking_fee", restocking_fee__percent="10", restocking_fee__amount="5.00"),
         "restocking_fee.amount"),
        (filled("cash_limit", cash_limit__most="ten"), "cash_limit.most"),
        (filled("no_receipt", no_receipt__limit__0__amount="9.00"), "no_receipt.limit.0.days"),
        (filled("count_limit"), "count_limit"),
        (filled("approval", override="none"), "approval"),
        (filled("extension", extension__days="5"), "extension"),
    ],
)  # fmt: skip
def test_a_fault_is_told_of_its_field(rule: Written, field: str) -> None:
    read = read_draft(EMPTY.with_new(0, rule), "USD")
    assert read.policy is None
    fault = read.fault_of(0)
    assert fault is not None
    assert ".".join(fault.path) == field


def test_rules_that_contradict_each_other_are_told_of_the_later_one() -> None:
    rule = filled("window", window__days="30")
    draft = EMPTY.with_new(0, rule).with_new(1, copied_rule(rule, ("W1",)))
    fault = read_draft(draft, "USD").fault_of(1)
    assert fault is not None
    assert fault.fault.values == {"one": "W1", "other": "W2"}
    assert read_draft(draft.without(1), "USD").policy is not None


def test_a_row_with_nothing_left_in_it_is_gone() -> None:
    rule = filled("window", window__days="30", window__after__0__answer="store_credit")
    rule = put(rule, "window.after.1.answer", "lowest_price")
    assert len(rule["window"]["after"]) == 2
    rule = put(rule, "window.after.0.answer", "")
    assert rule["window"]["after"] == [{"answer": "lowest_price"}]
    assert put(rule, "window.after.0.answer", "")["window"] == {"days": "30"}


def test_one_language_gets_its_own_sentence_and_the_others_keep_theirs() -> None:
    rule = put(put(new_rule("window", ()), "words.cashier", "Ours"), "words.cashier.cs", "Naše")
    assert rule["words"]["cashier"] == {"en": "Ours", "cs": "Naše", "sv": "Ours"}
    assert put(rule, "words.cashier", "All")["words"]["cashier"] == "All"


def test_amounts_and_days_are_read_as_people_write_them() -> None:
    words = Wording("cs")
    assert typed_text(words, Entry.MONEY, "1 200,50", TODAY) == "1200.50"
    assert typed_text(words, Entry.PERCENT, "12,5 %", TODAY) == "12.5"
    assert typed_text(words, Entry.DAY, "24. 12. 2026", TODAY) == "2026-12-24"
    assert typed_text(words, Entry.EVER, "bez omezení", TODAY) == "unlimited"
    assert typed_text(words, Entry.DAY, "soon", TODAY) == "soon"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1), max_size=4))
def test_words_with_commas_between_are_read_back(words: list[str]) -> None:
    wanted = [word for word in words if word.strip()]
    assert words_in(words_text(wanted)) == wanted


def test_an_id_is_the_next_of_its_letters() -> None:
    assert proposed_id("W1", ("W1", "W2")) == "W3"
    assert proposed_id("most-goods", ("most-goods1",)) == "most-goods2"
    assert new_rule("season", ("S1",)) == {"id": "S2", "season": {}}


def test_names_the_shop_has_not_got_are_told_of_their_fields_and_the_draft_can_be_tried_all_the_same() -> None:
    known = NamesKnown(("cashier", "manager"), ("changed_mind",))
    odd = filled("window", window__days="30", override="manger") | {"for": {"reason": ["changed_mind"]}}
    gone = filled("no_return") | {"id": "N1", "for": {"reason": ["moonlight", "changed_mind"]}}
    draft = EMPTY.with_new(0, odd).with_new(1, gone).with_new(2, filled("extension"))
    read = read_draft(draft, "USD", known)
    assert [(one.at, one.path, one.fault.values.get("name")) for one in read.faults][-2:] == [
        (0, ("override",), "manger"),
        (1, ("for", "reason"), "moonlight"),
    ]
    whole = read_draft(draft.without(2), "USD", known)
    assert whole.policy is not None
    assert len(whole.faults) == 2
    assert not read_draft(draft.without(2), "USD").faults
