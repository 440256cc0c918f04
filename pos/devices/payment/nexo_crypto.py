"""How messages to an Adyen terminal are sealed on the local network.

Source: Adyen, "Protect local communications": keys from the passphrase by PBKDF2-HMAC-SHA1, the whole message encrypted
with AES-256-CBC, its HMAC-SHA256 over the plain text, the header repeated outside.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from pos.devices.payment.nexo_json import Tree, Unreadable, branch, read, written
from pos.domain.frozen import dataclass

_SALT = b"AdyenNexoV1Salt"
_ROUNDS = 4000
_BLOCK_BYTES = 16
_VERSION = 1
_ENVELOPES = ("SaleToPOIResponse", "SaleToPOIRequest")


class SealWrong(ValueError):
    """The seal is another's, or broken: what is inside was not said by the terminal."""


@dataclass(frozen=True, slots=True)
class NexoKey:
    """A passphrase's three keys, with the name and version the terminal knows them by."""

    identifier: str
    version: int
    mac_key: bytes
    cipher_key: bytes
    iv: bytes

    @classmethod
    def of(cls, passphrase: str, identifier: str, version: int) -> NexoKey:
        """The keys of a passphrase. Takes some milliseconds."""
        derived = hashlib.pbkdf2_hmac("sha1", passphrase.encode(), _SALT, _ROUNDS, 80)
        return cls(identifier, version, derived[:32], derived[32:64], derived[64:80])


def sealed(message: Tree, key: NexoKey, *, random: Callable[[int], bytes] = os.urandom) -> bytes:
    """A message under seal: {"SaleToPOIRequest": {MessageHeader, NexoBlob, SecurityTrailer}}."""
    envelope, body = next(iter(message.items()))
    inside = written(message).encode()
    nonce = random(_BLOCK_BYTES)
    padder = PKCS7(8 * _BLOCK_BYTES).padder()
    cipher = _cipher(key, nonce).encryptor()
    blob = cipher.update(padder.update(inside) + padder.finalize()) + cipher.finalize()
    trailer = {
        "AdyenCryptoVersion": _VERSION,
        "KeyIdentifier": key.identifier,
        "KeyVersion": key.version,
        "Nonce": _base64(nonce),
        "Hmac": _base64(_mac(key, inside)),
    }
    outside = {"MessageHeader": body["MessageHeader"], "NexoBlob": _base64(blob), "SecurityTrailer": trailer}
    return written({envelope: outside}).encode()


def unsealed(frame: bytes, key: NexoKey) -> Tree:
    """What a sealed frame holds. Raises SealWrong, and Unreadable for a frame that is none at all."""
    tree = read(frame)
    outside = next((branch(tree, envelope) for envelope in _ENVELOPES if envelope in tree), None)
    if outside is None:
        raise Unreadable("no message of a terminal")
    trailer = branch(outside, "SecurityTrailer")
    if "NexoBlob" not in outside:
        raise SealWrong("not sealed")
    nonce, blob = _bytes(trailer.get("Nonce")), _bytes(outside["NexoBlob"])
    if len(nonce) != _BLOCK_BYTES or not blob or len(blob) % _BLOCK_BYTES:
        raise SealWrong("no whole blocks")
    cipher, unpadder = _cipher(key, nonce).decryptor(), PKCS7(8 * _BLOCK_BYTES).unpadder()
    try:
        inside = unpadder.update(cipher.update(blob) + cipher.finalize()) + unpadder.finalize()
    except ValueError:
        raise SealWrong("broken") from None
    if not hmac.compare_digest(_mac(key, inside), _bytes(trailer.get("Hmac"))):
        raise SealWrong("broken")
    # The header outside is for whoever carries the message; only what is sealed counts.
    return read(inside)


def _cipher(key: NexoKey, nonce: bytes) -> Cipher[modes.CBC]:
    iv = bytes(own ^ fresh for own, fresh in zip(key.iv, nonce, strict=True))
    return Cipher(algorithms.AES(key.cipher_key), modes.CBC(iv))


def _mac(key: NexoKey, inside: bytes) -> bytes:
    return hmac.new(key.mac_key, inside, hashlib.sha256).digest()


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytes(value: object) -> bytes:
    try:
        return base64.b64decode(value, validate=True) if isinstance(value, str) else b""
    except (binascii.Error, ValueError):
        return b""
