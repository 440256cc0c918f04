"""The cards that customers of the simulator carry, by name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from pos.termsim.wire import Json, decimal

ENTRIES = ("ICC", "Contactless", "MagStripe", "Mobile")
_FLAGS = {"debit", "cash_back"}
VERIFICATIONS = ("OnlinePIN", "OfflinePIN", "PaperSignature", "Bypass")


class NoSuchCard(ValueError):
    """A card that cannot be: its name or one of its fields says nothing a bank understands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card. `balance`: what it holds before the journal's first entry, None for no end; `limit`: most at once."""

    name: str
    brand: str
    masked: str
    aid: str = ""
    debit: bool = False
    cash_back: bool = False
    verification: str = "Bypass"
    balance: Decimal | None = None
    limit: Decimal | None = None
    is_open: bool = True

    @property
    def token(self) -> str:
        """What stands for the card in a till's books: says nothing of its number."""
        return hashlib.sha256(f"kassa-termsim {self.name}".encode()).hexdigest()[:16].upper()

    @property
    def asks_pin(self) -> bool:
        return self.verification in {"OnlinePIN", "OfflinePIN"}


# Prefix of a name -> brand, first six digits, application, debit with PIN and cash-back
_BRANDS = {
    "visa": ("visa", "424242", "A0000000031010", False),
    "visadebit": ("visadebit", "400005", "A0000000031010", True),
    "mastercard": ("mc", "555555", "A0000000041010", False),
    "mc": ("mc", "555555", "A0000000041010", False),
    "maestro": ("maestro", "675964", "A0000000043060", True),
    "amex": ("amex", "378282", "A00000002501", False),
    "discover": ("discover", "601111", "A0000001523010", False),
    "debit": ("debit", "400005", "A0000000980840", True),
    "prepaid": ("visa", "400555", "A0000000031010", False),
    "closed": ("mc", "555555", "A0000000041010", False),
}
_NAME = re.compile(r"([a-z]+)-(\d{1,4})")


def card_named(name: str) -> Card:
    """A card as its name suggests: "visa-4242", "maestro-77". Raises NoSuchCard."""
    said = _NAME.fullmatch(name)
    if said is None or said[1] not in _BRANDS:
        raise NoSuchCard(name)
    brand, first, aid, debit = _BRANDS[said[1]]
    return Card(
        name=name,
        brand=brand,
        masked=f"{first}******{said[2].zfill(4)}",
        aid=aid,
        debit=debit,
        cash_back=debit,
        verification="OnlinePIN" if debit else "Bypass",
    )


STARTERS: dict[str, Card] = {
    card.name: card
    for card in (
        card_named("visa-4242"),
        card_named("mastercard-4444"),
        replace(card_named("amex-5"), verification="PaperSignature"),
        replace(card_named("maestro-77"), balance=Decimal("2000.00")),
        replace(card_named("debit-1881"), limit=Decimal("500.00")),
        replace(card_named("prepaid-20"), balance=Decimal("20.00")),
        replace(card_named("closed-9999"), is_open=False),
    )
}


def changed(card: Card, wish: Json) -> Card:
    """`card` with the fields of `wish`: state, balance, limit, debit, cash_back, verification. Raises NoSuchCard."""
    changes: dict[str, Any] = {}
    for name, value in wish.items():
        if name == "state" and value in {"open", "closed"}:
            changes["is_open"] = value == "open"
        elif name in {"balance", "limit"} and (value is None or (decimal(wish, name) or Decimal(0)) >= 0):
            changes[name] = decimal(wish, name)
        elif (name in _FLAGS and isinstance(value, bool)) or (name == "verification" and value in VERIFICATIONS):
            changes[name] = value
        else:
            raise NoSuchCard(f"{name}: {value}")
    return replace(card, **changes)


def as_json(card: Card) -> Json:
    """The card as the control interface and its file show it."""
    fields = asdict(card)
    fields["state"] = "open" if fields.pop("is_open") else "closed"
    return fields | {name: None if card_value is None else str(card_value) for name, card_value in _sums(card)}


def _sums(card: Card) -> tuple[tuple[str, Decimal | None], ...]:
    return (("balance", card.balance), ("limit", card.limit))
