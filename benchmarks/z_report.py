"""The close of a till that sold ten thousand times, with the Z report it makes."""

from __future__ import annotations

from pathlib import Path

from benchmarks import shops
from benchmarks.bare import open_bare
from benchmarks.figure import Check, Figure, Measure, What
from benchmarks.measure import Stopwatch
from pos.domain.cash import denominations, hand_over
from pos.domain.money import minor_text
from pos.domain.refusal import Refused
from pos.services.demo_shop import DEMO_ITEMS
from pos.workstation import Workstation

NAME = "z_report"
LIMIT_SECONDS = 1.0
# More of the same sale: rows as the services write them, but for their MACs, which no report reads.
_MORE = (
    """INSERT INTO retail_transaction SELECT 'copy' || i, kind, store, workstation, number + i, at, utc_offset_minutes,
       business_day, operator, till, customer, currency, rules_version, prices_hold_tax, token || i, subtotal, discount,
       net, tax, total, rounding, paid, change FROM retail_transaction, copies WHERE id = :sale""",
    """INSERT INTO sale_line SELECT 'copy' || i, line, item, name, scanned, department, quantity, unit, unit_price,
       extended, discount, net, tax, total, operator FROM sale_line, copies WHERE transaction_id = :sale""",
    """INSERT INTO sale_line_tax SELECT 'copy' || i, line, position, code, rate_millionths, base, amount
       FROM sale_line_tax, copies WHERE transaction_id = :sale""",
    """INSERT INTO tender_line SELECT 'copy' || i, tender, kind, amount
       FROM tender_line, copies WHERE transaction_id = :sale""",
    """INSERT INTO journal_entry SELECT workstation, sequence + i, kind, at, utc_offset_minutes, operator, 'copy' || i,
       payload, mac FROM journal_entry, copies WHERE workstation = 1 AND sequence = :entry""",
    """INSERT INTO till_movement SELECT till, workstation, sequence + i, kind, amount
       FROM till_movement, copies WHERE workstation = 1 AND sequence = :entry""",
)


def measure(home: Path, *, quick: bool) -> Figure:
    """The X report some times over, which reckons the same figures, then the count and the close once."""
    sales, rounds = (50, 3) if quick else (10_000, 20)
    folder = shops.found(home)
    workstation = shops.open_for_sale(folder)
    _sell(workstation, folder, sales)
    watch = Stopwatch()
    for _ in range(rounds):
        with watch.running():
            made = workstation.day_reports.x_report()
        assert not isinstance(made, Refused), made
        assert made.report.sales.number == sales
    with watch.running():
        closed = workstation.till_closing.close() if _counted(workstation) else None
    assert closed is not None
    assert not isinstance(closed, Refused), closed
    workstation.close()
    times = watch.sample(0)
    return Figure(NAME, times, None, (Check(What.MAX, times.max, LIMIT_SECONDS, Measure.SECONDS),))


def _sell(workstation: Workstation, folder: Path, sales: int) -> None:
    """One sale of three lines as the till makes it, then its like beside it."""
    for code in (item.codes[0] for item in DEMO_ITEMS[:3]):
        workstation.sale.scan(code)
    workstation.sale.tender_cash(workstation.sale.view.priced.due_cash)
    done = shops.sold(workstation.sale.complete())
    entry = _head(workstation)
    bare = open_bare(folder / shops.DATABASE)
    bare.execute("CREATE TEMP TABLE copies (i INTEGER PRIMARY KEY)")
    bare.execute("BEGIN IMMEDIATE")
    bare.executemany("INSERT INTO copies VALUES (?)", [(number,) for number in range(1, sales)])
    for statement in _MORE:
        bare.execute(statement, {"sale": done.id, "entry": entry})
    bare.execute("COMMIT")
    bare.close()


def _head(workstation: Workstation) -> int:
    with workstation.desk.shop.books.reading() as work:
        return work.journal.head(workstation.desk.number).sequence


def _counted(workstation: Workstation) -> bool:
    current = workstation.tills.current()
    assert current is not None
    currency = current.expected.currency
    pieces = hand_over(current.expected.minor, denominations(currency))
    typed = {minor_text(piece, currency): str(many) for piece, many in pieces}
    return not isinstance(workstation.counts.count(typed), Refused)
