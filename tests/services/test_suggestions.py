"""What goes with what: one suggestion a sale, only of what can be sold, counted by what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos.domain.item import Item
from pos.domain.journal import EntryKind
from pos.domain.money import Unit
from pos.domain.refusal import Code, Refused
from pos.domain.suggestion import SuggestionPair, Trigger
from pos.persistence.suggestions import PairFigures
from pos.services.desk import read_payload
from pos.services.sale import SaleView
from pos.services.stock import StockLine
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, MANAGER, OPENED, TRAINEE, new_shop, open_up, sell

TODAY = OPENED.date()
KETTLE = SuggestionPair(0, Trigger.ITEM, "1", "3", "A kettle for the tea to go with it?")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"))
    yield workstation
    assert verify_books(workstation.desk.shop).sound
    workstation.close()


def keep(till: Workstation, *pairs: SuggestionPair) -> None:
    till.desk.operator = MANAGER
    for pair in pairs:
        assert not isinstance(till.suggestions.put(pair), Refused)
    till.desk.operator = CASHIER


def shown(till: Workstation) -> str | None:
    suggestion = till.sale.view.suggestion
    return None if suggestion is None else suggestion.item


def brought(till: Workstation) -> tuple[PairFigures, ...]:
    return brought_from(till, TODAY - timedelta(days=1), TODAY)


def brought_from(till: Workstation, first: date, last: date) -> tuple[PairFigures, ...]:
    asking = till.desk.operator
    till.desk.operator = MANAGER
    figures = till.suggestions.brought(first, last)
    till.desk.operator = asking
    assert not isinstance(figures, Refused)
    return figures


def test_a_suggestion_goes_with_an_item_or_with_its_department_and_the_items_own_goes_first(till: Workstation) -> None:
    keep(till, SuggestionPair(0, Trigger.DEPARTMENT, "Bakery", "4"), KETTLE)
    till.sale.scan("4135")
    assert shown(till) is None
    till.sale.scan("BREAD")
    suggestion = till.sale.view.suggestion
    assert suggestion is not None
    assert (suggestion.item, suggestion.name, suggestion.unit_price, suggestion.on_hand) == (
        "3",
        "Kettle",
        129_900,
        None,
    )
    assert suggestion.say == KETTLE.say


def test_it_is_counted_by_what_became_of_it(till: Workstation) -> None:
    keep(till, KETTLE)
    till.sale.scan("BREAD")
    assert not isinstance(till.sale.add_item("3"), Refused)
    assert shown(till) is None, "sold with the rest"
    sell(till, "4135")
    till.sale.scan("BREAD")
    assert not isinstance(till.sale.decline_suggestion(), Refused)
    assert shown(till) is None
    till.sale.scan("BREAD")
    assert shown(till) is None, "one a sale"
    sell(till, "4135")
    till.sale.scan("BREAD")
    sell(till, "4135")
    till.sale.scan("BREAD")
    till.sale.void_sale()
    assert brought(till) == (PairFigures(1, "3", accepted=1, declined=1, shown=1, brought=129_900),)
    assert brought_from(till, TODAY + timedelta(days=1), TODAY + timedelta(days=9)) == ()


def test_never_after_payment_began_and_undo_brings_it_back(till: Workstation) -> None:
    keep(till, KETTLE)
    till.sale.scan("BREAD")
    till.sale.decline_suggestion()
    till.sale.undo()
    assert shown(till) == "3"
    till.sale.tender_cash(100)
    assert shown(till) is None
    answer = till.sale.decline_suggestion()
    assert isinstance(answer, Refused)
    assert answer.code is Code.SUGGESTION_GONE
    till.sale.release_tenders()
    assert shown(till) == "3"


def test_it_survives_the_power_and_a_slip(till: Workstation, tmp_path: Path) -> None:
    keep(till, KETTLE)
    till.sale.scan("BREAD")
    again = open_up(tmp_path / "shop", number=2)
    again.close()
    slip = till.suspended.suspend()
    assert not isinstance(slip, Refused)
    assert isinstance(till.suspended.recall(slip.sale.id), SaleView)
    assert shown(till) == "3"


@pytest.mark.parametrize("why", ["gone", "sold out", "retired", "here already", "not yet", "over"])
def test_what_cannot_be_sold_is_not_suggested(till: Workstation, why: str) -> None:
    pair = KETTLE
    if why == "not yet":
        pair = replace(KETTLE, starts=TODAY + timedelta(days=1))
    if why == "over":
        pair = replace(KETTLE, ends=TODAY - timedelta(days=1))
    keep(till, pair)
    till.desk.operator = MANAGER
    if why == "gone":
        till.suggestions.remove(1)
    if why == "retired":
        till.catalogue.retire("3")
    if why == "sold out":
        till.stock.count([StockLine("3", 0)])
    till.desk.operator = CASHIER
    if why == "here already":
        till.sale.scan("09520000000011")
    till.sale.scan("BREAD")
    assert shown(till) is None


def test_what_cannot_be_sold_makes_way_for_the_next_pair(till: Workstation) -> None:
    keep(till, KETTLE, SuggestionPair(0, Trigger.DEPARTMENT, "Bakery", "4"))
    till.desk.operator = MANAGER
    till.stock.count([StockLine("3", 0)])
    till.desk.operator = CASHIER
    till.sale.scan("BREAD")
    assert shown(till) == "4"


def test_the_journal_keeps_what_a_pair_was_and_is(till: Workstation) -> None:
    keep(till, KETTLE)
    till.desk.operator = MANAGER
    assert till.suggestions.put(replace(KETTLE, id=1, say="")) == replace(KETTLE, id=1, say="")
    assert not isinstance(till.suggestions.remove(1), Refused)
    assert till.suggestions.pairs() == ()
    with till.desk.shop.books.reading() as work:
        told = [read_payload(entry) for entry in work.journal.of_kind(EntryKind.SUGGESTION_CHANGED)]
    before, after = ["item", "1", "3", KETTLE.say, "", ""], ["item", "1", "3", "", "", ""]
    assert told == [
        {"before": None, "after": before},
        {"before": before, "after": after},
        {"before": after, "after": None},
    ]
    assert till.suggestions.put(KETTLE) == replace(KETTLE, id=1)


@pytest.mark.parametrize(
    ("pair", "code", "field"),
    [
        (replace(KETTLE, wanted=" "), Code.SUGGESTION_INVALID, "wanted"),
        (replace(KETTLE, item="1"), Code.SUGGESTION_INVALID, "item"),
        (replace(KETTLE, say="x" * 121), Code.SUGGESTION_INVALID, "say"),
        (replace(KETTLE, starts=date(2026, 2, 2), ends=date(2026, 2, 1)), Code.SUGGESTION_INVALID, "ends"),
        (replace(KETTLE, id=7), Code.SUGGESTION_INVALID, "id"),
        (replace(KETTLE, item="nothing"), Code.ITEM_UNKNOWN, None),
    ],
)
def test_a_pair_that_cannot_be_is_refused(
    till: Workstation, pair: SuggestionPair, code: Code, field: str | None
) -> None:
    till.desk.operator = MANAGER
    answer = till.suggestions.put(pair)
    assert isinstance(answer, Refused)
    assert (answer.code, answer.facts.get("field")) == (code, field)
    assert till.suggestions.pairs() == ()


def test_who_may_not_keep_promotions_keeps_no_pairs(till: Workstation) -> None:
    for person in (CASHIER, TRAINEE):
        till.desk.operator = person
        answer = till.suggestions.put(KETTLE)
        assert isinstance(answer, Refused)
        assert answer.code is Code.NOT_PERMITTED


def test_an_item_that_asks_is_asked_as_any_other(till: Workstation) -> None:
    till.desk.operator = MANAGER
    assert not isinstance(till.catalogue.new_item(Item("9", "Rum", 39_900, ("food",), Unit.PIECE, age=18)), Refused)
    keep(till, replace(KETTLE, item="9"))
    till.sale.scan("BREAD")
    answer = till.sale.add_item("9")
    assert isinstance(answer, Refused)
    assert answer.code is Code.AGE_NOT_SEEN
    assert shown(till) == "9"
