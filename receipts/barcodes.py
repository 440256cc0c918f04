"""Code 128: which modules are black and how much room they take, one answer for paper, PDF and screen."""

from __future__ import annotations

from functools import lru_cache

from barcode.codex import Code128
from barcode.ean import EuropeanArticleNumber8, EuropeanArticleNumber13

from receipts.labels import Bars

# The white that a reader needs on both sides, in modules (ISO/IEC 15417).
QUIET_MODULES = 10


@lru_cache(maxsize=64)
def code128_modules(data: str) -> tuple[tuple[int, int], ...]:
    """The black bars as (first module, how many), without the quiet zone; digits are packed in pairs where it pays."""
    return _bars(Code128(data).build()[0])


def bar_modules(data: str, bars: Bars) -> tuple[tuple[int, int], ...]:
    """The same for a code that is an EAN-13 or EAN-8 with its check digit, or a Code 128."""
    if bars is Bars.CODE_128:
        return code128_modules(data)
    ean = EuropeanArticleNumber13 if bars is Bars.EAN_13 else EuropeanArticleNumber8
    return _bars(ean(data).build()[0])


def _bars(pattern: str) -> tuple[tuple[int, int], ...]:
    bars: list[tuple[int, int]] = []
    start = 0
    for run in pattern.replace("10", "1 0").replace("01", "0 1").split(" "):
        if run[0] == "1":
            bars.append((start, len(run)))
        start += len(run)
    return tuple(bars)


def code128_width(data: str) -> int:
    """How many modules the bars of `code128_modules` span."""
    start, length = code128_modules(data)[-1]
    return start + length


def code_set_b_width(data: str) -> int:
    """How many modules a printer's own CODE128 takes in code set B: start, one a sign, check, and the stop of 13."""
    return 11 * (len(data) + 2) + 13


def fitting_module(modules: int, dots: int, *, widest: int, narrowest: int) -> int | None:
    """The widest module in dots with which bars and quiet zones fit the print head, or None.

    Bars wider than the head print nothing at all or rubbish, so nobody sends them.
    """
    fits = dots // (modules + 2 * QUIET_MODULES)
    return min(fits, widest) if fits >= narrowest else None
