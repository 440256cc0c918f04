"""Gift cards and store credit with their own ledger, and the lines of sales that put money somewhere."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"

_TABLES = (
    """CREATE TABLE gift_card (
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('gift_card', 'store_credit')),
    number_hash TEXT NOT NULL CHECK (length(number_hash) = 64),
    last_four TEXT NOT NULL CHECK (length(last_four) <= 4),
    pin_hash TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('made', 'rack', 'imported')),
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (number_hash),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence)
)
 STRICT""",
    """CREATE TABLE gift_card_entry (
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    card TEXT NOT NULL,
    move TEXT NOT NULL CHECK (move IN ('sold', 'reloaded', 'issued', 'imported',
        'redeemed', 'released', 'cashed_out', 'refunded', 'reversed', 'disabled', 'enabled')),
    amount INTEGER NOT NULL,
    remaining INTEGER NOT NULL CHECK (remaining >= 0),
    expires TEXT NOT NULL,
    tender TEXT NOT NULL,
    PRIMARY KEY (workstation, sequence, position),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    FOREIGN KEY(card) REFERENCES gift_card (id)
)
 STRICT""",
    """CREATE TABLE gift_card_balance (
    card TEXT NOT NULL,
    balance INTEGER NOT NULL CHECK (balance >= 0),
    expires TEXT NOT NULL,
    disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
    PRIMARY KEY (card),
    FOREIGN KEY(card) REFERENCES gift_card (id)
)
 STRICT""",
    """CREATE TABLE sale_line_stored (
    transaction_id TEXT NOT NULL,
    line INTEGER NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('sell', 'reload', 'account')),
    account TEXT NOT NULL CHECK (account <> ''),
    shown TEXT NOT NULL,
    PRIMARY KEY (transaction_id, line),
    FOREIGN KEY(transaction_id, line) REFERENCES sale_line (transaction_id, line)
)
 STRICT""",
)
_INDEXES = (
    "CREATE INDEX gift_card_entry_card ON gift_card_entry (card)",
    "CREATE UNIQUE INDEX gift_card_entry_tender ON gift_card_entry (tender, move) WHERE tender <> ''",
)


def upgrade() -> None:
    for statement in (*_TABLES, *_INDEXES):
        op.execute(statement)
    for fact in ("gift_card", "gift_card_entry", "sale_line_stored"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {fact}_no_{change.lower()} BEFORE {change} ON {fact} "
                f"BEGIN SELECT RAISE(ABORT, '{fact} is append-only'); END"
            )
