"""The baseline of a search: FTS5 asked for rows with words that begin so, and nothing else."""

from __future__ import annotations

from typing import Any

_MATCH = "SELECT rowid FROM item_words WHERE item_words MATCH ? LIMIT ?"


def search(connection: Any, words: str, limit: int) -> list[Any]:
    """The numbers of the first rows that have all these words, which are typed as the index holds them."""
    match = " ".join(f'"{word}"*' for word in words.split())
    rows: list[Any] = connection.execute(_MATCH, (match, limit)).fetchall()
    return rows
