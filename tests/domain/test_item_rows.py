"""A row of a file of items is an item, or every reason why not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from pos.domain.identifiers import CodeInvalid, gtin_key
from pos.domain.item_columns import choose_columns
from pos.domain.item_rows import (
    PRICE_MAX,
    Defaults,
    ItemRow,
    RefusedRow,
    RowFault,
    RowProblem,
    RowReader,
    read_price,
    read_tax,
)
from pos.domain.money import Money, Unit, exponent_of
from pos.domain.shop import ShopRules
from pos.domain.tax import TaxRate

RULES = ShopRules(
    name="Shop",
    store="0001",
    currency="USD",
    timezone="UTC",
    tax_rates=(TaxRate("standard", 72_500), TaxRate("food", 0), TaxRate("city", 0)),
)
HEADER = ["id", "name", "price", "gtin", "plu", "code", "unit", "tax", "department", "icon"]
FULL = ["I1", "Kettle", "45.00", "9520000030018", "4011", "KETTLE", "piece", "standard", "Kitchen", "redeem"]


def reader(defaults: Defaults | None = None, *maps: str) -> RowReader:
    columns = choose_columns(HEADER, maps, price_needed=True)
    return RowReader(columns, defaults or Defaults(), RULES, frozenset({"redeem"}))


def row(**cells: str) -> list[str]:
    return [cells.get(name, given) for name, given in zip(HEADER, FULL, strict=True)]


def faults(found: ItemRow | RefusedRow) -> list[RowFault]:
    assert isinstance(found, RefusedRow)
    return [problem.fault for problem in found.problems]


def test_a_full_row_reads() -> None:
    assert reader().read(2, FULL) == ItemRow(
        line=2,
        id="I1",
        name="Kettle",
        price=4500,
        codes=("09520000030018", "4011", "KETTLE"),
        taxes=("standard",),
        unit=Unit.PIECE,
        department="Kitchen",
        icon="redeem",
    )


def test_an_empty_cell_says_nothing() -> None:
    found = reader().read(2, row(unit="", tax="", department="", icon=""))
    assert isinstance(found, ItemRow)
    assert (found.unit, found.taxes, found.department, found.icon) == (None, None, None, None)


def test_defaults_fill_empty_cells() -> None:
    defaults = Defaults(price=199, taxes=("food",), unit=Unit.KG, department="Produce")
    found = reader(defaults).read(2, row(price="", unit="", tax="", department=""))
    assert isinstance(found, ItemRow)
    assert (found.price, found.unit, found.taxes, found.department) == (199, Unit.KG, ("food",), "Produce")


def test_blanks_around_and_inside_a_name_are_folded() -> None:
    found = reader().read(2, row(name="  HEART\u00a0 T-LIGHT\n HOLDER "))
    assert isinstance(found, ItemRow)
    assert found.name == "HEART T-LIGHT HOLDER"


@pytest.mark.parametrize("name", ["\u200f", "\u200b \u200d", "\u00ad", "\u3164", "\u2800", "\ufeff"])
def test_a_name_nobody_can_see_is_missing(name: str) -> None:
    assert faults(reader().read(2, row(name=name))) == [RowFault.NAME_MISSING]
    seen = reader().read(2, row(name=f"{name}چای 🫖"))
    assert isinstance(seen, ItemRow)


def test_several_codes_in_a_cell_and_one_code_in_two_spellings() -> None:
    found = reader().read(2, row(gtin="9520000030018|09520000030018", plu="", code=" A | B ||A"))
    assert isinstance(found, ItemRow)
    assert found.codes == ("09520000030018", "A", "B")


def test_case_tells_codes_apart() -> None:
    upper, lower = (reader().read(2, row(gtin="", plu="", code=code)) for code in ("85123A", "85123a"))
    assert isinstance(upper, ItemRow)
    assert isinstance(lower, ItemRow)
    assert upper.codes != lower.codes


@pytest.mark.parametrize("text", ["012345678905", "0012345678905", "00012345678905"])
def test_a_gtin_in_a_column_of_any_code_takes_its_one_key(text: str) -> None:
    found = reader().read(2, row(gtin="", plu="", code=text))
    assert isinstance(found, ItemRow)
    assert found.codes == ("00012345678905",)


def test_a_upc_e_is_the_gtin_it_is_short_for() -> None:
    columns = choose_columns(["name", "price", "short"], ["upc_e=short"], price_needed=True)
    upc_e = RowReader(columns, Defaults(), RULES, frozenset())
    found = upc_e.read(2, ["Gum", "0.50", "01234565"])
    assert isinstance(found, ItemRow)
    assert found.codes == (gtin_key("012345000065"),)
    assert faults(upc_e.read(3, ["Gum", "0.50", "01234567"])) == [RowFault.UPC_E_INVALID]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"gtin": "9520000030011"}, RowFault.GTIN_CHECK_DIGIT),
        ({"gtin": "0001114828"}, RowFault.GTIN_LENGTH),
        ({"gtin": "9.52E+12"}, RowFault.GTIN_NOT_DIGITS),
        ({"gtin": "٩520000030018"}, RowFault.GTIN_NOT_DIGITS),
        ({"gtin": "0000000000000"}, RowFault.CODE_ZEROS),
        ({"gtin": "00127135"}, RowFault.GTIN_IS_UPC_E),
        ({"plu": "401"}, RowFault.PLU_INVALID),
        ({"code": "X" * 81}, RowFault.CODE_TOO_LONG),
        ({"code": "A\u200bB"}, RowFault.CODE_UNREADABLE),
        ({"id": "", "gtin": "", "plu": "", "code": " | "}, RowFault.CODE_MISSING),
        ({"id": "I" * 81}, RowFault.ID_TOO_LONG),
        ({"id": "I\u200b1"}, RowFault.CODE_UNREADABLE),
        ({"name": "  "}, RowFault.NAME_MISSING),
        ({"name": "N" * 301}, RowFault.NAME_TOO_LONG),
        ({"name": "half\x8cuf"}, RowFault.CONTROL_CHARACTER),
        ({"name": "\u202etxet"}, RowFault.CONTROL_CHARACTER),
        ({"name": "\udca3"}, RowFault.NOT_UTF_8),
        ({"price": ""}, RowFault.PRICE_MISSING),
        ({"unit": "furlong"}, RowFault.UNIT_UNKNOWN),
        ({"tax": "standard luxury"}, RowFault.TAX_UNKNOWN),
        ({"department": "D" * 61}, RowFault.DEPARTMENT_TOO_LONG),
        ({"icon": "unicorn"}, RowFault.ICON_UNKNOWN),
    ],
)
def test_what_is_wrong_with_a_row_is_named(cells: dict[str, str], fault: RowFault) -> None:
    assert faults(reader().read(7, row(**cells))) == [fault]


def test_every_reason_is_named_at_once() -> None:
    found = reader().read(7, row(name="", price="free", gtin="12", tax="luxury"))
    assert faults(found) == [
        RowFault.GTIN_LENGTH,
        RowFault.NAME_MISSING,
        RowFault.PRICE_UNREADABLE,
        RowFault.TAX_UNKNOWN,
    ]


def test_an_item_with_an_id_may_have_no_code() -> None:
    assert isinstance(reader().read(2, row(gtin="", plu="", code="")), ItemRow)


def test_a_row_of_another_width_is_torn() -> None:
    assert faults(reader().read(2, FULL[:-1])) == [RowFault.ROW_WIDTH]
    assert faults(reader().read(2, [])) == [RowFault.ROW_WIDTH]


def test_a_shown_code_obeys_no_terminal() -> None:
    refused = reader().read(2, row(gtin="", plu="", code="\x1b[2J" + "A" * 100))
    assert isinstance(refused, RefusedRow)
    assert refused.code.isprintable()
    assert len(refused.code) <= 40


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.30", "USD", 1230),
        ("12,30", "USD", 1230),
        ("12,3", "USD", 1230),
        ("12", "USD", 1200),
        ("0.01", "USD", 1),
        ("1500", "JPY", 1500),
        ("1.250", "KWD", 1250),
        ("0001.10", "USD", 110),
    ],
)
def test_a_price_is_read(text: str, currency: str, minor: int) -> None:
    assert read_price(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "fault"),
    [
        ("", "USD", RowFault.PRICE_MISSING),
        ("free", "USD", RowFault.PRICE_UNREADABLE),
        ("£2.50", "GBP", RowFault.PRICE_UNREADABLE),
        ("1 200", "USD", RowFault.PRICE_UNREADABLE),
        ("1e3", "USD", RowFault.PRICE_UNREADABLE),
        ("+1", "USD", RowFault.PRICE_UNREADABLE),
        ("٣", "USD", RowFault.PRICE_UNREADABLE),
        ("1.", "USD", RowFault.PRICE_UNREADABLE),
        (".5", "USD", RowFault.PRICE_UNREADABLE),
        ("1,234", "USD", RowFault.PRICE_UNREADABLE),
        ("1,234", "KWD", RowFault.PRICE_UNREADABLE),
        ("9" * 25, "USD", RowFault.PRICE_UNREADABLE),
        ("-1.00", "USD", RowFault.PRICE_NEGATIVE),
        ("-0.001", "USD", RowFault.PRICE_NEGATIVE),
        ("0", "USD", RowFault.PRICE_ZERO),
        ("-0.00", "USD", RowFault.PRICE_ZERO),
        ("0.001", "GBP", RowFault.PRICE_TOO_FINE),
        ("0.500", "USD", RowFault.PRICE_TOO_FINE),
        ("1.5", "JPY", RowFault.PRICE_TOO_FINE),
        ("99999999999999", "USD", RowFault.PRICE_TOO_LARGE),
    ],
)
def test_a_price_is_refused(text: str, currency: str, fault: RowFault) -> None:
    found = read_price(text, currency)
    assert isinstance(found, RowProblem)
    assert found.fault is fault


def test_a_free_item_is_taken_when_it_is_meant() -> None:
    assert read_price("0.00", "USD", allow_free=True) == 0


@given(st.integers(1, PRICE_MAX), st.sampled_from(["USD", "JPY", "KWD", "CLF"]))
def test_a_price_as_money_writes_it_reads_back(minor: int, currency: str) -> None:
    text = Money(minor, currency).text()
    assert read_price(text, currency) == minor
    if exponent_of(currency) not in {0, 3}:
        assert read_price(text.replace(".", ","), currency) == minor


@given(st.text(max_size=30), st.sampled_from(["USD", "JPY", "KWD"]))
def test_any_text_is_a_price_in_range_or_a_reason(text: str, currency: str) -> None:
    found = read_price(text, currency)
    assert isinstance(found, RowProblem) or 0 < found <= PRICE_MAX


@given(st.from_regex(r"[0-9]{7}|[0-9]{11,13}", fullmatch=True), st.integers(0, 9))
def test_the_check_digit_is_the_one_another_library_computes(body: str, digit: int) -> None:
    text = f"{body}{digit}"
    if not text.strip("0"):
        return
    if ean.calc_check_digit(body) == str(digit):
        assert gtin_key(text) == text.zfill(14)
    else:
        with pytest.raises(CodeInvalid):
            gtin_key(text)


def test_a_tax_is_known_by_its_code_or_by_a_rate_of_its_own() -> None:
    assert read_tax("food", RULES) == "food"
    assert read_tax("7.25%", RULES) == "standard"
    assert read_tax("7,25", RULES) == "standard"
    assert read_tax("0", RULES) is None  # two taxes have that rate
    assert read_tax("21", RULES) is None
    found = reader().read(2, row(tax="7,25 %|city"))
    assert isinstance(found, ItemRow)
    assert found.taxes == ("standard", "city")


def test_a_tax_the_shop_lacks_is_answered_with_those_it_has() -> None:
    found = RowReader(
        choose_columns(HEADER, (), price_needed=True), Defaults(), replace(RULES, tax_rates=()), frozenset({"redeem"})
    ).read(2, FULL)
    assert isinstance(found, RefusedRow)
    assert found.problems[0].facts == {"tax": "standard", "taxes": ""}
