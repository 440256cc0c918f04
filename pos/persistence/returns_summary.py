"""Returns of a stretch of days, counted and summed by the database; what of them is text is left to be read as such."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, distinct, func, literal_column, or_, select, text, true
from sqlalchemy.engine import Connection
from sqlalchemy.sql.selectable import FromClause

from pos.domain.frozen import dataclass
from pos.domain.tender import TenderKind
from pos.persistence.moments import from_text
from pos.persistence.tables import journal_entry
from pos.persistence.tables_returns import (
    customer_return,
    refund_instead,
    refund_tender,
    return_line,
)

_HEAD, _LINE, _TENDER, _INSTEAD = customer_return.c, return_line.c, refund_tender.c, refund_instead.c
_OF_LINE = return_line.join(customer_return, _HEAD.id == _LINE.return_id)
# What a line gives back, before anything is kept of the whole or rounded.
_WORTH = _LINE.merchandise + _LINE.tax - _LINE.fee - _LINE.fee_tax


Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Group:
    """One value of what is told apart by, with how many returns and lines it has and what they come to."""

    key: str
    returns: int
    lines: int
    amount: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class RefusalNote:
    """A refusal as the journal keeps it; `told` is the text of its payload."""

    workstation: int
    sequence: int
    at: datetime
    offset_minutes: int
    operator: str
    told: str


@dataclass(frozen=True, slots=True)
class Span:
    """Business days, both included."""

    since: date
    until: date

    def holds(self) -> Condition:
        """Whether a return is one of these days."""
        return _HEAD.business_day.between(self.since.isoformat(), self.until.isoformat())


class ReturnsSummary:
    """Every question is asked of the index over business days."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def heads(self, span: Span) -> Row[Any]:
        """Counts and sums of the heads: `returns`, `goods`, `tax`, `fees`, `kept`, `rounding`, `refund`."""
        asked = select(
            func.count().label("returns"),
            *(
                func.coalesce(func.sum(each), 0).label(name)
                for name, each in (
                    ("goods", _HEAD.merchandise),
                    ("tax", _HEAD.tax),
                    ("fees", _HEAD.fee + _HEAD.fee_tax),
                    ("kept", _HEAD.deducted),
                    ("rounding", _HEAD.rounding),
                    ("refund", _HEAD.refund),
                )
            ),
        )
        return self._connection.execute(asked.where(span.holds())).one()

    def by_line(self, span: Span, column: str) -> tuple[Group, ...]:
        """Lines by one of their columns (`reason`, `item`, `disposition`), worth what they give back."""
        asked = _grouped(_OF_LINE, _LINE[column], _WORTH, func.max(_LINE.name))
        return self._groups(asked.where(span.holds()).group_by(_LINE[column]))

    def by_rules(self, span: Span, *, agreed: bool = False) -> tuple[Group, ...]:
        """Lines by the rules that spoke about them, as they are kept: "R2:WINDOW_EXPIRED R8:…"; with `agreed` those
        somebody agreed to against a rule.
        """
        asked = _grouped(_OF_LINE, _LINE.rules, _WORTH).where(span.holds(), _LINE.rules != "")
        return self._groups((asked.where(_HEAD.approval != "") if agreed else asked).group_by(_LINE.rules))

    def by_person(self, span: Span, column: str) -> tuple[Group, ...]:
        """Returns by `operator` or `approver`, worth their refund."""
        lines = select(func.count()).where(_LINE.return_id == _HEAD.id).scalar_subquery()
        person = _HEAD[column]
        asked = select(
            person.label("key"),
            func.count().label("returns"),
            func.sum(lines).label("lines"),
            func.sum(_HEAD.refund).label("amount"),
            literal_column("''").label("name"),
        )
        return self._groups(asked.where(span.holds(), person != "").group_by(person))

    def of_no_goods(self, span: Span) -> tuple[Group, ...]:
        """Money without goods by its reason, worth what it is before it is rounded."""
        worth = _HEAD.merchandise + _HEAD.tax - _HEAD.fee - _HEAD.fee_tax
        asked = select(
            _HEAD.reason.label("key"),
            func.count().label("returns"),
            literal_column("0").label("lines"),
            func.sum(worth).label("amount"),
            literal_column("''").label("name"),
        )
        return self._groups(asked.where(span.holds(), has_no_lines()).group_by(_HEAD.reason))

    def by_tender(self, span: Span) -> tuple[Group, ...]:
        """Money by the kind it went out as in the end, with the shop's own type after a colon."""
        kind = func.coalesce(_INSTEAD.kind, _TENDER.kind)
        key = case((kind == TenderKind.OTHER.value, kind + ":" + _TENDER.type), else_=kind)
        went = refund_tender.join(customer_return, _HEAD.id == _TENDER.return_id).outerjoin(
            refund_instead, and_(_INSTEAD.return_id == _TENDER.return_id, _INSTEAD.tender == _TENDER.tender)
        )
        asked = _grouped(went, key, func.coalesce(_INSTEAD.amount, _TENDER.amount))
        return self._groups(asked.where(span.holds()).group_by(key))

    def _groups(self, asked: Select[Any]) -> tuple[Group, ...]:
        rows = self._connection.execute(asked.order_by(literal_column("amount").desc(), literal_column('"key"')))
        return tuple(Group(row.key, row.returns, row.lines, row.amount, row.name) for row in rows)

    def returns_of(self, span: Span, which: Condition, limit: int) -> tuple[str, ...]:
        """The identities of the returns one of the conditions below is true of, the newest first."""
        asked = select(_HEAD.id).where(span.holds(), which).order_by(_HEAD.at.desc(), _HEAD.id.desc()).limit(limit)
        return tuple(self._connection.execute(asked).scalars())

    def refusals(self, span: Span) -> tuple[RefusalNote, ...]:
        """Notes of refusal about these days, the earliest first; a day more at either end, since days are the shop's
        and moments the world's.
        """
        return tuple(
            RefusalNote(
                row.workstation, row.sequence, from_text(row.at), row.utc_offset_minutes, row.operator, row.payload
            )
            for row in self._connection.execute(_refusals(span))
        )

    def plan_of_refusals(self, span: Span) -> str:
        """How the database goes about them, in its own words."""
        spelled = _refusals(span).compile(self._connection, compile_kwargs={"literal_binds": True})
        return "; ".join(str(row[-1]) for row in self._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {spelled}"))


def _refusals(span: Span) -> Select[Any]:
    entry = journal_entry.c
    first, last = span.since - timedelta(days=1), span.until + timedelta(days=2)
    # The kind is spelled as the index over these entries spells it, so that it serves.
    wanted = select(journal_entry).where(text("kind = 'ReturnRefused'"))
    return wanted.where(entry.at >= first.isoformat(), entry.at < last.isoformat()).order_by(entry.at)


def has_line(column: str, value: str) -> Condition:
    """Whether one of its lines says this there."""
    return _line_says(_LINE[column] == value)


def has_reason(reason: str) -> Condition:
    """Whether one of its lines came back for this reason, or money without goods went out for it."""
    return or_(has_line("reason", reason), and_(_HEAD.reason == reason, has_no_lines()))


def has_no_lines() -> Condition:
    """Whether money went out without goods."""
    return ~_line_says(true())


def has_rule(spoken: str, *, agreed: bool = False) -> Condition:
    """Whether this rule spoke about one of its lines; with `agreed` only where somebody agreed against a rule."""
    said = _line_says((" " + _LINE.rules + " ").contains(f" {spoken} ", autoescape=True))
    return and_(said, _HEAD.approval != "") if agreed else said


def has_person(column: str, person: str) -> Condition:
    """Whether this is its `operator` or `approver`."""
    return _HEAD[column] == person


def has_tender(key: str) -> Condition:
    """Whether money of it went out so in the end; `key` as `by_tender` gives it."""
    kind, _, own = key.partition(":")
    switched = select(_INSTEAD.tender).where(_INSTEAD.return_id == _HEAD.id)
    otherwise = switched.where(_INSTEAD.tender == _TENDER.tender).exists()
    as_it_was = select(_TENDER.tender).where(_TENDER.return_id == _HEAD.id, _TENDER.kind == kind, ~otherwise)
    if kind == TenderKind.OTHER:
        as_it_was = as_it_was.where(_TENDER.type == own)
    return or_(as_it_was.exists(), switched.where(_INSTEAD.kind == kind).exists())


def _line_says(what: Condition) -> Condition:
    return select(_LINE.place).where(_LINE.return_id == _HEAD.id, what).exists()


def _grouped(rows: FromClause, key: Any, worth: Any, name: Any = None) -> Select[Any]:
    return select(
        key.label("key"),
        func.count(distinct(_HEAD.id)).label("returns"),
        func.count().label("lines"),
        func.sum(worth).label("amount"),
        (literal_column("''") if name is None else name).label("name"),
    ).select_from(rows)
