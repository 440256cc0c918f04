"""A manager changes the return policy in the windows: in a form, tried, switched on, and what comes of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.domain.money import Quantity
from pos.domain.refusal import Refused
from pos.domain.return_decision import Verdict
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.ui.policy.entries import LineEntry
from pos.ui.policy.screen import PolicyScreen
from pos.ui.policy_try.screen import PolicyTryScreen
from tests.lane import DANA, KETTLE, MUG, Lane, copy_of_demo, open_lane, sold
from tests.screens_returns import press
from tests.ui.test_policy_try import until_done

_DAY = 86_400
_RULES = "policy: 1\nname: House rules\nrules:\n  - {id: R1, window: {days: 30}}\n"


def shown(lane: Lane, place: str) -> object:
    lane.shell.open_place(place)
    return lane.shell.screen_shown


def test_thirty_days_become_forty_five_tried_first_and_last_weeks_sale_keeps_its_own(
    tmp_path: Path, qtbot: QtBot
) -> None:
    del qtbot
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    workstation = lane.opened.workstation
    lane.sign_in(DANA)
    today = lane.clock.moment.date()
    assert not isinstance(workstation.policies.put(_RULES, today), Refused)
    lane.open_till(50_000)
    last_week = sold(lane, MUG)
    lane.clock.move(7 * _DAY)
    lane.trigger("shell.keys.lock")
    lane.sign_in(DANA)

    policy = shown(lane, "policy")
    assert isinstance(policy, PolicyScreen)
    press(lane, "F2")
    days = policy.form.entries["window.days"]
    assert isinstance(days, LineEntry)
    days.editor.setFocus()
    QTest.keyClick(days.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(days.editor, "45")
    press(lane, "Esc")
    press(lane, "F10")

    press(lane, "F4")
    trying = lane.shell.screen_shown
    assert isinstance(trying, PolicyTryScreen)
    # Bought on the first day the new version is about, brought back forty days later.
    trying.form.fields["bought"].set_text("12/01/2026")
    trying.form.fields["back"].set_text("01/10/2027")
    trying.take_scan(KETTLE)
    until_done(trying.working)
    assert (trying.in_force.told[0], trying.draft.told[0]) == ("Not returnable", "Full refund")
    press(lane, "Esc")

    assert lane.shell.screen_shown is policy
    press(lane, "F12")
    until_done(policy.switching.working)
    assert policy.name_of_version.text() == "Version 2 · House rules"
    other = open_lane(tmp_path / "home", number=2)
    other.clock.move(14 * _DAY)
    other.open_till(50_000)
    next_month = sold(other, MUG)
    other.clock.move(40 * _DAY)
    asked = [ReturnRequest(one.id, lines=(LineAsked(1, Quantity.pieces(1)),)) for one in (last_week, next_month)]
    quotes = [other.opened.workstation.returns.quote(one) for one in asked]
    decisions = [quote.decision for quote in quotes if not isinstance(quote, Refused)]
    assert [(one.version, one.verdict) for one in decisions] == [
        (1, Verdict.REFUSED_OVERRIDABLE),
        (2, Verdict.ALLOWED),
    ]
    other.close()
    lane.close()
