"""Columns of a file of items: said, guessed in three languages, or refused in words that help."""

from __future__ import annotations

import pytest

from pos.domain.item_columns import Column, Columns, FileFault, FileRefused, choose_columns, shown


def chosen(header: str, *maps: str, price_needed: bool = True) -> Columns:
    return choose_columns(header.split(";"), maps, price_needed=price_needed)


def refused(header: str, *maps: str) -> FileFault:
    with pytest.raises(FileRefused) as error:
        chosen(header, *maps)
    return error.value.problem.fault


@pytest.mark.parametrize(
    "header",
    [
        "Item name;Unit price;Barcode;Unit;Tax;Department",
        "Název zboží;Prodejní cena;Čárový kód;MJ;DPH;Oddělení",
        "NAZEV;CENA;EAN;Jednotka;Sazba_DPH;Skupina",
        "Benämning;Pris;Streckkod;Enhet;Moms;Varugrupp",
        "description;UnitPrice;bar_code;U.O.M.;VAT code;category",
    ],
)
def test_headers_are_understood_in_three_languages(header: str) -> None:
    columns = chosen(header)
    assert columns.single == {
        Column.NAME: 0,
        Column.PRICE: 1,
        Column.UNIT: 3,
        Column.TAX: 4,
        Column.DEPARTMENT: 5,
    }
    assert columns.codes == ((2, (Column.GTIN,)),)


def test_the_surest_of_two_headings_is_the_name() -> None:
    assert chosen("description;name;price;plu").single[Column.NAME] == 1


def test_what_is_said_goes_before_what_is_guessed() -> None:
    columns = chosen("name;long text;price;code", "name=long text")
    assert columns.single[Column.NAME] == 1


def test_a_column_may_be_said_in_another_spelling() -> None:
    assert chosen("nom;prix;CODE", "name=NOM", "price=Prix", "plu=code").single == {Column.NAME: 0, Column.PRICE: 1}


def test_a_column_may_be_said_as_a_window_shows_its_heading() -> None:
    long = "What the wholesaler calls the price without any discount whatever"
    assert chosen(f"name;{long};code", f"price={shown(long)}").single[Column.PRICE] == 1
    assert chosen("name;pr\u200bix;code", f"price={shown('pr' + chr(0x200B) + 'ix')}").single[Column.PRICE] == 1


def test_several_columns_hold_codes_and_one_column_several_kinds() -> None:
    columns = chosen("name;price;a;b", "gtin=a", "gtin=b", "upc_e=a", "code=a")
    assert columns.codes == ((2, (Column.GTIN, Column.UPC_E, Column.CODE)), (3, (Column.GTIN,)))


def test_an_empty_map_says_that_no_column_holds_it() -> None:
    assert Column.TAX not in chosen("name;price;code;tax", "tax=").single


@pytest.mark.parametrize(
    ("header", "maps", "fault"),
    [
        ("nom;price;code", (), FileFault.NAME_COLUMN_MISSING),
        ("name;prix;code", (), FileFault.PRICE_COLUMN_MISSING),
        ("name;price;cipher", (), FileFault.CODE_COLUMN_MISSING),
        ("name;price;code", ("name",), FileFault.MAP_UNREADABLE),
        ("name;price;code", ("colour=name",), FileFault.FIELD_UNKNOWN),
        ("name;price;code", ("name=nom",), FileFault.COLUMN_UNKNOWN),
        ("name;price;code", ("price=price", "price=name"), FileFault.FIELD_TWICE),
        ("name;price;price;code", (), FileFault.COLUMN_TWICE),
        ("name;price;a;a", ("code=a",), FileFault.COLUMN_TWICE),
        ("ean;EAN;name;price", (), FileFault.COLUMN_TWICE),
    ],
)
def test_a_heading_that_does_not_do_is_refused(header: str, maps: tuple[str, ...], fault: FileFault) -> None:
    assert refused(header, *maps) is fault


def test_a_heading_twice_does_not_matter_where_it_is_not_used() -> None:
    assert chosen("name;price;code;;").width == 5


def test_without_a_price_column_a_default_will_do() -> None:
    assert Column.PRICE not in chosen("name;gtin", price_needed=False).single
