"""The notes of refusal are found by their days without reading the whole journal."""

from __future__ import annotations

from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.execute("CREATE INDEX journal_entry_refused ON journal_entry (at) WHERE kind = 'ReturnRefused'")
