"""Kassa's own start, told to report: at the first painted window, or when a scan would be rung up."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.launch import resident_megabytes
from pos.settings import read_settings

# Before Qt, as in the program itself.
from pos.ui.app import App, make_application

# isort: split
from PySide6.QtCore import QTimer

PIN = "101101"
# What must not be imported before the first picture.
LATE = ("sqlalchemy", "reportlab", "escpos", "alembic")


def main(home: Path, until: str) -> None:
    """Report at "window" or at "ready": there the PIN was typed as soon as there was a keypad."""
    program = make_application()
    app = App(program, read_settings(home), None, 1, language="en")

    def report() -> None:
        print(time.monotonic_ns(), resident_megabytes(), sum(name in sys.modules for name in LATE))
        program.quit()

    def painted() -> None:
        if until == "window":
            QTimer.singleShot(0, report)
            return
        sign_in = app.window.sign_in
        sign_in.signed_in.connect(lambda: QTimer.singleShot(0, report))
        for digit in PIN:
            sign_in.pin.add(digit)
        sign_in.submit()

    if until == "window":
        # Instead of opening the books: the clock stops before anything more is loaded.
        app.window.painted.disconnect()
    app.window.painted.connect(painted)
    app.show()
    program.exec()
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
