"""What happens in a test while the terminal works: charges in the background, a till that listens, and waiting."""

from __future__ import annotations

import http.client
import http.server
import json
import threading
import time
from collections.abc import Callable
from typing import Any, Self

from tests.termsim.raw_till import RawTill

# What a broken line looks like to a client.
BROKEN = (OSError, http.client.HTTPException, ValueError)


def approved(status: dict[str, Any]) -> Any:
    """What a status answer says was charged."""
    assert status["Response"]["Result"] == "Success"
    body = status["RepeatedMessageResponse"]["RepeatedResponseMessageBody"]["PaymentResponse"]
    return body["PaymentResult"]["AmountsResp"]["AuthorizedAmount"]


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


class Paying:
    """A charge that runs while the block does other things; it has begun when the block starts."""

    def __init__(self, till: RawTill, amount: str, service_id: str) -> None:
        self._till, self._amount, self._service_id = till, amount, service_id
        self._answers: list[dict[str, Any]] = []
        self._thread = threading.Thread(target=self._pay)

    def _pay(self) -> None:
        till = RawTill(self._till.terminal, self._till.sale_id, timeout=60)
        self._answers.append(till.pay(self._amount, self._service_id))

    def __enter__(self) -> list[dict[str, Any]]:
        entries = len(self._till.terminal.journal())
        self._thread.start()
        until(lambda: self._till.terminal.state()["busy"] or len(self._till.terminal.journal()) > entries)
        return self._answers

    def __exit__(self, *_: object) -> None:
        self._thread.join(60)
        assert self._answers


class Listener:
    """A till's own ear for what the terminal shows."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        heard = self.heard

        class Hear(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = http.server.HTTPServer(("127.0.0.1", 0), Hear)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/terminal"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
