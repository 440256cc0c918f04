"""The rules for the codes of the shop's own scale: cells in a table, each fault said at its row."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.measure_codes import CodeRule, MeasureOf, RuleFault, rule_fault
from pos.domain.money import Unit
from pos.ui.settings.code_rules import CodeRulesTable
from pos.ui.settings.rows import SettingRow
from pos.ui.settings.screen import SettingsScreen
from pos.wording import LANGUAGES
from tests.lane import DANA, Lane


@pytest.fixture
def screen(lane: Lane) -> SettingsScreen:
    lane.sign_in(DANA)
    lane.opened.workstation.tills.open_till(20000)
    lane.shell.open_till.opened.emit()
    lane.shell.open_place("settings")
    shown = lane.shell.screen_shown
    assert isinstance(shown, SettingsScreen)
    return shown


def card(screen: SettingsScreen) -> tuple[SettingRow, CodeRulesTable]:
    row = next(row for row in screen.rows if row.entry.name == "code_rules")
    assert isinstance(row.table, CodeRulesTable)
    return row, row.table


def fill(table: CodeRulesTable, at: int, *cells: str) -> None:
    for edit, text in zip(table.rows[at].cells.values(), cells, strict=True):
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, text)


def test_the_countrys_rules_stand_in_cells(screen: SettingsScreen) -> None:
    row, table = card(screen)
    assert row.text == "2 5 4 price 2 checked"
    assert [edit.text() for edit in table.rows[0].cells.values()] == ["2", "5", "4", "2"]
    assert table.rows[0].of.choice == "price"
    assert table.rows[0].further["checked"].isChecked()
    assert not row.unsaved


def test_a_rule_is_added_by_keys_and_saved(screen: SettingsScreen, lane: Lane) -> None:
    _, table = card(screen)
    table.add.click()
    assert table.rows[1].cells["prefix"].hasFocus()
    assert table.rows[1].fault
    fill(table, 1, "28-29", "5", "5", "3")
    table.rows[1].of.choose("weight")
    table.rows[1].of.activated.emit(table.rows[1].of.currentIndex())
    assert not table.rows[1].fault
    QTest.mouseClick(table.rows[1].further["lb"], Qt.MouseButton.LeftButton)
    screen.save()
    rules = lane.opened.workstation.desk.rules.code_rules
    assert rules is not None
    assert rules[1] == CodeRule("28", "29", 5, 5, MeasureOf.WEIGHT, 3, unit=Unit.LB)
    _, table = card(screen)
    table.rows[0].remove.click()
    assert [each.line for each in table.rows] == ["28-29 5 5 weight 3 lb"]
    for each in table.rows:
        each.remove.click()
    screen.save()
    assert lane.opened.workstation.desk.rules.code_rules is None


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("2x", "5", "4", "2"), "Fill in every cell"),
        (("29-28", "5", "5", "2"), "the lower stands first"),
        (("28", "5", "6", "2"), "12 or 13"),
        (("28", "5", "5", "9"), "Too many decimals"),
        (("", "5", "5", "2"), "Fill in every cell"),
    ],
)
def test_each_fault_is_said_at_its_row_and_nothing_is_changed(
    screen: SettingsScreen, lane: Lane, cells: tuple[str, str, str, str], said: str
) -> None:
    before = lane.opened.workstation.desk.rules
    _, table = card(screen)
    table.add.click()
    for edit, text in zip(table.rows[1].cells.values(), cells, strict=True):
        edit.setText(text)
        edit.textEdited.emit(text)
    assert said in table.rows[1].fault
    assert said in table.rows[1].cells["item"].accessibleDescription()
    assert not table.rows[0].fault
    screen.save()
    assert "Nothing was changed." in screen.banner.message
    assert lane.opened.workstation.desk.rules == before
    assert table.rows[1].cells["prefix"].hasFocus()


def test_half_a_row_keeps_its_cells_from_page_to_page(screen: SettingsScreen) -> None:
    _, table = card(screen)
    table.add.click()
    fill(table, 1, "28", "", "5", "3")
    screen.turn_to("receipt")
    screen.turn_to("shop")
    _, table = card(screen)
    assert [edit.text() for edit in table.rows[1].cells.values()] == ["28", "", "5", "3"]


def test_every_fault_has_its_sentence_in_every_language(screen: SettingsScreen, lane: Lane) -> None:
    assert rule_fault("2 5 6 price 2 checked") is RuleFault.LENGTH
    assert rule_fault("2 3 6 price 2 checked") is RuleFault.CHECK
    for language in LANGUAGES:
        lane.window.choose_language(language)
        _, table = card(screen)
        table.set_text("2 3 6 price 2 checked")
        assert table.rows[0].fault
