"""What a code carries is what is sold; what the catalogue knows wins; what is no item's code changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdnum import ean

from pos.domain.item import Item
from pos.domain.measure_codes import CodeRule, MeasureOf
from pos.domain.money import Quantity, Unit
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import PriceSource, WeightSource
from pos.domain.scanned_code import BadgeCode, ItemCode, ReceiptCode
from pos.domain.shop import Mode
from pos.services.sale import SaleView
from pos.services.shops import NewStaff, found_shop
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, RULES, HandClock, contents, open_up, pin_of

PRICE = CodeRule("20", "24", 5, 5, MeasureOf.PRICE, 2)
WEIGHT = CodeRule("25", "29", 5, 5, MeasureOf.WEIGHT, 3)
KNOWN = "2104011099997"
ITEMS = (
    Item("HAM", "Ham", 15_000, ("food",), Unit.KG, codes=("09520000001018",), measure_code="2104011"),
    Item("TROUT", "Trout", 29_990, ("food",), Unit.LB, measure_code="2504012"),
    Item("MUG", "Mug", 4_900, ("standard",), codes=("0" + KNOWN,)),
    Item("ODD", "Odd", 100, ("standard",), codes=("KRABCDEFGHJKLMN234",)),
    Item("PHONE", "Phone", 99_900, ("standard",), codes=("09520000002022",), serial=True),
)


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workstation]:
    folder: Path = tmp_path_factory.mktemp("codes") / "shop"
    found_shop(
        folder,
        replace(RULES, code_rules=(PRICE, WEIGHT)),
        mode=Mode.LIVE,
        clock=HandClock(),
        workstation=1,
        staff=[NewStaff(CASHIER, pin_of(CASHIER))],
        items=ITEMS,
    )
    workstation = open_up(folder)
    yield workstation
    workstation.close()


@pytest.fixture(autouse=True)
def empty(till: Workstation) -> Iterator[None]:
    yield
    till.sale.void_sale()


def label(prefix: str, item: str, value: int) -> str:
    body = f"{prefix}{item}{value:05d}"
    return body + str(ean.calc_check_digit(body))


def rung_up(answer: object) -> SaleView:
    assert isinstance(answer, SaleView), answer
    return answer


@given(st.integers(1, 99_999))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_label_costs_what_it_says(till: Workstation, price: int) -> None:
    code = label("21", "04011", price)
    till.sale.void_sale()
    line = rung_up(till.sale.scan(code)).priced.lines[-1]
    if code == KNOWN:
        assert line.line.item == "MUG"
        return
    assert (line.line.item, line.total, line.line.quantity) == ("HAM", price, Quantity.pieces(1))
    assert line.line.price_source == PriceSource.CODE


@given(st.integers(1, 99_999))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_label_weighs_what_it_says(till: Workstation, grams: int) -> None:
    till.sale.void_sale()
    line = rung_up(till.sale.scan(label("25", "04012", grams))).priced.lines[-1].line
    assert (line.item, line.unit_price, line.weight_source) == ("TROUT", 29_990, WeightSource.CODE)
    # The pound is 0.45359237 kg; the label's grams are sold to the thousandth of a pound.
    assert abs(line.quantity.thousandths * 45_359_237 - grams * 100_000_000) <= 45_359_237 // 2 + 1


def test_what_the_catalogue_holds_as_it_stands_wins(till: Workstation) -> None:
    assert rung_up(till.sale.scan(KNOWN)).priced.lines[-1].total == 4_900
    assert rung_up(till.sale.scan("KRABCDEFGHJKLMN234")).priced.lines[-1].line.item == "ODD"
    assert isinstance(till.catalogue.kind_of("KRABCDEFGHJKLMN234"), ItemCode)


def test_other_kinds_are_told_apart(till: Workstation) -> None:
    assert till.catalogue.kind_of("KRABCDEFGHJKLMN235") == ReceiptCode(token="ABCDEFGHJKLMN235")
    assert till.catalogue.kind_of("KB-7F3Q-2M8X") == BadgeCode("KB-7F3Q-2M8X")


def test_a_badge_is_never_repeated(till: Workstation) -> None:
    answer = till.sale.scan("KB-7F3Q-2M8X")
    assert isinstance(answer, Refused)
    assert answer.code is Code.NOT_AN_ITEM
    assert "7F3Q" not in str(answer.facts)


def test_a_serial_number_in_the_code_is_the_answer(till: Workstation) -> None:
    line = rung_up(till.sale.scan("(01)09520000002022(21)SN-42(17)270101")).priced.basket.lines[-1]
    assert (line.serials, line.expires, line.scanned) == (
        ("SN-42",),
        "2027-01-01",
        "(01)09520000002022(21)SN-42(17)270101",
    )


def test_a_line_past_its_day_is_in_the_view(till: Workstation) -> None:
    till.sale.scan("(01)09520000001018(3103)000500(17)261121")
    assert rung_up(till.sale.scan("(01)09520000001018(3103)000500(17)261120")).expired == (1,)


def test_the_label_goes_before_the_catalogues_price(till: Workstation) -> None:
    view = rung_up(till.sale.scan("(01)09520000001018(3103)000500(3922)7400"))
    assert [line.total for line in view.priced.lines] == [7_400]
    view = rung_up(till.sale.scan("(01)09520000001018(3103)000500(3922)7500"))
    assert view.priced.lines[-1].line.quantity == Quantity(500, Unit.KG)


def test_three_of_a_label_are_three(till: Workstation) -> None:
    view = rung_up(till.sale.scan(label("21", "04011", 4_537), Quantity.pieces(3)))
    assert view.priced.total == 3 * 4_537
    view = rung_up(till.sale.scan("(01)09520000001018(3103)000500", Quantity.pieces(2)))
    assert view.priced.lines[-1].line.quantity == Quantity(1_000, Unit.KG)


@pytest.mark.parametrize(
    "rubbish",
    [
        "",
        " ",
        "9" * 500,
        "x" * 500,
        "(01)" + "9" * 496,
        "]C1" + "0" * 497,
        "\x00",
        "abc\x1b[31m",
        "\x1d\x1d",
        "čárový\x07",
    ],
)
def test_rubbish_is_refused_and_nothing_changes(till: Workstation, rubbish: str) -> None:
    till.sale.scan(KNOWN)
    before, view = contents(till.desk.shop.folder), till.sale.view
    answer = till.sale.scan(rubbish)
    assert isinstance(answer, Refused)
    assert answer.code is Code.CODE_UNREADABLE
    assert str(answer.facts["code"]).isprintable()
    assert contents(till.desk.shop.folder) == before
    assert till.sale.view == view


@given(st.text(max_size=520))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered(till: Workstation, text: str) -> None:
    assert isinstance(till.sale.scan(text), SaleView | Refused)
