"""The kinds of rules that say what goods that come back are worth: promotions, fees, tax, deductions, no receipt."""

from __future__ import annotations

from typing import ClassVar

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.policy_rule import Rule


class PromotionMethod(StrEnum):
    """What becomes of a promotion when part of what it was given for comes back (returns.md 3.4).

    PRO_RATA: each line keeps the share it had. RECALCULATE: what stays is priced anew by the promotions of the sale,
    and what was paid beyond that comes back. WHOLE_SET: all of it comes back or nothing.
    """

    PRO_RATA = "pro_rata"
    RECALCULATE = "recalculate"
    WHOLE_SET = "whole_set"


class FeeTax(StrEnum):
    """Fee and tax: all tax of the goods comes back, only that on what is left of the price, or the fee is taxed."""

    FULL_TAX_REFUND = "full_tax_refund"
    TAX_ON_REFUNDED_PART = "tax_on_refunded_part"
    FEE_TAXED = "fee_taxed"


class NoReceiptPrice(StrEnum):
    """What goods nobody knows the price paid of are worth: the lowest shelf price in a look-back, or today's."""

    LOWEST = "lowest"
    CURRENT = "current"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionReturn(Rule):
    """The method for promotions; `promotions` are the ids it is about, none: all of them."""

    KEY: ClassVar[str] = "promotion"

    method: PromotionMethod = PromotionMethod.PRO_RATA
    promotions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RestockingFee(Rule):
    """A fee kept back: a share of the price in millionths, or an amount in minor units for each unit (`by_line`: for
    the line).

    No fee for goods in one of the conditions `unless`, nor where sale and return are both in `unless_regions`.
    """

    KEY: ClassVar[str] = "restocking_fee"

    percent_millionths: int = 0
    amount: int = 0
    by_line: bool = False
    tax: FeeTax = FeeTax.FULL_TAX_REFUND
    unless: frozenset[str] = frozenset()
    unless_regions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRefund(Rule):
    """When the price comes back and the tax does not: more than `days` after the sale, or `without_receipt` no."""

    KEY: ClassVar[str] = "tax_refund"

    days: int | None = None
    without_receipt: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBand(Rule):
    """More than `after` days after the sale only this share of what was paid comes back, in millionths."""

    KEY: ClassVar[str] = "day_band"

    after: int = 0
    percent_millionths: int = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPart(Rule):
    """What is kept back for each missing part of these names (none: any): minor units, or a share of what was paid."""

    KEY: ClassVar[str] = "missing_part"

    parts: frozenset[str] = frozenset()
    amount: int = 0
    percent_millionths: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebate(Rule):
    """A rebate that was paid out, in minor units a unit, is kept back unless the answer `fact` is yes."""

    KEY: ClassVar[str] = "rebate"

    amount: int = 0
    fact: str = "rebate_receipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewards(Rule):
    """Whether reward money the sale gave, and that was spent, is kept back in proportion; where no rule says: yes."""

    KEY: ClassVar[str] = "rewards"

    claw_back: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NoReceiptValue(Rule):
    """What goods without a known sale are worth: the lowest price of the last `days`, or today's, and how it is paid
    out; less than `cash_below` minor units goes out in cash.
    """

    KEY: ClassVar[str] = "no_receipt_value"

    price: NoReceiptPrice = NoReceiptPrice.LOWEST
    days: int = 90
    pays: str = "store_credit"
    cash_below: int = 0


VALUE_RULES: tuple[type[Rule], ...] = (
    PromotionReturn,
    RestockingFee,
    TaxRefund,
    DayBand,
    MissingPart,
    Rebate,
    Rewards,
    NoReceiptValue,
)
