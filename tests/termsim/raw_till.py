"""A till that knows nexo and nothing else: its own few lines, neither the driver's nor the simulator's."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import itertools
import json
import os
import socket
import ssl
from decimal import Decimal
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tests.terminal import CardTerminal

_numbers = itertools.count(1)


class _Link(http.client.HTTPSConnection):
    """A connection of a till's, over its own bare line."""

    def __init__(self, till: RawTill) -> None:
        super().__init__("127.0.0.1", till.terminal.port, timeout=till.timeout, context=till.context())
        self._till = till

    def connect(self) -> None:
        self.sock = self._till.secured()


class RawTill:
    """Builds messages, wraps them as the terminal's profile wants and sends them."""

    def __init__(self, terminal: CardTerminal, sale_id: str = "Lane1", *, timeout: float = 10) -> None:
        self.terminal, self.sale_id, self.timeout = terminal, sale_id, timeout

    def pay(self, amount: str, service_id: str = "", **more: Any) -> dict[str, Any]:
        """Charge `amount`; the PaymentResponse. `more`: fields of AmountsReq, or `SaleToAcquirerData`, `kind`, `of`."""
        return self.ask("Payment", wish(amount, **more), service_id)

    def ask(self, category: str, body: dict[str, Any], service_id: str = "", **header: str) -> dict[str, Any]:
        """Send one request and return the part of the answer that belongs to it."""
        answer = self.send(self.message(category, body, service_id, **header))["SaleToPOIResponse"]
        assert answer["MessageHeader"]["MessageType"] == "Response"
        return answer[f"{category}Response"]  # type: ignore[no-any-return]

    def status(self, service_id: str, category: str = "Payment", **more: Any) -> dict[str, Any]:
        reference = {"MessageCategory": category, "SaleID": self.sale_id, "ServiceID": service_id}
        return self.ask("TransactionStatus", {"MessageReference": reference, **more})

    def abort(self, service_id: str) -> bytes:
        reference = {"MessageCategory": "Payment", "SaleID": self.sale_id, "ServiceID": service_id}
        message = self.message("Abort", {"MessageReference": reference, "AbortReason": "MerchantAbort"})
        return self.post(self.wrapped(message))[1]

    def message(self, category: str, body: dict[str, Any], service_id: str = "", **header: str) -> dict[str, Any]:
        head = {
            "ProtocolVersion": "3.0",
            "MessageClass": "Service",
            "MessageCategory": category,
            "MessageType": "Request",
            "ServiceID": service_id or f"t{next(_numbers)}",
            "SaleID": self.sale_id,
            "POIID": self.terminal.poi_id,
        }
        return {"SaleToPOIRequest": {"MessageHeader": head | header, f"{category}Request": body}}

    def send(self, message: dict[str, Any], **headers: str) -> dict[str, Any]:
        status, body = self.post(self.wrapped(message), **headers)
        assert status == 200, body
        return self.unwrapped(body)

    def post(self, body: bytes, **headers: str) -> tuple[int, bytes]:
        link = self.link()
        try:
            link.request("POST", "/nexo", body, {"Content-Type": "application/json", **headers})
            answer = link.getresponse()
            return answer.status, answer.read()
        finally:
            link.close()

    def link(self) -> http.client.HTTPSConnection:
        return _Link(self)

    def context(self) -> ssl.SSLContext:
        """Trust the terminal's own root and no other."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(self.terminal.certificate)
        return context

    def secured(self) -> ssl.SSLSocket:
        """A bare line to the terminal. TLS first, then the connection: one that the terminal tears down is closed."""
        line = self.context().wrap_socket(socket.socket(), server_hostname="127.0.0.1")
        try:
            line.settimeout(self.timeout)
            line.connect(("127.0.0.1", self.terminal.port))
        except BaseException:
            line.close()
            raise
        return line

    # --- Adyen's envelope ---

    def wrapped(self, message: dict[str, Any]) -> bytes:
        plain = json.dumps(message).encode()
        if self.terminal.profile != "adyen":
            return plain
        signing, cipher, start = self._keys()
        nonce = os.urandom(16)
        padder = padding.PKCS7(128).padder()
        locked = _aes(cipher, start, nonce).encryptor()
        blob = locked.update(padder.update(plain) + padder.finalize()) + locked.finalize()
        trailer = {
            "AdyenCryptoVersion": 1,
            "KeyIdentifier": self.terminal.key_identifier,
            "KeyVersion": self.terminal.key_version,
            "Nonce": base64.b64encode(nonce).decode(),
            "Hmac": base64.b64encode(hmac.digest(signing, plain, "sha256")).decode(),
        }
        header = message["SaleToPOIRequest"]["MessageHeader"]
        envelope = {"MessageHeader": header, "NexoBlob": base64.b64encode(blob).decode(), "SecurityTrailer": trailer}
        return json.dumps({"SaleToPOIRequest": envelope}).encode()

    def unwrapped(self, body: bytes) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(body, parse_float=Decimal)
        if self.terminal.profile != "adyen":
            return message
        ((_, envelope),) = message.items()
        signing, cipher, start = self._keys()
        unlocked = _aes(cipher, start, base64.b64decode(envelope["SecurityTrailer"]["Nonce"])).decryptor()
        unpadder = padding.PKCS7(128).unpadder()
        plain = unpadder.update(unlocked.update(base64.b64decode(envelope["NexoBlob"])) + unlocked.finalize())
        plain += unpadder.finalize()
        assert base64.b64decode(envelope["SecurityTrailer"]["Hmac"]) == hmac.digest(signing, plain, "sha256")
        inner: dict[str, Any] = json.loads(plain, parse_float=Decimal)
        return inner

    def _keys(self) -> tuple[bytes, bytes, bytes]:
        made = _made(self.terminal.passphrase)
        return made[:32], made[32:64], made[64:]


@cache
def _made(passphrase: str) -> bytes:
    return hashlib.pbkdf2_hmac("sha1", passphrase.encode(), b"AdyenNexoV1Salt", 4000, 80)


def wish(amount: str, *, kind: str = "", of: str = "", acquirer: str = "", **amounts: str) -> dict[str, Any]:
    """A PaymentRequest."""
    sale: dict[str, Any] = {"SaleTransactionID": {"TransactionID": "A-1", "TimeStamp": "2026-03-02T10:00:00Z"}}
    sale["TokenRequestedType"] = "Customer"
    if acquirer:
        sale["SaleToAcquirerData"] = acquirer
    sums = {name: float(value) for name, value in {"RequestedAmount": amount, **amounts}.items()}
    transaction: dict[str, Any] = {"AmountsReq": {"Currency": "USD", **sums}}
    if of:
        transaction["OriginalPOITransaction"] = {"POITransactionID": {"TransactionID": of, "TimeStamp": ""}}
    body: dict[str, Any] = {"SaleData": sale, "PaymentTransaction": transaction}
    if kind:
        body["PaymentData"] = {"PaymentType": kind}
    return body


def _aes(key: bytes, start: bytes, nonce: bytes) -> Cipher[modes.CBC]:
    mixed = bytes(one ^ other for one, other in zip(start, nonce, strict=True))
    return Cipher(algorithms.AES(key), modes.CBC(mixed))
