"""Any schedule of faults between the driver and the simulator: what the till knows in the end is what the bank did."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.devices.payment.nexo import NexoTerminal
from pos.domain.payment import (
    Approved,
    InProgress,
    NotProcessed,
    NotProcessedWhy,
    Outcome,
    PayRequest,
    ReversalRequest,
    TerminalRequest,
    Unknown,
    reference_of,
)
from tests.devices.payment.test_nexo_simulator import settings_of
from tests.terminal import CardTerminal, card_terminal

_ATTEMPTS = itertools.count(1)
_FAULTS = [
    "approved", "declined", "partial", "cancelled", "wrong_pin", "busy", "logged_out", "host_unreachable",
    "disconnect_before", "reset_before", "disconnect_after_approval", "reset_after_approval", "close_mid_body",
    "garbage", "not_json", "oversized", "bad_hmac", "wrong_amount", "wrong_attempt", "timeout_before",
    "timeout_after_approval", {"late_answer": "0.8"}, {"slow": "0.8"}, {"reboot": "0.1"}, {"reboot_before": "0.1"},
]  # fmt: skip
# What may go wrong with a question about a payment.
_QUESTION_FAULTS = [
    {fault: None, "on": "TransactionStatus"} for fault in ("disconnect_before", "close_mid_body", "busy")
]
_STEP = st.fixed_dictionaries(
    {
        "fault": st.sampled_from(_FAULTS),
        "asking": st.lists(st.sampled_from(_QUESTION_FAULTS), max_size=1),
        "amount": st.integers(101, 50_000),
        "again": st.booleans(),
        "restarts": st.booleans(),
        "reversed": st.booleans(),
        "back_fault": st.sampled_from(
            [*_FAULTS[:1], "disconnect_before", "disconnect_after_approval", "reversal_refused"]
        ),
    }
)


@pytest.fixture(scope="module", params=["adyen", "westpay"])
def terminal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CardTerminal]:
    with card_terminal(tmp_path_factory.mktemp("terminal"), request.param) as running:
        yield running


class _Till:
    """Charges and gives back as a careful till does, and remembers what it was told."""

    def __init__(self, terminal: CardTerminal) -> None:
        found = settings_of(terminal, terminal.folder)
        self.settings = replace(found, times=replace(found.times, card=0.5, reversal=0.5, question=5))
        self.terminal, self.driver = terminal, NexoTerminal(self.settings)
        self.known = 0

    def one(self, step: dict[str, object]) -> None:
        self._idle()
        self._plan(step["fault"], *_each(step["asking"]))
        attempt = f"{next(_ATTEMPTS):032x}"
        amount = step["amount"]
        assert isinstance(amount, int)
        request = PayRequest(attempt, reference_of(attempt), amount, "USD", self.settings.poi, made="2026-11-22T10:00Z")
        outcome: Outcome = self.driver.pay(request)
        if step["restarts"]:
            self.driver = NexoTerminal(self.settings)
        outcome = self._known_of(request, outcome)
        if step["again"]:
            # Sent once more under its name, it must not charge again.
            repeated = self._known_of(request, self.driver.pay(request))
            outcome = repeated if isinstance(outcome, NotProcessed) else outcome
        if not isinstance(outcome, Approved):
            return
        self.known += outcome.charged
        if step["reversed"]:
            self._idle()
            self._plan(step["back_fault"])
            self._give_back(outcome)

    def _give_back(self, charged: Approved) -> None:
        attempt, card = f"{next(_ATTEMPTS):032x}", charged.card
        named = (card.poi_transaction, card.poi_time)
        request = ReversalRequest(attempt, reference_of(attempt), charged.charged, "USD", self.settings.poi, *named)
        outcome = self._known_of(request, self.driver.reverse(request))
        if isinstance(outcome, Approved):
            self.known -= outcome.charged

    def _known_of(self, request: TerminalRequest, outcome: Outcome) -> Outcome:
        until = time.monotonic() + 20
        while isinstance(outcome, Unknown | InProgress):
            assert time.monotonic() < until, outcome
            time.sleep(0.02)
            outcome = self.driver.status(request)
        if isinstance(outcome, NotProcessed) and outcome.why is NotProcessedWhy.NOT_ALLOWED:
            raise AssertionError(outcome)
        return outcome

    def _plan(self, *faults: object) -> None:
        self.terminal.control("DELETE", "/next")
        self.terminal.control("POST", "/next", {"outcomes": list(faults)})

    def _idle(self) -> None:
        until = time.monotonic() + 20
        while (state := self.terminal.state())["busy"] or not state["reachable"]:
            assert time.monotonic() < until
            time.sleep(0.02)


def _each(faults: object) -> list[object]:
    assert isinstance(faults, list)
    return faults


def _hold(terminal: CardTerminal, steps: list[dict[str, object]]) -> None:
    before, till = terminal.charged(), _Till(terminal)
    for step in steps:
        till.one(step)
        assert int((terminal.charged() - before) * 100) == till.known, step


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_STEP, min_size=1, max_size=3))
def test_what_the_till_knows_is_what_the_bank_did(terminal: CardTerminal, steps: list[dict[str, object]]) -> None:
    _hold(terminal, steps)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_STEP, min_size=1, max_size=4))
def test_many_schedules(terminal: CardTerminal, steps: list[dict[str, object]]) -> None:
    _hold(terminal, steps)
