"""The customer's picture in two lines of twenty characters."""

from __future__ import annotations

from pos.ui.customer_display.view import CustomerView, Shows

COLUMNS = 20


def pole_lines(view: CustomerView) -> tuple[str, str]:
    """What the pole shows: the last line and the total, the change, or a greeting. Figures are never cut."""
    if view.shows is Shows.IDLE:
        return view.shop[:COLUMNS], view.heading[:COLUMNS]
    if view.shows is Shows.DONE:
        if view.change:
            return view.heading[:COLUMNS], apart(view.label_change, view.change)
        return view.heading[:COLUMNS], apart(view.label, view.total)
    last = view.lines[-1:]
    first = view.wait[:COLUMNS] if view.wait else "".join(apart(line.name, line.amount) for line in last)
    return first, apart(view.label, view.total)


def apart(words: str, figure: str) -> str:
    """Words at the left and a figure at the right, on one line; the words give way."""
    room = max(COLUMNS - len(figure) - 1, 0)
    return f"{words[:room]:<{room}} {figure}"[-COLUMNS:] if room else figure[-COLUMNS:]
