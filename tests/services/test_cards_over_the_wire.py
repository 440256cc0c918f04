"""A sale on a card from the service to the simulator's bank, over the real protocol and TLS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pos.devices.payment.nexo import NexoTerminal
from pos.devices.payment.nexo_settings import NexoSettings
from pos.domain.ledger import CARD_RECEIVABLE, CARD_SUSPENSE
from pos.domain.payment import CardKind
from pos.domain.refusal import Code, Refused
from pos.services.open_basket import SaleView
from pos.services.sale import CompletedSale
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import new_shop, open_up, pay_by_card
from tests.devices.payment.test_nexo_simulator import settings_of
from tests.terminal import CardTerminal, card_terminal

BREAD = 4_290
_SHORT = 0.7


@dataclass
class Lane:
    """A till with a real driver at a running simulator."""

    workstation: Workstation
    terminal: CardTerminal
    settings: NexoSettings
    before: int = 0

    def hurry(self) -> None:
        """From now on the driver has little patience."""
        hasty = NexoTerminal(replace(self.settings, times=replace(self.settings.times, card=_SHORT)))
        hasty.login()
        self.workstation.card_tendering.terminal = hasty

    def begin_again(self) -> None:
        """The till starts anew on the same books; the terminal stays as it is."""
        folder = self.workstation.desk.shop.folder
        self.workstation.close()
        self.workstation = open_up(folder)
        self.workstation.card_tendering.terminal = NexoTerminal(self.settings)
        self.workstation.sale.recover()

    def taken(self) -> int:
        """What the bank took since the test began, in minor units."""
        return int(self.terminal.charged() * 100) - self.before

    def complete(self) -> None:
        assert isinstance(self.workstation.sale.complete(), CompletedSale)

    def holds(self) -> dict[str, int]:
        report = verify_books(self.workstation.desk.shop)
        assert report.violations == ()
        return report.balances


@pytest.fixture(scope="module", params=["adyen", "westpay"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CardTerminal]:
    with card_terminal(tmp_path_factory.mktemp("terminal"), request.param) as terminal:
        yield terminal


@pytest.fixture
def lane(running: CardTerminal, tmp_path: Path) -> Iterator[Lane]:
    running.control("DELETE", "/next")
    before = int(running.charged() * 100)
    workstation = open_up(new_shop(tmp_path / "shop"))
    settings = settings_of(running, tmp_path)
    workstation.card_tendering.terminal = NexoTerminal(settings)
    workstation.sale.scan("BREAD")
    lane = Lane(workstation, running, settings, before)
    yield lane
    lane.workstation.close()


def test_a_sale_is_paid_and_the_bank_agrees(lane: Lane) -> None:
    lane.terminal.card("maestro-77")
    assert isinstance(pay_by_card(lane.workstation, kind=CardKind.DEBIT, cash_back=20_000), SaleView)
    lane.terminal.card("visa-4242")
    lane.complete()
    assert lane.taken() == BREAD + 20_000 == lane.holds()[CARD_RECEIVABLE]


@pytest.mark.parametrize("fault", ["disconnect_after_approval", "timeout_after_approval"])
def test_an_answer_that_is_lost_is_asked_for(lane: Lane, fault: str) -> None:
    lane.hurry()
    lane.terminal.next(fault)
    assert isinstance(pay_by_card(lane.workstation), SaleView)
    lane.complete()
    assert lane.taken() == BREAD == lane.holds()[CARD_RECEIVABLE]


@pytest.mark.parametrize("fault", ["disconnect_before", "timeout_before"])
def test_a_request_that_is_lost_charged_nobody(lane: Lane, fault: str) -> None:
    lane.hurry()
    lane.terminal.next(fault)
    answer = pay_by_card(lane.workstation)
    assert isinstance(answer, Refused)
    assert answer.code is Code.CARD_NOT_PROCESSED
    assert lane.taken() == 0
    assert isinstance(pay_by_card(lane.workstation), SaleView)
    lane.complete()
    assert lane.taken() == BREAD


def test_a_partial_approval_leaves_the_rest_due(lane: Lane) -> None:
    lane.terminal.next({"partial": "20.00"})
    view = pay_by_card(lane.workstation)
    assert isinstance(view, SaleView)
    assert view.priced.due == BREAD - 2_000
    assert isinstance(pay_by_card(lane.workstation), SaleView)
    lane.complete()
    assert lane.taken() == BREAD == lane.holds()[CARD_RECEIVABLE]


def test_a_till_that_died_with_the_answer_finds_out_at_its_next_start(lane: Lane) -> None:
    attempt = lane.workstation.card_tendering.begin(CardKind.CREDIT)
    assert not isinstance(attempt, Refused)
    lane.workstation.card_tendering.ask(attempt)
    lane.begin_again()
    (carried,) = lane.workstation.card_tendering.recover()
    assert carried.view.approved
    lane.complete()
    assert lane.taken() == BREAD == lane.holds()[CARD_RECEIVABLE]


def test_a_sale_given_up_takes_the_charge_back(lane: Lane) -> None:
    assert isinstance(pay_by_card(lane.workstation), SaleView)
    lane.workstation.sale.void_sale()
    lane.workstation.card_tendering.recover()
    assert lane.taken() == 0
    assert lane.holds()[CARD_SUSPENSE] == 0


def test_an_approval_nobody_needs_any_more_goes_back(lane: Lane) -> None:
    attempt = lane.workstation.card_tendering.begin(CardKind.CREDIT)
    assert not isinstance(attempt, Refused)
    lane.workstation.card_tendering.ask(attempt)
    lane.workstation.sale.tender_cash(lane.workstation.sale.view.priced.due_cash)
    lane.complete()
    lane.workstation.card_tendering.recover()
    assert lane.taken() == 0
    assert lane.holds()[CARD_SUSPENSE] == 0
