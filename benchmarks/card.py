"""A card at the payment: what the till itself adds to the terminal's time, until the next state is painted.

The terminal is one in memory; what it takes is measured at its port and taken off. There is no bare side.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop

from benchmarks import shops
from benchmarks.figure import Check, Figure, Measure, What
from benchmarks.live_till import LiveTill, Painted
from benchmarks.measure import Stopwatch
from pos.domain.payment import Final, PayRequest, Step
from pos.services.simulated_cards import simulated_cards

NAME = "card"
LIMIT_MILLISECONDS = 100.0
_WARM_UP = 5
# How long the terminal takes, with the customer and the bank: enough for every step to be painted.
_TERMINAL_SECONDS = 0.15


class _Timed:
    """The terminal's own time, as its port sees it."""

    def __init__(self, pay: Callable[[PayRequest, Callable[[Step], None]], Final]) -> None:
        self._pay = pay
        self.seconds = 0.0

    def pay(self, request: PayRequest, watch: Callable[[Step], None]) -> Final:
        begun = time.perf_counter()
        time.sleep(_TERMINAL_SECONDS)
        answer = self._pay(request, watch)
        self.seconds = time.perf_counter() - begun
        return answer


def measure(home: Path, *, quick: bool) -> Figure:
    """F3 to the screen after the sale, and F3 to the screen that says no, each without the terminal's time."""
    shops.found(home, 1_000)
    till = LiveTill(home)
    cards = till.workstation.card_tendering
    bank, timed = simulated_cards(cards), _Timed(cards.port().pay)
    assert bank is not None
    vars(cards.port())["pay"] = timed.pay
    shell, card = till.shell, till.shell.road.card
    done, declined = Painted(shell.done), Painted(card.page)
    paid_watch, declined_watch = Stopwatch(), Stopwatch()

    def took(action: str, watch: Stopwatch, reached: Callable[[], bool]) -> None:
        begun = time.perf_counter()
        till.trigger(action)
        while not reached():
            # As the program itself waits: a loop that never sleeps would hold up the thread of the terminal.
            till.program.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        watch.note(time.perf_counter() - begun - timed.seconds)

    def is_declined() -> bool:
        if not card.flow.declined:
            declined.forget()
        return card.flow.declined and declined.all

    for number in range(_WARM_UP + (10 if quick else 150)):
        till.window.scanned(shops.invented_gtin(number))
        till.trigger("sell.keys.pay")
        till.wait(shell.pay.isVisible)
        bank.next("declined")
        took("pay.keys.credit", declined_watch, is_declined)
        done.forget()
        took("card.keys.go_on", paid_watch, lambda: shell.screen_shown is shell.done and done.all)
    till.close()
    paid, refused = paid_watch.sample(_WARM_UP), declined_watch.sample(_WARM_UP)
    checks = tuple(
        Check(What.P99, sample.p99 * 1_000, LIMIT_MILLISECONDS, Measure.MILLISECONDS) for sample in (paid, refused)
    )
    return Figure(NAME, paid, None, checks, (("declined", refused),))
