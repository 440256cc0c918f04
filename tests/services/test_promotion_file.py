"""The format of promotions: what is written is read back the same, and every fault is told with its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.promotion import Bundle, Conditions, Coupon, Hours, Promotion, Selection
from pos.services.promotion_file import parse_promotions
from pos.services.promotion_text import promotions_text
from pos.strict_yaml import FileFault
from tests.domain.promotion_shapes import promotion_lists

WORDS = st.lists(st.sampled_from(["a", "b", "no", "1", "č: x"]), max_size=2, unique=True).map(sorted).map(tuple)
MOMENTS = st.integers(0, 5_000_000).map(lambda minute: datetime.fromisoformat("2020-01-01") + timedelta(minutes=minute))
COUPONS = st.none() | st.builds(
    Coupon,
    codes=st.just(("A-1", "B")),
    gs1=st.sampled_from([(), ("9521234567899",)]),
    uses=st.sampled_from([None, 1, 9]),
)


@st.composite
def _written(draw: st.DrawFn) -> list[Promotion]:
    promotions = []
    for promotion in draw(promotion_lists()):
        starts = draw(st.none() | MOMENTS)
        ends = draw(st.none() | MOMENTS)
        if starts is not None and ends is not None and ends <= starts:
            ends = None
        asked = Conditions(
            starts=starts,
            ends=ends,
            weekdays=draw(st.sampled_from([(), (0, 6)])),
            hours=draw(st.sampled_from([(), (Hours(0, 60), Hours(990, 1440))])),
            tiers=draw(WORDS),
            groups=draw(WORDS),
            coupon=draw(COUPONS),
        )
        items = replace(promotion.items, flags=() if promotion.items.all else draw(WORDS), not_flags=draw(WORDS))
        names = draw(st.sampled_from([(), (("cs", "Týden"), ("sv", "Vecka"))]))
        if isinstance(promotion.kind, Bundle):
            items = promotion.kind.parts[0].items if len(promotion.kind.parts) == 1 else Selection(all=True)
        group = "" if promotion.combinable else promotion.group
        promotions.append(
            replace(promotion, conditions=asked, items=items, names=names, group=group, active=draw(st.booleans()))
        )
    return promotions


@given(_written())
def test_what_is_written_is_read_back_the_same(promotions: list[Promotion]) -> None:
    # `every` beside several steps is what the format refuses, and what these drew by chance.
    drawn = [promotion for promotion in promotions if not getattr(promotion.kind, "every", False)]
    for currency in ("USD", "JPY", "KWD"):
        text = promotions_text(drawn, currency)
        assert list(parse_promotions(text, currency)) == drawn
        assert promotions_text(parse_promotions(text, currency), currency) == text


def _fault(body: str) -> FileFault:
    with pytest.raises(FileFault) as fault:
        parse_promotions(f"promotions:\n  - id: P\n    {body}\n", "USD")
    return fault.value


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("percent: 101", 3, "from 0 to 100 per cent"),
        ("percent: -1", 3, "from 0 to 100 per cent"),
        ("percent: ten", 3, "from 0 to 100 per cent"),
        ("percnt: 10", 3, "Did you mean “percent”"),
        ("name: x", 2, "nothing of what it gives"),
        ("percent: 1\n    amount: 2", 4, "“amount” does not go with “percent”"),
        ("amount: 1.234", 3, "no amount of USD"),
        ("percent: 1\n    from: 2026-02-30", 4, "“from” cannot be “2026-02-30”"),
        ("percent: 1\n    from: 2026-03-02\n    until: 2026-03-01", 5, "end before it begins"),
        ("percent: 1\n    weekdays: [mon, bun]", 4, "It may be: mon, tue"),
        ("percent: 1\n    hours: 18:00-16:00", 4, "the later one behind"),
        ("percent: 1\n    items: {}", 4, "names no items"),
        ("percent: 1\n    items: {all: true, item: X}", 4, "“item” does not go with “all”"),
        ("percent: 1\n    items: {itm: X}", 4, "Did you mean “item”"),
        ("percent: 1\n    limit: 0", 4, "whole number from 1"),
        ("percent: 1\n    group: g\n    combinable: true", 4, "does not go with “combinable”"),
        ("percent: 1\n    coupon: {uses: 3}", 4, "“coupon.codes” is missing"),
        ("percent: 1\n    coupon: {gs1: 123}", 4, "13 digits"),
        ('percent: 1\n    coupon: {gs1: "9521234567890"}', 4, "check digit"),
        ("buy_get: {buy: 2}", 3, "“buy_get.get” is missing"),
        ("nth: {n: 1}", 3, "whole number from 2"),
        ("bundle: {parts: [{item: A}], price: 1}", 3, "two parts or more"),
        ("tiers: {by: quantity, steps: [{from: 3, percent: 1}, {from: 2, percent: 2}]}", 3, "Steps rise"),
        ("threshold: {quantity: 3, spend: 2.00, percent: 5}", 3, "not both"),
        ("threshold: {quantity: 3, percent: 5, every: true}", 3, "one step above zero"),
        ("percent: 1\n  - id: P\n    percent: 2", 4, "“P” is given twice"),
    ],
)
def test_every_fault_has_its_line_and_its_reason(body: str, line: int, said: str) -> None:
    fault = _fault(body)
    assert said in str(fault)
    assert fault.line == line


def test_nothing_is_a_file_of_no_promotions() -> None:
    assert parse_promotions("promotions: []", "USD") == ()
    assert promotions_text((), "USD") == "promotions: []\n"
