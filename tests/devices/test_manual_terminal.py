"""A stand-alone terminal: what the cashier types is the answer, and what nobody typed stays unknown."""

from __future__ import annotations

import threading

from pos.devices.payment.manual import ManualTerminal
from pos.devices.payment.ports import TypedTerminal
from pos.domain.card_facts import TypedApproval
from pos.domain.payment import Approved, Declined, NotProcessed, PayRequest, RefundRequest, Step, Unknown, UnknownWhy

_PAY = PayRequest("a1", "A1", 3266, "USD", "manual", cash_back=2000)


def test_what_was_typed_before_answers_at_once() -> None:
    terminal: TypedTerminal = ManualTerminal()
    terminal.typed(TypedApproval("A1", "00A123", "4242", brand="Visa"))
    outcome = terminal.pay(_PAY)
    assert isinstance(outcome, Approved)
    assert (outcome.amount, outcome.cash_back) == (3266, 2000)
    assert (outcome.card.approval_code, outcome.card.last_four, outcome.card.brand) == ("00A123", "4242", "Visa")


def test_it_waits_for_the_entry_about_this_request() -> None:
    terminal = ManualTerminal()
    outcomes: list[object] = []
    keyed = threading.Event()

    def watch(step: Step) -> None:
        assert step is Step.KEY_AMOUNT
        keyed.set()

    paying = threading.Thread(target=lambda: outcomes.append(terminal.pay(_PAY, watch)))
    paying.start()
    assert keyed.wait(5)
    terminal.typed(TypedApproval("B2", "00A124", "1111"))
    terminal.typed(TypedApproval("A1", declined=True))
    paying.join(5)
    assert isinstance(outcomes[0], Declined)
    refund = RefundRequest("b2", "B2", 100, "USD", "manual")
    assert isinstance(terminal.refund(refund), Approved), "its entry was kept"


def test_what_nobody_typed_is_unknown_and_cannot_be_asked() -> None:
    terminal = ManualTerminal()
    outcomes: list[object] = []
    paying = threading.Thread(target=lambda: outcomes.append(terminal.pay(_PAY)))
    paying.start()
    terminal.close()
    paying.join(5)
    assert outcomes == [Unknown(UnknownWhy.CANNOT_BE_ASKED)]
    assert not terminal.can_be_asked
    assert terminal.status(_PAY) == Unknown(UnknownWhy.CANNOT_BE_ASKED)
    assert isinstance(terminal.totals(), NotProcessed)
