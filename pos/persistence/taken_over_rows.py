"""Between a purchase that was taken over and its rows: what the tables hold of it, and what is read back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pos.domain.came_back import BackTender
from pos.domain.discount import Discount, DiscountSource
from pos.domain.journal import canonical
from pos.domain.money import Quantity, Unit
from pos.domain.purchase import Buyer, Channel, Earned, Purchase, PurchaseLine, PurchaseTender, SoldTerms, Source
from pos.domain.return_request import IdShown
from pos.domain.stored_value import StoredAct, StoredValue
from pos.domain.taken_over import TakenReturn, TakenReturnLine
from pos.domain.tax import LineTax
from pos.domain.tender import TenderKind
from pos.persistence.moments import from_text, to_text

Row = dict[str, Any]
_TENDER_PLAIN = ("type", "amount", "requested", "cash_back", "card", "token", "account")
_TENDER_FLAGS = ("house_card", "settled", "pin", "declined")
_LINE_PLAIN = (
    *("line", "item", "name", "category", "unit_price", "extended", "discount", "net", "tax", "total", "exchanged"),
)


def sale_row(sale: Purchase) -> Row:
    """The header of a purchase."""
    return {
        "id": sale.id,
        "receipt": sale.receipt,
        "at": to_text(sale.at),
        "day": sale.day.isoformat(),
        "delivered": None if sale.delivered is None else sale.delivered.isoformat(),
        "currency": sale.currency,
        "prices_hold_tax": int(sale.prices_hold_tax),
        "total": sale.total,
        "rounding": sale.rounding,
        "region": sale.region,
        "channel": sale.channel.value,
        "customer": sale.buyer.id,
        "tier": sale.buyer.tier,
        "grouped": sale.buyer.group,
        "operator": sale.operator,
        "at_workstation": sale.workstation,
        "points_earned": sale.earned.points_earned,
        "points_spent": sale.earned.points_spent,
        "rewards_earned": sale.earned.rewards_earned,
        "rewards_spent": sale.earned.rewards_spent,
    }


def sale_line_rows(sale: Purchase) -> list[Row]:
    """Its lines."""
    return [
        {
            "sale": sale.id,
            "quantity": line.quantity.thousandths,
            "unit": line.quantity.unit.value,
            **{name: getattr(line, name) for name in _LINE_PLAIN},
            "detail": canonical(_line_detail(line)).decode(),
        }
        for line in sale.lines
    ]


def serial_rows(sale: Purchase) -> list[Row]:
    """The serial numbers of its lines, each findable."""
    return [
        {"sale": sale.id, "line": line.line, "position": position, "serial": serial}
        for line in sale.lines
        for position, serial in enumerate(line.serials, start=1)
    ]


def sale_tender_rows(sale: Purchase) -> list[Row]:
    """Its tenders."""
    return [
        {
            "sale": sale.id,
            "tender": tender.tender,
            "kind": tender.kind.value,
            **{name: getattr(tender, name) for name in _TENDER_PLAIN},
            **{name: int(getattr(tender, name)) for name in _TENDER_FLAGS},
        }
        for tender in sale.tenders
    ]


def return_row(one: TakenReturn) -> Row:
    """The header of something taken back."""
    shown = one.id_shown
    return {
        "id": one.id,
        "receipt": one.receipt,
        "at": to_text(one.at),
        "day": one.day.isoformat(),
        "sale": one.purchase or None,
        "refund": one.refund,
        "rounding": one.rounding,
        "used": one.used,
        "customer": one.customer,
        "operator": one.operator,
        "id_kind": "" if shown is None else shown.kind,
        "id_key": "" if shown is None else shown.key,
        "id_last": "" if shown is None else shown.last,
        "exchange": int(one.exchange),
    }


def return_line_rows(one: TakenReturn) -> list[Row]:
    """What came back."""
    return [
        {
            "taken_return": one.id,
            "position": position,
            "line": line.line,
            "item": line.item,
            "quantity": line.quantity.thousandths,
            "unit": line.quantity.unit.value,
            "net": line.net,
            "tax": line.tax,
            "swapped": int(line.swapped),
            "detail": canonical(_return_detail(line)).decode(),
        }
        for position, line in enumerate(one.lines, start=1)
    ]


def return_tender_rows(one: TakenReturn) -> list[Row]:
    """The money that went out."""
    return [
        {"taken_return": one.id, "tender": number, "kind": tender.kind, "amount": tender.amount, "of": tender.of}
        for number, tender in enumerate(one.tenders, start=1)
    ]


def purchase_from(head: Any, lines: Iterable[Any], serials: Iterable[Any], tenders: Iterable[Any]) -> Purchase:
    """The purchase its rows say. Raises ValueError, KeyError for what no program of ours wrote."""
    numbers: dict[int, list[str]] = {}
    for each in serials:
        numbers.setdefault(each.line, []).append(each.serial)
    return Purchase(
        id=head.id,
        receipt=head.receipt,
        source=Source.TAKEN_OVER,
        at=from_text(head.at),
        day=date.fromisoformat(head.day),
        currency=head.currency,
        prices_hold_tax=bool(head.prices_hold_tax),
        total=head.total,
        lines=tuple(_line(row, tuple(numbers.get(row.line, ()))) for row in lines),
        tenders=tuple(_tender(row) for row in tenders),
        rounding=head.rounding,
        delivered=None if head.delivered is None else date.fromisoformat(head.delivered),
        region=head.region,
        channel=Channel(head.channel),
        buyer=Buyer(head.customer, head.tier, head.grouped),
        operator=head.operator,
        workstation=head.at_workstation,
        earned=Earned(head.points_earned, head.points_spent, head.rewards_earned, head.rewards_spent),
    )


def return_from(head: Any, lines: Iterable[Any], tenders: Iterable[Any]) -> TakenReturn:
    """The return its rows say. Raises as `purchase_from`."""
    return TakenReturn(
        id=head.id,
        receipt=head.receipt,
        at=from_text(head.at),
        day=date.fromisoformat(head.day),
        purchase=head.sale or "",
        lines=tuple(_return_line(row) for row in lines),
        tenders=tuple(BackTender(row.kind, row.amount, row.of) for row in tenders),
        rounding=head.rounding,
        used=head.used,
        customer=head.customer,
        operator=head.operator,
        id_shown=IdShown(head.id_kind, head.id_key, head.id_last) if head.id_key else None,
        exchange=bool(head.exchange),
    )


def _line_detail(line: PurchaseLine) -> Mapping[str, object]:
    """What only some lines say; what one does not say is left out."""
    said: dict[str, object] = {
        "taxes": [[tax.code, tax.rate_millionths, tax.base, tax.amount] for tax in line.taxes],
        "discounts": [[each.source.value, each.id, each.amount, each.name] for each in line.discounts],
        "flags": list(line.terms.flags),
        "facts": dict(line.facts),
        "family": line.terms.family,
        "final_sale": int(line.terms.final_sale),
        "stored": [] if line.stored is None else [line.stored.act.value, line.stored.account, line.stored.shown],
    }
    return {key: value for key, value in said.items() if value}


def _return_detail(line: TakenReturnLine) -> Mapping[str, object]:
    said: dict[str, object] = {
        "serials": list(line.serials),
        "new": [line.new_line, line.new_item, line.new_name] if line.swapped else [],
        "new_serials": list(line.new_serials),
    }
    return {key: value for key, value in said.items() if value}


def _line(row: Any, serials: tuple[str, ...]) -> PurchaseLine:
    said = json.loads(row.detail)
    act, account, shown = said.get("stored", (None, "", ""))
    return PurchaseLine(
        **{name: getattr(row, name) for name in _LINE_PLAIN},
        quantity=Quantity(row.quantity, Unit(row.unit)),
        taxes=tuple(LineTax(*tax) for tax in said.get("taxes", ())),
        discounts=tuple(
            Discount(DiscountSource(source), name, amount, words)
            for source, name, amount, words in said.get("discounts", ())
        ),
        serials=serials,
        terms=SoldTerms(bool(said.get("final_sale")), tuple(said.get("flags", ())), said.get("family", "")),
        facts=said.get("facts", {}),
        stored=None if act is None else StoredValue(StoredAct(act), account, shown),
    )


def _tender(row: Any) -> PurchaseTender:
    plain: Row = {name: getattr(row, name) for name in _TENDER_PLAIN}
    flags: Row = {name: bool(getattr(row, name)) for name in _TENDER_FLAGS}
    return PurchaseTender(tender=row.tender, kind=TenderKind(row.kind), **plain, **flags)


def _return_line(row: Any) -> TakenReturnLine:
    said = json.loads(row.detail)
    new_line, new_item, new_name = said.get("new", (0, "", ""))
    return TakenReturnLine(
        line=row.line,
        item=row.item,
        quantity=Quantity(row.quantity, Unit(row.unit)),
        serials=tuple(said.get("serials", ())),
        net=row.net,
        tax=row.tax,
        swapped=bool(row.swapped),
        new_line=new_line,
        new_item=new_item,
        new_name=new_name,
        new_serials=tuple(said.get("new_serials", ())),
    )
