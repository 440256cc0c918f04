"""Words about items that several of their screens say."""

from __future__ import annotations

from pos.domain.money import Unit
from pos.speech import N_
from pos.wording import Wording

_UNITS = {
    Unit.PIECE: N_("piece"),
    Unit.KG: N_("kilogram"),
    Unit.LB: N_("pound"),
    Unit.METRE: N_("metre"),
    Unit.LITRE: N_("litre"),
}


def unit_name(unit: Unit, words: Wording) -> str:
    """A unit in full, as it stands after "one"."""
    return words.say(_UNITS[unit])
