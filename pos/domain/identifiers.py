"""The codes items are known by, brought to one form each, so that every spelling of a code finds the same item."""

from __future__ import annotations

from stdnum import ean

from pos.domain.own_codes import SYMBOLOGY

CODE_LENGTH_MAX = 80
# As it stands, without what a scanner puts in front, as a GTIN, as what a UPC-E is short for.
LOOKUP_KEYS_MAX = 4
_GTIN_LENGTHS = frozenset({8, 12, 13, 14})
# What fourteen ASCII zeros come to when weighed: taken off, the digits themselves remain.
_ZEROS = 7 * 48 * (3 + 1)
_PLU_LENGTHS = frozenset({4, 5})
_UPC_E_LENGTH_MAX = 8


class CodeInvalid(ValueError):
    """The text is not a code of the kind asked for; `reason` is a short word for why: "check_digit", "length" …"""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def gtin_key(text: str) -> str:
    """A GTIN-8, -12, -13 or -14 as its 14 digits: a UPC-A and the same number as EAN-13 are one key.

    Source: GS1 General Specifications, 3.3 (GTIN in a 14-digit field). Raises CodeInvalid.
    """
    if not (text.isascii() and text.isdigit()):
        raise CodeInvalid("not_digits")
    if len(text) not in _GTIN_LENGTHS:
        raise CodeInvalid("length")
    if not text.strip("0"):
        raise CodeInvalid("zeros")
    key = text.zfill(14)
    # Counted from the left of the 14, every odd digit weighs 3 (GS1 General Specifications, 7.9). Summed as ASCII:
    # a scan and an import of a hundred thousand rows both wait for this.
    digits = key.encode("ascii")
    if (3 * sum(digits[::2]) + sum(digits[1::2]) - _ZEROS) % 10:
        raise CodeInvalid("check_digit")
    return key


def upc_e_key(text: str) -> str:
    """A UPC-E of six, seven or eight digits as the GTIN-14 it stands for.

    Zeros were taken out of a UPC-A to make it short; its last digit says where (GS1 General Specifications, 5.2.2.4).
    Raises CodeInvalid.
    """
    if not (text.isascii() and text.isdigit() and len(text) in {6, 7, 8}):
        raise CodeInvalid("length")
    # Six digits leave the number system 0 unsaid, seven leave out the check digit.
    system, short = ("0", text) if len(text) == 6 else (text[0], text[1:7])
    if system not in {"0", "1"}:
        raise CodeInvalid("number_system")
    first, last = short[:5], short[5]
    if last in "012":
        body = f"{first[:2]}{last}0000{first[2:]}"
    elif last == "3":
        body = f"{first[:3]}00000{first[3:]}"
    elif last == "4":
        body = f"{first[:4]}00000{first[4:]}"
    else:
        body = f"{first}0000{last}"
    check = ean.calc_check_digit(system + body)
    if len(text) == 8 and text[7] != check:
        raise CodeInvalid("check_digit")
    return gtin_key(system + body + check)


def plu_key(text: str) -> str:
    """A price look-up code of four or five digits (IFPS), as it stands. Raises CodeInvalid."""
    if not (text.isascii() and text.isdigit() and len(text) in _PLU_LENGTHS):
        raise CodeInvalid("plu")
    return text


def shop_code_key(text: str) -> str:
    """A code only this shop knows, as it stands without blanks around it; case counts. Raises CodeInvalid."""
    code = text.strip()
    if not code or len(code) > CODE_LENGTH_MAX:
        raise CodeInvalid("length")
    if not code.isprintable():
        raise CodeInvalid("unreadable")
    return code


def shown_code(key: str) -> str:
    """A code as it is printed: a GTIN with the 13 digits under its bars rather than the 14 of its key."""
    return key[1:] if len(key) == 14 and key.isdigit() and key.startswith("0") else key


def lookup_keys(text: str) -> tuple[str, ...]:
    """The keys a scanned or typed code may stand for, the likeliest first; empty where it can be no code at all.

    What the catalogue holds as it stands goes first; then the GTIN, then the GTIN a UPC-E is short for. A symbology
    identifier that a scanner puts in front ("]E0", ISO/IEC 15424) is no part of the code.
    """
    try:
        keys = [shop_code_key(text)]
    except CodeInvalid:
        return ()
    code = SYMBOLOGY.sub("", keys[0])
    readings = [shop_code_key, gtin_key]
    if len(code) <= _UPC_E_LENGTH_MAX:
        readings.append(upc_e_key)
    for reading in readings:
        try:
            key = reading(code)
        except CodeInvalid:
            continue
        if key not in keys:
            keys.append(key)
    return tuple(keys)
