"""A shop to be founded, as somebody fills it in: text as typed, to be held against the rules by `services.set_up`."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum
from pos.domain.staff import Role
from pos.domain.tax import PriceMode


class ShopField(StrEnum):
    """What is asked for, in the order of the steps; a refusal names the one it is about."""

    COUNTRY = "country"
    NAME = "name"
    STORE = "store"
    LANGUAGE = "language"
    TIMEZONE = "timezone"
    CURRENCY = "currency"
    PRICE_MODE = "price_mode"
    TAX_RATES = "tax_rates"
    ROUNDING = "rounding"
    HEADER = "header"
    POLICY = "policy"
    FOOTER = "footer"
    VAT_NUMBER = "vat_number"
    LOGO = "logo"
    OWNER_NAME = "owner_name"
    OWNER_PIN = "owner_pin"
    OWNER_PIN_AGAIN = "owner_pin_again"
    STAFF_NAME = "staff_name"
    STAFF_PIN = "staff_pin"
    STAFF_PIN_AGAIN = "staff_pin_again"
    ITEMS = "items"


class FirstItems(StrEnum):
    """What the item list begins with."""

    NONE = "none"
    SAMPLES = "samples"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person of the new shop; the PIN twice, as typed."""

    name: str = ""
    pin: str = ""
    pin_again: str = ""
    role: Role = Role.CASHIER
    language: str = "en"

    def __repr__(self) -> str:
        """Without the PIN: it must not get into any report of a failure."""
        return f"NewPerson({self.name!r}, {self.role})"


@dataclass(frozen=True, slots=True)
class TypedTax:
    """One tax rate as typed: its name on the till and the per cent."""

    code: str
    percent: str


@dataclass(frozen=True, slots=True)
class NewShop:
    """Everything a day needs. `items_file` and `items_maps` count where `items` is FILE; `cash_step` in minor units."""

    country: str = "US"
    region: str = ""
    name: str = ""
    store: str = "0001"
    language: str = "en"
    timezone: str = "America/New_York"
    currency: str = "USD"
    price_mode: PriceMode = PriceMode.TAX_ADDED
    taxes: tuple[TypedTax, ...] = ()
    cash_step: int = 1
    header: str = ""
    policy: str = ""
    footer: str = ""
    vat_number: str = ""
    logo_file: str = ""
    owner: NewPerson = NewPerson(role=Role.OWNER)
    staff: tuple[NewPerson, ...] = ()
    items: FirstItems = FirstItems.NONE
    items_file: str = ""
    items_maps: tuple[str, ...] = ()
    items_tax: str = ""
    items_take_good: bool = False
