"""Finding what somebody bought among a million sales: by its receipt until the lines are judged and painted, by card,
by customer, by item and day.

There is no bare side to hold these against: the limits are plain times.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from benchmarks import past_sales, shops
from benchmarks.figure import Check, Figure, Measure, What
from benchmarks.live_till import LiveTill, Painted
from benchmarks.measure import Sample, Stopwatch
from pos.domain.refusal import Refused
from pos.domain.transaction import RECEIPT_CODE_PREFIX
from pos.services.demo_shop import DEMO_ITEMS
from pos.ui.returns.line_list import LineRow
from pos.ui.returns.screen import ReturnsScreen

SCANNED, FOUND = "receipt_scan", "purchase_search"
SALES, QUICK_SALES = 1_000_000, 2_000
# The last way reads every sale of thirty days; it stands beside.
HELD = ("card", "customer", "item and day")
LIMITS = {SCANNED: 150.0, FOUND: 100.0}
_WARM_UP = 5
# Far apart, so that no two rounds read the same pages.
_APART = 7_919


def measure_scanned(home: Path, *, quick: bool) -> Figure:
    """A receipt is scanned at the sale, until Returns has painted its lines with what the policy says of each."""
    sales = QUICK_SALES if quick else SALES
    till = _till(home, sales)
    till.shell.open_place("returns")
    screen = till.shell.screen_shown
    assert isinstance(screen, ReturnsScreen)
    painted, watch = Painted(screen.list.viewport()), Stopwatch()
    for number in range(_WARM_UP + (10 if quick else 200)):
        till.shell.open_place("sell")
        till.wait(till.sell.isVisible)
        code = RECEIPT_CODE_PREFIX + past_sales.token_of(_picked(number, sales))
        painted.forget()
        with watch.running():
            till.window.scanned(code)
            till.wait(lambda: painted.all)
        assert till.shell.screen_shown is screen
        judged = [row.verdict for row in screen.list.found.rows if isinstance(row, LineRow)]
        assert judged, "no lines"
        assert all(judged)
    till.close()
    return _figure(SCANNED, watch.sample(_WARM_UP))


def measure_found(home: Path, *, quick: bool) -> Figure:
    """The latest purchases of a card's last four digits, of a customer, of an item on a day, and of one that nobody
    bought in the days that are looked at, turn by turn.
    """
    sales = QUICK_SALES if quick else SALES
    folder, item = _shop(home, sales)
    workstation = shops.open_for_sale(folder)
    find, today = workstation.purchases, workstation.desk.local(workstation.desk.now()).date()
    ways: dict[str, Callable[[int], object]] = {
        "card": lambda number: find.by_card(f"{number % past_sales.CARDS:04d}"),
        "customer": lambda number: find.by_customer(f"P{number % past_sales.CUSTOMERS}"),
        "item and day": lambda number: find.by_item((item,), day=today - timedelta(days=number % past_sales.DAYS)),
        "rare item": lambda _: find.by_item(("never sold",)),
    }
    watches = {way: Stopwatch() for way in ways}
    for number in range(_WARM_UP + (10 if quick else 200)):
        picked = 3 * _picked(number, sales // 3)
        for way, look in ways.items():
            with watches[way].running():
                found = look(picked)
            assert not isinstance(found, Refused), found
            assert bool(found) is (way != "rare item"), way
    workstation.close()
    samples = {way: watch.sample(_WARM_UP) for way, watch in watches.items()}
    slowest = max((samples[way] for way in HELD), key=lambda sample: sample.p99)
    return _figure(FOUND, slowest, tuple(samples.items()))


def _picked(number: int, sales: int) -> int:
    return 1 + number * _APART % (sales - 1)


def _shop(home: Path, sales: int) -> tuple[Path, str]:
    """A shop that sold so often, and an item it sold today."""
    folder = shops.found(home)
    workstation = shops.open_for_sale(folder)
    for code in (item.codes[0] for item in DEMO_ITEMS[:3]):
        workstation.sale.scan(code)
    workstation.sale.tender_cash(workstation.sale.view.priced.due_cash)
    done = shops.sold(workstation.sale.complete())
    with workstation.desk.shop.books.reading() as work:
        entry = work.journal.head(workstation.desk.number).sequence
    past_sales.add(folder, done.id, entry, sales, past_sales.OF_YEARS)
    workstation.close()
    return folder, done.lines[0].item


def _till(home: Path, sales: int) -> LiveTill:
    _shop(home, sales)
    return LiveTill(home)


def _figure(name: str, sample: Sample, beside: tuple[tuple[str, Sample], ...] = ()) -> Figure:
    check = Check(What.P99, sample.p99 * 1_000, LIMITS[name], Measure.MILLISECONDS)
    return Figure(name, sample, None, (check,), beside)
