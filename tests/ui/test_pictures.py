"""The main screens look as they did when they were last looked at: one point in a hundred may differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from pos.ui.theme import ThemeName
from tests.ui.pictures import FOLDER, KEPT, PROBE, difference, draw, letters

TOLERANCE = 0.01


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_main_screens_look_as_they_did(qapp: QApplication, tmp_path: Path, theme: ThemeName) -> None:
    del qapp
    if difference(letters(), QImage(str(FOLDER / f"{PROBE}.png"))) > TOLERANCE:
        pytest.skip("this platform draws letters otherwise than where the golden pictures were made")
    drawn = draw(tmp_path / "home", theme)
    assert len(drawn) == len(KEPT[theme])
    off = {
        name: share
        for name, image in drawn.items()
        if (share := difference(image, QImage(str(FOLDER / f"{name}.png")))) > TOLERANCE
    }
    for name in off:
        drawn[name].save(str(tmp_path / f"{name}.png"))
    assert off == {}, f"look at {tmp_path}, then: python -m tests.ui.pictures"


def test_a_changed_corner_is_found() -> None:
    one = QImage(100, 100, QImage.Format.Format_RGB32)
    one.fill(QColor("white"))
    other = one.copy()
    assert difference(one, other) == 0
    for x in range(12):
        for y in range(12):
            other.setPixelColor(x, y, QColor("navy"))
    assert difference(one, other) > TOLERANCE
    assert difference(one, one.copy(0, 0, 50, 50)) == 1
