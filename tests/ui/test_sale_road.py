"""The road of a sale: what comes after ringing up is built when it is wanted, or shortly after somebody signed in."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from pos.ui.sale_road import SaleRoad
from tests.lane import MUG, Lane

LATER = ("pay", "done", "card")


def built(road: SaleRoad) -> list[str]:
    return [name for name in LATER if name in vars(road)]


def test_only_the_sale_stands_before_anybody_signed_in_and_the_rest_comes_by_itself(lane: Lane, qtbot: QtBot) -> None:
    road = lane.shell.road
    names = [screen.name for screen in lane.shell.screens]
    assert built(road) == []
    assert not {*LATER, "open_till"} & set(names)
    lane.sign_in()
    qtbot.waitUntil(lambda: built(road) == list(LATER), timeout=10_000)
    assert {screen.name for screen in lane.shell.screens} >= {*names, *LATER}


def test_whoever_pays_at_once_gets_the_payment_at_once(lane: Lane) -> None:
    lane.open_till()
    lane.window.scanned(MUG)
    assert "done" not in built(lane.shell.road)
    lane.trigger("sell.keys.pay")
    assert lane.shell.screen_shown.name == "pay"
    lane.trigger("pay.keys.complete")
    assert lane.shell.screen_shown.name == "done"


def test_all_keys_can_be_seen_though_nobody_paid_yet(lane: Lane) -> None:
    names = {action.objectName() for action in lane.shell.key_map.all()}
    assert {name.partition(".")[0] for name in names} >= {"sell", "pay", "done"}
