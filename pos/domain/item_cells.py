"""What the further cells of a row say of an item: each is read by itself and ends up in one field of Item."""

from __future__ import annotations

import re
from collections.abc import Callable

from pos.domain.item import AGE_MAX, Deposit
from pos.domain.item_columns import Column
from pos.domain.money import QUANTITY_MAX_THOUSANDTHS, AmountUnreadable, Quantity, Unit

WORD_LENGTH_MAX = 60
_MEASURE_CODE = re.compile(r"[0-9]{2,11}\Z")
_DEPOSIT = re.compile(r"(.+?)(?:\s*[*×]\s*([0-9]{1,4}))?\Z")
# As many containers as anybody packs into one.
DEPOSIT_COUNT_MAX = 1000
DEPOSITS_MAX = 4
_FLAG = re.compile(r"[\w.-]{1,40}\Z")
_CONTENT = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,3}))?\s*([a-z]+)\Z")

_YES = frozenset({"1", "true", "yes", "y", "x", "ano", "ja"})
_NO = frozenset({"0", "false", "no", "n", "ne", "nej"})
# What is written on packages, as thousandths of which unit; an ounce is no whole number of these.
_CONTENT_UNITS = {
    "g": (1, Unit.KG),
    "dkg": (10, Unit.KG),
    "kg": (1000, Unit.KG),
    "lb": (1000, Unit.LB),
    "ml": (1, Unit.LITRE),
    "cl": (10, Unit.LITRE),
    "dl": (100, Unit.LITRE),
    "l": (1000, Unit.LITRE),
    "mm": (1, Unit.METRE),
    "cm": (10, Unit.METRE),
    "m": (1000, Unit.METRE),
    **dict.fromkeys(("piece", "pc", "pcs", "ct", "ks", "st"), (1000, Unit.PIECE)),
}


# Letters that are drawn as a blank.
_BLANK = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")


def shows(text: str) -> bool:
    """Whether any of it can be seen: marks that only join letters or turn their direction cannot."""
    return any(letter.isprintable() and letter != " " for letter in _BLANK.sub(" ", text))


class CellUnreadable(ValueError):
    """The cell does not say what its column is to hold."""


def read_flag(text: str) -> bool:
    """Yes or no, in English, Czech, Swedish or as a digit."""
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellUnreadable(text)


def read_content(text: str) -> Quantity:
    """What is in one unit: "500 g", "0,75 l", "20 ks"."""
    found = _CONTENT.match(text.casefold())
    if found is None or found[3] not in _CONTENT_UNITS:
        raise CellUnreadable(text)
    size, unit = _CONTENT_UNITS[found[3]]
    parts = found[2] or ""
    thousandths, rest = divmod(int(found[1] + parts) * size, 10 ** len(parts))
    if rest or not 0 < thousandths <= QUANTITY_MAX_THOUSANDTHS:
        raise CellUnreadable(text)
    return Quantity(thousandths, unit)


def content_text(content: Quantity | None) -> str:
    """The content as `read_content` reads it; empty for none."""
    return "" if content is None else f"{content.text()} {content.unit.value}"


_UNIT_WORDS = {
    **dict.fromkeys("piece pieces pc pcs each ea ks kus kusy st styck".split(), Unit.PIECE),
    **dict.fromkeys("kg kilogram kilo".split(), Unit.KG),
    **dict.fromkeys("lb lbs pound".split(), Unit.LB),
    **dict.fromkeys("m metre meter metr".split(), Unit.METRE),
    **dict.fromkeys("l litre liter litr".split(), Unit.LITRE),
}


def read_unit(text: str) -> Unit | None:
    """The unit by its sign or by what English, Czech and Swedish lists call it."""
    return _UNIT_WORDS.get(text.casefold().rstrip("."))


def read_stock(text: str) -> int:
    """Thousandths of a unit, nothing or more: "12", "1.5"."""
    if text.strip("0.,") == "":
        if text.startswith("0") and len(text) <= 8:
            return 0
        raise CellUnreadable(text)
    try:
        return Quantity.read(text.replace(",", "."), Unit.KG).thousandths
    except AmountUnreadable as error:
        raise CellUnreadable(text) from error


def read_picture(text: str) -> str:
    """The name of a file in the folder of pictures, never a way out of it."""
    if len(text) > WORD_LENGTH_MAX or text.startswith(".") or set(text) & set("/\\:\0"):
        raise CellUnreadable(text)
    return text


def read_measure_code(text: str) -> str:
    """The leading digits of codes that carry a weight or a price."""
    if not text.isascii() or not _MEASURE_CODE.match(text):
        raise CellUnreadable(text)
    return text


def read_flags(text: str) -> tuple[str, ...]:
    """Words with blanks, commas or | between, each once, in order of the alphabet."""
    words = text.replace("|", " ").replace(",", " ").split()
    if not all(_FLAG.match(word) for word in words):
        raise CellUnreadable(text)
    return tuple(sorted(set(words)))


def read_age(text: str) -> int:
    """Years, 0 for nobody asked."""
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= AGE_MAX):
        raise CellUnreadable(text)
    return int(text)


def read_word(text: str) -> str:
    """A family or a variant."""
    if len(text) > WORD_LENGTH_MAX:
        raise CellUnreadable(text)
    return text


def read_deposits(text: str) -> tuple[Deposit, ...]:
    """Containers by their ids with | between, and how many of each: "BOTTLE3*20 | CRATE"."""
    found = [_DEPOSIT.match(part.strip()) for part in text.split("|")]
    deposits = tuple(Deposit(each[1].strip(), int(each[2] or 1)) for each in found if each is not None)
    if len(deposits) < len(found) or not deposits_fit(deposits):
        raise CellUnreadable(text)
    return deposits


def deposits_fit(deposits: tuple[Deposit, ...]) -> bool:
    """Whether so many containers, each named once, can go with an item."""
    named = {deposit.item for deposit in deposits}
    counted = all(0 < deposit.count <= DEPOSIT_COUNT_MAX for deposit in deposits)
    readable = not any(set(name) & set("|*×") for name in named)
    return len(named) == len(deposits) <= DEPOSITS_MAX and counted and readable


def deposits_text(deposits: tuple[Deposit, ...]) -> str:
    """The containers as `read_deposits` reads them; empty for none."""
    return " | ".join(each.item if each.count == 1 else f"{each.item}*{each.count}" for each in deposits)


# Which field of Item a column fills, and how its text is read; each raises CellUnreadable.
CELLS: dict[Column, tuple[str, Callable[[str], object]]] = {
    Column.AGE: ("age", read_age),
    Column.SERIAL: ("serial", read_flag),
    Column.OPEN_PRICE: ("open_price", read_flag),
    Column.FINAL_SALE: ("final_sale", read_flag),
    Column.NOT_DISCOUNTABLE: ("not_discountable", read_flag),
    Column.FAMILY: ("family", read_word),
    Column.VARIANT: ("variant", read_word),
    Column.FLAGS: ("flags", read_flags),
    Column.MEASURE_CODE: ("measure_code", read_measure_code),
    Column.PICTURE: ("picture", read_picture),
    Column.CONTENT: ("content", read_content),
    Column.STOCK_MIN: ("stock_min", read_stock),
    Column.ACTIVE: ("active", read_flag),
    Column.CONTAINER: ("container", read_flag),
    Column.DEPOSITS: ("deposits", read_deposits),
}
