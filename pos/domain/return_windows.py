"""Until when goods may come back, and what holds afterwards: windows, extensions, seasons and caps together.

The most specific window is the base. Windows that speak of a customer, a tender or days of sale, and seasons, make it
longer and never shorter; a cap binds whatever they say. Another rule may say from which day all of them count. The last
day is reckoned here alone: the receipt prints it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pos.domain.frozen import dataclass
from pos.domain.policy_rule import Rule, Rules, Scope
from pos.domain.return_rules import Answer, Begins, CountsFrom, Extension, LateStep, Season, Window
from pos.domain.return_subject import most_specific

# The mildest first; None is in time.
_MILDEST = (
    *(None, Answer.STORE_CREDIT, Answer.LOWEST, Answer.MANAGER),
    *(Answer.EXCHANGE, Answer.SAME_FAMILY, Answer.SAME_ITEM, Answer.DENY),
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a deadline is counted on: the day of the sale, of the delivery, of the sale that goods of an exchange were
    first bought in, and the days that are no business days.
    """

    sold: date
    delivered: date | None = None
    holidays: frozenset[date] = frozenset()
    first_sold: date | None = None

    def begins(self, begins: Begins) -> date:
        other = {Begins.DELIVERY: self.delivered, Begins.FIRST_SALE: self.first_sold}.get(begins)
        return other or self.sold

    def not_before(self, day: date) -> Calendar:
        """The same, where nothing counts from an earlier day."""
        later = {name: max(day, had) for name in ("sold", "delivered", "first_sold") if (had := getattr(self, name))}
        return replace(self, **later)

    def business_day(self, day: date) -> date:
        """This day, or the first business day after it."""
        while day.weekday() >= 5 or day in self.holidays:
            day += timedelta(days=1)
        return day


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a line stands with a rule: `last` is its last day in time (None for ever), `answer` what holds on the day
    asked (None: in time), `step` of which it comes. `before` are rules it goes before.
    """

    rule: Rule
    begins: date
    last: date | None
    answer: Answer | None = None
    step: LateStep | None = None
    before: tuple[str, ...] = ()

    @property
    def mildness(self) -> tuple[int, int]:
        """Smaller is better for the customer."""
        return _MILDEST.index(self.answer), -(date.max if self.last is None else self.last).toordinal()


def standings(rules: Rules, calendar: Calendar, today: date) -> tuple[Standing, ...]:
    """What counts today: the standing of the window, and that of each cap; none where no window is among
    the rules that speak of the line.
    """
    fitting = _Fitting(rules)
    found: list[Standing] = []
    reckoned = fitting.counting(calendar, today)
    if reckoned:
        mildest = min(reckoned, key=lambda standing: standing.mildness)
        others = tuple(rule.id for rule in fitting.rules if rule is not mildest.rule)
        # By position: `replace` would look at every field's name, for every line.
        of = (mildest.rule, mildest.begins, mildest.last, mildest.answer, mildest.step)
        found.append(Standing(*of, others) if others else mildest)
    return (*found, *fitting.caps(calendar, today))


def last_day(rules: Rules, calendar: Calendar) -> date | None:
    """The last day on which the policy still says yes without more ado; None where no window ends."""
    fitting = _Fitting(rules)
    ends = [one.last for one in fitting.caps(calendar, calendar.sold) if one.last is not None]
    lasts = [one.last for one in fitting.counting(calendar, calendar.sold)]
    if lasts and None not in lasts:
        ends.append(max(last for last in lasts if last is not None))
    return min(ends, default=None)


def deadline(days: int, begins: date, calendar: Calendar, *, inclusive: bool = True, business: bool = False) -> date:
    """The last day in time of so many days from `begins`."""
    last = begins + timedelta(days=min(days if inclusive else days - 1, (date.max - begins).days))
    return calendar.business_day(last) if business else last


class _Fitting:
    """The rules about time that speak of a line."""

    def __init__(self, rules: Rules) -> None:
        windows = rules.of(Window)
        self._caps = [rule for rule in windows if rule.cap]
        self._windows = [rule for rule in windows if not rule.cap]
        self._seasons = rules.of(Season)
        more = rules.of(Extension)
        self._more = max((rule.days for rule in more), default=0)
        counts = rules.of(CountsFrom)
        self._counts_from = max((rule.day for rule in counts), default=date.min)
        self.rules: tuple[Rule, ...] = (*self._windows, *self._seasons, *more, *counts)

    def counting(self, calendar: Calendar, today: date) -> list[Standing]:
        """Where the line stands with each rule of which the mildest counts."""
        return [self._standing(rule, calendar, today, self._more) for rule in self._of_which_the_mildest()]

    def caps(self, calendar: Calendar, today: date) -> list[Standing]:
        return [self._standing(rule, calendar, today, 0) for rule in self._caps]

    def _standing(self, rule: Window | Season, calendar: Calendar, today: date, more: int) -> Standing:
        moved = self._counts_from > date.min and not isinstance(rule, Season)
        counted = calendar.not_before(self._counts_from) if moved else calendar
        return _standing(rule, counted, today, more)

    def _of_which_the_mildest(self) -> Iterator[Window | Season]:
        instead = most_specific(rule for rule in self._seasons if not rule.later_of)
        if instead is not None:
            yield instead
            return
        base = most_specific(rule for rule in self._windows if not makes_longer(rule.scope))
        if base is not None:
            yield base
        yield from (rule for rule in self._windows if makes_longer(rule.scope))
        # Where no window ends, a season that is never later is nothing.
        yield from self._seasons if self._windows else ()


def makes_longer(scope: Scope) -> bool:
    """Whether a window speaks of a customer, a tender or days of sale: beside the base, never in place of it."""
    return bool(scope.tiers or scope.groups or scope.tenders or scope.sold_from or scope.sold_until)


def _standing(rule: Window | Season, calendar: Calendar, today: date, more: int) -> Standing:
    last: date | None
    if isinstance(rule, Season):
        begins, last = calendar.sold, rule.return_by
    else:
        begins = calendar.begins(rule.begins)
        last = _last_of(rule, begins, calendar, more)
    if last is None or today <= last:
        return Standing(rule, begins, last)
    for step in rule.after:
        if step.days is None or today <= deadline(step.days + more, begins, calendar):
            return Standing(rule, begins, last, step.answer, step)
    return Standing(rule, begins, last, Answer.DENY)


def _last_of(rule: Window, begins: date, calendar: Calendar, more: int) -> date | None:
    if rule.days is None:
        return None
    return deadline(rule.days + more, begins, calendar, inclusive=rule.inclusive, business=rule.business_days)
