"""What was bought with a card is found by the token the terminal gave it, without looking through all charges."""

from __future__ import annotations

from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.execute("CREATE INDEX payment_outcome_token ON payment_outcome (json_extract(card, '$.token')) WHERE card <> ''")
