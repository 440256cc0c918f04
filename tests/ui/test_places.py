"""Places: the rail and More lead to what the operator may see, each screen built at its first visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from pos.domain.staff import Operator, Permission, Role
from pos.ui import places, shell
from pos.ui.fittings import Fittings
from pos.ui.places import MORE, PLACES, SELL, Place, places_for
from pos.ui.shared.screen import Screen
from tests.lane import DANA, MUG, Lane, open_lane


class Shed(Screen):
    """A screen as plain as can be."""

    @property
    def title(self) -> str:
        return "Shed"


def shed(fittings: Fittings) -> Screen:
    return Shed("shed", fittings.words)


def cellar(fittings: Fittings) -> Screen:
    return Shed("cellar", fittings.words)


EXTRA = (
    Place("shed", "home", "Shed", 6, None, "", shed),
    Place("cellar", "home", "Cellar", 0, Permission.MANAGE_ITEMS, "What lies below", cellar),
)


@pytest.fixture
def yard(qapp: QApplication, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lane]:
    """Return a till that has two more places."""
    del qapp
    own = tuple(place for place in PLACES if place.name in {SELL, MORE})
    monkeypatch.setattr(places, "PLACES", (*own, *EXTRA))
    monkeypatch.setattr(shell, "PLACES", (*own, *EXTRA))
    lane = open_lane(home)
    yield lane
    lane.close()


def test_who_lacks_the_permission_does_not_see_the_place() -> None:
    known = (Place(SELL, "sell", "Sell", 1), Place(MORE, "sell", "More", 8), *EXTRA)
    maya, dana = Operator("1", "Maya", Role.CASHIER), Operator("2", "Dana", Role.MANAGER)
    assert [place.name for place in places_for(maya, known)] == [SELL, "shed"]
    assert [place.name for place in places_for(dana, known)] == [SELL, "shed", MORE, "cellar"]
    assert [place.name for place in places_for(None, known)] == [SELL, "shed"]


def test_every_place_has_its_own_name_and_number() -> None:
    assert len({place.name for place in PLACES}) == len(PLACES)
    numbers = [place.number for place in PLACES if place.number]
    assert len(set(numbers)) == len(numbers)
    assert all(1 <= number <= 8 for number in numbers)
    assert all(place.factory is not None for place in PLACES if place.name not in (SELL, MORE))


def test_a_screen_is_built_when_it_is_first_visited(yard: Lane) -> None:
    yard.open_till()
    assert "shed" not in yard.shell.visited
    yard.trigger("shell.keys.place_shed")
    assert yard.shell.screen_shown is yard.shell.visited["shed"]
    assert yard.shell.rail.buttons["shed"].isChecked()
    yard.trigger("shell.keys.place_sell")
    assert yard.shell.screen_shown is yard.shell.sell
    assert yard.shell.rail.buttons["sell"].isChecked()


def test_more_leads_on_and_esc_back_to_the_sale(yard: Lane) -> None:
    yard.sign_in(DANA)
    yard.opened.workstation.tills.open_till(0)
    yard.shell.open_till.opened.emit()
    yard.trigger("shell.keys.place_more")
    yard.trigger("more.keys.entry1")
    assert yard.shell.screen_shown.name == "cellar"
    assert yard.shell.rail.buttons["more"].isChecked()
    yard.shell.screen_shown.back_wanted.emit()
    assert yard.shell.screen_shown is yard.shell.sell


def test_a_place_the_operator_does_not_see_stays_shut(yard: Lane) -> None:
    yard.open_till()
    key = yard.window.findChild(QAction, "shell.keys.place_cellar")
    assert key is not None
    assert not key.isEnabled()
    yard.shell.open_place("cellar")
    assert yard.shell.screen_shown is yard.shell.sell


def test_a_scan_no_screen_wants_goes_to_the_sale(yard: Lane) -> None:
    yard.open_till()
    yard.shell.open_place("shed")
    yard.window.scanned(MUG)
    assert yard.shell.screen_shown is yard.shell.sell
    assert yard.shell.sell.basket.model.rowCount() == 1


def test_what_concerns_the_till_is_said_above_a_screen_without_a_banner(yard: Lane) -> None:
    yard.open_till()
    yard.shell.open_place("shed")
    yard.shell.tell("The printer is out of paper.")
    assert yard.shell.above.banner.isVisible()
    yard.shell.open_place("sell")
    assert not yard.shell.above.banner.isVisible()


def test_a_place_is_a_value() -> None:
    assert replace(EXTRA[0], number=4).key == "Ctrl 4"
    assert EXTRA[1].key == ""


def test_while_somebody_pays_the_rail_steps_back_and_still_leads(lane: Lane) -> None:
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    bright = lane.shell.rail.buttons["journal"].grab().toImage()
    lane.trigger("sell.keys.pay")
    assert lane.shell.rail.buttons["journal"].grab().toImage() != bright
    lane.trigger("pay.keys.back")
    assert lane.shell.rail.buttons["journal"].grab().toImage() == bright
