"""Who asked for a yes, who gave it, and what became of it: three facts, each written once."""

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


approval_request = table(
    "approval_request",
    text_column("id"),
    text_column("sale"),
    text_column("asked_by", refers_to("staff.id")),
    text_column("asked_at"),
    text_column("fingerprint", check("fingerprint <> ''")),
    text_column("body"),
    *_of_journal(),
    primary_key("id"),
    index("approval_request_sale", "sale"),
)

approval = table(
    "approval",
    text_column("request", refers_to("approval_request.id")),
    text_column("approver", refers_to("staff.id")),
    text_column("proof", check("proof IN ('pin', 'badge')")),
    text_column("option"),
    text_column("reason"),
    text_column("granted_at"),
    *_of_journal(),
    primary_key("request"),
)

# The key is the promise: a request is used, declined or voided once, whoever races.
approval_end = table(
    "approval_end",
    text_column("request", refers_to("approval_request.id")),
    text_column("ending", check("ending IN ('used', 'declined', 'voided')")),
    text_column("ended_at"),
    *_of_journal(),
    primary_key("request"),
)
