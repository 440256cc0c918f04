"""The open sale of each workstation: saved at every change, so a power cut finds it as it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from pos.domain import return_request as late_return_request
from pos.domain.basket import Basket, BasketLine, Suggested
from pos.domain.check import Check
from pos.domain.discount import Markdown, PriceOverride
from pos.domain.item import QuantityPrice
from pos.domain.money import Quantity, Unit
from pos.domain.stored_value import StoredAct, StoredValue
from pos.domain.tax import TaxExemption
from pos.domain.tender import Tender, TenderKind, tender_facts
from pos.persistence.moments import to_text
from pos.persistence.prepared import Prepared
from pos.persistence.tables import basket

_NEW = insert(basket)
_SAVE = Prepared(
    _NEW.on_conflict_do_update(
        index_elements=["workstation"],
        set_={"body": _NEW.excluded.body, "saved_at": _NEW.excluded.saved_at},
    )
)
_DROP = Prepared(delete(basket).where(basket.c.workstation == bindparam("workstation")))


class Baskets:
    """At most one basket a workstation."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lines: _Texts = {}

    def workstations(self) -> tuple[int, ...]:
        """Where a sale is open."""
        return tuple(self._connection.execute(select(basket.c.workstation).order_by(basket.c.workstation)).scalars())

    def get(self, workstation: int) -> Basket | None:
        """The open sale. Raises LookupError, TypeError or ValueError where it is damaged."""
        row = self._connection.execute(select(basket.c.body).where(basket.c.workstation == workstation)).first()
        return None if row is None else read_basket(row.body)

    def save(self, workstation: int, value: Basket, at: datetime) -> None:
        self._lines = _line_texts(value.lines, self._lines)
        row = {"workstation": workstation, "body": basket_text(value, self._lines), "saved_at": to_text(at)}
        _SAVE.run(self._connection, row)

    def drop(self, workstation: int) -> None:
        _DROP.run(self._connection, {"workstation": workstation})


# What only some lines and sales have to say is written where it is said: most bodies stay short.
_DETAILS = (
    "serials", "note", "price_source", "weight_source", "weight_reason", "tare", "expires", "age",
    "family", "flags", "not_discountable", "final_sale", "override", "markdown",
    "container", "each", "quantity_prices", "stored",
)  # fmt: skip
_MADE: dict[str, Callable[[list[Any]], object]] = {
    "serials": tuple,
    "flags": tuple,
    "override": lambda values: PriceOverride(*values),
    "markdown": lambda values: Markdown(*values),
    "quantity_prices": lambda prices: tuple(QuantityPrice(*each) for each in prices),
    "stored": lambda values: StoredValue(StoredAct(values[0]), *values[1:]),
}
_PLAIN = {field.name: field.default for field in fields(BasketLine) if field.name in _DETAILS}
_details_of = attrgetter(*_PLAIN)
_NOTHING_TO_SAY = tuple(_PLAIN.values())


# A line as it is written, with the line itself: as long as it is kept, no other line can be in its place in memory.
_Texts = dict[int, tuple[BasketLine, str]]


def _line_texts(lines: Iterable[BasketLine], before: _Texts) -> _Texts:
    """Every line's text. A basket keeps the lines it did not change as they were: only another is written anew."""
    return {id(line): before.get(id(line)) or (line, _json(_written(line))) for line in lines}


def basket_text(value: Basket, lines: _Texts | None = None) -> str:
    """A basket as the database keeps it; `lines` are the texts of its lines where they are there."""
    written = _line_texts(value.lines, {}) if lines is None else lines
    texts = ",".join([written[id(line)][1] for line in value.lines])
    body: dict[str, Any] = {
        "id": value.id,
        "customer": value.customer,
        "tenders": [_written_tender(tender) for tender in value.tenders],
    }
    if value.note:
        body["note"] = value.note
    if value.age_seen:
        body["age_seen"] = value.age_seen
    if value.markdown is not None:
        body["markdown"] = value.markdown
    if value.coupons:
        body["coupons"] = list(value.coupons)
    if value.points:
        body["points"] = value.points
    if value.exemption is not None:
        bound = [True] if value.exemption.bound else []
        body["exemption"] = [value.exemption.certificate, value.exemption.by, *bound]
    if value.suggested is not None:
        body["suggested"] = value.suggested
    if value.returning is not None:
        body["returning"] = value.returning.facts_text()
    if value.set_aside:
        body["set_aside"] = [[place, _written(line)] for place, line in value.set_aside]
    return f'{{"lines":[{texts}],{_json(body)[1:]}'


def _values(given: Markdown | PriceOverride | QuantityPrice | Suggested | StoredValue) -> list[object]:
    """What was given by hand, suggested, or a price by quantity, as its fields in their order."""
    return [getattr(given, field.name) for field in fields(given)]


# Made once: `json.dumps` makes one at every call.
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_values).encode


def _written(line: BasketLine) -> list[object]:
    row: list[object] = [
        line.item,
        line.name,
        line.unit_price,
        list(line.taxes),
        line.quantity.thousandths,
        line.quantity.unit,
        line.scanned,
        line.operator,
        line.department,
    ]
    said = _details_of(line)
    if said != _NOTHING_TO_SAY:
        row.append({name: told for (name, plain), told in zip(_PLAIN.items(), said, strict=True) if told != plain})
    return row


def read_basket(text: str) -> Basket:
    """Raises LookupError, TypeError or ValueError where the text is damaged."""
    body: dict[str, Any] = json.loads(text)
    return Basket(
        id=body["id"],
        customer=body["customer"],
        lines=tuple(_read_line(row) for row in body["lines"]),
        tenders=tuple(_read_tender(*row) for row in body["tenders"]),
        note=body.get("note", ""),
        age_seen=body.get("age_seen", 0),
        markdown=Markdown(*body["markdown"]) if "markdown" in body else None,
        coupons=tuple(body.get("coupons", ())),
        points=int(body.get("points", 0)),
        exemption=TaxExemption(*body["exemption"]) if "exemption" in body else None,
        suggested=Suggested(*body["suggested"]) if "suggested" in body else None,
        returning=late_return_request.read_request(body["returning"]) if "returning" in body else None,
        set_aside=tuple((place, _read_line(row)) for place, row in body.get("set_aside", ())),
    )


def _written_tender(tender: Tender) -> list[object]:
    facts = tender_facts(tender)
    return [tender.kind, tender.amount, facts] if facts else [tender.kind, tender.amount]


def _read_tender(kind: str, amount: int, facts: dict[str, Any] | None = None) -> Tender:
    said = facts or {}
    made = {"change": bool(said.get("change")), "check": Check.of_facts(said["check"]) if "check" in said else None}
    return Tender(TenderKind(kind), amount, **said | made)


def _read_line(row: list[Any]) -> BasketLine:
    item, name, unit_price, taxes, thousandths, unit, scanned, operator, department, *details = row
    said: dict[str, Any] = dict(*details)
    if not said.keys() <= _PLAIN.keys():
        raise ValueError(f"a line says {sorted(said.keys() - _PLAIN.keys())}")
    for detail, made in _MADE.items():
        if detail in said:
            said[detail] = made(said[detail])
    return BasketLine(
        item=item,
        name=name,
        unit_price=unit_price,
        taxes=tuple(taxes),
        quantity=Quantity(thousandths, Unit(unit)),
        scanned=scanned,
        operator=operator,
        department=department,
        **said,
    )
