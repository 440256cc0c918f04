"""Find items by whatever a cashier can say of them: words, a code's digits, a price, a department."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from pos.domain import search_query as late_search_query
from pos.domain.frozen import dataclass
from pos.domain.identifiers import lookup_keys
from pos.domain.item import name_in
from pos.domain.money import Money, Unit
from pos.domain.search_text import CORRECTED_LENGTH_MIN, code_ending
from pos.persistence.item_terms import names_text, read_names
from pos.persistence.search import Alternatives, FoundRow, Position, Search
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk
from pos.services.item_pictures import picture_path

FOUND_MAX = 20
_UNITS = {unit.value: unit for unit in Unit}
# Zeros that fill the key of a GTIN-13, a UPC-A and a GTIN-8 up to 14 digits.
_FILLINGS = ("", "0", "00", "000000")


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item that was found: its price now for one `unit`, and one of its codes, empty where it has none."""

    id: str
    name: str
    department: str
    code: str
    price: Money
    unit: Unit
    icon: str
    # The path of its picture file; empty where it has none.
    picture: str = ""
    # In other languages than the shop's, as (language, name).
    names: tuple[tuple[str, str], ...] = ()

    def name_in(self, language: str) -> str:
        """Its name for a screen in this language: the shop's own where it has none."""
        return name_in(self.names, language, self.name)


def search_items(
    desk: Desk,
    text: str,
    *,
    department: str = "",
    decimal_sign: str = ".",
    limit: int = FOUND_MAX,
    language: str = "",
) -> tuple[FoundItem, ...]:
    """The first items that fit, the likeliest kind first: the code itself, names that begin so, names with the words.

    Beginnings of words in any order; where nothing has them, the middle of words; where nothing has that, one typing
    mistake a word. `department` narrows to one; with no text it lists the first of it. Nothing asked finds nothing.
    Names are the shop's own and, where a `language` is said, those in it.
    """
    query = late_search_query.read_query(text, decimal_sign=decimal_sign, currency=desk.rules.currency)
    with desk.shop.books.reading() as work:
        rows = _Finding(work, desk.now(), department, limit, language).find(query)
    return _found(rows, desk)


@dataclass(frozen=True, slots=True)
class ItemPage:
    """A part of the list of items; `more` is where the next one begins, None where there is none."""

    items: tuple[FoundItem, ...]
    more: Position | None


def list_items(
    desk: Desk, *, after: Position | None = None, department: str = "", sold: bool = True, limit: int = 100
) -> ItemPage:
    """The items on sale by department and name, or those no longer sold; `after` is where the part before ended."""
    with desk.shop.books.reading() as work:
        rows, more = work.search.page(after, limit, department=department, sold=sold)
        rows = [work.search.priced(row, desk.now()) for row in rows]
    return ItemPage(_found(rows, desk), more)


def _found(rows: Iterable[FoundRow], desk: Desk) -> tuple[FoundItem, ...]:
    currency = desk.rules.currency
    return tuple(
        FoundItem(
            row.id,
            row.name,
            row.department,
            row.code,
            Money(row.unit_price, currency),
            _UNITS[row.unit],
            row.icon,
            picture_path(desk, row.picture),
            read_names(row.names),
        )
        for row in rows
    )


def rebuild_search(desk: Desk) -> int:
    """Make the search anew from the catalogue, in one step; answers with how many items it holds.

    It changes nothing of what the shop knows, only how fast that is found, so nobody has to be signed on.
    """
    with desk.shop.books.writing() as work:
        items = work.search.rebuild()
        work.commit()
    return items


class _Finding:
    """One search on its way: kinds of answers one after the other, until there are enough."""

    def __init__(self, work: UnitOfWork, now: datetime, department: str, limit: int, language: str) -> None:
        self._work = work
        self._now = now
        self._search: Search = work.search
        self._department = department
        self._limit = limit
        self._language = language
        self._rows: dict[str, FoundRow] = {}

    def find(self, query: late_search_query.SearchQuery) -> list[FoundRow]:
        if not query.words and query.prices is None:
            # Signs alone say nothing; a department without a text is looked through.
            if self._department and not query.code:
                self._take(self._search.in_department(self._department, self._limit))
        else:
            for look in self._looks(query):
                look()
                if len(self._rows) >= self._limit:
                    break
            if not self._rows and query.words and query.prices is None:
                self._guess(query.words)
        return [self._search.priced(row, self._now) for row in list(self._rows.values())[: self._limit]]

    def _looks(self, query: late_search_query.SearchQuery) -> Iterable[Callable[[], None]]:
        if query.code:
            yield lambda: self._exact_code(query.code)
        if query.prices_only:
            yield lambda: self._prices(query)
        if query.code and any(sign.isdecimal() for sign in query.code):
            yield lambda: self._code_beginning(query.code)
        if query.words and not query.priced:
            plain = [(word, ()) for word in query.words]
            yield lambda: self._words(plain, leading=True)
            yield lambda: self._words(plain)
        if query.prices is not None and not query.prices_only:
            yield lambda: self._prices(query)
        if query.code.isdecimal():
            yield lambda: self._code_ending(query.code)

    def _take(self, rows: Iterable[FoundRow]) -> None:
        for row in rows:
            self._rows.setdefault(row.id, row)

    def _exact_code(self, code: str) -> None:
        item = self._work.items.find_by_code(lookup_keys(code), self._now)
        if item is not None and item.active and self._department in ("", item.department):
            price = item.unit_price_minor
            shown = (item.icon, item.picture)
            row = FoundRow(item.id, item.name, item.department, item.unit.value, price, *shown, "", "", item.codes[0])
            row = row._replace(names=names_text(item.names))
            self._take([row])

    def _code_beginning(self, code: str) -> None:
        beginnings = [filling + code for filling in _FILLINGS] if code.isdecimal() else [code]
        self._take(self._search.by_code(beginnings, self._limit, department=self._department))

    def _code_ending(self, code: str) -> None:
        self._take(self._search.by_code_ending(code_ending(code), self._limit, department=self._department))

    def _words(self, words: Iterable[Alternatives], *, leading: bool = False) -> None:
        self._take(self._by_words(list(words), leading=leading))

    def _by_words(
        self, words: Sequence[Alternatives], *, leading: bool = False, prices: late_search_query.Prices | None = None
    ) -> list[FoundRow]:
        return self._search.by_words(
            words,
            self._limit,
            department=self._department,
            prices=prices,
            leading=leading,
            language=self._language,
        )

    def _prices(self, query: late_search_query.SearchQuery) -> None:
        assert query.prices is not None
        if not query.other_words:
            self._take(self._search.by_price(query.prices, self._limit, department=self._department))
            return
        words: list[Alternatives] = [(word, ()) for word in query.other_words]
        self._take(self._by_words(words, prices=query.prices))

    def _guess(self, words: Iterable[str]) -> None:
        """Nothing has these words: look for them inside words, then for words they may be meant for."""
        inside, near = late_search_query.CODE_LENGTH_MIN, CORRECTED_LENGTH_MIN
        guesses = ((self._search.words_with, inside), (self._search.words_near, near))
        for others, length_min in guesses:
            guessed = [
                (word, others(word) if len(word) >= length_min and not word.isdecimal() else ()) for word in words
            ]
            if any(meant for _, meant in guessed):
                self._words(guessed)
            if self._rows:
                return
