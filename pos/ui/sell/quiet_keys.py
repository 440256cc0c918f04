"""The keys of the sale whose names never change: what each does, for the palette and the cheat sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtGui import QAction

from pos.ui.sell.picks import TILES_MAX
from pos.ui.shared.screen import Screen
from pos.wording import Wording


def add_quiet_keys(
    screen: Screen,
    cancel: Callable[[], object],
    *,
    turn: Callable[[int], object],
    step: Callable[[int], object],
    press: Callable[[int], object],
) -> None:
    """Esc, the arrows and the numbers: leave, turn the departments, step through lines, press a tile."""
    hidden = partial(screen.add_key, in_key_bar=False)
    hidden("cancel", "Esc", cancel)
    hidden("left", "Alt+Left", partial(turn, -1))
    hidden("right", "Alt+Right", partial(turn, 1))
    hidden("up", "Up", partial(step, -1))
    hidden("down", "Down", partial(step, 1))
    for number in range(1, TILES_MAX + 1):
        hidden(f"tile{number}", f"Alt+{number}", partial(press, number))


def name_quiet_keys(actions: Iterable[QAction], words: Wording) -> None:
    """Say what the keys do that nothing else on the screen names."""
    say = words.say
    names = {
        "remove": say("Remove"),
        "undo": say("Undo"),
        "redo": say("Redo"),
        "void": say("Void sale"),
        "price_check": say("Price check"),
        "gift_card": say("Sell or load a gift card"),
        "gift_pay_out": say("Pay out a gift card"),
        "why": say("Why this price"),
        "why_up": say("Why this price: up"),
        "why_down": say("Why this price: down"),
        "cancel": say("Back"),
        "left": say("Department before"),
        "right": say("Next department"),
        "up": say("Line above"),
        "down": say("Line below"),
        "tare": say("Tare"),
        "zero": say("Zero"),
        "key_icon": say("Icon of the quick key"),
        "key_page": say("Page of quick keys: name, add, remove"),
        "key_earlier": say("Quick key one place earlier"),
        "key_later": say("Quick key one place later"),
        "key_colour": say("Next colour of the quick key"),
        **{f"tile{number}": say("Quick key {number}", number=number) for number in range(1, TILES_MAX + 1)},
    }
    for action in actions:
        name = action.objectName().removeprefix("sell.keys.")
        if name in names:
            action.setText(names[name])
