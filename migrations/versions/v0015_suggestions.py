"""Items that go together, and what became of the suggestions made."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"

_TABLES = (
    """CREATE TABLE suggestion_pair (
    id INTEGER NOT NULL,
    trigger_kind TEXT NOT NULL CHECK (trigger_kind IN ('item', 'department')),
    wanted TEXT NOT NULL,
    item TEXT NOT NULL,
    say TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE suggestion_made (
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    pair INTEGER NOT NULL,
    item TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'declined', 'shown')),
    PRIMARY KEY (workstation, sequence),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence)
)
 STRICT""",
)


def upgrade() -> None:
    for table in _TABLES:
        op.execute(table)
    op.execute("CREATE INDEX suggestion_pair_wanted ON suggestion_pair (trigger_kind, wanted)")
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER suggestion_made_no_{change.lower()} BEFORE {change} ON suggestion_made "
            "BEGIN SELECT RAISE(ABORT, 'suggestion_made is append-only'); END"
        )
