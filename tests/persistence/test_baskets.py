"""An open sale comes back from the database as it was saved, whatever its lines say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.domain.basket import Basket, BasketLine
from pos.domain.discount import Markdown, PriceOverride
from pos.domain.money import Quantity
from pos.persistence.baskets import basket_text, read_basket
from tests.corner_shop import new_shop, open_up

MOMENT = datetime(2026, 11, 21, 19, 32, tzinfo=UTC)

PLAIN = BasketLine("1", "Ceramic mug", 950, ("standard",), Quantity.pieces(2), "9520000010126", "101", "Kitchen")
TOLD = BasketLine(
    "2",
    "Kettle",
    4500,
    (),
    Quantity.pieces(1),
    "9520000030018",
    "101",
    serials=("A1",),
    note="dented",
    flags=("local",),
    override=PriceOverride(5000, "match", "201"),
    markdown=Markdown("damaged", percent_millionths=100_000, by="101"),
)


@pytest.mark.parametrize("lines", [(), (PLAIN,), (PLAIN, TOLD), (TOLD, PLAIN)])
def test_a_basket_comes_back_as_it_was_saved(lines: tuple[BasketLine, ...]) -> None:
    basket = Basket(id="b", lines=lines, note="for Eva", age_seen=18)
    assert read_basket(basket_text(basket)) == basket


def test_a_basket_saved_again_is_the_one_saved_last(tmp_path: Path) -> None:
    lane = open_up(new_shop(tmp_path / "shop"))
    more = replace(PLAIN, quantity=Quantity.pieces(3))
    with lane.desk.shop.books.writing() as work:
        for lines in ((PLAIN,), (PLAIN, TOLD), (more, TOLD), (TOLD, more, PLAIN), (replace(TOLD, note=""),), ()):
            basket = Basket(id="b", lines=lines)
            work.baskets.save(7, basket, MOMENT)
            assert work.baskets.get(7) == basket
