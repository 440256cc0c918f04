"""Pairs of items that go together, and what became of the suggestions they made."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, PrimaryKeyConstraint, Table, Text

from pos.persistence.tables import Whole, metadata

suggestion_pair = Table(
    "suggestion_pair",
    metadata,
    Column("id", Whole, nullable=False),
    Column("trigger_kind", Text, CheckConstraint("trigger_kind IN ('item', 'department')"), nullable=False),
    Column("wanted", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("say", Text, nullable=False),
    Column("starts", Text, nullable=False),
    Column("ends", Text, nullable=False),
    PrimaryKeyConstraint("id"),
    Index("suggestion_pair_wanted", "trigger_kind", "wanted"),
    sqlite_strict=True,
)

suggestion_made = Table(
    "suggestion_made",
    metadata,
    Column("workstation", Whole, nullable=False),
    Column("sequence", Whole, nullable=False),
    Column("pair", Whole, nullable=False),
    Column("item", Text, nullable=False),
    Column("outcome", Text, CheckConstraint("outcome IN ('accepted', 'declined', 'shown')"), nullable=False),
    PrimaryKeyConstraint("workstation", "sequence"),
    ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    sqlite_strict=True,
)
