"""Who may do what at the till."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import timedelta
from itertools import pairwise

from pos.domain.frozen import dataclass
from pos.domain.own_codes import own_code
from pos.domain.rights import BUILT_IN, NO_RIGHTS, Bound, Limit, Permission, Rights, Role

__all__ = ["Limit", "Operator", "Permission", "Role"]

PIN_DIGITS_MIN = 6
PIN_DIGITS_MAX = 12
# PCI DSS 8.3.4 allows ten tries; five is the till's promise (reliability I-25).
WRONG_PINS_MAX = 5
LOCKOUT = timedelta(minutes=30)
BADGE_CODE_PREFIX = "KB-"
# Eight letters and digits taken at random are a million million: nobody scans that many.
BADGE_LENGTH_MIN = 8

_BADGE = re.compile(BADGE_CODE_PREFIX + r"[A-Z0-9-]{1,36}")


@dataclass(frozen=True, slots=True)
class Operator:
    """A person of the shop as the screens and the journal know them; never the PIN.

    `role` names a role of the shop, `granted` is what it gives there, `role_name` the name the shop gave it. Where
    nothing is granted a role built in gives what the program has for it, and any other nothing.
    """

    id: str
    name: str
    role: str
    language: str = "en"
    granted: Rights | None = field(default=None, compare=False, repr=False)
    role_name: str = field(default="", compare=False, repr=False)

    def may(self, permission: Permission) -> bool:
        return self.rights.may(permission)

    def limit(self, limit: Limit) -> Bound:
        """Up to where this person goes alone: millionths or minor units; None is no limit."""
        return self.rights.limit(limit)

    def reaches(self, limit: Limit, value: int) -> bool:
        """Whether this person may go as far as `value` alone."""
        return self.rights.reaches(limit, value)

    @property
    def rights(self) -> Rights:
        """What this person may do, whoever says it."""
        if self.granted is not None:
            return self.granted
        return BUILT_IN.get(Role(self.role), NO_RIGHTS) if self.role in list(Role) else NO_RIGHTS


def pin_acceptable(pin: str) -> bool:
    """Six to twelve digits of the plain ten."""
    return pin.isascii() and pin.isdigit() and PIN_DIGITS_MIN <= len(pin) <= PIN_DIGITS_MAX


def badge_of(text: str) -> str:
    """The badge a scan is, as it is printed; empty where it is none. A badge is a secret."""
    badge = own_code(text)
    return badge if _BADGE.fullmatch(badge) else ""


def badge_acceptable(badge: str) -> bool:
    """Long enough that nobody comes upon it by trying."""
    return bool(badge_of(badge)) and sum(map(str.isalnum, badge.removeprefix(BADGE_CODE_PREFIX))) >= BADGE_LENGTH_MIN


def pin_weak(pin: str, staff_number: str = "") -> bool:
    """Whether a PIN is among the first anybody would try: one digit, a run, a short pattern repeated, the own number.

    A run goes up or down by the same step (123456, 987654, 135791); a pattern has up to three digits (121212, 123123);
    a mirror reads the same from behind (123321); pairs are 112233.
    """
    digits = [int(digit) for digit in pin]
    steps = {(after - before) % 10 for before, after in pairwise(digits)}
    repeated = any(pin == (pin[:size] * len(pin))[: len(pin)] for size in (1, 2, 3))
    pairs = len(pin) % 2 == 0 and pin[::2] == pin[1::2]
    own = bool(staff_number) and pin == (staff_number * len(pin))[: len(pin)]
    return len(steps) <= 1 or repeated or pairs or pin == pin[::-1] or own or pin in _FAVOURITES


# Keypad shapes and words that lists of leaked PINs are full of and the rules above let through.
_FAVOURITES = frozenset({"147258", "159753", "147852", "258456", "159357", "142536", "789456", "456789", "102030"})
