"""One question and one answer over HTTPS: who is trusted, how long is waited, how much is read, what a cut means.

Until the first byte of a request leaves, nothing has happened; from then on whatever goes wrong is Unknown.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any

from pos.devices.payment.nexo_settings import NexoProfile, NexoSettings
from pos.domain.frozen import dataclass
from pos.domain.payment import NotProcessed, NotProcessedWhy, Unknown, UnknownWhy

BYTES_MAX = 1 << 20
_CHUNK = 1 << 16
_PATH = "/nexo"
_LINE_TROUBLE = (OSError, http.client.HTTPException, ValueError)
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Frame:
    """The bytes of an answer, whole; none where the terminal said that it heard and no more."""

    body: bytes


class NexoLine:
    """The way to one terminal. Every request has a connection of its own; several may be under way."""

    def __init__(self, settings: NexoSettings) -> None:
        self._settings = settings
        self._open: set[socket.socket] = set()
        self._changing = threading.Lock()

    def ask(self, request: bytes, seconds: float, *, sent: Callable[[], None]) -> Frame | NotProcessed | Unknown:
        """Send a request and read its answer, within so many seconds; `sent` is called when it is on its way."""
        until = time.monotonic() + seconds
        try:
            line = self._connected()
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError) as error:
            # Whoever was there hung up before it said who it is.
            return NotProcessed(NotProcessedWhy.NOT_REACHED, _said(error))
        except ssl.SSLError as error:
            return NotProcessed(NotProcessedWhy.NOT_TRUSTED, _said(error))
        except _NotTrustedError as error:
            return NotProcessed(NotProcessedWhy.NOT_TRUSTED, str(error))
        except (OSError, ValueError) as error:
            return NotProcessed(NotProcessedWhy.NOT_REACHED, _said(error))
        # The end of waiting is kept by a clock of its own: a line that trickles never times out by itself.
        alarm = threading.Timer(max(until - time.monotonic(), 0.001), _cut, [line])
        alarm.daemon = True
        with self._changing:
            self._open.add(line)
        alarm.start()
        try:
            return self._exchanged(line, request, sent, until)
        finally:
            alarm.cancel()
            with self._changing:
                self._open.discard(line)
            line.close()

    def close(self) -> None:
        """Cut every line; who waits on one hears that it was lost."""
        with self._changing:
            for line in self._open:
                _cut(line)

    def _connected(self) -> ssl.SSLSocket:
        """A line to a terminal that showed the right certificate. Raises OSError, ssl.SSLError, _NotTrustedError."""
        settings = self._settings
        context, pinned = _trust(settings)
        line = _greeted(context, settings)
        try:
            is_the_terminal = _is_the_terminal(line, pinned, settings)
        except BaseException:
            line.close()
            raise
        if not is_the_terminal:
            line.close()
            raise _NotTrustedError("the certificate names another terminal")
        return line

    def _exchanged(
        self, line: ssl.SSLSocket, request: bytes, sent: Callable[[], None], until: float
    ) -> Frame | Unknown:
        line.settimeout(None)
        connection = http.client.HTTPConnection(self._settings.host, self._settings.port)
        connection.auto_open = 0
        connection.sock = line
        headers = {"Content-Type": "application/json; charset=utf-8", "Connection": "close"}
        try:
            connection.request("POST", _PATH, request, headers)
        except _LINE_TROUBLE as error:
            return _broken(error, until)
        sent()
        try:
            # Made here and closed whatever comes: what http.client makes of an answer that breaks off, it never closes,
            # and the socket under it would stay open until somebody sweeps it up.
            with http.client.HTTPResponse(line, method="POST") as response:
                response.begin()
                answer = _read(response)
        except _LINE_TROUBLE as error:
            return _broken(error, until)
        # What is cut when waiting ends was cut here.
        cut = isinstance(answer, Unknown) and time.monotonic() >= until
        return Unknown(UnknownWhy.NO_ANSWER) if cut else answer


class _NotTrustedError(ValueError):
    """Another certificate than the terminal's was shown, or none is there to compare it with."""


def _read(response: http.client.HTTPResponse) -> Frame | Unknown:
    if response.status not in {http.HTTPStatus.OK, http.HTTPStatus.NO_CONTENT}:
        return Unknown(UnknownWhy.UNLISTED, f"HTTP {response.status}")
    if response.length is not None and response.length > BYTES_MAX:
        return Unknown(UnknownWhy.ANSWER_TOO_LONG, f"{response.length} bytes")
    body = b""
    try:
        while len(body) <= BYTES_MAX and (read := response.read1(_CHUNK)):
            body += read
    except http.client.IncompleteRead:
        return Unknown(UnknownWhy.ANSWER_CUT, f"{len(body)} bytes")
    if len(body) > BYTES_MAX:
        return Unknown(UnknownWhy.ANSWER_TOO_LONG, f"more than {BYTES_MAX} bytes")
    if response.length:
        return Unknown(UnknownWhy.ANSWER_CUT, f"{len(body)} bytes, {response.length} missing")
    return Frame(body)


def _trust(settings: NexoSettings) -> tuple[ssl.SSLContext, frozenset[bytes]]:
    """Trust in the certificates of the file and in nothing else, and those certificates."""
    try:
        written = settings.certificate.read_text("ascii")
        pinned = frozenset(map(ssl.PEM_cert_to_DER_cert, _PEM.findall(written)))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        # Who it is stands in the name, by the profile's rule; a terminal's own certificate may be the pinned one.
        context.check_hostname = False
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        context.load_verify_locations(cadata=written)
    except (OSError, ValueError) as error:
        raise _NotTrustedError(f"certificate: {_said(error)}") from None
    return context, pinned


def _greeted(context: ssl.SSLContext, settings: NexoSettings) -> ssl.SSLSocket:
    """A line on which TLS stands, to the first of the host's addresses that takes one. Raises OSError.

    TLS is laid over the socket before that is connected: over a line that the terminal tears down at that moment the
    standard library makes a socket which nobody holds and nobody closes.
    """
    refused: OSError | None = None
    for family, kind, protocol, _, address in socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM):
        line = context.wrap_socket(socket.socket(family, kind, protocol), do_handshake_on_connect=False)
        try:
            line.settimeout(settings.times.connect)
            # The head and the body of a request leave one after the other: neither waits for the other's receipt.
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.connect(address)
        except OSError as error:
            line.close()
            refused = error
            continue
        try:
            line.do_handshake()
        except BaseException:
            line.close()
            raise
        return line
    raise refused or OSError("no address")


def _is_the_terminal(line: ssl.SSLSocket, pinned: frozenset[bytes], settings: NexoSettings) -> bool:
    """Whether the certificate shown is this terminal's, by the profile's rule."""
    if line.getpeercert(binary_form=True) in pinned:
        return True
    # Names and values in pairs, as deep as a certificate nests them: the standard library says no types of it.
    shown: dict[str, Any] = line.getpeercert() or {}
    names = [value for kind, value in shown.get("subjectAltName", ()) if kind in {"DNS", "IP Address"}]
    if settings.profile is not NexoProfile.ADYEN_LOCAL:
        return settings.host in names
    names += [value for part in shown.get("subject", ()) for kind, value in part if kind == "commonName"]
    own = rf"({re.escape(settings.poi)}|legacy-terminal-certificate)\.(test|live)\.terminal\.adyen\.com"
    return any(re.fullmatch(own, name, re.IGNORECASE) for name in names)


def _cut(line: socket.socket) -> None:
    """End the line under a reader in another thread. TLS's own farewell would pull the ground from under it."""
    try:
        socket.socket.shutdown(line, socket.SHUT_RDWR)
    except OSError:
        # It is gone already.
        return


def _broken(error: Exception, until: float) -> Unknown:
    late = time.monotonic() >= until
    return Unknown(UnknownWhy.NO_ANSWER if late else UnknownWhy.LINK_LOST, _said(error))


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
