"""What the terminal shows, on its own screen and, where the till asked for it, on the till's."""

from __future__ import annotations

import http.client
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pos.termsim.customer import Shown, Step
from pos.termsim.messages import Request, display
from pos.termsim.terminal_words import STEPS
from pos.termsim.wire import Json, json_text

if TYPE_CHECKING:
    from pos.termsim.terminal import Terminal

_SECONDS = 1.0
_LOOPBACK = {"127.0.0.1", "localhost"}


class Showing:
    """The screens of one request. `shuffled`: the till hears of them in the wrong order, when all is over."""

    def __init__(self, terminal: Terminal, request: Request, *, shuffled: bool) -> None:
        self._terminal, self._request, self._shuffled = terminal, request, shuffled
        self._held: list[Json] = []

    def show(self, step: Step, amount: Decimal, currency: str) -> None:
        """Show a step."""
        self._terminal.show(Shown(step, amount, currency))
        if self._request.callback:
            message = display(self._request, self._terminal.words.say(STEPS[step]))
            if self._shuffled:
                self._held.append(message)
            else:
                tell(self._request.callback, message)

    def finish(self) -> None:
        """Tell what was held back, last things first."""
        for message in reversed(self._held):
            tell(self._request.callback, message)
        self._held.clear()


def tell(address: str, message: Json) -> None:
    """Send a message to a till on this machine; one that does not listen misses it."""
    parts = urlsplit(address)
    if parts.scheme != "http" or parts.hostname not in _LOOPBACK:
        return
    try:
        link = http.client.HTTPConnection(parts.hostname, parts.port or 80, timeout=_SECONDS)
        try:
            link.request("POST", parts.path or "/", json_text(message).encode(), {"Content-Type": "application/json"})
            link.getresponse().read(1)
        finally:
            link.close()
    except (OSError, ValueError, http.client.HTTPException):
        return
