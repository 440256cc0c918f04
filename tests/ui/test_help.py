"""F1: every screen has its page in every language, beside its keys as they are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from pos.ui.help.news import NewsScreen
from pos.ui.help.pages import FIRST_PAGE, has_page, page
from pos.ui.help.sheet import HelpSheet
from pos.wording import LANGUAGES
from tests.lane import MAYA, MUG, Lane, sign_in_to


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_has_its_page(lane: Lane, language: str) -> None:
    lane.open_till()
    names = [FIRST_PAGE, "palette", "trouble", lane.window.sign_in.name, lane.shell.lock_screen.name]
    names += [screen.name for screen in lane.shell.screens]
    names += [place.name for place in lane.shell.places]
    assert [name for name in names if not has_page(name, language)] == []
    assert len({page(name, language) for name in names}) == len(set(names))


def test_a_screen_without_a_page_gets_the_one_about_kassa() -> None:
    assert page("no_such_screen", "sv") == page(FIRST_PAGE, "sv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_f1_shows_the_page_and_every_key_with_its_name(lane: Lane, language: str) -> None:
    lane.open_till()
    lane.window.choose_language(language)
    lane.shell.sell.scanned(MUG)
    QTest.keyClick(lane.window, Qt.Key.Key_F1)
    sheet = lane.shell.overlays.help
    assert sheet.isVisible()
    assert sheet.text.toPlainText().strip()
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    assert {action.text() for action in lane.shell.sell.actions() if action.text()} <= shown
    QTest.keyClick(lane.window, Qt.Key.Key_F12)
    assert lane.shell.screen_shown is lane.shell.sell
    QTest.keyClick(sheet.text, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert lane.shell.sell.scan_field.edit.hasFocus()


def test_f1_works_before_anybody_signed_in_and_at_a_locked_till(lane: Lane) -> None:
    QTest.keyClick(lane.window.sign_in.pin, Qt.Key.Key_F1)
    sheet = lane.window.sign_in.findChild(HelpSheet)
    assert sheet is not None
    assert sheet.isVisible()
    QTest.keyClick(sheet.text, Qt.Key.Key_F1)
    assert not sheet.isVisible()
    lane.open_till()
    lane.shell.lock()
    QTest.keyClick(lane.shell.lock_screen.pin, Qt.Key.Key_F1)
    over = lane.shell.lock_screen.findChild(HelpSheet)
    assert over is not None
    assert over.isVisible()


def test_a_scan_closes_help_and_counts(lane: Lane) -> None:
    lane.open_till()
    QTest.keyClick(lane.window, Qt.Key.Key_F1)
    lane.window.scanned(MUG)
    assert not lane.shell.overlays.help.isVisible()
    assert lane.shell.sell.basket.model.rowCount() == 1


def test_a_key_is_the_sheets_alone_also_when_the_window_comes_back(lane: Lane) -> None:
    """Esc of the screen and Esc of the sheet were both awake then, and neither did anything."""
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    QTest.keyClick(lane.window, Qt.Key.Key_F1)
    sheet, pay = lane.shell.overlays.help, lane.shell.sell.primary
    assert pay is not None
    lane.window.showMinimized()
    QApplication.processEvents()
    lane.window.showNormal()
    QApplication.processEvents()
    assert sheet.isVisible()
    assert not pay.isEnabled()
    QTest.keyClick(sheet.text, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert pay.isEnabled()


def test_help_left_open_at_the_sign_in_does_not_wait_for_the_next_one(lane: Lane) -> None:
    lane.open_till()
    lane.shell.lock()
    lane.trigger("lock.keys.other")
    QTest.keyClick(lane.window.sign_in.pin, Qt.Key.Key_F1)
    sheet = lane.window.sign_in.findChild(HelpSheet)
    assert sheet is not None
    assert sheet.isVisible()
    sign_in_to(lane.window, MAYA)
    assert lane.shell.isVisible()
    lane.shell.lock()
    lane.trigger("lock.keys.other")
    assert not sheet.isVisible()
    lane.window.sign_in.pin.add("1")
    QTest.keyClick(lane.window.sign_in.pin, Qt.Key.Key_Escape)
    assert lane.window.sign_in.pin.take() == ""


def test_what_is_new_is_read_in_the_language_of_the_moment(lane: Lane) -> None:
    lane.open_till()
    lane.shell.open_place("news")
    shown = lane.shell.screen_shown
    assert isinstance(shown, NewsScreen)
    assert "The first version" in shown.text.toPlainText()
    lane.window.choose_language("cs")
    assert "První verze" in shown.text.toPlainText()
    QTest.keyClick(lane.window, Qt.Key.Key_Escape)
    assert lane.shell.screen_shown is not shown
