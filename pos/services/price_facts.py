"""Prices are set under one journal entry that names all of them, so that none can come, go or change unnoticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pos.domain.item import ShelfPrice
from pos.domain.transaction import JournalHead
from pos.persistence.item_prices import PriceRow
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record


def record_prices(
    work: UnitOfWork, desk: Desk, fact: Fact, prices: Sequence[tuple[str, ShelfPrice]], bases: Mapping[str, ShelfPrice]
) -> JournalHead:
    """Record `fact` and set prices, as (item, price), under it; `bases` is what each item cost until now."""
    rows = work.item_prices.plan(prices, bases)
    if rows:
        fact = replace(fact, payload={**fact.payload, "prices": prices_digest(rows)})
    head = record(work, desk, fact)
    work.item_prices.write(rows, head, fact.at)
    return head


def prices_digest(rows: Sequence[PriceRow]) -> str:
    """What the journal says of the prices of one entry: SHA-256 of their one spelling."""
    told = sorted(
        [row.item, row.position, row.starts_at, row.price, *([by_quantity] if by_quantity else [])]
        for row in rows
        for by_quantity in [[[each.starts, each.price] for each in row.quantity_prices]]
    )
    return hashlib.sha256(json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
