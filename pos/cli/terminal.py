"""`kassa termsim`: a card terminal to practise with, in a process of its own."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import signal
import sys
import threading

from pos.preflight import missing_libraries, window_platforms
from pos.speech import Speech
from pos.termsim.bank import BadJournal
from pos.termsim.cards import NoSuchCard
from pos.termsim.messages import Profile
from pos.termsim.simulator import Options, Simulator
from pos.termsim.wire import NotJson, json_text

_LOOK_SECONDS = 0.2


def termsim_command(options: argparse.Namespace, words: Speech) -> int:
    """Run until it is told to stop. Exit status 0; 1 where folder or port cannot be used."""
    window = options.window and _has_display()
    wanted = Options(
        folder=options.folder,
        profile=Profile(options.profile),
        port=options.port,
        control_port=options.control_port,
        pace=options.pace,
        terminal=options.terminal,
        by_hand=window,
        magic=window or options.magic,
    )
    try:
        simulator = Simulator(wanted, words, can_show=_has_display)
    except (OSError, BadJournal, NoSuchCard, NotJson) as error:
        print(words.say("The card terminal cannot start: {why}", why=error), file=sys.stderr)
        return 1
    with simulator:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: simulator.ended.set())
        print(json_text(simulator.listens), flush=True)
        if options.with_till:
            threading.Thread(target=_until_the_till_ends, args=(simulator,), daemon=True).start()
        if window:
            # Qt is loaded only where a person is going to look at it.
            importlib.import_module("pos.termsim.window").run(simulator, words)
        else:
            _wait(simulator, words)
    return 0


def _wait(simulator: Simulator, words: Speech) -> None:
    """Until it is told to stop; meanwhile the window is opened as often as somebody wants it."""
    # A signal wakes this thread only where it is the one that got it.
    while not simulator.ended.wait(_LOOK_SECONDS):
        if simulator.window_wanted.is_set():
            importlib.import_module("pos.termsim.window").run(simulator, words)


def _until_the_till_ends(simulator: Simulator) -> None:
    """The till holds the other end of our input: it is let go of when the till ends, however it ends."""
    with contextlib.suppress(OSError, ValueError):
        while sys.stdin.buffer.read(1):
            pass
    simulator.ended.set()


def _has_display() -> bool:
    platforms = window_platforms(os.environ)
    return bool(platforms) and not missing_libraries(platforms)
