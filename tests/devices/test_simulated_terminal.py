"""The terminal in memory does what it is told, and its bank remembers what it charged whatever the till heard."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from pos.devices.payment.ports import PaymentTerminal
from pos.devices.simulated.bank import BankEntryKind
from pos.devices.simulated.terminal import Doing, Moment, Scripted, SimulatedTerminal
from pos.domain.payment import (
    Approved,
    Declined,
    DeclinedWhy,
    InProgress,
    NotProcessed,
    NotProcessedWhy,
    PayRequest,
    RefundRequest,
    ReversalRequest,
    Step,
    TerminalInfo,
    TerminalTotals,
    Unknown,
    UnknownWhy,
)


def _pay(attempt: str = "a1", *, amount: int = 3266, cash_back: int = 0, partial: bool = True) -> PayRequest:
    reference = attempt.upper().replace("-", "")
    return PayRequest(attempt, reference, amount, "USD", "SIM-1", cash_back=cash_back, partial_allowed=partial)


def _reversal(charged: Approved, attempt: str = "r1") -> ReversalRequest:
    card = charged.card
    return ReversalRequest(
        attempt, attempt.upper(), charged.charged, "USD", "SIM-1", card.poi_transaction, card.poi_time
    )


def _refund(charged: Approved, amount: int, attempt: str = "f1") -> RefundRequest:
    card = charged.card
    return RefundRequest(attempt, attempt.upper(), amount, "USD", "SIM-1", card.poi_transaction, card.poi_time)


def test_it_approves_and_says_where_it_is() -> None:
    terminal = SimulatedTerminal()
    as_port: PaymentTerminal = terminal
    steps: list[Step] = []
    outcome = as_port.pay(_pay(cash_back=2000), steps.append)
    assert isinstance(outcome, Approved)
    assert (outcome.amount, outcome.cash_back, outcome.card.last_four) == (3266, 2000, "4242")
    assert steps == [Step.CONNECTING, Step.PRESENT_CARD, Step.AUTHORISING]
    assert [entry.amount for entry in terminal.bank.journal] == [5266]
    assert as_port.status(_pay(cash_back=2000)) == outcome
    assert isinstance(as_port.login(), TerminalInfo)


def test_the_same_reference_is_the_same_charge() -> None:
    terminal = SimulatedTerminal()
    assert terminal.pay(_pay()) == terminal.pay(_pay())
    assert terminal.bank.balance == 3266


@pytest.mark.parametrize(
    ("doing", "why"),
    [
        (Doing.DECLINED, DeclinedWhy.REFUSED),
        (Doing.CANCELLED, DeclinedWhy.CANCELLED),
        (Doing.WRONG_PIN, DeclinedWhy.WRONG_PIN),
    ],
)
def test_a_decline_moves_nothing(doing: Doing, why: DeclinedWhy) -> None:
    terminal = SimulatedTerminal()
    terminal.script.append(Scripted(doing))
    outcome = terminal.pay(_pay())
    assert isinstance(outcome, Declined)
    assert outcome.why is why
    assert terminal.bank.balance == 0
    assert terminal.status(_pay()) == outcome
    assert isinstance(terminal.pay(_pay("a2")), Approved)


def test_a_partial_approval() -> None:
    terminal = SimulatedTerminal()
    terminal.script.extend([Scripted(Doing.PARTIAL, 2000), Scripted(Doing.PARTIAL, 2000)])
    outcome = terminal.pay(_pay(cash_back=1000))
    assert isinstance(outcome, Approved)
    assert (outcome.amount, outcome.cash_back, terminal.bank.balance) == (2000, 0, 2000)
    assert isinstance(terminal.pay(_pay("a2", partial=False)), Declined)


@pytest.mark.parametrize(
    ("doing", "why", "charged", "asked"),
    [
        (Doing.DISCONNECT_BEFORE, UnknownWhy.LINK_LOST, 0, NotProcessed),
        (Doing.TIMEOUT_BEFORE, UnknownWhy.NO_ANSWER, 0, NotProcessed),
        (Doing.DISCONNECT_AFTER_APPROVAL, UnknownWhy.LINK_LOST, 3266, Approved),
        (Doing.TIMEOUT_AFTER_APPROVAL, UnknownWhy.NO_ANSWER, 3266, Approved),
        (Doing.LATE_ANSWER, UnknownWhy.NO_ANSWER, 3266, InProgress),
        (Doing.WRONG_AMOUNT, UnknownWhy.WRONG_AMOUNT, 3266, Unknown),
        (Doing.WRONG_ATTEMPT, UnknownWhy.WRONG_ATTEMPT, 3266, Unknown),
    ],
)
def test_what_is_unknown_and_what_the_bank_did(doing: Doing, why: UnknownWhy, charged: int, asked: type) -> None:
    terminal = SimulatedTerminal()
    terminal.script.append(Scripted(doing))
    outcome = terminal.pay(_pay())
    assert isinstance(outcome, Unknown)
    assert outcome.why is why
    assert terminal.bank.balance == charged
    assert isinstance(terminal.status(_pay()), asked)
    if doing is Doing.LATE_ANSWER:
        assert isinstance(terminal.status(_pay()), Approved)


def test_what_it_does_not_take() -> None:
    terminal = SimulatedTerminal()
    terminal.script.append(Scripted(Doing.BUSY))
    assert terminal.pay(_pay()) == NotProcessed(NotProcessedWhy.BUSY)
    terminal.script.append(Scripted(Doing.LOGGED_OUT))
    assert isinstance(terminal.pay(_pay()), Approved)
    terminal.plugged = False
    assert terminal.pay(_pay("a2")) == NotProcessed(NotProcessedWhy.NOT_REACHED)
    assert terminal.status(_pay()) == Unknown(UnknownWhy.NOT_REACHED)
    assert isinstance(terminal.login(), NotProcessed)
    assert isinstance(terminal.totals(), NotProcessed)


def test_a_charge_is_reversed_once_and_refunded_within_its_amount() -> None:
    terminal = SimulatedTerminal()
    first, second = terminal.pay(_pay()), terminal.pay(_pay("a2"))
    assert isinstance(first, Approved)
    assert isinstance(second, Approved)
    assert isinstance(terminal.reverse(_reversal(first)), Approved)
    assert isinstance(terminal.reverse(_reversal(first, "r2")), Declined)
    assert isinstance(terminal.refund(_refund(second, 3000)), Approved)
    assert isinstance(terminal.refund(_refund(second, 267, "f2")), Declined)
    assert terminal.bank.balance == 266
    assert isinstance(terminal.reverse(_reversal(second, "r3")), Declined)
    totals = terminal.totals(end_period=True)
    assert isinstance(totals, TerminalTotals)
    assert totals.balance == 266
    third = terminal.pay(_pay("a3"))
    assert isinstance(third, Approved)
    terminal.totals(end_period=True)
    assert isinstance(terminal.reverse(_reversal(third, "r4")), Declined), "settled"


def test_a_closed_card() -> None:
    terminal = SimulatedTerminal()
    charged = terminal.pay(_pay())
    assert isinstance(charged, Approved)
    terminal.closed.add("visa-4242")
    terminal.card = "maestro-77"
    assert isinstance(terminal.refund(_refund(charged, 100)), Declined)
    assert isinstance(terminal.pay(_pay("a2")), Approved)
    terminal.card = "visa-4242"
    assert isinstance(terminal.pay(_pay("a3")), Declined)


def test_it_remembers_over_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "bank.jsonl"
    before = SimulatedTerminal(bank=file)

    def power_cut(moment: Moment) -> None:
        if moment is Moment.AFTER_AUTHORISATION:
            raise KeyboardInterrupt

    paid = before.pay(_pay("a0"))
    before.script.append(Scripted(Doing.DECLINED))
    declined = before.pay(_pay("a2"))
    before.at = power_cut
    with pytest.raises(KeyboardInterrupt):
        before.pay(_pay())
    after = SimulatedTerminal(bank=file)
    assert after.status(_pay("a0")) == paid
    assert after.status(_pay("a2")) == declined
    assert isinstance(after.status(_pay()), Approved)
    assert [entry.kind for entry in after.bank.journal] == [BankEntryKind.CHARGE] * 3
    assert after.bank.journal == before.bank.journal


@pytest.mark.parametrize("aborted", [True, False])
def test_a_payment_that_is_held_goes_on_or_is_aborted(aborted: bool) -> None:
    terminal = SimulatedTerminal()
    terminal.held = True
    outcomes: list[object] = []
    presented = threading.Event()
    paying = threading.Thread(target=lambda: outcomes.append(terminal.pay(_pay(), lambda _: presented.set())))
    paying.start()
    assert presented.wait(5)
    if aborted:
        terminal.abort(_pay())
    else:
        terminal.release()
    paying.join(5)
    assert isinstance(outcomes[0], Declined if aborted else Approved)
