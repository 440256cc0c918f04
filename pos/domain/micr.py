"""The line of magnetic ink at the foot of a check: which signs readers send for its symbols, and what it says."""

from __future__ import annotations

import re
from enum import Enum

from pos.domain.frozen import dataclass

LINE_MAX = 100


@dataclass(frozen=True, slots=True)
class MicrProfile:
    """Which sign a reader sends for each of the four symbols of E-13B, and for what it could not read."""

    name: str
    transit: str
    on_us: str
    amount: str
    dash: str
    unreadable: str = "?"


# MagTek's raw formats by their number (format list 00xx), IBM SureMark, Honeywell's E-13B template, two spellings of
# check clearing, and the symbols themselves. A MagTek reader has to be set to a raw format, not to a parsed one.
PROFILES = (
    MicrProfile("magtek-0000", "T", "U", "$", "-"),
    MicrProfile("magtek-0001", "t", "o", "a", "d"),
    MicrProfile("magtek-0002", "T", "O", "A", "D"),
    MicrProfile("magtek-0003", "T", "U", "$", "-", unreadable="*"),
    MicrProfile("ibm", "T", "A", "$", "-"),
    MicrProfile("honeywell", "A", "C", "B", "D"),
    MicrProfile("bcd", "d", "c", "b", "-", unreadable="!"),
    MicrProfile("symbols", "⑆", "⑈", "⑇", "⑉"),
)


@dataclass(frozen=True, slots=True)
class Micr:
    """What a line says: digits only. `number` is empty where the line does not say which group is the check's."""

    routing: str
    account: str
    number: str


class MicrFault(Enum):
    """Why a line says nothing: signs the reader could not read, or no line of a check of the United States."""

    UNREADABLE = "unreadable"
    NOT_A_CHECK = "not_a_check"


# In the order of ANSI X9.100-160-1, left to right: auxiliary on-us (business checks), EPC, transit, on-us, amount.
_LAYOUT = re.compile(
    r" *(?:O(?P<auxiliary>[0-9 D]*)O)?[0-9 ]{0,4}T(?P<transit>[0-9 D]*)T(?P<on_us>[0-9 DO]*)(?:A[0-9 ]*A)? *"
)
# Before the account, where nothing follows it, so many digits of their own are the number of the check.
_LEADING_NUMBER = range(3, 7)
_ACCOUNT_LEAST = 4


def read_micr(raw: str) -> Micr | MicrFault:
    """What a line says, whichever reader sent it. Never raises, whatever the text.

    A whole line fits one profile at most: each spells the symbol of the account, and no two alike beside the same
    symbol of transit.
    """
    if len(raw) > LINE_MAX:
        return MicrFault.NOT_A_CHECK
    fault = MicrFault.NOT_A_CHECK
    for profile in PROFILES:
        line = _canonical(raw, profile)
        if line is None:
            continue
        if "?" in line:
            # Half a line is no line; but something with a symbol of transit was one.
            fault = MicrFault.UNREADABLE if "T" in line or not line.strip("? ") else fault
            continue
        found = _read(line)
        if found is not None:
            return found
    return fault


def _canonical(raw: str, profile: MicrProfile) -> str | None:
    """The line in digits, blanks, T, O, A, D and ?; None where it holds a sign this reader never sends."""
    signs = {
        profile.transit: "T",
        profile.on_us: "O",
        profile.amount: "A",
        profile.dash: "D",
        profile.unreadable: "?",
        " ": " ",
        "\t": " ",
        "\r": "",
        "\n": "",
    } | {digit: digit for digit in "0123456789"}
    read = [signs.get(sign) for sign in raw]
    return None if None in read else "".join(sign for sign in read if sign is not None)


def _read(line: str) -> Micr | None:
    """The parts of a line in canonical signs; None where it is laid out otherwise."""
    found = _LAYOUT.fullmatch(line)
    # A dash within the transit field is a bank of another country.
    if found is None or "O" not in found["on_us"] or "D" in found["transit"]:
        return None
    routing = _digits(found["transit"])
    before, _, after = found["on_us"].rpartition("O")
    number = _digits(found["auxiliary"] or "") or _digits(after)
    account = _digits(before)
    if not number:
        number, account = _leading(before)
    return Micr(routing, account, number) if account and routing else None


def _leading(before: str) -> tuple[str, str]:
    """Number and account where both stand before the symbol; the number empty where there is one group only."""
    groups = [group for group in re.split(r"[ DO]+", before) if group]
    rest = "".join(groups[1:])
    if groups and len(groups[0]) in _LEADING_NUMBER and len(rest) >= _ACCOUNT_LEAST:
        return groups[0], rest
    return "", "".join(groups)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
