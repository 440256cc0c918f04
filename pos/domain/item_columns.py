"""Which column of a file of items holds what: as somebody said, or as the header's own words suggest."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from typing import TypeVar

from pos.domain.frozen import dataclass
from pos.domain.names import StrEnum

F = TypeVar("F", bound=StrEnum)


class Column(StrEnum):
    """What a column can hold."""

    ID = "id"
    NAME = "name"
    PRICE = "price"
    GTIN = "gtin"
    UPC_E = "upc_e"
    PLU = "plu"
    CODE = "code"
    UNIT = "unit"
    TAX = "tax"
    DEPARTMENT = "department"
    ICON = "icon"
    AGE = "age"
    SERIAL = "serial"
    OPEN_PRICE = "open_price"
    FINAL_SALE = "final_sale"
    NOT_DISCOUNTABLE = "not_discountable"
    FAMILY = "family"
    VARIANT = "variant"
    FLAGS = "flags"
    MEASURE_CODE = "measure_code"
    PICTURE = "picture"
    CONTENT = "content"
    STOCK_MIN = "stock_min"
    ACTIVE = "active"
    CONTAINER = "container"
    DEPOSITS = "deposits"
    QUANTITY_PRICES = "quantity_prices"
    COST = "cost"
    NAME_EN = "name_en"
    NAME_CS = "name_cs"
    NAME_SV = "name_sv"


# What the item is called in other languages than the shop's.
NAME_COLUMNS = {"en": Column.NAME_EN, "cs": Column.NAME_CS, "sv": Column.NAME_SV}
# A cell is read as the first of these that its column was said to hold and that its text is.
CODE_COLUMNS = (Column.GTIN, Column.UPC_E, Column.PLU, Column.CODE)


class FileFault(StrEnum):
    """Why a file was not read at all."""

    NOT_A_FILE = "NOT_A_FILE"
    EMPTY = "EMPTY"
    NOT_TEXT = "NOT_TEXT"
    SPREADSHEET = "SPREADSHEET"
    UTF_16 = "UTF_16"
    PACKING_DAMAGED = "PACKING_DAMAGED"
    TOO_LARGE = "TOO_LARGE"
    TOO_MANY_ROWS = "TOO_MANY_ROWS"
    NO_ROWS = "NO_ROWS"
    HEADER_UNREADABLE = "HEADER_UNREADABLE"
    MAP_UNREADABLE = "MAP_UNREADABLE"
    FIELD_UNKNOWN = "FIELD_UNKNOWN"
    FIELD_TWICE = "FIELD_TWICE"
    COLUMN_UNKNOWN = "COLUMN_UNKNOWN"
    COLUMN_TWICE = "COLUMN_TWICE"
    NAME_COLUMN_MISSING = "NAME_COLUMN_MISSING"
    PRICE_COLUMN_MISSING = "PRICE_COLUMN_MISSING"
    CODE_COLUMN_MISSING = "CODE_COLUMN_MISSING"
    DEFAULT_PRICE_INVALID = "DEFAULT_PRICE_INVALID"
    DEFAULT_TAX_UNKNOWN = "DEFAULT_TAX_UNKNOWN"
    DEFAULT_UNIT_UNKNOWN = "DEFAULT_UNIT_UNKNOWN"
    DEFAULT_DEPARTMENT_INVALID = "DEFAULT_DEPARTMENT_INVALID"
    TAX_NEEDED = "TAX_NEEDED"
    ENCODING_UNKNOWN = "ENCODING_UNKNOWN"
    FILE_CHANGED = "FILE_CHANGED"
    RECEIPT_COLUMN_MISSING = "RECEIPT_COLUMN_MISSING"
    DATE_COLUMN_MISSING = "DATE_COLUMN_MISSING"
    QUANTITY_COLUMN_MISSING = "QUANTITY_COLUMN_MISSING"
    ITEM_COLUMN_MISSING = "ITEM_COLUMN_MISSING"
    AMOUNT_COLUMN_MISSING = "AMOUNT_COLUMN_MISSING"
    DATE_ORDER_NEEDED = "DATE_ORDER_NEEDED"
    DATE_ORDERS_MIXED = "DATE_ORDERS_MIXED"


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file that was not read, and the values its sentence needs. Nothing of it was taken."""

    fault: FileFault
    facts: Mapping[str, str] = field(default_factory=dict)


class FileRefused(Exception):
    """The file cannot be read as a list of items; `problem` says why."""

    def __init__(self, fault: FileFault, **facts: str) -> None:
        super().__init__(fault)
        self.problem = FileProblem(fault, facts)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row everything stands, counted from 0; `codes` in the order of the file, with what each may hold."""

    width: int
    single: Mapping[Column, int]
    codes: tuple[tuple[int, tuple[Column, ...]], ...]


# What headers are called in English, Czech and Swedish, the surest word first. Compared without accents and blanks.
_WORDS: dict[Column, tuple[str, ...]] = {
    Column.ID: ("id", "item id", "id zboží", "artikel id"),
    Column.NAME: (
        *("name", "item name", "description", "item description", "item", "title"),
        *("název", "název zboží", "popis", "zboží"),
        *("namn", "benämning", "artikelnamn", "artikel", "beskrivning"),
    ),
    Column.PRICE: (
        *("price", "unit price", "retail price", "selling price", "sale price"),
        *("cena", "prodejní cena", "jednotková cena", "cena za kus"),
        *("pris", "försäljningspris", "styckpris", "utpris"),
    ),
    Column.GTIN: (
        *("gtin", "ean", "ean code", "ean 13", "upc", "upc a", "barcode", "bar code"),
        *("čárový kód", "ean kód", "streckkod"),
    ),
    Column.UPC_E: ("upc e", "upce"),
    Column.PLU: ("plu", "plu code", "plu kod"),
    Column.CODE: (
        *("code", "item code", "stock code", "sku", "item number", "article number"),
        *("kod", "kód zboží", "číslo zboží", "artikelnummer", "artikelnr", "art nr", "artnr", "varunummer"),
    ),
    Column.UNIT: ("unit", "uom", "unit of measure", "jednotka", "mj", "měrná jednotka", "enhet"),
    Column.TAX: ("tax", "tax code", "vat", "vat code", "daň", "dph", "sazba dph", "moms", "momssats", "momskod"),
    Column.DEPARTMENT: (
        *("department", "category", "group", "oddělení", "skupina", "kategorie"),
        *("avdelning", "varugrupp", "kategori"),
    ),
    Column.ICON: ("icon", "ikona", "ikon"),
    Column.AGE: ("age", "minimum age", "věk", "ålder", "åldersgräns"),
    Column.SERIAL: ("serial", "serial number", "sériové číslo", "serienummer"),
    Column.OPEN_PRICE: ("open price", "volná cena", "öppet pris"),
    Column.FINAL_SALE: ("final sale", "bez vrácení", "ej retur"),
    Column.NOT_DISCOUNTABLE: ("not discountable", "no discount", "bez slevy", "ej rabatt"),
    Column.FAMILY: ("family", "model", "řada", "familj"),
    Column.VARIANT: ("variant", "size", "varianta", "velikost", "storlek"),
    Column.FLAGS: ("flags", "příznaky", "flaggor"),
    Column.MEASURE_CODE: ("measure code", "weight code", "váhový kód", "viktkod"),
    Column.PICTURE: ("picture", "image", "obrázek", "bild"),
    Column.CONTENT: ("content", "package size", "obsah", "innehåll"),
    Column.STOCK_MIN: ("stock min", "minimum stock", "reorder point", "minimální zásoba", "minsta lager"),
    Column.ACTIVE: ("active", "aktivní", "aktiv"),
    Column.CONTAINER: ("container", "returnable", "vratný obal", "returförpackning"),
    Column.DEPOSITS: ("deposits", "deposit", "bottle deposit", "zálohy", "záloha", "pant"),
    Column.QUANTITY_PRICES: ("quantity prices", "price breaks", "množstevní ceny", "mängdpriser"),
    Column.COST: ("cost", "unit cost", "cost price", "purchase price", "nákupní cena", "inköpspris"),
    Column.NAME_EN: ("name en", "english name", "name in english", "název anglicky", "anglický název", "engelskt namn"),
    Column.NAME_CS: ("name cs", "czech name", "name in czech", "název česky", "český název", "tjeckiskt namn"),
    Column.NAME_SV: ("name sv", "swedish name", "name in swedish", "název švédsky", "švédský název", "svenskt namn"),
}


def choose_columns(header: Sequence[str], maps: Sequence[str], *, price_needed: bool) -> Columns:
    """Where everything stands: `maps` ("name=Description") as said, what they leave open by the header's words.

    A column of codes may be mapped to several kinds of code, and several columns to one kind. "tax=" says that no
    column holds the tax. Raises FileRefused.
    """
    names = heading_names(header)
    chosen = chosen_columns(names, maps, Column, _WORDS, CODE_COLUMNS)
    single = {column: indexes[0] for column, indexes in chosen.items() if column not in CODE_COLUMNS}
    codes = _code_columns(chosen)
    for missing, fault in (
        (Column.NAME not in single, FileFault.NAME_COLUMN_MISSING),
        (Column.PRICE not in single and price_needed, FileFault.PRICE_COLUMN_MISSING),
        (not codes and Column.ID not in single, FileFault.CODE_COLUMN_MISSING),
    ):
        if missing:
            raise FileRefused(fault, columns=listed(names))
    return Columns(len(names), single, codes)


def guess_columns(header: Sequence[str], maps: Sequence[str]) -> dict[Column, tuple[int, ...]]:
    """What each field would be read from, as far as `maps` and the headings say it; never refuses."""
    return guessed_columns(header, maps, Column, _WORDS, CODE_COLUMNS)


# --- The same for files of anything: a field is a member of an enumeration, its words are what headings call it -------


def heading_names(header: Sequence[str]) -> list[str]:
    """The headings without blanks around and twice within."""
    return [" ".join(name.split()) for name in header]


def chosen_columns(
    names: Sequence[str],
    maps: Sequence[str],
    fields: type[F],
    words: Mapping[F, tuple[str, ...]],
    several: Collection[F] = (),
) -> dict[F, list[int]]:
    """By field where it stands; only those of `several` may stand in more than one column. Raises FileRefused."""
    said = _read_maps(names, maps, fields, several)
    taken = {index for indexes in said.values() for index in indexes}
    guessed = {
        column: _guess(names, words[column], taken, several=column in several)
        for column in fields
        if column not in said
    }
    return {column: indexes for column, indexes in {**said, **guessed}.items() if indexes}


def guessed_columns(
    header: Sequence[str],
    maps: Sequence[str],
    fields: type[F],
    words: Mapping[F, tuple[str, ...]],
    several: Collection[F] = (),
) -> dict[F, tuple[int, ...]]:
    """As `chosen_columns`, but what cannot be read or is named twice is left out."""
    names = heading_names(header)
    said: dict[F, list[int]] = {}
    for text in maps:
        try:
            said.update(_read_maps(names, [text], fields, several))
        except FileRefused:
            continue
    taken = {index for indexes in said.values() for index in indexes}
    found: dict[F, tuple[int, ...]] = {}
    for column in fields:
        try:
            known = column in said
            indexes = said[column] if known else _guess(names, words[column], taken, several=column in several)
        except FileRefused:
            continue
        if indexes:
            found[column] = tuple(indexes)
    return found


def _read_maps(
    names: Sequence[str], maps: Sequence[str], fields: type[F], several: Collection[F]
) -> dict[F, list[int]]:
    said: dict[F, list[int]] = {}
    for text in maps:
        field_name, equals, column_name = (part.strip() for part in text.partition("="))
        if not equals:
            raise FileRefused(FileFault.MAP_UNREADABLE, map=text)
        if field_name not in {each.value for each in fields}:
            raise FileRefused(FileFault.FIELD_UNKNOWN, field=field_name, fields=", ".join(fields))
        column = fields(field_name)
        if column in said and column not in several:
            raise FileRefused(FileFault.FIELD_TWICE, field=field_name)
        indexes = said.setdefault(column, [])
        if column_name:
            indexes.append(_find(names, column_name))
    return said


def _find(names: Sequence[str], wanted: str) -> int:
    """Where the heading stands, as it is in the file or as a window showed it."""
    said = " ".join(wanted.split())
    exact = [index for index, name in enumerate(names) if said in {name, shown(name)}]
    near = exact or [index for index, name in enumerate(names) if _plain(name) == _plain(wanted)]
    if not near:
        raise FileRefused(FileFault.COLUMN_UNKNOWN, column=wanted, columns=listed(names))
    if len(near) > 1:
        raise FileRefused(FileFault.COLUMN_TWICE, column=wanted)
    return near[0]


def _guess(names: Sequence[str], words: Sequence[str], taken: set[int], *, several: bool) -> list[int]:
    """The columns whose heading is one of the words; the surest alone where there can be one only."""
    plain = [_plain(name) for name in names]
    found: list[int] = []
    for word in words:
        same = [index for index in range(len(names)) if index not in taken and plain[index] == _plain(word)]
        if len(same) > 1:
            raise FileRefused(FileFault.COLUMN_TWICE, column=shown(names[same[0]]))
        found += [index for index in same if index not in found]
    return found if several else found[:1]


def _code_columns(chosen: Mapping[Column, list[int]]) -> tuple[tuple[int, tuple[Column, ...]], ...]:
    kinds: dict[int, list[Column]] = {}
    for column in CODE_COLUMNS:
        for index in chosen.get(column, ()):
            if column not in kinds.setdefault(index, []):
                kinds[index].append(column)
    return tuple((index, tuple(kinds[index])) for index in sorted(kinds))


def _plain(name: str) -> str:
    """A heading in small letters without accents, blanks and signs: "Čárový_kód" and "carovy kod" are one."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name.casefold()) if letter.isalnum())


def listed(names: Sequence[str]) -> str:
    """The headings as a sentence shows them: no more than a person reads."""
    some = [shown(name) for name in names[:20]]
    return ", ".join([*some, "…"] if len(names) > 20 else some)


def shown(text: str, length_max: int = 40) -> str:
    """As much of a text from a file as a sentence shows, and nothing of it that a terminal would obey."""
    return "".join(letter if letter.isprintable() else "�" for letter in " ".join(text.split())[:length_max])
