"""The page of the keys: a press sets a key that holds at once and after the next start; conflicts are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.keys import GLOBAL_KEYS
from pos.settings import read_settings
from pos.ui.settings.screen import SettingsScreen
from tests.lane import DANA, Lane, copy_of_demo, open_lane

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a till with a manager at it."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.sign_in(DANA)
    lane.opened.workstation.tills.open_till(20000)
    yield lane
    lane.close()


@pytest.fixture
def screen(till: Lane) -> SettingsScreen:
    till.shell.open_place("settings")
    shown = till.shell.screen_shown
    assert isinstance(shown, SettingsScreen)
    shown.turn_to("keys")
    return shown


def key_of(till: Lane, name: str) -> str:
    found = till.window.findChild(QAction, name)
    assert found is not None
    return found.shortcut().toString()


def test_every_key_that_can_be_another_one_is_listed_with_its_screen(till: Lane, screen: SettingsScreen) -> None:
    names = set(screen.keys.buttons)
    assert {"sell.keys.void", "sell.keys.quantity", "shell.keys.person"} <= names
    assert {name.partition(".")[0] for name in names} >= {"sell", "pay", "items", "journal", "settings"}
    assert not names & {"shell.keys.lock", "shell.keys.help"}
    for name in names:
        assert key_of(till, name) not in GLOBAL_KEYS
        assert screen.keys.buttons[name].accessibleName().count(",") >= 1


def test_a_press_sets_a_key_now_and_for_the_next_start(till: Lane, screen: SettingsScreen, tmp_path: Path) -> None:
    screen.keys.buttons["sell.keys.void"].click()
    assert screen.keys.catcher.hasFocus()
    QTest.keyClick(screen.keys.catcher, Qt.Key.Key_D, CONTROL)
    assert key_of(till, "sell.keys.void") == "Ctrl+D"
    assert screen.banner.message == "Saved."
    assert read_settings(tmp_path / "home").keys == "sell.keys.void=Ctrl+D"
    assert screen.keys.buttons["sell.keys.void"].key == "Ctrl D"
    screen.keys.back_button.click()
    assert key_of(till, "sell.keys.void") == "Ctrl+Del"
    assert read_settings(tmp_path / "home").keys == ""


@pytest.mark.parametrize(
    ("key", "modifier", "said"),
    [
        (Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier, "means the same on every screen"),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.NoModifier, "is no key an action can have"),
        (Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier, "“Language and colours”"),
    ],
)
def test_a_conflict_is_refused_in_words(
    till: Lane, screen: SettingsScreen, key: Qt.Key, modifier: Qt.KeyboardModifier, said: str
) -> None:
    screen.keys.choose("sell.keys.void")
    QTest.keyClick(screen.keys.catcher, key, modifier)
    assert said in screen.banner.message
    assert "Nothing was changed." in screen.banner.message
    assert key_of(till, "sell.keys.void") == "Ctrl+Del"


def test_esc_leaves_the_key_as_it_is(till: Lane, screen: SettingsScreen) -> None:
    screen.keys.choose("sell.keys.void")
    QTest.keyClick(screen.keys.catcher, Qt.Key.Key_Escape)
    assert "Choose an action" in screen.keys.catcher.accessibleName()
    assert till.shell.screen_shown is screen
    assert key_of(till, "sell.keys.void") == "Ctrl+Del"
