"""The driver over real TLS: whom it trusts, what it asks, and what each way a line can break means."""

from __future__ import annotations

import dataclasses
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from pos.devices.payment.nexo import NexoTerminal
from pos.devices.payment.nexo_crypto import NexoKey, sealed, unsealed
from pos.devices.payment.nexo_settings import NexoProfile, NexoSettings
from pos.devices.payment.ports import PaymentTerminal
from pos.domain.payment import (
    Approved,
    CardKind,
    Declined,
    InProgress,
    NotProcessed,
    NotProcessedWhy,
    Outcome,
    RefundRequest,
    ReversalRequest,
    Step,
    TerminalInfo,
    TerminalTotals,
    Unknown,
    UnknownWhy,
)
from tests.devices.payment.nexo_peer import (
    PASSPHRASE,
    PAY,
    POI,
    answer,
    certificates,
    failure_body,
    http,
    http_of,
    listening,
    payment_body,
    settings_for,
    status_body,
)

_REVERSAL = ReversalRequest("a2", "R1", 10000, "USD", POI, "BV0q001.8816", "2026-11-22T10:00:05.000Z")
_REFUND = RefundRequest("a3", "F1", 500, "USD", POI, "BV0q001.8816", "2026-11-22T10:00:05.000Z")
Answering = Callable[[ssl.SSLSocket, bytes], None]
Opened = Callable[..., NexoTerminal]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Opens a driver to a listener that answers as told."""
    with ExitStack() as stack:

        def open_(answering: Answering, *, address: str = "127.0.0.1", **changes: Any) -> NexoTerminal:
            shown = certificates(tmp_path, common_name="a terminal", address=address)
            port = stack.enter_context(listening(shown, answering))
            settings = settings_for(tmp_path, port=port)
            terminal = NexoTerminal(dataclasses.replace(settings, **changes))
            stack.callback(terminal.close)
            return terminal

        yield open_


def _sends(response: bytes) -> Answering:
    return lambda line, _: line.sendall(response)


def _is(category: str, request: bytes) -> dict[str, Any] | None:
    body: dict[str, Any] | None = json.loads(request)["SaleToPOIRequest"].get(f"{category}Request")
    return body


def _service(request: bytes) -> str:
    return str(json.loads(request)["SaleToPOIRequest"]["MessageHeader"]["ServiceID"])


def test_a_payment_is_asked_for_and_answered(opened: Opened) -> None:
    heard: list[bytes] = []

    def answering(line: ssl.SSLSocket, request: bytes) -> None:
        heard.append(request)
        line.sendall(http_of(answer("Payment", payment_body())))

    terminal: PaymentTerminal = opened(answering)
    steps: list[Step] = []
    outcome = terminal.pay(dataclasses.replace(PAY, kind=CardKind.DEBIT), steps.append)
    assert isinstance(outcome, Approved)
    assert steps == [Step.CONNECTING, Step.PRESENT_CARD]
    asked = json.loads(heard[0], parse_float=str)["SaleToPOIRequest"]
    assert asked["MessageHeader"] == {
        "ProtocolVersion": "3.1",
        "MessageClass": "Service",
        "MessageCategory": "Payment",
        "MessageType": "Request",
        "ServiceID": "A1B2C3",
        "SaleID": "LANE-1",
        "POIID": POI,
    }
    transaction = asked["PaymentRequest"]["PaymentTransaction"]
    assert transaction["AmountsReq"] == {
        "Currency": "USD",
        "RequestedAmount": "100.00",
        "CashBackAmount": "20.00",
        "MinimumAmountToDeliver": "0.01",
    }
    assert transaction["TransactionConditions"] == {"DebitPreferredFlag": True}
    assert asked["PaymentRequest"]["SaleData"]["SaleTransactionID"]["TransactionID"] == PAY.attempt


@pytest.mark.parametrize(
    "name", [f"{POI}.test.terminal.adyen.com", "legacy-terminal-certificate.live.terminal.adyen.com"]
)
def test_a_sealed_terminal(tmp_path: Path, name: str) -> None:
    key = NexoKey.of(PASSPHRASE, "kassa", 1)
    heard: list[Any] = []

    def answering(line: ssl.SSLSocket, request: bytes) -> None:
        heard.append(unsealed(request, key))
        line.sendall(http(sealed(answer("Payment", payment_body()), key)))

    with listening(certificates(tmp_path, common_name=name), answering, key=key) as port:
        settings = settings_for(tmp_path, profile=NexoProfile.ADYEN_LOCAL, port=port)
        outcome = NexoTerminal(settings).pay(PAY)
        assert isinstance(outcome, Approved)
        sale = heard[0]["SaleToPOIRequest"]["PaymentRequest"]["SaleData"]
        assert sale["SaleToAcquirerData"] == "tenderOption=ReceiptHandler,AllowPartialAuthorisation"
        for other in ["another phrase", ""]:
            (tmp_path / "passphrase").write_text(other, "utf-8")
            outcome = NexoTerminal(settings).pay(PAY)
            assert isinstance(outcome, NotProcessed), "it is the login that cannot be read"
        (tmp_path / "passphrase").unlink()
        assert NexoTerminal(settings).pay(PAY) == NotProcessed(
            NotProcessedWhy.NOT_TRUSTED, "passphrase: FileNotFoundError"
        )


def test_an_answer_under_another_seal_is_unknown(tmp_path: Path) -> None:
    forged = [
        http(sealed(answer("Payment", payment_body()), NexoKey.of("another", "kassa", 1))),
        http_of(answer("Payment", payment_body())),
    ]
    shown = certificates(tmp_path, common_name=f"{POI}.test.terminal.adyen.com")
    key = NexoKey.of(PASSPHRASE, "kassa", 1)
    with listening(shown, lambda line, _: line.sendall(forged.pop()), key=key) as port:
        terminal = NexoTerminal(settings_for(tmp_path, profile=NexoProfile.ADYEN_LOCAL, port=port))
        for _ in range(2):
            outcome = terminal.pay(PAY)
            assert isinstance(outcome, Unknown)
            assert outcome.why is UnknownWhy.SEAL_WRONG


@pytest.mark.parametrize(
    ("profile", "name", "address"),
    [
        (NexoProfile.ADYEN_LOCAL, "V400m-000000000.test.terminal.adyen.com", "127.0.0.1"),
        (NexoProfile.ADYEN_LOCAL, f"{POI}.test.terminal.adyen.com.example", "127.0.0.1"),
        (NexoProfile.WESTPAY, "127.0.0.1", "127.0.0.2"),
        (NexoProfile.WESTPAY, "127.0.0.1", ""),
    ],
)
def test_another_terminals_certificate(tmp_path: Path, profile: NexoProfile, name: str, address: str) -> None:
    heard: list[bytes] = []
    shown = certificates(tmp_path, common_name=name, address=address)
    with listening(shown, lambda _, request: heard.append(request)) as port:
        outcome = NexoTerminal(settings_for(tmp_path, profile=profile, port=port)).pay(PAY)
    assert isinstance(outcome, NotProcessed)
    assert outcome.why is NotProcessedWhy.NOT_TRUSTED
    assert not heard


def test_a_certificate_may_be_pinned_itself(tmp_path: Path) -> None:
    shown = certificates(tmp_path, common_name="any")
    with listening(shown, _sends(http_of(answer("Payment", payment_body())))) as port:
        settings = dataclasses.replace(settings_for(tmp_path, port=port), certificate=shown.leaf)
        assert isinstance(NexoTerminal(settings).pay(PAY), Approved)


def test_another_root_and_none_at_all(tmp_path: Path, opened: Opened) -> None:
    terminal = opened(_sends(b""))
    (tmp_path / "other").mkdir()
    other = certificates(tmp_path / "other", common_name="a terminal", address="127.0.0.1")
    (tmp_path / "root.pem").write_bytes(other.root.read_bytes())
    _not_done(terminal, NotProcessedWhy.NOT_TRUSTED)
    (tmp_path / "root.pem").write_text("no certificate", "ascii")
    _not_done(terminal, NotProcessedWhy.NOT_TRUSTED)
    (tmp_path / "root.pem").unlink()
    _not_done(terminal, NotProcessedWhy.NOT_TRUSTED)


def test_who_hangs_up_or_speaks_no_tls(tmp_path: Path) -> None:
    certificates(tmp_path, common_name="a terminal")
    for said, why in ((b"", NotProcessedWhy.NOT_REACHED), (b"HTTP/1.1 400 Bad\r\n\r\n", NotProcessedWhy.NOT_TRUSTED)):
        with socket.create_server(("127.0.0.1", 0)) as server:
            answering = threading.Thread(target=_says, args=(server, said))
            answering.start()
            _not_done(NexoTerminal(settings_for(tmp_path, port=server.getsockname()[1])), why)
            answering.join(5)


def _says(server: socket.socket, said: bytes) -> None:
    line, _ = server.accept()
    with line:
        line.recv(4096)
        line.sendall(said)


def test_nobody_there(tmp_path: Path) -> None:
    certificates(tmp_path, common_name="a terminal")
    terminal = NexoTerminal(settings_for(tmp_path, port=1))
    _not_done(terminal, NotProcessedWhy.NOT_REACHED)
    status = terminal.status(PAY)
    assert isinstance(status, Unknown)
    assert status.why is UnknownWhy.NOT_REACHED
    assert isinstance(terminal.login(), NotProcessed)
    assert isinstance(terminal.totals(), NotProcessed)
    terminal.abort(PAY)
    _not_done(NexoTerminal(dataclasses.replace(settings_for(tmp_path), poi="T-2")), NotProcessedWhy.NOT_ALLOWED)


def _not_done(terminal: NexoTerminal, why: NotProcessedWhy) -> None:
    outcome = terminal.pay(PAY)
    assert isinstance(outcome, NotProcessed)
    assert outcome.why is why


_WHOLE = json.dumps(answer("Payment", payment_body())).encode()
_BROKEN = [
    (b"", UnknownWhy.LINK_LOST),
    (b"HTTP/1.1 200 OK\r\nContent-Le", UnknownWhy.ANSWER_CUT),
    (b"\x00" * 100, UnknownWhy.LINK_LOST),
    (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", UnknownWhy.LINK_LOST),
    (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000 + b"\r\n\r\n", UnknownWhy.LINK_LOST),
    (http(_WHOLE[:-40], length=len(_WHOLE)), UnknownWhy.ANSWER_CUT),
    (http(b"", length=2000), UnknownWhy.ANSWER_CUT),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n0123", UnknownWhy.ANSWER_CUT),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n0123", UnknownWhy.ANSWER_CUT),
    (http(b""), UnknownWhy.ANSWER_CUT),
    (b"HTTP/1.1 204 No Content\r\n\r\n", UnknownWhy.ANSWER_CUT),
    (http(_WHOLE, head="HTTP/1.1 500 Oops"), UnknownWhy.UNLISTED),
    (http(_WHOLE, head="HTTP/1.1 301 Gone"), UnknownWhy.UNLISTED),
    (http(_WHOLE[:-1]), UnknownWhy.ANSWER_UNREADABLE),
    (http(_WHOLE + b"\x00"), UnknownWhy.ANSWER_UNREADABLE),
    (http(_WHOLE * 2), UnknownWhy.ANSWER_UNREADABLE),
    (http(b" " * (1 << 20) + _WHOLE), UnknownWhy.ANSWER_TOO_LONG),
    (http_of(answer("Payment", payment_body(), "B9")), UnknownWhy.WRONG_ATTEMPT),
    (http_of(answer("Payment", payment_body(PAY, AuthorizedAmount=101))), UnknownWhy.WRONG_AMOUNT),
    (http_of(answer("TransactionStatus", status_body(payment_body()))), UnknownWhy.WRONG_ATTEMPT),
]


@pytest.mark.parametrize(("response", "why"), _BROKEN)
def test_a_broken_answer_is_unknown(opened: Opened, response: bytes, why: UnknownWhy) -> None:
    outcome = opened(_sends(response)).pay(PAY)
    assert isinstance(outcome, Unknown)
    assert outcome.why is why


def test_a_chunked_answer_is_read(opened: Opened) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (_WHOLE[:7], _WHOLE[7:]))
    response = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"
    assert isinstance(opened(_sends(response)).pay(PAY), Approved)


@pytest.mark.parametrize("trickles", [True, False])
def test_waiting_ends(opened: Opened, trickles: bool) -> None:
    """Also where a byte comes now and then, so that no single wait is ever long."""

    def answering(line: ssl.SSLSocket, _: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nX: ")
        while trickles:
            time.sleep(0.1)
            line.sendall(b"x")
        line.recv(1)

    terminal = opened(answering)
    outcome = terminal.pay(PAY)
    assert isinstance(outcome, Unknown)
    assert outcome.why is UnknownWhy.NO_ANSWER


def test_closing_ends_a_wait(opened: Opened) -> None:
    heard, outcomes = threading.Event(), list[Outcome]()

    def answering(line: ssl.SSLSocket, _: bytes) -> None:
        heard.set()
        line.recv(1)

    terminal = opened(answering)
    paying = threading.Thread(target=lambda: outcomes.append(terminal.pay(PAY)))
    paying.start()
    assert heard.wait(5)
    terminal.close()
    paying.join(1.5)
    assert [outcome.why for outcome in outcomes if isinstance(outcome, Unknown)] == [UnknownWhy.LINK_LOST]


def test_it_takes_one_card_at_a_time_and_is_asked_meanwhile(opened: Opened) -> None:
    aborted, outcomes = threading.Event(), list[Outcome]()
    paying_now = threading.Event()

    body = failure_body("Aborted")

    def in_turn(line: ssl.SSLSocket, request: bytes) -> None:
        paying_now.set()
        assert aborted.wait(5)
        line.sendall(http_of(answer("Payment", body, _service(request))))

    terminal = opened(in_turn)
    paying = threading.Thread(target=lambda: outcomes.append(terminal.pay(PAY)))
    paying.start()
    assert paying_now.wait(5)
    assert terminal.reverse(_REVERSAL) == NotProcessed(NotProcessedWhy.BUSY, "another request of this till")
    aborted.set()
    paying.join(5)
    assert isinstance(outcomes[0], Declined)


def test_a_terminal_that_is_logged_out_is_logged_in(opened: Opened) -> None:
    heard: list[str] = []

    def answering(line: ssl.SSLSocket, request: bytes) -> None:
        header = json.loads(request)["SaleToPOIRequest"]["MessageHeader"]
        heard.append(header["MessageCategory"])
        logged_in = "Login" in heard
        said = {"Login": {"Response": {"Result": "Success"}}}
        body = said.get(heard[-1]) or (payment_body() if logged_in else failure_body("LoggedOut"))
        line.sendall(http_of(answer(heard[-1], body, header["ServiceID"])))

    assert isinstance(opened(answering).pay(PAY), Approved)
    assert heard == ["Payment", "Login", "Payment"]


def test_every_question_has_a_name_of_its_own(opened: Opened) -> None:
    heard: list[bytes] = []
    bodies: dict[str, object] = {
        "Login": {"Response": {"Result": "Success"}},
        "GetTotals": {"Response": {"Result": "Success"}},
        "Reconciliation": {"Response": {"Result": "Success"}},
        "TransactionStatus": failure_body("InProgress"),
        "Reversal": {"Response": {"Result": "Success"}},
    }

    def answering(line: ssl.SSLSocket, request: bytes) -> None:
        heard.append(request)
        header = json.loads(request)["SaleToPOIRequest"]["MessageHeader"]
        category = header["MessageCategory"]
        known = category in bodies
        line.sendall(http_of(answer(category, bodies[category], header["ServiceID"])) if known else http(b""))

    terminal = opened(answering)
    assert isinstance(terminal.login(), TerminalInfo)
    assert isinstance(terminal.status(PAY), InProgress)
    assert isinstance(terminal.totals(), TerminalTotals)
    assert isinstance(terminal.totals(end_period=True), TerminalTotals)
    terminal.abort(PAY)
    assert isinstance(terminal.reverse(_REVERSAL), Approved)
    own = [_service(request) for request in heard[:-1]]
    assert len(set(own)) == 5
    assert all(service.startswith("Z") and len(service) == 10 for service in own)
    assert _service(heard[-1]) == "R1"
    reference = {"MessageCategory": "Payment", "SaleID": "LANE-1", "ServiceID": "A1B2C3"}
    asked, aborted, reversed_ = _is("TransactionStatus", heard[0]), _is("Abort", heard[3]), _is("Reversal", heard[5])
    assert asked
    assert aborted
    assert reversed_
    assert asked["MessageReference"] == aborted["MessageReference"] == reference
    assert reversed_["OriginalPOITransaction"]["POITransactionID"]["TransactionID"] == "BV0q001.8816"
    assert (reversed_["ReversalReason"], reversed_["ReversedAmount"]) == ("CustCancel", 100.0)


def test_what_is_sent_again_is_the_same_to_the_last_sign(opened: Opened) -> None:
    heard: list[bytes] = []
    terminal = opened(lambda _, request: heard.append(request))
    for request in [PAY, PAY, dataclasses.replace(PAY, made="2026-11-22T10:00:00.000+00:00")]:
        assert isinstance(terminal.pay(request), Unknown)
    assert heard[0] == heard[1]
    sale = json.loads(heard[2])["SaleToPOIRequest"]["PaymentRequest"]["SaleData"]
    assert sale["SaleTransactionID"]["TimeStamp"] == "2026-11-22T10:00:00.000+00:00"


@pytest.mark.parametrize("profile", list(NexoProfile))
def test_how_a_refund_names_its_payment(tmp_path: Path, profile: NexoProfile) -> None:
    heard: list[bytes] = []
    key = NexoKey.of(PASSPHRASE, "kassa", 1)
    shown = certificates(tmp_path, common_name=f"{POI}.test.terminal.adyen.com", address="127.0.0.1")
    adyen = profile is NexoProfile.ADYEN_LOCAL
    with listening(shown, lambda _, request: heard.append(request), key=key if adyen else None) as port:
        terminal = NexoTerminal(settings_for(tmp_path, profile=profile, port=port))
        for request in [_REFUND, dataclasses.replace(_REFUND, original_transaction="", original_time="")]:
            assert isinstance(terminal.refund(request), Unknown)
    plain = [dict(unsealed(each, key)) if adyen else json.loads(each) for each in heard]
    referenced, free = (message["SaleToPOIRequest"] for message in plain)
    assert free["PaymentRequest"]["PaymentData"] == {"PaymentType": "Refund"}
    assert "OriginalPOITransaction" not in free["PaymentRequest"]["PaymentTransaction"]
    if adyen:
        body = referenced["ReversalRequest"]
        assert float(body["ReversedAmount"]) == 5.0
    else:
        body = referenced["PaymentRequest"]["PaymentTransaction"]
    assert body["OriginalPOITransaction"]["POITransactionID"]["TransactionID"] == "BV0q001.8816"


def test_nothing_is_read_before_it_is_used(tmp_path: Path) -> None:
    settings = NexoSettings(NexoProfile.ADYEN_LOCAL, "nowhere.invalid", 8443, POI, "LANE-1", tmp_path / "none")
    terminal = NexoTerminal(settings)
    assert terminal.terminal == POI
    assert terminal.can_be_asked
    terminal.close()
