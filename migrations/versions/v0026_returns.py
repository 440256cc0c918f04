"""Goods that come back and money that goes back; the terms of a sold line; the versions of the return policy."""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0025"

_TABLES = {
    "sale_line_terms": """CREATE TABLE sale_line_terms (
    transaction_id TEXT NOT NULL,
    line INTEGER NOT NULL,
    final_sale INTEGER NOT NULL CHECK (final_sale IN (0, 1)),
    flags TEXT NOT NULL,
    family TEXT NOT NULL,
    PRIMARY KEY (transaction_id, line),
    FOREIGN KEY(transaction_id, line) REFERENCES sale_line (transaction_id, line)
)
 STRICT""",
    "customer_return": """CREATE TABLE customer_return (
    id TEXT NOT NULL,
    store TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    token TEXT NOT NULL,
    at TEXT NOT NULL,
    utc_offset_minutes INTEGER NOT NULL,
    business_day TEXT NOT NULL,
    operator TEXT NOT NULL,
    till TEXT NOT NULL,
    currency TEXT NOT NULL,
    customer TEXT NOT NULL,
    purchase TEXT NOT NULL,
    purchase_receipt TEXT NOT NULL,
    purchase_day TEXT NOT NULL,
    shown_by TEXT NOT NULL,
    id_kind TEXT NOT NULL,
    id_key TEXT NOT NULL,
    id_shown TEXT NOT NULL,
    policy TEXT NOT NULL,
    policy_version INTEGER NOT NULL,
    reason TEXT NOT NULL,
    merchandise INTEGER NOT NULL CHECK (merchandise >= 0),
    tax INTEGER NOT NULL,
    fee INTEGER NOT NULL CHECK (fee >= 0),
    fee_tax INTEGER NOT NULL,
    deducted INTEGER NOT NULL,
    rounding INTEGER NOT NULL,
    refund INTEGER NOT NULL CHECK (refund >= 0),
    approval TEXT NOT NULL,
    approver TEXT NOT NULL,
    exchange TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (workstation, number),
    UNIQUE (token),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    CONSTRAINT customer_return_refund CHECK (merchandise + tax - fee - fee_tax - deducted + rounding = refund),
    CONSTRAINT customer_return_approval CHECK ((approver = '') = (approval = '')),
    FOREIGN KEY(operator) REFERENCES staff (id),
    FOREIGN KEY(till) REFERENCES till_session (id)
)
 STRICT""",
    "return_line": """CREATE TABLE return_line (
    return_id TEXT NOT NULL,
    place INTEGER NOT NULL CHECK (place >= 0),
    line INTEGER NOT NULL CHECK (line >= 0),
    item TEXT NOT NULL,
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    unit TEXT NOT NULL,
    condition TEXT NOT NULL,
    reason TEXT NOT NULL,
    disposition TEXT NOT NULL,
    serial TEXT NOT NULL,
    unit_price INTEGER NOT NULL,
    discount INTEGER NOT NULL,
    merchandise INTEGER NOT NULL,
    tax INTEGER NOT NULL,
    fee INTEGER NOT NULL CHECK (fee >= 0),
    fee_tax INTEGER NOT NULL,
    "instead" TEXT NOT NULL,
    instead_name TEXT NOT NULL,
    instead_serial TEXT NOT NULL,
    rules TEXT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (return_id, place),
    FOREIGN KEY(return_id) REFERENCES customer_return (id)
)
 STRICT""",
    "return_line_tax": """CREATE TABLE return_line_tax (
    return_id TEXT NOT NULL,
    place INTEGER NOT NULL CHECK (place >= 0),
    position INTEGER NOT NULL CHECK (position >= 1),
    code TEXT NOT NULL,
    rate_millionths INTEGER NOT NULL,
    base INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (return_id, place, position),
    FOREIGN KEY(return_id, place) REFERENCES return_line (return_id, place)
)
 STRICT""",
    "return_deduction": """CREATE TABLE return_deduction (
    return_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (return_id, place, position),
    FOREIGN KEY(return_id) REFERENCES customer_return (id)
)
 STRICT""",
    "refund_tender": """CREATE TABLE refund_tender (
    return_id TEXT NOT NULL,
    tender INTEGER NOT NULL CHECK (tender >= 1),
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    "of" INTEGER NOT NULL CHECK ("of" >= 0),
    type TEXT NOT NULL,
    card TEXT NOT NULL,
    account TEXT NOT NULL,
    attempt TEXT NOT NULL,
    token TEXT NOT NULL,
    method TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (return_id, tender),
    FOREIGN KEY(return_id) REFERENCES customer_return (id)
)
 STRICT""",
    "return_policy_version": """CREATE TABLE return_policy_version (
    version INTEGER NOT NULL CHECK (version >= 1),
    starts TEXT NOT NULL,
    posted_since TEXT NOT NULL,
    body TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (version),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence)
)
 STRICT""",
}
_INDEXES = (
    "CREATE INDEX customer_return_customer ON customer_return (customer, at) WHERE customer <> ''",
    "CREATE INDEX customer_return_day ON customer_return (business_day, at, id)",
    "CREATE UNIQUE INDEX customer_return_exchange ON customer_return (exchange) WHERE exchange <> ''",
    "CREATE INDEX customer_return_id_key ON customer_return (id_key, at) WHERE id_key <> ''",
    "CREATE INDEX customer_return_purchase ON customer_return (purchase) WHERE purchase <> ''",
    "CREATE INDEX refund_tender_account ON refund_tender (account) WHERE account <> ''",
    "CREATE UNIQUE INDEX refund_tender_attempt ON refund_tender (attempt) WHERE attempt <> ''",
    "CREATE INDEX refund_tender_token ON refund_tender (token) WHERE token <> ''",
    "CREATE INDEX tender_detail_ending ON tender_detail (substr(shown, -4)) WHERE shown <> ''",
)


def upgrade() -> None:
    for name, table in _TABLES.items():
        op.execute(table)
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {name}_no_{change.lower()} BEFORE {change} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
            )
    for index in _INDEXES:
        op.execute(index)
