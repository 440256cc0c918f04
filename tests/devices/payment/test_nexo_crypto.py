"""Sealed messages, against values worked out with the openssl command and not with this program."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.devices.payment.nexo_crypto import NexoKey, SealWrong, sealed, unsealed
from pos.devices.payment.nexo_json import Unreadable

# openssl kdf -keylen 80 -kdfopt digest:SHA1 -kdfopt "pass:correct horse battery" -kdfopt salt:AdyenNexoV1Salt
#   -kdfopt iter:4000 PBKDF2
_DERIVED = (
    "6D3B94B9F0F6CB7071E35A76E094DEE7661587C889E4E1070B8DA2C4A0D76313"
    "4EAEEF21BD9267B80CE2176B81145578AC499415FF4E0F494C841DE46EFEF8D5"
    "0AA54C65BDA8251CC63B4E15BA8CAC82"
)
_MESSAGE = {
    "SaleToPOIRequest": {"MessageHeader": {"ServiceID": "A1"}, "AbortRequest": {"AbortReason": "MerchantAbort"}}
}
_NONCE = bytes(range(16))
# openssl enc -aes-256-cbc -K <second 32 bytes> -iv <last 16 bytes xor nonce>
_BLOB = (
    "pBxSjGMrY7nVMluofgHR3+6fOo/7JLnfj2Hptcd+r4BiqpV8FeDdmjObbHTxfTSI519keylRFbY0Q40KslOcFaWvQf+cTh9m"
    "/u6lj5I4AW6fvdTS4lNL+rygA+wXK13tc45K5QK7KbWFTime18MByw=="
)
# openssl dgst -sha256 -mac HMAC -macopt hexkey:<first 32 bytes>
_HMAC = "3S8l8qVRZ3tJRe19T34Y0iap77hWlNhHF41tdUvED9I="
_KEY = NexoKey.of("correct horse battery", "kassa", 3)


def _sealed() -> bytes:
    return sealed(_MESSAGE, _KEY, random=lambda count: _NONCE[:count])


def test_a_passphrase_becomes_three_keys() -> None:
    assert (_KEY.mac_key + _KEY.cipher_key + _KEY.iv).hex().upper() == _DERIVED


def test_a_message_is_sealed() -> None:
    outside = json.loads(_sealed())["SaleToPOIRequest"]
    assert outside == {
        "MessageHeader": {"ServiceID": "A1"},
        "NexoBlob": _BLOB,
        "SecurityTrailer": {
            "AdyenCryptoVersion": 1,
            "KeyIdentifier": "kassa",
            "KeyVersion": 3,
            "Nonce": base64.b64encode(_NONCE).decode(),
            "Hmac": _HMAC,
        },
    }
    assert unsealed(_sealed(), _KEY) == _MESSAGE


def test_no_two_seals_are_alike() -> None:
    assert sealed(_MESSAGE, _KEY) != sealed(_MESSAGE, _KEY)


@pytest.mark.parametrize("part", ["NexoBlob", "Nonce", "Hmac"])
@pytest.mark.parametrize("value", ["", "!", None, 1, [], "AAAA", "A" * 24, _HMAC[::-1]])
def test_a_broken_seal_is_no_message(part: str, value: object) -> None:
    tree = json.loads(_sealed())
    outside = tree["SaleToPOIRequest"]
    (outside if part == "NexoBlob" else outside["SecurityTrailer"])[part] = value
    with pytest.raises(SealWrong):
        unsealed(json.dumps(tree).encode(), _KEY)


def test_another_passphrase_and_no_seal_at_all() -> None:
    with pytest.raises(SealWrong):
        unsealed(_sealed(), NexoKey.of("another", "kassa", 3))
    with pytest.raises(SealWrong):
        unsealed(json.dumps(_MESSAGE).encode(), _KEY)
    with pytest.raises(Unreadable):
        unsealed(b'{"a":1}', _KEY)


@given(st.integers(0, len(base64.b64decode(_BLOB)) - 1), st.integers(1, 255))
def test_no_byte_of_it_can_be_changed(at: int, change: int) -> None:
    blob = bytearray(base64.b64decode(_BLOB))
    blob[at] ^= change
    tree = json.loads(_sealed())
    tree["SaleToPOIRequest"]["NexoBlob"] = base64.b64encode(blob).decode()
    with pytest.raises(SealWrong):
        unsealed(json.dumps(tree).encode(), _KEY)
