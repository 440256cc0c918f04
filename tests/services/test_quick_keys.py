"""Quick keys follow from the catalogue until the shop arranges its own; the price check sells nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.domain.journal import EntryKind
from pos.domain.money import Money
from pos.domain.quick_keys import KeyKind, KeyPage, QuickKey
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import Ask
from pos.services.price_check import PriceCheck
from pos.services.quick_keys import QuickKeysView
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import MANAGER, contents, new_shop, open_up, sell

OWN = (KeyPage("Mine", (QuickKey(3, KeyKind.ITEM, "1", "Bread!", "green"), QuickKey(1, KeyKind.ACTION, "sell.weigh"))),)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"), operator=MANAGER)
    yield workstation
    workstation.close()


def test_what_sells_most_comes_first_until_the_shop_arranges_its_own(till: Workstation) -> None:
    sell(till, "DEPOSIT", "DEPOSIT", "BREAD")
    view = till.quick_keys.view()
    assert not view.own
    assert [key.target for key in view.pages[0].keys][:2] == ["4", "1"]
    assert till.quick_keys.items(["4"])["4"].name == "Deposit"
    arranged = till.quick_keys.arrange(OWN)
    assert isinstance(arranged, QuickKeysView)
    assert arranged.own
    assert [key.position for key in arranged.pages[0].keys] == [1, 3]
    with till.desk.shop.books.reading() as work:
        (entry,) = work.journal.of_kind(EntryKind.QUICK_KEYS_CHANGED)
    assert "Bread!" in entry.payload
    assert verify_books(till.desk.shop).violations == ()
    back = till.quick_keys.arrange(())
    assert isinstance(back, QuickKeysView)
    assert not back.own


@pytest.mark.parametrize(
    "pages",
    [
        (KeyPage(""),),
        (KeyPage("x" * 25),),
        (KeyPage("A", (QuickKey(0, KeyKind.ITEM, "1"),)),),
        (KeyPage("A", (QuickKey(41, KeyKind.ITEM, "1"),)),),
        (KeyPage("A", (QuickKey(1, KeyKind.ITEM, "1"), QuickKey(1, KeyKind.ITEM, "2"))),),
        (KeyPage("A", (QuickKey(1, KeyKind.ITEM, "none"),)),),
        (KeyPage("A", (QuickKey(1, KeyKind.ITEM, "1", "two\nlines"),)),),
        (KeyPage("A", (QuickKey(1, KeyKind.ITEM, "1", "", "infrared"),)),),
        (KeyPage("A"),) * 13,
    ],
)
def test_what_no_page_can_be_is_refused(till: Workstation, pages: tuple[KeyPage, ...]) -> None:
    before = contents(till.desk.shop.folder)
    answer = till.quick_keys.arrange(pages)
    assert isinstance(answer, Refused)
    assert answer.code is Code.KEYS_INVALID
    assert contents(till.desk.shop.folder) == before


def test_a_price_check_sells_nothing(till: Workstation) -> None:
    before = contents(till.desk.shop.folder)
    found = till.catalogue.check_price("4135")
    assert isinstance(found, PriceCheck)
    assert (found.price, found.asks) == (Money(3_490, "CZK"), (Ask.WEIGHT,))
    assert [tax.code for tax in found.taxes] == ["food"]
    assert isinstance(till.catalogue.check_price("nothing"), Refused)
    assert till.sale.view.empty
    assert contents(till.desk.shop.folder) == before


def test_a_million_items_without_an_icon_are_not_looked_through(till: Workstation) -> None:
    """A start reads the keys: what it looks at grows with the items that have an icon, not with the item list."""
    asked: list[str] = []
    with till.desk.shop.books.reading() as work:
        work._driver.set_trace_callback(asked.append)
        work.items.first(9, till.desk.now())
        work.quick_keys.with_icon(9)
        work.quick_keys.of_department("Dairy", 9)
        work._driver.set_trace_callback(None)
        plans = [
            " / ".join(row[3] for row in work._driver.execute(f"EXPLAIN QUERY PLAN {sql}") if " item " in f"{row[3]} ")
            for sql in asked
            if "icon" in sql
        ]
    assert len(plans) == 3
    assert all("item USING" in plan and "INDEX item_icon" in plan for plan in plans), plans
