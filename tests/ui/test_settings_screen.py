"""The settings window as a manager uses it: nothing holds before it is saved, and what cannot be is refused."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from pos.domain.refusal import Code, Refused
from pos.domain.staff import Role
from pos.settings import MachineSettings, read_settings
from pos.ui.settings.pages import PAGES
from pos.ui.settings.rows import SettingRow
from pos.ui.settings.screen import SettingsScreen
from receipts.document import Logo
from tests.lane import DANA, MUG, Lane, copy_of_demo, open_lane, wait_until
from tests.receipts.pictures import as_file, drawn, moving


@pytest.fixture
def till(qapp: QApplication, tmp_path: Path) -> Iterator[Lane]:
    """Return a till with a manager at it."""
    del qapp
    lane = open_lane(copy_of_demo(tmp_path / "home"))
    lane.sign_in(DANA)
    lane.opened.workstation.tills.open_till(20000)
    yield lane
    lane.close()


def settings(till: Lane, page: str = "shop") -> SettingsScreen:
    till.shell.open_place("settings")
    screen = till.shell.screen_shown
    assert isinstance(screen, SettingsScreen)
    screen.turn_to(page)
    return screen


def row(screen: SettingsScreen, name: str) -> SettingRow:
    return next(row for row in screen.rows if row.entry.name == name)


def settled(screen: SettingsScreen, seconds_max: float = 5) -> None:
    """Let the worker say what came of a printer's settings."""
    wait_until(lambda: not screen.working.busy, seconds_max)
    assert not screen.working.busy


def test_a_printer_is_asked_while_the_window_goes_on(till: Lane, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = Event()
    desk = till.opened.workstation.machine_settings

    def tried(wanted: MachineSettings) -> Refused:
        answers.wait(5)
        return Refused(Code.PRINTER_UNREACHABLE, {"host": wanted.printer_host, "port": wanted.printer_port})

    monkeypatch.setattr(desk, "_tried", tried)
    screen = settings(till, "devices")
    row(screen, "printer").put("tcp")
    row(screen, "printer_host").put("192.0.2.7")
    till.trigger("settings.keys.save")
    assert screen.banner.message == "Asking the printer…"
    till.trigger("settings.keys.page_shop")
    answers.set()
    settled(screen)
    assert "192.0.2.7" in screen.banner.message
    assert "Nothing was changed." in screen.banner.message


def test_a_rule_changes_on_the_paper_and_in_the_books(till: Lane) -> None:
    screen = settings(till, "receipt")
    row(screen, "receipt.footer").put("Na shledanou")
    assert "Na shledanou" in str(screen.preview.document)
    assert till.opened.workstation.desk.rules.version == 1
    till.trigger("settings.keys.save")
    assert till.opened.workstation.desk.rules.receipt.footer == ("Na shledanou",)
    assert till.shell.messages.kept[-1].text == "Saved: 1 change."
    footer = row(screen, "receipt.footer")
    assert not footer.back.isHidden()
    footer.back.click()
    till.trigger("settings.keys.save")
    assert till.opened.workstation.desk.rules.receipt.footer == ("Thank you. See you soon!",)
    assert till.opened.workstation.desk.rules.version == 3


@pytest.mark.parametrize(
    ("page", "name", "typed"),
    [
        ("shop", "name", ""),
        ("shop", "cash_step", "abc"),
        ("shop", "cash_step", "-1"),
        ("shop", "tax.standard", "101"),
        ("receipt", "receipt.header", "x\n" * 20),
        ("devices", "printer_port", "99999"),
        ("devices", "printer_port", "nine"),
        ("devices", "printer", "tcp"),
        ("devices", "printer", "file"),
        ("machine", "workstation", "0"),
    ],
)
def test_what_cannot_be_is_said_and_stays_to_be_mended(till: Lane, page: str, name: str, typed: str) -> None:
    screen = settings(till, page)
    before = [entry.value for entry in screen.entries()]
    row(screen, name).put(typed)
    till.trigger("settings.keys.save")
    settled(screen)
    assert "Nothing was changed." in screen.banner.message
    assert row(screen, name).text == typed
    assert [entry.value for entry in screen.entries()] == before
    till.trigger("settings.keys.drop")
    assert [each.text for each in screen.rows] == [each.entry.value for each in screen.rows]


def test_what_is_typed_is_kept_from_page_to_page(till: Lane) -> None:
    screen = settings(till)
    row(screen, "tax.food").put("12.5")
    till.trigger("settings.keys.page_sounds")
    row(screen, "sounds").put("0")
    till.trigger("settings.keys.page_shop")
    assert row(screen, "tax.food").text == "12.5"
    till.trigger("settings.keys.save")
    food = till.opened.workstation.desk.rules.rate("food")
    assert food is not None
    assert food.rate_millionths == 125_000
    assert read_settings(till.window.habits._path.parent).sounds == 0


def test_search_finds_over_all_pages(till: Lane) -> None:
    screen = settings(till)
    screen.field.set_text("PRINTER ADD")
    screen.field.edited.emit("PRINTER ADD")
    assert [each.entry.name for each in screen.rows] == ["printer_host"]
    screen.field.set_text("xyzzy")
    screen.field.edited.emit("xyzzy")
    assert not screen.empty.isHidden()
    till.trigger("settings.keys.back")
    assert screen.rows
    till.trigger("settings.keys.back")
    assert till.shell.screen_shown is not screen


def test_every_page_has_something_and_no_printer_is_said(till: Lane) -> None:
    screen = settings(till)
    for page, _, _ in PAGES:
        screen.turn_to(page)
        assert screen.rows or not screen.people.isHidden() or screen.keys.buttons, page
    screen.turn_to("devices")
    till.trigger("settings.keys.test")
    assert answer_of(screen) == "No printer is set. Receipts stay on the screen."


def answer_of(screen: SettingsScreen) -> str:
    """What a device said, once its worker is back."""
    wait_until(lambda: not screen.tests.asking.busy, 5)
    return screen.tests.said


def test_devices_are_tried_while_the_window_goes_on(till: Lane, tmp_path: Path) -> None:
    screen = settings(till, "devices")
    row(screen, "printer").put("file")
    row(screen, "printer_folder").put(str(tmp_path))
    screen.tests.buttons["printer"].click()
    assert screen.tests.asking.busy
    assert "ready" in answer_of(screen)
    screen.tests.buttons["drawer"].click()
    assert "does not tell" in answer_of(screen)
    screen.tests.buttons["scale"].click()
    assert answer_of(screen) == "No scale is set."


def test_a_card_terminal_is_tried_as_the_fields_say(till: Lane) -> None:
    screen = settings(till, "devices")
    screen.tests.buttons["terminal"].click()
    assert answer_of(screen) == "No card terminal is set."
    row(screen, "terminal").put("nexo_westpay")
    screen.tests.buttons["terminal"].click()
    assert "needs “Terminal address”" in answer_of(screen)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        row(screen, "terminal_host").put("127.0.0.1")
        row(screen, "terminal_port").put(str(closed.getsockname()[1]))
        row(screen, "terminal_id").put("WP-1")
        row(screen, "terminal_certificate").put("/no/such/root.pem")
        screen.tests.buttons["terminal"].click()
        assert answer_of(screen).startswith("This is not the terminal"), "a certificate that is not there is nobody's"
    row(screen, "terminal").put("simulated")
    screen.tests.buttons["terminal"].click()
    assert answer_of(screen) == "The card terminal WP-1 answers and is ready."


def test_a_tried_scanner_sells_nothing_and_shows_no_badge(till: Lane) -> None:
    screen = settings(till, "devices")
    screen.tests.buttons["scanner"].click()
    till.window.scanned(MUG)
    assert MUG in screen.tests.said
    assert till.opened.workstation.sale.view.empty
    screen.tests.buttons["scanner"].click()
    till.window.scanned("KB-5555-6666")
    assert screen.tests.said == "The scanner works. It read a badge."
    assert till.opened.workstation.sign_on.operator is not None
    assert till.opened.workstation.sign_on.operator.id == DANA


def test_somebody_new_comes_and_goes(till: Lane) -> None:
    page = settings(till, "people").people
    page.number.setText("501")
    page.name.setText("Eva Malá")
    page.roles.choose("cashier")
    page.save_button.click()
    assert "PIN" in till.shell.screen_shown.notices.message  # type: ignore[union-attr]
    page.pin.setText("918273")
    page.save_button.click()
    assert page.number.text() == "501"
    page.roles.choose("manager")
    page.save_button.click()
    page.end_button.click()
    people = till.opened.workstation.people.all()
    assert not isinstance(people, Refused)
    eva = next(each for each in people if each.operator.id == "501")
    assert (eva.operator.role, eva.active) == (Role.MANAGER, False)
    page.choose(DANA)
    page.end_button.click()
    assert "Nobody changes their own role" in till.shell.screen_shown.notices.message  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["cs", "sv"])
def test_words_change_live(till: Lane, language: str) -> None:
    screen = settings(till)
    row(screen, "name").put("Typed")
    till.window.choose_language(language)
    assert row(screen, "name").text == "Typed"


def picture(folder: Path, name: str = "leaf.png", content: bytes | None = None) -> str:
    """A file on the disk of whoever chooses a logo."""
    file = folder / name
    file.write_bytes(as_file(drawn()) if content is None else content)
    return str(file)


def logo_shown(screen: SettingsScreen) -> Logo | None:
    document = screen.preview.document
    assert document is not None
    return next((block for block in document.blocks if isinstance(block, Logo)), None)


def has_logo(till: Lane) -> bool:
    return till.opened.workstation.desk.rules.receipt.logo is not None


def test_a_logo_is_seen_before_it_is_kept_and_taken_away_again(
    till: Lane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = settings(till, "receipt")
    assert logo_shown(screen) is None
    assert not screen.logo.picture.remove.isEnabled()
    file = picture(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (file, ""))
    screen.logo.picture.browse.click()
    seen = logo_shown(screen)
    assert seen is not None
    assert not has_logo(till)
    # What was seen is kept, even where the stick it came from is pulled meanwhile.
    Path(file).unlink()
    till.trigger("settings.keys.save")
    assert till.shell.messages.kept[-1].text == "Saved: 1 change."
    assert has_logo(till)
    assert logo_shown(screen) == seen
    screen.logo.picture.remove.click()
    assert logo_shown(screen) is None
    assert has_logo(till)
    till.trigger("settings.keys.drop")
    assert logo_shown(screen) == seen
    screen.logo.picture.remove.click()
    till.trigger("settings.keys.save")
    assert not has_logo(till)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("words.png", b"no picture", "no picture"),
        ("moving.gif", moving(), "moves"),
        ("large.png", as_file(drawn()) + b"\0" * 4_000_000, "too large"),
        ("white.png", as_file(Image.new("RGB", (90, 90), "white")), "Nothing of"),
    ],
)
def test_what_can_be_no_logo_is_refused_and_nothing_is_changed(
    till: Lane, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    screen = settings(till, "receipt")
    screen.logo.picture.set_text(picture(tmp_path, name, content))
    QTest.keyClick(screen.logo.picture.edit, Qt.Key.Key_Return)
    assert said in screen.banner.message
    assert "Nothing was changed." in screen.banner.message
    assert logo_shown(screen) is None
    row(screen, "receipt.footer").put("Never kept")
    till.trigger("settings.keys.save")
    assert till.opened.workstation.desk.rules.version == 1


def test_a_logo_by_a_typed_path_is_saved_with_the_rest_and_a_missing_file_is_said(till: Lane, tmp_path: Path) -> None:
    screen = settings(till, "receipt")
    row(screen, "receipt.footer").put("Na shledanou")
    screen.logo.picture.set_text(str(tmp_path / "gone.png"))
    till.trigger("settings.keys.save")
    assert "gone.png" in screen.banner.message
    assert till.opened.workstation.desk.rules.version == 1
    screen.logo.picture.set_text(picture(tmp_path))
    till.trigger("settings.keys.save")
    texts = till.opened.workstation.desk.rules.receipt
    assert texts.footer == ("Na shledanou",)
    assert texts.logo is not None
    screen.field.set_text("logo")
    screen.field.edited.emit("logo")
    assert not screen.logo.isHidden()
    screen.turn_to("shop")
    assert screen.logo.isHidden()


def test_the_cards_are_built_once_at_entering_and_anew_for_another_language(
    till: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[int] = []
    build = SettingsScreen._build_rows

    def counted(screen: SettingsScreen) -> None:
        built.append(1)
        build(screen)

    monkeypatch.setattr(SettingsScreen, "_build_rows", counted)
    till.shell.open_place("settings")
    assert len(built) == 1
    till.window.choose_language("cs")
    assert len(built) == 2
    till.shell.open_place("sell")
    till.window.choose_language("en")
    assert len(built) == 2
    till.shell.open_place("settings")
    assert len(built) == 3
