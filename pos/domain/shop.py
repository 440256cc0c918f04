"""The shop's own rules: effective-dated, versioned; every sale stores the version it was made under."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date

from pos.domain.check import CheckRules
from pos.domain.frozen import dataclass
from pos.domain.measure_codes import CodeRule, country_rules
from pos.domain.money import divide_half_up
from pos.domain.names import StrEnum
from pos.domain.tax import PriceMode, TaxRate, TaxRounding
from pos.domain.tender_rules import TenderRule


class Mode(StrEnum):
    """What a shop's file is for; file and workstation both carry it, and a mismatch refuses to start."""

    LIVE = "live"
    DEMO = "demo"
    SCRIPT = "script"


class RoundingMode(StrEnum):
    """How a cash amount falls on the step."""

    HALF_UP = "half_up"
    HALF_DOWN = "half_down"
    UP = "up"
    DOWN = "down"


class RoundingOf(StrEnum):
    """What is rounded when cash is only part of what is paid."""

    CASH_PART = "cash_part"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class CashRounding:
    """The smallest cash amount, in minor units; `least` is what a cash payment that is not zero never falls below."""

    step: int = 1
    mode: RoundingMode = RoundingMode.HALF_UP
    of: RoundingOf = RoundingOf.CASH_PART
    least: int = 0

    def rounded(self, amount: int) -> int:
        """`amount` on the step: the absolute amount first, then the sign, so a sale and its return cancel."""
        size = abs(amount)
        below = size - size % self.step
        if self.mode is RoundingMode.HALF_UP:
            size = divide_half_up(size, self.step) * self.step
        elif self.mode is RoundingMode.HALF_DOWN:
            size = below if 2 * (size - below) <= self.step else below + self.step
        elif self.mode is RoundingMode.UP:
            size = below if below == size else below + self.step
        else:
            size = below
        if amount:
            size = max(size, self.least)
        return -size if amount < 0 else size


@dataclass(frozen=True, slots=True)
class LogoFile:
    """Which picture stands at the head of the papers: the SHA-256 of its file, and its size in dots."""

    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ReceiptTexts:
    """What the shop prints around its sales; each entry is one line."""

    header: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    logo: LogoFile | None = None


@dataclass(frozen=True, slots=True)
class ShopRules:
    """One version of the shop's rules. `store` is the four-digit number that begins every receipt number.

    A customer earns a point for each full `points_every` minor units and pays `point_worth` of them with one; 0 means
    the shop gives or takes none. `staff_discount` in millionths is what people of the shop get on their own purchases.
    `drawer_shut_first`: no sale begins while the drawer is seen to stand open. `e_receipt_address` is where a customer
    finds the receipt, with {receipt} for its code; empty where there is no such place.
    Onto a gift card come `gift_card_least` to `gift_card_most` at a time, and it holds `gift_card_holds` (minor units;
    0 is no bound but the law's); it lasts `gift_card_months`, 0 for ever, and its PIN is asked for above
    `gift_card_pin_above`. What is left on it goes out in cash below `cash_out_threshold`; 0 is what the law says.
    At most `cash_back_most` is handed out on one debit card sale, 0 is no bound but what lies in the till.
    A refund by a mailed check is promised within `mailed_check_days` business days; 0 promises none.
    `tender_rules` are those that differ from the program's own, and the shop's own types.

    Of the till, in minor units: a difference beyond `count_tolerance` is signed by a manager, above `drawer_limit` a
    pickup is due (0: never), `next_float` stays for the next day. `blind_count`: what should be in the drawer shows
    only once it was counted. Goods of a department in `service_departments` are services. `coin_rolls` say how many of
    a coin are in one roll ("40 x 0.25"); none: as is the custom with the currency.

    `holidays` are the days (ISO 8601) that are no business days beside Saturday and Sunday; None: the region's.
    """

    name: str
    store: str
    currency: str
    timezone: str
    region: str = ""
    language: str = "en"
    price_mode: PriceMode = PriceMode.TAX_ADDED
    tax_rates: tuple[TaxRate, ...] = ()
    tax_rounding: TaxRounding = TaxRounding.LINE
    cash_rounding: CashRounding = field(default_factory=CashRounding)
    vat_number: str = ""
    receipt: ReceiptTexts = field(default_factory=ReceiptTexts)
    code_rules: tuple[CodeRule, ...] | None = None
    points_every: int = 0
    point_worth: int = 0
    staff_discount: int = 0
    drawer_shut_first: bool = False
    e_receipt_address: str = ""
    checks: CheckRules = field(default_factory=CheckRules)
    gift_card_least: int = 0
    gift_card_most: int = 0
    gift_card_holds: int = 0
    gift_card_months: int = 0
    gift_card_pin_above: int = 0
    cash_out_threshold: int = 0
    cash_back_most: int = 0
    mailed_check_days: int = 0
    tender_rules: tuple[TenderRule, ...] = ()
    blind_count: bool = True
    count_tolerance: int = 500
    drawer_limit: int = 0
    next_float: int = 0
    service_departments: tuple[str, ...] = ()
    coin_rolls: tuple[str, ...] = ()
    holidays: tuple[str, ...] | None = None
    version: int = 1

    @property
    def measure_rules(self) -> tuple[CodeRule, ...]:
        """How in-store codes are read: by the shop's own rules, or by its country's where it has none."""
        return country_rules(self.region, self.currency) if self.code_rules is None else self.code_rules

    def rate(self, code: str, day: date | None = None) -> TaxRate | None:
        """The tax of this code as it is on a day of the shop, or None where the shop has none such."""
        return next((rate.on(day) for rate in self.tax_rates if rate.code == code), None)

    def on(self, day: date) -> ShopRules:
        """The same rules with the tax rates of that day."""
        return replace(self, tax_rates=tuple(rate.on(day) for rate in self.tax_rates))
