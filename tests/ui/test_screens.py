"""Every screen, in every language and size a till has: it fits, nothing is cut, everything can be touched and named."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from pos.ui.theme import ThemeName
from pos.wording import LANGUAGES
from tests.lane import Lane, copy_of_demo, open_lane
from tests.screens import settle, walk
from tests.screens_behind import walk_behind
from tests.screens_pay import SETTINGS, walk_payment
from tests.screens_returns import walk_returns
from tests.ui.measures import complaints

LEAST = (1024, 768)
SCREENS = ((1024, 768), (1366, 768), (1920, 1080))
SCALES = (100, 125, 150)
# What a scale leaves of a screen, in logical pixels.
ROOMS = sorted({(wide * 100 // scale, high * 100 // scale) for wide, high in SCREENS for scale in SCALES})
THEMES: tuple[ThemeName, ...] = ("light", "dark")
Size = tuple[int, int]


def opened(home: Path, language: str, theme: ThemeName, size: Size) -> Lane:
    lane = open_lane(home, language=language, theme=theme)
    lane.window.resize(*size)
    settle()
    return lane


def wrong_with(home: Path, language: str, theme: ThemeName, size: Size) -> list[str]:
    """What is wrong with any screen in this language, in this theme, in a window of this size."""
    seen: list[str] = []
    found: list[str] = []
    lane = opened(copy_of_demo(home), language, theme, size)

    def check(name: str) -> None:
        settle()
        seen.append(name)
        if (lane.window.width(), lane.window.height()) != size:
            found.append(f"{name}: the window grew to {lane.window.size().toTuple()}")
        bar = lane.shell.key_bar
        if bar.isVisible() and bar.horizontalScrollBar().maximum() > 0 and size[0] >= LEAST[0]:
            found.append(f"{name}: the key bar hides {bar.horizontalScrollBar().maximum()} points")
        if lane.window.room.is_small() and size[0] >= LEAST[0] and size[1] >= LEAST[1]:
            found.append(f"{name}: needs {lane.window.room.pages.minimumSizeHint().toTuple()}")
        found.extend(f"{name}: {complaint}" for complaint in complaints(lane.window))

    walk(lane, check, language, theme)
    lane.close()
    pay = copy_of_demo(home / "pay")
    (pay / "kassa.toml").write_text(SETTINGS, "utf-8")
    lane = opened(pay, language, theme, size)
    walk_payment(lane, check, language, theme)
    lane.close()
    lane = opened(copy_of_demo(home / "returns"), language, theme, size)
    walk_returns(lane, check, language, theme)
    lane.close()
    behind = copy_of_demo(home / "behind")
    (behind / "kassa.toml").write_text(SETTINGS, "utf-8")
    lane = opened(behind, language, theme, size)
    walk_behind(lane, check, language, theme)
    lane.close()
    assert len(seen) == len(set(seen)) >= 15
    return found


@pytest.mark.parametrize(
    ("language", "theme", "size"),
    [
        ("en", "light", LEAST),
        ("cs", "dark", LEAST),
        ("cs", "dark", (683, 512)),
        ("cs", "dark", (1366, 768)),
        ("sv", "light", (1280, 720)),
    ],
)
def test_every_screen_fits_and_cuts_nothing(
    qapp: QApplication, tmp_path: Path, language: str, theme: ThemeName, size: Size
) -> None:
    del qapp
    found = wrong_with(tmp_path / "home", language, theme, size)
    assert not found, "\n".join(found)


@pytest.mark.soak
@pytest.mark.parametrize("size", ROOMS, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_fits_in_every_size_scale_theme_and_language(
    qapp: QApplication, tmp_path: Path, language: str, theme: ThemeName, size: Size
) -> None:
    del qapp
    found = wrong_with(tmp_path / "home", language, theme, size)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_means_two_things_on_one_screen(lane: Lane, language: str) -> None:
    lane.window.choose_language(language)
    shell = [key for action in lane.shell.actions() for key in action.shortcuts()]
    for screen in (lane.window.sign_in, *lane.shell.screens):
        keys = [key for action in screen.actions() for key in action.shortcuts()]
        keys += shell if screen is not lane.window.sign_in else []
        assert len(keys) == len({key.toString() for key in keys}), screen.name


def test_what_can_be_done_by_touch_takes_no_focus_from_the_entry(lane: Lane) -> None:
    lane.open_till()
    lane.shell.sell.scanned("3283")
    for button in lane.shell.findChildren(QAbstractButton):
        assert not button.focusPolicy() & Qt.FocusPolicy.ClickFocus, button.objectName()
