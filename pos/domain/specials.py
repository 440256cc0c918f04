"""Which promotions are today's: pure questions about what a promotion asks of the clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from pos.domain.promotion import Conditions, Promotion


def on_today(asked: Conditions, at: datetime) -> bool:
    """Whether it holds now or later this day; `at` is on the shop's clock, without its zone."""
    tomorrow = datetime.combine(at.date() + timedelta(days=1), time())
    if asked.starts is not None and asked.starts >= tomorrow:
        return False
    if asked.ends is not None and asked.ends <= at:
        return False
    if asked.weekdays and at.weekday() not in asked.weekdays:
        return False
    return not asked.hours or any(hours.end > _minute(at) for hours in asked.hours)


def on_now(asked: Conditions, at: datetime) -> bool:
    """Whether it holds this moment, as far as the clock decides."""
    if not on_today(asked, at) or (asked.starts is not None and asked.starts > at):
        return False
    return not asked.hours or any(hours.start <= _minute(at) < hours.end for hours in asked.hours)


def for_everybody(promotion: Promotion) -> bool:
    """Whether it asks for no coupon and no sort of customer."""
    asked = promotion.conditions
    return asked.coupon is None and not asked.tiers and not asked.groups


def came_at(promotion: Promotion, written: datetime) -> datetime:
    """Since when people can meet it as it is: its version was `written`, and it has begun."""
    starts = promotion.conditions.starts
    return written if starts is None else max(written, starts)


def _minute(at: datetime) -> int:
    return at.hour * 60 + at.minute
