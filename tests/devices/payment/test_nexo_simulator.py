"""The driver and the simulator, which share no code, over real TLS: every fault, and what the bank says happened."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pos.devices.payment.nexo import NexoTerminal
from pos.devices.payment.nexo_settings import NexoProfile, NexoSettings, NexoTimes
from pos.domain.card_facts import ReceiptSide
from pos.domain.payment import (
    Approved,
    CardKind,
    Declined,
    DeclinedWhy,
    InProgress,
    NotProcessed,
    NotProcessedWhy,
    Outcome,
    PayRequest,
    RefundRequest,
    ReversalRequest,
    TerminalInfo,
    TerminalTotals,
    Unknown,
    UnknownWhy,
    reference_of,
)
from tests.terminal import CardTerminal, card_terminal

_PROFILES = {"adyen": NexoProfile.ADYEN_LOCAL, "westpay": NexoProfile.WESTPAY}
_LANES = itertools.count(1)
_ATTEMPTS = itertools.count(1)
# Long enough for an answer on a busy machine where one is to come, short where none is.
_SHORT = 0.7


@dataclass(frozen=True, slots=True)
class Till:
    """A driver at a running simulator."""

    terminal: CardTerminal
    settings: NexoSettings
    driver: NexoTerminal

    def request(self, amount: int = 500, **changes: object) -> PayRequest:
        attempt = f"{next(_ATTEMPTS):032x}"
        made = PayRequest(attempt, reference_of(attempt), amount, "USD", self.settings.poi)
        return replace(made, **changes)  # type: ignore[arg-type]

    def hurried(self, seconds: float = _SHORT) -> NexoTerminal:
        """The same till with little patience, logged in already."""
        driver = NexoTerminal(replace(self.settings, times=replace(self.settings.times, card=seconds)))
        driver.login()
        return driver

    def charged(self) -> int:
        """What the bank took less what it gave back, in minor units."""
        return int(self.terminal.charged() * 100)

    def paid(self, request: PayRequest) -> Approved:
        outcome = self.driver.pay(request)
        assert isinstance(outcome, Approved), outcome
        return outcome

    def reversal(self, charged: Approved, amount: int = 0) -> ReversalRequest:
        attempt, card = f"{next(_ATTEMPTS):032x}", charged.card
        named = (card.poi_transaction, card.poi_time)
        amount = amount or charged.charged
        return ReversalRequest(attempt, reference_of(attempt), amount, "USD", self.settings.poi, *named)

    def refund(self, charged: Approved | None, amount: int) -> RefundRequest:
        attempt = f"{next(_ATTEMPTS):032x}"
        named = (charged.card.poi_transaction, charged.card.poi_time) if charged else ("", "")
        return RefundRequest(attempt, reference_of(attempt), amount, "USD", self.settings.poi, *named)


def settings_of(terminal: CardTerminal, folder: Path) -> NexoSettings:
    """What a shop would put in its settings."""
    passphrase = folder / "passphrase"
    passphrase.write_text(terminal.passphrase + "\n", "utf-8")
    return NexoSettings(
        _PROFILES[terminal.profile],
        "127.0.0.1",
        terminal.port,
        terminal.poi_id,
        f"Lane{next(_LANES)}",
        terminal.certificate,
        passphrase,
        terminal.key_identifier,
        terminal.key_version,
        NexoTimes(connect=5, card=20, reversal=20, question=10),
    )


@pytest.fixture(scope="module", params=["adyen", "westpay"])
def terminal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CardTerminal]:
    with card_terminal(tmp_path_factory.mktemp("terminal"), request.param) as running:
        yield running


@pytest.fixture
def till(terminal: CardTerminal, tmp_path: Path) -> Iterator[Till]:
    terminal.control("DELETE", "/next")
    until = time.monotonic() + 20
    while terminal.state()["busy"]:
        assert time.monotonic() < until
        time.sleep(0.02)
    terminal.set(unplugged=False, magic=False, by_hand=False, clock_skew_seconds=0, pace="0")
    terminal.card("visa-4242")
    settings = settings_of(terminal, tmp_path)
    driver = NexoTerminal(settings)
    yield Till(terminal, settings, driver)
    driver.close()


def test_a_charge_with_its_card_and_its_papers(till: Till) -> None:
    before = till.charged()
    outcome = till.paid(till.request(3266))
    assert (outcome.amount, outcome.cash_back, till.charged() - before) == (3266, 0, 3266)
    card = outcome.card
    assert (card.last_four, card.entry_mode, card.aid) == ("4242", "ICC", "A0000000031010")
    assert all([card.brand, card.approval_code, card.merchant, card.poi_transaction, card.poi_time, card.token])
    assert {paper.side for paper in outcome.receipts} == {ReceiptSide.CUSTOMER, ReceiptSide.MERCHANT}
    assert any("32.66" in row.left + row.right for row in outcome.receipts[0].rows)


def test_a_debit_card_gives_cash_on_top(till: Till) -> None:
    till.terminal.card("maestro-77")
    before = till.charged()
    outcome = till.paid(till.request(10_000, cash_back=2000, kind=CardKind.DEBIT))
    assert (outcome.amount, outcome.cash_back, outcome.charged) == (10_000, 2000, 12_000)
    assert till.charged() - before == 12_000
    assert "PIN" in outcome.card.cvm
    assert isinstance(till.driver.reverse(till.reversal(outcome)), Approved)
    assert till.charged() == before


def test_a_part_where_parts_are_taken(till: Till) -> None:
    before = till.charged()
    till.terminal.next({"partial": "20.00"}, {"partial": "20.00"})
    parts = till.driver.pay(till.request(5000))
    assert isinstance(parts, Approved)
    assert parts.amount == till.charged() - before == 2000
    assert isinstance(till.driver.pay(till.request(5000, partial_allowed=False)), Declined)


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("declined", DeclinedWhy.REFUSED),
        ({"declined": "InvalidCard"}, DeclinedWhy.INVALID_CARD),
        ({"declined": "PaymentRestriction"}, DeclinedWhy.RESTRICTED),
        ("cancelled", DeclinedWhy.CANCELLED),
        ({"wrong_pin": 3}, DeclinedWhy.WRONG_PIN),
    ],
)
def test_a_decline_is_final(till: Till, fault: str | dict[str, object], why: DeclinedWhy) -> None:
    before, request = till.charged(), till.request()
    till.terminal.next(fault)
    outcome = till.driver.pay(request)
    assert isinstance(outcome, Declined)
    assert outcome.why is why
    assert till.driver.status(request) == outcome
    assert till.charged() == before
    if why is DeclinedWhy.REFUSED:
        assert outcome.card.last_four == "4242"
        assert outcome.receipts


def test_a_wrong_pin_and_then_the_right_one(till: Till) -> None:
    till.terminal.next("wrong_pin")
    till.paid(till.request())


def test_what_the_terminal_does_not_take(till: Till) -> None:
    before, request = till.charged(), till.request()
    till.terminal.next("busy")
    assert till.driver.pay(request) == NotProcessed(NotProcessedWhy.BUSY, "Busy")
    assert till.driver.status(request) == NotProcessed(NotProcessedWhy.NOT_FOUND)
    till.terminal.next("logged_out")
    till.paid(request)
    assert till.charged() == before + 500


def test_a_host_nobody_reaches_leaves_it_open(till: Till) -> None:
    before, request = till.charged(), till.request()
    till.terminal.next("host_unreachable")
    outcome = till.driver.pay(request)
    assert isinstance(outcome, Unknown)
    assert outcome.why is UnknownWhy.HOST_UNREACHABLE
    assert till.driver.status(request) == NotProcessed(NotProcessedWhy.NOT_FOUND)
    assert till.charged() == before


@pytest.mark.parametrize("fault", ["disconnect_before", "reset_before", {"reboot_before": "0"}])
def test_a_line_cut_before_the_charge(till: Till, fault: str | dict[str, object]) -> None:
    before, request = till.charged(), till.request()
    till.terminal.next(fault)
    outcome = till.driver.pay(request)
    assert isinstance(outcome, Unknown)
    assert till.driver.status(request) == NotProcessed(NotProcessedWhy.NOT_FOUND)
    assert till.charged() == before
    till.paid(request)
    assert till.charged() == before + 500


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("disconnect_after_approval", UnknownWhy.LINK_LOST),
        ("reset_after_approval", UnknownWhy.LINK_LOST),
        ("close_mid_body", UnknownWhy.ANSWER_CUT),
        ("garbage", None),
        ("not_json", None),
        ("oversized", UnknownWhy.ANSWER_TOO_LONG),
        ("wrong_amount", UnknownWhy.WRONG_AMOUNT),
        ({"wrong_amount": "50.00"}, UnknownWhy.WRONG_AMOUNT),
        ("wrong_attempt", UnknownWhy.WRONG_ATTEMPT),
        ("out_of_order_display", None),
        ("bad_hmac", UnknownWhy.SEAL_WRONG),
    ],
)
def test_an_answer_lost_or_spoiled_after_the_charge(
    till: Till, fault: str | dict[str, object], why: UnknownWhy | None
) -> None:
    plain = till.settings.profile is NexoProfile.WESTPAY
    if plain and fault in ("bad_hmac", "out_of_order_display"):
        return
    before, request = till.charged(), till.request()
    till.terminal.next(fault)
    outcome = till.driver.pay(request)
    if fault == "out_of_order_display" and isinstance(outcome, Approved):
        pytest.fail("a display message decided a payment")
    assert isinstance(outcome, Unknown), outcome
    assert why in {None, outcome.why}, outcome
    assert outcome.answer is None or fault in ({"wrong_amount": "50.00"}, "wrong_amount", "wrong_attempt")
    status = till.driver.status(request)
    assert isinstance(status, Approved), status
    assert status.amount == 500
    assert till.charged() == before + 500
    # Sent once more under its own name it is told again, and not charged again.
    assert till.driver.pay(request) == status
    assert till.charged() == before + 500


@pytest.mark.parametrize(("fault", "charged"), [("timeout_before", False), ("timeout_after_approval", True)])
def test_no_answer_in_time(till: Till, fault: str, charged: bool) -> None:
    before, request, driver = till.charged(), till.request(), till.hurried()
    till.terminal.next(fault)
    outcome = driver.pay(request)
    assert isinstance(outcome, Unknown)
    assert outcome.why is UnknownWhy.NO_ANSWER
    status = driver.status(request)
    assert isinstance(status, Approved) if charged else status == NotProcessed(NotProcessedWhy.NOT_FOUND)
    assert till.charged() - before == (500 if charged else 0)


@pytest.mark.parametrize("fault", ["slow", "late_answer"])
def test_an_answer_that_takes_its_time(till: Till, fault: str) -> None:
    before, request, driver = till.charged(), till.request(), till.hurried()
    till.terminal.next({fault: "2"})
    outcome = driver.pay(request)
    assert isinstance(outcome, Unknown)
    assert driver.status(request) == InProgress()
    again = driver.pay(request)
    assert isinstance(again, Unknown | Approved), "still at it, or told again"
    assert isinstance(_settled(driver, request), Approved)
    assert till.charged() == before + 500


def test_an_abort_asks_and_the_payment_answers(till: Till) -> None:
    before, request = till.charged(), till.request()
    till.terminal.next({"slow": "15"})
    outcomes: list[Outcome] = []
    paying = threading.Thread(target=lambda: outcomes.append(till.driver.pay(request)))
    paying.start()
    while till.driver.status(request) != InProgress():
        assert paying.is_alive()
        time.sleep(0.02)
    assert isinstance(till.driver.login(), TerminalInfo)
    assert till.driver.pay(till.request()) == NotProcessed(NotProcessedWhy.BUSY, "another request of this till")
    till.driver.abort(request)
    paying.join(12)
    assert isinstance(outcomes[0], Declined)
    assert outcomes[0].why is DeclinedWhy.ABORTED
    assert till.charged() == before


def test_a_reversal_is_done_once(till: Till) -> None:
    before = till.charged()
    charged = till.paid(till.request(3266))
    outcome = till.driver.reverse(till.reversal(charged))
    assert isinstance(outcome, Approved)
    assert outcome.amount == 3266
    assert not isinstance(till.driver.reverse(till.reversal(charged)), Approved)
    assert till.charged() == before


def test_a_reversal_refused_or_lost(till: Till) -> None:
    charged = till.paid(till.request(700))
    before = till.charged()
    till.terminal.next("reversal_refused")
    assert isinstance(till.driver.reverse(till.reversal(charged)), Declined)
    till.terminal.next({"disconnect_after_approval": None, "on": "Reversal"})
    request = till.reversal(charged)
    assert isinstance(till.driver.reverse(request), Unknown)
    assert isinstance(till.driver.status(request), Approved)
    assert till.charged() == before - 700
    stranger = replace(till.reversal(charged), original_transaction="NO.SUCH")
    assert isinstance(till.driver.reverse(stranger), Declined)


def test_refunds_with_and_without_their_charge(till: Till) -> None:
    charged = till.paid(till.request(3000))
    before = till.charged()
    first = till.refund(charged, 1000)
    outcome = till.driver.refund(first)
    assert isinstance(outcome, Approved)
    assert till.driver.status(first) == outcome
    assert isinstance(till.driver.refund(till.refund(charged, 2000)), Approved)
    assert not isinstance(till.driver.refund(till.refund(charged, 1)), Approved), "no more than was charged"
    assert isinstance(till.driver.refund(till.refund(None, 400)), Approved)
    assert before - till.charged() == 3400


def test_a_number_is_typed_at_a_terminal_that_takes_one(till: Till) -> None:
    before = till.charged()
    outcome = till.driver.pay(till.request(1230, keyed=True))
    assert till.driver.takes_keyed is (till.terminal.profile == "adyen")
    if not till.driver.takes_keyed:
        assert isinstance(outcome, NotProcessed)
        assert (outcome.why, till.charged()) == (NotProcessedWhy.NOT_ALLOWED, before)
        return
    assert isinstance(outcome, Approved)
    assert (outcome.card.entry_mode, outcome.card.aid, till.charged() - before) == ("Keyed", "", 1230)


def test_the_terminals_totals_are_the_banks(till: Till) -> None:
    till.driver.login()
    assert isinstance(till.driver.totals(end_period=True), TerminalTotals)
    charged = till.paid(till.request(3000))
    till.paid(till.request(500))
    till.driver.refund(till.refund(charged, 1000))
    before = till.driver.totals()
    assert isinstance(before, TerminalTotals)
    assert (before.currency, before.balance) == ("USD", 2500)
    assert till.driver.totals(end_period=True) == before
    after = till.driver.totals()
    assert isinstance(after, TerminalTotals)
    assert after.balance == 0


def test_a_terminal_unplugged_or_killed_meanwhile(till: Till) -> None:
    request = till.request()
    till.terminal.set(unplugged=True)
    refused = till.driver.pay(request)
    assert isinstance(refused, NotProcessed)
    assert refused.why is NotProcessedWhy.NOT_REACHED
    assert isinstance(till.driver.status(request), Unknown)
    till.terminal.set(unplugged=False)
    before = till.charged()
    till.terminal.next("disconnect_after_approval")
    assert isinstance(till.driver.pay(request), Unknown)
    till.terminal.restart()
    assert isinstance(till.driver.status(request), Approved)
    assert till.charged() == before + 500


def test_a_terminal_that_restarts_under_a_payment(till: Till) -> None:
    before, request = till.charged(), till.request()
    till.terminal.next({"reboot": "0.5"})
    assert isinstance(till.driver.pay(request), Unknown)
    assert isinstance(till.driver.status(request), Unknown)
    assert isinstance(_settled(till.driver, request), Approved)
    assert till.charged() == before + 500


def test_a_till_that_restarts_asks_by_the_same_name(till: Till) -> None:
    request = till.request()
    till.terminal.next("disconnect_after_approval")
    assert isinstance(till.driver.pay(request), Unknown)
    till.driver.close()
    assert isinstance(NexoTerminal(till.settings).status(request), Approved)
    other = NexoTerminal(replace(till.settings, sale="Elsewhere"))
    assert other.status(request) == NotProcessed(NotProcessedWhy.NOT_FOUND), "names are a till's own"


def test_a_wrong_passphrase_never_leaves_a_payment_open(till: Till, tmp_path: Path) -> None:
    if not till.settings.is_sealed:
        return
    wrong = tmp_path / "wrong"
    wrong.write_text("not the passphrase", "utf-8")
    before = till.charged()
    for changes in ({"passphrase_file": wrong}, {"key_version": 9}, {"key_identifier": "nobody"}):
        driver = NexoTerminal(replace(till.settings, **changes))
        outcome = driver.pay(till.request())
        assert isinstance(outcome, NotProcessed)
        assert outcome.why is NotProcessedWhy.NOT_TRUSTED
    assert till.charged() == before


def test_a_clock_that_is_wrong_decides_nothing(till: Till) -> None:
    till.terminal.next({"clock_skew": -86400})
    charged = till.paid(till.request())
    assert isinstance(till.driver.reverse(till.reversal(charged)), Approved)


def _settled(driver: NexoTerminal, request: PayRequest) -> Outcome:
    """Asked again and again, as a till does: what it comes to."""
    until = time.monotonic() + 20
    while isinstance(outcome := driver.status(request), Unknown | InProgress):
        assert time.monotonic() < until
        time.sleep(0.1)
    return outcome
