"""How the columns and tables of the books are declared: never null unless said, and STRICT on SQLite.

A statement is made of columns and keys. What the database itself sees to - checks, references, indexes - is put on only
where whole tables are wanted (`every_table`): making it takes longer than all columns together, and a till that opens
would wait for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

# Of the tables as statements are made of them; `every_table` has those the database has.
metadata = MetaData()
_TEXT = Text()
# STRICT tables on SQLite refuse a float or text in a column of integers; a server database does so by itself.
Whole = BigInteger().with_variant(Integer(), "sqlite")


class Rule:
    """What the database sees to by itself, made of SQLAlchemy's `kind` of it."""

    def __init__(self, kind: Callable[..., SchemaItem], *given: object, **named: object) -> None:
        self._kind, self._given, self._named = kind, given, named

    def made(self, *, whole: bool) -> SchemaItem | None:
        """None where it is no part of a statement and nothing `whole` is wanted."""
        return self._kind(*self._given, **self._named) if whole or self._kind is PrimaryKeyConstraint else None


# Each takes what SQLAlchemy's own takes.
check = partial(Rule, CheckConstraint)
index = partial(Rule, Index)
primary_key = partial(Rule, PrimaryKeyConstraint)
refers_by = partial(Rule, ForeignKeyConstraint)
refers_to = partial(Rule, ForeignKey)
unique = partial(Rule, UniqueConstraint)


class TableColumn:
    """A column with its own rules."""

    def __init__(self, name: str, kind: TypeEngine[Any], rules: tuple[Rule, ...], *, null: bool) -> None:
        self._name, self._kind, self._rules, self._null = name, kind, rules, null

    def made(self, *, whole: bool) -> SchemaItem:
        return Column(self._name, self._kind, *_made(self._rules, whole=whole), nullable=self._null)


_DECLARED: list[tuple[str, tuple[TableColumn | Rule, ...]]] = []


def table(name: str, *parts: TableColumn | Rule) -> Table:
    """A table of the books, as statements are made of it."""
    _DECLARED.append((name, parts))
    return Table(name, metadata, *_made(parts, whole=False), sqlite_strict=True)


def whole_tables() -> MetaData:
    """Every table that was declared so far, as the database has it: with all its rules."""
    made = MetaData()
    for name, parts in _DECLARED:
        Table(name, made, *_made(parts, whole=True), sqlite_strict=True)
    return made


def text_column(name: str, *rules: Rule, null: bool = False) -> TableColumn:
    """Words, codes, and days and moments as ISO 8601."""
    return TableColumn(name, _TEXT, rules, null=null)


def whole_column(name: str, *rules: Rule, null: bool = False) -> TableColumn:
    """Minor units, thousandths, millionths, counts, and yes or no as 1 or 0."""
    return TableColumn(name, Whole, rules, null=null)


def _made(parts: Iterable[TableColumn | Rule], *, whole: bool) -> list[SchemaItem]:
    made = (part.made(whole=whole) for part in parts)
    return [item for item in made if item is not None]
