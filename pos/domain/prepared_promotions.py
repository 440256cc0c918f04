"""A shop's promotions by what they select, made once and asked at every scan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from pos.domain.frozen import dataclass
from pos.domain.promotion import Promotion, Selection

_Match = tuple[int, int, Selection | None]
"""The place of a promotion, which of its parts, and what it selects where that leaves something out again."""


@dataclass(frozen=True, slots=True)
class PreparedPromotions:
    """A shop's promotions by what they select, made once and asked at every scan."""

    promotions: tuple[Promotion, ...] = ()
    stages: tuple[int, ...] = ()
    by_item: Mapping[str, tuple[_Match, ...]] = field(default_factory=dict)
    by_department: Mapping[str, tuple[_Match, ...]] = field(default_factory=dict)
    by_family: Mapping[str, tuple[_Match, ...]] = field(default_factory=dict)
    by_flag: Mapping[str, tuple[_Match, ...]] = field(default_factory=dict)
    by_all: tuple[_Match, ...] = ()

    @classmethod
    def of(cls, promotions: Iterable[Promotion]) -> PreparedPromotions:
        """Those that are switched on, in the order of their stages; `stages` says of each in which it takes part."""
        active = [promotion for promotion in promotions if promotion.active]
        highest: dict[tuple[str, str], int] = {}
        for promotion in active:
            key = _stage(promotion)
            highest[key] = max(promotion.priority, highest.get(key, promotion.priority))
        order = {key: place for place, key in enumerate(sorted(highest, key=lambda key: (-highest[key], key)))}
        active.sort(key=lambda promotion: (order[_stage(promotion)], promotion.rank))
        indexes: tuple[dict[str, list[_Match]], ...] = ({}, {}, {}, {}, {})
        for place, promotion in enumerate(active):
            for part, items in enumerate(promotion.parts):
                named = (items.items, items.departments, items.families, items.flags, ("",) if items.all else ())
                for index, words in zip(indexes, named, strict=True):
                    for word in words:
                        index.setdefault(word, []).append((place, part, items if items.excludes else None))
        frozen = [{word: tuple(matches) for word, matches in index.items()} for index in indexes]
        stages = tuple(order[_stage(promotion)] for promotion in active)
        item, department, family, flag, everything = frozen
        return cls(tuple(active), stages, item, department, family, flag, everything.get("", ()))

    def may_select(self, item: str, department: str, family: str, flags: tuple[str, ...]) -> bool:
        """Whether a promotion names the item at all, though it may still leave it out: most items none does."""
        return bool(
            self.by_all
            or item in self.by_item
            or department in self.by_department
            or (family and family in self.by_family)
            or (flags and not self.by_flag.keys().isdisjoint(flags))
        )

    def matching(self, item: str, department: str, family: str, flags: tuple[str, ...]) -> dict[int, int]:
        """Which promotions select the item, by their place here, and with which of their parts."""
        found: dict[int, int] = {}
        matches = [self.by_all, self.by_item.get(item, ()), self.by_department.get(department, ())]
        matches.append(self.by_family.get(family, ()) if family else ())
        matches.extend(self.by_flag.get(flag, ()) for flag in flags)
        for several in matches:
            for place, part, items in several:
                if items is not None and items.leaves_out(item, department, family, flags):
                    continue
                if part < found.get(place, part + 1):
                    found[place] = part
        return found

    def with_coupon(self, code: str) -> tuple[Promotion, ...]:
        """The promotions a coupon's code, as `coupon_key` spells it, belongs to."""
        coupons = ((promotion, promotion.conditions.coupon) for promotion in self.promotions)
        return tuple(promotion for promotion, coupon in coupons if coupon is not None and coupon.takes(code))


NO_PROMOTIONS = PreparedPromotions()


def _stage(promotion: Promotion) -> tuple[str, str]:
    """What excludes each other: the group by its name, or the promotion alone."""
    return ("", promotion.id) if promotion.combinable else (f"group {promotion.group}", "")
