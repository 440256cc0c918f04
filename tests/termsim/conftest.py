"""A terminal that all tests of a module share, and a till of its own for each test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tests.terminal import CardTerminal, card_terminal
from tests.termsim.raw_till import RawTill

_lanes = itertools.count(1)


@pytest.fixture(scope="module", params=["adyen", "westpay"])
def terminal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CardTerminal]:
    with card_terminal(tmp_path_factory.mktemp("terminal"), request.param) as running:
        yield running


@pytest.fixture
def till(terminal: CardTerminal) -> RawTill:
    """A till that is logged in, at a terminal as it was at first."""
    terminal.control("DELETE", "/next")
    terminal.set(unplugged=False, magic=False, by_hand=False, clock_skew_seconds=0, pace="0")
    terminal.card("visa-4242")
    made = RawTill(terminal, f"Lane{next(_lanes)}")
    made.ask("Login", {"DateTime": "2026-03-02T10:00:00Z"})
    return made
