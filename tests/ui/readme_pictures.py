"""`python -m tests.ui.readme_pictures`: draw the pictures of the README anew, from the program as it is.

Looked at before they are kept, like the golden ones; a test says when they show a program that is gone.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from PySide6.QtGui import QImage

from pos.services.policy_versions import write_policy
from pos.ui.app import make_application
from tests.house import tree
from tests.lane import KETTLE, MAYA, MUG, SOAP, Lane, copy_of_demo, open_lane
from tests.screens import SIZE, no_chance, settle
from tests.screens_pay import SETTINGS
from tests.screens_returns import press

FOLDER = tree.ROOT / "docs" / "pictures"
_SWEATER, _JAM = "9520000010119", "9520000023058"
_POLICY = "policy: 1\nrules:\n  - {id: R1, condition: {accept: [worn], answer: manager}}\n"


def draw(home: Path) -> dict[str, QImage]:
    """The pictures by the name of their file, as large as they are shown."""
    with no_chance():
        return {**_from_the_sign_in_to_a_return(home / "english"), **_in_czech_and_dark(home / "czech")}


def _from_the_sign_in_to_a_return(home: Path) -> dict[str, QImage]:
    copy_of_demo(home)
    (home / "kassa.toml").write_text(SETTINGS, "utf-8")
    lane = open_lane(home)
    lane.window.resize(*SIZE)
    drawn = {"sign-in": _shown(lane)}
    _ring_up(lane)
    drawn["sell"] = _shown(lane)
    lane.trigger("sell.keys.pay")
    lane.shell.pay.received.set_entry("200")
    drawn["pay"] = _shown(lane)
    lane.trigger("pay.keys.complete")
    lane.wait_for_paper()
    drawn["done"] = _shown(lane)
    _asks_a_manager(lane)
    lane.trigger("done.keys.next")
    lane.shell.open_place("returns")
    press(lane, "F10")
    lane.window.scanned(KETTLE)
    drawn["returns"] = _shown(lane)
    lane.close()
    return drawn


def _in_czech_and_dark(home: Path) -> dict[str, QImage]:
    copy_of_demo(home)
    (home / "kassa.toml").write_text(SETTINGS, "utf-8")
    lane = open_lane(home, language="cs", theme="dark")
    lane.window.habits.keep_language("cs", MAYA)
    lane.window.habits.keep_theme("dark", MAYA)
    lane.window.resize(*SIZE)
    _ring_up(lane)
    drawn = {"sell-czech-dark": _shown(lane)}
    lane.close()
    return drawn


def _ring_up(lane: Lane) -> None:
    lane.open_till()
    for code in (_SWEATER, MUG, SOAP, _JAM, _JAM, _JAM, KETTLE):
        lane.shell.sell.scanned(code)


def _asks_a_manager(lane: Lane) -> None:
    desk = lane.opened.workstation.desk
    with desk.shop.books.writing() as work:
        write_policy(work, desk, _POLICY, date(2020, 1, 1), None, by="")
        work.commit()


def _shown(lane: Lane) -> QImage:
    settle()
    return lane.window.grab().toImage()


def main() -> int:
    make_application()
    with tempfile.TemporaryDirectory(prefix="kassa-pictures-") as home:
        for name, image in draw(Path(home)).items():
            image.save(str(FOLDER / f"{name}.png"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
