"""What is expected holds by value, and only what is named is looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pos.script.compare import Figure, Moment, compare
from pos.script.read import parse
from tests.script.playing import play_steps

GOT: dict[str, Any] = {
    "state": "completed",
    "total": Figure("0.10"),
    "rounding": Figure("-0.05"),
    "entries": 12,
    "verified": True,
    "receipt": None,
    "operator": "0101",
    "now": Moment("2026-01-02T09:00"),
    "lines": [{"line": 1, "total": Figure("1.00")}, {"line": 2, "total": Figure("2.00")}],
    "reasons": [{"code": "A", "line": 1}, {"code": "A", "line": 2}, {"code": "B", "line": 1}],
    "taxes": {"standard": Figure("5.33")},
    "empty": [],
}


@pytest.mark.parametrize(
    "expected",
    [
        "total: 0.1", "total: '0.100'", "total: +0.1", "rounding: -0.0500", "entries: 12", "entries: '12.0'",
        "verified: true", "verified: True", "receipt: null", "receipt: ~", "receipt:", "nowhere: null",
        "now: 2026-01-02T09:00", "now: 2026-01-02T09:00:00", "operator: 0101",
        "lines: [{total: 1}, {total: 2}]", "lines: [{line: 1}, '...']", "lines: ['...']", "lines: [{}, {}, '...']",
        "lines: [{line: 1}, {nowhere: null}]", "taxes: {standard: 5.33}", "taxes: {food: null}", "empty: []",
        "reasons: [{code: B}, {code: A}, {code: A}]", "reasons: [{code: A}, {code: A, line: 1}, {code: B}]",
        "reasons: [{code: B}, '...']", "reasons: [{}, {code: A, line: 1}, {code: A, line: 2}]", "{}",
    ],
)  # fmt: skip
def test_what_holds(expected: str) -> None:
    assert compare(parse(expected), GOT) == []


@pytest.mark.parametrize(
    ("expected", "field", "got"),
    [
        ("state: open", "state", "completed"),
        ("total: 0.11", "total", "0.10"),
        ("total: .1", "total", "0.10"),
        ("total: 1e-1", "total", "0.10"),
        ("total: NaN", "total", "0.10"),
        ("total: null", "total", "0.10"),
        ("total: 'null'", "total", "0.10"),
        ("rounding: 0.05", "rounding", "-0.05"),
        ("entries: 13", "entries", "12"),
        ("verified: false", "verified", "true"),
        ("verified: 1", "verified", "true"),
        ("receipt: 0001-01-0001", "receipt", None),
        ("receipt: 'null'", "receipt", None),
        ("receipt: ''", "receipt", None),
        ("nowhere: x", "nowhere", None),
        ("operator: 101", "operator", "0101"),
        ("now: 2026-01-02T09:01", "now", "2026-01-02T09:00"),
        ("lines: []", "lines", '[{"line": 1, "total": "1.00"}, {"line": 2, "total": "2.00"}]'),
        ("lines: [{}]", "lines", '[{"line": 1, "total": "1.00"}, {"line": 2, "total": "2.00"}]'),
        ("lines: [{}, {}, {}, '...']", "lines", '[{"line": 1, "total": "1.00"}, {"line": 2, "total": "2.00"}]'),
        ("lines: [{}, {total: 3}]", "lines[2].total", "2.00"),
        ("lines: {line: 1}", "lines", '[{"line": 1, "total": "1.00"}, {"line": 2, "total": "2.00"}]'),
        ("lines: 2", "lines", '[{"line": 1, "total": "1.00"}, {"line": 2, "total": "2.00"}]'),
        ("state: {a: 1}", "state", "completed"),
        ("state: [c]", "state", "completed"),
        ("taxes: {standard: 5}", "taxes.standard", "5.33"),
        ("taxes: {food: 1}", "taxes.food", None),
        ("reasons: [{code: B}, {code: B}, {code: A}]", "reasons", None),
        ("reasons: [{code: A}]", "reasons", None),
        ("empty: ['x']", "empty", "[]"),
    ],
)
def test_what_does_not(expected: str, field: str, got: str | None) -> None:
    (difference,) = compare(parse(expected), GOT)
    assert difference.field == field
    if field != "reasons":
        assert difference.got == got


def test_every_field_that_does_not_hold_is_named() -> None:
    differences = compare(parse("state: open\ntotal: 0.1\nlines: [{total: 9}, {total: 9}]"), GOT)
    assert [one.field for one in differences] == ["state", "lines[1].total", "lines[2].total"]


def test_a_failed_expectation_is_status_1_and_told_with_step_field_expected_and_got(tmp_path: Path) -> None:
    played = play_steps(
        tmp_path,
        """
        - {sale: {lines: [{item: FREE}]}, expect: {total: "0", state: completed}}
        - {sale: {lines: [{item: PENNY}], tenders: [{cash: exact}]}, expect: {total: 0.02, refused: ITEM_UNKNOWN}}
        - {sale: {lines: [{item: NONE}]}, expect: {state: completed}}
        """,
        before="expect_end: {till: {takings: {cash: 1}}, violations: [{}]}",
    )
    assert played.status == 1
    assert [step["ok"] for step in played.steps] == [True, False, False]
    assert played.only["ok"] is False
    assert played.only["failed"] == [
        {"step": 2, "field": "total", "expected": "0.02", "got": "0.01"},
        {"step": 2, "field": "refused", "expected": "ITEM_UNKNOWN", "got": None},
        {"step": 3, "field": "state", "expected": "completed", "got": None},
        {"step": None, "field": "till.takings.cash", "expected": "1", "got": "0.00"},
        {"step": None, "field": "violations", "expected": "[{}]", "got": "[]"},
    ]
