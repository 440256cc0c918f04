"""Badges at the sign-in, at the lock, at a sale and on the page of the people; none of them is ever shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from pos.domain.item import Item
from pos.domain.refusal import Refused
from pos.ui.settings.screen import SettingsScreen
from receipts.document import Barcode
from tests.lane import DANA, MAYA, MUG, Lane, copy_of_demo, open_lane

MAYAS = "KB-2Q8D-XX41"
DANAS = "KB-7F3Q-2M8X"


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a till with a manager at it; she and the cashier have badges."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.sign_in(DANA)
    people = lane.opened.workstation.people
    for person, badge in ((MAYA, MAYAS), (DANA, DANAS)):
        assert not isinstance(people.give_badge(person, badge), Refused)
    lane.opened.workstation.tills.open_till(20000)
    lane.shell.open_till.opened.emit()
    yield lane
    lane.close()


def who(till: Lane) -> str:
    operator = till.opened.workstation.sign_on.operator
    return "" if operator is None else operator.id


def nothing_shows(till: Lane, badge: str) -> bool:
    """Whether no text of the window holds the badge."""
    shown = [label.text() for label in till.window.findChildren(QLabel)]
    typed = [field.text() for field in till.window.findChildren(QLineEdit)]
    return not any(badge in text or badge[3:7] in text for text in shown + typed)


def test_a_badge_signs_in_at_once(till: Lane) -> None:
    till.shell.lock()
    till.trigger("lock.keys.other")
    till.window.scanned("KB-AAAA-AAAA")
    assert who(till) == ""
    assert "belongs to nobody" in till.window.sign_in.banner.message
    till.window.scanned(MAYAS)
    assert who(till) == MAYA
    assert till.shell.isVisible()


def test_a_badge_is_read_with_caps_lock_on_but_an_item_goes_before_it(till: Lane) -> None:
    till.window.scanned(MAYAS.lower())
    assert who(till) == MAYA
    keyboard = Item("KEYS", "Keyboard", 9900, ("standard",), codes=("kb-10400900",))
    with till.opened.workstation.desk.shop.books.writing() as work:
        work.items.add_many([keyboard])
        work.commit()
    till.window.scanned("kb-10400900")
    assert [line.line.item for line in till.opened.workstation.sale.view.priced.lines] == ["KEYS"]
    assert who(till) == MAYA


def test_a_badge_unlocks_and_the_sale_goes_on(till: Lane) -> None:
    till.window.scanned(MUG)
    till.shell.lock()
    till.window.scanned(MAYAS)
    assert who(till) == ""
    assert "A sale of" in till.shell.lock_screen.said
    till.window.scanned(DANAS)
    assert who(till) == DANA
    assert till.shell.isVisible()


def test_another_takes_over_at_the_lock_when_no_sale_is_open(till: Lane) -> None:
    till.shell.lock()
    till.window.scanned(MAYAS)
    assert who(till) == MAYA
    assert till.shell.isVisible()


def test_at_a_sale_a_badge_switches_only_when_nothing_is_open(till: Lane) -> None:
    till.window.scanned(DANAS)
    assert who(till) == DANA
    assert "signed in already" in till.shell.sell.notice.message
    till.window.scanned(MAYAS)
    assert who(till) == MAYA
    till.opened.workstation.sale.scan(MUG)
    till.window.scanned(DANAS)
    assert who(till) == MAYA
    assert "it is suspended first" in till.shell.sell.notice.message
    assert nothing_shows(till, DANAS)


def test_a_badge_is_given_on_the_page_of_the_people(till: Lane) -> None:
    till.shell.open_place("settings")
    screen = till.shell.screen_shown
    assert isinstance(screen, SettingsScreen)
    screen.turn_to("people")
    till.window.scanned("KB-5555-6666")
    assert "Choose whose badge" in screen.banner.message
    screen.people.choose(MAYA)
    assert screen.people.badge_button.isEnabled()
    till.window.scanned(DANAS)
    assert "somebody else’s" in screen.banner.message
    till.window.scanned("KB-5555-6666")
    assert screen.banner.message == "Saved."
    assert nothing_shows(till, "KB-5555-6666")
    screen.people.take_badge_away()
    assert not screen.people.badge_button.isEnabled()
    assert who(till) == DANA


def test_a_badge_is_made_shown_once_and_gone(till: Lane) -> None:
    till.shell.open_place("settings")
    screen = till.shell.screen_shown
    assert isinstance(screen, SettingsScreen)
    screen.turn_to("people")
    page = screen.people
    assert not page.make_button.isEnabled()
    page.choose(MAYA)
    page.make_button.click()
    paper = page.badge.preview.document
    assert paper is not None
    code = next(block.data for block in paper.blocks if isinstance(block, Barcode))
    assert page.badge.isVisible()
    assert not page.badge.print_button.isEnabled(), "this till has no printer"
    page.badge.save_button.click()
    assert "delete the file" in screen.banner.message
    assert nothing_shows(till, code)
    page.badge.done_button.click()
    assert page.badge.preview.document is None
    assert not page.badge.isVisible()
    till.shell.lock()
    till.window.scanned(MAYAS)
    assert who(till) == "", "the badge before opens nothing any more"
    till.window.scanned(code)
    assert who(till) == MAYA
