"""The shop's own roles. A shop without a version of them has the four of the program."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"

_ROLES = """
CREATE TABLE role_rules (
    version INTEGER NOT NULL CHECK (version >= 1),
    starts_at TEXT NOT NULL,
    body TEXT NOT NULL,
    changed_by TEXT,
    PRIMARY KEY (version)
)

 STRICT
"""


def upgrade() -> None:
    op.execute(_ROLES)
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER role_rules_no_{change.lower()} BEFORE {change} ON role_rules "
            "BEGIN SELECT RAISE(ABORT, 'role_rules is append-only'); END"
        )
