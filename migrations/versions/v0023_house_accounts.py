"""Up to where a customer may buy on account, and the postings of such accounts found without reading all others."""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.execute("ALTER TABLE customer ADD COLUMN account_limit INTEGER CHECK (account_limit >= 0)")
    op.execute(
        "CREATE INDEX ledger_entry_house ON ledger_entry (account) "
        "WHERE account >= 'house_accounts:' AND account < 'house_accounts;'"
    )
