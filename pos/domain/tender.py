"""What the customer gives towards a sale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from pos.domain.check import Check
from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum


class TenderKind(StrEnum):
    """The kinds of tender a till takes; what a shop takes besides (a transfer, a voucher) is OTHER and has a type."""

    CASH = "cash"
    CHECK = "check"
    CREDIT = "credit"
    DEBIT = "debit"
    GIFT_CARD = "gift_card"
    STORE_CREDIT = "store_credit"
    HOUSE_ACCOUNT = "house_account"
    OTHER = "other"
    # What came back and pays for what goes out, inside one exchange: no cashier takes it, no money moves with it.
    EXCHANGE = "exchange"
    # How a sale of another system was paid where that system does not say; no cashier takes it.
    UNKNOWN = "unknown"


# What a shop decides how to take; the rest is its own types.
BY_RULE = tuple(kind for kind in TenderKind if kind not in {TenderKind.OTHER, TenderKind.EXCHANGE, TenderKind.UNKNOWN})

# Paid with what the shop owes the holder.
CARDS_OF_THE_SHOP = frozenset({TenderKind.GIFT_CARD, TenderKind.STORE_CREDIT})


class TenderState(StrEnum):
    """What became of a tender."""

    TAKEN = "taken"
    DECLINED = "declined"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class Tender:
    """One tender of the basket: `amount` in minor units towards the sale, for cash as handed over.

    `type` is the shop's own, of kind OTHER, and `change` whether it gives change; `reference` what the shop asks to be
    noted with it. `cash_back` in minor units was paid out besides. `account` is the identity of the gift card, store
    credit or house account, never its number, and `shown` what of a number may be shown. `attempt` is the request to
    the card terminal. `id` tells it from every other tender; cash, which is only counted, has none. `check` is what was
    read from a check.
    """

    kind: TenderKind
    amount: int
    type: str = ""
    reference: str = ""
    cash_back: int = 0
    account: str = ""
    shown: str = ""
    attempt: str = ""
    id: str = ""
    change: bool = False
    check: Check | None = None

    @property
    def held(self) -> bool:
        """Whether something outside the basket was set aside for it: only a fact of its own gives that back."""
        return bool(self.account or self.attempt)

    @property
    def counted(self) -> bool:
        """Whether more than what is due may be handed over, and change goes back."""
        return self.kind is TenderKind.CASH or self.change


def cash_handed_over(tenders: Iterable[Tender]) -> int:
    """The cash among them, in minor units."""
    return sum(tender.amount for tender in tenders if tender.kind is TenderKind.CASH)


def tender_facts(tender: Tender) -> dict[str, object]:
    """What a tender says beside its kind and amount: only what is there, in one spelling."""
    facts: dict[str, object] = {}
    for field in fields(Tender)[2:]:
        value = getattr(tender, field.name)
        if value != field.default:
            facts[field.name] = value.facts if isinstance(value, Check) else int(value) if value is True else value
    return facts
