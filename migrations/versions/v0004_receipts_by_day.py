"""The receipts of a day in the order they were made, however many days there are."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("CREATE INDEX retail_transaction_day ON retail_transaction (business_day, at, id)")
