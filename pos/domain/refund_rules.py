"""The kinds of rules that say where refunded money goes: order of the tenders, other tenders, holds and limits.

Tenders are named by their kind ("cash", "debit"), by the shop's own type, or "house_card" for the shop's own card.
"""

from __future__ import annotations

from typing import ClassVar

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.policy_rule import Rule

# How money may go out that is no tender of a sale.
MAILED_CHECK = "mailed_check"
EXCHANGE = "exchange"
SAME = "same"
HOUSE_CARD = "house_card"


class Precedence(StrEnum):
    """In which order the tenders of a sale get back what is less than all of it.

    MIRROR: as the shop's classes stand, the default: cards, what the shop owes, checks, cash. RATIO: each its share.
    FIRST_PAID, LAST_PAID: as they were taken, or the other way round. LOWEST_FIRST: the smallest first.
    """

    MIRROR = "mirror"
    RATIO = "ratio"
    FIRST_PAID = "first_paid"
    LAST_PAID = "last_paid"
    LOWEST_FIRST = "lowest_first"
    CLASSES = "classes"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundPrecedence(Rule):
    """The order; with CLASSES in `classes`, what they do not name comes last."""

    KEY: ClassVar[str] = "refund_order"

    order: Precedence = Precedence.MIRROR
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundTo(Rule):
    """What was paid with one of `of` goes out as `to` ("same": as it came); above `limit` minor units all of it as
    `above`.
    """

    KEY: ClassVar[str] = "refund_tender"

    of: frozenset[str] = frozenset()
    to: str = SAME
    limit: int | None = None
    above: str = MAILED_CHECK


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundChoice(Rule):
    """The customer may have one of `to` instead, for what was paid with one of `of` (none: anything)."""

    KEY: ClassVar[str] = "refund_choice"

    to: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckHold(Rule):
    """A check may bounce for so many days after the sale (`business_days`: only those count); until then what was paid
    with it goes out as `meanwhile`, or waits where that is empty.
    """

    KEY: ClassVar[str] = "check_hold"

    days: int = 10
    business_days: bool = False
    meanwhile: str = "store_credit"


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCheck(Rule):
    """No money to a customer whose check came back unpaid, for what was paid with one of `of` (none: anything).

    Where no rule says otherwise this holds for everything.
    """

    KEY: ClassVar[str] = "bad_check"

    of: frozenset[str] = frozenset()
    refuse: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CashMost(Rule):
    """More cash than `most` minor units in one return needs somebody's yes; what may go out instead is `instead`."""

    KEY: ClassVar[str] = "cash_limit"

    most: int = 0
    instead: str = MAILED_CHECK


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawerShort(Rule):
    """What goes out as `to` where the drawer does not hold the cash; without a rule somebody has to say."""

    KEY: ClassVar[str] = "drawer_short"

    to: str = "store_credit"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardGone(Rule):
    """How money of a card that takes none any more may go out, the best first; without `ask` nobody has to agree.

    `after`: a charge more than so many days old counts as one its card takes nothing back for, None: never.
    """

    KEY: ClassVar[str] = "card_unavailable"

    to: tuple[str, ...] = ("store_credit", "cash")
    ask: bool = True
    after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCreditLasts(Rule):
    """Store credit given for returns ends after so many months, where the law lets it; 0: never."""

    KEY: ClassVar[str] = "store_credit"

    months: int = 0


REFUND_RULES: tuple[type[Rule], ...] = (
    RefundPrecedence,
    RefundTo,
    RefundChoice,
    CheckHold,
    BadCheck,
    CashMost,
    DrawerShort,
    CardGone,
    StoreCreditLasts,
)
