"""A promotion in words: its rule, when and for whom it holds, why it gave nothing, what a little more would bring."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import islice

from pos.domain.discount import Discount, DiscountSource
from pos.domain.money import Money, Quantity, Unit
from pos.domain.promotion import (
    Bundle,
    BuyGet,
    Conditions,
    Each,
    GetOf,
    Hours,
    OneMore,
    PassedOver,
    Promotion,
    Reward,
    Selection,
    Step,
    TierBy,
    Tiers,
    WhyNot,
)
from pos.domain.promotion_findings import PromotionFinding
from pos.domain.promotions import PromotionOutcome
from pos.domain.reasons import Reason
from pos.speech import N_
from pos.wording import Wording

_NAMES_MAX = 3
_WHOLE = 1_000_000
NameOf = Callable[[str], str]
FINDINGS = {
    PromotionFinding.OVER: N_("It can never apply: its last day is past."),
    PromotionFinding.NEVER_ON: N_("It can never apply: none of its weekdays and hours comes before its end."),
    PromotionFinding.HOURS_OVERLAP: N_("It overlaps itself: two of its parts of the day share a time."),
    PromotionFinding.NO_ITEM: N_("It can never apply: no item on sale is one of those it asks for."),
    PromotionFinding.GIVES_NOTHING: N_("It takes nothing off."),
    PromotionFinding.GIVES_AWAY: N_("It gives the items away for nothing."),
    PromotionFinding.OVERLAPS_ITSELF: N_("It overlaps itself: two of its parts ask for the same items."),
    PromotionFinding.ALWAYS_BEATEN: N_("It can never apply: another of its group always takes as much or more off."),
    PromotionFinding.BELOW_COST: N_("It can bring an item below what it costs the shop."),
}


def discount_name(discount: Discount, outcome: PromotionOutcome, words: Wording) -> str:
    """What took something off, in a few words: a promotion's name with its share, the reason of who did it by hand."""
    match discount.source:
        case DiscountSource.PROMOTION:
            found = (each.promotion for each in outcome.applied if each.promotion.id == discount.id)
            promotion = next(found, None)
            return discount.name or discount.id if promotion is None else _short(promotion, words)
        case DiscountSource.POINTS:
            return words.say("Points")
        case DiscountSource.STAFF:
            return words.say("Staff discount")
    return words.reason(Reason(discount.id))


def _short(promotion: Promotion, words: Wording) -> str:
    """The name, with what is given where that is a plain share and the name does not say it."""
    name, kind = promotion.name_in(words.language), promotion.kind
    if not isinstance(kind, Each) or kind.reward.percent_millionths is None or any(map(str.isdigit, name)):
        return name
    return f"{name} {words.say('{percent} off', percent=words.percent(kind.reward.percent_millionths))}"


def rule_words(
    promotion: Promotion, currency: str, words: Wording, name_of: NameOf = str, *, names_max: int = _NAMES_MAX
) -> str:
    """What it gives for what, in a sentence or two. `name_of` says what an item's number is called; so many of its
    items are named, the others counted.
    """

    def named(items: Selection) -> str:
        return selection_words(items, words, name_of, names_max=names_max)

    items, kind = named(promotion.items), promotion.kind
    match kind:
        case Each():
            return words.say("{items}: {reward}.", items=items, reward=_reward(kind.reward, currency, words, each=True))
        case BuyGet():
            return _buy_get(kind, named, items, currency, words)
        case Bundle():
            parts = " + ".join(f"{part.count} × {named(part.items)}" for part in kind.parts)
            return words.say(
                "{items} together: {reward}.", items=parts, reward=_reward(kind.reward, currency, words, each=False)
            )
        case Tiers():
            steps = "; ".join(_step(kind, step, currency, words) for step in kind.steps)
            return words.say("{items}: {reward}.", items=items, reward=steps)


def _buy_get(kind: BuyGet, named: Callable[[Selection], str], items: str, currency: str, words: Wording) -> str:
    reward = _reward(kind.reward, currency, words, each=True)
    said = words.say("{items}: buy {buy}, get {get}: {reward}.", items=items, buy=kind.buy, get=kind.get, reward=reward)
    if kind.of is GetOf.CHEAPEST:
        return f"{said} {words.say('It falls on the cheapest.')}"
    if kind.of is GetOf.OTHER and kind.other is not None:
        return f"{said} {words.say('It falls on: {items}.', items=named(kind.other))}"
    return f"{said} {words.say('All of the same item.')}"


def _step(kind: Tiers, step: Step, currency: str, words: Wording) -> str:
    reward = _reward(step.reward, currency, words, each=False)
    if kind.by is TierBy.QUANTITY:
        least = words.number(step.at_least // 1000)
    else:
        least = words.money(Money(step.at_least, currency))
    if kind.every:
        return words.say("{reward} for each {least}", least=least, reward=reward)
    return words.say("{reward} from {least} on", least=least, reward=reward)


def _reward(reward: Reward, currency: str, words: Wording, *, each: bool) -> str:
    if reward.percent_millionths == _WHOLE:
        return words.say("free")
    if reward.percent_millionths is not None:
        return words.say("{percent} off", percent=words.percent(reward.percent_millionths))
    if reward.amount is not None:
        amount = words.money(Money(reward.amount, currency))
        return words.say("{amount} off each", amount=amount) if each else words.say("{amount} off", amount=amount)
    price = words.money(Money(reward.price or 0, currency))
    return words.say("{price} each", price=price) if each else words.say("for {price}", price=price)


def selection_words(items: Selection, words: Wording, name_of: NameOf = str, *, names_max: int = _NAMES_MAX) -> str:
    """Which items, the first few by name."""
    named = [*map(name_of, items.items), *items.departments, *items.families, *items.flags]
    said = words.say("All items") if items.all else few(named, words, names_max)
    excluded = [*map(name_of, items.not_items), *items.not_departments, *items.not_families, *items.not_flags]
    return (
        words.say("{items} without {excluded}", items=said, excluded=few(excluded, words, names_max))
        if excluded
        else said
    )


def few(names: Iterable[str], words: Wording, names_max: int = _NAMES_MAX) -> str:
    """The first few names, and how many more there are."""
    left = iter(names)
    said = ", ".join(islice(left, names_max))
    more = sum(1 for _ in left)
    return words.count("{names} and {n} more", "{names} and {n} more", more, names=said) if more else said


def conditions_words(promotion: Promotion, words: Wording) -> str:
    """When and for whom it holds, and how often; nothing where it always does."""
    asked = promotion.conditions
    limit = promotion.limit
    said = (
        days_words(asked, words),
        weekdays_words(asked.weekdays, words) if asked.weekdays else "",
        hours_words(asked.hours, words) if asked.hours else "",
        words.say("for {who}", who=few((*asked.tiers, *asked.groups), words)) if asked.tiers or asked.groups else "",
        words.say("with a coupon") if asked.coupon is not None else "",
        words.count("{n} time a receipt at most", "{n} times a receipt at most", limit) if limit is not None else "",
    )
    return " · ".join(filter(None, said))


def days_words(asked: Conditions, words: Wording) -> str:
    """From when to when; nothing where it always holds."""
    starts = None if asked.starts is None else _moment(asked.starts, words)
    # The end is the first moment it is over: a day's midnight means the day before.
    ends = None if asked.ends is None else _moment(asked.ends, words, last=True)
    if starts is not None and ends is not None:
        return words.say("{first} to {last}", first=starts, last=ends)
    if starts is not None:
        return words.say("since {first}", first=starts)
    return "" if ends is None else words.say("until {last}", last=ends)


def _moment(at: datetime, words: Wording, *, last: bool = False) -> str:
    if not (at.hour or at.minute):
        return words.short_day(at.date() - timedelta(days=1) if last else at.date())
    return f"{words.short_day(at.date())} {words.time(at)}"


def weekdays_words(weekdays: Iterable[int], words: Wording) -> str:
    """Days of the week, 0 is Monday."""
    return ", ".join(words.weekday(day) for day in weekdays)


def hours_words(hours: Iterable[Hours], words: Wording) -> str:
    """Parts of the day: "14:00–16:00"."""
    midnight = datetime.combine(date(2000, 1, 1), datetime.min.time())

    def said(minute: int) -> str:
        return "24:00" if minute == 24 * 60 else words.time(midnight + timedelta(minutes=minute))

    return ", ".join(f"{said(each.start)}–{said(each.end)}" for each in hours)


def why_not_words(passed: PassedOver, outcome: PromotionOutcome, currency: str, words: Wording) -> str:
    """Why a promotion whose items are here gave nothing, and what would make it count."""
    name, asked = passed.promotion.name_in(words.language), passed.promotion.conditions
    match passed.why:
        case WhyNot.NOT_YET if asked.starts is not None:
            return words.say("{name} not used. It begins {moment}.", name=name, moment=_moment(asked.starts, words))
        case WhyNot.NOT_TODAY:
            days = weekdays_words(asked.weekdays, words)
            return words.say("{name} not used. It holds only on: {days}.", name=name, days=days)
        case WhyNot.NOT_THIS_HOUR:
            return words.say(
                "{name} not used. It holds only {hours}.", name=name, hours=hours_words(asked.hours, words)
            )
        case WhyNot.NEEDS_TIER | WhyNot.NEEDS_GROUP:
            who = few(asked.tiers if passed.why is WhyNot.NEEDS_TIER else asked.groups, words)
            return words.say("{name} not used. It is for customers of {who}.", name=name, who=who)
        case WhyNot.NEEDS_COUPON:
            return words.say("{name} not used. It wants its coupon; scan that.", name=name)
        case WhyNot.NEEDS_MORE:
            return words.say("{name} not used yet. It wants more of its items.", name=name)
        case WhyNot.OTHER_BETTER:
            return _other_better(passed, outcome, currency, words)
    return words.say("{name} not used. It would not make anything cheaper.", name=name)


def _other_better(passed: PassedOver, outcome: PromotionOutcome, currency: str, words: Wording) -> str:
    name, by = passed.promotion.name_in(words.language), passed.facts.get("by")
    taken = few(promotion_names(by if isinstance(by, tuple) else (), outcome, words), words)
    would = passed.facts.get("would")
    amount = words.amount(Money(would if isinstance(would, int) else 0, currency))
    return words.say(
        "{name} not used. It would give {amount} and cannot be combined with: {others}.",
        name=name,
        amount=amount,
        others=taken,
    )


def promotion_names(ids: Iterable[str], outcome: PromotionOutcome, words: Wording) -> list[str]:
    """What promotions of this outcome are called."""
    known = {each.promotion.id: each.promotion for each in outcome.applied}
    known |= {each.promotion.id: each.promotion for each in outcome.passed_over}
    return [known[each].name_in(words.language) if each in known else each for each in ids]


def one_more_words(more: OneMore, currency: str, words: Wording, name_of: NameOf = str) -> str:
    """What a little more would bring."""
    items = selection_words(more.items, words, name_of)
    if more.missing_amount:
        missing = words.money(Money(more.missing_amount, currency))
    else:
        missing = words.quantity(Quantity(more.missing, Unit.PIECE))
    if more.saves is None:
        return words.say("It wants {missing} more of: {items}.", missing=missing, items=items)
    saves = words.amount(Money(more.saves, currency))
    return words.say("{missing} more would save {amount}: {items}.", missing=missing, amount=saves, items=items)
