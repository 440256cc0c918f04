"""Which key may mean what: keys as texts ("Ctrl+F9"), the global ones nobody reassigns, and conflicts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pos.domain.refusal import Code, Refused

# They mean the same on every screen, for everybody, for ever.
GLOBAL_KEYS = frozenset(
    {"F1", "F12", "Esc", "Tab", "Return", "Enter", "Alt+W", "Ctrl+F6"}
    | {f"Ctrl+{letter}" for letter in "KZYLROJQ"}
    | {f"Ctrl+{number}" for number in range(1, 9)}
)
_NAMED = {
    name.casefold(): name
    for name in ("Del", "Ins", "Home", "End", "PgUp", "PgDown", "Up", "Down", "Left", "Right", "Backspace")
} | {"delete": "Del", "insert": "Ins", "escape": "Esc", "esc": "Esc", "tab": "Tab", "return": "Return"}
_NAMED |= {"enter": "Enter", "pageup": "PgUp", "pagedown": "PgDown", "space": "Space"}
_MODIFIERS = ("Ctrl", "Alt", "Shift")
_FUNCTION = re.compile(r"f([1-9]|1[0-9]|2[0-4])")


def read_key(text: str) -> str:
    """A key in its one spelling, "Ctrl+Shift+F9"; empty where it is none.

    A letter or a digit alone is none: those belong to the entry and to the scanner on every screen.
    """
    *before, last = [part.strip() for part in text.replace(" ", "+").split("+") if part.strip()] or [""]
    modifiers = {part.capitalize() for part in before}
    if not modifiers <= set(_MODIFIERS) or len(modifiers) != len(before):
        return ""
    key = _NAMED.get(last.casefold(), "")
    letter = len(last) == 1 and last.isascii() and last.isalnum()
    if _FUNCTION.fullmatch(last.casefold()) or (letter and modifiers - {"Shift"}):
        key = last.upper()
    return "+".join([*(name for name in _MODIFIERS if name in modifiers), key]) if key else ""


def refuse_key(action: str, wanted: str, beside: Mapping[str, Iterable[str]]) -> Refused | None:
    """Why an action may not have a key, or None. `beside` are the keys of everything that works along with it.

    Refused: KEY_UNREADABLE, KEY_RESERVED (`key`), KEY_TAKEN (`key`, `action`).
    """
    key = read_key(wanted)
    if not key:
        return Refused(Code.KEY_UNREADABLE, {"key": wanted.strip()[:40]})
    if key in GLOBAL_KEYS or any(read_key(own) in GLOBAL_KEYS for own in beside.get(action, ())):
        return Refused(Code.KEY_RESERVED, {"key": key})
    for other, keys in beside.items():
        if other != action and key in map(read_key, keys):
            return Refused(Code.KEY_TAKEN, {"key": key, "action": other})
    return None


def read_keys(text: str) -> dict[str, str]:
    """The keys a shop chose, from one line: "sell.keys.void=Ctrl+D; sell.keys.quantity=F4". What is no key is left out.

    The last word on an action counts.
    """
    chosen = {}
    for part in text.split(";"):
        name, _, key = part.partition("=")
        if name.strip() and (spelled := read_key(key)):
            chosen[name.strip()] = spelled
    return chosen


def write_keys(keys: Mapping[str, str]) -> str:
    """The same on one line, by name."""
    return "; ".join(f"{name}={key}" for name, key in sorted(keys.items()))
