"""The control interface: JSON over HTTP on loopback, for whoever plays the customer, the bank and bad luck."""

from __future__ import annotations

import contextlib
import hmac
import http.server
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, ClassVar

from pos.termsim.cards import ENTRIES, NoSuchCard, as_json
from pos.termsim.customer import Presented
from pos.termsim.outcomes import NAMES, NoSuchOutcome, outcome_of
from pos.termsim.wire import Json, NotJson, decimal, json_text, part, read_json, text

if TYPE_CHECKING:
    from pos.termsim.terminal import Terminal

_BODY_BYTES_MAX = 100_000
_IDLE_SECONDS = 30


class Refused(ValueError):
    """What was asked of the control interface makes no sense; the text says what."""


class ControlServer(http.server.ThreadingHTTPServer):
    """Listens on loopback for whoever knows the token."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(
        self,
        terminal: Terminal,
        token: str,
        *,
        port: int,
        on_stop: Callable[[], None],
        on_window: Callable[[], bool] = lambda: False,
    ) -> None:
        """`on_window` opens the customer's window, or says that it cannot. Raises OSError where the port is taken."""
        super().__init__(("127.0.0.1", port), _Connection)
        self.controls = Controls(terminal, on_stop, on_window)
        self.token = token

    def finish_request(self, request: Any, client_address: object) -> None:
        """A connection that broke is the other side's affair."""
        with contextlib.suppress(OSError):
            _Connection(request, client_address, self)


class Controls:
    """What can be asked, each by its method and path; every answer is an object."""

    REQUESTS: ClassVar[dict[str, Callable[[Controls, Json], Json]]] = {
        "GET /state": lambda controls, _: controls.state(),
        "POST /state": lambda controls, wish: controls.set(wish),
        "GET /journal": lambda controls, _: controls.journal(),
        "GET /cards": lambda controls, _: controls.cards(),
        "POST /cards": lambda controls, wish: controls.change_cards(wish),
        "POST /card": lambda controls, wish: controls.choose(wish),
        "POST /next": lambda controls, wish: controls.script(wish),
        "DELETE /next": lambda controls, _: controls.forget(),
        "POST /customer": lambda controls, wish: controls.act(wish),
        "POST /window": lambda controls, _: controls.open_window(),
        "POST /stop": lambda controls, _: controls.stop(),
    }

    def __init__(self, terminal: Terminal, on_stop: Callable[[], None], on_window: Callable[[], bool]) -> None:
        self._terminal, self._on_stop, self._on_window = terminal, on_stop, on_window

    def answer(self, asked: str, wish: Json) -> Json:
        """Raises Refused."""
        if asked not in self.REQUESTS:
            raise Refused(f"no such request; there are: {', '.join(self.REQUESTS)}")
        try:
            return self.REQUESTS[asked](self, wish)
        except NoSuchOutcome as error:
            raise Refused(f"no such outcome: {error}; there are: {', '.join(NAMES)}") from error
        except NoSuchCard as error:
            raise Refused(f"no such card: {error}") from error

    def state(self) -> Json:
        """What the terminal shows and is."""
        terminal = self._terminal
        shown = terminal.shown
        return {
            "terminal": terminal.poi_id,
            "profile": terminal.profile.value,
            "shown": {"step": shown.step.value, "amount": shown.amount, "currency": shown.currency},
            "busy": terminal.busy,
            "reachable": terminal.reachable,
            "logged_in": terminal.logged_in,
            "unplugged": terminal.unplugged,
            "magic": terminal.magic,
            "pace": str(terminal.pace),
            "clock_skew_seconds": terminal.skew_seconds,
            "by_hand": terminal.customer.by_hand,
            "card": terminal.customer.card,
            "entry": terminal.customer.entry,
            "next": list(terminal.scripted),
        }

    def set(self, wish: Json) -> Json:
        """Change what it is. Raises Refused."""
        terminal = self._terminal
        for name, value in wish.items():
            if name in {"logged_in", "unplugged", "magic"} and isinstance(value, bool):
                setattr(terminal, name, value)
            elif name == "by_hand" and isinstance(value, bool):
                terminal.customer.by_hand = value
            elif name == "clock_skew_seconds" and isinstance(value, int) and not isinstance(value, bool):
                terminal.skew_seconds = value
            elif name == "pace" and (pace := decimal(wish, name)) is not None and 0 <= pace <= 100:
                terminal.pace = float(pace)
            else:
                raise Refused(f"{name}: {value}")
        return self.state()

    def journal(self) -> Json:
        """The bank's entries, oldest first."""
        entries = [asdict(entry) for entry in self._terminal.bank.entries]
        return {"entries": entries, "period": self._terminal.bank.period}

    def cards(self) -> Json:
        """Every card as it is now."""
        return {card.name: as_json(card) for card in self._terminal.wallet.cards}

    def change_cards(self, wish: Json) -> Json:
        """Change or add cards, for good. Raises NoSuchCard."""
        return {name: as_json(self._terminal.wallet.change(name, part(wish, name))) for name in wish}

    def choose(self, wish: Json) -> Json:
        """Take another card out of the wallet. Raises NoSuchCard, Refused."""
        card, entry = self._card(wish)
        self._terminal.customer.choose(card, entry)
        return self.state()

    def script(self, wish: Json) -> Json:
        """Plan what happens to the next requests. Raises NoSuchOutcome, Refused."""
        wishes = wish.get("outcomes")
        if not isinstance(wishes, list):
            raise Refused("outcomes: a list is wanted")
        self._terminal.script(*map(outcome_of, wishes))
        return self.state()

    def forget(self) -> Json:
        """Plan nothing."""
        self._terminal.forget_script()
        return self.state()

    def act(self, wish: Json) -> Json:
        """Do what a person at the window does. Raises NoSuchCard, NoSuchOutcome, Refused."""
        if wish == {"cancel": True}:
            self._terminal.customer.cancel()
        elif isinstance(wish.get("present"), dict):
            card, entry = self._card(part(wish, "present"))
            outcome = outcome_of(wish["outcome"]) if "outcome" in wish else None
            self._terminal.customer.present(Presented(card, entry, outcome))
        else:
            raise Refused("present or cancel is wanted")
        return self.state()

    def _card(self, wish: Json) -> tuple[str, str]:
        customer = self._terminal.customer
        name, entry = text(wish, "card") or customer.card, text(wish, "entry") or customer.entry
        if entry not in ENTRIES:
            raise Refused(f"entry: {entry}; there are: {', '.join(ENTRIES)}")
        return self._terminal.wallet.card(name).name, entry

    def open_window(self) -> Json:
        """Open the window to play the customer in, or bring it forward. Raises Refused."""
        if not self._on_window():
            raise Refused("there is no window here")
        return {}

    def stop(self) -> Json:
        """End the simulator."""
        self._on_stop()
        return {}


class _Connection(http.server.BaseHTTPRequestHandler):
    """One connection; http.server calls the methods by their names."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server_version = "termsim"
    sys_version = ""
    timeout = _IDLE_SECONDS
    server: ControlServer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # http.server's own name
        """Nothing is logged."""

    def do_GET(self) -> None:
        body = self._body()
        if body is None:
            self.close_connection = True
            self._send(413, {"refused": "too long"})
        elif not hmac.compare_digest(self.headers.get("Authorization", ""), f"Bearer {self.server.token}"):
            self._send(401, {"refused": "token"})
        else:
            try:
                self._send(200, self.server.controls.answer(f"{self.command} {self.path}", read_json(body or b"{}")))
            except (Refused, NotJson) as error:
                self._send(400, {"refused": str(error)})

    def do_POST(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        self.do_GET()

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "0")
        return self.rfile.read(int(length)) if length.isdecimal() and int(length) <= _BODY_BYTES_MAX else None

    def _send(self, status: int, answer: Json) -> None:
        body = json_text(answer).encode()
        with contextlib.suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()
