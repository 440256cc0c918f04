"""Set-up: every field is held against the rules, and a shop is founded whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.country import CASH_STEPS, COUNTRIES, CURRENCIES, Register, country_of
from pos.domain.new_shop import FirstItems, NewPerson, NewShop, ShopField, TypedTax
from pos.domain.refusal import Code, Refused
from pos.domain.shop import Mode
from pos.domain.staff import _FAVOURITES, Operator, Role, pin_weak
from pos.domain.tax import PriceMode, TaxRate
from pos.domain.trouble import KnownError, Trouble
from pos.services.receipt_sample import sample_of_new_shop
from pos.services.set_up import Founded, check_shop, found_own_shop, rules_of, try_items
from pos.services.shop_logo import logo_of, look_at_logo
from pos.services.verify import verify_shop
from pos.settings import first_choice, has_own_shop, read_settings
from pos.speech import LANGUAGES
from pos.wording import Wording
from pos.workstation import open_workstation
from receipts.document import Document, Logo
from tests.corner_shop import HandClock
from tests.receipts.pictures import as_file, drawn

PIN = "739146"
GOOD = NewShop(
    country="CZ",
    name="  U  Lípy ",
    store="0007",
    language="cs",
    timezone="Europe/Prague",
    currency="CZK",
    price_mode=PriceMode.TAX_INCLUDED,
    taxes=(TypedTax("standard", "21"), TypedTax("reduced", "12,0 %")),
    cash_step=100,
    header="Lipová 3\n\nBrno",
    footer="Děkujeme",
    owner=NewPerson("Eva Malá", PIN, PIN, Role.OWNER, "cs"),
    staff=(NewPerson("Jan Dub", "482915", "482915"),),
)


def test_a_good_shop_is_founded_and_its_owner_signs_in(tmp_path: Path) -> None:
    assert not has_own_shop(tmp_path)
    assert first_choice(tmp_path) == tmp_path / "demo"
    founded = found_own_shop(tmp_path, replace(GOOD, items=FirstItems.SAMPLES), HandClock())
    assert isinstance(founded, Founded)
    assert founded.folder == first_choice(tmp_path) == tmp_path / "shop"
    assert verify_shop(founded.folder).sound
    station = open_workstation(founded.folder, number=1, mode=Mode.LIVE, settings=read_settings(tmp_path))
    rules = station.desk.rules
    assert (rules.name, rules.store, rules.currency, rules.cash_rounding.step) == ("U Lípy", "0007", "CZK", 100)
    assert rules.tax_rates == (TaxRate("standard", 210_000), TaxRate("reduced", 120_000))
    assert rules.receipt.header == ("Lipová 3", "Brno")
    assert station.sign_on.sign_on("100", PIN) == Operator("100", "Eva Malá", Role.OWNER, "cs")
    assert station.sign_on.sign_on("101", "482915") == Operator("101", "Jan Dub", Role.CASHIER)
    bananas = station.catalogue.find("4011")
    assert bananas is not None
    assert (bananas.name, bananas.unit_price_minor, bananas.taxes) == ("Banány", 2000, ("reduced",))
    station.close()


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"country": "XX"}, Code.CHOICE_UNKNOWN, ShopField.COUNTRY),
        ({"name": " "}, Code.FIELD_MISSING, ShopField.NAME),
        ({"name": "x" * 41}, Code.FIELD_TOO_LONG, ShopField.NAME),
        ({"name": "a\x07b"}, Code.FIELD_UNREADABLE, ShopField.NAME),
        ({"store": "12"}, Code.STORE_NUMBER_INVALID, ShopField.STORE),
        ({"store": "١٢٣٤"}, Code.STORE_NUMBER_INVALID, ShopField.STORE),
        ({"language": "fi"}, Code.CHOICE_UNKNOWN, ShopField.LANGUAGE),
        ({"timezone": "Mars/Base"}, Code.CHOICE_UNKNOWN, ShopField.TIMEZONE),
        ({"currency": "XXX"}, Code.CHOICE_UNKNOWN, ShopField.CURRENCY),
        ({"taxes": (TypedTax("standard", "101"),)}, Code.TAX_INVALID, ShopField.TAX_RATES),
        ({"taxes": (TypedTax("standard", "-1"),)}, Code.TAX_INVALID, ShopField.TAX_RATES),
        ({"taxes": (TypedTax("two words", "1"),)}, Code.TAX_INVALID, ShopField.TAX_RATES),
        ({"taxes": (TypedTax("a", "1"), TypedTax("A", "2"))}, Code.TAX_TWICE, ShopField.TAX_RATES),
        ({"cash_step": 7}, Code.CHOICE_UNKNOWN, ShopField.ROUNDING),
        ({"header": "x" * 49}, Code.FIELD_TOO_LONG, ShopField.HEADER),
        ({"footer": "x\n" * 7}, Code.FIELD_TOO_LONG, ShopField.FOOTER),
        ({"vat_number": "x" * 21}, Code.FIELD_TOO_LONG, ShopField.VAT_NUMBER),
        ({"owner": NewPerson("", PIN, PIN)}, Code.FIELD_MISSING, ShopField.OWNER_NAME),
        ({"owner": NewPerson("Eva", "1234", "1234")}, Code.PIN_TOO_SHORT, ShopField.OWNER_PIN),
        ({"owner": NewPerson("Eva", "123456", "123456")}, Code.PIN_WEAK, ShopField.OWNER_PIN),
        ({"owner": NewPerson("Eva", PIN, "739145")}, Code.PINS_DIFFER, ShopField.OWNER_PIN_AGAIN),
        ({"staff": (NewPerson("Jan", "101101", "101101"),)}, Code.PIN_WEAK, ShopField.STAFF_PIN),
        ({"staff": (NewPerson("Jan", PIN, PIN),) * 41}, Code.STAFF_LIMIT, ShopField.STAFF_NAME),
        ({"items": FirstItems.FILE}, Code.FIELD_MISSING, ShopField.ITEMS),
    ],
)
def test_each_field_is_refused_with_its_reason(
    tmp_path: Path, change: dict[str, object], code: Code, field: ShopField
) -> None:
    new = replace(GOOD, **change)  # type: ignore[arg-type]
    refused = found_own_shop(tmp_path, new, HandClock())
    assert isinstance(refused, Refused)
    assert (refused.code, refused.facts["field"]) == (code, field)
    assert check_shop(new) == refused
    assert not list(tmp_path.glob("*shop*"))
    for language in LANGUAGES:
        assert "{" not in Wording(language).refusal(refused)


def test_a_logo_is_there_from_the_first_receipt_on(tmp_path: Path) -> None:
    file = tmp_path / "leaf.png"
    file.write_bytes(as_file(drawn()))
    new = replace(GOOD, logo_file=str(file))
    seen = look_at_logo(file)
    assert isinstance(seen, Logo)
    sample = sample_of_new_shop(new, seen, HandClock().now())
    assert isinstance(sample, Document)
    assert seen in sample.blocks
    founded = found_own_shop(tmp_path / "home", new, HandClock())
    assert isinstance(founded, Founded)
    station = open_workstation(founded.folder, number=1, mode=Mode.LIVE, settings=read_settings(tmp_path))
    assert station.desk.rules.version == 1
    assert logo_of(founded.folder, station.desk.rules) == seen
    station.close()
    assert verify_shop(founded.folder).sound


def test_a_file_that_can_be_no_logo_founds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "words.png"
    file.write_bytes(b"no picture")
    new = replace(GOOD, logo_file=str(file))
    refused = found_own_shop(tmp_path / "home", new, HandClock())
    assert isinstance(refused, Refused)
    assert (refused.code, refused.facts["field"]) == (Code.LOGO_NO_PICTURE, ShopField.LOGO)
    with pytest.raises(KnownError) as met:
        found_own_shop(tmp_path / "home", replace(GOOD, logo_file=str(tmp_path / "gone.png")), HandClock())
    assert met.value.trouble is Trouble.FILE_UNREADABLE
    assert not (tmp_path / "home").exists()


def test_a_receipt_that_cannot_be_printed_yet_is_not_shown() -> None:
    assert isinstance(sample_of_new_shop(NewShop(), None, HandClock().now()), Refused)


def test_what_is_not_asked_about_yet_refuses_nothing() -> None:
    assert check_shop(NewShop(name="Shop"), (ShopField.NAME, ShopField.STORE)) is None
    assert check_shop(NewShop(name="Shop")) is not None


def test_a_file_of_items_comes_in_with_the_founding_or_nothing_does(tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    file.write_text("code,name,price,tax\nA1,Apple,10,reduced\nB2,Bread,,reduced\n")
    new = replace(GOOD, items=FirstItems.FILE, items_file=str(file))
    tried = try_items(new, HandClock())
    assert (tried.rows, tried.new, tried.refused_rows, tried.written) == (2, 1, 1, False)
    refused = found_own_shop(tmp_path / "home", new, HandClock())
    assert isinstance(refused, Refused)
    assert refused.code is Code.ITEMS_REFUSED
    assert not has_own_shop(tmp_path / "home")
    assert not list((tmp_path / "home").iterdir())
    founded = found_own_shop(tmp_path / "home", replace(new, items_take_good=True), HandClock())
    assert isinstance(founded, Founded)
    assert founded.items is not None
    assert founded.items.written
    assert verify_shop(founded.folder).sound


def test_a_shop_that_is_there_is_not_founded_over(tmp_path: Path) -> None:
    assert isinstance(found_own_shop(tmp_path, GOOD, HandClock()), Founded)
    before = (tmp_path / "shop" / "shop.keys").read_bytes()
    with pytest.raises(KnownError) as met:
        found_own_shop(tmp_path, GOOD, HandClock())
    assert met.value.trouble is Trouble.SHOP_EXISTS
    assert (tmp_path / "shop" / "shop.keys").read_bytes() == before


def test_no_pin_is_in_what_a_failure_report_would_show() -> None:
    assert PIN not in repr(GOOD)


def test_what_a_country_proposes_makes_a_shop() -> None:
    for each in COUNTRIES:
        assert each.currency in CURRENCIES
        assert each.cash_step in CASH_STEPS
        assert each.language in LANGUAGES
        assert all(ZoneInfo(zone) for zone in (*each.zones, *each.region_zones.values()))
        for region in ("", *each.regions):
            taxes = tuple(TypedTax(tax.code, f"{tax.rate_millionths / 10_000:.4f}") for tax in each.taxes_of(region))
            new = replace(GOOD, country=each.code, region=region, taxes=taxes, cash_step=each.cash_step)
            assert check_shop(new) is None
            assert rules_of(new).tax_rates == each.taxes_of(region)


def test_sweden_and_czechia_and_new_york_are_proposed_as_they_are() -> None:
    sweden, czechia, states = (country_of(code) for code in ("SE", "CZ", "US"))
    assert sweden is not None
    assert czechia is not None
    assert states is not None
    assert {tax.code: tax.rate_millionths for tax in sweden.taxes} == {
        "standard": 250_000,
        "food": 120_000,
        "reduced": 120_000,
        "low": 60_000,
        "zero": 0,
    }
    food = sweden.taxes[1]
    assert [food.on(day).rate_millionths for day in (date(2026, 3, 31), date(2026, 4, 1), date(2028, 1, 1))] == [
        120_000,
        60_000,
        120_000,
    ]
    assert [tax.rate_millionths for tax in czechia.taxes][:2] == [210_000, 120_000]
    assert states.taxes_of("NY")[0] == TaxRate("state", 40_000)
    assert len(states.regions) == 51
    assert sweden.register is Register.CONTROL_UNIT
    assert czechia.register is None
    for language in LANGUAGES:
        assert "Kassa" in Wording(language).register(Register.CONTROL_UNIT, "SE")


@pytest.mark.parametrize(
    "pin", ["111111", "123456", "987654", "135791", "121212", "123123", "123321", "112233", "147258", "1212121"]
)
def test_pins_that_anybody_would_try_are_weak(pin: str) -> None:
    assert pin_weak(pin)


@given(st.text("0123456789", min_size=6, max_size=12))
def test_a_pin_read_from_behind_is_as_weak(pin: str) -> None:
    assert pin_weak(pin) == pin_weak(pin[::-1]) or {pin, pin[::-1]} & _FAVOURITES
