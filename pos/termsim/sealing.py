"""The envelope of the Adyen profile: the message encrypted and signed with keys made from a shared passphrase."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from pos.termsim.wire import Json, part, text

_SALT = b"AdyenNexoV1Salt"
_ROUNDS = 4000
_BLOCK_BITS = 128


class NotOurs(ValueError):
    """An envelope that was not closed with our passphrase, or that was touched on its way."""


@dataclass(frozen=True, slots=True)
class SharedKey:
    """What till and terminal both know."""

    identifier: str
    version: int
    passphrase: str


def seal(header: Json, message: bytes, key: SharedKey, *, spoiled: bool = False) -> Json:
    """`message` in its envelope, `header` repeated outside; `spoiled`: with a signature that does not fit."""
    keys, nonce = _keys(key.passphrase), secrets.token_bytes(16)
    padder = PKCS7(_BLOCK_BITS).padder()
    cipher = _cipher(keys, nonce).encryptor()
    blob = cipher.update(padder.update(message) + padder.finalize()) + cipher.finalize()
    signature = hmac.digest(keys.signing, b"other" if spoiled else message, "sha256")
    trailer = {
        "AdyenCryptoVersion": 1,
        "KeyIdentifier": key.identifier,
        "KeyVersion": key.version,
        "Nonce": base64.b64encode(nonce).decode(),
        "Hmac": base64.b64encode(signature).decode(),
    }
    return {"MessageHeader": header, "NexoBlob": base64.b64encode(blob).decode(), "SecurityTrailer": trailer}


def unseal(envelope: Json, key: SharedKey) -> bytes:
    """The message in `envelope`. Raises NotOurs."""
    trailer = part(envelope, "SecurityTrailer")
    if text(trailer, "KeyIdentifier") != key.identifier or trailer.get("KeyVersion") != key.version:
        raise NotOurs("unknown key")
    keys = _keys(key.passphrase)
    try:
        nonce, signature = (base64.b64decode(text(trailer, name), validate=True) for name in ("Nonce", "Hmac"))
        blob = base64.b64decode(text(envelope, "NexoBlob"), validate=True)
        cipher, padding = _cipher(keys, nonce).decryptor(), PKCS7(_BLOCK_BITS).unpadder()
        message = padding.update(cipher.update(blob) + cipher.finalize()) + padding.finalize()
    except (binascii.Error, ValueError) as error:
        raise NotOurs(str(error)) from error
    if not hmac.compare_digest(signature, hmac.digest(keys.signing, message, "sha256")):
        raise NotOurs("signature")
    return message


@dataclass(frozen=True, slots=True)
class _Keys:
    signing: bytes
    cipher: bytes
    start: bytes


@cache
def _keys(passphrase: str) -> _Keys:
    made = hashlib.pbkdf2_hmac("sha1", passphrase.encode(), _SALT, _ROUNDS, 80)
    return _Keys(made[:32], made[32:64], made[64:])


def _cipher(keys: _Keys, nonce: bytes) -> Cipher[modes.CBC]:
    start = bytes(one ^ other for one, other in zip(keys.start, nonce, strict=True))
    return Cipher(algorithms.AES(keys.cipher), modes.CBC(start))
