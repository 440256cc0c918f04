"""Keys of one's own: they work, the key bar shows them, and a conflict is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.refusal import Code
from pos.wording import LANGUAGES, Wording
from tests.lane import MUG, Lane, copy_of_demo, open_lane


def action(lane: Lane, name: str) -> QAction:
    found = lane.window.findChild(QAction, name)
    assert found is not None
    return found


def test_a_chosen_key_works_and_the_key_bar_shows_it(lane: Lane) -> None:
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    void = action(lane, "sell.keys.void")
    beside = [*lane.shell.sell.actions(), *lane.shell.actions()]
    assert lane.shell.key_map.change(void, "Ctrl+D", beside) is None
    assert "Ctrl D" in [button.key for button in lane.shell.key_bar.buttons]
    QTest.keyClick(lane.window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert lane.shell.sell.void_strip.is_asking
    assert lane.shell.key_map.text == "sell.keys.void=Ctrl+D"
    lane.shell.key_map.restore([void])
    assert void.shortcut().toString() == "Ctrl+Del"
    assert lane.shell.key_map.text == ""


@pytest.mark.parametrize(
    ("wanted", "code"),
    [("F3", Code.KEY_TAKEN), ("Alt+U", Code.KEY_TAKEN), ("Ctrl+L", Code.KEY_RESERVED), ("q", Code.KEY_UNREADABLE)],
)
def test_a_conflict_is_refused_and_changes_nothing(lane: Lane, wanted: str, code: Code) -> None:
    void = action(lane, "sell.keys.void")
    beside = [*lane.shell.sell.actions(), *lane.shell.actions()]
    refused = lane.shell.key_map.change(void, wanted, beside)
    assert refused is not None
    assert refused.code is code
    assert void.shortcut().toString() == "Ctrl+Del"
    assert all(Wording(language).refusal(refused) for language in LANGUAGES)


def test_the_setting_holds_from_the_start_and_a_mistake_in_it_takes_no_key_away(
    qapp: QApplication, tmp_path: Path
) -> None:
    del qapp
    home = copy_of_demo(tmp_path / "home")
    chosen = "sell.keys.void=Ctrl+D; sell.keys.quantity=F12; sell.keys.remove=F3; nonsense; more.keys.x=F9"
    (home / "kassa.toml").write_text(f'keys = "{chosen}"\n', "utf-8")
    lane = open_lane(home)
    assert action(lane, "sell.keys.void").shortcut().toString() == "Ctrl+D"
    assert action(lane, "sell.keys.quantity").shortcut().toString() == "F3"
    assert action(lane, "sell.keys.remove").shortcut().toString() == "Del"
    lane.close()


def test_left_handed_the_money_stands_at_the_left(qapp: QApplication, tmp_path: Path) -> None:
    del qapp
    home = copy_of_demo(tmp_path / "home")
    (home / "kassa.toml").write_text("left_handed = 1\n", "utf-8")
    lane = open_lane(home)
    lane.open_till()
    sell = lane.shell.sell
    assert sell.pay_button.mapTo(sell, sell.pay_button.rect().topLeft()).x() < sell.basket.x()
    lane.close()
