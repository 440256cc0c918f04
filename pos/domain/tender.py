"""What the customer gives towards a sale."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TenderKind(StrEnum):
    """The kinds of tender this till takes."""

    CASH = "cash"


class TenderState(StrEnum):
    """What became of a tender."""

    TAKEN = "taken"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Tender:
    """One tender of the basket: `amount` in minor units, for cash as handed over."""

    kind: TenderKind
    amount: int
