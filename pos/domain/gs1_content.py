"""What GS1 element strings and Digital Links say of an item. Reading them is biip's; what a till takes from them, ours.

biip's tables take a quarter of a second to load: nothing that the first window needs may import this.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from biip import ParseConfig, ParseError
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_element_strings import GS1ElementString
from biip.gs1_messages import GS1Message

from pos.domain.frozen import dataclass
from pos.domain.identifiers import CodeInvalid, gtin_key
from pos.domain.money import Quantity, Unit
from pos.domain.scanned_code import Gs1Form

# Dates are read below: biip takes the century from the machine's clock, a till's clock is its own.
_CONFIG = ParseConfig(gs1_element_strings_verify_date=False)
_WEIGHT_UNITS = {"310": Unit.KG, "320": Unit.LB}
# ISO 4217 numbers of the currencies a shop may keep; 393n says which one its price is in.
_CURRENCIES = {
    "036": "AUD", "124": "CAD", "203": "CZK", "208": "DKK", "348": "HUF", "352": "ISK", "392": "JPY", "414": "KWD",
    "578": "NOK", "752": "SEK", "756": "CHF", "826": "GBP", "840": "USD", "946": "RON", "978": "EUR", "985": "PLN",
}  # fmt: skip


class Gs1Invalid(ValueError):
    """The text holds no element strings that can be read, or one that contradicts itself."""


@dataclass(frozen=True, slots=True)
class ScaledNumber:
    """`digits` with its last `decimals` behind the point; `currency` is empty where the code leaves it to the shop."""

    digits: int
    decimals: int
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Gs1Content:
    """What an element string says: the GTIN (14 digits, empty where there is none) and what comes with it.

    `spelled` is the whole with brackets, as people read it. `expires` is the last day it may be sold (17). `price` is
    what is to be paid for it all (392n, 393n), `weight` the net weight (310n, 320n), `count` how many there are (30).
    """

    spelled: str
    gtin: str = ""
    weight: Quantity | None = None
    price: ScaledNumber | None = None
    expires: date | None = None
    serial: str = ""
    batch: str = ""
    count: int | None = None
    coupon: bool = False
    customer: str = ""


def read_gs1(text: str, form: Gs1Form, today: date) -> Gs1Content:
    """Read element strings; two-digit years are those nearest to `today`. Raises Gs1Invalid."""
    try:
        elements = _elements(text, form)
    except (ParseError, ValueError) as error:
        raise Gs1Invalid(str(error)) from error
    found: dict[str, GS1ElementString] = {}
    for element in elements:
        if found.setdefault(element.ai.ai, element).value != element.value:
            raise Gs1Invalid(element.ai.ai)
    expiry, count = found.get("17"), found.get("30")
    return Gs1Content(
        spelled="".join(f"({element.ai.ai}){element.value}" for element in elements),
        gtin=_gtin(found),
        weight=_weight(elements),
        price=_price(elements),
        expires=None if expiry is None else _day(expiry.value, today),
        serial=_value(found, "21"),
        batch=_value(found, "10"),
        count=None if count is None else int(count.value),
        coupon="8110" in found or "255" in found,
        customer=_value(found, "8018"),
    )


def _elements(text: str, form: Gs1Form) -> Sequence[GS1ElementString]:
    if form is Gs1Form.LINK:
        return GS1DigitalLinkURI.parse(text, config=_CONFIG).element_strings
    if form is Gs1Form.BRACKETS:
        return GS1Message.parse_hri(text, config=_CONFIG).element_strings
    return GS1Message.parse(text, config=_CONFIG).element_strings


def _value(found: dict[str, GS1ElementString], identifier: str) -> str:
    element = found.get(identifier)
    return "" if element is None else element.value


def _gtin(found: dict[str, GS1ElementString]) -> str:
    value = _value(found, "01")
    try:
        return gtin_key(value) if value else ""
    except CodeInvalid as error:
        raise Gs1Invalid(error.reason) from error


def _weight(elements: Sequence[GS1ElementString]) -> Quantity | None:
    """The net weight to the thousandth; finer digits round half up."""
    for element in elements:
        unit = _WEIGHT_UNITS.get(element.ai.ai[:3])
        if unit is not None:
            scale = 10 ** int(element.ai.ai[3])
            return Quantity((2 * int(element.value) * 1000 + scale) // (2 * scale), unit)
    return None


def _price(elements: Sequence[GS1ElementString]) -> ScaledNumber | None:
    for element in elements:
        identifier, decimals = element.ai.ai[:3], element.ai.ai[3:]
        if identifier == "392":
            return ScaledNumber(int(element.value), int(decimals))
        if identifier == "393":
            currency = _CURRENCIES.get(element.value[:3])
            if currency is None:
                raise Gs1Invalid(element.ai.ai)
            return ScaledNumber(int(element.value[3:]), int(decimals), currency)
    return None


def _day(value: str, today: date) -> date:
    """YYMMDD as a day: no day is the month's last, the century the one nearest to today (GS1, 3.4.2 and 7.12)."""
    short, month, day = int(value[:2]), int(value[2:4]), int(value[4:6])
    year = today.year - today.year % 100 + short
    ahead = short - today.year % 100
    year += 100 if ahead <= -50 else -100 if ahead >= 51 else 0
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError as error:
        raise Gs1Invalid(value) from error
