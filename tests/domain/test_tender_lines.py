"""A rule of a tender is a line, and the line is the rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.tender import TenderKind
from pos.domain.tender_lines import REFUNDS, TenderLineUnreadable, code_of, read_tender_line, write_tender_line
from pos.domain.tender_rules import TenderRule

_SIGNS = st.characters(whitelist_categories=["L", "N", "P", "Zs"])
WORDS = st.text(_SIGNS, min_size=1, max_size=30).filter(lambda words: bool(words.strip()) and words.isprintable())
NAMES = st.lists(st.from_regex(r"[A-Za-zåč][A-Za-z åč]{0,8}[a-z]", fullmatch=True), max_size=3).map(tuple)
AMOUNTS = st.integers(0, 10**9)
OWN = st.builds(
    TenderRule,
    st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True).filter(lambda code: code not in list(TenderKind)),
    st.just(TenderKind.OTHER),
    WORDS,
    least=st.just(0),
    most=AMOUNTS,
    alone=AMOUNTS,
    active=st.booleans(),
    asks_reference=st.booleans(),
    gives_change=st.booleans(),
    opens_drawer=st.booleans(),
    refund_to=st.sampled_from(REFUNDS),
    departments=NAMES,
    not_for=NAMES,
)


@given(OWN)
def test_a_rule_comes_back_from_its_line(rule: TenderRule) -> None:
    assert read_tender_line(write_tender_line(rule, "USD"), "USD") == rule


@given(st.text(max_size=80))
def test_any_other_text_is_unreadable_or_a_rule(text: str) -> None:
    try:
        rule = read_tender_line(text, "USD")
    except TenderLineUnreadable:
        return
    assert read_tender_line(write_tender_line(rule, "USD"), "USD") == rule


@pytest.mark.parametrize(
    "line", ["", "swish", "swish ''", "Swish Swish", "other Other", "swish S most=ten", "swish S fast",
             "swish S least=20 most=10", "swish S refund=points", "swish 'S"]
)  # fmt: skip
def test_what_is_no_rule(line: str) -> None:
    with pytest.raises(TenderLineUnreadable):
        read_tender_line(line, "USD")


def test_a_name_makes_a_code_of_its_own() -> None:
    assert code_of("Swish", set()) == "swish"
    assert code_of("Swish", {"swish"}) == "swish_2"
    assert code_of("Cash", set()) == "cash_2"
    assert code_of("12 meals", set()) == "own_12_meals"
    assert code_of("Převod", set()) == "p_evod"
