"""What each step of a lane script asks for, read and not yet played."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pos.domain.tax_document import Buyer
from pos.script.after_sale_steps import AfterSale
from pos.script.card_steps import Resolve, Terminal
from pos.script.check_steps import ReturnCheck, SettleCheck
from pos.script.device_steps import Device
from pos.script.gift_cards import CardStep
from pos.script.refund_steps import Back
from pos.script.sale_steps import Sell, TypedLine
from pos.script.stock_steps import ShelveOpenBox
from pos.script.tenders import TypedTender
from pos.script.till_steps import TillStep
from pos.script.typed_by_hand import Decline, Grant
from pos.services.crash import CrashPoint


@dataclass(frozen=True, slots=True)
class Clock:
    """Set the clock, or move it on."""

    at: datetime | None
    by: timedelta | None


@dataclass(frozen=True, slots=True)
class SignOn:
    """Whose number and PIN, or the badge alone."""

    operator: str = ""
    pin: str = ""
    badge: str = ""


@dataclass(frozen=True, slots=True)
class GoOn:
    """Take more tenders for an open sale; `sale` is the step that began it, None for whichever is open."""

    sale: str | None
    tenders: tuple[TypedTender, ...]


@dataclass(frozen=True, slots=True)
class VoidLine:
    sale: str | None
    line: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VoidSale:
    sale: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Suspend:
    """Put aside what these lines make, or the open sale where there are none."""

    lines: tuple[TypedLine, ...]
    coupons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resume:
    """`slip` is a step's name, or what stands on a slip."""

    slip: str


@dataclass(frozen=True, slots=True)
class Print:
    """`sale` is a step's name or a receipt number, `buyer` whom a tax document is made out to; `vendor` and `ra` stand
    on a slip to the vendor.
    """

    sale: str
    document: str
    buyer: Buyer | None = None
    vendor: str = ""
    ra: str = ""


@dataclass(frozen=True, slots=True)
class Crash:
    at: CrashPoint


Body = (
    Clock
    | SignOn
    | Sell
    | GoOn
    | VoidLine
    | VoidSale
    | Suspend
    | Resume
    | Print
    | Device
    | Crash
    | Terminal
    | Resolve
    | ReturnCheck
    | AfterSale
    | SettleCheck
    | CardStep
    | Grant
    | Decline
    | TillStep
    | Back
    | ShelveOpenBox
)
