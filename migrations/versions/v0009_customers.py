"""Customers, the words they are found by, and the movements of their points."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"

_CUSTOMER = """
CREATE TABLE customer (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    plain TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    card TEXT NOT NULL,
    grouped TEXT NOT NULL,
    tier TEXT NOT NULL,
    tax_exempt TEXT NOT NULL,
    language TEXT NOT NULL,
    note TEXT NOT NULL,
    staff TEXT NOT NULL,
    open_bad_check INTEGER NOT NULL CHECK (open_bad_check IN (0, 1)),
    points INTEGER NOT NULL CHECK (points >= 0),
    erased INTEGER NOT NULL CHECK (erased IN (0, 1)),
    PRIMARY KEY (id)
)

 STRICT
"""
_WORD = """
CREATE TABLE customer_word (
    word TEXT NOT NULL CHECK (word <> ''),
    customer TEXT NOT NULL,
    PRIMARY KEY (word, customer),
    FOREIGN KEY(customer) REFERENCES customer (id)
)

 STRICT
"""
_POINTS = """
CREATE TABLE points_move (
    customer TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    kind TEXT NOT NULL,
    points INTEGER NOT NULL CHECK (points <> 0),
    PRIMARY KEY (customer, workstation, sequence, position),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    FOREIGN KEY(customer) REFERENCES customer (id)
)

 STRICT
"""
_INDEXES = (
    "CREATE UNIQUE INDEX customer_card ON customer (card) WHERE card <> ''",
    "CREATE INDEX customer_plain ON customer (plain, id)",
    "CREATE INDEX customer_staff ON customer (staff) WHERE staff <> ''",
    "CREATE INDEX customer_word_customer ON customer_word (customer)",
    "CREATE INDEX retail_transaction_customer ON retail_transaction (customer, at) WHERE customer IS NOT NULL",
)


def upgrade() -> None:
    for statement in (_CUSTOMER, _WORD, _POINTS, *_INDEXES):
        op.execute(statement)
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER points_move_no_{change.lower()} BEFORE {change} ON points_move "
            "BEGIN SELECT RAISE(ABORT, 'points_move is append-only'); END"
        )
