"""The program around the windows: one window a workstation, trouble said plainly, nothing lost however it ends."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos.persistence.lane_lock import LaneLock
from pos.services.demo_shop import DEMO_PINS
from pos.settings import first_choice, restored_beside
from pos.ui.app import App, make_application
from pos.ui.failure import install, write_report
from pos.ui.habits import Habits
from pos.ui.one_window import FirstWindow, raise_first
from pos.ui.set_up.screen import SetUpScreen
from pos.ui.window_name import may_be_open, window_name
from tests.lane import DANA, MAYA, MUG, Lane, StandingClock, open_lane, settings_of
from tests.screens import walk

LATE = (
    "babel",
    "PySide6.QtNetwork",
    "sqlalchemy",
    "alembic",
    "reportlab",
    "escpos",
    "pos.persistence",
    "pos.services",
    "pos.workstation",
)


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, home: Path) -> Iterator[Callable[[], App]]:
    """Return how to start the program in this test's home; everything started is closed again."""
    del qapp
    started: list[App] = []

    def begin(number: int = 1) -> App:
        app = App(make_application(), settings_of(home), None, number, language="en", clock=StandingClock())
        started.append(app)
        app.window.show()
        qtbot.waitUntil(lambda: app.window.shell is not None or app.window.trouble is not None, timeout=20_000)
        return app

    yield begin
    for app in started:
        app.close()


def python(code: str, home: Path, *, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "KASSA_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def test_the_first_picture_needs_nothing_of_the_books(tmp_path: Path) -> None:
    code = """
import sys
from pos.settings import home_folder, read_settings
from pos.settings import first_choice
from pos.ui.app import App, make_application
program = make_application()
app = App(program, read_settings(home_folder()), None, 1, language="en")
app.window.painted.disconnect()
app.window.painted.connect(program.quit)
app.show()
program.exec()
print([name for name in LATE if name in sys.modules])
app.close()
"""
    run = python(code.replace("LATE", repr(LATE)), tmp_path / "kassa")
    assert run.stdout.split("\n")[0] == "[]", run.stdout + run.stderr


def test_digits_typed_before_the_shop_is_open_sign_in(qapp: QApplication, qtbot: QtBot, home: Path) -> None:
    del qapp
    app = App(make_application(), settings_of(home), None, 1, language="en", clock=StandingClock())
    app.window.show()
    for digit in DEMO_PINS[MAYA]:
        app.window.sign_in.pin.add(digit)
    app.window.sign_in.submit()
    qtbot.waitUntil(lambda: app.window.shell is not None and app.window.shell.isVisible(), timeout=20_000)
    assert app.opened is not None
    person = app.opened.workstation.sign_on.operator
    assert person is not None
    assert person.id == MAYA
    app.close()


def test_the_shop_and_its_people_appear_when_it_is_open(start: Callable[[], App]) -> None:
    app = start()
    assert list(app.window.sign_in.people.buttons) == list(DEMO_PINS)
    assert "Alder & Co." in app.window.windowTitle()


def test_closing_backs_the_shop_up_and_lets_the_number_go(start: Callable[[], App], home: Path) -> None:
    app = start()
    app.window.close()
    app.close()
    assert app.status == 0
    assert [entry for entry in (home / "demo" / "backups").iterdir() if entry.is_dir()]
    LaneLock.take(home / "demo", 1).release()


def test_books_that_do_not_hold_are_said_when_the_program_ends(
    start: Callable[[], App], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The backup is made all the same; nobody would know that it was found to be wrong."""
    books = sqlite3.connect(home / "demo" / "shop.sqlite3")
    books.execute("UPDATE stock SET on_hand = on_hand + 1")
    books.commit()
    books.close()
    app = start()
    app.window.close()
    app.close()
    assert app.status == 1
    assert "its books do not hold" in capsys.readouterr().err
    assert [entry for entry in (home / "demo" / "backups").iterdir() if entry.is_dir()]


def test_a_restore_that_was_killed_is_finished_by_the_next_start_which_says_so(
    start: Callable[[], App], home: Path
) -> None:
    (home / "demo").rename(restored_beside(home / "demo"))
    (mark := restored_beside(home / "demo") / "pictures").mkdir(exist_ok=True)
    app = start()
    assert (home / "demo" / mark.name).is_dir(), "no other shop was founded"
    assert not restored_beside(home / "demo").exists()
    assert "this is the shop from the backup" in app.window.sign_in.banner.message
    app.window.close()
    app.close()
    assert start().window.sign_in.banner.message == ""


@pytest.mark.parametrize("number", [MAYA, DANA])
def test_who_looks_after_the_shop_is_told_of_a_backup_that_failed_until_one_succeeds(
    start: Callable[[], App], home: Path, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    """Whoever starts it from an icon sees nothing of what the program says as it ends."""

    def told() -> str:
        app = start()
        app.window.choose_language("en")
        assert app.opened is not None
        app.opened.workstation.sign_on.sign_on(number, DEMO_PINS[number])
        app.window.sign_in.signed_in.emit()
        assert app.window.shell is not None
        said = " ".join(message.text for message in app.window.shell.messages.kept)
        app.window.close()
        app.close()
        return said

    backups = home / "demo" / "backups"
    assert told() == ""
    shutil.rmtree(backups)
    backups.write_text("no folder")
    assert told() == "", "it fails as this one ends"
    assert str(backups) in capsys.readouterr().err
    backups.unlink()
    said = told()
    assert ("failed" in said and str(backups) in said) is (number == DANA)
    assert told() == "", "the backup that followed succeeded"


def test_no_other_window_ever_opens(qapp: QApplication, qtbot: QtBot, home: Path) -> None:
    """A widget shown before it has a parent is a window, and takes the focus from the PIN."""
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    lane = open_lane(home)
    walk(lane, lambda _: qtbot.wait(1), "en", "light")
    qapp.removeEventFilter(watch)
    lane.close()
    assert shown == ["MainWindow"]


def test_asked_to_end_from_outside_it_ends_in_order(home: Path) -> None:
    code = "import sys; from pos.cli import main; sys.exit(main(['open']))"
    environment = {**os.environ, "KASSA_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])}
    program = subprocess.Popen([sys.executable, "-c", code], env=environment)
    socket = Path(tempfile.gettempdir(), window_name(home / "demo", 1))
    until = time.monotonic() + 60
    while not socket.exists() and time.monotonic() < until:
        time.sleep(0.05)
    program.send_signal(signal.SIGTERM)
    assert program.wait(60) == 0
    assert [entry for entry in (home / "demo" / "backups").iterdir() if entry.is_dir()]
    assert not socket.exists()


# One window a workstation.


def test_a_second_start_brings_the_first_window_forward(
    start: Callable[[], App], home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = start()
    app.window.showMinimized()
    monkeypatch.setattr(app.window, "activateWindow", lambda: None)
    code = "import sys; from pos.cli import main; sys.exit(main(['open']))"
    environment = {**os.environ, "KASSA_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])}
    second = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    said, _ = second.communicate()
    assert second.returncode == 0
    assert "is open already" in said
    qtbot.waitUntil(lambda: not app.window.isMinimized())


def test_two_numbers_are_two_windows(home: Path) -> None:
    assert window_name(home / "demo", 1) != window_name(home / "demo", 2)
    assert window_name(home / "demo", 1) != window_name(home, 1)
    assert window_name(home / "demo" / ".." / "demo", 1) == window_name(home / "demo", 1)
    assert not may_be_open(window_name(home / "demo", 1))
    assert not may_be_open(window_name(home / "not there", 1))
    assert not raise_first(window_name(home / "demo", 1))


def test_a_name_left_by_a_killed_program_is_taken_over(qapp: QApplication, home: Path, qtbot: QtBot) -> None:
    del qapp
    name = window_name(home, 7)
    code = f"""
import os, signal
from PySide6.QtCore import QCoreApplication
from pos.ui.one_window import FirstWindow
app = QCoreApplication([])
first = FirstWindow()
print(first.listen({name!r}), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert python(code, home).stdout.strip() == "True"
    assert may_be_open(name)
    assert not raise_first(name)
    first = FirstWindow()
    assert first.listen(name)
    with qtbot.waitSignal(first.asked):
        assert raise_first(name)
    first.close()


def test_a_number_another_program_holds_is_said_and_can_be_tried_again(
    start: Callable[[], App], home: Path, qtbot: QtBot
) -> None:
    lock = LaneLock.take(home / "demo", 1)
    app = start()
    assert app.window.trouble is not None
    assert "Workstation 1 is open in another program" in app.window.trouble.sentence.text()
    lock.release()
    QTest.mouseClick(app.window.trouble.again_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: app.window.shell is not None, timeout=20_000)
    assert app.window.sign_in.isVisible()


# Books that cannot be opened.


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def _scribble(file: Path) -> None:
    file.write_bytes(b"\x00" * 4096)


def _from_tomorrow(file: Path) -> None:
    books = sqlite3.connect(file)
    books.execute("UPDATE alembic_version SET version_num = '9999'")
    books.commit()
    books.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    books.close()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [(_cut, "damaged"), (_scribble, "damaged"), (Path.unlink, "gone"), (_from_tomorrow, "newer Kassa")],
    ids=["cut short", "overwritten", "missing", "from a newer program"],
)
def test_books_that_cannot_be_read_are_said_and_left_as_they_are(
    start: Callable[[], App], home: Path, spoil: Callable[[Path], None], said: str
) -> None:
    books = home / "demo" / "shop.sqlite3"
    spoil(books)
    before = books.read_bytes() if books.exists() else None
    app = start()
    assert app.window.trouble is not None
    assert app.window.trouble.isVisible()
    assert said in app.window.trouble.sentence.text()
    assert (books.read_bytes() if books.exists() else None) == before
    QTest.keyClick(app.window.trouble, Qt.Key.Key_Escape)
    assert not app.window.isVisible()


def test_the_trouble_changes_its_language_too(start: Callable[[], App], home: Path) -> None:
    _scribble(home / "demo" / "shop.sqlite3")
    app = start()
    assert app.window.trouble is not None
    english = app.window.trouble.sentence.text()
    app.window.choose_language("cs")
    assert app.window.trouble.sentence.text() != english


# However it ends.

KILLED = """
import os, signal
from pathlib import Path
from types import SimpleNamespace
from tests.lane import KETTLE, MUG, open_lane
lane = open_lane(Path(os.environ["KASSA_HOME"]))
lane.open_till()
for code in (KETTLE, MUG):
    lane.shell.sell.scanned(code)
AND
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("end", ["paid", "voided"])
def test_a_sale_that_was_open_when_the_power_went_is_taken_up_again(qapp: QApplication, home: Path, end: str) -> None:
    del qapp
    run = python(KILLED.replace("AND", ""), home)
    assert run.returncode == -signal.SIGKILL, run.stderr
    lane = open_lane(home)
    lane.sign_in()
    assert lane.shell.screen_shown is lane.shell.sell
    assert "Sale taken up again." in lane.shell.sell.notice.message
    assert lane.shell.sell.basket.model.rowCount() == 2
    lane.shell.lock()
    lane.sign_in()
    assert lane.shell.sell.basket.model.rowCount() == 2
    assert "Sale taken up again." in lane.shell.sell.notice.message
    # It is said of this sale, and not of the next customer's.
    ends = {"paid": ("sell.keys.pay", "pay.keys.complete", "done.keys.next"), "voided": ("sell.keys.void",)}[end]
    for key in ends:
        lane.trigger(key)
    if end == "voided":
        lane.shell.sell.voiding.confirm()
    assert lane.shell.sell.basket.model.rowCount() == 0
    assert lane.shell.sell.notice.message == ""
    lane.close()


def test_money_that_was_taken_when_the_power_went_is_still_taken(qapp: QApplication, home: Path) -> None:
    del qapp
    paid = 'lane.trigger("sell.keys.pay"); lane.shell.pay.received.set_entry("20"); lane.trigger("pay.keys.complete")'
    run = python(KILLED.replace("AND", paid), home)
    assert run.returncode == -signal.SIGKILL, run.stderr
    lane = open_lane(home)
    lane.sign_in()
    assert lane.shell.screen_shown is lane.shell.pay
    assert "Cash $20.00" in lane.shell.pay.tenders.said
    assert "Sale taken up again." in lane.shell.pay.banner.message
    lane.close()


def test_locking_keeps_the_sale_and_says_so(lane: Lane) -> None:
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    QTest.keyClick(lane.shell.sell.scan_field.edit, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert lane.shell.lock_screen.isVisible()
    assert lane.opened.workstation.sign_on.operator is None
    assert "The sale is kept: 1 line" in lane.shell.lock_screen.said
    lane.window.scanned(MUG)
    lane.trigger("lock.keys.other")
    assert "A sale is open here" in lane.window.sign_in.banner.message
    lane.sign_in("102")
    assert lane.shell.sell.basket.model.rowCount() == 1


def test_the_rail_shows_only_what_is_built(lane: Lane) -> None:
    lane.sign_in()
    assert list(lane.shell.rail.buttons) == ["sell", "returns", "journal", "customers", "cash", "more"]


def test_the_person_panel_changes_language_and_closes_on_a_scan(lane: Lane) -> None:
    lane.open_till()
    QTest.mouseClick(lane.shell.top_bar.person_button, Qt.MouseButton.LeftButton)
    panel = lane.shell.person
    QTest.mouseClick(panel.languages.buttons["sv"], Qt.MouseButton.LeftButton)
    assert lane.window.words.language == "sv"
    assert panel.isVisible()
    lane.window.scanned(MUG)
    assert not panel.isVisible()
    assert lane.shell.sell.basket.model.rowCount() == 1


# A shop of one's own.


def test_the_shop_that_was_set_up_is_the_next_to_open(start: Callable[[], App], qtbot: QtBot, home: Path) -> None:
    app = start()
    QTest.keyClick(app.window.sign_in, Qt.Key.Key_F2)
    screen = app.window.findChild(SetUpScreen)
    assert screen is not None
    assert screen.isVisible()
    name = screen.findChild(QLineEdit, "set_up.shop.name")
    assert name is not None
    QTest.keyClicks(name, "Lind")
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert app.window.sign_in.isVisible()
    QTest.keyClick(app.window.sign_in, Qt.Key.Key_F2)
    screen = next(each for each in app.window.findChildren(SetUpScreen) if each.isVisible())
    assert screen.draft.name == "Lind"
    for _ in range(3):
        QTest.keyClick(screen, Qt.Key.Key_F12)
    for field, text in (("name", "Eva"), ("pin", "739146"), ("pin_again", "739146")):
        # Not by keys: digits as fast as a test types them are a scan.
        edit = screen.findChild(QLineEdit, f"set_up.owner.{field}")
        assert edit is not None
        edit.setText(text)
    for _ in range(4):
        QTest.keyClick(screen, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: app.then is not None, timeout=20_000)
    assert app.then == home / "shop" == first_choice(home)
    app.close()
    own = App(make_application(), settings_of(home), app.then, 1, language="en", clock=StandingClock())
    own.window.show()
    qtbot.waitUntil(lambda: own.window.shell is not None, timeout=20_000)
    assert list(own.window.sign_in.people.buttons) == ["100"]
    assert not own.window.sign_in.set_up_button.isVisible()
    for digit in "739146":
        own.window.sign_in.pin.add(digit)
    own.window.sign_in.submit()
    assert own.window.shell is not None
    assert own.window.shell.isVisible()
    own.close()


# A bug.


def test_a_bug_is_reported_without_what_it_was_about_and_said_plainly(lane: Lane, tmp_path: Path) -> None:
    lane.open_till()
    lane.shell.sell.scanned(MUG)
    told: list[bool] = []

    def tell(report: Path | None) -> None:
        told.append(report is not None)
        lane.window.tell_failure(saved=report is not None)

    unhook = install(tmp_path, tell)
    try:
        raise RuntimeError("PIN 987654 and 138.65")
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        unhook()
    assert told == [True]
    (report,) = (tmp_path / "reports").iterdir()
    text = report.read_text("utf-8")
    assert "RuntimeError" in text
    assert "test_app.py" in text
    assert "987654" not in text
    assert "138.65" not in text
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert "The open sale is safe" in lane.shell.sell.notice.message
    lane.shell.sell.scanned(MUG)
    assert lane.shell.sell.basket.model.rowCount() == 2


def test_a_report_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("in the way")
    assert write_report(tmp_path, RuntimeError()) is None


def test_habits_are_for_their_owner_only(qapp: QApplication, tmp_path: Path) -> None:
    del qapp
    Habits(tmp_path).keep_language("sv", MAYA)
    assert Habits(tmp_path).language(MAYA) == "sv"
    assert Habits(tmp_path).language("102") == ""
    assert stat.S_IMODE((tmp_path / "screen.ini").stat().st_mode) == 0o600


def test_a_habit_that_stays_as_it_was_is_not_written_anew(qapp: QApplication, tmp_path: Path) -> None:
    """Whoever signs in where they were last would wait for the disk."""
    del qapp
    habits = Habits(tmp_path)
    habits.keep_last_person(MAYA)
    (tmp_path / "screen.ini").unlink()
    habits.keep_last_person(MAYA)
    assert not (tmp_path / "screen.ini").exists()
    habits.keep_last_person("102")
    assert (tmp_path / "screen.ini").exists()
    assert habits.last_person == "102"


@pytest.mark.parametrize("screen", [QSize(1280, 1024), QSize(1366, 1024)])
def test_the_window_is_no_wider_than_its_screen(lane: Lane, monkeypatch: pytest.MonkeyPatch, screen: QSize) -> None:
    """A till without a window manager makes no window fit."""
    found = SimpleNamespace(
        screenAt=lambda _place: None, primaryScreen=lambda: SimpleNamespace(availableSize=lambda: screen)
    )
    monkeypatch.setattr("pos.ui.main_window.QGuiApplication", found)
    lane.window.resize(1366, 768)
    lane.window.show_fitting()
    assert (lane.window.width(), lane.window.height()) == (screen.width(), 768)
