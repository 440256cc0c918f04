"""One row of a file of items: what it says of an item, or every reason why it cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from functools import partial
from typing import Any

from pos.domain.frozen import dataclass
from pos.domain.identifiers import CODE_LENGTH_MAX, CodeInvalid, gtin_key, plu_key, shop_code_key, upc_e_key
from pos.domain.item_cells import CELLS, CellUnreadable, read_unit, shows
from pos.domain.item_columns import NAME_COLUMNS, Column, Columns, shown
from pos.domain.money import AmountUnreadable, Unit, exponent_of
from pos.domain.names import StrEnum
from pos.domain.quantity_prices import read_quantity_prices
from pos.domain.shop import ShopRules
from pos.domain.tax import read_percent

NAME_LENGTH_MAX = 300
DEPARTMENT_LENGTH_MAX = 60
# In minor units; a million of the dearest item still fits what a sale may come to.
PRICE_MAX = 10**12


class RowFault(StrEnum):
    """Why a row cannot be taken."""

    ROW_TORN = "ROW_TORN"
    ROW_WIDTH = "ROW_WIDTH"
    NOT_UTF_8 = "NOT_UTF_8"
    CONTROL_CHARACTER = "CONTROL_CHARACTER"
    ID_TOO_LONG = "ID_TOO_LONG"
    NAME_MISSING = "NAME_MISSING"
    NAME_TOO_LONG = "NAME_TOO_LONG"
    PRICE_MISSING = "PRICE_MISSING"
    PRICE_UNREADABLE = "PRICE_UNREADABLE"
    PRICE_NEGATIVE = "PRICE_NEGATIVE"
    PRICE_ZERO = "PRICE_ZERO"
    PRICE_TOO_FINE = "PRICE_TOO_FINE"
    PRICE_TOO_LARGE = "PRICE_TOO_LARGE"
    CODE_MISSING = "CODE_MISSING"
    CODE_TOO_LONG = "CODE_TOO_LONG"
    CODE_UNREADABLE = "CODE_UNREADABLE"
    CODE_ZEROS = "CODE_ZEROS"
    GTIN_NOT_DIGITS = "GTIN_NOT_DIGITS"
    GTIN_LENGTH = "GTIN_LENGTH"
    GTIN_CHECK_DIGIT = "GTIN_CHECK_DIGIT"
    GTIN_IS_UPC_E = "GTIN_IS_UPC_E"
    UPC_E_INVALID = "UPC_E_INVALID"
    PLU_INVALID = "PLU_INVALID"
    CODE_TWICE = "CODE_TWICE"
    CODE_TAKEN = "CODE_TAKEN"
    ITEM_TWICE = "ITEM_TWICE"
    ID_TAKEN = "ID_TAKEN"
    TAX_MISSING = "TAX_MISSING"
    TAX_UNKNOWN = "TAX_UNKNOWN"
    UNIT_UNKNOWN = "UNIT_UNKNOWN"
    DEPARTMENT_TOO_LONG = "DEPARTMENT_TOO_LONG"
    ICON_UNKNOWN = "ICON_UNKNOWN"
    CELL_UNREADABLE = "CELL_UNREADABLE"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One reason, and the values its sentence needs."""

    fault: RowFault
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken: the line it begins on, the code or name to find it by, every reason."""

    line: int
    code: str
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row that reads. None: the row says nothing of it, so a known item keeps what it has. `codes` are keys.

    `names` are those in other languages, by language. `more` are further fields of Item by name. Of both only what the
    row says something of.
    """

    line: int
    id: str
    name: str
    price: int
    codes: tuple[str, ...]
    taxes: tuple[str, ...] | None
    unit: Unit | None
    department: str | None
    icon: str | None
    names: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where a cell is empty or no column was chosen; the price in minor units."""

    price: int | None = None
    taxes: tuple[str, ...] | None = None
    unit: Unit | None = None
    department: str | None = None
    allow_free: bool = False


class RowReader:
    """Reads the rows of one file, for one shop."""

    def __init__(self, columns: Columns, defaults: Defaults, rules: ShopRules, icons: frozenset[str]) -> None:
        self._columns = columns
        self._defaults = defaults
        self._rules = rules
        self._icons = icons
        by_quantity = partial(read_quantity_prices, currency=rules.currency)
        cells: dict[Column, tuple[str, Callable[[str], object]]] = {
            **CELLS,
            Column.QUANTITY_PRICES: ("quantity_prices", by_quantity),
            Column.COST: ("cost", partial(read_cost, currency=rules.currency)),
        }
        self._cells = {column: cell for column, cell in cells.items() if column in columns.single}
        self._names = {language: each for language, each in NAME_COLUMNS.items() if each in columns.single}
        self._used = (*columns.single.values(), *(index for index, _ in columns.codes))

    def read(self, line: int, cells: Sequence[str]) -> ItemRow | RefusedRow:
        """What the row says, or every reason against it."""
        if len(cells) != self._columns.width:
            facts = {"found": len(cells), "wanted": self._columns.width}
            return RefusedRow(line, shown(cells[0] if cells else ""), (RowProblem(RowFault.ROW_WIDTH, facts),))
        unreadable = next(filter(None, (text_fault(cells[index]) for index in self._used)), None)
        if unreadable is not None:
            return RefusedRow(line, self.shown_code(cells), (RowProblem(unreadable),))
        problems: list[RowProblem] = []
        row = self._read(line, cells, problems)
        return RefusedRow(line, self.shown_code(cells), tuple(problems)) if problems else row

    def torn(self, line: int, beginning: str) -> RefusedRow:
        """The refusal of text that is no row."""
        return RefusedRow(line, shown(beginning), (RowProblem(RowFault.ROW_TORN),))

    def shown_code(self, cells: Sequence[str]) -> str:
        """What a person finds the row by: its first code, else its id, else its name."""
        places = [index for index, _ in self._columns.codes]
        places += [index for index in (self._index(Column.ID), self._index(Column.NAME)) if index is not None]
        return next((shown(cells[index]) for index in places if cells[index].strip()), "")

    def _read(self, line: int, cells: Sequence[str], problems: list[RowProblem]) -> ItemRow:
        item_id = self._cell(cells, Column.ID)
        if len(item_id) > CODE_LENGTH_MAX:
            problems.append(RowProblem(RowFault.ID_TOO_LONG, {"limit": CODE_LENGTH_MAX}))
        elif not item_id.isprintable():
            problems.append(RowProblem(RowFault.CODE_UNREADABLE, {"code": shown(item_id)}))
        codes = self._codes(cells, problems)
        if not codes and not item_id and not problems:
            problems.append(RowProblem(RowFault.CODE_MISSING))
        return ItemRow(
            line=line,
            id=item_id,
            name=self._name(cells, problems),
            names=self._names_of(cells, problems),
            price=self._price(cells, problems),
            codes=codes,
            taxes=self._taxes(cells, problems),
            unit=self._unit(cells, problems),
            department=self._department(cells, problems),
            icon=self._icon(cells, problems),
            more=self._more(cells, problems),
        )

    def _index(self, column: Column) -> int | None:
        return self._columns.single.get(column)

    def _cell(self, cells: Sequence[str], column: Column) -> str:
        index = self._columns.single.get(column)
        return "" if index is None else " ".join(cells[index].split())

    def _codes(self, cells: Sequence[str], problems: list[RowProblem]) -> tuple[str, ...]:
        keys: list[str] = []
        for index, kinds in self._columns.codes:
            for code in cells[index].split("|"):
                if not (text := code.strip()):
                    continue
                key = _code_key(text, kinds)
                if isinstance(key, RowProblem):
                    problems.append(key)
                elif key not in keys:
                    keys.append(key)
        return tuple(keys)

    def _name(self, cells: Sequence[str], problems: list[RowProblem]) -> str:
        name = self._cell(cells, Column.NAME)
        if not shows(name):
            problems.append(RowProblem(RowFault.NAME_MISSING))
        elif len(name) > NAME_LENGTH_MAX:
            problems.append(RowProblem(RowFault.NAME_TOO_LONG, {"limit": NAME_LENGTH_MAX}))
        return name

    def _names_of(self, cells: Sequence[str], problems: list[RowProblem]) -> Mapping[str, str]:
        names = {language: self._cell(cells, column) for language, column in self._names.items()}
        if any(len(name) > NAME_LENGTH_MAX for name in names.values()):
            problems.append(RowProblem(RowFault.NAME_TOO_LONG, {"limit": NAME_LENGTH_MAX}))
        return {language: name for language, name in names.items() if shows(name)}

    def _price(self, cells: Sequence[str], problems: list[RowProblem]) -> int:
        text = self._cell(cells, Column.PRICE)
        if not text and self._defaults.price is not None:
            return self._defaults.price
        price = read_price(text, self._rules.currency, allow_free=self._defaults.allow_free)
        if isinstance(price, RowProblem):
            problems.append(price)
            return 0
        return price

    def _taxes(self, cells: Sequence[str], problems: list[RowProblem]) -> tuple[str, ...] | None:
        text = self._cell(cells, Column.TAX)
        if not text:
            return self._defaults.taxes
        taxes: dict[str, None] = {}
        for named in text.replace("|", " ").replace(" %", "%").split():
            tax = read_tax(named, self._rules)
            if tax is None:
                problems.append(
                    RowProblem(RowFault.TAX_UNKNOWN, {"tax": shown(named), "taxes": tax_codes(self._rules)})
                )
            else:
                taxes[tax] = None
        return tuple(taxes) or self._defaults.taxes

    def _unit(self, cells: Sequence[str], problems: list[RowProblem]) -> Unit | None:
        text = self._cell(cells, Column.UNIT)
        if not text:
            return self._defaults.unit
        unit = read_unit(text)
        if unit is None:
            problems.append(RowProblem(RowFault.UNIT_UNKNOWN, {"unit": shown(text), "units": ", ".join(Unit)}))
        return unit

    def _department(self, cells: Sequence[str], problems: list[RowProblem]) -> str | None:
        department = self._cell(cells, Column.DEPARTMENT)
        if len(department) > DEPARTMENT_LENGTH_MAX:
            problems.append(RowProblem(RowFault.DEPARTMENT_TOO_LONG, {"limit": DEPARTMENT_LENGTH_MAX}))
        return department or self._defaults.department

    def _icon(self, cells: Sequence[str], problems: list[RowProblem]) -> str | None:
        icon = self._cell(cells, Column.ICON)
        if icon and icon not in self._icons:
            problems.append(RowProblem(RowFault.ICON_UNKNOWN, {"icon": shown(icon)}))
        return icon or None

    def _more(self, cells: Sequence[str], problems: list[RowProblem]) -> Mapping[str, Any]:
        more: dict[str, Any] = {}
        for column, (name, read) in self._cells.items():
            text = self._cell(cells, column)
            if not text:
                continue
            try:
                more[name] = read(text)
            except CellUnreadable:
                problems.append(RowProblem(RowFault.CELL_UNREADABLE, {"column": column.value, "text": shown(text)}))
        return more


# What ends a line or a page, turns the direction of writing round, or was no UTF-8. Tabs and line ends become blanks.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_UNDECODED = re.compile("[\ud800-\udfff]")


def text_fault(text: str) -> RowFault | None:
    """What keeps a text from being shown and printed as it stands."""
    if text.isprintable():
        return None
    if _UNDECODED.search(text):
        return RowFault.NOT_UTF_8
    return RowFault.CONTROL_CHARACTER if _UNPRINTABLE.search(text) else None


_PRICE = re.compile(r"(-?)([0-9]+)(?:([.,])([0-9]+))?\Z")


def read_price(text: str, currency: str, *, allow_free: bool = False) -> int | RowProblem:
    """A price in minor units: digits with a point or a comma before the parts, nothing else.

    "1,234" may be a thousand or one and a part, so it is refused whatever the currency. So is a price finer than the
    currency's smallest unit: rounding it would change what was meant.
    """
    if not text:
        return RowProblem(RowFault.PRICE_MISSING)
    price = _price_or_fault(text, currency, allow_free=allow_free)
    if isinstance(price, RowFault):
        return RowProblem(price, {"price": shown(text), "currency": currency})
    return price


def read_cost(text: str, currency: str) -> int:
    """What a unit costs the shop, spelled as a price. Raises CellUnreadable."""
    cost = read_price(text, currency, allow_free=True)
    if isinstance(cost, RowProblem):
        raise CellUnreadable(text)
    return cost


def _price_or_fault(text: str, currency: str, *, allow_free: bool) -> int | RowFault:
    found = _PRICE.match(text) if len(text) <= 24 else None
    if found is None or (found[3] == "," and len(found[4]) == 3):
        return RowFault.PRICE_UNREADABLE
    sign, whole, _, parts = found.groups(default="")
    exponent = exponent_of(currency)
    if sign and (whole + parts).strip("0"):
        return RowFault.PRICE_NEGATIVE
    if len(parts) > exponent:
        return RowFault.PRICE_TOO_FINE
    minor = int(whole + parts.ljust(exponent, "0"))
    if minor > PRICE_MAX:
        return RowFault.PRICE_TOO_LARGE
    return RowFault.PRICE_ZERO if minor == 0 and not allow_free else minor


def read_tax(text: str, rules: ShopRules) -> str | None:
    """The code of a tax by its code or by its per cent ("21", "7.25%"), where one tax of the shop alone has that."""
    if rules.rate(text) is not None:
        return text
    try:
        millionths = read_percent(text.removesuffix("%").replace(",", "."))
    except AmountUnreadable:
        return None
    found = [rate.code for rate in rules.tax_rates if rate.rate_millionths == millionths]
    return found[0] if len(found) == 1 else None


def tax_codes(rules: ShopRules) -> str:
    """The shop's taxes as a sentence lists them."""
    return ", ".join(rate.code for rate in rules.tax_rates)


def _gtin(text: str) -> str:
    try:
        return gtin_key(text)
    except CodeInvalid as error:
        if error.reason == "check_digit" and _is_upc_e(text):
            raise CodeInvalid("upc_e") from error
        raise


def _is_upc_e(text: str) -> bool:
    try:
        return len(text) == 8 and bool(upc_e_key(text))
    except CodeInvalid:
        return False


def _any_code(text: str) -> str:
    """A code of the shop's own; one that is a GTIN as well takes the GTIN's key, so every spelling of it is found."""
    try:
        return gtin_key(text)
    except CodeInvalid:
        return shop_code_key(text)


_READINGS: dict[Column, Callable[[str], str]] = {
    Column.GTIN: _gtin,
    Column.UPC_E: upc_e_key,
    Column.PLU: plu_key,
    Column.CODE: _any_code,
}
_GTIN_FAULTS = {
    "not_digits": RowFault.GTIN_NOT_DIGITS,
    "length": RowFault.GTIN_LENGTH,
    "zeros": RowFault.CODE_ZEROS,
    "check_digit": RowFault.GTIN_CHECK_DIGIT,
    "upc_e": RowFault.GTIN_IS_UPC_E,
}
_FAULTS: dict[Column, dict[str, RowFault]] = {
    Column.GTIN: _GTIN_FAULTS,
    Column.UPC_E: {"length": RowFault.UPC_E_INVALID, "check_digit": RowFault.UPC_E_INVALID},
    Column.PLU: {"plu": RowFault.PLU_INVALID},
    Column.CODE: {"length": RowFault.CODE_TOO_LONG, "unreadable": RowFault.CODE_UNREADABLE},
}


def _code_key(text: str, kinds: Sequence[Column]) -> str | RowProblem:
    """The key of a code as the first kind that it is; where it is none, what the first kind says against it."""
    faults: list[RowFault] = []
    for kind in kinds:
        try:
            return _READINGS[kind](text)
        except CodeInvalid as error:
            faults.append(_FAULTS[kind][error.reason])
    return RowProblem(faults[0], {"code": shown(text)})
