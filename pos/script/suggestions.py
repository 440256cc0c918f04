"""`suggestions` of a lane script: what goes with what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pos.domain.suggestion import SuggestionPair, Trigger, wrong_pair
from pos.script.fields import Part, unknown_key
from pos.script.read import ScriptError
from pos.wording import N_

_KEYS = {"wanted": "with", "ends": "to"}


def read_suggestions(script: Part, items: Collection[str], *, new: bool) -> tuple[SuggestionPair, ...]:
    """`items` are those of the script; a shop that is not `new` may have others where the script names none.

    Raises ScriptError for a pair that cannot be.
    """
    pairs = []
    for number, row in enumerate(script.parts("suggestions"), start=1):
        pairs.append(_suggestion(number, row))
        for key in ("with", "item"):
            named = row.text(key)
            if named is not None and named not in items and (items or new):
                raise unknown_key(named, items, row.line_of(key))
    return tuple(pairs)


def _suggestion(number: int, row: Part) -> SuggestionPair:
    row.keys(("with", "department", "item", "say", "from", "to"))
    named = row.text("with")
    if named is not None and row.get("department") is not None:
        message = N_("“{key}” does not go with “{other}”.")
        raise ScriptError(row.line_of("department"), message, key="department", other="with")
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
