"""The main screens look as they did when they were last looked at: one point in a hundred may differ."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from pos.ui.theme import ThemeName
from tests.house import tree
from tests.ui import readme_pictures
from tests.ui.pictures import FOLDER, KEPT, PROBE, difference, draw, letters, small

TOLERANCE = 0.01


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_main_screens_look_as_they_did(qapp: QApplication, tmp_path: Path, theme: ThemeName) -> None:
    del qapp
    _needs_its_letters()
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


def test_the_readme_shows_the_program_as_it_is(qapp: QApplication, tmp_path: Path) -> None:
    del qapp
    _needs_its_letters()
    kept = {path.stem: QImage(str(path)) for path in readme_pictures.FOLDER.glob("*.png")}
    drawn = readme_pictures.draw(tmp_path)
    assert set(drawn) == set(kept) == set(re.findall(r"docs/pictures/([\w-]+)\.png", tree.text("README.md")))
    off = {
        name: share
        for name, image in drawn.items()
        if (share := difference(small(image), small(kept[name]))) > TOLERANCE
    }
    assert off == {}, "look at the program, then: python -m tests.ui.readme_pictures"


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


def _needs_its_letters() -> None:
    """Pictures can be compared only where the bundled font is drawn as where they were made."""
    if difference(letters(), QImage(str(FOLDER / f"{PROBE}.png"))) > TOLERANCE:
        pytest.skip("this platform draws letters otherwise than where the pictures were made")
