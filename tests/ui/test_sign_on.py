"""Sign-in: digits count from the first picture on, a wrong PIN says what is left, nobody gets in any other way."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.trouble import KnownError, Trouble
from pos.services.demo_shop import DEMO_PINS
from pos.ui.sign_on.people import PEOPLE_MAX
from pos.ui.sign_on.screen import SignInScreen
from pos.ui.theme import current
from pos.wording import LANGUAGES, Wording
from tests.lane import DANA, LUCIE, MAYA, Lane


def type_pin(lane: Lane, pin: str, *, enter: bool = True) -> None:
    screen = lane.window.sign_in
    QTest.keyClicks(screen.pin, pin)
    if enter:
        QTest.keyClick(screen, Qt.Key.Key_Return)


def operator(lane: Lane) -> str:
    person = lane.opened.workstation.sign_on.operator
    return "" if person is None else person.id


def test_digits_and_enter_before_the_books_are_open_count(lane: Lane, qtbot: QtBot) -> None:
    early = SignInScreen(Wording("en"))
    qtbot.addWidget(early)
    for digit in DEMO_PINS[MAYA]:
        early.pin.add(digit)
    early.submit()
    assert early.pin.count == 6
    early.learn(Wording("en"))
    with qtbot.waitSignal(early.signed_in):
        early.open(lane.opened.workstation.sign_on, last=MAYA)
    assert operator(lane) == MAYA
    assert early.pin.count == 0


def test_enter_before_the_books_are_open_and_then_a_clear_signs_nobody_in(lane: Lane, qtbot: QtBot) -> None:
    early = SignInScreen(Wording("en"))
    qtbot.addWidget(early)
    for digit in DEMO_PINS[MAYA]:
        early.pin.add(digit)
    early.submit()
    early.keypad.keys["clear"].click()
    early.open(lane.opened.workstation.sign_on, last=MAYA)
    qtbot.wait(20)
    assert not operator(lane)


def early_with_pin(lane: Lane, qtbot: QtBot, pin: str) -> SignInScreen:
    """A screen whose PIN is looked at while there is nothing to come in to yet."""
    early = SignInScreen(Wording("en"))
    qtbot.addWidget(early)
    for digit in pin:
        early.pin.add(digit)
    early.submit()
    early.learn(Wording("en"))
    with ThreadPoolExecutor(max_workers=1) as worker:
        early.begin_sign_on(lane.opened.workstation.sign_on, MAYA, worker)
    assert not operator(lane)
    return early


def test_a_pin_that_waits_is_looked_at_while_the_screens_are_built(lane: Lane, qtbot: QtBot) -> None:
    early = early_with_pin(lane, qtbot, DEMO_PINS[MAYA])
    early.submit()
    with qtbot.waitSignal(early.signed_in):
        early.open(lane.opened.workstation.sign_on, last=MAYA)
    assert operator(lane) == MAYA


def test_a_wrong_pin_that_waited_is_said_when_the_screens_stand(lane: Lane, qtbot: QtBot) -> None:
    early = early_with_pin(lane, qtbot, "999999")
    early.open(lane.opened.workstation.sign_on, last=MAYA)
    assert not operator(lane)
    assert "PIN" in early.banner.accessibleName()


@pytest.mark.parametrize(
    "drop", [lambda early: early.keypad.keys["clear"].click(), lambda early: early.scanned("4006")]
)
def test_what_was_dropped_while_its_pin_was_looked_at_signs_nobody_in(
    lane: Lane, qtbot: QtBot, drop: Callable[[SignInScreen], None]
) -> None:
    early = early_with_pin(lane, qtbot, DEMO_PINS[MAYA])
    drop(early)
    early.open(lane.opened.workstation.sign_on, last=MAYA)
    assert not operator(lane)


def test_the_demo_shop_shows_its_pins_and_only_on_the_sign_in(lane: Lane) -> None:
    shown = lane.window.sign_in.people.buttons[MAYA].accessibleName()
    assert DEMO_PINS[MAYA] in shown
    lane.window.sign_in.open(lane.opened.workstation.sign_on)
    assert DEMO_PINS[MAYA] not in lane.window.sign_in.people.buttons[MAYA].accessibleName()


def test_typing_a_pin_and_enter_signs_in(lane: Lane) -> None:
    type_pin(lane, DEMO_PINS[MAYA])
    assert operator(lane) == MAYA
    assert lane.shell.isVisible()


def test_the_number_pad_on_the_screen_does_the_same(lane: Lane) -> None:
    screen = lane.window.sign_in
    QTest.mouseClick(screen.people.buttons[DANA], Qt.MouseButton.LeftButton)
    for digit in DEMO_PINS[DANA]:
        QTest.mouseClick(screen.keypad.keys[digit], Qt.MouseButton.LeftButton)
    QTest.mouseClick(screen.sign_in_button, Qt.MouseButton.LeftButton)
    assert operator(lane) == DANA


def test_arrows_choose_the_person(lane: Lane) -> None:
    QTest.keyClick(lane.window.sign_in, Qt.Key.Key_Down)
    assert lane.window.sign_in.people.choice == "102"
    QTest.keyClick(lane.window.sign_in, Qt.Key.Key_Up)
    QTest.keyClick(lane.window.sign_in, Qt.Key.Key_Up)
    assert lane.window.sign_in.people.choice == "301"


def test_a_staff_number_and_enter_chooses_who_is_not_listed(lane: Lane) -> None:
    type_pin(lane, DANA)
    assert lane.window.sign_in.people.choice == DANA
    assert not lane.window.sign_in.banner.message
    type_pin(lane, DEMO_PINS[DANA])
    assert operator(lane) == DANA


def test_an_unknown_number_says_so(lane: Lane) -> None:
    type_pin(lane, "999")
    assert "999" in lane.window.sign_in.banner.message
    assert lane.window.sign_in.people.choice == MAYA


def test_a_wrong_pin_says_what_is_left_and_five_lock(lane: Lane) -> None:
    screen = lane.window.sign_in
    type_pin(lane, "000000")
    assert "4 tries left" in screen.banner.message
    for _ in range(4):
        type_pin(lane, "000000")
    assert "locked until" in screen.banner.message
    assert "Locked" in screen.people.buttons[MAYA].accessibleName()
    type_pin(lane, DEMO_PINS[MAYA])
    assert not operator(lane)


def test_the_pin_is_never_kept_or_shown(lane: Lane) -> None:
    screen = lane.window.sign_in
    type_pin(lane, "987654", enter=False)
    assert screen.pin.count == 6
    assert "987654" not in f"{screen.pin.accessibleName()} {screen.pin.accessibleDescription()} {screen.pin.toolTip()}"
    QTest.keyClick(screen, Qt.Key.Key_Return)
    assert screen.pin.take() == ""


def test_another_person_is_not_tried_with_digits_typed_for_the_first(lane: Lane) -> None:
    type_pin(lane, "123", enter=False)
    QTest.mouseClick(lane.window.sign_in.people.buttons[DANA], Qt.MouseButton.LeftButton)
    assert lane.window.sign_in.pin.count == 0


def test_a_scan_clears_the_pin_and_says_that_nothing_was_added(lane: Lane) -> None:
    type_pin(lane, "12", enter=False)
    lane.window.scanned("9521234500007")
    assert lane.window.sign_in.pin.count == 0
    assert "Sign in first" in lane.window.sign_in.banner.message


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_changes_at_once(lane: Lane, language: str) -> None:
    QTest.mouseClick(lane.window.sign_in.languages.buttons[language], Qt.MouseButton.LeftButton)
    wanted = Wording(language).say("Sign in")
    assert lane.window.sign_in.sign_in_button.text() == wanted
    assert lane.window.words.language == language


def test_a_person_gets_their_own_language_and_keeps_what_they_choose(lane: Lane) -> None:
    lane.sign_in(LUCIE)
    assert lane.window.words.language == "cs"
    lane.window.choose_language("sv")
    lane.shell.lock()
    lane.sign_in(MAYA)
    assert lane.window.words.language == "en"
    lane.shell.lock()
    lane.sign_in(LUCIE)
    assert lane.window.words.language == "sv"


def test_colours_change_at_once_and_belong_to_the_person(lane: Lane) -> None:
    lane.sign_in(MAYA)
    lane.window.toggle_theme()
    assert current().is_dark
    lane.shell.lock()
    lane.sign_in(LUCIE)
    assert not current().is_dark
    lane.shell.lock()
    lane.sign_in(MAYA)
    assert current().is_dark
    lane.window.toggle_theme()


def test_a_locked_file_is_said_and_the_digits_can_be_typed_again(lane: Lane, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_staff: str, _pin: str) -> None:
        raise KnownError(Trouble.BOOKS_LOCKED)

    with monkeypatch.context() as world:
        world.setattr(lane.opened.workstation.sign_on, "sign_on", locked)
        type_pin(lane, DEMO_PINS[MAYA])
        assert "Another program holds the books" in lane.window.sign_in.banner.message
    type_pin(lane, DEMO_PINS[MAYA])
    assert operator(lane) == MAYA


def test_six_people_are_listed_at_most(lane: Lane) -> None:
    assert len(lane.window.sign_in.people.buttons) <= PEOPLE_MAX


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), (1280, 1024)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keypad_stays_where_it_is_when_the_books_come(
    lane: Lane, qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    early = SignInScreen(Wording(language))
    qtbot.addWidget(early)
    early.resize(*size)
    early.show()
    qtbot.wait(20)
    before = early.keypad.mapTo(early, early.keypad.rect().topLeft())
    early.learn(Wording(language))
    early.open(lane.opened.workstation.sign_on, last=MAYA)
    qtbot.wait(20)
    assert early.keypad.mapTo(early, early.keypad.rect().topLeft()) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pins_of_the_demo_shop_show_whole_on_the_smallest_screen(lane: Lane, language: str) -> None:
    lane.window.resize(1024, 768)
    lane.window.choose_language(language)
    QApplication.processEvents()
    people = lane.window.sign_in.people.buttons.values()
    assert len(people) == len(DEMO_PINS)
    assert all(person.fits() for person in people)
