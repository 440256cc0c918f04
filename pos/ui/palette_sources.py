"""Where the palette looks further while somebody types: the shop's items, the receipts of the day."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pos.domain.money import Money
from pos.domain.refusal import Refused
from pos.ui.palette.entries import Entry, Group
from pos.wording import Wording
from pos.workstation import Workstation

_FOUND_MAX = 6


def items_found(workstation: Workstation, words: Wording, query: str, run: Callable[[str], None]) -> list[Entry]:
    """The first items that fit what was typed, as the search finds them."""
    found = workstation.catalogue.search(query, decimal_sign=words.decimal_sign, limit=_FOUND_MAX)
    return [
        Entry(
            Group.ITEMS,
            item.name,
            partial(run, item.id),
            icon=item.icon or "inventory_2",
            detail=" · ".join(filter(None, (words.money(item.price), item.department, item.code))),
        )
        for item in found
    ]


def receipts_found(workstation: Workstation, words: Wording, query: str, run: Callable[[str], None]) -> list[Entry]:
    """The day's receipts whose number or amount begins with what was typed; none for who may not see receipts."""
    if not any(sign.isdigit() for sign in query):
        return []
    page = workstation.lookup.page(typed=query, limit=_FOUND_MAX)
    if isinstance(page, Refused):
        return []
    return [
        Entry(
            Group.RECEIPTS,
            str(view.receipt),
            partial(run, str(view.receipt)),
            icon="receipt_long",
            detail=" · ".join((words.money(Money(view.paid, view.currency)), words.time(view.at), view.operator_name)),
        )
        for view in page.receipts
    ]
