"""`kassa open`: the till's window."""

from __future__ import annotations

import argparse

from pos.settings import DEMO_SHOP, first_choice, home_folder, read_settings
from pos.speech import Speech
from pos.ui import app


def open_command(options: argparse.Namespace, words: Speech) -> int:
    """Open the window on a shop: the one named, else this machine's own, else the demo shop."""
    home = home_folder()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings = read_settings(home)
    shop = home / DEMO_SHOP if options.demo else options.shop or first_choice(home)
    return app.run(settings, shop=shop, number=options.workstation or settings.workstation, words=words)
