"""The close of a till that sold ten thousand times, with the Z report it makes."""

from __future__ import annotations

from pathlib import Path

from benchmarks import past_sales, shops
from benchmarks.figure import Check, Figure, Measure, What
from benchmarks.measure import Stopwatch
from pos.domain.cash import denominations, hand_over
from pos.domain.money import minor_text
from pos.domain.refusal import Refused
from pos.services.demo_shop import DEMO_ITEMS
from pos.workstation import Workstation

NAME = "z_report"
LIMIT_SECONDS = 1.0


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
    past_sales.add(folder, done.id, _head(workstation), sales - 1, past_sales.OF_TODAY)


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
