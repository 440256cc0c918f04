"""`suggestions` of a lane script: what goes with what."""

from __future__ import annotations

from datetime import date

from pos.domain.suggestion import SuggestionPair, Trigger, wrong_pair
from pos.script.fields import Part

_KEYS = {"wanted": "with", "ends": "to"}


def read_suggestions(script: Part) -> tuple[SuggestionPair, ...]:
    """Raises ScriptError for a pair that cannot be."""
    return tuple(_suggestion(number, row) for number, row in enumerate(script.parts("suggestions"), start=1))


def _suggestion(number: int, row: Part) -> SuggestionPair:
    row.keys(("with", "department", "item", "say", "from", "to"))
    named = row.text("with")
    pair = SuggestionPair(
        id=number,
        trigger=Trigger.DEPARTMENT if named is None else Trigger.ITEM,
        wanted=row.needed("department") if named is None else named,
        item=row.needed("item"),
        say=row.text("say") or "",
        starts=_day(row, "from"),
        ends=_day(row, "to"),
    )
    wrong = wrong_pair(pair)
    if wrong:
        raise row.wrong(_KEYS.get(wrong, wrong))
    return pair


def _day(row: Part, key: str) -> date | None:
    text = row.text(key)
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise row.wrong(key) from error
