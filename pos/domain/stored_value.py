"""A line that sells no goods: money put on a gift card, or paid on a customer's account. No tax, no discount."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum

# What rules of tenders name such lines by: they stand among a line's flags.
GIFT_CARD_FLAG = "gift_card"
ACCOUNT_FLAG = "account_payment"


class StoredAct(StrEnum):
    """What the money is for."""

    SELL = "sell"
    RELOAD = "reload"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class StoredValue:
    """Where a line's money goes: `account` is the identity of the card, or the number of the customer whose account it
    is; `shown` what may be shown of it.

    Of a card to be sold that the shop does not know yet, `number_hash` is the keyed hash; `made`: the shop gives it its
    number.
    """

    act: StoredAct
    account: str
    shown: str = ""
    number_hash: str = ""
    made: bool = False

    @property
    def flag(self) -> str:
        return ACCOUNT_FLAG if self.act is StoredAct.ACCOUNT else GIFT_CARD_FLAG
