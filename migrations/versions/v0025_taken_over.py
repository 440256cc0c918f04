"""Sales and returns of another system, taken over as they stand."""

from __future__ import annotations

from alembic import op

revision = "0025"
down_revision = "0024"

_TABLES = {
    "taken_over_sale": """CREATE TABLE taken_over_sale (
    id TEXT NOT NULL,
    receipt TEXT NOT NULL CHECK (receipt <> ''),
    at TEXT NOT NULL,
    day TEXT NOT NULL,
    delivered TEXT,
    currency TEXT NOT NULL,
    prices_hold_tax INTEGER NOT NULL CHECK (prices_hold_tax IN (0, 1)),
    total INTEGER NOT NULL,
    rounding INTEGER NOT NULL,
    region TEXT NOT NULL,
    channel TEXT NOT NULL,
    customer TEXT NOT NULL,
    tier TEXT NOT NULL,
    grouped TEXT NOT NULL,
    operator TEXT NOT NULL,
    at_workstation INTEGER NOT NULL,
    points_earned INTEGER NOT NULL,
    points_spent INTEGER NOT NULL,
    rewards_earned INTEGER NOT NULL,
    rewards_spent INTEGER NOT NULL,
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (receipt),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence)
)
 STRICT""",
    "taken_over_line": """CREATE TABLE taken_over_line (
    sale TEXT NOT NULL,
    line INTEGER NOT NULL CHECK (line >= 1),
    item TEXT NOT NULL,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    unit TEXT NOT NULL,
    unit_price INTEGER NOT NULL,
    extended INTEGER NOT NULL,
    discount INTEGER NOT NULL,
    net INTEGER NOT NULL,
    tax INTEGER NOT NULL,
    total INTEGER NOT NULL,
    exchanged INTEGER NOT NULL CHECK (exchanged >= 0),
    detail TEXT NOT NULL,
    PRIMARY KEY (sale, line),
    CONSTRAINT taken_over_line_adds_up CHECK (net + tax = total),
    FOREIGN KEY(sale) REFERENCES taken_over_sale (id)
)
 STRICT""",
    "taken_over_serial": """CREATE TABLE taken_over_serial (
    sale TEXT NOT NULL,
    line INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    serial TEXT NOT NULL CHECK (serial <> ''),
    PRIMARY KEY (sale, line, position),
    FOREIGN KEY(sale, line) REFERENCES taken_over_line (sale, line)
)
 STRICT""",
    "taken_over_tender": """CREATE TABLE taken_over_tender (
    sale TEXT NOT NULL,
    tender INTEGER NOT NULL CHECK (tender >= 1),
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    requested INTEGER NOT NULL,
    cash_back INTEGER NOT NULL,
    card TEXT NOT NULL,
    token TEXT NOT NULL,
    account TEXT NOT NULL,
    house_card INTEGER NOT NULL CHECK (house_card IN (0, 1)),
    settled INTEGER NOT NULL CHECK (settled IN (0, 1)),
    pin INTEGER NOT NULL CHECK (pin IN (0, 1)),
    declined INTEGER NOT NULL CHECK (declined IN (0, 1)),
    PRIMARY KEY (sale, tender),
    FOREIGN KEY(sale) REFERENCES taken_over_sale (id)
)
 STRICT""",
    "taken_over_return": """CREATE TABLE taken_over_return (
    id TEXT NOT NULL,
    receipt TEXT NOT NULL CHECK (receipt <> ''),
    at TEXT NOT NULL,
    day TEXT NOT NULL,
    sale TEXT,
    refund INTEGER NOT NULL,
    rounding INTEGER NOT NULL,
    used INTEGER NOT NULL,
    customer TEXT NOT NULL,
    operator TEXT NOT NULL,
    id_kind TEXT NOT NULL,
    id_key TEXT NOT NULL,
    id_last TEXT NOT NULL,
    exchange INTEGER NOT NULL CHECK (exchange IN (0, 1)),
    workstation INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (receipt),
    FOREIGN KEY(workstation, sequence) REFERENCES journal_entry (workstation, sequence),
    FOREIGN KEY(sale) REFERENCES taken_over_sale (id)
)
 STRICT""",
    "taken_over_return_line": """CREATE TABLE taken_over_return_line (
    taken_return TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 1),
    line INTEGER NOT NULL CHECK (line >= 0),
    item TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    unit TEXT NOT NULL,
    net INTEGER NOT NULL,
    tax INTEGER NOT NULL,
    swapped INTEGER NOT NULL CHECK (swapped IN (0, 1)),
    detail TEXT NOT NULL,
    PRIMARY KEY (taken_return, position),
    FOREIGN KEY(taken_return) REFERENCES taken_over_return (id)
)
 STRICT""",
    "taken_over_return_tender": """CREATE TABLE taken_over_return_tender (
    taken_return TEXT NOT NULL,
    tender INTEGER NOT NULL CHECK (tender >= 1),
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    "of" INTEGER NOT NULL CHECK (of >= 0),
    PRIMARY KEY (taken_return, tender),
    FOREIGN KEY(taken_return) REFERENCES taken_over_return (id)
)
 STRICT""",
}
_INDEXES = (
    "CREATE INDEX taken_over_sale_customer ON taken_over_sale (customer, day)",
    "CREATE INDEX taken_over_sale_day ON taken_over_sale (day)",
    "CREATE INDEX taken_over_sale_entry ON taken_over_sale (workstation, sequence)",
    "CREATE INDEX taken_over_line_item ON taken_over_line (item)",
    "CREATE INDEX taken_over_serial_serial ON taken_over_serial (serial)",
    "CREATE INDEX taken_over_tender_token ON taken_over_tender (token)",
    "CREATE INDEX taken_over_return_customer ON taken_over_return (customer, day)",
    "CREATE INDEX taken_over_return_entry ON taken_over_return (workstation, sequence)",
    "CREATE INDEX taken_over_return_id_key ON taken_over_return (id_key, day)",
    "CREATE INDEX taken_over_return_sale ON taken_over_return (sale)",
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
