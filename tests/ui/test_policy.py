"""The return policy in its window: read by rule, compared by version, put on paper, and switched on from a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.domain.refusal import Refused
from pos.ui.policy.screen import PolicyScreen
from tests.lane import DANA, Lane, copy_of_demo, open_lane
from tests.screens_returns import press

OLD = """policy: 1
name: House rules
rules:
  - {id: R1, window: {days: 30}}
  - {id: R2, final_sale: {}, for: {flag: clearance}, override: none}
"""
NEW = OLD.replace("days: 30", "days: 45").replace("R2", "R3")


@pytest.fixture
def lane(tmp_path: Path, qapp: QApplication) -> Iterator[Lane]:
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.open_till(50_000)
    yield lane
    lane.close()


def opened(lane: Lane) -> PolicyScreen:
    lane.trigger("shell.keys.lock")
    lane.sign_in(DANA)
    lane.shell.open_place("policy")
    screen = lane.shell.screen_shown
    assert isinstance(screen, PolicyScreen)
    return screen


def with_policy(lane: Lane) -> PolicyScreen:
    screen = opened(lane)
    assert not isinstance(lane.opened.workstation.policies.put(OLD, date(2026, 11, 1)), Refused)
    screen.enter()
    return screen


def said(screen: PolicyScreen) -> list[tuple[str, str, str]]:
    return [(row.name, row.detail, row.figure) for row in screen.list.found.rows]


def test_without_a_policy_it_says_what_holds(lane: Lane) -> None:
    screen = opened(lane)
    assert not screen.empty.isHidden()
    assert screen.name_of_version.text() == "Kassa’s own"


def test_each_rule_is_read_and_the_chosen_one_is_told_whole(lane: Lane) -> None:
    screen = with_policy(lane)
    assert said(screen) == [
        ("Everything", "May be returned within 30 days.", ""),
        ("Marked clearance", "Sold as final: not taken back.", ""),
    ]
    press(lane, "Down")
    assert screen.card.rule.text() == "R2"
    assert screen.card.override.text() == "Nobody decides otherwise."
    screen.field.set_text("final")
    screen.field.edited.emit("final")
    assert [row.id for row in screen.list.found.rows] == ["R2"]


def test_thirty_days_become_forty_five_from_next_month_and_last_weeks_sale_keeps_its_own(
    lane: Lane, tmp_path: Path
) -> None:
    screen = with_policy(lane)
    path = tmp_path / "new.yaml"
    path.write_text(NEW, "utf-8")
    screen.look_at(path)
    assert [(row.id, row.figure) for row in screen.list.found.rows] == [
        ("R1", "changed"),
        ("R3", "new"),
        ("R2", "gone"),
    ]
    assert screen.card.before.text() == "Before: May be returned within 30 days."
    screen.field.set_text("12/1/2026")
    screen.field.submitted.emit("12/1/2026")
    press(lane, "F12")
    policies = lane.opened.workstation.policies
    assert [rule.id for rule in policies.in_force(date(2026, 11, 30)).rules] == ["R1", "R2"]
    assert [rule.id for rule in policies.in_force(date(2026, 12, 1)).rules] == ["R1", "R3"]
    assert not screen.banner.isHidden()
    assert screen.name_of_version.text() == "Version 2 · House rules"
    press(lane, "Alt+Left")
    assert screen.name_of_version.text() == "Version 1 · House rules"


def test_a_file_that_is_no_policy_is_refused_by_its_line_and_changes_nothing(lane: Lane, tmp_path: Path) -> None:
    screen = with_policy(lane)
    path = tmp_path / "new.yaml"
    path.write_text("policy: 1\nrules:\n  - {id: R1, windw: {days: 3}}\n", "utf-8")
    screen.look_at(path)
    assert screen.draft is None
    assert not screen.banner.isHidden()
    path.write_bytes(b"\xff\xfe\x00\x01\x02")
    screen.look_at(path)
    assert screen.draft is None
    assert len(screen.versions) == 1


def test_esc_puts_a_file_away_before_it_leaves(lane: Lane, tmp_path: Path) -> None:
    screen = with_policy(lane)
    path = tmp_path / "new.yaml"
    path.write_text(NEW, "utf-8")
    screen.look_at(path)
    press(lane, "Esc")
    assert screen.draft is None
    assert lane.shell.screen_shown is screen
    assert len(screen.versions) == 1


def test_poster_and_crib_sheet_are_saved(lane: Lane, tmp_path: Path) -> None:
    screen = with_policy(lane)
    press(lane, "F7")
    press(lane, "F8")
    names = {path.name for path in (tmp_path / "home" / "reports").iterdir()}
    assert names == {"return-policy-1-en.pdf", "return-crib-sheet-1-en.pdf"}
    assert screen.draft is None


def test_a_cashier_reads_it_and_switches_nothing_on(lane: Lane) -> None:
    lane.shell.open_place("policy")
    screen = lane.shell.screen_shown
    assert isinstance(screen, PolicyScreen)
    shown = {action.objectName() for action in screen.actions() if action.isVisible()}
    assert "policy.keys.browse" not in shown
    assert "policy.keys.switch" not in shown
