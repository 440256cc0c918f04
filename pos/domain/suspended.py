"""A sale put aside: it waits in the shop's books until one workstation takes it up again."""

from __future__ import annotations

import re
from datetime import datetime

from pos.domain.basket import Basket
from pos.domain.frozen import dataclass
from pos.domain.own_codes import own_code
from pos.domain.transaction import SUSPENDED_CODE_PREFIX

_CODE = re.compile(SUSPENDED_CODE_PREFIX + r"([A-Z2-7]{16})")
_NUMBER = re.compile(r"[Ss]?-?0*([1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True)
class SuspendedSale:
    """`number` runs from 1 over the whole shop; `total` in minor units. `resumed_by` is the workstation that took it.

    `basket` is the sale as it stood, undo not included.
    """

    id: str
    number: int
    token: str
    workstation: int
    operator: str
    operator_name: str
    suspended_at: datetime
    total: int
    basket: Basket
    resumed_by: int | None = None
    resumed_at: datetime | None = None

    @property
    def code(self) -> str:
        """What the slip's barcode says."""
        return SUSPENDED_CODE_PREFIX + self.token

    @property
    def number_text(self) -> str:
        """What the slip shows large and a cashier types: "S12"."""
        return f"S{self.number}"


def slip_token(text: str) -> str | None:
    """The token of a slip's barcode as it was scanned, or None where it is none."""
    found = _CODE.fullmatch(own_code(text))
    return found and found.group(1)


def slip_number(text: str) -> int | None:
    """The number of a slip as somebody typed it: "S12", "12"; None where it is none."""
    found = _NUMBER.fullmatch(text.strip())
    return None if found is None else int(found.group(1))
