"""A terminal's side of nexo for tests: answers worded as a terminal words them, and a TLS listener that gives them."""

from __future__ import annotations

import copy
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pos.devices.payment.nexo_crypto import NexoKey, sealed, unsealed
from pos.devices.payment.nexo_settings import NexoProfile, NexoSettings, NexoTimes
from pos.domain.payment import PayRequest

POI = "V400m-346403161"
PASSPHRASE = "correct horse battery"
PAY = PayRequest("0123456789abcdef0123456789abcdef", "A1B2C3", 8000, "USD", POI, cash_back=2000)
# What stands in a test's own answer where a terminal would read a card.
_CARD = {
    "PaymentInstrumentType": "Card",
    "CardData": {
        "MaskedPan": "411111 **** 1111",
        "PaymentBrand": "visa",
        "EntryMode": ["ICC"],
        "SensitiveCardData": {"ExpiryDate": "0330", "CardSeqNumb": "01"},
        "PaymentToken": {"TokenRequestedType": "Customer", "TokenValue": "T8CARD"},
    },
}
_RECEIPT = {
    "DocumentQualifier": "CustomerReceipt",
    "RequiredSignatureFlag": False,
    "OutputContent": {
        "OutputFormat": "Text",
        "OutputText": [
            {"Text": "key=header1&name=Corner+shop", "CharacterStyle": "Bold", "EndOfLineFlag": True},
            {"Text": "key=totalAmount&name=TOTAL&value=USD+100.00", "EndOfLineFlag": True},
        ],
    },
}


def settings_for(folder: Path, *, profile: NexoProfile = NexoProfile.WESTPAY, port: int = 1) -> NexoSettings:
    """Settings of a terminal on loopback, with short times."""
    passphrase = folder / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n", "utf-8")
    times = NexoTimes(connect=2, card=2, reversal=2, question=2)
    return NexoSettings(profile, "127.0.0.1", port, POI, "LANE-1", folder / "root.pem", passphrase, "kassa", 1, times)


def header(category: str, service: str, **changes: object) -> dict[str, object]:
    named = {"MessageCategory": category, "MessageType": "Response", "ServiceID": service}
    return {
        "ProtocolVersion": "3.1", "MessageClass": "Service", "SaleID": "LANE-1", "POIID": POI, **named, **changes
    }  # fmt: skip


def payment_body(request: PayRequest = PAY, **amounts: object) -> dict[str, Any]:
    """A whole approval of this request; `amounts` changes what AmountsResp says."""
    said = {
        "Currency": request.currency,
        "AuthorizedAmount": request.charged / 100,
        "CashBackAmount": request.cash_back / 100,
        **amounts,
    }
    details = "tid=47069832&AID=A0000000031010&95=0080008000&9B=E800&expiryMonth=03&cardHolderName=Doe%2FJane"
    body = {
        "Response": {"Result": "Success", "AdditionalResponse": details},
        "SaleData": {"SaleTransactionID": {"TransactionID": request.attempt, "TimeStamp": "2026-11-22T10:00:00Z"}},
        "POIData": {"POITransactionID": {"TransactionID": "BV0q001.8816", "TimeStamp": "2026-11-22T10:00:05.000Z"}},
        "PaymentResult": {
            "PaymentType": "Normal",
            "PaymentInstrumentData": _CARD,
            "AmountsResp": said,
            "AuthenticationMethod": ["OnlinePIN"],
            "OnlineFlag": True,
            "PaymentAcquirerData": {
                "MerchantID": "CORNER1",
                "AcquirerPOIID": POI,
                "AcquirerTransactionID": {"TransactionID": "8816", "TimeStamp": "2026-11-22T10:00:05.000Z"},
                "ApprovalCode": "123456",
            },
        },
        "PaymentReceipt": [_RECEIPT, {**_RECEIPT, "DocumentQualifier": "CashierReceipt"}],
    }
    return copy.deepcopy(body)


def failure_body(condition: str, request: PayRequest = PAY) -> dict[str, Any]:
    body = payment_body(request)
    body["Response"] = {"Result": "Failure", "ErrorCondition": condition}
    return body


def answer(category: str, body: object, service: str = PAY.reference, **changes: object) -> dict[str, Any]:
    return {"SaleToPOIResponse": {"MessageHeader": header(category, service, **changes), f"{category}Response": body}}


def status_body(body: object, category: str = "Payment", service: str = PAY.reference, **changes: object) -> object:
    """A status answer that repeats this body."""
    repeated = {
        "MessageHeader": header(category, service, **changes),
        "RepeatedResponseMessageBody": {f"{category}Response": body},
    }
    return {"Response": {"Result": "Success"}, "RepeatedMessageResponse": repeated}


def http(body: bytes, *, head: str = "HTTP/1.1 200 OK", length: int | None = None) -> bytes:
    """An HTTP response; `length` says another length than the truth."""
    size = len(body) if length is None else length
    return f"{head}\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n\r\n".encode() + body


def http_of(message: object) -> bytes:
    return http(json.dumps(message).encode())


@dataclass(frozen=True, slots=True)
class Certificates:
    """A root, and a leaf it signed, as PEM files."""

    root: Path
    leaf: Path
    key: Path


def certificates(folder: Path, *, common_name: str, address: str = "") -> Certificates:
    """A root of its own and a terminal's certificate under it."""
    root_key, leaf_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = _named("A test's root")
    root = _certificate(root_name, root_name, root_key.public_key(), ca=True).sign(root_key, hashes.SHA256())
    unsigned = _certificate(_named(common_name), root_name, leaf_key.public_key(), ca=False)
    if address:
        unsigned = unsigned.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), False)
    leaf = unsigned.sign(root_key, hashes.SHA256())
    kept = Certificates(folder / "root.pem", folder / "leaf.pem", folder / "leaf.key")
    pem = serialization.Encoding.PEM
    kept.root.write_bytes(root.public_bytes(pem))
    kept.leaf.write_bytes(leaf.public_bytes(pem))
    secret = serialization.PrivateFormat.PKCS8
    kept.key.write_bytes(leaf_key.private_bytes(pem, secret, serialization.NoEncryption()))
    return kept


@contextmanager
def listening(
    shown: Certificates, answering: Callable[[ssl.SSLSocket, bytes], None], *, key: NexoKey | None = None
) -> Iterator[int]:
    """A TLS listener on loopback: its port. Each connection's request is read whole and given to `answering`.

    The first login is answered here, under seal where there is a `key`.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown.leaf, shown.key)
    with socket.create_server(("127.0.0.1", 0)) as server:
        serving = threading.Thread(target=_serve, args=(server, context, _let_in(answering, key)), daemon=True)
        serving.start()
        try:
            yield server.getsockname()[1]
        finally:
            # Closing alone does not wake a thread that waits for the next connection.
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            server.close()
            serving.join(10)


def _let_in(
    answering: Callable[[ssl.SSLSocket, bytes], None], key: NexoKey | None
) -> Callable[[ssl.SSLSocket, bytes], None]:
    """Answers the first login, and leaves everything else to `answering`."""
    strangers = [True]

    def first(line: ssl.SSLSocket, request: bytes) -> None:
        message = unsealed(request, key) if key else json.loads(request)
        asked = message["SaleToPOIRequest"]["MessageHeader"]
        if asked["MessageCategory"] == "Login" and strangers:
            strangers.clear()
            said = answer("Login", {"Response": {"Result": "Success"}}, asked["ServiceID"])
            line.sendall(http(sealed(said, key) if key else json.dumps(said).encode()))
        else:
            answering(line, request)

    return first


def _serve(server: socket.socket, context: ssl.SSLContext, answering: Callable[[ssl.SSLSocket, bytes], None]) -> None:
    while True:
        try:
            plain, _ = server.accept()
        except OSError:
            return
        plain.settimeout(5)
        # Who hangs up in the middle is the test's own doing.
        with suppress(OSError, ValueError), context.wrap_socket(plain, server_side=True) as line:
            answering(line, _request(line))


def _request(line: ssl.SSLSocket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got:
        got += _more(line)
    head, _, body = got.partition(b"\r\n\r\n")
    length = next(int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length"))
    while len(body) < length:
        body += _more(line)
    return body


def _more(line: ssl.SSLSocket) -> bytes:
    read = line.recv(65536)
    if not read:
        raise ConnectionError("hung up")
    return read


def _named(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, ca: bool
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
