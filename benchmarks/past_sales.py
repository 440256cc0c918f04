"""More of one sale beside it: rows as the services write them, but for their MACs, which nothing measured reads."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path

from benchmarks.bare import open_bare
from benchmarks.shops import DATABASE

CUSTOMERS, CARDS, DAYS = 100_000, 10_000, 700
_JOURNAL = """INSERT INTO journal_entry SELECT workstation, sequence + i, kind, at, utc_offset_minutes, operator,
    'copy' || i, payload, mac FROM journal_entry, copies WHERE workstation = 1 AND sequence = :entry"""
_LINES = (
    """INSERT INTO sale_line SELECT 'copy' || i, line, item, name, scanned, department, quantity, unit, unit_price,
       extended, discount, net, tax, total, operator FROM sale_line, copies WHERE transaction_id = :sale""",
    """INSERT INTO sale_line_tax SELECT 'copy' || i, line, position, code, rate_millionths, base, amount
       FROM sale_line_tax, copies WHERE transaction_id = :sale""",
)
OF_TODAY = (
    """INSERT INTO retail_transaction SELECT 'copy' || i, kind, store, workstation, number + i, at, utc_offset_minutes,
       business_day, operator, till, customer, currency, rules_version, prices_hold_tax, token || i, subtotal, discount,
       net, tax, total, rounding, paid, change FROM retail_transaction, copies WHERE id = :sale""",
    *_LINES,
    """INSERT INTO tender_line SELECT 'copy' || i, tender, kind, amount
       FROM tender_line, copies WHERE transaction_id = :sale""",
    _JOURNAL,
    """INSERT INTO till_movement SELECT till, workstation, sequence + i, kind, amount
       FROM till_movement, copies WHERE workstation = 1 AND sequence = :entry""",
)
# Spread over two years, customers and payment cards, each with a code of its own on its receipt.
OF_YEARS = (
    """INSERT INTO retail_transaction SELECT 'copy' || i, kind, store, workstation, number + i,
       strftime('%Y-%m-%dT%H:%M:%S', at, '-' || (1 + i % :days) || ' days') || substr(at, 20), utc_offset_minutes,
       date(business_day, '-' || (1 + i % :days) || ' days'), operator, till,
       CASE WHEN i % 3 = 0 THEN 'P' || (i % :customers) END, currency, rules_version, prices_hold_tax, token_of(i),
       subtotal, discount, net, tax, total, rounding, paid, change FROM retail_transaction, copies WHERE id = :sale""",
    *_LINES,
    """INSERT INTO tender_line SELECT 'copy' || i, tender, 'credit', amount
       FROM tender_line, copies WHERE transaction_id = :sale""",
    """INSERT INTO tender_detail SELECT 'copy' || i, tender, '', '', '', 0, '', '•••• ' || printf('%04d', i % :cards),
       '', 0 FROM tender_line, copies WHERE transaction_id = :sale""",
    _JOURNAL,
)


def token_of(number: int) -> str:
    """What stands in the code of the receipt of that copy."""
    return base64.b32encode(number.to_bytes(10, "big")).decode()


def add(folder: Path, sale: str, entry: int, copies: int, statements: Iterable[str]) -> None:
    """So many copies of a sale, whose journal entry of workstation 1 is `entry`, into a shop nobody else writes to."""
    bare = open_bare(folder / DATABASE)
    bare.create_function("token_of", 1, token_of, deterministic=True)
    bare.execute("CREATE TEMP TABLE copies (i INTEGER PRIMARY KEY)")
    bare.execute("BEGIN IMMEDIATE")
    bare.executemany("INSERT INTO copies VALUES (?)", ((number,) for number in range(1, copies + 1)))
    said = {"sale": sale, "entry": entry, "customers": CUSTOMERS, "cards": CARDS, "days": DAYS}
    for statement in statements:
        bare.execute(statement, said)
    bare.execute("COMMIT")
    bare.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    bare.close()
