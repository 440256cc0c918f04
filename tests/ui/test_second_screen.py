"""With two screens the customer's display fills the other one, and the till keeps every key. In a process of its own:
how many screens there are is settled before the first window.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.house import tree
from tests.lane import copy_of_demo

_PROGRAM = """
import json, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pos.ui.customer_screen import CustomerScreen
from tests.lane import MUG, open_lane

lane = open_lane(Path(sys.argv[1]))
till = next(screen for screen in QGuiApplication.screens() if screen.name() == "till")
lane.window.move(till.geometry().topLeft())
lane.window.activateWindow()
lane.open_till()
QApplication.processEvents()
display = CustomerScreen(lane.shell, lane.opened.workstation, "second_screen")
display.start()
QTest.qWait(300)
QTest.keyClicks(QApplication.focusWidget(), MUG)
QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
QApplication.processEvents()
shown = display.window.geometry()
print(json.dumps({
    "state": display.state.value,
    "at": [shown.x(), shown.y(), shown.width(), shown.height()],
    "active": QApplication.activeWindow() is lane.window,
    "lines": [line.name for line in display.view.lines],
}))
display.close()
lane.close()
"""


def test_the_display_fills_the_other_screen_and_the_till_keeps_every_key(tmp_path: Path) -> None:
    home = copy_of_demo(tmp_path / "home")
    common = {"height": 768, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1, "y": 0}
    screens = [
        {"name": "till", "x": 0, "width": 1366} | common,
        {"name": "customer", "x": 1366, "width": 1024} | common,
    ]
    (tmp_path / "screens.json").write_text(json.dumps({"screens": screens}), "utf-8")
    environment = dict(os.environ, QT_QPA_PLATFORM=f"offscreen:configfile={tmp_path / 'screens.json'}")
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(home)],
        cwd=tree.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said == {
        "state": "shown",
        "at": [1366, 0, 1024, 768],
        "active": True,
        "lines": ["Ceramic mug 350 ml"],
    }
