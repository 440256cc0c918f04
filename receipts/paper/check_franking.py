"""What goes on the back of a check: for deposit only, to whom, and for which receipt. Never the whole account."""

from __future__ import annotations

from datetime import date

from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.wording import Wording
from receipts.document import Block, Centred, Document, TextLine

CHECK_FRANKING = "check_franking"


@dataclass(frozen=True, slots=True)
class Franking:
    """What the back says. `account` is what may be shown of it ("••••6789"), `amount` in minor units."""

    receipt: str
    day: date
    number: str
    account: str
    amount: int
    currency: str


def check_franking(franking: Franking, shop_name: str, words: Wording) -> Document:
    """Few rows: a bank leaves the depositor an inch and a half (Regulation CC, appendix D)."""
    blocks: list[Block] = [
        Centred(words.say("FOR DEPOSIT ONLY"), emphasis=True),
        Centred(shop_name),
        TextLine(words.say("Receipt {receipt}", receipt=franking.receipt), words.short_day(franking.day)),
        TextLine(
            words.say("Check {number}", number=franking.number), words.money(Money(franking.amount, franking.currency))
        ),
        TextLine(words.say("Account {account}", account=franking.account)),
    ]
    return Document(CHECK_FRANKING, words.say("Back of the check"), words.language, tuple(blocks))
