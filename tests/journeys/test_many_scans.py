"""A day's scans through the real program, whatever has the focus: none lost, none doubled."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.services.demo_shop import demo_gtin
from pos.ui.shell import Shell
from tests.journeys.program import begin, running
from tests.lane import MAYA
from tests.ui.keyboard import Keyboard

LONG = [pytest.mark.soak, pytest.mark.timeout(3600)]
CODES = [demo_gtin(number) for number in (2101, 2102, 2103, 2104, 2105, 2201, 2202, 2203, 2301, 2302)]
# A code is 13 keys and Enter, 3 ms apart: another code comes after a tenth of a second, the same one after a fifth.
SCAN_MILLISECONDS = 14 * 3
DIFFERENT_MILLISECONDS = 100 - SCAN_MILLISECONDS
EQUAL_MILLISECONDS = 200 - SCAN_MILLISECONDS
LINES = 50


def focus_places(shell: Shell) -> list[QWidget]:
    """Everything on the screen that a key could go to."""
    return [
        widget
        for widget in shell.window().findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


@pytest.mark.parametrize("scans", [500, pytest.param(10_000, marks=LONG)])
def test_none_lost_none_doubled_wherever_the_focus_is(qapp: QApplication, qtbot: QtBot, home: Path, scans: int) -> None:
    del qapp
    rng = Random(scans)
    kinds: set[str] = set()
    with running(home, qtbot) as app:
        shell = begin(app, MAYA)
        assert app.opened is not None
        sale = app.opened.workstation.sale
        keys = Keyboard(app.window)
        wanted: list[str] = []
        rung_up: list[str] = []
        for number in range(scans):
            code = wanted[-1] if wanted and rng.random() < 0.2 else rng.choice(CODES)
            keys.now += EQUAL_MILLISECONDS if wanted and code == wanted[-1] else DIFFERENT_MILLISECONDS
            place = rng.choice(focus_places(shell))
            place.setFocus()
            kinds.add(place.objectName())
            keys.scan(code)
            QApplication.processEvents()
            wanted.append(code)
            if (number + 1) % LINES == 0:
                rung_up += [line.scanned for line in sale.view.priced.basket.lines]
                sale.void_sale()
                shell.sell.enter()
        rung_up += [line.scanned for line in sale.view.priced.basket.lines]
    assert rung_up == wanted
    assert len(kinds) > 10, kinds
