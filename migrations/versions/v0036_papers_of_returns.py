"""Papers that tell of themselves are found by what they tell; the receipts of sales stand in no further index."""

from __future__ import annotations

from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.execute("CREATE INDEX paper_job_facts ON paper_job (facts) WHERE facts <> ''")
