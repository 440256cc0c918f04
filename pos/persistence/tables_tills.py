"""What was counted in a till, how it was closed, and the reports made of it: facts, each under its journal entry."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
)

from pos.persistence.columns import table, text_column, whole_column


def _of_journal() -> tuple[Column[int], Column[int], ForeignKeyConstraint]:
    """The entry of the journal that wrote the row."""
    return (
        whole_column("workstation"),
        whole_column("sequence"),
        ForeignKeyConstraint(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    )


till_count = table(
    "till_count",
    text_column("id"),
    text_column("till", ForeignKey("till_session.id")),
    text_column("counted_by", ForeignKey("staff.id")),
    text_column("counted_at"),
    text_column("pieces"),
    whole_column("amount", CheckConstraint("amount >= 0")),
    *_of_journal(),
    PrimaryKeyConstraint("id"),
    Index("till_count_till", "till"),
)

# The key is the promise: a till ends once, whoever races.
till_close = table(
    "till_close",
    text_column("till", ForeignKey("till_session.id")),
    text_column("count_id", ForeignKey("till_count.id")),
    text_column("closed_by", ForeignKey("staff.id")),
    text_column("closed_at"),
    whole_column("expected"),
    whole_column("counted", CheckConstraint("counted >= 0")),
    whole_column("over_short"),
    whole_column("next_float", CheckConstraint("next_float >= 0")),
    whole_column("deposit", CheckConstraint("deposit >= 0")),
    text_column("approval"),
    *_of_journal(),
    PrimaryKeyConstraint("till"),
    CheckConstraint("counted - expected = over_short", name="till_close_over_short"),
    CheckConstraint("next_float + deposit = counted", name="till_close_deposit"),
)

till_report = table(
    "till_report",
    text_column("kind", CheckConstraint("kind IN ('x', 'z')")),
    whole_column("number", CheckConstraint("number >= 1")),
    text_column("till", ForeignKey("till_session.id")),
    text_column("made_by", ForeignKey("staff.id")),
    text_column("made_at"),
    text_column("body"),
    *_of_journal(),
    PrimaryKeyConstraint("workstation", "kind", "number"),
    Index("till_report_till", "till"),
)
