"""The purchases of a card by the token a terminal gives it: who may ask, what is found, what asking leaves behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pos.card_words import UNREAD
from pos.devices.payment.manual import ManualTerminal
from pos.devices.payment.nexo import NexoTerminal
from pos.devices.simulated.terminal import Doing, Moment, Scripted
from pos.domain.card_reading import CardRead, UnreadWhy
from pos.domain.payment import Step
from pos.domain.refusal import Code, Refused
from pos.services.card_reading import NO_TERMINAL
from pos.services.crash import ProcessDied
from pos.services.purchases import PurchaseFound
from pos.services.sale import CompletedSale
from pos.services.verify import verify_books
from pos.wording import Wording
from pos.workstation import Workstation
from tests.corner_shop import new_shop, open_up, pay_by_card, simulated
from tests.devices.payment.test_nexo_simulator import settings_of
from tests.terminal import card_terminal


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Workstation]:
    workstation = open_up(new_shop(tmp_path / "shop"), terminal="simulated")
    yield workstation
    workstation.close()


def sold_on(till: Workstation, card: str) -> str:
    """A loaf of bread on this card; the sale's identity."""
    simulated(till).card = card
    return sold(till)


def sold(till: Workstation) -> str:
    till.sale.scan("BREAD")
    pay_by_card(till)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    return done.transaction.id


def read(till: Workstation) -> CardRead:
    reading = till.card_reading
    assert reading.begin() is None
    card = reading.ask()
    assert isinstance(card, CardRead)
    return card


def found(till: Workstation, token: str) -> list[str]:
    rows = till.purchases.by_token(token)
    assert not isinstance(rows, Refused)
    return [one.id for one in rows]


def test_a_card_finds_what_was_bought_with_it_and_nothing_else(till: Workstation) -> None:
    first, _, second = (sold_on(till, card) for card in ("visa-4242", "visa-9999", "visa-4242"))
    simulated(till).card = "visa-4242"
    assert set(found(till, read(till).token)) == {first, second}
    assert found(till, "") == found(till, "TNOBODYS") == []


def test_two_cards_that_end_alike_are_told_apart(till: Workstation) -> None:
    visa, _ = sold_on(till, "visa-4242"), sold_on(till, "mc-4242")
    simulated(till).card = "visa-4242"
    assert found(till, read(till).token) == [visa]
    by_digits = till.purchases.by_card("4242")
    assert not isinstance(by_digits, Refused)
    assert len(by_digits) == 2


def test_day_and_amount_narrow_it_down(till: Workstation) -> None:
    bought = sold_on(till, "visa-4242")
    token = read(till).token
    (row,) = _rows(till.purchases.by_token(token))
    day = row.at.date()
    assert [one.id for one in _rows(till.purchases.by_token(token, paid=row.paid, day=day))] == [bought]
    assert not _rows(till.purchases.by_token(token, paid=row.paid + 1))
    assert not _rows(till.purchases.by_token(token, day=day - timedelta(days=1)))


def _rows(answer: tuple[PurchaseFound, ...] | Refused) -> tuple[PurchaseFound, ...]:
    assert not isinstance(answer, Refused)
    return answer


def test_a_card_that_was_declined_bought_nothing(till: Workstation) -> None:
    till.sale.scan("BREAD")
    assert isinstance(pay_by_card(till, doing=Doing.DECLINED), Refused)
    assert found(till, read(till).token) == []


def test_whoever_may_not_take_returns_asks_for_no_card(till: Workstation) -> None:
    till.sign_on.sign_off()
    refused = till.card_reading.begin()
    assert isinstance(refused, Refused)
    assert refused.code is Code.NOT_SIGNED_ON
    assert isinstance(till.purchases.by_token("T1"), Refused)


def test_a_till_without_a_terminal_and_a_terminal_that_stands_alone_say_so(till: Workstation) -> None:
    for terminal, why in ((None, "no_terminal"), (ManualTerminal(), "not_supported")):
        till.card_tendering.terminal = terminal
        refused = till.card_reading.begin()
        assert refused == Refused(Code.CARD_NOT_READ, {"why": why})
        assert "last four digits" in Wording().refusal(refused)


@pytest.mark.parametrize(
    ("doing", "why"),
    [
        (Doing.CANCELLED, "cancelled"),
        (Doing.TIMEOUT_BEFORE, "timed_out"),
        (Doing.BUSY, "busy"),
        (Doing.DISCONNECT_BEFORE, "not_understood"),
        (Doing.DECLINED, "invalid_card"),
        (Doing.WRONG_ATTEMPT, "not_understood"),
        (Doing.LOGGED_OUT, "not_ready"),
    ],
)
def test_why_no_card_is_known_is_said(till: Workstation, doing: Doing, why: str) -> None:
    simulated(till).script.append(Scripted(doing))
    reading = till.card_reading
    assert reading.begin() is None
    assert reading.ask() == Refused(Code.CARD_NOT_READ, {"why": why})


def test_every_why_has_a_sentence_of_its_own() -> None:
    assert set(UNREAD) == {NO_TERMINAL, *(why.value for why in UnreadWhy)}
    assert len(set(UNREAD.values())) == len(UNREAD)


def test_it_is_stopped_before_it_began_and_while_somebody_waits(till: Workstation) -> None:
    stopped = Refused(Code.CARD_NOT_READ, {"why": "stopped"})
    reading = till.card_reading
    reading.begin()
    reading.stop()
    assert reading.ask() == stopped
    assert reading.begin() is None
    simulated(till).held = True
    waits, said = threading.Event(), []
    waiting = threading.Thread(
        target=lambda: said.append(reading.ask(lambda step: waits.set() if step is Step.PRESENT_CARD else None))
    )
    waiting.start()
    assert waits.wait(20)
    reading.stop()
    waiting.join(20)
    assert said == [stopped]


def test_power_that_fails_while_a_card_is_asked_for_changes_nothing(till: Workstation) -> None:
    bought = sold_on(till, "visa-4242")
    books = till.desk.shop.books.path
    before = verify_books(till.desk.shop)

    def dies(moment: Moment) -> None:
        assert moment is Moment.AFTER_REQUEST
        raise ProcessDied

    terminal = simulated(till)
    terminal.at = dies
    reading = till.card_reading
    reading.begin()
    with pytest.raises(ProcessDied):
        reading.ask()
    charged = len(terminal.bank.journal)
    till.close()
    again = open_up(books.parent, terminal="simulated")
    try:
        after = verify_books(again.desk.shop)
        assert after == before
        assert not again.card_tendering.waiting()
        assert found(again, read(again).token) == [bought]
        assert len(simulated(again).bank.journal) == charged
    finally:
        again.close()


@pytest.mark.parametrize("profile", ["adyen", "westpay"])
def test_over_the_wire_the_card_of_a_sale_finds_it_again(till: Workstation, tmp_path: Path, profile: str) -> None:
    with card_terminal(tmp_path / "terminal", profile) as terminal:
        driver = NexoTerminal(settings_of(terminal, tmp_path))
        till.card_tendering.terminal = driver
        terminal.card("maestro-77")
        bought = sold(till)
        terminal.card("visa-4242")
        other = sold(till)
        assert found(till, read(till).token) == [other]
        terminal.card("maestro-77")
        assert found(till, read(till).token) == [bought]
        driver.close()
