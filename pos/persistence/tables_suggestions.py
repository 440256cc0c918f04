"""Pairs of items that go together, and what became of the suggestions they made."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, PrimaryKeyConstraint

from pos.persistence.columns import table, text_column, whole_column

suggestion_pair = table(
    "suggestion_pair",
    whole_column("id"),
    text_column("trigger_kind", CheckConstraint("trigger_kind IN ('item', 'department')")),
    text_column("wanted"),
    text_column("item"),
    text_column("say"),
    text_column("starts"),
    text_column("ends"),
    PrimaryKeyConstraint("id"),
    Index("suggestion_pair_wanted", "trigger_kind", "wanted"),
)

suggestion_made = table(
    "suggestion_made",
    whole_column("workstation"),
    whole_column("sequence"),
    whole_column("pair"),
    text_column("item"),
    text_column("outcome", CheckConstraint("outcome IN ('accepted', 'declined', 'shown')")),
    PrimaryKeyConstraint("workstation", "sequence"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
)
