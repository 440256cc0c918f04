"""The typefaces Kassa brings along, and the one way to ask for a size and a weight.

Inter is one variable file: weight and optical size are axes, not families. A weight set with `QFont.setWeight` would be
thickened a second time by Qt, so only the axis is set.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

ASSETS = Path(__file__).parents[2] / "assets"
FALLBACK_FAMILIES = ("Noto Sans", "DejaVu Sans", "Segoe UI", "Helvetica Neue")
_DISPLAY_PX_MIN = 22


def load_font(path: str) -> str:
    """Load a font file of pos/assets once and say its family."""
    return _load(path)


@cache
def _load(path: str) -> str:
    number = QFontDatabase.addApplicationFont(str(ASSETS / path))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise FileNotFoundError(f"pos/assets/{path} is not a font Qt can read")
    return families[0]


class _Face(QFont):
    """A font that is looked up by what it is, not by what it says: Qt would spell it out at every question."""

    __hash__ = object.__hash__


@cache
def _made(px: int, weight: int, display: bool) -> QFont:
    font = _Face([_load("fonts/InterVariable.ttf"), *FALLBACK_FAMILIES])
    font.setPixelSize(px)
    font.setVariableAxis(QFont.Tag("wght"), weight)
    font.setVariableAxis(QFont.Tag("opsz"), 32 if display else 14)
    font.setFeature(QFont.Tag("tnum"), 1)
    if display:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.012 * px)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def font(px: int, weight: int = 450, display: bool | None = None) -> QFont:
    """Inter at a size in logical pixels, with digits of equal width; from 22 px up in its display cut.

    The one font of its kind, for everyone who paints with it: nobody changes it.
    """
    return _made(px, weight, px >= _DISPLAY_PX_MIN if display is None else display)


@cache
def _mono(px: int, bold: bool) -> QFont:
    family = _load("fonts/JetBrainsMono-Regular.ttf")
    if bold:
        _load("fonts/JetBrainsMono-Bold.ttf")
    font = QFont([family, "DejaVu Sans Mono"])
    font.setPixelSize(px)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def mono(px: int, bold: bool = False) -> QFont:
    """JetBrains Mono, for what imitates paper; loaded when first asked for."""
    return QFont(_mono(px, bold))
