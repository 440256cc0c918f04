"""What was counted in a till, how it was closed, and the reports made of it: facts, each under its journal entry."""

from __future__ import annotations

from pos.persistence.columns import (
    Rule,
    TableColumn,
    check,
    index,
    primary_key,
    refers_by,
    refers_to,
    table,
    text_column,
    whole_column,
)


def _of_journal() -> tuple[TableColumn, TableColumn, Rule]:
    """The entry of the journal that wrote the row."""
    return (
        whole_column("workstation"),
        whole_column("sequence"),
        refers_by(["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"]),
    )


till_count = table(
    "till_count",
    text_column("id"),
    text_column("till", refers_to("till_session.id")),
    text_column("counted_by", refers_to("staff.id")),
    text_column("counted_at"),
    text_column("pieces"),
    whole_column("amount", check("amount >= 0")),
    *_of_journal(),
    primary_key("id"),
    index("till_count_till", "till"),
)

# The key is the promise: a till ends once, whoever races.
till_close = table(
    "till_close",
    text_column("till", refers_to("till_session.id")),
    text_column("count_id", refers_to("till_count.id")),
    text_column("closed_by", refers_to("staff.id")),
    text_column("closed_at"),
    whole_column("expected"),
    whole_column("counted", check("counted >= 0")),
    whole_column("over_short"),
    whole_column("next_float", check("next_float >= 0")),
    whole_column("deposit", check("deposit >= 0")),
    text_column("approval"),
    *_of_journal(),
    primary_key("till"),
    check("counted - expected = over_short", name="till_close_over_short"),
    check("next_float + deposit = counted", name="till_close_deposit"),
)

till_report = table(
    "till_report",
    text_column("kind", check("kind IN ('x', 'z')")),
    whole_column("number", check("number >= 1")),
    text_column("till", refers_to("till_session.id")),
    text_column("made_by", refers_to("staff.id")),
    text_column("made_at"),
    text_column("body"),
    *_of_journal(),
    primary_key("workstation", "kind", "number"),
    index("till_report_till", "till"),
)
