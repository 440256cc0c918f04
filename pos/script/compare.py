"""Hold what was expected against what came out: only what is named, amounts and quantities by value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pos.domain.frozen import dataclass
from pos.script.expect import MORE
from pos.script.read import Fields, Node, Rows, Text

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
# Lists whose order says nothing.
_IN_ANY_ORDER = frozenset({"reasons", "documents"})


class Figure(str):
    """An amount or a quantity as decimal text: compared by value, so "0.10" is "0.1"."""

    __slots__ = ()


class Moment(str):
    """A time on the shop's clock: compared by value, so "10:00" is "10:00:00"."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that came out otherwise. `got` is None where it was not there."""

    field: str
    expected: str
    got: str | None


def compare(expected: Node, got: object) -> list[Difference]:
    """Every named field that does not hold, in the order it is named."""
    return list(_compare(expected, got, ""))


def _compare(expected: Node, got: object, field: str) -> Iterator[Difference]:
    if isinstance(expected, Text):
        if not _same(expected, got):
            yield Difference(field, _written(expected), _told(got))
    elif isinstance(expected, Fields):
        if not isinstance(got, Mapping):
            yield Difference(field, _written(expected), _told(got))
            return
        for key, node in expected.values.items():
            yield from _compare(node, got.get(key), f"{field}.{key}".lstrip("."))
    elif not isinstance(got, Sequence) or isinstance(got, str):
        yield Difference(field, _written(expected), _told(got))
    else:
        yield from _compare_rows(expected, got, field)


def _compare_rows(expected: Rows, got: Sequence[object], field: str) -> Iterator[Difference]:
    rows = expected.rows
    more = bool(rows) and isinstance(rows[-1], Text) and rows[-1].text == MORE
    named = rows[:-1] if more else rows
    if len(got) < len(named) or (len(got) > len(named) and not more):
        yield Difference(field, _written(expected), _told(got))
    elif field.rpartition(".")[2] in _IN_ANY_ORDER:
        if not _each_has_its_own(named, list(got)):
            yield Difference(field, _written(expected), _told(got))
    else:
        for place, (node, value) in enumerate(zip(named, got, strict=False), start=1):
            yield from _compare(node, value, f"{field}[{place}]")


def _each_has_its_own(named: Sequence[Node], got: list[object]) -> bool:
    """Whether every expected row can be given a row of its own that holds it (Kuhn's augmenting paths)."""
    holds = [[place for place, value in enumerate(got) if not compare(node, value)] for node in named]
    taken: dict[int, int] = {}

    def seat(row: int, tried: set[int]) -> bool:
        for place in holds[row]:
            if place not in tried:
                tried.add(place)
                if place not in taken or seat(taken[place], tried):
                    taken[place] = row
                    return True
        return False

    return all(seat(row, set()) for row in range(len(named)))


def _same(expected: Text, got: object) -> bool:
    if expected.null or got is None:
        return expected.null and got is None
    if isinstance(got, bool):
        return expected.text.lower() == ("true" if got else "false")
    if isinstance(got, Figure | int):
        return bool(_NUMBER.fullmatch(expected.text)) and Decimal(expected.text) == Decimal(str(got))
    if isinstance(got, Moment):
        return _to_the_second(expected.text) == _to_the_second(got)
    return isinstance(got, str) and expected.text == got


def _to_the_second(moment: str) -> str:
    return f"{moment}:00" if len(moment) == len("2026-01-02T09:00") else moment


def _written(expected: Node) -> str:
    plain = _plain(expected)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def _plain(node: Node) -> object:
    if isinstance(node, Text):
        return None if node.null else node.text
    if isinstance(node, Rows):
        return [_plain(row) for row in node.rows]
    return {key: _plain(value) for key, value in node.values.items()}


def _told(got: object) -> str | None:
    if got is None or isinstance(got, str):
        return got
    return json.dumps(got, ensure_ascii=False)
