"""`kassa play`."""

from __future__ import annotations

import argparse
import sys

from pos.script import play
from pos.settings import home_folder, read_settings
from pos.wording import Wording


def play_command(options: argparse.Namespace, words: Wording) -> int:
    """Play lane scripts; the exit status is that of the format's contract."""
    if options.codes:
        return play.print_codes(as_json=options.json, stdout=sys.stdout)
    if not options.files:
        print(words.say("Name at least one lane script to play."), file=sys.stderr)
        return 2
    return play.main(
        options.files,
        as_json=options.json,
        shop=options.shop,
        workstation=options.workstation,
        settings=read_settings(home_folder()),
        stdout=sys.stdout,
        stderr=sys.stderr,
    )
