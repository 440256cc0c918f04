"""`kassa bench`: how fast this machine is, each figure beside its bare baseline."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from benchmarks import run
from benchmarks.figure import Check, Figure, Measure, What
from benchmarks.measure import Sample
from pos.settings import home_folder
from pos.wording import N_, Wording

_TITLES = {
    "sale": (N_("Complete a cash sale of ten lines"), N_("its statements, bare driver")),
    "scan": (N_("Enter of a scan until line and total are painted and saved"), N_("one painted widget")),
    "lookup": (N_("Look a barcode up in the item list"), N_("bare SQL")),
    "search": (N_("A key typed into the search of 1,000,000 items"), N_("bare FTS5")),
    "window": (N_("Start until the first window is painted"), N_("bare window")),
    "ready": (N_("Start until a scan is rung up"), N_("bare window")),
    "escpos": (N_("A receipt for the receipt printer"), N_("bytes by hand")),
    "pdf": (N_("A receipt as PDF"), N_("bare canvas")),
    "import": (N_("Import 100,000 items"), ""),
    "screen": (N_("From one place to the next"), ""),
    "dress": (N_("Another language or other colours"), ""),
    "palette": (N_("Ctrl K until the first results"), ""),
    "undo": (N_("Take a line back"), ""),
    "suggestion": (N_("What goes with an item just rung up"), N_("bare SQL")),
    "card": (N_("What the terminal said until it is painted"), ""),
    "z_report": (N_("Close a till of 10,000 sales, with its Z report"), ""),
    "reprice": (N_("Price fifty lines, 50 promotions"), N_("an indexed loop")),
    "reprice500": (N_("Price fifty lines, 500 promotions"), N_("an indexed loop")),
    "decision": (N_("Decide a return of twenty lines"), ""),
    "receipt_scan": (N_("A receipt scanned until its lines are judged, 1,000,000 sales"), ""),
    "purchase_search": (N_("Find a purchase without its receipt, 1,000,000 sales"), ""),
}
_BESIDE = {
    "sync": N_("one write to the disk"),
    "1,000 items": N_("with 1,000 items"),
    "first visit": N_("first visit"),
    "declined": N_("the card is declined"),
    "card": N_("by card"),
    "customer": N_("by customer"),
    "item and day": N_("by item and day"),
    "rare item": N_("by an item nobody bought"),
}
_WHAT = {
    What.P50: N_("p50"),
    What.P99: N_("p99"),
    What.MAX: N_("longest"),
    What.MEMORY: N_("memory"),
    What.SPREAD: N_("against the small shop"),
    What.IMPORTS: N_("modules loaded too early"),
}


def bench_command(options: argparse.Namespace, words: Wording) -> int:
    """Exit status 0 where every limit holds, 1 where one does not, 2 for a figure nobody knows."""
    unknown = [name for name in options.only if name not in run.FIGURES]
    if unknown:
        sentence = words.say(
            "There is no figure {name}. There are: {known}.", name=unknown[0], known=", ".join(run.FIGURES)
        )
        print(sentence, file=sys.stderr)
        return 2
    disk = home_folder()
    disk.mkdir(parents=True, exist_ok=True, mode=0o700)

    def began(name: str) -> None:
        if sys.stderr.isatty():
            print(f"{words.say(_TITLES[name][0])} …", file=sys.stderr)

    report = run.measure(disk, options.only, quick=options.quick, began=began)
    if options.json:
        print(json.dumps(run.as_json(report), ensure_ascii=False))
    else:
        print("\n".join(report_lines(report, words)))
    return 0 if report.held else 1


def report_lines(report: run.Report, words: Wording) -> Iterator[str]:
    """The report as a person reads it: the program's times, the baseline's own, and each limit with its answer."""
    for figure in report.figures:
        yield from _figure_lines(figure, words)
        yield ""
    if report.quick:
        yield words.say("A quick run has too few rounds: only a full one says whether the limits hold.")
    yield words.say("All limits hold.") if report.held else words.say("Not all limits hold.")


def _figure_lines(figure: Figure, words: Wording) -> Iterator[str]:
    title, baseline = _TITLES[figure.name]
    yield f"{figure.name}: {words.say(title)}"
    yield _times("Kassa", figure.program, words)
    if figure.bare is not None:
        yield _times(words.say(baseline), figure.bare, words)
    for name, sample in figure.beside:
        yield _times(words.say(_BESIDE[name]), sample, words)
    for check in figure.checks:
        yield f"    {_check(check, words)}"


def _times(who: str, sample: Sample, words: Wording) -> str:
    times = "   ".join(
        f"{name} {_fixed(seconds * 1_000, 3, words):>10} ms"
        for name, seconds in (("p50", sample.p50), ("p99", sample.p99), ("max", sample.max))
    )
    return f"    {who:<32} n {sample.n:>5}   {times}"


def _check(check: Check, words: Wording) -> str:
    value, limit = (_value(number, check.measure, words) for number in (check.value, check.limit))
    what = words.say(_WHAT[check.what])
    if check.held:
        return words.say("{what}: {value}, at most {limit}: holds", what=what, value=value, limit=limit)
    return words.say("{what}: {value}, at most {limit}: DOES NOT HOLD", what=what, value=value, limit=limit)


def _value(number: float, measure: Measure, words: Wording) -> str:
    digits = 0 if measure in (Measure.COUNT, Measure.MEGABYTES) else 2
    sign = "" if measure is Measure.COUNT else f" {measure}"
    return f"{_fixed(number, digits, words)}{sign}"


def _fixed(number: float, digits: int, words: Wording) -> str:
    """So many decimals, with the sign the language puts before them."""
    return f"{number:.{digits}f}".replace(".", words.decimal_sign)
