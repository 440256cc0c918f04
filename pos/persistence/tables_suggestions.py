"""Pairs of items that go together, and what became of the suggestions they made."""

from __future__ import annotations

from pos.persistence.columns import check, index, primary_key, refers_by, table, text_column, whole_column

suggestion_pair = table(
    "suggestion_pair",
    whole_column("id"),
    text_column("trigger_kind", check("trigger_kind IN ('item', 'department')")),
    text_column("wanted"),
    text_column("item"),
    text_column("say"),
    text_column("starts"),
    text_column("ends"),
    primary_key("id"),
    index("suggestion_pair_wanted", "trigger_kind", "wanted"),
)

suggestion_made = table(
    "suggestion_made",
    whole_column("workstation"),
    whole_column("sequence"),
    whole_column("pair"),
    text_column("item"),
    text_column("outcome", check("outcome IN ('accepted', 'declined', 'shown')")),
    primary_key("workstation", "sequence"),
    refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)
