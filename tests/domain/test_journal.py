"""One spelling for one fact, and a chain that no change of it survives."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.basket import Basket
from pos.domain.check import Check
from pos.domain.discount import Discount, DiscountSource, PriceOverride
from pos.domain.journal import (
    GENESIS,
    CashMovement,
    EntryKind,
    JournalEntry,
    canonical,
    entry_body,
    entry_mac,
    moment_text,
)
from pos.domain.ledger import LedgerEntry, sale_postings
from pos.domain.money import Quantity, Unit
from pos.domain.names import StrEnum
from pos.domain.pricing import price
from pos.domain.purchase import SoldTerms
from pos.domain.shop import ShopRules
from pos.domain.stored_value import StoredAct, StoredValue
from pos.domain.tax import LineTax, TaxExemption
from pos.domain.tender import TenderKind
from pos.domain.transaction import LineDetail, SaleLine, TenderLine, Transaction
from tests.domain.baskets import RULES, basket_lines, transaction

KEY = b"k" * 32
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
AT = datetime(2026, 11, 21, 13, 32, 5, 123_000, UTC)
ENTRY = JournalEntry(3, 7, EntryKind.SALE_COMPLETED, AT, 60, "101", "b" * 32, "{}")


@given(st.dictionaries(st.text(), VALUES, max_size=5))
def test_one_spelling_for_one_body(body: dict[str, Any]) -> None:
    shuffled = dict(reversed(list(body.items())))
    assert canonical(body) == canonical(shuffled)
    assert canonical(json.loads(canonical(body))) == canonical(body)


def test_a_body_holds_no_nan_and_a_moment_has_one_spelling() -> None:
    with pytest.raises(ValueError, match="float"):
        canonical({"x": float("nan")})
    east = AT.astimezone(timezone(timedelta(hours=14)))
    assert moment_text(AT) == moment_text(east) == "2026-11-21T13:32:05.123Z"


@given(st.binary(max_size=40), st.binary(max_size=40), st.binary(min_size=1, max_size=40))
def test_a_mac_depends_on_key_past_and_body(one: bytes, other: bytes, key: bytes) -> None:
    mac = entry_mac(KEY, GENESIS, one)
    assert len(mac) == 64
    assert (mac == entry_mac(KEY, GENESIS, other)) == (one == other)
    assert mac != entry_mac(KEY, mac, one)
    assert (mac == entry_mac(key, GENESIS, one)) == (key == KEY)


def spelt(entry: JournalEntry, sale: Transaction, *, currency: str = "", movement: CashMovement | None = None) -> bytes:
    ledger = sale_postings(sale)
    return entry_body(entry, ledger=ledger, currency=currency or sale.currency, movement=movement, transaction=sale)


# Who is shown beside the number is not part of the chain: a person's name may have to be erased.
NOT_CHAINED = {"operator_name"}


# What there is instead where a line has nothing of the kind.
INSTEAD: dict[str, Any] = {
    "override": PriceOverride(1, "price_match"),
    "exemption": TaxExemption("EX-1"),
    "discounts": (Discount(DiscountSource.LINE, "damaged", 1),),
    "stored": StoredValue(StoredAct.ACCOUNT, "C1"),
}


def changed(value: Any) -> Any:
    """A value of the same kind that is another."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, datetime):
        return value + timedelta(milliseconds=1)
    if isinstance(value, date):
        return value + timedelta(days=1)
    if value is None:
        return "someone"
    if isinstance(value, tuple):
        return value[:-1] if value else ("x",)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        first = dataclasses.fields(value)[0].name
        return dataclasses.replace(value, **{first: changed(getattr(value, first))})
    raise TypeError(type(value))


@given(st.lists(basket_lines(), min_size=1, max_size=3), RULES, st.data())
def test_no_field_of_a_sale_can_change_unnoticed(lines: list[Any], rules: ShopRules, data: st.DataObject) -> None:
    taxed = [dataclasses.replace(line, taxes=("standard", "city")) for line in lines]
    sale = transaction(price(Basket("b" * 32, tuple(taxed)), rules), rules)
    honest = spelt(ENTRY, sale)
    for part in dataclasses.fields(sale):
        if part.name in NOT_CHAINED | {"kind", "tenders"}:
            continue
        value = getattr(sale, part.name)
        instead = INSTEAD[part.name] if part.name in INSTEAD and not value else changed(value)
        assert spelt(ENTRY, dataclasses.replace(sale, **{part.name: instead})) != honest, part.name
    number = data.draw(st.integers(0, len(lines) - 1))
    line = sale.lines[number]
    for part in dataclasses.fields(line):
        value = getattr(line, part.name)
        instead = INSTEAD[part.name] if part.name in INSTEAD and not value else changed(value)
        other_line = dataclasses.replace(line, **{part.name: instead})
        other = dataclasses.replace(sale, lines=(*sale.lines[:number], other_line, *sale.lines[number + 1 :]))
        assert spelt(ENTRY, other) != honest, f"line {part.name}"


def one_leaf_otherwise(value: Any) -> Iterator[tuple[str, Any]]:
    """The value with one thing in it changed, however deep it lies, and where that is; each in turn."""
    if isinstance(value, StrEnum):
        yield from (("", each) for each in type(value) if each is not value)
    elif isinstance(value, tuple) and not hasattr(value, "_fields"):
        for place, each in enumerate(value):
            for path, other in one_leaf_otherwise(each):
                yield path, (*value[:place], other, *value[place + 1 :])
    elif dataclasses.is_dataclass(value) or hasattr(value, "_fields"):
        for name in getattr(value, "_fields", None) or [part.name for part in dataclasses.fields(value)]:
            for path, other in one_leaf_otherwise(getattr(value, name)):
                with_it = value._replace if hasattr(value, "_fields") else partial(dataclasses.replace, value)
                yield f".{name}{path}", with_it(**{name: other})
    else:
        yield "", changed(value)


# What only an open sale says: no table keeps it with a sale that is done.
NOT_STORED = {".lines.stored.number_hash", ".lines.stored.made", ".lines.override.approval", ".exemption.bound"}
# Of everything a line may have and a tender may say, something.
FULL_LINE = SaleLine(
    1, "1001", "Bananas", "4011", "Produce", Quantity(1284, Unit.LB), 69, 89, 9, 80, 17, 97,
    taxes=(LineTax("standard", 210_000, 80, 17), LineTax("bottle", 0, 80, 5, 5, included=True)),
    operator="101",
    detail=LineDetail(("S1",), "ripe", "code", "scale", "asked", 20, "2026-12-01", 18),
    discounts=(Discount(DiscountSource.PROMOTION, "HALF", 9, "Half off", 3, "102"),),
    override=PriceOverride(70, "price_match", "900"),
    container=True, belongs_to=2,
    stored=StoredValue(StoredAct.SELL, "c" * 32, "••0024"),
    terms=SoldTerms(final_sale=True, flags=("clearance",), family="fruit"),
)  # fmt: skip


def test_nothing_however_deep_can_change_unnoticed() -> None:
    rules = ShopRules("Corner", "0142", "USD", "Europe/Prague")
    check = Check("021000021", "h" * 64, "3456", "1042", date(2026, 11, 21), "passport", starter=True)
    card = TenderLine(TenderKind.DEBIT, 50, "own", "A-17", 20, "c" * 32, "••4242", "a" * 32, "t" * 32, tender=2)
    sale = dataclasses.replace(
        transaction(price(Basket("b" * 32, ()), rules), rules),
        lines=(FULL_LINE,), tenders=(TenderLine(TenderKind.CHECK, 97, check=check, tender=1), card),
        note="for the fair", exemption=TaxExemption("EX-1", "900"), customer="C1",
    )  # fmt: skip

    def body(sale: Transaction) -> bytes:
        # Without its postings, which would show a change as well.
        return entry_body(ENTRY, ledger=(), currency="USD", movement=None, transaction=sale)

    unseen = {path for path, other in one_leaf_otherwise(sale) if body(other) == body(sale)}
    assert unseen == {".operator_name", *NOT_STORED}


def test_no_field_of_an_entry_can_change_unnoticed() -> None:
    legs = [LedgerEntry("sales:food", -5), LedgerEntry("cash_in_till", 5)]
    cash = CashMovement("t", "sale", 5)

    def body(entry: JournalEntry = ENTRY, ledger: Any = legs, currency: str = "USD", movement: Any = cash) -> bytes:
        return entry_body(entry, ledger=ledger, currency=currency, movement=movement, transaction=None)

    others = [
        body(dataclasses.replace(ENTRY, **{part.name: changed(getattr(ENTRY, part.name))}))
        for part in dataclasses.fields(ENTRY)
        if part.name != "kind"
    ]
    others.append(body(dataclasses.replace(ENTRY, kind=EntryKind.SALE_VOIDED)))
    others += [body(ledger=legs[::-1]), body(ledger=legs[:1]), body(currency="CZK"), body(movement=None)]
    others += [body(movement=CashMovement(*parts)) for parts in (("u", "sale", 5), ("t", "float", 5), ("t", "sale", 6))]
    assert body() not in others
    assert len(set(others)) == len(others)
