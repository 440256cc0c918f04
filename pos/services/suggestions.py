"""What goes with what is sold: pairs the shop keeps, one suggestion a sale at most, and what they brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from pos.domain.basket import Basket, Suggested
from pos.domain.frozen import dataclass
from pos.domain.item import Item
from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.domain.suggestion import PAIRS_MAX, SuggestionPair, Trigger, wrong_pair
from pos.persistence.suggestions import PairFigures
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record

__all__ = ["PairFigures", "PairView", "Suggestions", "advised", "found_suggestions"]


def advised(desk: Desk, basket: Basket, item: Item) -> Basket:
    """The basket with a suggestion for the item just rung up, where there is none yet and one can be made.

    Suggested is the first that the shop sells, has not sold out, and that is not in the sale already. Less than nothing
    on hand means that nobody counts it: it is suggested without a number.
    """
    if basket.suggested is not None or basket.tenders:
        return basket
    now = desk.now()
    with desk.shop.books.glancing() as work:
        pairs = work.suggestions.wanted_by(item.id, item.department, desk.local(now).date())
    sold = {line.item for line in basket.lines}
    for pair in pairs:
        told = None if pair.item in sold else _told_of(desk, pair, now)
        if told is not None:
            return replace(basket, suggested=told)
    return basket


def _told_of(desk: Desk, pair: SuggestionPair, now: datetime) -> Suggested | None:
    """What a cashier is told of the pair's item; None where it cannot be sold."""
    with desk.shop.books.reading() as work:
        suggested = work.items.get(pair.item, now)
        on_hand = work.suggestions.on_hand(pair.item)
    if suggested is None or not suggested.active or on_hand == 0:
        return None
    return Suggested(
        pair.id,
        suggested.id,
        suggested.name,
        suggested.unit_price_minor,
        pair.say,
        on_hand if on_hand and on_hand > 0 else None,
    )


def found_suggestions(work: UnitOfWork, desk: Desk, pairs: Sequence[SuggestionPair]) -> None:
    """The pairs a shop is founded with, each journalled."""
    for pair in pairs:
        kept = replace(pair, id=work.suggestions.put(replace(pair, id=0)))
        payload: dict[str, object] = {"before": None, "after": _told(kept)}
        record(work, desk, Fact(EntryKind.SUGGESTION_CHANGED, desk.now(), None, str(kept.id), payload))


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair as a list shows it: the names of what it waits for and of what it suggests."""

    pair: SuggestionPair
    wanted_name: str
    item_name: str


class Suggestions:
    """The shop's pairs. Reading them needs nobody signed on; what they brought asks for MANAGE_PROMOTIONS."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def pairs(self) -> tuple[PairView, ...]:
        """Every pair by number; an item that is gone shows its number."""
        with self._desk.shop.books.reading() as work:
            pairs = work.suggestions.all()
            ids = [pair.item for pair in pairs] + [pair.wanted for pair in pairs if pair.trigger is Trigger.ITEM]
            names = {item.id: item.name for item in work.items.get_many(ids, self._desk.now()).values()}
        return tuple(
            PairView(
                pair,
                names.get(pair.wanted, pair.wanted) if pair.trigger is Trigger.ITEM else pair.wanted,
                names.get(pair.item, pair.item),
            )
            for pair in pairs
        )

    def put(self, pair: SuggestionPair) -> SuggestionPair | Refused:
        """Keep a pair, new where its number is 0; the journal keeps what it was and is.

        Refused: NOT_SIGNED_ON, NOT_PERMITTED, SUGGESTION_INVALID (`field`), ITEM_UNKNOWN.
        """
        operator = self._desk.permit(Permission.MANAGE_PROMOTIONS)
        if isinstance(operator, Refused):
            return operator
        pair = replace(pair, wanted=pair.wanted.strip(), item=pair.item.strip(), say=pair.say.strip())
        wrong = wrong_pair(pair)
        if wrong:
            return Refused(Code.SUGGESTION_INVALID, {"field": wrong})
        with self._desk.shop.books.writing() as work:
            before = work.suggestions.get(pair.id) if pair.id else None
            wanted = [pair.item, *([pair.wanted] if pair.trigger is Trigger.ITEM else [])]
            known = work.items.get_many(wanted, self._desk.now())
            unknown = next((item for item in wanted if item not in known), None)
            if unknown is not None:
                return Refused(Code.ITEM_UNKNOWN, {"code": unknown[:40]})
            if (pair.id and before is None) or (not pair.id and len(work.suggestions.all()) >= PAIRS_MAX):
                return Refused(Code.SUGGESTION_INVALID, {"field": "id"})
            kept = replace(pair, id=work.suggestions.put(pair))
            payload: dict[str, object] = {"before": _told(before), "after": _told(kept)}
            fact = Fact(EntryKind.SUGGESTION_CHANGED, self._desk.now(), operator.id, str(kept.id), payload)
            head = record(work, self._desk, fact)
            work.commit()
        self._desk.shop.anchor(head)
        return kept

    def remove(self, pair_id: int) -> SuggestionPair | Refused:
        """Suggest it no more; what it brought stays. Refused: NOT_SIGNED_ON, NOT_PERMITTED, SUGGESTION_INVALID."""
        operator = self._desk.permit(Permission.MANAGE_PROMOTIONS)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.writing() as work:
            before = work.suggestions.get(pair_id)
            if before is None:
                return Refused(Code.SUGGESTION_INVALID, {"field": "id"})
            work.suggestions.remove(pair_id)
            payload: dict[str, object] = {"before": _told(before), "after": None}
            fact = Fact(EntryKind.SUGGESTION_CHANGED, self._desk.now(), operator.id, str(pair_id), payload)
            head = record(work, self._desk, fact)
            work.commit()
        self._desk.shop.anchor(head)
        return before

    def brought(self, first: date, last: date) -> tuple[PairFigures, ...] | Refused:
        """What the suggestions did from one business day to another, both included; removed pairs too.

        Refused: NOT_SIGNED_ON, SHUT_OUT, NOT_PERMITTED.
        """
        operator = self._desk.permit(Permission.MANAGE_PROMOTIONS)
        if isinstance(operator, Refused):
            return operator
        with self._desk.shop.books.reading() as work:
            return work.suggestions.figures(first, last)


def _told(pair: SuggestionPair | None) -> list[object] | None:
    if pair is None:
        return None
    starts, ends = ("" if day is None else day.isoformat() for day in (pair.starts, pair.ends))
    return [pair.trigger.value, pair.wanted, pair.item, pair.say, starts, ends]
