"""`python -m tests.ui.pictures`: draw the golden pictures of the main screens anew, a quarter of their size.

Looked at before they are kept: a picture that changed is a screen that changed.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from pos.ui.app import make_application
from pos.ui.theme import ThemeName, font
from tests.lane import copy_of_demo, open_lane
from tests.screens import SIZE, settle, walk

FOLDER = Path(__file__).parents[1] / "golden" / "pictures"
SHARE = 4
KEPT = {
    "light": ("01-sign-in", "04-idle", "05-sell", "08-sell-void", "10-pay", "11-pay-change", "16-locked"),
    "dark": ("05-sell", "10-pay"),
}
PROBE = "letters"
# How far a channel may be off before the point counts as another, of 255.
SHADE_MAX = 32


class _Enough(Exception):
    """Everything that is kept has been drawn."""


def draw(home: Path, theme: ThemeName) -> dict[str, QImage]:
    """The main screens in English, small."""
    lane = open_lane(copy_of_demo(home), theme=theme)
    lane.window.resize(*SIZE)
    wanted = set(KEPT[theme])
    drawn: dict[str, QImage] = {}

    def keep(name: str) -> None:
        settle()
        if name in wanted:
            drawn[f"{name}.{theme}"] = small(lane.window.grab().toImage())
        if len(drawn) == len(wanted):
            raise _Enough

    try:
        walk(lane, keep, "en", theme)
    except _Enough:
        pass
    finally:
        lane.close()
    return drawn


def small(image: QImage) -> QImage:
    scaled = image.scaled(
        image.width() // SHARE,
        image.height() // SHARE,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return scaled.convertToFormat(QImage.Format.Format_RGB32)


def letters() -> QImage:
    """A line of the bundled font, whole: where a platform draws it otherwise, no picture can be compared."""
    image = QImage(360, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setFont(font(28, 600))
    painter.setPen(QColor("black"))
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, "Účtenka 138.65 Åö")
    painter.end()
    return image


def difference(one: QImage, other: QImage) -> float:
    """The share of points that are not alike; everything where the sizes are not."""
    if one.size() != other.size():
        return 1.0
    points = [(x, y) for y in range(one.height()) for x in range(one.width())]
    return sum(not _alike(one.pixel(x, y), other.pixel(x, y)) for x, y in points) / len(points)


def _alike(one: int, other: int) -> bool:
    return one == other or all(abs((one >> at & 255) - (other >> at & 255)) <= SHADE_MAX for at in (0, 8, 16))


def keep(pictures: Mapping[str, QImage]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, image in pictures.items():
        image.save(str(FOLDER / f"{name}.png"))


def main() -> int:
    make_application()
    keep({PROBE: letters()})
    themes: tuple[ThemeName, ...] = ("light", "dark")
    for theme in themes:
        with tempfile.TemporaryDirectory(prefix="kassa-pictures-") as home:
            keep(draw(Path(home) / "home", theme))
    QApplication.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
