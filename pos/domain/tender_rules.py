"""One tender as a shop takes it: part of the shop's rules, so a later reader knows how it was taken then."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.tender import TenderKind


@dataclass(frozen=True, slots=True)
class TenderRule:
    """How the shop takes one kind of tender, or a type of its own (kind OTHER). Amounts in minor units, 0 is no bound.

    `words` name a type of the shop's own. `least` and `most` bound one tender; more than `alone` in one sale needs
    somebody who may. `asks_reference`: a number is noted with it. `gives_change`: more than is due may be handed over.
    `departments` are the only ones it pays for (none: all), `not_for` are flags of items it never pays for.
    `refund_to` is how it goes back: a kind, or `same`.
    """

    code: str
    kind: TenderKind
    words: str = ""
    active: bool = True
    least: int = 0
    most: int = 0
    alone: int = 0
    asks_reference: bool = False
    gives_change: bool = False
    opens_drawer: bool = False
    refund_to: str = "same"
    departments: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
