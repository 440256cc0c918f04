"""What is said without stopping anybody, by eye and by ear."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.shared.buttons import ActionButton
from pos.ui.shared.notices import TOAST_MILLISECONDS, Banner, EmptyState, Toast
from pos.ui.shared.sounds import Sound, Sounds, wav
from pos.ui.theme import current, set_theme
from tests.ui.looking import colours_in, picture, show


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    set_theme(qapp, "light")
    yield
    set_theme(qapp, "light")


def test_a_banner_says_it_and_takes_no_focus(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    edit, banner = QLineEdit(), Banner(close_name="Close")
    column.addWidget(edit)
    column.addWidget(banner)
    show(qtbot, window)
    edit.setFocus()
    assert banner.message == ""
    banner.show_message("Code 12 is not in the item list.", "Nothing was added.", "bad")
    assert banner.message == "Code 12 is not in the item list. Nothing was added."
    assert current().bad_soft in colours_in(picture(banner))
    assert edit.hasFocus()
    banner.close_button.click()
    assert banner.message == ""


def test_a_toast_goes_by_itself_and_can_undo(qtbot: QtBot) -> None:
    host = QWidget()
    host.resize(1366, 768)
    show(qtbot, host)
    toast = Toast(host)
    undone: list[bool] = []
    toast.show_message("Ceramic mug removed", "Undo", lambda: undone.append(True), "Ctrl Z")
    assert toast.geometry().bottomLeft() == QPoint(104, 768 - 76 - 1)
    assert toast._timer.interval() == TOAST_MILLISECONDS
    toast.undo.click()
    assert (undone, toast.isHidden()) == ([True], True)
    toast.show_message("Printer is back")
    assert toast.undo.isHidden()
    host.resize(1000, 600)
    qtbot.waitUntil(lambda: toast.geometry().bottom() == 600 - 76 - 1)
    toast._timer.start(1)
    qtbot.waitUntil(toast.isHidden)


def test_an_empty_state_offers_up_to_four_things(qtbot: QtBot) -> None:
    empty = EmptyState("barcode_scanner", "Ready for the next customer", "Scan the first item.")
    show(qtbot, empty)
    buttons = [ActionButton(f"Do {n}", "history", align="left", height=76) for n in range(4)]
    empty.set_actions(buttons)
    qtbot.waitUntil(lambda: all(button.isVisible() for button in buttons))
    empty.set_actions(buttons[:2])
    assert [button.isVisible() for button in buttons[:2]] == [True, True]
    with pytest.raises(ValueError):
        empty.set_actions([*buttons, ActionButton("Fifth")])
    assert empty.accessibleName() == "Ready for the next customer Scan the first item."


# Sounds, and the library below.


def test_sounds_are_short_wavs_an_octave_lower_in_training() -> None:
    for sound in Sound:
        data, low = wav(sound), wav(sound, octave=-1)
        assert data[:4] == b"RIFF"
        assert len(data) == len(low) < 50_000
        assert data != low


@pytest.mark.parametrize("platform", ["offscreen", "xcb"])
def test_a_machine_without_sound_stays_silent(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
    sounds = Sounds()
    sounds.prepare()
    sounds.play(Sound.SCAN_OK)
    sounds.play(Sound.SCAN_OK)
    assert sounds.is_silent


def test_sound_is_not_loaded_before_it_is_heard() -> None:
    sounds = Sounds(enabled=False)
    before = set(sys.modules)
    sounds.play(Sound.DECLINED)
    assert "PySide6.QtMultimedia" not in set(sys.modules) - before
    assert not sounds.is_silent


def test_calls_that_return_nothing_do_not_use_up_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 100
