"""How Kassa looks: `set_theme` dresses the whole program at once, painted widgets ask `current()` while they paint."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from pos.ui.theme.fonts import font, mono
from pos.ui.theme.icons import draw_icon, icon, icon_names, icon_pixmap
from pos.ui.theme.style import palette, stylesheet
from pos.ui.theme.tokens import Kind, ThemeName, Tokens, tokens

__all__ = [
    "FUSION_PROPERTY",
    "Kind",
    "ThemeName",
    "Tokens",
    "current",
    "draw_icon",
    "font",
    "icon",
    "icon_names",
    "icon_pixmap",
    "mono",
    "restyle",
    "set_theme",
    "tokens",
]

_PROPERTY = "kassaTheme"
# Set where the program was started with Fusion: asking Qt for its style would load all of QStyle's names, 10 ms.
FUSION_PROPERTY = "kassaFusion"


@cache
def current() -> Tokens:
    """The colours in force; light before any theme was set. Ask at paint time, never keep the answer."""
    app = QApplication.instance()
    name = app.property(_PROPERTY) if app is not None else None
    return tokens(name or "light")


def set_theme(app: QApplication, name: ThemeName) -> None:
    """Dress every window in a theme, now. The style sheet is replaced whole: Qt caches what its parts resolve to."""
    if app.property(_PROPERTY) == name:
        return
    app.setProperty(_PROPERTY, name)
    current.cache_clear()
    if not app.property(FUSION_PROPERTY):
        app.setProperty(FUSION_PROPERTY, True)
        app.setStyle("Fusion")
    app.setFont(font(15))
    chosen = tokens(name)
    app.setPalette(palette(chosen))
    # Replaced at once, Qt dresses each widget anew for itself and once more for every widget above it: with all places
    # visited that takes more than a second. Taken off first, each is undressed and dressed once.
    app.setStyleSheet("")
    app.setStyleSheet(stylesheet(chosen))


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties the style sheet selects by, and polish this one widget again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        # Never shown yet: Qt will dress it then, by these properties.
        return
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
