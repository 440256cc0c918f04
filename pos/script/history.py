"""The `history` of a lane script: what another system sold, took back and exchanged, taken in as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.customer import Customer
from pos.domain.frozen import dataclass
from pos.domain.item import Item
from pos.domain.purchase import Channel, Earned, Purchase, Source
from pos.domain.shop import ShopRules
from pos.domain.taken_over import TakenOver, balances, without_change
from pos.script.card_steps import GivenCard
from pos.script.fields import Part
from pos.script.history_back import read_exchange, read_return
from pos.script.history_reading import HistoryReading, numbered_once, read_buyer, unbalanced
from pos.script.history_rows import (
    Known,
    new_id,
    read_amount,
    read_at,
    read_day,
    read_line,
    read_signed,
    read_tender,
    read_whole,
)

_SALE_KEYS = (
    *("receipt", "at", "lines", "tenders", "region", "channel", "delivered", "customer", "tier", "operator"),
    *("workstation", "rounding", "change", "points", "rewards"),
)


@dataclass(frozen=True, slots=True)
class GivenHistory:
    """What is to be taken over, and on which line of the file each receipt stands."""

    taken: TakenOver
    lines: dict[str, int]


def read_history(
    script: Part,
    rules: ShopRules,
    items: Sequence[Item],
    customers: Sequence[Customer],
    cards: Sequence[GivenCard],
) -> GivenHistory:
    """Every row, in the order of the file; the rest of the script says what its items, customers and cards are.

    Raises ScriptError, also for a sale that does not balance.
    """
    known = Known(
        rules, {one.id: one for one in items}, {one.id: one for one in customers}, {one.id: one for one in cards}
    )
    reading = HistoryReading(known)
    for row in script.parts("history"):
        if row.get("return") is not None:
            read_return(row, reading)
        elif row.get("exchange") is not None:
            read_exchange(row, reading)
        else:
            _read_sale(row, reading)
    return GivenHistory(TakenOver(tuple(reading.sales.values()), tuple(reading.returns)), reading.lines)


def _read_sale(row: Part, reading: HistoryReading) -> None:
    row.keys(_SALE_KEYS)
    known = reading.known
    rules = known.rules
    at, day = read_at(row, known)
    lines = tuple(read_line(each, number, known) for number, each in enumerate(row.parts("lines"), start=1))
    numbered_once(row, lines)
    taken = [read_tender(each, number, known) for number, each in enumerate(row.parts("tenders"), start=1)]
    points, rewards = row.part("points"), row.part("rewards")
    for each in (points, rewards):
        if each is not None:
            each.keys(("earned", "spent"))
    sale = Purchase(
        id=new_id(),
        receipt=reading.name(row, "receipt"),
        source=Source.TAKEN_OVER,
        at=at,
        day=day,
        currency=rules.currency,
        prices_hold_tax=rules.price_mode == "tax_included",
        total=sum(line.total for line in lines),
        lines=lines,
        tenders=without_change(taken, read_amount(row, "change", rules.currency)),
        rounding=read_signed(row, "rounding", rules.currency),
        delivered=read_day(row, "delivered"),
        region=row.text("region") or rules.region,
        channel=Channel(row.choice("channel", list(Channel)) or Channel.SHOP),
        buyer=read_buyer(row, known),
        operator=row.text("operator") or "",
        workstation=read_whole(row, "workstation"),
        earned=Earned(
            0 if points is None else read_whole(points, "earned"),
            0 if points is None else read_whole(points, "spent"),
            0 if rewards is None else read_amount(rewards, "earned", rules.currency),
            0 if rewards is None else read_amount(rewards, "spent", rules.currency),
        ),
    )
    if not balances(sale):
        raise unbalanced(row, sale.receipt)
    reading.add(sale)
