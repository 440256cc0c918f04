"""A completed return: stored facts. Paper, reports and later returns read these and never judge them again."""

from __future__ import annotations

import re
from datetime import date, datetime

from pos.domain.frozen import dataclass
from pos.domain.money import Quantity
from pos.domain.own_codes import own_code
from pos.domain.return_decision import Deduction, RefundTender
from pos.domain.tax import LineTax
from pos.domain.transaction import RETURN_CODE_PREFIX

_PRINTED = re.compile(r"([0-9]{4})-([0-9]{1,2})-R([0-9]{1,12})")


def is_return_code(code: str) -> bool:
    """Whether this is what the barcode of a return receipt says: the prefix and ten random bytes in base 32."""
    said = own_code(code)
    token = said.removeprefix(RETURN_CODE_PREFIX)
    return token != said and len(token) == 16 and token.isascii() and token.isalnum()


@dataclass(frozen=True, slots=True, order=True)
class ReturnNumber:
    """Store, workstation and a number of its own that runs from 1 without a gap: 0142-03-R0007."""

    store: str
    workstation: int
    number: int

    def __str__(self) -> str:
        return f"{self.store}-{self.workstation:02d}-R{self.number:04d}"

    @classmethod
    def read(cls, printed: str) -> ReturnNumber | None:
        """The number as it is printed; None where that is none of a return."""
        found = _PRINTED.fullmatch(printed)
        return None if found is None else cls(found[1], int(found[2]), int(found[3]))


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One line of goods that came back. `line` is that of the sale, 0 where none is known.

    `merchandise` (without tax) and `tax` were paid back for it, `fee`, `fee_tax` and `deductions` kept; minor units.
    `unit_price` and `discount` are what the sale said of it (the discount's share of these units), for the paper.
    `instead` is the item that went out for it in an even exchange, and stands for this line of the sale: same date,
    price and tenders; no money moved for it. `rules` are the ids of the
    rules that decided, with their codes ("R2:WINDOW_EXPIRED"). `account` is where the sale's net stood in the ledger.
    """

    place: int
    line: int
    item: str
    name: str
    quantity: Quantity
    condition: str
    reason: str
    disposition: str
    serial: str
    unit_price: int
    discount: int
    merchandise: int
    tax: int
    fee: int
    fee_tax: int
    taxes: tuple[LineTax, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    instead: str = ""
    instead_name: str = ""
    instead_serial: str = ""
    rules: tuple[str, ...] = ()
    account: str = ""

    @property
    def swapped(self) -> bool:
        """Replaced even: the customer has as much of the line as before."""
        return bool(self.instead)


@dataclass(frozen=True, slots=True)
class ReturnTender(RefundTender):
    """Money as it went out. `tender` counts from 1; `id` tells it from every other, and `attempt` may be a refund
    that the terminal has not answered yet.
    """

    tender: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True)
class CustomerReturn:
    """One return, refund without goods (no lines) or the returned half of an exchange (`exchange` is the sale's id).

    `purchase` is the identity of the sale it is of, empty where none is known; `purchase_receipt` and `purchase_day`
    are what the paper says of it. `policy` and `policy_version` judged it; `approval` is the request that `approver`
    agreed to. `id_key` is the keyed hash of the identity document, `id_shown` what may be printed of it.
    `refund` = merchandise + tax − fee − fee_tax − deductions + rounding = the sum of the tenders.
    """

    id: str
    number: ReturnNumber
    token: str
    at: datetime
    utc_offset_minutes: int
    business_day: date
    operator: str
    operator_name: str
    till: str
    currency: str
    customer: str
    purchase: str
    purchase_receipt: str
    purchase_day: date | None
    shown_by: str
    id_kind: str
    id_key: str
    id_shown: str
    policy: str
    policy_version: int
    reason: str
    merchandise: int
    tax: int
    fee: int
    fee_tax: int
    rounding: int
    refund: int
    lines: tuple[ReturnLine, ...]
    tenders: tuple[ReturnTender, ...]
    deductions: tuple[Deduction, ...] = ()
    approval: str = ""
    approver: str = ""
    exchange: str = ""

    @property
    def code(self) -> str:
        """What its barcode says: never the number, so that it cannot be guessed."""
        return RETURN_CODE_PREFIX + self.token
