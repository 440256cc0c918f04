"""`kassa open`: the till's window."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from functools import partial

from pos.late_rooms import open_room
from pos.preflight import install_line, missing_libraries, silent_display, window_platforms
from pos.settings import DEMO_SHOP, MachineSettings, first_choice, home_folder, read_settings
from pos.speech import Speech


def open_command(options: argparse.Namespace, words: Speech) -> int:
    """Open the window on a shop: the one named, else this machine's own, else the demo shop.

    Exit status 1 where no window can be shown.
    """
    why = _no_window(words)
    if why:
        print(why, file=sys.stderr)
        return 1
    home = home_folder()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings = read_settings(home)
    shop = home / DEMO_SHOP if options.demo else options.shop or first_choice(home)
    # Qt is loaded only where it can start: without its libraries it would end the program in words of its own.
    app = importlib.import_module("pos.ui.app")
    number = options.workstation or settings.workstation
    status: int = app.run(settings, shop=shop, number=number, words=words, cases=partial(_cases, settings))
    return status


def _cases(settings: MachineSettings) -> object:
    """What plays the cases of the return policy; a start does without it."""
    return open_room("pos.script.case_player").ScriptCases(settings)


def _no_window(words: Speech) -> str:
    """Why no window can be shown here, and what to do; empty where one can."""
    platforms = window_platforms(os.environ)
    instead = words.say("Without one, kassa play FILE plays whole sales from a script; kassa --help names the rest.")
    if not platforms:
        said = words.say("There is no display here (DISPLAY and WAYLAND_DISPLAY are not set), so no window can open.")
        return f"{said}\n{instead}"
    if missing := missing_libraries(platforms):
        said = words.say("Qt needs system libraries that are not here. Install them and start again:")
        return f"{said}\n  {install_line(missing)}"
    if silent := silent_display(os.environ):
        said = words.say("The display {name} does not answer or lets nobody in, so no window can open.", name=silent)
        return f"{said}\n{instead}"
    return ""
