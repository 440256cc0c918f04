"""Until when goods may come back: the windows shops really have, their seasons and caps, and what holds afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pos.domain.policy_rule import Policy, Rule, Scope, Subject
from pos.domain.return_rules import Answer, Begins, CountsFrom, Extension, LateStep, Season, Window
from pos.domain.return_windows import Calendar, last_day, standings

SOLD = date(2026, 1, 10)
ELECTRONICS = Scope(categories=frozenset({"electronics"}))


def subject(category: str = "home", **more: object) -> Subject:
    return replace(Subject(item="A", category=category, sold=SOLD, shown_by="receipt"), **more)  # type: ignore[arg-type]


def ends(*rules: Rule, about: Subject | None = None, sold: date = SOLD, delivered: date | None = None) -> date | None:
    about = replace(about or subject(), sold=sold)
    return last_day(Policy("", 1, rules).about(about), Calendar(sold, delivered))


def after(days: int) -> date:
    return SOLD + timedelta(days=days)


def answer(*rules: Rule, days: int, about: Subject | None = None) -> list[Answer | None]:
    found = standings(Policy("", 1, rules).about(about or subject()), Calendar(SOLD), after(days))
    return [one.answer for one in found]


def window(days: int | None, **more: object) -> Window:
    return Window(id=f"W{days}", days=days, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("days", [14, 15, 30, 45, 90, 180, 365])
def test_day_n_is_still_in_time_and_the_next_is_not(days: int) -> None:
    rule = window(days)

    assert ends(rule) == after(days)
    assert answer(rule, days=days) == [None]
    assert answer(rule, days=days + 1) == [Answer.DENY]


def test_exclusive_ends_a_day_earlier() -> None:
    assert ends(window(30, inclusive=False)) == after(29)


def test_no_window_and_an_unlimited_one_never_end() -> None:
    assert ends() is None
    assert ends(window(None)) is None
    assert answer(window(None), days=9999) == [None]


def test_electronics_ninety_although_all_else_is_unlimited() -> None:
    rules = (window(None), window(90, scope=ELECTRONICS))

    assert ends(*rules) is None
    assert ends(*rules, about=subject("electronics")) == after(90)


def test_a_category_goes_before_the_default_even_where_it_is_shorter() -> None:
    rules = (window(90), window(30, scope=ELECTRONICS))

    assert ends(*rules) == after(90)
    assert ends(*rules, about=subject("electronics")) == after(30)


def test_from_the_delivery() -> None:
    assert ends(window(30, begins=Begins.DELIVERY), delivered=date(2026, 1, 20)) == date(2026, 2, 19)
    assert ends(window(30), delivered=date(2026, 1, 20)) == date(2026, 2, 9)
    assert ends(window(30, begins=Begins.DELIVERY)) == date(2026, 2, 9)


def test_a_last_day_that_is_no_business_day_moves() -> None:
    # 14 days after a Saturday is a Saturday; Monday is a holiday.
    calendar = Calendar(SOLD, holidays=frozenset({date(2026, 1, 26)}))
    policy = Policy("", 1, (window(14, business_days=True),))

    assert last_day(policy.about(subject()), calendar) == date(2026, 1, 27)
    assert ends(window(14, business_days=True)) == date(2026, 1, 26)
    assert ends(window(14)) == date(2026, 1, 24)


MEMBER = Scope(tiers=frozenset({"plus"}))


def test_sixty_days_for_members_instead_of_fifteen() -> None:
    rules = (window(15), window(60, scope=MEMBER))

    assert ends(*rules) == after(15)
    assert ends(*rules, about=subject(tier="plus")) == after(60)


@pytest.mark.parametrize(("cap", "last"), [(True, 90), (False, 365)])
def test_a_member_window_may_or_may_not_lift_the_cap_of_a_category(cap: bool, last: int) -> None:
    rules = (window(90), window(365, scope=MEMBER), Window(id="E", days=90, scope=ELECTRONICS, cap=cap))

    assert ends(*rules, about=subject("electronics", tier="plus")) == after(last)
    assert ends(*rules, about=subject(tier="plus")) == after(365)


def test_a_window_for_members_never_makes_it_shorter() -> None:
    rules = (window(30), window(14, scope=MEMBER))

    assert ends(*rules, about=subject(tier="plus")) == after(30)


def test_thirty_days_more_with_the_house_card() -> None:
    more = Extension(id="X", days=30, scope=Scope(tenders=frozenset({"house_card"})))
    rules = (
        window(90),
        window(30, scope=ELECTRONICS),
        Window(id="P", days=14, scope=_category("phone"), cap=True),
        more,
    )
    card = frozenset({"credit", "house_card"})

    assert ends(*rules, about=subject(tenders=card)) == after(120)
    assert ends(*rules, about=subject("electronics", tenders=card)) == after(60)
    assert ends(*rules, about=subject("phone", tenders=card)) == after(14)
    assert ends(*rules, about=subject(tenders=frozenset({"cash"}))) == after(90)


def _category(name: str) -> Scope:
    return Scope(categories=frozenset({name}))


def test_a_window_by_condition() -> None:
    """Unopened 30 or for the club 50 days, opened 14."""
    unopened = Scope(conditions=frozenset({"unopened"}))
    rules = (
        window(30, scope=unopened),
        Window(id="C", days=50, scope=replace(unopened, groups=frozenset({"club"}))),
        window(14, scope=Scope(conditions=frozenset({"opened"}))),
    )
    assert ends(*rules, about=subject(condition="unopened")) == after(30)
    assert ends(*rules, about=subject(condition="unopened", group="club")) == after(50)
    assert ends(*rules, about=subject(condition="opened", group="club")) == after(14)


HOLIDAYS = Scope(sold_from=date(2023, 10, 27), sold_until=date(2023, 12, 30), not_categories=frozenset({"phone"}))


@pytest.mark.parametrize(
    ("sold", "category", "last"),
    [
        (date(2023, 10, 26), "home", date(2023, 11, 10)),
        (date(2023, 10, 27), "home", date(2024, 1, 13)),
        (date(2023, 12, 29), "home", date(2024, 1, 13)),
        (date(2023, 12, 30), "home", date(2024, 1, 14)),
        (date(2023, 12, 31), "home", date(2024, 1, 15)),
        (date(2023, 12, 1), "phone", date(2023, 12, 16)),
    ],
)
def test_the_holiday_window_is_the_later_of_two_days(sold: date, category: str, last: date) -> None:
    rules = (window(15), Season(id="S", scope=HOLIDAYS, return_by=date(2024, 1, 13)))

    assert ends(*rules, about=subject(category), sold=sold) == last


def test_members_have_their_own_day_in_a_season() -> None:
    scope = Scope(sold_from=date(2020, 10, 14), sold_until=date(2020, 12, 6))
    rules = (
        window(15),
        Season(id="S", scope=scope, return_by=date(2021, 1, 5)),
        Season(id="M", scope=replace(scope, tiers=frozenset({"plus"})), return_by=date(2021, 1, 20)),
    )
    assert ends(*rules, sold=date(2020, 11, 1)) == date(2021, 1, 5)
    assert ends(*rules, sold=date(2020, 11, 1), about=subject(tier="plus")) == date(2021, 1, 20)


def test_a_season_in_place_of_the_window_may_be_shorter() -> None:
    rules = (window(90), Season(id="S", scope=HOLIDAYS, return_by=date(2024, 1, 5), later_of=False))

    assert ends(*rules, sold=date(2023, 12, 20)) == date(2024, 1, 5)


@pytest.mark.parametrize(
    ("sold", "category", "last"),
    [
        (date(2025, 9, 30), "home", date(2025, 10, 30)),
        (date(2025, 10, 1), "home", date(2026, 1, 25)),
        (date(2025, 12, 25), "home", date(2026, 1, 25)),
        (date(2025, 12, 25), "electronics", date(2026, 1, 9)),
        (date(2025, 12, 26), "home", date(2026, 1, 25)),
        (date(2025, 12, 27), "home", date(2026, 1, 26)),
    ],
)
def test_presents_count_from_the_day_after_christmas_caps_too(sold: date, category: str, last: date) -> None:
    scope = Scope(sold_from=date(2025, 10, 1), sold_until=date(2025, 12, 31))
    rules = (
        window(30),
        Window(id="CAP", days=14, scope=ELECTRONICS, cap=True),
        CountsFrom(id="C", scope=scope, day=date(2025, 12, 26)),
    )

    assert ends(*rules, about=subject(category), sold=sold) == last


def test_goods_handed_over_later_count_from_their_own_day() -> None:
    scope = Scope(sold_from=date(2025, 10, 1))
    rules = (window(30, begins=Begins.DELIVERY), CountsFrom(id="C", scope=scope, day=date(2025, 12, 26)))

    assert ends(*rules, sold=date(2025, 12, 1), delivered=date(2025, 12, 10)) == date(2026, 1, 25)
    assert ends(*rules, sold=date(2025, 12, 1), delivered=date(2026, 1, 5)) == date(2026, 2, 4)


def test_how_late_it_is_counts_from_that_day_too() -> None:
    rules = (window(14), CountsFrom(id="C", scope=Scope(sold_until=SOLD), day=after(10)))
    (late,) = standings(Policy("", 1, rules).about(subject()), Calendar(SOLD), after(25))

    assert (late.begins, late.last, late.answer, late.before) == (after(10), after(24), Answer.DENY, ("C",))


@pytest.mark.parametrize(
    ("days", "now"),
    [
        (30, None),
        (31, Answer.STORE_CREDIT),
        (60, Answer.STORE_CREDIT),
        (61, Answer.LOWEST),
        (3000, Answer.LOWEST),
    ],
)
def test_the_answers_to_being_late_follow_each_other(days: int, now: Answer | None) -> None:
    rule = window(30, after=(LateStep(Answer.STORE_CREDIT, 60), LateStep(Answer.LOWEST)))

    assert answer(rule, days=days) == [now]


def test_late_is_judged_by_the_mildest_of_the_rules_that_make_it_longer() -> None:
    late = window(15, after=(LateStep(Answer.STORE_CREDIT, 30),))
    member = Window(id="M", days=20, scope=MEMBER)

    assert answer(late, member, days=25, about=subject(tier="plus")) == [Answer.STORE_CREDIT]
    assert answer(late, member, days=31, about=subject(tier="plus")) == [Answer.DENY]


def test_a_cap_says_its_own_answer_beside_the_window() -> None:
    capped = Window(id="E", days=14, scope=ELECTRONICS, cap=True, after=(LateStep(Answer.EXCHANGE),))

    assert answer(window(90), capped, days=20, about=subject("electronics")) == [None, Answer.EXCHANGE]


def test_a_standing_names_the_rules_it_goes_before() -> None:
    rules = (window(30), window(15, scope=ELECTRONICS), window(10, scope=_category("phone")))
    (standing,) = standings(Policy("", 1, rules).about(subject("electronics")), Calendar(SOLD), after(20))

    assert (standing.rule.id, standing.before) == ("W15", ("W30",))
