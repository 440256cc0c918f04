"""What the first sale does not need is not loaded before it, from one table, and comes when it is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pos.late_rooms import LATE_SCREENS
from pos.ui import places
from tests.lane import copy_of_demo

ROOT = Path(__file__).parents[2]
WAITING = """
import sys
from types import ModuleType
from pos.late_rooms import LATE_ROOMS, LATE_SCREENS, RARE_ROOMS, SIGNATURE_ROOMS, load, open_room
open_room("pos.ui.opening")
open_room("pos.ui.screens")
ALL = (*SIGNATURE_ROOMS, *RARE_ROOMS, *LATE_ROOMS, *LATE_SCREENS)
def waiting():
    return [name for name in ALL if type(sys.modules[name]) is not ModuleType]
"""


def said_by(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WAITING + program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout.strip()


def test_a_till_that_opens_leaves_every_late_room_alone() -> None:
    heavy = ("PIL", "reportlab", "escpos", "barcode")
    said = said_by(f"print(sorted(set(ALL) - set(waiting())), [name for name in {heavy!r} if name in sys.modules])")
    assert said == "[] []"


def test_a_till_where_somebody_signed_in_leaves_them_alone_too(tmp_path: Path) -> None:
    home = copy_of_demo(tmp_path / "kassa")
    said = said_by(
        f"""
from pathlib import Path
from PySide6.QtCore import QTimer
from pos.settings import read_settings
from pos.ui.app import App, make_application
program = make_application()
app = App(program, read_settings(Path({str(home)!r})), None, 1, language="en")
def sign_in():
    app.window.sign_in.signed_in.connect(lambda: QTimer.singleShot(0, report))
    for digit in "101101":
        app.window.sign_in.pin.add(digit)
    app.window.sign_in.submit()
def report():
    at = app.window.shell.screen_shown.name
    # The demo shop's terminal; the screen that is shown, with its list; and the first of what waits for a moment's work
    # may have come on a slow machine.
    terminal = {{"pos.devices.payment.practice", "pos.devices.simulated.terminal"}}
    shown = {{"pos.ui.cash.open_till", "pos.ui.shared.row_list"}}
    print(at, sorted(set(ALL) - set(waiting()) - terminal - shown - {{"pos.ui.one_window"}}))
    program.quit()
app.window.painted.connect(sign_in)
app.show()
program.exec()
app.close()
"""
    )
    assert said == "open_till []"


def test_no_class_of_qt_is_made_beside_the_windows_own_thread(tmp_path: Path) -> None:
    """Qt asks its objects for their classes without Python's lock: a class made meanwhile ends the program."""
    home = copy_of_demo(tmp_path / "kassa")
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(home)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "MainThread only, [] wait"


ELSEWHERE = """
import builtins, sys, threading
from pathlib import Path
import pos.ui
from PySide6.QtCore import QTimer
from shiboken6 import Shiboken
made = {}
build = builtins.__build_class__
def built(body, name, *bases, **said):
    cls = build(body, name, *bases, **said)
    if issubclass(cls, Shiboken.Object):
        made.setdefault(threading.current_thread().name, []).append(name)
    return cls
builtins.__build_class__ = built
from pos.late_rooms import LATE_ROOMS, LATE_SCREENS
from pos.settings import read_settings
from pos.ui import late_loading
from pos.ui.app import App, make_application
late_loading._LATER_MILLISECONDS = late_loading._NEXT_MILLISECONDS = late_loading._QUIET_MILLISECONDS = 0
program = make_application()
app = App(program, read_settings(Path(sys.argv[1])), None, 1, language="en")
def waiting():
    return [name for name in (*LATE_ROOMS, *LATE_SCREENS) if "Late" in type(sys.modules.get(name)).__name__]
def look():
    if app.opened is not None and not waiting():
        app._worker.submit(int).result()
        elsewhere = {thread: names for thread, names in made.items() if thread != "MainThread"}
        print(elsewhere or "MainThread only,", waiting(), "wait")
        program.quit()
timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
app.show()
program.exec()
app.close()
"""


def test_one_loads_when_a_name_is_asked_of_it_and_the_rest_together() -> None:
    said = said_by(
        """
from receipts import pdf
before = "receipts.pdf" in waiting()
pdf.render
print(before, "receipts.pdf" in waiting(), "pos.ui.settings.screen" in waiting())
load((*LATE_ROOMS, *LATE_SCREENS))
print(set(waiting()) - {*RARE_ROOMS, *SIGNATURE_ROOMS}, type(sys.modules["pos.ui.settings.screen"]).__name__)
"""
    )
    assert said.split("\n") == ["True False True", "set() module"]


def test_two_threads_that_ask_at_once_both_get_it() -> None:
    said = said_by(
        """
from concurrent.futures import ThreadPoolExecutor
from receipts import escpos
with ThreadPoolExecutor(8) as pool:
    print({len(set(pool.map(lambda _: escpos.render, range(8))))})
"""
    )
    assert said == "{1}"


def test_every_place_of_the_shop_floor_is_a_late_room() -> None:
    rooms = {
        vars(places)[name].__name__
        for place in places.PLACES
        if place.factory is not None
        for name in place.factory.__code__.co_names[:1]
    }
    assert rooms
    assert rooms <= set(LATE_SCREENS)


def test_what_is_had_of_a_room_that_waits_is_what_it_says_itself() -> None:
    """SQLAlchemy asks what machine this is as soon as it is loaded."""
    said = said_by(
        """
import platform
def asked():
    return [platform.machine(), platform.python_implementation(), platform.system()]
before, waits = asked(), "platform" in waiting()
load(["platform"])
print(waits, "platform" in waiting(), before == asked())
"""
    )
    assert said == "True False True"
