"""What is known of drawer and printing in words, for the top bar."""

from __future__ import annotations

from pos.ui.drawer_watch import Standing
from pos.ui.shared.top_bar import DeviceState
from pos.wording import Wording


def drawer_words(standing: Standing, seconds: int, words: Wording) -> DeviceState:
    """An open drawer; one that was left open says for how long, as minutes and seconds."""
    if standing is not Standing.LEFT_OPEN:
        return DeviceState("drawer", "point_of_sale", words.say("Drawer open"), "neutral")
    lasts = f"{seconds // 60}:{seconds % 60:02d}"
    return DeviceState("drawer", "point_of_sale", words.say("Drawer open {time}", time=lasts), "warn")


def progress_words(at: int, of: int, words: Wording) -> DeviceState:
    """How far the printer is with the papers that came together."""
    return DeviceState("printer", "print", words.say("Printing {at} of {of}", at=at, of=of), "neutral")
