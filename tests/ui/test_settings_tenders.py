"""The shop's ways to pay in its settings: bounds, what a manager agrees to, and types of the shop's own."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest

from pos.domain.tender import BY_RULE, TenderKind
from pos.domain.tender_type import tender_rule
from pos.ui.settings.rows import SettingRow
from pos.ui.settings.screen import SettingsScreen
from pos.ui.settings.tender_table import TenderRow, TenderTable
from tests.lane import DANA, Lane


@pytest.fixture
def screen(lane: Lane) -> SettingsScreen:
    lane.sign_in(DANA)
    lane.opened.workstation.tills.open_till(20000)
    lane.shell.open_till.opened.emit()
    lane.shell.open_place("settings")
    shown = lane.shell.screen_shown
    assert isinstance(shown, SettingsScreen)
    shown.turn_to("tenders")
    return shown


def card(screen: SettingsScreen) -> tuple[SettingRow, TenderTable]:
    row = next(row for row in screen.rows if row.entry.name == "tender_rules")
    assert isinstance(row.table, TenderTable)
    return row, row.table


def fill(row: TenderRow, name: str, text: str) -> None:
    row.cells[name].setFocus()
    row.cells[name].selectAll()
    QTest.keyClicks(row.cells[name], text)


def test_every_kind_the_program_knows_has_a_card_and_none_is_changed(screen: SettingsScreen) -> None:
    row, table = card(screen)
    kinds = list(BY_RULE)
    assert [each.line.split(" ", 1)[0] for each in table.rows if not each.own] == [kind.value for kind in kinds]
    assert not row.unsaved
    assert not any(each.fault for each in table.rows)


def test_a_type_of_the_shops_own_is_added_by_keys_and_taken(screen: SettingsScreen, lane: Lane) -> None:
    _, table = card(screen)
    many = len(table.rows)
    table.add.click()
    added = table.rows[many]
    assert screen.window().focusWidget() is added.cells["words"]
    assert added.fault
    QTest.keyClicks(added.cells["words"], "Swish retail")
    fill(added, "alone", "500")
    fill(added, "only", "Bakery, Home")
    added.refund.choose("cash")
    added.refund.activated.emit(added.refund.currentIndex())
    assert not added.fault
    screen.save()
    rules = lane.opened.workstation.desk.rules
    rule = next(rule for rule in rules.tender_rules if rule.words == "Swish retail")
    assert (rule.code, rule.kind, rule.alone, rule.asks_reference) == ("swish_retail", TenderKind.OTHER, 50_000, True)
    assert (rule.departments, rule.refund_to) == (("Bakery", "Home"), "cash")
    assert rule.code in {choice.rule.code for choice in lane.opened.workstation.tendering.choices()}
    _, table = card(screen)
    table.rows[many].remove.click()
    screen.save()
    assert tender_rule(lane.opened.workstation.desk.rules, rule.code) is None


def test_what_the_shop_does_not_take_is_no_choice_any_more(screen: SettingsScreen, lane: Lane) -> None:
    _, table = card(screen)
    check = next(row for row in table.rows if row.line.startswith("check "))
    check.does["taken"].click()
    screen.save()
    kinds = {choice.rule.kind for choice in lane.opened.workstation.tendering.choices()}
    assert TenderKind.CHECK not in kinds
    assert TenderKind.CASH in kinds


@pytest.mark.parametrize(("least", "most"), [("ten", ""), ("20", "10"), ("1.234", "")])
def test_bounds_that_are_none_are_said_at_their_card_and_nothing_is_saved(
    screen: SettingsScreen, lane: Lane, least: str, most: str
) -> None:
    _, table = card(screen)
    before = lane.opened.workstation.desk.rules
    fill(table.rows[1], "least", least)
    fill(table.rows[1], "most", most)
    assert table.rows[1].fault
    screen.save()
    assert lane.opened.workstation.desk.rules == before
    assert table.show_fault()
