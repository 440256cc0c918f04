"""Quick keys: the shop's own pages, or pages that follow from what sells and from the departments."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.frozen import dataclass
from pos.domain.item import Item
from pos.domain.journal import EntryKind
from pos.domain.quick_keys import KEYS_MAX, PAGES_MAX, KeyKind, KeyPage, QuickKey, wrong_key
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record


@dataclass(frozen=True, slots=True)
class QuickKeysView:
    """The pages in order. `own`: the shop arranged them. A page without a name is that of what sells best."""

    pages: tuple[KeyPage, ...]
    own: bool


class QuickKeys:
    """Reading needs nobody signed on."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def view(self) -> QuickKeysView:
        """What stands on the keys now."""
        with self._desk.shop.books.reading() as work:
            own = work.quick_keys.pages()
            return QuickKeysView(own or _derived(work), bool(own))

    def items(self, wanted: Sequence[str]) -> dict[str, Item]:
        """Those of these items that the catalogue has, by id: what stands on keys, page by page as they are shown."""
        with self._desk.shop.books.reading() as work:
            return work.items.get_many(wanted, self._desk.now())

    def arrange(self, pages: Sequence[KeyPage]) -> QuickKeysView | Refused:
        """Put the shop's own pages in place; without any, they follow from what sells again. The journal keeps both.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, KEYS_INVALID.
        """
        operator = self._desk.permit(Permission.MANAGE_ITEMS)
        if isinstance(operator, Refused):
            return operator
        chosen = tuple(pages)
        wrong = wrong_key(chosen)
        if wrong is not None:
            return Refused(Code.KEYS_INVALID, {"key": wrong})
        targets = [key.target for page in chosen for key in page.keys if key.kind is KeyKind.ITEM]
        with self._desk.shop.books.writing() as work:
            known = work.items.get_many(targets, self._desk.now())
            unknown = next((target for target in targets if target not in known), None)
            if unknown is not None:
                return Refused(Code.KEYS_INVALID, {"key": unknown[:40]})
            payload: dict[str, object] = {"before": _told(work.quick_keys.pages()), "after": _told(chosen)}
            work.quick_keys.put(chosen)
            record(work, self._desk, Fact(EntryKind.QUICK_KEYS_CHANGED, self._desk.now(), operator.id, None, payload))
            work.commit()
        return self.view()


def _derived(work: UnitOfWork) -> tuple[KeyPage, ...]:
    """What sells best, filled up with what has an icon; then a page for each department that has such items."""
    ids = list(work.quick_keys.best_selling(KEYS_MAX))
    ids += [item_id for item_id in work.quick_keys.with_icon(KEYS_MAX) if item_id not in ids]
    pages = [_page("", ids[:KEYS_MAX])]
    for department in work.search.departments():
        of_department = work.quick_keys.of_department(department, KEYS_MAX)
        if department and of_department and len(pages) < PAGES_MAX:
            pages.append(_page(department, of_department))
    return tuple(page for page in pages if page.keys)


def _page(name: str, ids: Sequence[str]) -> KeyPage:
    return KeyPage(name, tuple(QuickKey(place, KeyKind.ITEM, item) for place, item in enumerate(ids, start=1)))


def _told(pages: Sequence[KeyPage]) -> list[object]:
    return [
        [page.name, [[key.position, key.kind.value, key.target, key.label, key.colour, key.icon] for key in page.keys]]
        for page in pages
    ]
