"""kill -9 at every write of a return and an exchange, and two programs that give the same line back at once."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import BrokenBarrierError
from typing import Protocol

import pytest

from pos.domain.ledger import CARD_RECEIVABLE
from pos.domain.money import Quantity
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.services.card_asking import no_wait
from pos.services.crash import CrashPoint, ProcessDied, dying_at_commit
from pos.services.exchanges import CompletedExchange, ExchangeView
from pos.services.returns import CompletedReturn, ReturnRefused
from pos.services.sale import CompletedSale
from pos.services.till_moves import Moved
from pos.services.verify import verify_books, verify_shop
from pos.workstation import Workstation
from tests.corner_shop import bank_of, new_shop, open_up, pay_by_card, sell
from tests.crash.killing import Child, Outcome, Say, needs_strace
from tests.crash.test_killed import LONG, few_or_all, sweep

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

KETTLE, BREAD = "09520000000011", "BREAD"
FLOAT = 100_000
ON_CARD = 100_000


class Meeting(Protocol):
    """Where programs wait for each other."""

    def wait(self, timeout: float | None = None) -> int: ...


def back(purchase: str, *lines: int) -> ReturnRequest:
    return ReturnRequest(purchase=purchase, lines=tuple(LineAsked(line, Quantity.pieces(1)) for line in lines))


def only_sale(lane: Workstation) -> str:
    with lane.desk.shop.books.reading() as work:
        return next(iter(work.transactions.ids()))[0]


def refunds(lane: Workstation) -> list[int]:
    """What each return in the books gave back."""
    with lane.desk.shop.books.reading() as work:
        done = [work.returns.get(one) for one in work.returns.ids()]
    return [one.refund for one in done if one is not None]


def cash_in(lane: Workstation) -> int:
    till = lane.tills.current()
    assert till is not None
    return till.expected.minor


def sold_on_card_and_cash(folder: Path, _say: Say | None = None) -> None:
    """A shop with one sale, part of it on a card whose bank is on disk, as a closed program left it."""
    lane = open_up(new_shop(folder.with_name("selling")), terminal="simulated")
    lane.sale.scan(KETTLE)
    lane.sale.scan(BREAD)
    assert not isinstance(pay_by_card(lane, ON_CARD), Refused)
    lane.sale.tender_cash(lane.sale.view.priced.due_cash)
    assert isinstance(lane.sale.complete(), CompletedSale)
    lane.close()
    settled_copy(folder)


def settled_copy(folder: Path) -> None:
    """The shop beside it as a closed program left it."""
    shutil.copytree(folder.with_name("selling"), folder, ignore=shutil.ignore_patterns("*-shm", "*.lock"))


def with_an_exchange(folder: Path, say: Say | None = None) -> None:
    """The same shop with a loaf against a kettle in the open basket, paid."""
    sold_on_card_and_cash(folder, say)
    lane = open_up(folder, terminal="simulated")
    lane.sale.scan(KETTLE)
    assert isinstance(lane.exchanges.begin(back(only_sale(lane), 2)), ExchangeView)
    assert isinstance(lane.exchanges.pay(), ExchangeView)
    lane.sale.tender_cash(lane.sale.view.priced.due_cash)
    lane.close()


def give_it_all_back(folder: Path, say: Say) -> None:
    lane = open_up(folder, terminal="simulated")
    done = lane.returns.complete(back(only_sale(lane), 1, 2))
    assert isinstance(done, CompletedReturn)
    say(f"BACK {done.done.refund}")
    lane.card_tendering.recover()
    say("ANSWERED")
    lane.close()


def complete_the_exchange(folder: Path, say: Say) -> None:
    lane = open_up(folder, terminal="simulated")
    lane.sale.recover()
    done = lane.exchanges.complete()
    assert isinstance(done, CompletedExchange)
    assert done.sale is not None
    say(f"EXCHANGED {done.sale.transaction.receipt.number}")
    lane.close()


def look_after_a_return(folder: Path, outcome: Outcome) -> None:
    """It is in the books or it is not; carried on, card and drawer gave back what they took, once."""
    lane = open_up(folder, terminal="simulated")
    given = refunds(lane)
    assert given or not outcome.says("BACK"), "an acknowledged return was lost"
    again = lane.returns.complete(back(only_sale(lane), 1, 2))
    assert isinstance(again, ReturnRefused if given else CompletedReturn)
    lane.card_tendering.recover(no_wait)
    assert lane.card_tendering.waiting() == ()
    assert len(refunds(lane)) == 1
    assert cash_in(lane) == FLOAT
    report = verify_books(lane.desk.shop)
    assert report.violations == ()
    assert report.balances[CARD_RECEIVABLE] == bank_of(lane).balance == 0
    lane.close()


def look_after_an_exchange(folder: Path, outcome: Outcome) -> None:
    """Both halves are in the books or the basket is offered again, with what comes back in it."""
    lane = open_up(folder, terminal="simulated")
    lane.sale.recover()
    there = len(refunds(lane))
    with lane.desk.shop.books.reading() as work:
        assert len(tuple(work.transactions.ids())) == 1 + there, "half an exchange"
    assert there or not outcome.says("EXCHANGED"), "an acknowledged exchange was lost"
    if there:
        assert lane.sale.view.empty
    else:
        assert isinstance(lane.exchanges.complete(), CompletedExchange)
    assert len(refunds(lane)) == 1
    report = verify_books(lane.desk.shop)
    assert report.violations == ()
    assert report.balances["exchange_clearing"] == 0
    assert report.balances["cash_in_till"] == cash_in(lane)
    lane.close()


@few_or_all(12)
def test_a_return_killed_at_every_call(tmp_path: Path, at_most: int | None) -> None:
    needs_strace()
    assert sweep(tmp_path, sold_on_card_and_cash, give_it_all_back, look_after_a_return, at_most=at_most) > 5


@few_or_all(10)
def test_an_exchange_killed_at_every_call(tmp_path: Path, at_most: int | None) -> None:
    needs_strace()
    assert sweep(tmp_path, with_an_exchange, complete_the_exchange, look_after_an_exchange, at_most=at_most) > 3


@pytest.mark.parametrize("point", [CrashPoint.BEFORE_COMMIT, CrashPoint.AFTER_COMMIT])
@pytest.mark.parametrize(
    ("prepare", "act", "look"),
    [
        (sold_on_card_and_cash, lambda lane: lane.returns.complete(back(only_sale(lane), 1, 2)), look_after_a_return),
        (with_an_exchange, lambda lane: lane.exchanges.complete(), look_after_an_exchange),
    ],
    ids=["return", "exchange"],
)
def test_what_dies_at_its_commit_happened_or_did_not(
    tmp_path: Path,
    point: CrashPoint,
    prepare: Callable[[Path], None],
    act: Callable[[Workstation], object],
    look: Callable[[Path, Outcome], None],
) -> None:
    folder = tmp_path / "shop"
    prepare(folder)
    lane = open_up(folder, terminal="simulated")
    lane.sale.recover()
    with pytest.raises(ProcessDied), dying_at_commit(lane.desk, point):
        act(lane)
    assert len(refunds(lane)) == (point is CrashPoint.AFTER_COMMIT)
    lane.close()
    look(folder, Outcome((), killed=True))


def giving_back(number: int, meeting: Meeting, sales: tuple[str, ...], folder: Path, say: Say) -> None:
    """The one line of every sale, each as soon as the other program is there too."""
    lane = open_up(folder, number=number)
    # Enough that the drawer pays all of them: one that runs short asks a manager.
    assert isinstance(lane.till_moves.loan(len(sales) * FLOAT, "change"), Moved)
    for sale in sales:
        try:
            meeting.wait(60)
        except BrokenBarrierError:
            say("ALONE")
        done = lane.returns.complete(back(sale, 1))
        if isinstance(done, CompletedReturn):
            say(f"BACK {sale} {done.done.refund}")
        else:
            assert isinstance(done, ReturnRefused), done
            say(f"NO {done.code}")
    lane.close()


@pytest.mark.parametrize("sales", [20, pytest.param(500, marks=LONG)])
def test_of_two_programs_that_give_back_the_same_line_one_does(tmp_path: Path, sales: int) -> None:
    folder = new_shop(tmp_path / "shop")
    first = open_up(folder, number=3)
    bought = {sale.id: sale.paid for sale in (sell(first, BREAD).transaction for _ in range(sales))}
    first.close()
    meeting = multiprocessing.get_context("fork").Barrier(2)
    lanes = [Child(partial(giving_back, number, meeting, tuple(bought)), folder) for number in (1, 2)]
    for lane in lanes:
        lane.go()
    outcomes = [lane.outcome() for lane in lanes]
    assert all(not outcome.says("ALONE") and not outcome.says("KNOWN") for outcome in outcomes)
    given = [line.split(" ") for outcome in outcomes for line in outcome.says("BACK")]
    assert sorted((sale, int(amount)) for sale, amount in given) == sorted(bought.items())
    refused = [code for outcome in outcomes for code in outcome.says("NO")]
    assert refused == [Code.ALREADY_RETURNED.value] * sales, "the one that came too late is told why"
    report = verify_shop(folder)
    assert report.violations == ()
    assert report.balances["cash_in_till"] == (3 + 2 * sales) * FLOAT
