"""Whatever the terminal, the cable and the power do: the bank moved what the books say, nobody twice, nothing lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.devices.simulated.bank import BankEntryKind
from pos.devices.simulated.terminal import Doing, Moment, Scripted
from pos.domain.card_attempt import Purpose
from pos.domain.payment import Approved, CardKind, InProgress, Outcome, Unknown, UnknownWhy
from pos.domain.refusal import Refused
from pos.services.approvals import Answer
from pos.services.crash import ProcessDied
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import MANAGER, bank_of, new_shop, open_up, pin_of, simulated

SCHEDULES = 300
MANY = 5_000
_BREAD = 4_290


@dataclass(frozen=True)
class Turn:
    """One charge: what the terminal does, where the power fails, and what the till does besides."""

    doing: Doing
    part: int
    cash_back: int
    dies: str
    answered_twice: bool
    then: str
    back: Doing
    asked_again: int
    plugged: bool


turns = st.builds(
    Turn,
    doing=st.sampled_from(Doing),
    part=st.integers(1, _BREAD),
    cash_back=st.sampled_from([0, 0, 20_000]),
    dies=st.sampled_from(["", "", "", "before", "request", "authorised", "answered"]),
    answered_twice=st.booleans(),
    then=st.sampled_from(["complete", "give_back", "void", "cash", "suspend", "nothing", "decide"]),
    back=st.sampled_from([Doing.APPROVED, Doing.APPROVED, *Doing]),
    asked_again=st.integers(0, 2),
    plugged=st.booleans(),
)


@contextmanager
def shop() -> Iterator[Path]:
    """A shop of its own for one schedule, in memory where the machine has such a place."""
    home = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=home) as folder:
        yield new_shop(Path(folder) / "shop")


def restarted(lane: Workstation, folder: Path) -> Workstation:
    """The power was off: the terminal is as it was, the program begins anew."""
    before = simulated(lane)
    lane.close()
    lane = open_up(folder, terminal="simulated")
    now = simulated(lane)
    now.script.extend(before.script)
    now.plugged = before.plugged
    lane.sale.recover()
    lane.card_tendering.recover()
    return lane


def charge(lane: Workstation, turn: Turn) -> None:
    """Charge a card as a till does; raises ProcessDied where the power fails."""
    kind = CardKind.DEBIT if turn.cash_back else CardKind.CREDIT
    attempt = lane.card_tendering.begin(kind, cash_back=turn.cash_back)
    if isinstance(attempt, Refused):
        return
    if turn.dies == "before":
        raise ProcessDied
    moments = {"request": Moment.AFTER_REQUEST, "authorised": Moment.AFTER_AUTHORISATION}

    def look(now: Moment) -> None:
        if now is moments.get(turn.dies):
            raise ProcessDied

    terminal = simulated(lane)
    terminal.script.append(Scripted(turn.doing, turn.part))
    terminal.at = look
    outcome: Outcome = lane.card_tendering.ask(attempt)
    terminal.at = lambda _now: None
    terminal.script.clear()
    if turn.dies == "answered":
        raise ProcessDied
    if isinstance(outcome, Unknown):
        lane.card_tendering.settle(attempt.id, outcome)
        terminal.plugged = turn.plugged
        outcome = lane.card_tendering.find_out(attempt, times=turn.asked_again) if turn.asked_again else outcome
        terminal.plugged = True
    lane.card_tendering.settle(attempt.id, outcome)
    if turn.answered_twice:
        lane.card_tendering.settle(attempt.id, outcome)


def act(lane: Workstation, turn: Turn) -> None:
    """What the cashier does once the card was asked for."""
    simulated(lane).script.append(Scripted(turn.back, turn.part))
    if turn.then == "give_back":
        lane.tendering.give_all_back()
    elif turn.then == "void":
        lane.sale.void_sale()
    elif turn.then == "suspend":
        lane.suspended.suspend()
    elif turn.then == "cash" and not lane.sale.view.empty:
        lane.sale.tender_cash(max(0, lane.sale.view.priced.due_cash))
    elif turn.then == "decide":
        decide(lane)
    if turn.then != "nothing" and lane.sale.view.priced.complete:
        lane.sale.complete()
    lane.card_tendering.recover()
    simulated(lane).script.clear()


def decide(lane: Workstation) -> None:
    """A manager looks at the terminal and says what is so."""
    for view in lane.card_tendering.waiting():
        entry = bank_of(lane).by_reference(view.attempt.reference)
        answer = Answer(MANAGER.id, pin_of(MANAGER), reason="Looked at the terminal")
        lane.card_tendering.resolve(view.attempt.id, answer, moved=entry is not None and entry.amount > 0)


def holds(lane: Workstation) -> None:
    """The bank's journal is what the books say: tenders, less what went back, plus what is listed as unknown."""
    journal = bank_of(lane).journal
    assert len({entry.reference for entry in journal if entry.amount}) == len([e for e in journal if e.amount])
    listed = {view.attempt.reference for view in lane.card_tendering.waiting()}
    with lane.desk.shop.books.reading() as work:
        balances = work.journal.balances()
        views = [view for entry in journal if (view := work.card_attempts.by_reference(entry.reference)) is not None]
    assert len(views) == len(journal), "the bank moved money for an attempt that is in no book"
    for entry, view in zip(journal, views, strict=True):
        if view.attempt.reference not in listed:
            assert view.moved == entry.amount, (entry, view)
        if view.attempt.purpose is Purpose.PAY and view.moved and not lane.card_tendering.pays(view.attempt.id):
            with lane.desk.shop.books.reading() as work:
                back = work.card_attempts.of_attempt(view.attempt.id)
            assert back, "a charge without a sale or a way back"
            assert sum(each.moved for each in back) <= view.moved
    paid = [view for view in views if view.attempt.purpose is Purpose.PAY and view.approved]
    tenders = sum(view.moved for view in paid if lane.card_tendering.pays(view.attempt.id))
    orphans = sum(view.moved for view in paid if not lane.card_tendering.pays(view.attempt.id))
    went_back = sum(view.moved for view in views if view.attempt.purpose is not Purpose.PAY)
    unknown = sum(
        entry.amount if entry.kind is BankEntryKind.CHARGE else -entry.amount
        for entry in journal
        if entry.reference in listed
    )
    assert bank_of(lane).balance == tenders + orphans - went_back + unknown
    open_basket = {tender.attempt for tender in lane.sale.view.priced.basket.tenders}
    in_books = sum(view.moved for view in paid if view.attempt.id not in open_basket)
    assert balances.get("card_receivable", 0) == in_books - went_back


def play(schedule: list[Turn]) -> None:
    with shop() as folder:
        lane = open_up(folder, terminal="simulated")
        for turn in schedule:
            if not lane.sale.view.empty and lane.sale.view.priced.complete:
                lane.sale.complete()
            if lane.sale.view.empty:
                lane.sale.scan("BREAD")
            try:
                charge(lane, turn)
                act(lane, turn)
            except ProcessDied:
                lane = restarted(lane, folder)
            holds(lane)
        # The last start of the day, with a terminal that answers: only what it never says stays listed.
        lane = restarted(lane, folder)
        holds(lane)
        decide(lane)
        lane.card_tendering.recover()
        holds(lane)
        assert verify_books(lane.desk.shop).violations == ()
        lane.close()
        shutil.rmtree(folder)


_SETTINGS = settings(
    max_examples=SCHEDULES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@_SETTINGS
@given(st.lists(turns, min_size=1, max_size=3))
def test_any_schedule_of_faults_leaves_the_bank_and_the_books_in_step(schedule: list[Turn]) -> None:
    play(schedule)


@pytest.mark.soak
@pytest.mark.timeout(7200)
@settings(_SETTINGS, max_examples=MANY)
@given(st.lists(turns, min_size=1, max_size=5))
def test_many_schedules_of_faults(schedule: list[Turn]) -> None:
    play(schedule)


def test_the_schedules_would_see_a_second_charge(tmp_path: Path) -> None:
    """The harness fails on a planted fault: money moves that nobody wrote down."""
    lane = open_up(new_shop(tmp_path / "shop"), terminal="simulated")
    lane.sale.scan("BREAD")
    attempt = lane.card_tendering.begin(CardKind.CREDIT)
    assert not isinstance(attempt, Refused)
    outcome = lane.card_tendering.ask(attempt)
    assert isinstance(outcome, Approved)
    lane.card_tendering.settle(attempt.id, Unknown(UnknownWhy.NO_ANSWER))
    decided = lane.card_tendering.resolve(
        attempt.id, Answer(MANAGER.id, pin_of(MANAGER), reason="Did not look"), moved=False
    )
    assert isinstance(decided, Refused)
    with pytest.raises(AssertionError):
        holds(lane)
    assert not isinstance(outcome, InProgress)
