"""What a script says of prices and discounts by hand, and of who approves them, as typed."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.script.fields import Part

_WHO = ("by", "pin", "badge", "reason", "option")


@dataclass(frozen=True, slots=True)
class TypedPrice:
    """A price by hand for one unit, and why."""

    override: str
    reason: str


@dataclass(frozen=True, slots=True)
class TypedDiscount:
    """A discount by hand in percent or as an amount, and why."""

    percent: str | None
    amount: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers what needs an approval, shown by a PIN or a badge; which option, and why."""

    by: str = ""
    pin: str = ""
    badge: str = ""
    reason: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """Say yes to what the step called `request` wanted."""

    request: str
    answer: Answering


@dataclass(frozen=True, slots=True)
class Decline:
    """Say no to it."""

    request: str
    answer: Answering


def read_answering(body: Part, common: tuple[str, ...] = ()) -> Answering:
    """Who answers. Raises ScriptError."""
    body.keys((*_WHO, *common))
    return Answering(**{key: body.text(key) or "" for key in _WHO})


def read_price(row: Part) -> tuple[str | None, TypedPrice | None]:
    """The open price of an item that has none of its own, and the price by hand of one that has."""
    price = row.part("price")
    if price is None:
        return None, None
    price.keys(("open", "override", "reason"))
    override = price.text("override")
    if override is None:
        return price.text("open"), None
    return price.text("open"), TypedPrice(override, price.text("reason") or "")


def read_discount(body: Part) -> TypedDiscount | None:
    """A discount of a line or of the whole sale. Raises ScriptError."""
    discount = body.part("discount")
    if discount is None:
        return None
    discount.keys(("percent", "amount", "reason"))
    percent, amount = discount.text("percent"), discount.text("amount")
    if percent is None and amount is None:
        raise discount.missing("percent")
    return TypedDiscount(percent, amount, discount.text("reason") or "")
