"""Whatever bytes come instead of an HTTP response: a frame, an Unknown, or a line's own trouble, and nothing else."""

from __future__ import annotations

import io
import socket
import ssl
import struct
import threading
import time
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.devices.payment import nexo_line
from pos.devices.payment.nexo_line import BYTES_MAX, Frame, NexoLine
from pos.domain.payment import NotProcessed, NotProcessedWhy, Unknown
from tests.devices.payment.nexo_peer import answer, certificates, http_of, payment_body, settings_for

_WHOLE = [
    http_of(answer("Payment", payment_body())),
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
    b"HTTP/1.0 200 OK\r\n\r\nuntil the end",
]
_SCRAPS = [
    b"",
    b"\x00",
    b"\xff",
    b"\r\n",
    b"\n",
    b":",
    b"-",
    b"chunked",
    b"Content-Length: -5\r\n",
    b"Content-Length: 1e9\r\n",
    b"Content-Length: 64000000\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"HTTP/9.9",
    b"f" * 16,
    b"-1\r\n",
    b"A" * 70_000,
]


class _Line:
    """A line that has said all it will say."""

    def __init__(self, said: bytes) -> None:
        self._said = said

    def makefile(self, *_: Any, **__: Any) -> io.BytesIO:
        return io.BytesIO(self._said)


def _heard(said: bytes) -> Frame | Unknown | None:
    """What is made of it; None where it is a line's trouble, which the driver calls Unknown."""
    response = HTTPResponse(_Line(said), method="POST")  # type: ignore[arg-type]
    try:
        response.begin()
        return nexo_line._read(response)
    except nexo_line._LINE_TROUBLE:
        return None


@given(
    st.sampled_from(_WHOLE),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 30), st.sampled_from(_SCRAPS)), max_size=4),
    st.integers(0, 3000),
)
def test_no_response_is_more_than_unknown(whole: bytes, patches: list[tuple[int, int, bytes]], length: int) -> None:
    for at, cut, scrap in patches:
        whole = whole[:at] + scrap + whole[at + cut :]
    for said in (whole, whole[:length]):
        heard = _heard(said)
        assert heard is None or isinstance(heard, Unknown) or len(heard.body) <= BYTES_MAX


@given(st.binary(max_size=500))
def test_nor_are_any_bytes_at_all(said: bytes) -> None:
    _heard(said)
    _heard(b"HTTP/1.1 200 OK\r\n" + said)
    _heard(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + said)


def test_a_whole_one_is_a_frame() -> None:
    assert _heard(_WHOLE[1]) == Frame(b"hello")
    assert _heard(_WHOLE[2]) == Frame(b"")


def test_a_line_torn_down_while_it_is_made_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reset comes in the moment in which TLS is laid over the socket; one left open fails this as a warning."""
    certificates(tmp_path, common_name="a terminal")
    real = socket.socket.getpeername

    def slowly(line: ssl.SSLSocket) -> object:
        time.sleep(0.05)
        return real(line)

    monkeypatch.setattr(ssl.SSLSocket, "getpeername", slowly, raising=False)
    with socket.create_server(("127.0.0.1", 0)) as server:
        resetting = threading.Thread(target=_tear_down, args=(server, 5))
        resetting.start()
        line = NexoLine(settings_for(tmp_path, port=server.getsockname()[1]))
        for _ in range(5):
            said = line.ask(b"{}", 5, sent=lambda: None)
            assert isinstance(said, NotProcessed)
            assert said.why is NotProcessedWhy.NOT_REACHED
        resetting.join(5)


def _tear_down(server: socket.socket, times: int) -> None:
    for _ in range(times):
        line, _ = server.accept()
        time.sleep(0.02)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()
