"""What the shop sells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pos.domain.frozen import dataclass
from pos.domain.money import Quantity, Unit, divide_half_up

# Who is asked to show a passport for bread? No law asks for more years than this.
AGE_MAX = 99


@dataclass(frozen=True, slots=True)
class Deposit:
    """A container that goes with an item: the id of the item it is, and how many of it one unit carries."""

    item: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class QuantityPrice:
    """What each unit costs in minor units once the quantity reaches `starts`, in thousandths of the item's unit."""

    starts: int
    price: int


@dataclass(frozen=True, slots=True)
class Item:
    """An item as the catalogue holds it; `unit_price_minor` is for one `unit`, in the shop's currency.

    `age` is how many years old the customer must be, 0 where nobody is asked. `family` binds the sizes and colours of
    one thing, `variant` says which of them this is. `flags` are words a policy or a promotion may ask for.
    `measure_code` are the leading digits of codes that carry its weight or price. `picture` is a file in the shop
    folder's `pictures`. `content` is what is in one unit, for the price by kilogram or litre on the shelf. `stock_min`
    (thousandths) is how little may lie there before it is listed as low. An item that is not `active` is not sold.
    A `container` is what is lent with goods and comes back empty: its price is the deposit. `deposits` are the
    containers that go with one unit of goods. `quantity_prices` hold from a quantity on, the smallest first.
    `cost` is what one unit costs the shop, in minor units: for who may change items, never on paper.
    `name` is the shop's own and stands on paper; `names` are (language, name) for people who speak another one.
    """

    id: str
    name: str
    unit_price_minor: int
    taxes: tuple[str, ...]
    unit: Unit = Unit.PIECE
    department: str = ""
    codes: tuple[str, ...] = ()
    icon: str = ""
    age: int = 0
    serial: bool = False
    open_price: bool = False
    final_sale: bool = False
    not_discountable: bool = False
    family: str = ""
    variant: str = ""
    flags: tuple[str, ...] = ()
    measure_code: str = ""
    picture: str = ""
    content: Quantity | None = None
    stock_min: int | None = None
    active: bool = True
    container: bool = False
    deposits: tuple[Deposit, ...] = ()
    quantity_prices: tuple[QuantityPrice, ...] = ()
    cost: int | None = None
    names: tuple[tuple[str, str], ...] = ()

    def name_in(self, language: str) -> str:
        """Its name for a screen in this language: the shop's own where it has none."""
        return name_in(self.names, language, self.name)

    @property
    def comparison_price(self) -> int | None:
        """The price of one unit of the content in minor units, rounded half up; None where no content is known."""
        return self.compared(self.unit_price_minor)

    def compared(self, price: int) -> int | None:
        """What one unit of the content costs where the item costs `price`, as `comparison_price`."""
        if self.content is None or self.content.thousandths <= 0:
            return None
        return divide_half_up(price * 1000, self.content.thousandths)

    @property
    def shelf_price(self) -> ShelfPrice:
        """What it costs now, as the price that held before any other."""
        return ShelfPrice(None, self.unit_price_minor, self.quantity_prices)


@dataclass(frozen=True, slots=True)
class ShelfPrice:
    """A price and the moment it begins to hold; None: it held before any other. With it hold those by quantity."""

    starts_at: datetime | None
    price: int
    quantity_prices: tuple[QuantityPrice, ...] = ()

    def of(self, thousandths: int) -> int:
        """The price of a unit where so much is bought."""
        return price_of_quantity(self.price, self.quantity_prices, thousandths)


def name_in(names: Sequence[tuple[str, str]], language: str, name: str) -> str:
    """The one of `names`, as (language, name), that is of this language, else `name`."""
    return dict(names).get(language, name) if names else name


def price_of_quantity(price: int, quantity_prices: Sequence[QuantityPrice], thousandths: int) -> int:
    """What one unit costs where so much is bought: `price` until the first of the others begins, and never more."""
    for each in quantity_prices:
        if each.starts <= thousandths:
            price = min(price, each.price)
    return price


def price_at(prices: Sequence[ShelfPrice], moment: datetime) -> ShelfPrice | None:
    """The price of `moment` among these, in the order they were set: of those begun the last begun, of equals the last.

    None where none has begun.
    """
    holding: ShelfPrice | None = None
    for price in prices:
        begun = price.starts_at is None or price.starts_at <= moment
        if begun and (holding is None or _begins(price, holding)):
            holding = price
    return holding


def next_start(prices: Sequence[ShelfPrice], moment: datetime) -> datetime | None:
    """When the price of `moment` ends because another begins, or None where none does."""
    starts = [price.starts_at for price in prices if price.starts_at is not None and price.starts_at > moment]
    return min(starts, default=None)


def last_start(prices: Sequence[ShelfPrice], moment: datetime) -> datetime | None:
    """When the price of `moment` began, or None where it held from the beginning."""
    starts = [price.starts_at for price in prices if price.starts_at is not None and price.starts_at <= moment]
    return max(starts, default=None)


def _begins(price: ShelfPrice, holding: ShelfPrice) -> bool:
    """Whether `price`, set later, takes the place of `holding`."""
    if holding.starts_at is None:
        return True
    return price.starts_at is not None and price.starts_at >= holding.starts_at
