"""Cases of the return policy, kept to be played before a version is switched on."""

from __future__ import annotations

from alembic import op

revision = "0033"
down_revision = "0032"

_CASES = """CREATE TABLE policy_case (
    number INTEGER NOT NULL CHECK (number >= 1),
    name TEXT NOT NULL CHECK (name <> ''),
    script TEXT NOT NULL CHECK (script <> ''),
    kept_by TEXT NOT NULL,
    at TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence)
)
 STRICT"""

_REMOVED = """CREATE TABLE policy_case_removed (
    number INTEGER NOT NULL CHECK (number >= 1),
    removed_by TEXT NOT NULL,
    at TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    FOREIGN KEY(number) REFERENCES policy_case (number)
)
 STRICT"""


def upgrade() -> None:
    op.execute(_CASES)
    op.execute(_REMOVED)
    for table in ("policy_case", "policy_case_removed"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
