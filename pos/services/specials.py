"""Today's promotions for people to read: what is new since the last shift, and which items they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from pos.domain.frozen import dataclass
from pos.domain.item import Item
from pos.domain.promotion import Bundle, Each, Promotion, Selection
from pos.domain.specials import came_at, for_everybody, on_now, on_today
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.circumstances import prepared_promotions, promotions_written
from pos.services.desk import Desk

ITEMS_MAX = 40
_ICON = "campaign"


@dataclass(frozen=True, slots=True)
class SpecialView:
    """One of today's promotions. `item` is the only one it is about, where it is about one; `was` is what the item, or
    one of each of a bundle, usually costs, in minor units.
    """

    promotion: Promotion
    new: bool
    icon: str
    item: Item | None = None
    was: int | None = None


@dataclass(frozen=True, slots=True)
class SpecialsView:
    """What is on today at `at`, on the shop's clock: what is new first, then by priority."""

    at: datetime
    specials: tuple[SpecialView, ...]


class Specials:
    """The board of specials. Reading needs nobody signed on, and writes nothing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # Who came when before today, as it was asked last.
        self._shift: tuple[tuple[object, ...], datetime | None] = ((), None)

    def today(self) -> SpecialsView:
        """What holds now or later this day. New is what came since who is signed on was last here on an earlier day,
        or since anybody was where nobody is signed on; for whoever was never here, nothing is.
        """
        at = self._at()
        since = self._last_shift(at)
        found = []
        for promotion, written in self._promotions():
            if on_today(promotion.conditions, at):
                found.append((promotion, since is not None and came_at(promotion, written) > since))
        found.sort(key=lambda each: (not each[1], each[0].rank))
        with self._desk.shop.books.reading() as work:
            firsts = [_first(work, promotion) for promotion, _ in found]
            only = [item for promotion, _ in found for part in promotion.parts if (item := _only(part))]
            known = work.items.get_many(list(dict.fromkeys([*filter(None, firsts), *only])), self._desk.now())
        views = (_view(promotion, new, first, known) for (promotion, new), first in zip(found, firsts, strict=True))
        return SpecialsView(at, tuple(views))

    def items(self, promotion_id: str) -> tuple[Item, ...]:
        """The first items a promotion is about, by their parts; none where it is about all or is not there."""
        promotion = next((each for each, _ in self._promotions() if each.id == promotion_id), None)
        if promotion is None:
            return ()
        with self._desk.shop.books.reading() as work:
            ids = [item for part in promotion.parts for item in _ids(work, part, ITEMS_MAX)]
            found = work.items.get_many(ids[:ITEMS_MAX], self._desk.now())
        return tuple(found[item] for item in dict.fromkeys(ids) if item in found)

    def tags(self, items: Iterable[Item]) -> dict[str, Promotion]:
        """By item: the first promotion that makes it cheaper now for everybody."""
        prepared, at = prepared_promotions(self._desk), self._at()
        tagged: dict[str, Promotion] = {}
        for item in items:
            for place in sorted(prepared.matching(item.id, item.department, item.family, item.flags)):
                promotion = prepared.promotions[place]
                if for_everybody(promotion) and on_now(promotion.conditions, at) and not item.not_discountable:
                    tagged.setdefault(item.id, promotion)
        return tagged

    def _at(self) -> datetime:
        return self._desk.local(self._desk.now()).replace(tzinfo=None)

    def _promotions(self) -> list[tuple[Promotion, datetime]]:
        """The promotions that are switched on, with when their versions were written."""
        prepared, written = promotions_written(self._desk)
        return [(each, self._desk.local(written[each.id]).replace(tzinfo=None)) for each in prepared.promotions]

    def _last_shift(self, at: datetime) -> datetime | None:
        """When the last shift before today began, asked once a day and person."""
        operator = None if self._desk.operator is None else self._desk.operator.id
        asked = (operator, at.date())
        if self._shift[0] != asked:
            midnight = at.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=self._desk.zone)
            with self._desk.shop.books.reading() as work:
                began = work.journal.last_sign_on(self._desk.number, midnight, operator)
            self._shift = (asked, None if began is None else self._desk.local(began).replace(tzinfo=None))
        return self._shift[1]


def _first(work: UnitOfWork, promotion: Promotion) -> str:
    """The item whose picture stands for it; empty where there is none."""
    named = (item for part in promotion.parts for item in part.items)
    return next(named, "") or next(iter(_ids(work, promotion.parts[0], 1)), "")


def _view(promotion: Promotion, new: bool, first: str, known: Mapping[str, Item]) -> SpecialView:
    only = [_only(part) for part in promotion.parts]
    icon = known[first].icon if first in known else ""
    item = known.get(only[0] or "") if len(only) == 1 else None
    was: int | None = None
    if isinstance(promotion.kind, Each):
        was = None if item is None else item.unit_price_minor
    elif isinstance(promotion.kind, Bundle) and all(each in known for each in only):
        counts = [part.count for part in promotion.kind.parts]
        was = sum(known[each or ""].unit_price_minor * count for each, count in zip(only, counts, strict=True))
    return SpecialView(promotion, new, icon or _ICON, item, was)


def _only(items: Selection) -> str | None:
    """The one item that is meant, where it is one by its number."""
    wide = items.all or items.departments or items.families or items.flags
    return items.items[0] if len(items.items) == 1 and not wide else None


def _ids(work: UnitOfWork, items: Selection, most: int) -> tuple[str, ...]:
    return () if items.all else work.promotions.ids_of(items, most)
