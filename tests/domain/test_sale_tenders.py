"""However a sale of another system was paid, its tenders come to what its rows come to, or it is not taken."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.sale_cells import in_nanos
from pos.domain.sale_rows import SaleRow
from pos.domain.sale_tenders import HowPaid, NotPaid, TenderLeft, given_back, how_paid
from pos.domain.shop import CashRounding
from pos.domain.tender import TenderKind

CASH, CREDIT, DEBIT, UNKNOWN = TenderKind.CASH, TenderKind.CREDIT, TenderKind.DEBIT, TenderKind.UNKNOWN
CENTS = CashRounding()
CROWNS = CashRounding(100)


def row(total: int, *paid: tuple[TenderKind, int], tender: TenderKind | None = None) -> SaleRow:
    """A row of so many hundredths, with what was paid in hundredths too."""
    said = tuple((kind, in_nanos(amount, "CZK")) for kind, amount in paid)
    at, nanos = datetime(2026, 1, 10, tzinfo=UTC), in_nanos(total, "CZK")
    return SaleRow(2, "77", at, "M", "M", 1000, total, total, 0, total, 0, total, nanos, tender=tender, paid=said)


def amounts(paid: HowPaid) -> list[tuple[TenderKind, int]]:
    assert [one.tender for one in paid.tenders] == list(range(1, len(paid.tenders) + 1))
    return [(one.kind, one.amount) for one in paid.tenders]


@pytest.mark.parametrize(
    ("rows", "tenders", "rounding"),
    [
        # Each row's own, the whole sale's on its first row, the whole sale's on each of its rows.
        ([row(500, (CASH, 500)), row(300, (CREDIT, 300))], [(CASH, 500), (CREDIT, 300)], 0),
        ([row(500, (CASH, 600), (CREDIT, 200)), row(300)], [(CASH, 600), (CREDIT, 200)], 0),
        ([row(500, (CASH, 600), (CREDIT, 200)), row(300, (CASH, 600), (CREDIT, 200))], [(CASH, 600), (CREDIT, 200)], 0),
        # Change goes off the cash, all of it where the card paid everything.
        ([row(850, (CASH, 1000))], [(CASH, 850)], 0),
        ([row(850, (CASH, 200), (CREDIT, 850))], [(CREDIT, 850)], 0),
        # What cash rounding adds or takes is neither change nor missing.
        ([row(9_960, (CASH, 10_000))], [(CASH, 10_000)], 40),
        ([row(10_040, (CASH, 10_000))], [(CASH, 10_000)], -40),
        # Rows that only name kinds: one kind is that of the whole sale.
        ([row(500, tender=CASH), row(300)], [(CASH, 800)], 0),
        ([row(500, tender=CASH), row(300, tender=DEBIT), row(1)], [(CASH, 500), (DEBIT, 300), (UNKNOWN, 1)], 0),
        ([row(500), row(300)], [(UNKNOWN, 800)], 0),
        ([row(0)], [(UNKNOWN, 0)], 0),
    ],
)
def test_it_was_paid_so(rows: list[SaleRow], tenders: list[tuple[TenderKind, int]], rounding: int) -> None:
    paid = how_paid(rows, "CZK", CROWNS if rounding else CENTS)
    assert (amounts(paid), paid.rounding) == (tenders, rounding)


@pytest.mark.parametrize("rows", [[row(850, (CREDIT, 900))], [row(850, (CASH, 100), (CREDIT, 600))]])
def test_tenders_that_do_not_come_to_the_total_are_none(rows: list[SaleRow]) -> None:
    with pytest.raises(NotPaid) as error:
        how_paid(rows, "CZK", CENTS)
    assert error.value.due == in_nanos(850, "CZK")


@given(
    st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from([None, CASH, CREDIT, UNKNOWN])), min_size=1),
    st.lists(st.tuples(st.sampled_from([CASH, CREDIT, DEBIT]), st.integers(1, 20_000)), max_size=3),
    st.sampled_from([CENTS, CROWNS]),
)
def test_the_tenders_come_to_the_total(
    rows: list[tuple[int, TenderKind | None]], paid: list[tuple[TenderKind, int]], cash: CashRounding
) -> None:
    made = [row(total, tender=tender) for total, tender in rows]
    made[0] = made[0]._replace(paid=row(0, *paid).paid)
    try:
        found = how_paid(made, "CZK", cash)
    except NotPaid:
        return
    assert sum(one.amount for one in found.tenders) == sum(one.total for one in made) + found.rounding
    assert all(one.amount >= 0 for one in found.tenders)
    assert abs(found.rounding) * 2 <= cash.step


@given(
    st.lists(st.tuples(st.sampled_from([CASH, CREDIT, DEBIT]), st.integers(1, 999)), min_size=2, max_size=4),
    st.data(),
)
def test_no_tender_gives_back_more_than_it_gave(tenders: list[tuple[TenderKind, int]], data: st.DataObject) -> None:
    left = [TenderLeft(number, kind, amount) for number, (kind, amount) in enumerate(tenders, start=1)]
    worth = data.draw(st.integers(0, sum(amount for _, amount in tenders)))
    back = given_back(CREDIT, worth, left)
    assert sum(one.amount for one in back) == worth
    assert all(one.amount <= tenders[one.of - 1][1] for one in back)
    of_card = sum(amount for kind, amount in tenders if kind is CREDIT)
    assert sum(one.amount for one in back if tenders[one.of - 1][0] is CREDIT) == min(worth, of_card)
