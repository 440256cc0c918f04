"""A promotion in words: what it does, to what, when and for whom, and whether it holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum

from pos.domain.money import Money, Quantity, Unit
from pos.domain.promotion import (
    ALL_ITEMS,
    Bundle,
    BuyGet,
    Each,
    GetOf,
    Hours,
    OneMore,
    PassedOver,
    Promotion,
    Reward,
    Selection,
    TierBy,
    Tiers,
    WhyNot,
)
from pos.domain.tax import MILLION
from pos.services.promotions import PromotionFinding
from pos.speech import N_
from pos.strict_yaml import FileFault
from pos.wording import Wording

_NAMED_MAX = 4
Names = Mapping[str, str]


class Standing(StrEnum):
    """Whether a promotion holds."""

    IN_FORCE = "in_force"
    COMING = "coming"
    OVER = "over"
    OFF = "off"


STANDINGS = {
    Standing.IN_FORCE: N_("In force"),
    Standing.COMING: N_("Coming"),
    Standing.OVER: N_("Over"),
    Standing.OFF: N_("Switched off"),
}
FINDINGS = {
    PromotionFinding.OVER: N_("It can never apply: its last day is past."),
    PromotionFinding.NO_ITEM: N_("It can never apply: no item on sale is one of those it asks for."),
    PromotionFinding.GIVES_NOTHING: N_("It takes nothing off."),
    PromotionFinding.GIVES_AWAY: N_("It gives the items away for nothing."),
    PromotionFinding.OVERLAPS_ITSELF: N_("It overlaps itself: two of its parts ask for the same items."),
    PromotionFinding.BELOW_COST: N_("It can bring an item below what it costs the shop."),
}
_REASONS: dict[WhyNot, str] = {
    WhyNot.NOT_YET: N_("begins {starts}"),
    WhyNot.NOT_TODAY: N_("only on {weekdays}"),
    WhyNot.NOT_THIS_HOUR: N_("only {hours}"),
    WhyNot.NEEDS_TIER: N_("only for customers of the tier {tiers}"),
    WhyNot.NEEDS_GROUP: N_("only for customers of the group {groups}"),
    WhyNot.NEEDS_COUPON: N_("asks for its coupon"),
    WhyNot.NEEDS_MORE: N_("asks for more than is here"),
    WhyNot.NO_BETTER: N_("would not make anything cheaper"),
    WhyNot.OTHER_BETTER: N_("{by} gives more; it alone would have given {would}"),
}


def standing_of(promotion: Promotion, now: datetime) -> Standing:
    """Whether it holds at this moment of the shop's clock, by its days; hours and weekdays are not asked."""
    here = now.replace(tzinfo=None)
    if not promotion.active:
        return Standing.OFF
    if promotion.conditions.ends is not None and promotion.conditions.ends <= here:
        return Standing.OVER
    if promotion.conditions.starts is not None and promotion.conditions.starts > here:
        return Standing.COMING
    return Standing.IN_FORCE


class PromotionWords:
    """Promotions in one language and currency; `names` are the names of items by their ids."""

    def __init__(self, words: Wording, currency: str, names: Names) -> None:
        self._words, self._currency, self._names = words, currency, names

    def gives(self, promotion: Promotion) -> str:
        """What it does, on one line."""
        say, kind = self._words.say, promotion.kind
        match kind:
            case Each():
                return say("{reward}, each", reward=self._reward(kind.reward))
            case BuyGet():
                return self._buy_get(kind)
            case Bundle() if len(kind.parts) == 1:
                pieces = self._words.count("any {n} piece", "any {n} pieces", kind.parts[0].count)
                return say("{pieces}: {reward}", pieces=pieces, reward=self._reward(kind.reward))
            case Bundle():
                parts = " + ".join(f"{part.count} × {self.items(part.items)}" for part in kind.parts)
                return say("{pieces}: {reward}", pieces=parts, reward=self._reward(kind.reward))
            case Tiers():
                return "; ".join(self._step(kind, number) for number in range(len(kind.steps)))

    def _buy_get(self, kind: BuyGet) -> str:
        say = self._words.say
        free = kind.reward.percent_millionths == MILLION
        reward = say("free") if free else self._reward(kind.reward)
        sentence = {
            GetOf.SAME: N_("buy {buy}, get {get} more of the same: {reward}"),
            GetOf.CHEAPEST: N_("buy {buy}, get {get} more, the cheapest: {reward}"),
            GetOf.OTHER: N_("buy {buy}, get {get} of {items}: {reward}"),
        }[kind.of]
        return say(sentence, buy=kind.buy, get=kind.get, items=self.items(kind.other or ALL_ITEMS), reward=reward)

    def _step(self, kind: Tiers, number: int) -> str:
        step = kind.steps[number]
        by_amount = kind.by is TierBy.AMOUNT
        least = self._money(step.at_least) if by_amount else self._quantity(step.at_least)
        sentence = N_("for each {least}: {reward}") if kind.every else N_("from {least}: {reward}")
        return self._words.say(sentence, least=least, reward=self._reward(step.reward))

    def _reward(self, reward: Reward) -> str:
        say = self._words.say
        if reward.percent_millionths is not None:
            return say("{percent} off", percent=self._words.percent(reward.percent_millionths))
        if reward.amount is not None:
            return say("{amount} off", amount=self._money(reward.amount))
        return say("for {amount}", amount=self._money(reward.price or 0))

    def items(self, items: Selection) -> str:
        """Which items, by name."""
        named = [self._names.get(item, item) for item in items.items]
        named += [*items.departments, *items.families, *items.flags]
        without = [self._names.get(item, item) for item in items.not_items]
        without += [*items.not_departments, *items.not_families, *items.not_flags]
        said = self._words.say("everything") if items.all else self._some(named)
        return f"{said}; {self._words.say('not {items}', items=self._some(without))}" if without else said

    def _some(self, named: list[str]) -> str:
        more = len(named) - _NAMED_MAX
        return ", ".join(named[:_NAMED_MAX]) + (f" +{more}" if more > 0 else "")

    def days(self, promotion: Promotion) -> str:
        """From when to when; empty where it always holds."""
        asked, say = promotion.conditions, self._words.say
        first = "" if asked.starts is None else self.moment(asked.starts)
        last = "" if asked.ends is None else self.moment(asked.ends, last=True)
        if first and last:
            return f"{first} – {last}"
        if first:
            return say("from {day}", day=first)
        return say("until {day}", day=last) if last else ""

    def moment(self, moment: datetime, *, last: bool = False) -> str:
        """A day alone where it is midnight: as an end, the day before is the last one."""
        if moment.time() == time():
            return self._words.short_day((moment - timedelta(days=1 if last else 0)).date())
        return f"{self._words.short_day(moment.date())} {self._words.time(moment)}"

    def lines(self, promotion: Promotion) -> list[tuple[str, str]]:
        """Everything it says, as lines of a name and what is there."""
        say, asked, coupon = self._words.say, promotion.conditions, promotion.conditions.coupon
        bundle = isinstance(promotion.kind, Bundle) and len(promotion.kind.parts) > 1
        codes = "" if coupon is None else self._some([*coupon.codes, *coupon.gs1])
        uses = "" if coupon is None or coupon.uses is None else self._words.count("{n} use", "{n} uses", coupon.uses)
        lines = (
            (say("Gives"), self.gives(promotion)),
            (say("On"), "" if bundle else self.items(promotion.parts[0])),
            (say("Days"), self.days(promotion)),
            (say("Weekdays"), self._weekdays(asked.weekdays)),
            (say("Hours"), self._hours(asked.hours)),
            (say("Tier"), ", ".join(asked.tiers)),
            (say("Group"), ", ".join(asked.groups)),
            (say("Coupon"), " · ".join(filter(None, (codes, uses)))),
            (say("Times a receipt"), "" if promotion.limit is None else str(promotion.limit)),
            (say("Excludes each other"), promotion.group),
            (say("With others"), say("goes with every other") if promotion.combinable else ""),
            (say("Priority"), str(promotion.priority or "")),
            (say("To say"), dict(promotion.says).get(self._words.language, "")),
            (say("Number"), promotion.id),
        )
        return [(name, value) for name, value in lines if value]

    def why_not(self, passed: PassedOver, names: Names) -> str:
        """Why it gave nothing; `names` are those of promotions by their ids."""
        facts = {key: self._fact(key, value, names) for key, value in passed.facts.items()}
        return self._words.say(_REASONS[passed.why], **facts)

    def _fact(self, key: str, value: object, names: Names) -> str:
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, int):
            return self._money(value)
        several = value if isinstance(value, tuple) else (value,)
        if key == "weekdays":
            return self._weekdays(several)
        return self._hours(several) if key == "hours" else ", ".join(names.get(each, str(each)) for each in several)

    def one_more(self, more: OneMore) -> str:
        """What a little more would bring."""
        say = self._words.say
        much = self._money(more.missing_amount) if more.missing_amount else self._quantity(more.missing)
        said = say("{much} more of {items}", much=much, items=self.items(more.items))
        if more.saves is None:
            return said
        return say("{more} would save {amount}", more=said, amount=self._money(more.saves))

    def _money(self, minor: int) -> str:
        return self._words.money(Money(minor, self._currency))

    def _quantity(self, thousandths: int) -> str:
        return self._words.quantity(Quantity(thousandths, Unit.PIECE))

    def _weekdays(self, days: tuple[int, ...]) -> str:
        return ", ".join(self._words.short_weekday(day) for day in days)

    def _hours(self, hours: tuple[Hours, ...]) -> str:
        return ", ".join(f"{_clock(each.start)}–{_clock(each.end)}" for each in hours)


def fault_said(fault: FileFault, words: Wording, field: str = "") -> str:
    """What is wrong; `field` is the name of its field in place of the word of the file."""
    values = fault.values | ({"key": field} if field and "key" in fault.values else {})
    return words.say(fault.message, **values)


def named_items(promotion: Promotion) -> set[str]:
    """The ids of every item it speaks of."""
    return {item for part in promotion.parts for item in (*part.items, *part.not_items)}


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
