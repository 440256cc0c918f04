"""What goes with what is being sold: pairs the shop set, at most one suggestion a sale."""

from __future__ import annotations

from datetime import date

from pos.domain.basket import Basket, Suggested
from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum

SAY_CHARACTERS_MAX = 120
PAIRS_MAX = 500


class Trigger(StrEnum):
    """What a pair waits for."""

    ITEM = "item"
    DEPARTMENT = "department"


class Outcome(StrEnum):
    """What became of a suggestion: it was sold, refused with its key, or only seen."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class SuggestionPair:
    """With an item or anything of a department, another item is suggested; `say` is what the cashier may say.

    `id` is 0 before it is kept. It holds from `starts` to `ends`, both days included; None: without end.
    """

    id: int
    trigger: Trigger
    wanted: str
    item: str
    say: str = ""
    starts: date | None = None
    ends: date | None = None

    def holds(self, today: date) -> bool:
        return (self.starts is None or self.starts <= today) and (self.ends is None or today <= self.ends)


def wrong_pair(pair: SuggestionPair) -> str:
    """What of a pair cannot be, as the name of its field; empty where it can."""
    if not pair.wanted.strip():
        return "wanted"
    if not pair.item.strip() or (pair.trigger is Trigger.ITEM and pair.item == pair.wanted):
        return "item"
    if len(pair.say) > SAY_CHARACTERS_MAX or not pair.say.isprintable():
        return "say"
    if pair.starts is not None and pair.ends is not None and pair.ends < pair.starts:
        return "ends"
    return ""


def showing(basket: Basket) -> Suggested | None:
    """The suggestion a cashier sees now: not once it is declined, sold with the rest, or the customer pays."""
    suggested = basket.suggested
    if suggested is None or suggested.declined or basket.tenders or _sold(basket, suggested):
        return None
    return suggested


def outcome(basket: Basket) -> Outcome | None:
    """What became of the suggestion of this sale; None where there was none."""
    if basket.suggested is None:
        return None
    if _sold(basket, basket.suggested):
        return Outcome.ACCEPTED
    return Outcome.DECLINED if basket.suggested.declined else Outcome.SHOWN


def _sold(basket: Basket, suggested: Suggested) -> bool:
    return any(line.item == suggested.item for line in basket.lines)
