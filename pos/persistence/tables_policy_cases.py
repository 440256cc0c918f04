"""The cases a shop keeps to try its return policy on: lane scripts by name, and those it keeps no more."""

from __future__ import annotations

from pos.persistence.columns import check, primary_key, refers_by, refers_to, table, text_column, whole_column

_BY_ENTRY = (["workstation", "sequence"], ["journal_entry.workstation", "journal_entry.sequence"])

policy_case = table(
    "policy_case",
    whole_column("number", check("number >= 1")),
    text_column("name", check("name <> ''")),
    text_column("script", check("script <> ''")),
    text_column("kept_by"),
    text_column("at"),
    whole_column("workstation"),
    whole_column("sequence"),
    primary_key("number"),
    refers_by(*_BY_ENTRY),
)

# The key is the promise: what is kept no more stays so.
policy_case_removed = table(
    "policy_case_removed",
    whole_column("number", check("number >= 1"), refers_to("policy_case.number")),
    text_column("removed_by"),
    text_column("at"),
    whole_column("workstation"),
    whole_column("sequence"),
    primary_key("number"),
    refers_by(*_BY_ENTRY),
)
