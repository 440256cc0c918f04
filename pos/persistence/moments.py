"""Moments as the tables keep them: UTC text that sorts as time does."""

from __future__ import annotations

from datetime import datetime

from pos.domain.journal import moment_text as to_text

__all__ = ["from_text", "to_text", "to_the_millisecond"]


def from_text(text: str) -> datetime:
    """The aware moment a table holds. Raises ValueError for a spelling that `to_text` does not write."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or to_text(moment) != text:
        raise ValueError(f"{text!r} is no moment as the tables keep them")
    return moment


def to_the_millisecond(moment: datetime) -> datetime:
    """The moment as it will be read back."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
