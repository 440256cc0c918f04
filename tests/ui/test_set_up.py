"""A shop of one's own from the demo's sign-in: by keys and by touch, refused where it must be, and then it opens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.domain.new_shop import FirstItems
from pos.domain.shop import Mode
from pos.services.backup import back_up
from pos.services.verify import verify_shop
from pos.settings import has_own_shop, read_settings
from pos.ui.set_up.receipt_step import ReceiptStep
from pos.ui.set_up.restore_screen import RestoreScreen
from pos.ui.set_up.screen import SetUpScreen
from pos.wording import LANGUAGES, Wording
from pos.workstation import open_workstation
from receipts.document import Logo
from tests.corner_shop import HandClock, new_shop, open_up, sell
from tests.lane import Lane
from tests.receipts.pictures import as_file, drawn
from tests.screens import settle
from tests.ui.measures import cut, untouchable

PIN = "739146"


@pytest.fixture
def screen(qapp: QApplication, tmp_path: Path) -> Iterator[SetUpScreen]:
    del qapp
    made = SetUpScreen(Wording("en"), tmp_path, HandClock())
    made.resize(1366, 768)
    made.show()
    settle()
    yield made
    made.close_down()
    made.deleteLater()


def wait(condition: Callable[[], bool], seconds_max: float = 20) -> None:
    until = time.monotonic() + seconds_max
    while not condition() and time.monotonic() < until:
        settle()
        time.sleep(0.01)
    assert condition()


def type_into(text: str) -> None:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    QTest.keyClicks(focused, text)


def press(screen: SetUpScreen | RestoreScreen, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or screen, key)
        settle()


def test_a_shop_is_set_up_by_keys_alone(screen: SetUpScreen, tmp_path: Path) -> None:
    founded: list[Path] = []
    screen.founded.connect(founded.append)
    type_into("Sw")
    screen.steps[0].country.changed.emit()  # type: ignore[attr-defined]
    settle()
    press(screen, Qt.Key.Key_Tab)
    type_into("Lind")
    press(screen, Qt.Key.Key_F12, Qt.Key.Key_F12, Qt.Key.Key_F12)
    assert screen.step.title == "You"
    type_into("Eva")
    press(screen, Qt.Key.Key_Return, Qt.Key.Key_Tab)
    type_into(PIN)
    press(screen, Qt.Key.Key_Return)
    type_into(PIN)
    press(screen, Qt.Key.Key_F12, Qt.Key.Key_F12, Qt.Key.Key_F12, Qt.Key.Key_F12)
    wait(lambda: bool(founded))
    station = open_workstation(founded[0], number=1, mode=Mode.LIVE, settings=read_settings(tmp_path))
    assert (station.desk.rules.name, station.desk.rules.currency) == ("Lind", "SEK")
    station.sign_on.sign_on("100", PIN)
    assert station.sign_on.operator is not None
    assert station.sign_on.operator.name == "Eva"
    station.close()
    assert verify_shop(founded[0]).sound


def test_a_shop_is_set_up_by_touch_with_what_is_typed(screen: SetUpScreen) -> None:
    founded: list[Path] = []
    screen.founded.connect(founded.append)

    def touch(widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(20, widget.height() // 2))
        settle()

    touch(screen.steps[0].name.edit)  # type: ignore[attr-defined]
    type_into("Corner")
    for _ in range(3):
        touch(screen.next_button)
    owner = screen.steps[3]
    touch(owner.name.edit)  # type: ignore[attr-defined]
    type_into("Eva")
    for field in (owner.pin, owner.again):  # type: ignore[attr-defined]
        touch(field.edit)
        for digit in PIN:
            touch(owner.keypad.keys[digit])  # type: ignore[attr-defined]
    for _ in range(3):
        touch(screen.next_button)
    assert screen.step is screen.steps[-1]
    touch(screen.back_button)
    screen.items.kind.choose(FirstItems.SAMPLES)
    touch(screen.next_button)
    touch(screen.next_button)
    wait(lambda: bool(founded))


def test_each_step_refuses_what_is_wrong_and_shows_where(screen: SetUpScreen, tmp_path: Path) -> None:
    screen.go_on()
    assert "Name of the shop" in screen.banner.message
    assert QApplication.focusWidget() is screen.steps[0].name.edit  # type: ignore[attr-defined]
    type_into("Corner")
    assert not screen.banner.message
    screen.go_on()
    screen.steps[1].taxes[0][1].set_text("210")  # type: ignore[attr-defined]
    screen.go_on()
    assert "210" in screen.banner.message
    screen.steps[1].taxes[0][1].set_text("8,875")  # type: ignore[attr-defined]
    screen.go_on()
    screen.steps[2].header.set_text("x" * 49)  # type: ignore[attr-defined]
    screen.go_on()
    assert "48" in screen.banner.message
    screen.go_back()
    assert screen.step is screen.steps[1]
    screen.go_on()
    screen.steps[2].header.set_text("Short")  # type: ignore[attr-defined]
    screen.go_on()
    owner = screen.steps[3]
    owner.name.set_text("Eva")  # type: ignore[attr-defined]
    for pin, again, said in (("1234", "", "6 to 12"), ("123456", "", "first anybody"), (PIN, "739147", "not the same")):
        owner.pin.set_text(pin)  # type: ignore[attr-defined]
        owner.again.set_text(again)  # type: ignore[attr-defined]
        screen.go_on()
        assert said in screen.banner.message
    assert not has_own_shop(tmp_path)


def test_a_logo_is_seen_on_the_receipt_before_the_shop_is_there(screen: SetUpScreen, tmp_path: Path) -> None:
    step = screen.steps[2]
    assert isinstance(step, ReceiptStep)
    screen.draft = replace(screen.draft, name="Lind")
    screen._go(2)

    def logo() -> Logo | None:
        document = step.preview.document
        assert document is not None
        return next((block for block in document.blocks if isinstance(block, Logo)), None)

    assert "Lind" in str(step.preview.document)
    step.header.edit.setPlainText("Storgatan 1")
    assert "Storgatan 1" in str(step.preview.document)
    file = tmp_path / "words.png"
    file.write_bytes(b"no picture")
    step.logo.set_text(str(file))
    QTest.keyClick(step.logo.edit, Qt.Key.Key_Return)
    assert "no picture" in screen.banner.message
    screen.go_on()
    assert screen.step is step
    assert "no picture" in screen.banner.message
    step.logo.set_text(str(tmp_path / "gone.png"))
    screen.go_on()
    assert screen.step is step
    assert "gone.png" in screen.banner.message
    assert logo() is None
    file.write_bytes(as_file(drawn()))
    step.logo.set_text(str(file))
    QTest.keyClick(step.logo.edit, Qt.Key.Key_Return)
    assert not screen.banner.message
    assert logo() is not None
    screen.go_on()
    screen.go_back()
    assert logo() is not None
    step.logo.remove.click()
    assert logo() is None
    assert not screen.draft.logo_file or step.read(screen.draft).logo_file == ""


def test_swedens_law_is_said_and_new_york_is_proposed(screen: SetUpScreen) -> None:
    first = screen.steps[0]
    first.country.choose("SE")  # type: ignore[attr-defined]
    first.country.changed.emit()  # type: ignore[attr-defined]
    assert "control unit" in first.notice.message  # type: ignore[attr-defined]
    assert [tax.percent for tax in screen.draft.taxes] == ["25", "12", "12", "6", "0"]
    first.country.choose("US")  # type: ignore[attr-defined]
    first.country.changed.emit()  # type: ignore[attr-defined]
    assert not first.notice.message  # type: ignore[attr-defined]
    first.region.choose("NY")  # type: ignore[attr-defined]
    first.region.changed.emit()  # type: ignore[attr-defined]
    assert screen.draft.taxes[0].percent == "4"
    assert screen.draft.timezone == "America/New_York"


def test_a_file_of_items_is_tried_first_and_nothing_kept(screen: SetUpScreen, tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    file.write_text("code,name\nA,Apple\n")
    step = screen.items
    screen._go(5)
    step.kind.choose(FirstItems.FILE)
    step.kind.changed.emit()
    step.file.set_text(str(file))
    step.try_button.click()
    wait(lambda: screen._asked is None)
    assert "price" in step._said.text()
    assert not has_own_shop(tmp_path)
    step.file.set_text(str(tmp_path / "none.csv"))
    step.try_button.click()
    wait(lambda: screen._asked is None)
    assert "none.csv" in screen.banner.message


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_fits_in_every_language(qapp: QApplication, tmp_path: Path, language: str) -> None:
    del qapp
    screen = SetUpScreen(Wording("en"), tmp_path, HandClock())
    screen.resize(1024, 768)
    screen.show()
    screen.set_words(Wording(language))
    for number in range(len(screen.steps)):
        screen._go(number)
        settle()
        found = [
            f"{number}: {widget.objectName()} {said}"
            for widget in screen.findChildren(QWidget)
            if widget.isVisible()
            for said in (*cut(widget), *untouchable(widget))
        ]
        assert not found
        assert (screen.width(), screen.height()) == (1024, 768)
    screen.close_down()
    screen.deleteLater()


def test_the_ways_stand_in_the_demo_shop_while_there_is_no_other(lane: Lane) -> None:
    sign_in = lane.window.sign_in
    assert sign_in.set_up_button.isVisible()
    assert sign_in.restore_button.isVisible()
    sign_in.offer_set_up(offered=False)
    assert not sign_in.set_up_button.isVisible()
    asked: list[bool] = []
    sign_in.set_up_wanted.connect(lambda: asked.append(True))
    QTest.keyClick(sign_in, Qt.Key.Key_F2)
    assert not asked


def test_a_backup_shows_what_is_in_it_and_becomes_the_shop(qapp: QApplication, tmp_path: Path) -> None:
    del qapp
    folder = new_shop(tmp_path / "old")
    station = open_up(folder)
    sell(station, "BREAD")
    station.close()
    copy = back_up(folder, tmp_path / "stick" / "copy", HandClock().now()).folder
    home = tmp_path / "home"
    home.mkdir()
    screen = RestoreScreen(Wording("en"), home, HandClock())
    screen.resize(1024, 768)
    screen.show()
    settle()
    restored: list[Path] = []
    screen.restored.connect(restored.append)
    screen.file.set_text(str(tmp_path / "stick"))
    screen.restore()
    assert "not a whole backup" in screen.banner.message
    screen.file.set_text(str(copy / "backup.json"))
    screen.look()
    assert "Corner" in screen._shop.text()
    assert "1 sale" in screen._sales.text()
    (copy / "shop.keys").rename(copy / "elsewhere.keys")
    screen.restore()
    assert "keys" in screen.banner.message
    assert not has_own_shop(home)
    (copy / "elsewhere.keys").rename(copy / "shop.keys")
    QTest.keyClick(screen, Qt.Key.Key_F12)
    wait(lambda: bool(restored))
    assert restored == [home / "shop"]
    assert verify_shop(home / "shop").sound
    screen.close_down()
    screen.deleteLater()
