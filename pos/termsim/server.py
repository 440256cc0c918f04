"""The terminal's address: HTTPS with one path, and everything that can go wrong between an answer and its reader."""

from __future__ import annotations

import contextlib
import http.server
import select
import socket
import ssl
import struct
import threading
from typing import Any

from pos.termsim.messages import Malformed, Request, display, rejection, request_of
from pos.termsim.outcomes import Delivery
from pos.termsim.sealing import NotOurs, SharedKey, seal, unseal
from pos.termsim.terminal import Reply, Terminal
from pos.termsim.wire import Json, NotJson, json_text, part, read_json

_CONTENT = "application/json; charset=utf-8"
_PATHS = {"/nexo", "/nexo/"}
_BODY_BYTES_MAX = 1_000_000
_IDLE_SECONDS = 60.0
_SILENT_SECONDS_MAX = 600
_OVERSIZED_BYTES = 64_000_000
_LINE_BYTES_MAX = 1_000
# Closing with this set sends a reset instead of a goodbye.
_RESET = struct.pack("ii", 1, 0)


class BadBody(ValueError):
    """A body that is too long, or whose length nobody can tell."""


class TerminalServer(http.server.ThreadingHTTPServer):
    """Listens on loopback for the till; each connection has a thread of its own."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 32

    def __init__(self, terminal: Terminal, context: ssl.SSLContext, key: SharedKey | None, *, port: int) -> None:
        """`key`: messages are sealed with it. Raises OSError where the port is taken."""
        super().__init__(("127.0.0.1", port), _Connection)
        self.terminal, self.context, self.key = terminal, context, key
        self.stopping = threading.Event()

    def finish_request(self, request: Any, client_address: object) -> None:
        """Greet in the connection's own thread: one that never says hello must not keep the others waiting."""
        request.settimeout(_IDLE_SECONDS)
        if not self.terminal.reachable:
            reset(request)
            return
        with contextlib.suppress(OSError), self.context.wrap_socket(request, server_side=True) as secured:
            secured.settimeout(_IDLE_SECONDS)
            _Connection(secured, client_address, self)

    def stop(self) -> None:
        """Stop listening and let go of every waiting connection."""
        self.stopping.set()
        self.terminal.stop()
        self.shutdown()
        self.server_close()


class _Connection(http.server.BaseHTTPRequestHandler):
    """One connection of a till. http.server calls the methods by their names."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server_version = "nexo"
    sys_version = ""
    server: TerminalServer
    connection: ssl.SSLSocket

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # http.server's own name
        """Nothing is logged: the journal says what happened."""

    def do_POST(self) -> None:
        terminal = self.server.terminal
        try:
            body = self._body()
        except (BadBody, ValueError):
            self._reject(413, "message too long")
            return
        if self.path.partition("?")[0] not in _PATHS:
            self._reject(404, "no such path")
            return
        try:
            request = self._request(body)
        except (NotJson, NotOurs, Malformed) as error:
            self._reject(400, f"{error}")
            return
        reply = terminal.answer(request)
        with contextlib.suppress(OSError):
            self._deliver(request, reply)

    def do_GET(self) -> None:
        self._reject(405, "only POST")

    def do_PUT(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        self.do_GET()

    def _request(self, body: bytes) -> Request:
        message = read_json(body)
        if self.server.key is not None:
            envelope = part(message, "SaleToPOIRequest")
            inner = read_json(unseal(envelope, self.server.key))
            if part(inner, "SaleToPOIRequest", "MessageHeader") != part(envelope, "MessageHeader"):
                raise NotOurs("header")
            message = inner
        return request_of(message, self.headers.get("X-Callback-Url", ""))

    def _body(self) -> bytes:
        """The request's body, sent whole or in chunks. Raises BadBody, ValueError."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return b"".join(self._chunks())
        length = int(self.headers.get("Content-Length", "0"))
        if not 0 <= length <= _BODY_BYTES_MAX:
            raise BadBody
        body = self.rfile.read(length)
        if len(body) != length:
            raise BadBody
        return body

    def _chunks(self) -> list[bytes]:
        chunks: list[bytes] = []
        total = 0
        while True:
            length = int(self.rfile.readline(_LINE_BYTES_MAX).split(b";")[0], 16)
            total += length
            if length < 0 or total > _BODY_BYTES_MAX:
                raise BadBody
            chunk = self.rfile.read(length)
            if len(chunk) != length or (length and self.rfile.readline(_LINE_BYTES_MAX) != b"\r\n"):
                raise BadBody
            if not length:
                while self.rfile.readline(_LINE_BYTES_MAX) not in {b"\r\n", b"\n", b""}:
                    pass
                return chunks
            chunks.append(chunk)

    def _reject(self, status: int, details: str) -> None:
        """Say no to what is no request; the connection ends, because nobody knows where the next message starts."""
        self.close_connection = True
        with contextlib.suppress(OSError):
            self._send(json_text(rejection(self.server.terminal.poi_id, details)).encode(), status)

    # --- The way back ---

    def _deliver(self, request: Request, reply: Reply) -> None:
        delivery = reply.outcome.delivery
        if delivery is Delivery.SEND:
            self._send(self._written(reply))
            return
        self.close_connection = True
        if delivery is Delivery.SILENT:
            self._be_silent()
        elif delivery is Delivery.RESET:
            reset(self.connection)
            return
        elif delivery is Delivery.HALF:
            self._send(self._written(reply), send_bytes=len(self._written(reply)) // 2)
        elif delivery is Delivery.GARBAGE:
            self.connection.sendall(b"\x00\xff\x16\x03" * 64)
        elif delivery is Delivery.NOT_JSON:
            self._send(b"<html>The terminal is starting</html>")
        elif delivery is Delivery.OVERSIZED:
            self._oversize()
        elif delivery is Delivery.DISPLAY:
            self._send(self._enclosed(display(request, self.server.terminal.words.say("Take your card"))))
        self._hang_up()

    def _hang_up(self) -> None:
        """End the connection without a goodbye of TLS, as a pulled cable does."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _written(self, reply: Reply) -> bytes:
        """The answer as it goes over the line; empty for none."""
        if reply.body is None:
            return b""
        return self._enclosed({"SaleToPOIResponse": reply.body}, spoiled=reply.outcome.bad_hmac)

    def _enclosed(self, message: Json, *, spoiled: bool = False) -> bytes:
        plain = json_text(message).encode()
        if self.server.key is None:
            return plain
        ((name, inner),) = message.items()
        return json_text({name: seal(part(inner, "MessageHeader"), plain, self.server.key, spoiled=spoiled)}).encode()

    def _send(self, body: bytes, status: int = 200, *, send_bytes: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", _CONTENT)
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body if send_bytes is None else body[:send_bytes])
        self.wfile.flush()

    def _oversize(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", _CONTENT)
        self.send_header("Content-Length", str(_OVERSIZED_BYTES))
        self.end_headers()
        junk = b'{"SaleToPOIResponse":' + b" " * 65_000
        for _ in range(_OVERSIZED_BYTES // len(junk)):
            self.wfile.write(junk)

    def _be_silent(self) -> None:
        """Keep the connection open and say nothing, until the till has had enough of it."""
        for _ in range(_SILENT_SECONDS_MAX * 10):
            if self.server.stopping.wait(0.1):
                return
            ready, _, _ = select.select([self.connection], [], [], 0)
            if ready and not self.connection.recv(1):
                return


def reset(link: socket.socket) -> None:
    """Close a connection so that the other side sees it torn down."""
    with contextlib.suppress(OSError):
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        link.close()
