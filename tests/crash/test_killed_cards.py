"""kill -9 at every write and sync of a sale on a card: the bank is charged once, and the books know of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pos.domain.card_attempt import Purpose
from pos.domain.ledger import CARD_RECEIVABLE
from pos.domain.payment import CardKind
from pos.domain.refusal import Refused
from pos.services.card_asking import no_wait
from pos.services.sale import CompletedSale
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import bank_of, new_shop, open_up, pay_by_card, sell
from tests.crash.killing import Outcome, Say, needs_strace
from tests.crash.test_killed import few_or_all, sweep

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
_BREAD, _CASH_BACK = 4_290, 10_000


def with_a_basket(folder: Path, _say: Say | None = None) -> None:
    """A shop with one sale in its books and one open, and a terminal in memory whose bank is on disk."""
    workstation = open_up(new_shop(folder.with_name("selling")), terminal="simulated")
    sell(workstation)
    workstation.sale.scan("BREAD")
    workstation.close()
    shutil.copytree(folder.with_name("selling"), folder, ignore=shutil.ignore_patterns("*-shm", "*.lock"))


def pay_and_complete(folder: Path, say: Say) -> None:
    workstation = open_up(folder, terminal="simulated")
    workstation.sale.recover()
    attempt = workstation.card_tendering.begin(CardKind.DEBIT, cash_back=_CASH_BACK)
    assert not isinstance(attempt, Refused)
    say(f"BEGUN {attempt.id}")
    outcome = workstation.card_tendering.ask(attempt)
    say("ANSWERED")
    assert not isinstance(workstation.card_tendering.settle(attempt.id, outcome), Refused)
    say("PAID")
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale)
    say(f"SOLD {done.transaction.receipt.number}")
    workstation.close()


def give_back(folder: Path, say: Say) -> None:
    workstation = open_up(folder, terminal="simulated")
    workstation.sale.recover()
    assert not isinstance(pay_by_card(workstation), Refused)
    say("PAID")
    assert not isinstance(workstation.sale.void_sale(), Refused)
    say("VOIDED")
    workstation.card_tendering.recover()
    say("BACK")
    workstation.close()


def look_after_a_card(folder: Path, outcome: Outcome) -> None:
    """However it ended: the next start finds out, the sale is finished on the card, and it was charged once."""
    workstation = open_up(folder, terminal="simulated")
    workstation.sale.recover()
    workstation.card_tendering.recover(no_wait)
    assert workstation.card_tendering.waiting() == ()
    if "ANSWERED" in outcome.said or "PAID" in outcome.said:
        assert charges(workstation) == 1
    last = workstation.sale.last_completed()
    assert last is not None
    if outcome.says("SOLD"):
        assert last.receipt.number == 2
    if last.receipt.number == 1:
        if not workstation.sale.view.priced.complete:
            assert not isinstance(pay_by_card(workstation, kind=CardKind.DEBIT, cash_back=_CASH_BACK), Refused)
        assert isinstance(workstation.sale.complete(), CompletedSale)
    report = verify_books(workstation.desk.shop)
    assert report.violations == ()
    assert report.transactions == 2
    assert report.balances[CARD_RECEIVABLE] == bank_of(workstation).balance == _BREAD + _CASH_BACK
    assert charges(workstation) == 1
    workstation.close()


def look_after_giving_back(folder: Path, outcome: Outcome) -> None:
    workstation = open_up(folder, terminal="simulated")
    workstation.sale.recover()
    workstation.card_tendering.recover(no_wait)
    if "VOIDED" not in outcome.said and not workstation.sale.view.empty:
        workstation.sale.void_sale()
        workstation.card_tendering.recover(no_wait)
    assert workstation.card_tendering.waiting() == ()
    assert bank_of(workstation).balance == 0
    report = verify_books(workstation.desk.shop)
    assert report.violations == ()
    assert report.balances.get(CARD_RECEIVABLE, 0) == 0
    with workstation.desk.shop.books.reading() as work:
        views = [work.card_attempts.by_reference(entry.reference) for entry in bank_of(workstation).journal]
    assert sum(view is not None and view.attempt.purpose is Purpose.REVERSE for view in views) <= 1
    workstation.close()


def charges(workstation: Workstation) -> int:
    return sum(entry.amount > 0 and not entry.original for entry in bank_of(workstation).journal)


@few_or_all(10)
def test_a_sale_on_a_card_killed_at_every_call(tmp_path: Path, at_most: int | None) -> None:
    needs_strace()
    assert sweep(tmp_path, with_a_basket, pay_and_complete, look_after_a_card, at_most=at_most) > 5


@few_or_all(6)
def test_a_card_given_back_killed_at_every_call(tmp_path: Path, at_most: int | None) -> None:
    needs_strace()
    assert sweep(tmp_path, with_a_basket, give_back, look_after_giving_back, at_most=at_most) > 3
