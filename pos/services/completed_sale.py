"""What completing a sale answers: known to every till that opens, while the completing itself is loaded later."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.points import PointsOfSale
from pos.domain.transaction import JournalHead, Transaction


@dataclass(frozen=True, slots=True)
class CompletedSale:
    """What is in the books: the transaction as stored, where the journal stood, the paper that waits, and what became
    of the customer's points.
    """

    transaction: Transaction
    head: JournalHead
    paper: str
    points: PointsOfSale | None = None
