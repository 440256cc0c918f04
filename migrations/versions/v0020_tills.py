"""Counts of a till, its close, and the reports made of it."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"

_TABLES = (
    """CREATE TABLE till_count (
    id TEXT NOT NULL,
    till TEXT NOT NULL,
    counted_by TEXT NOT NULL,
    counted_at TEXT NOT NULL,
    pieces TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    FOREIGN KEY(till) REFERENCES till_session (id),
    FOREIGN KEY(counted_by) REFERENCES staff (id)
)
 STRICT""",
    """CREATE TABLE till_close (
    till TEXT NOT NULL,
    count_id TEXT NOT NULL,
    closed_by TEXT NOT NULL,
    closed_at TEXT NOT NULL,
    expected INTEGER NOT NULL,
    counted INTEGER NOT NULL CHECK (counted >= 0),
    over_short INTEGER NOT NULL,
    next_float INTEGER NOT NULL CHECK (next_float >= 0),
    deposit INTEGER NOT NULL CHECK (deposit >= 0),
    approval TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (till),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    CONSTRAINT till_close_over_short CHECK (counted - expected = over_short),
    CONSTRAINT till_close_deposit CHECK (next_float + deposit = counted),
    FOREIGN KEY(till) REFERENCES till_session (id),
    FOREIGN KEY(count_id) REFERENCES till_count (id),
    FOREIGN KEY(closed_by) REFERENCES staff (id)
)
 STRICT""",
    """CREATE TABLE till_report (
    kind TEXT NOT NULL CHECK (kind IN ('x', 'z')),
    number INTEGER NOT NULL CHECK (number >= 1),
    till TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    body TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (workstation, kind, number),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    FOREIGN KEY(till) REFERENCES till_session (id),
    FOREIGN KEY(made_by) REFERENCES staff (id)
)
 STRICT""",
)


def upgrade() -> None:
    for table in _TABLES:
        op.execute(table)
    op.execute("CREATE INDEX till_count_till ON till_count (till)")
    op.execute("CREATE INDEX till_report_till ON till_report (till)")
    op.execute("CREATE INDEX till_session_workstation ON till_session (workstation, opened_at)")
    for table in ("till_count", "till_close", "till_report"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
