"""The place of the pairs: what they brought, and adding, changing and removing one."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.suggestion import Trigger
from pos.ui.suggestions.screen import SuggestionsScreen
from tests.lane import DANA, Lane


@pytest.fixture
def place(lane: Lane) -> SuggestionsScreen:
    lane.open_till()
    lane.shell.lock()
    lane.sign_in(DANA)
    lane.shell.open_place("suggestions")
    screen = lane.shell.findChild(SuggestionsScreen)
    assert isinstance(screen, SuggestionsScreen)
    return screen


def pairs(lane: Lane) -> list[tuple[Trigger, str, str, str]]:
    views = lane.opened.workstation.suggestions.pairs()
    return [(view.pair.trigger, view.pair.wanted, view.pair.item, view.pair.say) for view in views]


def fill(place: SuggestionsScreen, **texts: str) -> None:
    for name, text in texts.items():
        place.fields[name].set_text(text)


def test_a_pair_is_added_by_name_changed_and_removed(lane: Lane, place: SuggestionsScreen) -> None:
    before = pairs(lane)
    place.begin()
    fill(place, wanted="bakery", item="Salted butter 8 oz", say="Butter with it?", ends="2026-12-31")
    place.save()
    assert set(pairs(lane)) - set(before) == {(Trigger.DEPARTMENT, "Bakery", "2103", "Butter with it?")}
    new = max(view.pair.id for view in lane.opened.workstation.suggestions.pairs())
    place.list.choose(str(new))
    place._show_pair(str(new))
    assert place.fields["item"].text == "Salted butter 8 oz"
    fill(place, say="")
    place.save()
    assert (Trigger.DEPARTMENT, "Bakery", "2103", "") in pairs(lane)
    place._show_pair(str(new))
    place.remove()
    assert pairs(lane) == before


def test_what_cannot_be_is_said_at_its_field(lane: Lane, place: SuggestionsScreen) -> None:
    before = pairs(lane)
    place.begin()
    fill(place, wanted="Rye bread", item="no such thing")
    place.save()
    assert place.fields["item"].refusal
    fill(place, item="Salted butter 8 oz", starts="tomorrow")
    place.save()
    assert place.fields["starts"].refusal
    assert pairs(lane) == before
    fill(place, wanted="bakery", starts="24. 12. 2026", ends="2026-12-31")
    place.save()
    added = [view.pair for view in lane.opened.workstation.suggestions.pairs()][-1]
    assert (added.starts, added.ends) == (date(2026, 12, 24), date(2026, 12, 31)), "as people write a day"
