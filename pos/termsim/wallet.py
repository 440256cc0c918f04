"""The customers' cards as a file: what the bank knows of each outlives the simulator."""

from __future__ import annotations

import threading
from pathlib import Path

from pos.termsim.cards import STARTERS, Card, NoSuchCard, as_json, card_named, changed
from pos.termsim.wire import Json, json_text, part, read_json

_CHANGEABLE = ("state", "balance", "limit", "debit", "cash_back", "verification")


class Wallet:
    """Every card by name. Safe to use from several threads."""

    def __init__(self, file: Path) -> None:
        """Read the cards in `file`, or start with the usual ones. Raises OSError, NotJson, NoSuchCard."""
        self._file, self._lock = file, threading.Lock()
        self._cards = dict(STARTERS)
        if file.exists():
            kept = read_json(file.read_bytes())
            self._cards |= {name: _made(name, part(kept, name), STARTERS) for name in kept}

    @property
    def cards(self) -> tuple[Card, ...]:
        return tuple(self._cards.values())

    def card(self, name: str) -> Card:
        """The card of this name; one never seen is made as its name suggests. Raises NoSuchCard."""
        return self._cards.get(name) or card_named(name)

    def change(self, name: str, wish: Json) -> Card:
        """Change or add a card, for good. Raises NoSuchCard, OSError."""
        with self._lock:
            self._cards[name] = _made(name, wish, self._cards)
            text = json_text({card.name: _fields(card) for card in self._cards.values()})
            beside = self._file.with_suffix(".new")
            beside.touch(mode=0o600)
            beside.write_text(text, encoding="utf-8")
            beside.replace(self._file)
            return self._cards[name]


def _fields(card: Card) -> Json:
    return {name: value for name, value in as_json(card).items() if name in _CHANGEABLE}


def _made(name: str, wish: Json, known: dict[str, Card]) -> Card:
    unknown = set(wish) - set(_CHANGEABLE)
    if unknown:
        raise NoSuchCard(f"{name}: {min(unknown)}")
    return changed(known.get(name) or card_named(name), wish)
