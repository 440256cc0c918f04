"""The index of the search, filled with the items that are there."""

from __future__ import annotations

from typing import Any

from alembic import op

from pos.domain.search_text import code_ending, index_line, spelled_words

revision = "0006"
down_revision = "0005"

_TABLES = """
CREATE TABLE item_search (
    number INTEGER NOT NULL, item TEXT NOT NULL, department TEXT NOT NULL, tokens TEXT NOT NULL, plain TEXT NOT NULL,
    PRIMARY KEY (number), UNIQUE (item), FOREIGN KEY(item) REFERENCES item (id) ON DELETE CASCADE
) STRICT;
CREATE TABLE search_word (
    number INTEGER NOT NULL, word TEXT NOT NULL, PRIMARY KEY (number), UNIQUE (word)
) STRICT;
CREATE TABLE code_ending (
    ending TEXT NOT NULL, item TEXT NOT NULL,
    PRIMARY KEY (ending), FOREIGN KEY(item) REFERENCES item (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX item_search_department ON item_search (department, plain);
CREATE INDEX code_ending_item ON code_ending (item);
CREATE INDEX item_unit_price ON item (unit_price);
CREATE INDEX item_department ON item (department, unit_price);
CREATE VIRTUAL TABLE item_words USING fts5(tokens, content='item_search', content_rowid='number',
    tokenize="ascii tokenchars '^@_'", prefix='1 2 3 4', detail=none, columnsize=0);
CREATE VIRTUAL TABLE word_pieces USING fts5(word, content='search_word', content_rowid='number',
    tokenize='trigram', detail=none, columnsize=0)
"""
# Kept in memory before it is written, in bytes: fewer pieces to merge when a long list comes in.
_GATHERED = 1 << 24
_FILLED = (("item_search", "item_words", "tokens"), ("search_word", "word_pieces", "word"))


def upgrade() -> None:
    for statement in _TABLES.split(";"):
        op.execute(" ".join(statement.split()))
    for table, index, column in _FILLED:
        op.execute(f"INSERT INTO {index}({index}, rank) VALUES ('hashsize', {_GATHERED})")  # noqa: S608 - our own names
        add = f"INSERT INTO {index}(rowid, {column}) VALUES (new.number, new.{column});"  # noqa: S608 - our own names
        drop = f"INSERT INTO {index}({index}, rowid, {column}) VALUES ('delete', old.number, old.{column});"  # noqa: S608 - as above
        for name, when, does in (
            ("added", "INSERT", add),
            ("dropped", "DELETE", drop),
            ("changed", "UPDATE", f"{drop} {add}"),
        ):
            op.execute(f"CREATE TRIGGER {table}_{name} AFTER {when} ON {table} BEGIN {does} END")
    _fill(op.get_bind().connection)


def _fill(driver: Any) -> None:
    cursor = driver.cursor()
    words: dict[str, None] = {}
    rows = []
    for item, name, department in cursor.execute("SELECT id, name, department FROM item").fetchall():
        tokens, plain = index_line(name, department)
        words.update(dict.fromkeys(spelled_words(plain)))
        rows.append((item, department, tokens, plain))
    cursor.executemany("INSERT INTO item_search (item, department, tokens, plain) VALUES (?, ?, ?, ?)", rows)
    cursor.executemany("INSERT INTO search_word (word) VALUES (?)", [(word,) for word in words])
    codes = cursor.execute("SELECT code, item FROM item_code").fetchall()
    endings = [(code_ending(code), item) for code, item in codes]
    cursor.executemany("INSERT INTO code_ending (ending, item) VALUES (?, ?)", endings)
