"""Pairs of items that go together, and the suggestions made under the sales they were made in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Connection

from pos.domain.frozen import dataclass
from pos.domain.suggestion import Outcome, SuggestionPair, Trigger
from pos.domain.transaction import JournalHead
from pos.persistence.prepared import Prepared
from pos.persistence.tables import journal_entry, retail_transaction, sale_line, stock
from pos.persistence.tables_suggestions import suggestion_made, suggestion_pair

_SELLABLE: ColumnElement[str] = literal_column("'sellable'")
_TODAY: BindParameter[str] = bindparam("today")
# A scan waits for it: where the first few cannot be sold, nothing is suggested.
_TRIED_MAX = 4
# One kind at a time, as the index has them: asked for both at once, SQLite sorts, for eight times as long.
_FOR = Prepared(
    select(suggestion_pair)
    .where(
        suggestion_pair.c.trigger_kind == bindparam("kind"),
        suggestion_pair.c.wanted == bindparam("wanted"),
        suggestion_pair.c.starts <= _TODAY,
        or_(suggestion_pair.c.ends == literal_column("''"), suggestion_pair.c.ends >= _TODAY),
    )
    .order_by(suggestion_pair.c.id)
    # Written and not bound: SQLite would spell out the statement anew at each value of a limit.
    .limit(literal_column(str(_TRIED_MAX)))
    .offset(literal_column("0"))
)
_ON_HAND = Prepared(select(stock.c.on_hand).where(stock.c.item == bindparam("item"), stock.c.disposition == _SELLABLE))
_MADE = Prepared(insert(suggestion_made))


@dataclass(frozen=True, slots=True)
class PairFigures:
    """What a pair did: how often it was accepted, declined or only shown, and what the items sold came to in minor
    units, discounts taken off.
    """

    pair: int
    item: str
    accepted: int
    declined: int
    shown: int
    brought: int


class Suggestions:
    """The pairs of one shop, and what they did."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def wanted_by(self, item: str, department: str, today: date) -> tuple[SuggestionPair, ...]:
        """The first pairs that hold today: what was said of the item itself goes before that of its department."""
        found: list[SuggestionPair] = []
        for kind, wanted in ((Trigger.ITEM, item), (Trigger.DEPARTMENT, department)):
            values = {"kind": kind.value, "wanted": wanted, "today": today.isoformat()}
            found += map(_read, _FOR.rows(self._connection, values))
        return tuple(found[:_TRIED_MAX])

    def on_hand(self, item: str) -> int | None:
        """What lies there of an item, in thousandths; None where none ever moved."""
        row = _ON_HAND.first(self._connection, {"item": item})
        return None if row is None else int(row.on_hand)

    def all(self) -> tuple[SuggestionPair, ...]:
        rows = self._connection.execute(select(suggestion_pair).order_by(suggestion_pair.c.id))
        return tuple(_read(row) for row in rows)

    def get(self, pair: int) -> SuggestionPair | None:
        row = self._connection.execute(select(suggestion_pair).where(suggestion_pair.c.id == pair)).first()
        return None if row is None else _read(row)

    def put(self, pair: SuggestionPair) -> int:
        """Keep a pair; 0 gets the next number, which no pair ever had. Answers its number."""
        values = _row(pair)
        if pair.id:
            self._connection.execute(update(suggestion_pair).where(suggestion_pair.c.id == pair.id).values(values))
            return pair.id
        highest = select(func.coalesce(func.max(suggestion_pair.c.id), 0)).scalar_subquery()
        used = select(func.coalesce(func.max(suggestion_made.c.pair), 0)).scalar_subquery()
        number = int(self._connection.execute(select(func.max(highest, used))).scalar_one()) + 1
        self._connection.execute(insert(suggestion_pair).values(id=number, **values))
        return number

    def remove(self, pair: int) -> None:
        self._connection.execute(delete(suggestion_pair).where(suggestion_pair.c.id == pair))

    def made(self, head: JournalHead, pair: int, item: str, outcome: Outcome) -> None:
        """What became of a suggestion, under the journal entry of its sale."""
        row = {"workstation": head.workstation, "sequence": head.sequence, "pair": pair, "item": item}
        _MADE.run(self._connection, {**row, "outcome": outcome.value})

    def figures(self, first: date, last: date) -> tuple[PairFigures, ...]:
        """What the pairs did from one business day to another, both included, by pair."""
        sold = (
            select(sale_line.c.transaction_id, sale_line.c.item, func.sum(sale_line.c.total).label("total"))
            .group_by(sale_line.c.transaction_id, sale_line.c.item)
            .subquery()
        )
        counted = [
            func.sum(case((suggestion_made.c.outcome == one.value, 1), else_=0)).label(one.value) for one in Outcome
        ]
        accepted = suggestion_made.c.outcome == Outcome.ACCEPTED.value
        rows: Sequence[Any] = self._connection.execute(
            select(
                suggestion_made.c.pair,
                suggestion_made.c.item,
                *counted,
                func.sum(case((accepted, func.coalesce(sold.c.total, 0)), else_=0)).label("brought"),
            )
            .join(
                journal_entry,
                and_(
                    journal_entry.c.workstation == suggestion_made.c.workstation,
                    journal_entry.c.sequence == suggestion_made.c.sequence,
                ),
            )
            .join(retail_transaction, retail_transaction.c.id == journal_entry.c.subject)
            .outerjoin(
                sold,
                and_(sold.c.transaction_id == retail_transaction.c.id, sold.c.item == suggestion_made.c.item),
            )
            .where(retail_transaction.c.business_day.between(first.isoformat(), last.isoformat()))
            .group_by(suggestion_made.c.pair, suggestion_made.c.item)
            .order_by(suggestion_made.c.pair, suggestion_made.c.item)
        ).all()
        return tuple(
            PairFigures(row.pair, row.item, row.accepted, row.declined, row.shown, row.brought) for row in rows
        )


def _row(pair: SuggestionPair) -> dict[str, object]:
    return {
        "trigger_kind": pair.trigger.value,
        "wanted": pair.wanted,
        "item": pair.item,
        "say": pair.say,
        "starts": "" if pair.starts is None else pair.starts.isoformat(),
        "ends": "" if pair.ends is None else pair.ends.isoformat(),
    }


def _read(row: Any) -> SuggestionPair:
    return SuggestionPair(
        row.id,
        Trigger(row.trigger_kind),
        row.wanted,
        row.item,
        row.say,
        date.fromisoformat(row.starts) if row.starts else None,
        date.fromisoformat(row.ends) if row.ends else None,
    )
