"""What is written stays: raw SQL changes no fact, floats find no column, and references hold."""

# ruff: noqa: S608 - the tables and columns are those of pos/persistence/tables.py
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy.types import Text

from pos.domain.customer import Customer
from pos.domain.item import Item, QuantityPrice, ShelfPrice
from pos.domain.rights import ShopRoles
from pos.persistence.audit import Audit
from pos.persistence.columns import Whole
from pos.persistence.engine import open_engine
from pos.persistence.every_table import metadata
from pos.persistence.facts import FACTS
from pos.persistence.promotions import PromotionRow
from pos.persistence.shop_folder import DATABASE
from pos.services.copies import Copies
from pos.services.customers import found_customers
from tests.corner_shop import (
    approve_by_another,
    charge_for_the_books,
    end_till,
    give_instead,
    new_shop,
    open_up,
    put_right,
    reduce_by_hand,
    sell,
    sell_for_the_books,
    suggest,
    take_back,
    take_check,
)
from tests.taken_over import take_over_for_the_books

NUMBERED = {
    "policy_case",
    "policy_case_removed",
    "basket",
    "shop",
    "shop_rules",
    "role_rules",
    "item_search",
    "search_word",
    "suggestion_pair",
    "return_policy_version",
}


@pytest.fixture(scope="module")
def sold_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with two sales, a note and a new price in its books."""
    folder = new_shop(tmp_path_factory.mktemp("facts") / "shop")
    workstation = open_up(folder, terminal="simulated")
    charge_for_the_books(workstation)
    sell(workstation)
    workstation.sale.scan("BREAD")
    approve_by_another(workstation)
    workstation.sale.set_note(None, "for the neighbour")
    reduce_by_hand(workstation)
    with workstation.desk.shop.books.writing() as work:
        work.items.add_many([Item("CRATE", "Crate", 100, (), codes=("CRATE",), container=True)])
        work.commit()
    suggest(workstation)
    done = sell(workstation, "09520000000011", "1234e567", "CRATE")
    sell_for_the_books(workstation)
    take_over_for_the_books(workstation)
    put_right(workstation)
    take_back(workstation)
    give_instead(workstation)
    take_check(workstation)
    Copies(workstation.desk, prints=True).gift_receipt(done.transaction.id)
    with workstation.desk.shop.books.writing() as work:
        entry, now = work.journal.head(1), workstation.desk.now()
        found_customers(work, workstation.desk, [Customer("C1", "Ann", points=5)])
        by_quantity = (QuantityPrice(6_000, 4_000),)
        dated = [("1", ShelfPrice(now, 4_500, by_quantity))]
        work.item_prices.write(work.item_prices.plan(dated, {"1": ShelfPrice(None, 4_290)}), entry, now)
        work.roles.add(ShopRoles((), 1), now, None)
        work.promotions.add([PromotionRow("P", 1, now, "{}", None)])
        work.coupon_uses.add("P", "SUMMER", done.transaction.id)
        work.commit()
    end_till(workstation)
    workstation.close()
    return folder


@pytest.fixture
def raw(sold_in: Path) -> Iterator[Any]:
    """The driver's own connection as the program prepares it; nothing a test does with it stays."""
    engine = open_engine(sold_in / DATABASE)
    connection = engine.raw_connection()
    driver = connection.driver_connection
    assert driver is not None
    driver.execute("BEGIN IMMEDIATE")
    yield driver
    driver.execute("ROLLBACK")
    connection.close()
    engine.dispose()


@pytest.mark.parametrize("table", [table.name for table in FACTS])
def test_no_statement_changes_or_removes_a_fact(raw: Any, table: str) -> None:
    columns = [column.name for column in metadata.tables[table].columns]
    before = raw.execute(f'SELECT * FROM "{table}"').fetchall()
    assert before, "the test has something to attack"
    attacks = [f'DELETE FROM "{table}"', f'DELETE FROM "{table}" WHERE rowid = (SELECT MIN(rowid) FROM "{table}")']
    attacks += [f'UPDATE "{table}" SET "{column}" = "{column}"' for column in columns]
    attacks += [f'{verb} INTO "{table}" SELECT * FROM "{table}" LIMIT 1' for verb in ("REPLACE", "INSERT OR REPLACE")]
    attacks.append(f'UPDATE OR REPLACE "{table}" SET "{columns[0]}" = "{columns[0]}"')
    for attack in attacks:
        with pytest.raises(sqlite.IntegrityError, match="append-only"):
            raw.execute(attack)
    assert raw.execute(f'SELECT * FROM "{table}"').fetchall() == before


def test_a_replacing_insert_cannot_push_a_sale_out_by_its_number_or_token(raw: Any) -> None:
    for clash in ("number", "token"):
        columns = [column.name for column in metadata.tables["retail_transaction"].columns]
        row = dict(zip(columns, raw.execute("SELECT * FROM retail_transaction").fetchone(), strict=True))
        row |= {"id": "another", "number": 99, "token": "another"} | {clash: row[clash]}
        places = ", ".join("?" for _ in row)
        with pytest.raises(sqlite.IntegrityError, match="append-only"):
            raw.execute(f"INSERT OR REPLACE INTO retail_transaction VALUES ({places})", tuple(row.values()))


@pytest.mark.parametrize("table", [table.name for table in metadata.sorted_tables])
def test_no_whole_number_is_kept_as_a_float_or_as_text(raw: Any, table: str) -> None:
    columns = list(metadata.tables[table].columns)
    row = {column.name: 5 if isinstance(column.type, type(Whole)) else "5" for column in columns}
    whole = [column.name for column in columns if isinstance(column.type, type(Whole))]
    places = ", ".join("?" for _ in row)
    raw.execute("PRAGMA defer_foreign_keys=ON")
    for name in whole:
        for wrong in (1.5, "x", b"\x01", float("inf")):
            values = tuple((row | {name: wrong}).values())
            with pytest.raises(sqlite.IntegrityError, match=r"cannot store|datatype mismatch"):
                raw.execute(f'INSERT INTO "{table}" VALUES ({places})', values)
    # SQLite numbers a row itself where its one key is a whole number.
    own_number = {key.name for key in metadata.tables[table].primary_key if table in NUMBERED}
    for column in columns:
        if not column.nullable and column.name not in own_number:
            with pytest.raises(sqlite.IntegrityError, match="NOT NULL"):
                raw.execute(f'INSERT INTO "{table}" VALUES ({places})', tuple((row | {column.name: None}).values()))


def test_every_column_says_what_it_holds() -> None:
    for table in metadata.sorted_tables:
        assert {type(column.type) for column in table.columns} <= {Text, type(Whole)}, table.name


@pytest.mark.parametrize("identity", ["1234e567", "0e0", "00000000", "1e999", "9" * 32, "123e4567890123456789"])
def test_an_id_that_looks_like_a_number_stays_as_it_is(tmp_path: Path, identity: str) -> None:
    workstation = open_up(new_shop(tmp_path / "shop"))
    with workstation.desk.shop.books.writing() as work:
        if identity != "1234e567":
            work.items.add_many([Item(identity, "Odd", 100, ("food",), codes=(identity,))])
        work.commit()
    found = workstation.catalogue.find(identity)
    assert found is not None
    assert found.id == identity
    done = sell(workstation, identity)
    assert workstation.sale.last_completed() == done.transaction
    assert done.transaction.lines[0].item == identity
    workstation.close()


def test_references_hold(raw: Any) -> None:
    assert raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
    with pytest.raises(sqlite.IntegrityError, match="FOREIGN KEY"):
        raw.execute("INSERT INTO tender_line VALUES ('nobody', 1, 'cash', 5)")


def test_checks_refuse_what_cannot_be(raw: Any) -> None:
    for statement in (
        "INSERT INTO tender_line SELECT id, 9, 'cash', -1 FROM retail_transaction LIMIT 1",
        "INSERT INTO ledger_entry VALUES (1, 1, 9, 'sales', 0, 'CZK')",
        "INSERT INTO shop SELECT 2, shop_id, mode, created_at FROM shop",
        "UPDATE staff SET wrong_pins = -1",
        "UPDATE staff SET active = 2",
        "UPDATE item SET unit_price = -1",
    ):
        with pytest.raises(sqlite.IntegrityError, match="CHECK"):
            raw.execute(statement)


def test_a_missing_guard_is_noticed(sold_in: Path) -> None:
    engine = open_engine(sold_in / DATABASE)
    with engine.connect() as connection:
        assert Audit(connection).unguarded() == []
        connection.exec_driver_sql("DROP TRIGGER sale_line_no_update")
        connection.exec_driver_sql("DROP TRIGGER shop_no_delete")
        connection.exec_driver_sql("CREATE TRIGGER shop_no_delete BEFORE DELETE ON shop BEGIN SELECT 1; END")
        assert Audit(connection).unguarded() == ["shop (DELETE)", "sale_line (UPDATE)"]
    engine.dispose()
