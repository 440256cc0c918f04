"""Steps about the card terminal: what it does next, what becomes of a card, and what a manager decides."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.frozen import dataclass
from pos.domain.money import AmountUnreadable, Money
from pos.script.fields import Part, bad_choice, part
from pos.script.read import Text
from pos.services.simulated_cards import DOINGS, PARTIAL

STATES = ("open", "closed")
OUTCOMES = ("charged", "not_charged")


@dataclass(frozen=True, slots=True)
class GivenCard:
    """A card that needs saying more of: its account is open or closed, and whether it is the shop's own (`house`)."""

    id: str
    closed: bool
    house: bool = False


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the simulated terminal does to the next request, or what becomes of a card; `partial` as it was written."""

    next: str = ""
    partial: str = ""
    card: GivenCard | None = None


@dataclass(frozen=True, slots=True)
class Resolve:
    """What somebody says became of a payment: `attempt` is its identity or a sale's step; empty is the one."""

    attempt: str
    charged: bool
    by: str = ""
    pin: str = ""
    badge: str = ""
    reason: str = ""


def read_terminal(body: Part, common: tuple[str, ...]) -> Terminal:
    """Raises ScriptError."""
    body.keys(("next", "card", "state", *common))
    card = _card(body, "card") if body.get("card") is not None else None
    node = body.get("next")
    if node is None:
        if card is None:
            raise body.missing("next")
        return Terminal(card=card)
    if isinstance(node, Text):
        doings = [doing for doing in DOINGS if doing != PARTIAL]
        if node.text not in doings:
            raise bad_choice("next", node.text, [*doings, PARTIAL], node.line)
        return Terminal(node.text, card=card)
    partly = part(node, "next", body.step)
    partly.keys((PARTIAL,))
    return Terminal(PARTIAL, partly.needed(PARTIAL), card)


def read_resolve(body: Part, common: tuple[str, ...]) -> Resolve:
    """Raises ScriptError."""
    body.keys(("attempt", "outcome", "by", "pin", "badge", "reason", *common))
    outcome = body.choice("outcome", OUTCOMES)
    if outcome is None:
        raise body.missing("outcome")
    said = {key: body.text(key) or "" for key in ("attempt", "by", "pin", "badge", "reason")}
    return Resolve(charged=outcome == "charged", **said)


def read_cards(script: Part) -> tuple[GivenCard, ...]:
    """The cards of a set-up. `house` is said of a card of the shop's own. Raises ScriptError."""
    cards = []
    for row in script.parts("cards"):
        row.keys(("id", "house", "state"))
        cards.append(replace(_card(row, "id"), house=row.yes("house")))
    return tuple(cards)


def minor_of(text: str, currency: str) -> int:
    """An amount as written, in minor units; what is none is nothing."""
    try:
        return Money.read(text, currency).minor
    except AmountUnreadable:
        return 0


def _card(row: Part, key: str) -> GivenCard:
    return GivenCard(row.needed(key), row.choice("state", STATES) == "closed")
