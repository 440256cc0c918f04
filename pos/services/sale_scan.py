"""The first reading of a file of sales: what has to be known of all of it before its first sale can be made.

That is the way its letters and dates are written, how many rows each sale has, which items it speaks of, and what its
cancellations will look for; and its money, counted apart from everything that is made of it later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pos.domain.item_columns import FileFault, FileRefused
from pos.domain.sale_cells import CellFault, DateSpelling, order_open, order_told
from pos.domain.sale_columns import choose_sale_columns
from pos.domain.sale_matching import Key, cancelled_key
from pos.domain.sale_rows import SaleReading, SaleRowReader
from pos.services.item_file import UTF_8, FileRow, ItemFile, lines_of_other_letters, open_item_file

# What programs of the shop's countries write that do not write UTF-8, and the letters that tell one from the other.
_CENTRAL, _WESTERN = "cp1250", "cp1252"
ENCODINGS = (UTF_8, _CENTRAL, _WESTERN)
_CENTRAL_LETTERS = frozenset(b"\xec\xe8\xf8\xf9\xef\xf2\xc8\xd8\xcc\xcf\xd2\xd9\x9d\x8d\xbe\xbc\xb3\xb9\xea\xe6\xbf")
_WESTERN_LETTERS = frozenset(b"\xe5\xc5\xa3\x80\xe0\xea\xf1\xb0\xa7\xbd")
_LINES_LOOKED_AT = 500
_DATES_KEPT = 50_000


@dataclass(slots=True)
class Scan:
    """What the first reading found. `money` is that of the rows in thousand-millionths, `unread` how many have none
    that can be read. `rows_of` counts the rows of each sale's number.
    """

    encoding: str
    order: DateSpelling | None = None
    rows: int = 0
    money: int = 0
    unread: int = 0
    sha256: str = ""
    rows_of: Counter[str] = field(default_factory=Counter)
    codes: set[str] = field(default_factory=set)
    wanted: set[Key] = field(default_factory=set)
    customers: set[str] = field(default_factory=set)


def scan_sales(
    path: Path, maps: Iterable[str], reading: SaleReading, encoding: str, step: Callable[[int], None]
) -> Scan:
    """Read all of it once. Without a named encoding a file that is no UTF-8 is read as what its letters look like.

    Raises FileRefused, KnownError FILE_UNREADABLE; whatever `step` raises, which is told how many rows were read.
    """
    if encoding and encoding not in ENCODINGS:
        raise FileRefused(FileFault.ENCODING_UNKNOWN, encoding=encoding, encodings=", ".join(ENCODINGS))
    return _Scanning(path, tuple(maps), reading, step).run(encoding or encoding_of(path))


def encoding_of(path: Path) -> str:
    """How the letters of a file are written, as far as its bytes tell. Raises as `scan_sales`."""
    odd = lines_of_other_letters(path, _LINES_LOOKED_AT)
    if not odd:
        return UTF_8
    found = Counter(letter for line in odd for letter in line)
    central = sum(found[letter] for letter in _CENTRAL_LETTERS)
    western = sum(found[letter] for letter in _WESTERN_LETTERS)
    return _CENTRAL if central > western else _WESTERN


class _Scanning:
    def __init__(self, path: Path, maps: tuple[str, ...], reading: SaleReading, step: Callable[[int], None]) -> None:
        self._path = path
        self._maps = maps
        self._reading = reading
        self._step = step
        self._dates: set[str] = set()
        self._told: set[DateSpelling] = set()
        self._open = ""

    def run(self, encoding: str) -> Scan:
        scan = Scan(encoding)
        with open_item_file(self._path, encoding) as file:
            self._read(file, scan)
            scan.sha256 = file.sha256
        if not scan.rows:
            raise FileRefused(FileFault.NO_ROWS)
        scan.order = self._order()
        return scan

    def _read(self, file: ItemFile, scan: Scan) -> None:
        reader = SaleRowReader(choose_sale_columns(file.header, self._maps), self._reading)
        for row in file.rows():
            scan.rows += 1
            if scan.rows % 1000 == 0:
                self._step(scan.rows)
            if not isinstance(row, FileRow):
                scan.unread += 1
                continue
            self._note(row.cells, reader, scan)
        self._step(scan.rows)

    def _note(self, cells: list[str], reader: SaleRowReader, scan: Scan) -> None:
        receipt = reader.receipt_of(cells)
        if receipt:
            scan.rows_of[receipt] += 1
        scan.codes.add(reader.code_of(cells))
        try:
            scan.money += reader.counted(cells)
        except CellFault:
            scan.unread += 1
        self._note_date(reader.day_text(cells))
        back = reader.key_of(cells)
        if back is not None and (key := cancelled_key(*back)) is not None:
            scan.wanted.add(key)
            scan.customers.add(back[1])

    def _note_date(self, text: str) -> None:
        if not text or text[:4].isdigit() or text in self._dates:
            return
        if len(self._dates) < _DATES_KEPT:
            self._dates.add(text)
        order = order_told(text)
        if order is not None:
            self._told.add(order)
        elif order_open(text):
            self._open = self._open or text

    def _order(self) -> DateSpelling | None:
        """Raises FileRefused where the dates contradict each other, or leave it open and nobody said it."""
        if self._reading.order is not None:
            return self._reading.order
        if len(self._told) > 1:
            raise FileRefused(FileFault.DATE_ORDERS_MIXED)
        if self._told:
            return next(iter(self._told))
        if self._open:
            raise FileRefused(FileFault.DATE_ORDER_NEEDED, date=self._open)
        return None
