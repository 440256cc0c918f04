"""Whether a promotion holds, and what is wrong with a field of one, in words."""

from __future__ import annotations

from datetime import datetime

from pos.domain.names import StrEnum
from pos.domain.promotion import Promotion
from pos.speech import N_
from pos.strict_yaml import FileFault
from pos.wording import Wording


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


def fault_said(fault: FileFault, words: Wording, field: str = "") -> str:
    """What is wrong; `field` is the name of its field in place of the word of the file."""
    values = fault.values | ({"key": field} if field and "key" in fault.values else {})
    return words.say(fault.message, **values)
