"""Promotions in a few words: what they give as a figure, their rule, until when, and the tag on a tile."""

from __future__ import annotations

from datetime import datetime, timedelta

from pos.domain.item import Item
from pos.domain.money import Money, Unit
from pos.domain.promotion import Bundle, BuyGet, Conditions, Each, GetOf, Promotion, Reward, TierBy, Tiers
from pos.services.specials import SpecialView
from pos.speech import N_
from pos.wording import Wording

_ALL = 1_000_000
_WEEK = timedelta(days=6)
_TO = (
    N_("to Monday"),
    N_("to Tuesday"),
    N_("to Wednesday"),
    N_("to Thursday"),
    N_("to Friday"),
    N_("to Saturday"),
    N_("to Sunday"),
)


def figure_of(special: SpecialView, currency: str, words: Wording) -> tuple[str, str]:
    """What it comes to in large figures, and the usual price to be struck out, where there is one."""
    kind = special.promotion.kind
    match kind:
        case Each() | Bundle():
            struck = "" if special.was is None else words.amount(Money(special.was, currency))
            return deal_of(kind.reward, currency, words), struck if kind.reward.price is not None else ""
        case BuyGet():
            if _free(kind.reward):
                return words.count("{n} free", "{n} free", kind.get), ""
            return deal_of(kind.reward, currency, words), ""
        case Tiers():
            return deal_of(kind.steps[-1].reward, currency, words), ""


def deal_of(reward: Reward, currency: str, words: Wording) -> str:
    """A reward as it stands on a sign: "−20%", "−2.00", "4.50", "free"."""
    if _free(reward):
        return words.say("free")
    if reward.percent_millionths is not None:
        return f"−{words.percent(reward.percent_millionths)}"
    if reward.amount is not None:
        return f"−{words.amount(Money(reward.amount, currency))}"
    return words.amount(Money(reward.price or 0, currency))


def detail_of(special: SpecialView, at: datetime, currency: str, words: Wording) -> str:
    """The rule, for whom, and until when."""
    asked = special.promotion.conditions
    rule = rule_of(special.promotion, special.item, currency, words)
    return " · ".join(filter(None, (rule, terms_of(asked, at, words))))


def terms_of(asked: Conditions, at: datetime, words: Wording) -> str:
    """For whom, and until when."""
    whose = words.say("for {who}", who=", ".join((*asked.tiers, *asked.groups))) if asked.tiers or asked.groups else ""
    coupon = words.say("with a coupon") if asked.coupon is not None else ""
    return " · ".join(filter(None, (whose, coupon, when_of(asked, at, words))))


def rule_of(promotion: Promotion, item: Item | None, currency: str, words: Wording) -> str:
    """What has to be bought, and what comes of it."""
    kind = promotion.kind
    match kind:
        case Each():
            return _each(kind, item, words)
        case BuyGet():
            return _buy_get(kind, currency, words)
        case Bundle(parts=(one,)):
            return words.say("{n} for {deal}", n=one.count, deal=deal_of(kind.reward, currency, words))
        case Bundle():
            return words.say("bought together")
        case Tiers():
            return _tiers(kind, currency, words)


def _each(kind: Each, item: Item | None, words: Wording) -> str:
    if item is not None and item.unit is not Unit.PIECE and kind.reward.percent_millionths is None:
        return words.say("per {unit}", unit=words.unit(item.unit))
    if kind.reward.price is not None:
        return words.say("new price")
    return words.say("off each") if kind.reward.amount is not None else words.say("off the price")


def _buy_get(kind: BuyGet, currency: str, words: Wording) -> str:
    if kind.of is GetOf.CHEAPEST and _free(kind.reward):
        return words.say("of {n}, the cheapest is free", n=kind.buy + kind.get)
    deal = deal_of(kind.reward, currency, words)
    if kind.of is GetOf.CHEAPEST:
        return words.say("of {n}, the cheapest: {deal}", n=kind.buy + kind.get, deal=deal)
    if kind.of is GetOf.OTHER:
        return words.say("buy {n}, what goes with it: {deal}", n=kind.buy, deal=deal)
    return words.say("buy {n}, and {more} more: {deal}", n=kind.buy, more=kind.get, deal=deal)


def _tiers(kind: Tiers, currency: str, words: Wording) -> str:
    first = kind.steps[0]
    deal = deal_of(first.reward, currency, words)
    if kind.by is TierBy.QUANTITY:
        return words.say("from {least} on: {deal}", least=words.number(first.at_least // 1000), deal=deal)
    least = words.amount(Money(first.at_least, currency))
    if kind.every:
        return words.say("each {least}: {deal}", least=least, deal=deal)
    return words.say("from {least} on: {deal}", least=least, deal=deal)


def when_of(asked: Conditions, at: datetime, words: Wording) -> str:
    """At which hours, and until when; empty for what is always on."""
    hours = next((each for each in asked.hours if each.end > at.hour * 60 + at.minute), None)
    said = []
    if hours is not None:
        said.append(f"{_clock(hours.start)}–{_clock(hours.end)}")
    elif asked.starts is not None and asked.starts > at:
        said.append(words.say("from {time}", time=words.time(asked.starts)))
    if asked.ends is not None:
        said.append(_end(asked.ends, at, words))
    return ", ".join(said)


def _end(ends: datetime, at: datetime, words: Wording) -> str:
    last = (ends - timedelta(microseconds=1)).date()
    midnight = ends.hour == ends.minute == 0
    if last == at.date():
        return words.say("last day") if midnight else words.say("to {time}", time=words.time(ends))
    if last - at.date() <= _WEEK:
        return words.say(_TO[last.weekday()])
    return words.say("to {day}", day=words.short_day(last))


def tag_of(promotion: Promotion, currency: str, words: Wording) -> str:
    """What stands on the tile of an item it makes cheaper: "−15%", "2 for 5", "3 for 2"."""
    kind = promotion.kind
    match kind:
        case BuyGet() if _free(kind.reward):
            return words.say("{n} for {deal}", n=kind.buy + kind.get, deal=kind.buy)
        case BuyGet() | Each():
            return deal_of(kind.reward, currency, words)
        case Bundle(parts=(one,)):
            return words.say("{n} for {deal}", n=one.count, deal=deal_of(kind.reward, currency, words))
        case Bundle():
            return words.say("Bundle")
        case Tiers():
            return deal_of(kind.steps[-1].reward, currency, words)


def say_of(promotion: Promotion, words: Wording) -> str:
    """What a cashier may say about it."""
    return promotion.say_in(words.language)


def _free(reward: Reward) -> bool:
    return reward.percent_millionths == _ALL or reward.price == 0


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
