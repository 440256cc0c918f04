"""What is asked for when goods come back: which, how many, in what state, shown by what, and where the money goes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, field
from typing import Any

from pos.domain.frozen import dataclass
from pos.domain.money import Quantity, Unit
from pos.domain.names import StrEnum
from pos.domain.refusal import Code

# What the shop keeps of a refund by rules of its own, and may give up where somebody agrees.
WAIVABLE = frozenset({Code.RESTOCKING_FEE, Code.VALUE_REDUCED, Code.REBATE_PAID})


class ShownBy(StrEnum):
    """The ladder of proofs of purchase (returns.md 1.11)."""

    RECEIPT = "receipt"
    E_RECEIPT = "e_receipt"
    CARD_LOOKUP = "card_lookup"
    CHECK_LOOKUP = "check_lookup"
    CUSTOMER_LOOKUP = "customer_lookup"
    GIFT_RECEIPT = "gift_receipt"
    BANK_STATEMENT = "bank_statement"
    NONE = "none"


class Condition(StrEnum):
    """The states every shop knows; a policy may name further ones, so requests carry text."""

    UNOPENED = "unopened"
    OPENED = "opened"
    WORN = "worn"
    DAMAGED = "damaged"
    DEFECTIVE = "defective"
    INCOMPLETE = "incomplete"
    UNSANITARY = "unsanitary"
    ALTERED = "altered"


# What is assumed until somebody looks: the mildest state and the commonest reason.
FIRST_CONDITION, FIRST_REASON = Condition.UNOPENED.value, "changed_mind"


# The kinds of identity document a cashier chooses from; requests carry text, since a shop may take others.
ID_KINDS = ("id_card", "passport", "driving_licence")


@dataclass(frozen=True, slots=True)
class LineAsked:
    """One line that is to come back. `line` counts the receipt's from 1; 0 where no receipt is known.

    `item` is what really lies on the counter, empty where it is what the line says; without a receipt it names it.
    `condition` is a Condition or a word of the policy, empty where nobody looked; `reason` a code of the shop's list.
    `serial` holds a number for each piece, spaces or commas between.
    `instead` is an item that goes out for it even, and `fits` whether that is the "same_item" or the "same_family".
    `missing` names parts, `code_missing` a cut-off barcode; `disposition` empty for what the policy says. `facts` are
    answers to questions only a person can answer, by the policy's names.
    """

    line: int
    quantity: Quantity
    item: str = ""
    condition: str = ""
    reason: str = ""
    serial: str = ""
    missing: tuple[str, ...] = ()
    code_missing: bool = False
    disposition: str = ""
    instead: str = ""
    instead_name: str = ""
    instead_serial: str = ""
    fits: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def serials_of(said: str) -> tuple[str, ...]:
    """The numbers of a line of several pieces, as they were said one after the other."""
    return tuple(said.replace(",", " ").split()) if said else ()


@dataclass(frozen=True, slots=True)
class IdShown:
    """An identity document: its kind, a keyed hash of the number and its last digits; never the number itself."""

    kind: str
    key: str
    last: str = ""


@dataclass(frozen=True, slots=True)
class SendTo:
    """Part of the refund as the customer wants it: `amount` in minor units out of tender `of`, to a kind of tender
    (`to`), onto `account` where that is a card of the shop.
    """

    of: int
    amount: int
    to: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    """A return, a refund without goods (`amount`), or the returned half of an exchange.

    `purchase` is the sale's identity, empty where it is not known. `refund_to` is a kind of tender or "original", empty
    for what the policy proposes; `send_to` says it piece by piece; `account` names the card for a single kind.
    `whole`: all lines or nothing. `waive`: what rules keep of it (a fee, a part of the value, a rebate) is asked to be
    given up. `amount` in minor units is money without goods. `exchange`: goods go out for it,
    `new_items` for `new_total` minor units; None where nobody knows yet.
    """

    purchase: str = ""
    shown_by: ShownBy = ShownBy.RECEIPT
    lines: tuple[LineAsked, ...] = ()
    id_shown: IdShown | None = None
    customer: str = ""
    refund_to: str = ""
    account: str = ""
    send_to: tuple[SendTo, ...] = ()
    whole: bool = False
    waive: bool = False
    amount: int | None = None
    reason: str = ""
    exchange: bool = False
    new_items: tuple[str, ...] | None = None
    new_total: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    def facts_text(self) -> str:
        """The request as a basket keeps it; `read_request` reads it."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_request(text: str) -> ReturnRequest:
    """A request as it was kept. Raises LookupError, TypeError or ValueError where the text is damaged."""
    body: dict[str, Any] = json.loads(text)
    lines = tuple(_read_line(line) for line in body.pop("lines"))
    shown = body.pop("id_shown")
    return ReturnRequest(
        **body
        | {
            "shown_by": ShownBy(body["shown_by"]),
            "lines": lines,
            "id_shown": None if shown is None else IdShown(**shown),
            "send_to": tuple(SendTo(**one) for one in body["send_to"]),
        }
    )


def _read_line(body: dict[str, Any]) -> LineAsked:
    quantity = body.pop("quantity")
    missing = tuple(body.pop("missing"))
    return LineAsked(**body, missing=missing, quantity=Quantity(quantity["thousandths"], Unit(quantity["unit"])))
