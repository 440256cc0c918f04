"""The migrations make what the program believes it has, and the documentation says what that is."""

from __future__ import annotations

import re
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlalchemy import create_engine

from pos.domain.trouble import KnownError, Trouble
from pos.persistence.audit import Audit
from pos.persistence.engine import open_engine
from pos.persistence.every_table import metadata
from pos.persistence.facts import FACTS
from pos.persistence.schema import HEAD, REVISIONS, copy_database, create_schema, schema_of
from pos.persistence.shop_folder import DATABASE
from pos.persistence.tables_search import INDEX_TABLES, INDEXES, TRIGGERS
from tests.corner_shop import new_shop

DOCUMENT = Path(__file__).parents[2] / "docs" / "schema.md"


def squeezed(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()


def schema_in(path: Path) -> dict[tuple[str, str], str]:
    with sqlite.connect(path) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {(kind, name): squeezed(sql) for kind, name, sql in rows}


def test_migrations_make_exactly_what_the_program_uses(tmp_path: Path) -> None:
    declared = tmp_path / "declared.sqlite3"
    engine = create_engine(f"sqlite+pysqlite:///{declared}", module=sqlite)
    metadata.create_all(engine)
    engine.dispose()
    migrated = tmp_path / "migrated.sqlite3"
    migrated.touch()
    engine = open_engine(migrated)
    create_schema(engine, migrated)
    assert schema_of(engine, migrated) == HEAD == REVISIONS[-1]
    engine.dispose()
    made = schema_in(migrated)
    guards = {key for key in made if key[0] == "trigger" and key[1] not in TRIGGERS}
    version = ("table", "alembic_version")
    assert {key: sql for key, sql in made.items() if key not in guards and key != version} == schema_in(declared)
    assert {name for _, name in guards} == {
        f"{table.name}_no_{change}" for table in FACTS for change in ("update", "delete")
    }


def test_every_table_is_strict_and_no_fact_is_left_out(tmp_path: Path) -> None:
    for (kind, name), sql in schema_in(new_shop(tmp_path / "shop") / DATABASE).items():
        if kind == "table" and name not in {"alembic_version", *INDEXES, *INDEX_TABLES}:
            assert sql.endswith("STRICT"), name
            unchecked = {
                "shop_rules",
                "item_code",
                "basket",
                "sale_line_tax",
                "till_movement",
                "gift_receipt",
                "stock",
                "card_open",
            }
            assert "CHECK" in sql or name in unchecked | {"item_search", "search_word", "code_ending"}
    # What may change after it is written: working state, the catalogue, people, the queue of paper and the search.
    assert {table.name for table in metadata.sorted_tables} - {table.name for table in FACTS} == {
        "staff", "item", "item_code", "basket", "paper_job", "suspended_sale", "reason_code", "quick_key",
        "item_search", "search_word", "code_ending", "stock", "import_profile", "staff_badge",
        "customer", "customer_word", "item_terms", "suggestion_pair", "gift_card_balance",
        "card_open", "return_signature",
    }  # fmt: skip


def test_the_documentation_names_every_table_and_column_and_no_other() -> None:
    documented: dict[str, set[str]] = {}
    for section in DOCUMENT.read_text("utf-8").split("\n## ")[1:]:
        name = re.match(r"`(\w+)`", section)
        if name:
            documented[name[1]] = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
    assert documented == {table.name: {column.name for column in table.columns} for table in metadata.sorted_tables}


def test_a_schema_from_tomorrow_and_one_without_a_number(tmp_path: Path) -> None:
    path = new_shop(tmp_path / "shop") / DATABASE
    for statement, trouble in (
        ("UPDATE alembic_version SET version_num = '9999'", Trouble.BOOKS_NEWER),
        ("DELETE FROM alembic_version", Trouble.BOOKS_DAMAGED),
        ("DROP TABLE alembic_version", Trouble.BOOKS_DAMAGED),
    ):
        with sqlite.connect(path) as connection:
            connection.execute(statement)
        connection.close()
        engine = open_engine(path)
        with pytest.raises(KnownError) as met:
            schema_of(engine, path)
        engine.dispose()
        assert met.value.trouble is trouble


@pytest.mark.parametrize("name", ["a b", "č#1", "what?mode=memory", "100%25", "it's"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = new_shop(tmp_path / name) / DATABASE
    copy_database(path, tmp_path / name / "copy")
    engine = open_engine(tmp_path / name / "copy")
    with engine.connect() as connection:
        assert Audit(connection).unguarded() == []
    engine.dispose()
    assert sorted(file.name for file in tmp_path.iterdir() if file.name != "kassa") == [name]


def test_an_engine_never_makes_a_database(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "none.sqlite3")
    with pytest.raises(Exception, match="unable to open"):
        engine.connect()
    assert not any(tmp_path.iterdir())
