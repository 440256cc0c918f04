"""What is open at a workstation when its till ends: shown before, carried over with it, and never lost.

A till can always be closed. Whoever adds a kind of open matter adds it to `open_matters`, and says in `carry_over` what
becomes of it in the unit of work that closes the till.
"""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.day_report import Tally
from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.domain.names import StrEnum
from pos.persistence.tills import TillSession
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.card_records import carry_over_cards
from pos.services.desk import Desk
from pos.services.owed_refunds import owed_refunds


class MatterKind(StrEnum):
    """What may be open."""

    SUSPENDED = "suspended"
    UNKNOWN_OUTCOME = "unknown_outcome"
    FAILED_REFUND = "failed_refund"
    # A charge no sale needs, which no terminal would give back.
    OWED_CHARGE = "owed_charge"


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """One thing that is open: `label` is what a person knows it by ("S12"), `workstation` where it began."""

    kind: MatterKind
    id: str
    label: str
    workstation: int
    amount: Money


def open_matters(work: UnitOfWork, desk: Desk) -> tuple[OpenMatter, ...]:
    """Everything that is open now: suspended sales, money that a card did not take back and charges that are owed are
    the whole shop's, card outcomes this workstation's.
    """
    currency = desk.rules.currency
    suspended = (
        OpenMatter(MatterKind.SUSPENDED, sale.id, sale.number_text, sale.workstation, Money(sale.total, currency))
        for sale in work.suspended.waiting()
    )
    unknown = (
        OpenMatter(
            MatterKind.UNKNOWN_OUTCOME,
            view.attempt.id,
            view.attempt.reference,
            view.attempt.workstation,
            Money(view.attempt.charged, view.attempt.currency),
        )
        for view in work.card_attempts.open(workstation=desk.number)
    )
    failed = (
        OpenMatter(
            MatterKind.FAILED_REFUND,
            one.done.id,
            str(one.done.number),
            one.done.number.workstation,
            Money(one.tender.amount, one.done.currency),
        )
        for one in owed_refunds(work)
        if one.failed
    )
    owed = (
        OpenMatter(
            MatterKind.OWED_CHARGE,
            view.attempt.id,
            view.attempt.reference,
            view.attempt.workstation,
            Money(view.moved, view.attempt.currency),
        )
        for view in work.card_attempts.owed()
    )
    return (*suspended, *unknown, *failed, *owed)


def carry_over(work: UnitOfWork, desk: Desk, till: TillSession) -> tuple[OpenMatter, ...]:
    """Take what is open out of the till that is being closed, inside its unit of work; answers with it.

    Suspended sales stay as they are: any till of the shop takes them up, and any gives back what a card did not take.
    What may have been charged on a card goes to suspense until somebody knows.
    """
    del till
    carry_over_cards(work, desk)
    return open_matters(work, desk)


def tally(matters: Sequence[OpenMatter], kind: MatterKind) -> Tally:
    """How many of one kind, and what they come to."""
    amounts = [matter.amount.minor for matter in matters if matter.kind is kind]
    return Tally(len(amounts), sum(amounts))
