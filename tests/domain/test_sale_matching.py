"""Cancellations find their sale where that can be told, and never take back more than was sold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.sale_matching import Key, NewSale, Piece, Sold, cancelled_key
from pos.domain.sale_rows import SaleRow

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
ROW = SaleRow(
    line=2, receipt="1", at=datetime.fromisoformat("2026-01-01 12:00"), code="MUG", name="Mug", thousandths=1_000,
    unit_price=255, extended=255, discount=0, net=255, tax=0, total=255, nanos=0, customer="C1",
)  # fmt: skip


def row(pieces: int, price: int = 255, customer: str = "C1", cancels: str = "", receipt: str = "1") -> SaleRow:
    total = abs(pieces) * price
    return ROW._replace(
        receipt=receipt, thousandths=pieces * 1_000, unit_price=price, extended=total, net=total, total=total,
        customer=customer, cancels=cancels,
    )  # fmt: skip


def sold(*sales: SaleRow, wanted: set[Key]) -> Sold:
    found = Sold(wanted)
    for day, one in enumerate(sales):
        found.add([one], NewSale(f"S{day}", one.receipt, START + timedelta(days=day)), [one.code])
    return found


def wants(*rows: SaleRow) -> set[Key]:
    keys = (cancelled_key(one.code, one.customer, one.cancels) for one in rows)
    return {key for key in keys if key is not None}


def of(pieces: list[Piece]) -> list[tuple[str, int]]:
    return [(piece.sold.sale.id, piece.thousandths) for piece in pieces]


LATER = START + timedelta(days=30)


def test_the_newest_sale_before_it_goes_first_and_what_is_left_comes_off_the_one_before() -> None:
    back = row(-3)
    books = sold(row(2), row(2), wanted=wants(back))
    assert of(books.match(back, LATER)) == [("S1", 2_000), ("S0", 1_000)]
    # One is left, and another cancellation of three finds too little: it takes nothing at all.
    assert books.match(back, LATER) == []
    assert of(books.match(row(-1), LATER)) == [("S0", 1_000)]


def test_a_sale_after_it_another_price_and_another_customer_are_none_of_its() -> None:
    back = row(-1)
    assert sold(row(5), wanted=wants(back)).match(back, START - timedelta(minutes=1)) == []
    assert sold(row(5, price=254), wanted=wants(back)).match(back, LATER) == []
    assert sold(row(5, customer="C2"), wanted=wants(back)).match(back, LATER) == []


def test_nobody_in_particular_gives_nothing_back_unless_the_file_says_of_which_sale() -> None:
    nobody, said = row(-1, customer=""), row(-1, customer="", cancels="7")
    assert sold(row(5, customer=""), wanted=wants(nobody)).match(nobody, LATER) == []
    books = sold(row(5, customer="", receipt="7"), row(5, customer="", receipt="8"), wanted=wants(said))
    assert of(books.match(said, LATER)) == [("S0", 1_000)]


@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from([100, 255])), max_size=6),
    st.lists(st.tuples(st.integers(1, 12), st.sampled_from([100, 255])), max_size=8),
)
def test_no_line_gives_back_more_than_was_sold_and_every_share_is_counted(
    sales: list[tuple[int, int]], backs: list[tuple[int, int]]
) -> None:
    cancelled = [row(-pieces, price) for pieces, price in backs]
    books = sold(*(row(pieces, price) for pieces, price in sales), wanted=wants(*cancelled))
    taken: dict[str, list[int]] = {}
    for one in cancelled:
        pieces = books.match(one, LATER)
        if pieces:
            assert sum(piece.thousandths for piece in pieces) == -one.thousandths
            assert sum(piece.net + piece.tax for piece in pieces) == one.total
        for piece in pieces:
            much = taken.setdefault(piece.sold.sale.id, [0, 0])
            much[0] += piece.thousandths
            much[1] += piece.net + piece.tax
    for number, (pieces_sold, price) in enumerate(sales):
        gone, worth = taken.get(f"S{number}", [0, 0])
        assert gone <= pieces_sold * 1_000
        assert worth <= pieces_sold * price
