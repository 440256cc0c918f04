"""Carry out what a remedy offers, so that it can be tried before it is offered and done at one touch afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pos.domain.money import Quantity
from pos.domain.return_decision import Remedy
from pos.domain.return_request import IdShown, LineAsked, ReturnRequest, ShownBy

# Somebody who shows an identity document: nobody has looked at it yet.
ANY_ID = IdShown(kind="any", key="any")


def changed(request: ReturnRequest, remedy: Remedy) -> ReturnRequest:
    """The request as the remedy would have it. `place` names the line that line fields are about."""
    change = dict(remedy.change)
    place = change.pop("place", None)
    lines = list(request.lines)
    if isinstance(place, int) and 0 <= place < len(lines):
        for name, value in change.items():
            lines[place] = _LINE[name](lines[place], value)
        return replace(request, lines=tuple(lines))
    for name, value in change.items():
        request = _REQUEST[name](request, value)
    return request


def _facts(line: LineAsked, value: object) -> LineAsked:
    return replace(line, facts={**line.facts, **value}) if isinstance(value, Mapping) else line


def _missing(line: LineAsked, value: object) -> LineAsked:
    return replace(line, missing=value) if isinstance(value, tuple) else line


def _quantity(line: LineAsked, value: object) -> LineAsked:
    return replace(line, quantity=value) if isinstance(value, Quantity) else line


def _left_out(request: ReturnRequest, value: object) -> ReturnRequest:
    out = value if isinstance(value, tuple) else ()
    kept = tuple(line for place, line in enumerate(request.lines) if place not in out)
    return replace(request, lines=kept)


def _lines(request: ReturnRequest, value: object) -> ReturnRequest:
    """So much of each line of the sale beside what is asked for already, in thousandths."""
    if not isinstance(value, Mapping):
        return request
    lines = list(request.lines)
    for number, thousandths in value.items():
        place = next((at for at, line in enumerate(lines) if line.line == number), None)
        if place is None:
            lines.append(LineAsked(int(number), Quantity(int(thousandths))))
        else:
            quantity = lines[place].quantity
            lines[place] = replace(
                lines[place], quantity=replace(quantity, thousandths=quantity.thousandths + int(thousandths))
            )
    return replace(request, lines=tuple(lines))


_LINE: dict[str, Callable[[LineAsked, object], LineAsked]] = {
    "quantity": _quantity,
    "serial": lambda line, value: replace(line, serial=str(value)),
    "condition": lambda line, value: replace(line, condition=str(value)),
    "missing": _missing,
    "facts": _facts,
}
_REQUEST: dict[str, Callable[[ReturnRequest, object], ReturnRequest]] = {
    "shown_by": lambda request, value: replace(request, shown_by=ShownBy(str(value))),
    "id_shown": lambda request, _: replace(request, id_shown=request.id_shown or ANY_ID),
    "exchange": lambda request, _: replace(request, exchange=True),
    "amount": lambda request, value: replace(request, amount=int(str(value))),
    "refund_to": lambda request, value: replace(request, refund_to=str(value), send_to=()),
    "leave_out": _left_out,
    "waive": lambda request, value: replace(request, waive=value is True),
    "lines": _lines,
}
