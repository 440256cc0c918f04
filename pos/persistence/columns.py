"""How the columns and tables of the books are declared: never null unless said, and STRICT on SQLite."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text
from sqlalchemy.schema import SchemaItem

metadata = MetaData()
# STRICT tables on SQLite refuse a float or text in a column of integers; a server database does so by itself.
Whole = BigInteger().with_variant(Integer(), "sqlite")


def table(name: str, *parts: SchemaItem) -> Table:
    """A table of the books."""
    return Table(name, metadata, *parts, sqlite_strict=True)


def text_column(name: str, *parts: SchemaItem, null: bool = False) -> Column[str]:
    """Words, codes, and days and moments as ISO 8601."""
    return Column(name, Text, *parts, nullable=null)


def whole_column(name: str, *parts: SchemaItem, null: bool = False) -> Column[int]:
    """Minor units, thousandths, millionths, counts, and yes or no as 1 or 0."""
    return Column(name, Whole, *parts, nullable=null)
