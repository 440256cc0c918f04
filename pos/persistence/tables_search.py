"""What the search stands on: a folded line for each item, every word that occurs, every code from its end.

Two FTS5 indexes read those tables and are kept in step by triggers, so no writer can forget them: `item_words` for
beginnings of words (with an index of every beginning up to four letters, since ranking or scanning a short one takes
hundreds of milliseconds at a million items) and `word_pieces` for the middle of words, over words instead of items.
"""

from __future__ import annotations

from pos.persistence.columns import index, primary_key, refers_to, table, text_column, unique, whole_column

item_search = table(
    "item_search",
    whole_column("number"),
    text_column("item", refers_to("item.id", ondelete="CASCADE")),
    text_column("department"),
    text_column("tokens"),
    text_column("plain"),
    primary_key("number"),
    unique("item"),
    index("item_search_department", "department", "plain"),
)

search_word = table(
    "search_word",
    whole_column("number"),
    text_column("word"),
    primary_key("number"),
    unique("word"),
)

code_ending = table(
    "code_ending",
    text_column("ending"),
    text_column("item", refers_to("item.id", ondelete="CASCADE")),
    primary_key("ending"),
    index("code_ending_item", "item"),
)

# The full-text indexes, each with the table it reads. Only whole rows are asked for: no positions, no sizes are kept.
INDEXES = {
    "item_words": (
        "CREATE VIRTUAL TABLE item_words USING fts5(tokens, content='item_search', content_rowid='number', "
        "tokenize=\"ascii tokenchars '^@_'\", prefix='1 2 3 4', detail=none, columnsize=0)"
    ),
    "word_pieces": (
        "CREATE VIRTUAL TABLE word_pieces USING fts5(word, content='search_word', content_rowid='number', "
        "tokenize='trigram', detail=none, columnsize=0)"
    ),
}
# FTS5 keeps each index in tables of its own.
INDEX_TABLES = tuple(f"{index}_{part}" for index in INDEXES for part in ("data", "idx", "config"))


def _triggers(table: str, index: str, column: str) -> dict[str, str]:
    add = f"INSERT INTO {index}(rowid, {column}) VALUES (new.number, new.{column});"  # noqa: S608 - our own names
    drop = f"INSERT INTO {index}({index}, rowid, {column}) VALUES ('delete', old.number, old.{column});"  # noqa: S608
    return {
        f"{table}_added": f"CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN {add} END",
        f"{table}_dropped": f"CREATE TRIGGER {table}_dropped AFTER DELETE ON {table} BEGIN {drop} END",
        f"{table}_changed": f"CREATE TRIGGER {table}_changed AFTER UPDATE ON {table} BEGIN {drop} {add} END",
    }


TRIGGERS = {
    **_triggers("item_search", "item_words", "tokens"),
    **_triggers("search_word", "word_pieces", "word"),
}
