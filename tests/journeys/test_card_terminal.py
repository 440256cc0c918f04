"""A whole till at a terminal over the real protocol: lines cut, answers spoiled, programs killed, the books hold."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pos.domain.card_attempt import AttemptState
from pos.domain.ledger import CARD_RECEIVABLE, CARD_SUSPENSE
from pos.domain.payment import CardKind, Unknown
from pos.domain.refusal import Code, Refused
from pos.services.open_basket import SaleView
from pos.services.sale import CompletedSale
from pos.services.verify import verify_books
from pos.settings import FILE_NAME
from pos.workstation import Workstation
from tests.corner_shop import new_shop, open_up, pay_by_card
from tests.house import tree
from tests.terminal import CardTerminal, card_terminal

BREAD = 4_290
# A till in a process of its own that charges a card and says when the request is on its way.
_CHARGING = """
import sys
from pathlib import Path
from pos.domain.payment import CardKind, Step
from tests.corner_shop import open_up
till = open_up(Path(sys.argv[1]), terminal=sys.argv[2])
till.sale.scan("BREAD")
attempt = till.card_tendering.begin(CardKind.CREDIT)
def watch(step):
    if step is Step.PRESENT_CARD:
        print(attempt.id, flush=True)
till.card_tendering.ask(attempt, watch)
"""


@dataclass(slots=True)
class Counter:
    """A terminal, and the till that stands beside it."""

    terminal: CardTerminal
    shop: Path
    till: Workstation

    @property
    def kind(self) -> str:
        return f"nexo_{self.terminal.profile}"

    def reopen(self) -> None:
        """The program starts again, and finds out what it did not know."""
        self.till.close()
        self.till = open_up(self.shop, terminal=self.kind)
        self.till.sale.recover()

    def known(self) -> None:
        """Asks until nothing is open any more."""
        until = time.monotonic() + 20
        while self.till.card_tendering.waiting():
            assert time.monotonic() < until
            self.till.card_tendering.recover()
            time.sleep(0.05)

    def sold(self) -> None:
        """Completes the open sale, with a card for what is still due."""
        if self.till.sale.view.priced.due:
            assert isinstance(pay_by_card(self.till), SaleView)
        done = self.till.sale.complete()
        assert isinstance(done, CompletedSale), done

    def holds(self) -> None:
        """The books are whole, and owe what the bank took."""
        report = verify_books(self.till.desk.shop)
        assert report.violations == ()
        assert report.balances.get(CARD_RECEIVABLE, 0) == int(self.terminal.charged() * 100)
        assert report.balances.get(CARD_SUSPENSE, 0) == 0


@pytest.fixture(params=["adyen", "westpay"])
def counter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Counter]:
    with card_terminal(tmp_path / "terminal", request.param) as terminal:
        shop = new_shop(tmp_path / "shop")
        lines = Path(terminal.listens["till_settings"]).read_text("utf-8")
        (shop / FILE_NAME).touch(mode=0o600)
        (shop / FILE_NAME).write_text(lines + "terminal_card_seconds = 5\n", "utf-8")
        made = Counter(terminal, shop, open_up(shop, terminal=f"nexo_{request.param}"))
        yield made
        made.till.close()


def test_a_sale_is_paid_by_card(counter: Counter) -> None:
    counter.till.sale.scan("BREAD")
    taken = pay_by_card(counter.till)
    assert isinstance(taken, SaleView)
    (tender,) = taken.priced.basket.tenders
    assert (tender.amount, tender.shown[-4:]) == (BREAD, "4242")
    counter.sold()
    counter.holds()


def test_cash_back_on_a_debit_card_and_a_part_on_another(counter: Counter) -> None:
    counter.till.sale.scan("BREAD")
    counter.terminal.next({"partial": "20.00"})
    taken = pay_by_card(counter.till)
    assert isinstance(taken, SaleView)
    assert taken.priced.due == BREAD - 2_000
    counter.terminal.card("maestro-77")
    assert isinstance(pay_by_card(counter.till, kind=CardKind.DEBIT, cash_back=10_000), SaleView)
    counter.sold()
    counter.holds()


@pytest.mark.parametrize(
    "fault",
    [
        "declined",
        "busy",
        "logged_out",
        "host_unreachable",
        "disconnect_before",
        "disconnect_after_approval",
        "reset_after_approval",
        "close_mid_body",
        "not_json",
        "oversized",
        "wrong_amount",
        "wrong_attempt",
        {"reboot": "0.3"},
    ],
)
def test_whatever_goes_wrong_the_books_owe_what_the_bank_took(counter: Counter, fault: str | dict[str, object]) -> None:
    till = counter.till
    till.sale.scan("BREAD")
    counter.terminal.next(fault)
    attempt = till.card_tendering.begin(CardKind.CREDIT)
    assert not isinstance(attempt, Refused)
    outcome = till.card_tendering.ask(attempt)
    if isinstance(outcome, Unknown):
        # The program dies before it could write down that it does not know.
        counter.reopen()
        again = counter.till.card_tendering.begin(CardKind.CREDIT)
        assert isinstance(again, Refused)
        assert again.code is Code.CARD_OUTCOME_UNKNOWN, "no second charge while one is open"
        counter.known()
    else:
        till.card_tendering.settle(attempt.id, outcome)
    counter.sold()
    counter.holds()
    assert int(counter.terminal.charged() * 100) == BREAD


def test_a_till_killed_while_the_customer_pays(counter: Counter) -> None:
    counter.till.close()
    counter.terminal.next({"slow": "1"})
    command = [sys.executable, "-c", _CHARGING, str(counter.shop), counter.kind]
    with subprocess.Popen(command, cwd=tree.ROOT, stdout=subprocess.PIPE, text=True) as charging:
        assert charging.stdout is not None
        attempt = charging.stdout.readline().strip()
        assert attempt
        until = time.monotonic() + 20
        while not counter.terminal.state()["busy"]:
            assert time.monotonic() < until
            time.sleep(0.02)
        charging.kill()
    counter.reopen()
    assert [view.attempt.id for view in counter.till.card_tendering.waiting()] == [attempt]
    counter.known()
    view = counter.till.card_tendering.get(attempt)
    assert view is not None
    assert view.state is AttemptState.APPROVED
    assert not counter.till.sale.view.priced.due
    counter.sold()
    counter.holds()
    assert int(counter.terminal.charged() * 100) == BREAD


def test_a_terminal_killed_under_a_payment_is_asked_when_it_is_back(counter: Counter) -> None:
    till = counter.till
    till.sale.scan("BREAD")
    counter.terminal.next("disconnect_after_approval")
    attempt = till.card_tendering.begin(CardKind.CREDIT)
    assert not isinstance(attempt, Refused)
    outcome = till.card_tendering.ask(attempt)
    counter.terminal.kill()
    answer = till.card_tendering.settle(attempt.id, outcome)
    assert isinstance(answer, Refused)
    assert answer.code is Code.CARD_OUTCOME_UNKNOWN
    assert isinstance(till.card_tendering.recover()[0].answer, Refused), "nobody there to ask"
    counter.terminal.start()
    counter.known()
    counter.sold()
    counter.holds()
