"""The return policy written in forms by keyboard: changed, tried against its own reader, kept, and switched on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.money import Quantity
from pos.domain.refusal import Refused
from pos.domain.return_decision import Verdict
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.return_rules import NoReceipt, Window
from pos.domain.transaction import Transaction
from pos.ui.policy.entries import LineEntry
from pos.ui.policy.screen import PolicyScreen
from tests.lane import DANA, MUG, Lane, copy_of_demo, open_lane, sold
from tests.screens_returns import press

_DAY = 86_400
RULES = """policy: 1
name: House rules
rules:
  - {id: R1, window: {days: 30}}
  - {id: R2, final_sale: {}, for: {flag: clearance}, override: none}
"""


@pytest.fixture
def lane(tmp_path: Path, qtbot: QtBot) -> Iterator[Lane]:
    del qtbot
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.open_till(50_000)
    yield lane
    lane.close()


def opened(lane: Lane) -> PolicyScreen:
    """The window as a manager has it, with two rules in force."""
    lane.trigger("shell.keys.lock")
    lane.sign_in(DANA)
    assert not isinstance(lane.opened.workstation.policies.put(RULES, date(2026, 11, 1)), Refused)
    return shown(lane)


def shown(lane: Lane) -> PolicyScreen:
    lane.shell.open_place("policy")
    screen = lane.shell.screen_shown
    assert isinstance(screen, PolicyScreen)
    return screen


def types(screen: PolicyScreen, field: str, text: str) -> None:
    """As fingers do: all that stands in the field is typed over."""
    entry = screen.form.entries[field]
    assert isinstance(entry, LineEntry)
    entry.setFocus()
    QTest.keyClick(entry.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(entry.editor, text) if text else QTest.keyClick(entry.editor, Qt.Key.Key_Delete)
    QApplication.processEvents()


def figures(screen: PolicyScreen) -> dict[str, str]:
    return {row.id: row.figure for row in screen.list.found.rows}


def test_a_manager_makes_thirty_days_forty_five_from_next_month_and_last_weeks_sale_keeps_its_own(lane: Lane) -> None:
    screen = opened(lane)
    press(lane, "F2")
    types(screen, "window.days", "45")
    assert screen.form.says.text() == "May be returned within 45 days."
    press(lane, "Esc")
    assert figures(screen) == {"R1": "changed", "R2": ""}
    assert screen.card.before.text() == "Before: May be returned within 30 days."
    press(lane, "F10")
    press(lane, "F12")
    assert screen.name_of_version.text() == "Version 2 · House rules"
    assert "Dana" in screen.state.text()
    policies = lane.opened.workstation.policies
    for day, days in ((date(2026, 11, 14), 30), (date(2026, 11, 30), 30), (date(2026, 12, 1), 45)):
        (window,) = policies.in_force(day).of(Window)
        assert window.days == days
    assert policies.drafts.kept() is None
    press(lane, "F7")
    assert not screen.banner.isHidden()


def test_a_sale_of_before_is_judged_by_the_version_before_and_one_of_next_month_by_the_new(
    lane: Lane, tmp_path: Path
) -> None:
    before = sold(lane, MUG)
    screen = opened(lane)
    press(lane, "F2")
    types(screen, "window.days", "45")
    press(lane, "Esc")
    press(lane, "F10")
    press(lane, "F12")
    other = open_lane(tmp_path / "home", number=2)
    other.clock.move(12 * _DAY)
    other.open_till(50_000)
    after = sold(other, MUG)
    other.clock.move(35 * _DAY)
    told = [other.opened.workstation.returns.quote(back(sale)) for sale in (before, after)]
    decisions = [one.decision for one in told if not isinstance(one, Refused)]
    assert [one.version for one in decisions] == [1, 2]
    assert [one.lines[0].verdict for one in decisions] == [Verdict.REFUSED_OVERRIDABLE, Verdict.ALLOWED]
    other.close()


def back(sale: Transaction) -> ReturnRequest:
    """Its first line comes back."""
    return ReturnRequest(sale.id, lines=(LineAsked(1, Quantity.pieces(1)),))


def test_a_wrong_value_is_said_at_its_field_and_nothing_can_be_switched_on(lane: Lane) -> None:
    screen = opened(lane)
    press(lane, "F2")
    types(screen, "window.days", "4x")
    entry = screen.form.entries["window.days"]
    assert isinstance(entry, LineEntry)
    assert entry.field.refusal == "“Days” is to be a whole number from 0 to 36500, not “4x”."
    press(lane, "Esc")
    assert figures(screen)["R1"] == "not ready"
    assert screen.draft is None
    press(lane, "F12")
    assert len(screen.versions) == 1


def test_a_role_or_reason_this_shop_has_not_got_is_said_at_its_field(lane: Lane, tmp_path: Path) -> None:
    screen = opened(lane)
    file = tmp_path / "file.yaml"
    rule = "{id: R1, window: {days: 30}, for: {reason: [moonlight]}, override: manger}"
    file.write_text(f"policy: 1\nrules:\n  - {rule}\n", "utf-8")
    screen.look_at(file)
    assert "1 rule is not ready." in screen.state.text()
    assert figures(screen)["R1"] == "not ready"
    screen.list.choose("R1")
    press(lane, "F2")
    override = screen.form.entries["override"]
    assert isinstance(override, LineEntry)
    assert "This shop has no “manger”" in override.field.refusal
    screen.form.fill("override", "manager")
    reason = screen.form.entries["for.reason"]
    assert isinstance(reason, LineEntry)
    assert "This shop has no “moonlight”" in reason.field.refusal
    types(screen, "for.reason", "changed_mind")
    assert not reason.field.refusal
    assert "not ready" not in screen.state.text()


def test_what_was_typed_is_on_the_disk_whatever_becomes_of_the_till(lane: Lane, tmp_path: Path) -> None:
    screen = opened(lane)
    press(lane, "F2")
    types(screen, "window.days", "60")
    screen.keep()
    again = open_lane(tmp_path / "home", number=2)
    again.sign_in(DANA)
    screen = shown(again)
    assert figures(screen) == {"R1": "changed", "R2": ""}
    assert "Dana" in screen.state.text()
    press(again, "Alt+D")
    assert screen.work.draft is None
    assert again.opened.workstation.policies.drafts.kept() is None
    again.close()


def test_looking_at_a_form_makes_no_draft(lane: Lane) -> None:
    screen = opened(lane)
    press(lane, "F2")
    press(lane, "Esc")
    assert screen.work.draft is None
    assert lane.opened.workstation.policies.drafts.kept() is None


def test_a_new_rule_is_of_a_kind_from_the_list_and_says_what_is_missing(lane: Lane) -> None:
    screen = opened(lane)
    press(lane, "F6")
    screen.field.set_text("receipt")
    screen.field.edited.emit("receipt")
    assert "no_receipt" in figures(screen)
    screen.list.choose("no_receipt")
    press(lane, "F12")
    types(screen, "no_receipt.limit.0.days", "365")
    assert "names no amount" in screen.form.why_not.text()
    types(screen, "no_receipt.limit.0.amount", "100")
    assert screen.form.why_not.text() == ""
    assert "no_receipt.limit.1.days" in screen.form.entries
    press(lane, "Esc")
    assert figures(screen) == {"R1": "", "N1": "new", "R2": ""}
    assert screen.draft is not None
    rule = screen.draft[1].rule("N1")
    assert isinstance(rule, NoReceipt)
    assert rule.limits[0].amount == 10_000


def test_rules_are_copied_moved_and_removed_and_a_removed_one_is_put_back(lane: Lane) -> None:
    screen = opened(lane)
    press(lane, "F5")
    assert list(figures(screen)) == ["R1", "R3", "R2"]
    assert figures(screen)["R3"] == "not ready"
    press(lane, "Alt+Down")
    assert list(figures(screen)) == ["R1", "R2", "R3"]
    press(lane, "Del")
    assert figures(screen) == {"R1": "", "R2": ""}
    press(lane, "Del")
    assert figures(screen) in ({"R2": "", "R1": "gone"}, {"R1": "", "R2": "gone"})
    gone = next(id_ for id_, figure in figures(screen).items() if figure == "gone")
    screen.list.choose(gone)
    press(lane, "F2")
    assert figures(screen) == {"R1": "", "R2": ""}
    assert list(figures(screen)) == ["R1", "R2"]


def test_a_department_is_picked_by_its_letters(lane: Lane) -> None:
    screen = opened(lane)
    press(lane, "F2")
    screen.form.open_field("for.category")
    types(screen, "for.category", "cloth")
    assert "Clothing" in screen.form.picks.buttons
    press(lane, "Alt+1")
    assert screen.form.written["for"] == {"category": ["Clothing"]}
    assert screen.form.about.text() == "Department Clothing"


def test_another_version_meanwhile_is_said_and_compared_with(lane: Lane) -> None:
    screen = opened(lane)
    press(lane, "F2")
    types(screen, "window.days", "45")
    press(lane, "Esc")
    other = RULES.replace("days: 30", "days: 20")
    assert not isinstance(lane.opened.workstation.policies.put(other, date(2026, 11, 25)), Refused)
    press(lane, "F12")
    assert not screen.banner.isHidden()
    assert len(screen.versions) == 2
    assert screen.card.before.text() == "Before: May be returned within 20 days."
    press(lane, "F12")
    assert len(screen.versions) == 3


def test_the_head_has_its_form_and_a_file_that_is_looked_at_can_be_written_on(lane: Lane, tmp_path: Path) -> None:
    screen = opened(lane)
    path = tmp_path / "new.yaml"
    path.write_text(RULES.replace("days: 30", "days: 14"), "utf-8")
    screen.look_at(path)
    press(lane, "F11")
    types(screen, "name", "Summer rules")
    press(lane, "Esc")
    assert screen.work.kept
    assert screen.name_of_version.text() == "A draft: Summer rules"
    assert "the head says something else" in screen.state.text()
    press(lane, "F9")
    (saved,) = (tmp_path / "home" / "reports").glob("*.yaml")
    assert 'name: "Summer rules"' in saved.read_text("utf-8")


def test_a_cashier_reads_and_writes_nothing(lane: Lane) -> None:
    screen = shown(lane)
    named = {action.objectName() for action in screen.actions() if action.isVisible()}
    assert not named & {f"policy.keys.{key}" for key in ("edit", "new", "copy", "remove", "head", "throw")}
    press(lane, "F6")
    assert not screen.choosing_kind
