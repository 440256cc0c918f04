"""What was counted in a till, how it was closed, and the reports made of it: facts, each under its journal entry."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from pos.persistence.tables import Whole, metadata


def _of_journal() -> tuple[Column[int], Column[int], ForeignKeyConstraint]:
    """The entry of the journal that wrote the row."""
    return (
        Column("workstation", Whole, nullable=False),
        Column("sequence", Whole, nullable=False),
        ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    )


till_count = Table(
    "till_count",
    metadata,
    Column("id", Text, nullable=False),
    Column("till", Text, ForeignKey("till_session.id"), nullable=False),
    Column("counted_by", Text, ForeignKey("staff.id"), nullable=False),
    Column("counted_at", Text, nullable=False),
    Column("pieces", Text, nullable=False),
    Column("amount", Whole, CheckConstraint("amount >= 0"), nullable=False),
    *_of_journal(),
    PrimaryKeyConstraint("id"),
    Index("till_count_till", "till"),
    sqlite_strict=True,
)

# The key is the promise: a till ends once, whoever races.
till_close = Table(
    "till_close",
    metadata,
    Column("till", Text, ForeignKey("till_session.id"), nullable=False),
    Column("count_id", Text, ForeignKey("till_count.id"), nullable=False),
    Column("closed_by", Text, ForeignKey("staff.id"), nullable=False),
    Column("closed_at", Text, nullable=False),
    Column("expected", Whole, nullable=False),
    Column("counted", Whole, CheckConstraint("counted >= 0"), nullable=False),
    Column("over_short", Whole, nullable=False),
    Column("next_float", Whole, CheckConstraint("next_float >= 0"), nullable=False),
    Column("deposit", Whole, CheckConstraint("deposit >= 0"), nullable=False),
    Column("approval", Text, nullable=False),
    *_of_journal(),
    PrimaryKeyConstraint("till"),
    CheckConstraint("counted - expected = over_short", name="till_close_over_short"),
    CheckConstraint("next_float + deposit = counted", name="till_close_deposit"),
    sqlite_strict=True,
)

till_report = Table(
    "till_report",
    metadata,
    Column("kind", Text, CheckConstraint("kind IN ('x', 'z')"), nullable=False),
    Column("number", Whole, CheckConstraint("number >= 1"), nullable=False),
    Column("till", Text, ForeignKey("till_session.id"), nullable=False),
    Column("made_by", Text, ForeignKey("staff.id"), nullable=False),
    Column("made_at", Text, nullable=False),
    Column("body", Text, nullable=False),
    *_of_journal(),
    PrimaryKeyConstraint("workstation", "kind", "number"),
    Index("till_report_till", "till"),
    sqlite_strict=True,
)
