"""What an item wants to know before it can be sold, and the answers: a price, a weight, an age, serial numbers."""

from __future__ import annotations

from datetime import date

from pos.domain.frozen import dataclass
from pos.domain.item import Item
from pos.domain.money import Quantity, Unit
from pos.domain.names import StrEnum
from pos.domain.refusal import Refused

# Above what any price label holds; a slip of the hand is seen before the receipt.
OPEN_PRICE_MAX = 10**9
# A thousand kilograms or pounds: above what any counter scale bears.
WEIGHT_MAX_THOUSANDTHS = 10**6
SERIAL_CHARACTERS_MAX = 40
NOTE_CHARACTERS_MAX = 200
# Nobody alive was born earlier; a year typed with a wrong digit is seen.
AGE_YEARS_MAX = 130


class Ask(StrEnum):
    """One thing an item wants to know, in the order it is asked."""

    AGE = "age"
    PRICE = "price"
    WEIGHT = "weight"
    SERIAL = "serial"


class PriceSource(StrEnum):
    """Where the price of a line came from; the shelf where nothing else says."""

    SHELF = ""
    OPEN = "open"
    CODE = "code"
    QUANTITY = "quantity"


class WeightSource(StrEnum):
    """Who said how much there is; nothing for pieces."""

    NONE = ""
    SCALE = "scale"
    TYPED = "typed"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Weighed:
    """What lay on the scale with its packing, and the packing: `gross` less `tare` is sold.

    `reason` says why a weight was typed.
    """

    gross: Quantity
    source: WeightSource = WeightSource.TYPED
    tare: int = 0
    reason: str = ""

    @property
    def net(self) -> Quantity:
        return Quantity(self.gross.thousandths - self.tare, self.gross.unit)


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known beside the code. `born` is compared and forgotten; `age_seen` says somebody looked.

    `price` is for one unit, in minor units; `expires` a day as the code says it (ISO 8601). `empties`: only what the
    item was lent in comes back.
    """

    price: int | None = None
    price_source: PriceSource = PriceSource.OPEN
    weighed: Weighed | None = None
    born: date | None = None
    age_seen: bool = False
    serials: tuple[str, ...] = ()
    expires: str = ""
    note: str = ""
    empties: bool = False


NO_ANSWERS = Answers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs(Refused):
    """Nothing was added yet: the item asks. The same call with the answers rings it up.

    `quantity` is what was asked for; `serials` how many numbers it takes. `code` is that of the first question.
    """

    item: Item
    asks: tuple[Ask, ...]
    scanned: str
    quantity: Quantity | None = None
    serials: int = 0


def is_weighed(unit: Unit) -> bool:
    """Sold by weight, so that a scale may say how much."""
    return unit in {Unit.KG, Unit.LB}


def would_ask(item: Item, answers: Answers = NO_ANSWERS, age_seen: int = 0) -> tuple[Ask, ...]:
    """What is still to be said before this item can be sold, its quantity aside where it is sold by the piece."""
    asked = {
        Ask.AGE: item.age > age_seen and answers.born is None and not answers.age_seen,
        Ask.PRICE: item.open_price and answers.price is None,
        Ask.WEIGHT: item.unit is not Unit.PIECE and answers.weighed is None,
        Ask.SERIAL: item.serial and not answers.serials,
    }
    return tuple(ask for ask, open_question in asked.items() if open_question)


def old_enough_from(born: date, years: int) -> date:
    """The day from which somebody is of this age. Born on a leap day: in other years the first of March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def born_by(today: date, years: int) -> date:
    """The last day on which somebody who is of this age today was born."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return date(today.year - years, 2, 28)


def serial_readable(serial: str) -> bool:
    """One word of printable characters."""
    return 0 < len(serial) <= SERIAL_CHARACTERS_MAX and serial.isprintable() and not any(c.isspace() for c in serial)


def note_readable(note: str) -> bool:
    """One line of printable characters; empty takes the note away."""
    return len(note) <= NOTE_CHARACTERS_MAX and note.isprintable()
