"""Which card is this: the driver asks the simulator over the real protocol, and never leaves it waiting."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.devices.payment.nexo import NexoTerminal
from pos.devices.payment.nexo_request import acquisition_message
from pos.devices.payment.nexo_settings import NexoSettings, NexoTimes
from pos.domain.card_reading import CardRead, CardUnread, UnreadWhy
from pos.domain.payment import Approved, NotProcessed, NotProcessedWhy, PayRequest, Step, reference_of
from tests.devices.payment.test_nexo_simulator import settings_of
from tests.terminal import CardTerminal, card_terminal

_SHORT = NexoTimes(connect=2, card=0.7, reversal=2, question=2)


@pytest.fixture(scope="module", params=["adyen", "westpay"])
def terminal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CardTerminal]:
    with card_terminal(tmp_path_factory.mktemp("terminal"), request.param) as running:
        yield running


@pytest.fixture
def settings(terminal: CardTerminal, tmp_path: Path) -> NexoSettings:
    terminal.control("DELETE", "/next")
    idle(terminal)
    terminal.set(unplugged=False, magic=False, by_hand=False, clock_skew_seconds=0, pace="0")
    terminal.card("visa-4242")
    return settings_of(terminal, tmp_path)


@pytest.fixture
def driver(settings: NexoSettings) -> Iterator[NexoTerminal]:
    driver = NexoTerminal(settings)
    yield driver
    driver.close()


@pytest.fixture
def hurried(settings: NexoSettings) -> Iterator[NexoTerminal]:
    """The same till with little patience, logged in already."""
    driver = NexoTerminal(replace(settings, times=_SHORT))
    driver.login()
    yield driver
    driver.close()


def idle(terminal: CardTerminal) -> None:
    """The terminal comes to wait for nothing and to hold no card."""
    until = time.monotonic() + 20
    while (state := terminal.state())["busy"] or state["shown"]["step"] in {"present_card", "card_read"}:
        assert time.monotonic() < until, state
        time.sleep(0.02)


def asked(driver: NexoTerminal, terminal: CardTerminal) -> tuple[threading.Thread, list[CardRead | CardUnread]]:
    """Somebody is asked for a card and takes their time."""
    terminal.set(by_hand=True)
    said: list[CardRead | CardUnread] = []
    waiting = threading.Thread(target=lambda: said.append(driver.read_card()))
    waiting.start()
    until = time.monotonic() + 20
    while terminal.state()["shown"]["step"] != "present_card":
        assert time.monotonic() < until
        time.sleep(0.02)
    return waiting, said


def test_the_card_has_the_name_its_payments_have_and_nothing_is_charged(
    driver: NexoTerminal, terminal: CardTerminal, settings: NexoSettings
) -> None:
    entries = len(terminal.journal())
    steps: list[Step] = []
    read = driver.read_card(steps.append)
    assert isinstance(read, CardRead)
    assert (read.brand, read.masked[-4:]) == ("visa", "4242")
    assert steps == [Step.CONNECTING, Step.PRESENT_CARD]
    assert len(terminal.journal()) == entries
    idle(terminal)
    attempt = "ab" * 16
    paid = driver.pay(PayRequest(attempt, reference_of(attempt), 500, "USD", settings.poi))
    assert isinstance(paid, Approved)
    assert paid.card.token == read.token != ""
    terminal.card("mastercard-4444")
    other = driver.read_card()
    assert isinstance(other, CardRead)
    assert other.token != read.token


def test_what_is_asked_names_no_amount_and_wants_the_token(settings: NexoSettings) -> None:
    now = datetime(2026, 11, 22, 10, tzinfo=UTC)
    request = acquisition_message("Z1", settings, now=now)["SaleToPOIRequest"]
    assert request["MessageHeader"]["MessageCategory"] == "CardAcquisition"
    assert request["CardAcquisitionRequest"] == {
        "SaleData": {
            "SaleTransactionID": {"TransactionID": "Z1", "TimeStamp": "2026-11-22T10:00:00.000+00:00"},
            "TokenRequestedType": "Customer",
        },
        "CardAcquisitionTransaction": {},
    }


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        ("cancelled", UnreadWhy.CANCELLED),
        ("busy", UnreadWhy.BUSY),
        ("declined", UnreadWhy.INVALID_CARD),
        ("disconnect_before", UnreadWhy.NOT_UNDERSTOOD),
        ("disconnect_after_approval", UnreadWhy.NOT_UNDERSTOOD),
        ("close_mid_body", UnreadWhy.NOT_UNDERSTOOD),
        ("garbage", UnreadWhy.NOT_UNDERSTOOD),
        ("wrong_attempt", UnreadWhy.NOT_UNDERSTOOD),
        ("host_unreachable", UnreadWhy.NOT_UNDERSTOOD),
    ],
)
def test_whatever_goes_wrong_is_said_and_the_terminal_waits_for_nothing(
    driver: NexoTerminal, terminal: CardTerminal, outcome: str, why: UnreadWhy
) -> None:
    terminal.next({outcome: None, "on": "CardAcquisition"})
    said = driver.read_card()
    assert isinstance(said, CardUnread)
    assert said.why is why
    state = terminal.state()
    assert not state["busy"]
    assert state["shown"]["step"] not in {"present_card", "card_read"}
    assert isinstance(driver.read_card(), CardRead)


@pytest.mark.parametrize("outcome", ["timeout_before", "timeout_after_approval"])
def test_no_answer_in_time_is_said(hurried: NexoTerminal, terminal: CardTerminal, outcome: str) -> None:
    terminal.next({outcome: None, "on": "CardAcquisition"})
    said = hurried.read_card()
    assert isinstance(said, CardUnread)
    assert said.why is UnreadWhy.TIMED_OUT
    assert terminal.state()["shown"]["step"] not in {"present_card", "card_read"}


def test_a_customer_who_never_comes_is_waited_for_no_longer_than_the_till_waits(
    hurried: NexoTerminal, terminal: CardTerminal
) -> None:
    waiting, said = asked(hurried, terminal)
    waiting.join(20)
    assert [one.why for one in said if isinstance(one, CardUnread)] == [UnreadWhy.TIMED_OUT]
    idle(terminal)


def test_an_answer_that_comes_late_leaves_no_card_held(hurried: NexoTerminal, terminal: CardTerminal) -> None:
    terminal.next({"late_answer": "1.5", "on": "CardAcquisition"})
    said = hurried.read_card()
    assert isinstance(said, CardUnread)
    assert said.why is UnreadWhy.TIMED_OUT
    idle(terminal)


def test_the_till_stops_it(driver: NexoTerminal, terminal: CardTerminal) -> None:
    waiting, said = asked(driver, terminal)
    driver.stop_reading()
    waiting.join(20)
    assert said == [CardUnread(UnreadWhy.STOPPED)]
    idle(terminal)
    terminal.set(by_hand=False)
    assert isinstance(driver.read_card(), CardRead)


def test_a_terminal_that_hears_no_stop_is_let_go(settings: NexoSettings, terminal: CardTerminal) -> None:
    driver = NexoTerminal(replace(settings, times=NexoTimes(connect=2, card=20, reversal=2, question=0.5)))
    terminal.next({"disconnect_before": None, "on": "Abort"})
    waiting, said = asked(driver, terminal)
    driver.stop_reading()
    waiting.join(10)
    assert said == [CardUnread(UnreadWhy.STOPPED)]
    idle(terminal)


def test_no_card_is_read_while_one_is_charged(driver: NexoTerminal, terminal: CardTerminal) -> None:
    waiting, _ = asked(driver, terminal)
    request = PayRequest("cd" * 16, reference_of("cd" * 16), 500, "USD", driver.terminal)
    assert driver.pay(request) == NotProcessed(NotProcessedWhy.BUSY, "another request of this till")
    assert driver.read_card() == CardUnread(UnreadWhy.BUSY, "another request of this till")
    driver.stop_reading()
    waiting.join(20)


def test_a_terminal_that_is_logged_out_is_logged_in(driver: NexoTerminal, terminal: CardTerminal) -> None:
    driver.login()
    terminal.set(logged_in=False)
    assert isinstance(driver.read_card(), CardRead)


def test_a_cable_that_is_out_is_said(hurried: NexoTerminal, terminal: CardTerminal) -> None:
    terminal.set(unplugged=True)
    said = hurried.read_card()
    assert isinstance(said, CardUnread)
    assert said.why in {UnreadWhy.NOT_REACHED, UnreadWhy.NOT_UNDERSTOOD}


def test_a_till_that_goes_away_meanwhile_leaves_nobody_waiting(driver: NexoTerminal, terminal: CardTerminal) -> None:
    waiting, said = asked(driver, terminal)
    driver.close()
    waiting.join(20)
    assert [one.why for one in said if isinstance(one, CardUnread)] == [UnreadWhy.NOT_UNDERSTOOD]
    idle(terminal)


def test_a_release_the_terminal_does_not_hear_is_said_again(driver: NexoTerminal, terminal: CardTerminal) -> None:
    terminal.next({"disconnect_before": None, "on": "EnableService"}, {"busy": None, "on": "EnableService"})
    assert isinstance(driver.read_card(), CardRead)
    assert terminal.state()["shown"]["step"] != "card_read"
