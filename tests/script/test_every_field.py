"""Every field a lane script may hold is held by a script of tests/lanes or by an example of the documents."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

import pytest

from pos.script.read import read_script
from pos.script.setup import read_setup
from pos.strict_fields import Part
from tests.script.test_docs import LANES, examples

# What every step may say, beside what it does or inside.
_COMMON = frozenset({"as", "expect", "approve", "approvals"})
# Kept by the shop in formats of their own, which have their own documents and tests.
_OTHER_FORMATS = ("policy_", "promotion_")
# One map of fields that stands at several places.
_ONE = {
    **dict.fromkeys(("return", "exchange", "quote_return", "quote_exchange"), "return"),
    **dict.fromkeys(("loan", "pickup", "paid_in", "paid_out"), "cash by hand"),
    **dict.fromkeys(("x_report", "z_report"), "report"),
    **dict.fromkeys(("lines", "new_lines"), "lines"),
}


class _Fields:
    """Which fields were known at a place, and which of them a script held."""

    def __init__(self) -> None:
        self.known: defaultdict[str, set[str]] = defaultdict(set)
        self.held: defaultdict[str, set[str]] = defaultdict(set)

    def note(self, read_by: str, part: Part, known: Collection[str]) -> None:
        name = "tax_rate" if part.name.startswith("shop.tax_rates.") else part.name
        place = f"{read_by}: {_ONE.get(name, name)}"
        self.known[place] |= {str(key) for key in known}
        self.held[place] |= set(part.fields.values)

    @property
    def missing(self) -> dict[str, list[str]]:
        return {
            place: sorted(missing)
            for place, known in self.known.items()
            if (missing := known - self.held[place] - _COMMON) and not place.startswith(_OTHER_FORMATS)
        }


@pytest.fixture
def fields(monkeypatch: pytest.MonkeyPatch) -> _Fields:
    """Return what is noted of every map that is read."""
    noted, keys = _Fields(), Part.keys

    def noting(part: Part, known: Collection[str]) -> None:
        noted.note(Path(sys._getframe(1).f_code.co_filename).stem, part, known)
        keys(part, known)

    monkeypatch.setattr(Part, "keys", noting)
    return noted


def test_no_field_is_without_a_script_that_holds_it(fields: _Fields, tmp_path: Path) -> None:
    for file in LANES:
        read_setup(read_script(file), None, folder=file.parent)
    for example in examples():
        if example.status != 2:
            (tmp_path / "example.yaml").write_text(example.script, "utf-8")
            read_setup(read_script(tmp_path / "example.yaml"), None, folder=tmp_path)
    assert len(fields.known) > 60
    assert fields.missing == {}


def test_a_field_nobody_holds_is_seen(fields: _Fields, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("lane: 1\nshop: {currency: USD}\nitems: [{id: A, price: 1}]\nsteps: []\n", "utf-8")
    read_setup(read_script(tmp_path / "a.yaml"), None)
    assert "gtin" in fields.missing["setup: items"]
    assert "id" not in fields.missing["setup: items"]
