"""Where the palette looks further while somebody types: the shop's items, its customers, its receipts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from pos.domain.money import Money
from pos.domain.purchase import Purchase
from pos.domain.refusal import Refused
from pos.domain.transaction import Transaction
from pos.ui.palette.entries import Entry, Group
from pos.wording import Wording
from pos.workstation import Workstation

_FOUND_MAX = 6
# One letter fits half the customers.
_NAME_MIN = 2


def items_found(workstation: Workstation, words: Wording, query: str, run: Callable[[str], None]) -> list[Entry]:
    """The first items that fit what was typed, as the search finds them."""
    found = workstation.catalogue.search(
        query, decimal_sign=words.decimal_sign, limit=_FOUND_MAX, language=words.language
    )
    return [
        Entry(
            Group.ITEMS,
            item.name_in(words.language),
            partial(run, item.id),
            icon=item.icon or "inventory_2",
            detail=" · ".join(filter(None, (words.money(item.price), item.department, item.code))),
        )
        for item in found
    ]


def customers_found(workstation: Workstation, words: Wording, query: str, run: Callable[[str], None]) -> list[Entry]:
    """Customers by name, phone, e-mail, card or number; none for who may not see customers."""
    if len(query) < _NAME_MIN:
        return []
    found = workstation.customers.search(query, _FOUND_MAX)
    if isinstance(found, Refused):
        return []
    return [
        Entry(
            Group.PEOPLE,
            customer.name,
            partial(run, customer.id),
            icon="person",
            detail=" · ".join(filter(None, (words.say("Customer"), customer.phone, customer.tier))),
        )
        for customer in found
    ]


def receipts_found(workstation: Workstation, words: Wording, query: str, run: Callable[[str], None]) -> list[Entry]:
    """The day's receipts whose number or amount begins with what was typed, and one of any day by its whole number.

    None for who may not see them.
    """
    if not any(sign.isdigit() for sign in query):
        return []
    page = workstation.lookup.page(typed=query, limit=_FOUND_MAX)
    if isinstance(page, Refused):
        return []
    entries = [
        _receipt(
            str(view.receipt),
            (words.money(Money(view.paid, view.currency)), words.time(view.at), view.operator_name),
            run,
        )
        for view in page.receipts
    ]
    if entries:
        return entries
    sale: Transaction | Purchase | Refused | None = workstation.lookup.find(query)
    if isinstance(sale, Refused):
        sale = workstation.lookup.find_imported(query)
    if sale is None or isinstance(sale, Refused):
        return []
    day = sale.day if isinstance(sale, Purchase) else sale.business_day
    return [_receipt(str(sale.receipt), (words.money(Money(sale.total, sale.currency)), words.day(day)), run)]


def _receipt(number: str, said: Sequence[str], run: Callable[[str], None]) -> Entry:
    return Entry(
        Group.RECEIPTS, number, partial(run, number), icon="receipt_long", detail=" · ".join(filter(None, said))
    )
