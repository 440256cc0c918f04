"""Two tills do whatever cashiers do, in any order, killed now and then, against a model a page long.

After every sale the books hold, and ledger, drawers and numbers are the model's.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from pos.domain.ledger import sale_postings
from pos.domain.money import Quantity, Unit
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import Ask, Needs
from pos.domain.transaction import sale_lines
from pos.services import completion
from pos.services import sale as sale_module
from pos.services.crash import CrashPoint, ProcessDied, dying_at_commit
from pos.services.sale import CompletedSale, SaleView
from pos.services.suspended import PutAside
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import CASHIER, ITEMS, MANAGER, HandClock, new_shop, open_up

FLOAT = 100_000
# A hundred of the largest note, 5,000 Kč: so much nobody gives back, so nobody handed it over.
NO_CHANGE = 100 * 500_000
RATES = {"standard": Fraction(21, 100), "food": Fraction(12, 100)}
# What is taxed by the piece is for the tests of tax: the model knows shares only.
CODES = {item.codes[0]: item for item in ITEMS if RATES.keys() >= set(item.taxes)}

Line = tuple[str, int]
State = tuple[tuple[Line, ...], tuple[int, ...]]
EMPTY: State = ((), ())


def half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


def extended(line: Line) -> int:
    code, thousandths = line
    return half_up(Fraction(CODES[code].unit_price_minor * thousandths, 1000))


def taxes(line: Line) -> dict[str, int]:
    """Prices hold the tax, each tax is rounded on its line."""
    rates = {code: RATES[code] for code in CODES[line[0]].taxes}
    return {code: half_up(extended(line) * rate / (1 + sum(rates.values()))) for code, rate in rates.items()}


def total(lines: tuple[Line, ...]) -> int:
    return sum(extended(line) for line in lines)


def to_the_crown(amount: int) -> int:
    return half_up(Fraction(amount, 100)) * 100


@dataclass
class Lane:
    """What a till shows, where undo and redo lead, and how many receipts it gave."""

    state: State = EMPTY
    before: list[State] = field(default_factory=list)
    after: list[State] = field(default_factory=list)
    receipts: int = 0
    cash: int = FLOAT

    def change(self, state: State) -> None:
        self.before.append(self.state)
        self.after.clear()
        self.state = state

    def forget(self, state: State = EMPTY) -> None:
        self.state, self.before, self.after = state, [], []

    @property
    def due(self) -> int:
        lines, tenders = self.state
        wanted = to_the_crown(total(lines))
        if not tenders:
            return total(lines)
        return max(0, wanted - sum(tenders))

    @property
    def complete(self) -> bool:
        lines, tenders = self.state
        if not lines:
            return False
        return sum(tenders) >= to_the_crown(total(lines)) if tenders else total(lines) == 0


class Shop(RuleBasedStateMachine):
    """The machine: two tills of one shop."""

    lanes = st.sampled_from([1, 2])

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="kassa-machine-"))
        self.folder = new_shop(self.home / "shop")
        self.clock = HandClock()
        self.tills = {number: self.opened(number) for number in (1, 2)}
        self.model = {1: Lane(), 2: Lane()}
        self.aside: dict[int, tuple[Line, ...]] = {}
        self.slips = 0
        self.ledger: Counter[str] = Counter({"cash_in_till": 2 * FLOAT, "cash_office": -2 * FLOAT})

    def opened(self, number: int) -> Workstation:
        return open_up(self.folder, number=number, clock=self.clock)

    def teardown(self) -> None:
        for till in self.tills.values():
            till.close()
        shutil.rmtree(self.home)

    @rule(lane=lanes, code=st.sampled_from(sorted(CODES)), many=st.none() | st.integers(1, 9_999))
    def scan(self, lane: int, code: str, many: int | None) -> None:
        item, model = CODES[code], self.model[lane]
        thousandths = 1000 if many is None else many * (1000 if item.unit is Unit.PIECE else 1)
        answer = self.tills[lane].sale.scan(code, None if many is None else Quantity(thousandths, item.unit))
        if model.state[1]:
            assert isinstance(answer, Refused)
            assert answer.code is Code.TENDERS_TAKEN
        elif many is None and item.unit is not Unit.PIECE:
            assert isinstance(answer, Needs)
            assert answer.asks == (Ask.WEIGHT,)
        else:
            assert isinstance(answer, SaleView)
            model.change(((*model.state[0], (code, thousandths)), ()))

    @rule(lane=lanes, code=st.sampled_from(["4010", "", "x\x00"]))
    def scan_nothing(self, lane: int, code: str) -> None:
        assert isinstance(self.tills[lane].sale.scan(code), Refused)

    @rule(lane=lanes, line=st.integers(0, 4), many=st.integers(1, 500))
    def set_quantity(self, lane: int, line: int, many: int) -> None:
        lines, tenders = self.model[lane].state
        unit = CODES[lines[line][0]].unit if line < len(lines) else Unit.PIECE
        answer = self.tills[lane].sale.set_quantity(line, Quantity(many * 1000, unit))
        if line >= len(lines) or tenders:
            assert isinstance(answer, Refused)
        else:
            assert isinstance(answer, SaleView)
            self.model[lane].change(((*lines[:line], (lines[line][0], many * 1000), *lines[line + 1 :]), ()))

    @rule(lane=lanes, line=st.integers(0, 4))
    def remove(self, lane: int, line: int) -> None:
        lines, tenders = self.model[lane].state
        answer = self.tills[lane].sale.remove_line(line)
        if line >= len(lines) or tenders:
            assert isinstance(answer, Refused)
        else:
            self.model[lane].change(((*lines[:line], *lines[line + 1 :]), ()))

    @rule(lane=lanes, forward=st.booleans())
    def undo_or_redo(self, lane: int, forward: bool) -> None:
        model, sale = self.model[lane], self.tills[lane].sale
        back, forth = (model.after, model.before) if forward else (model.before, model.after)
        answer = sale.redo() if forward else sale.undo()
        assert (answer is None) == (not back)
        if back:
            forth.append(model.state)
            model.state = back.pop()

    @rule(lane=lanes, share=st.sampled_from([0, 1, 50, 100, 137]))
    def tender(self, lane: int, share: int) -> None:
        model, sale = self.model[lane], self.tills[lane].sale
        due = to_the_crown(total(model.state[0])) - sum(model.state[1])
        amount = due * share // 100
        answer = sale.tender_cash(amount)
        if not model.state[0] or model.complete or (amount == 0 and due != 0) or amount - due >= NO_CHANGE:
            assert isinstance(answer, Refused)
        else:
            assert isinstance(answer, SaleView)
            model.change((model.state[0], (*model.state[1], amount)))

    @rule(lane=lanes)
    def release(self, lane: int) -> None:
        assert isinstance(self.tills[lane].sale.release_tenders(), SaleView)
        # The last one first, each a step of its own: undone, they come back one after the other.
        lines, tenders = self.model[lane].state
        for left in reversed(range(len(tenders))):
            self.model[lane].change((lines, tenders[:left]))

    @rule(lane=lanes)
    def void(self, lane: int) -> None:
        answer = self.tills[lane].sale.void_sale()
        assert isinstance(answer, Refused) == (self.model[lane].state == EMPTY)
        if self.model[lane].state != EMPTY:
            self.model[lane].forget()

    @rule(lane=lanes)
    def suspend(self, lane: int) -> None:
        lines, tenders = self.model[lane].state
        answer = self.tills[lane].suspended.suspend()
        assert isinstance(answer, Refused) == (not lines or bool(tenders))
        if isinstance(answer, PutAside):
            self.slips += 1
            assert answer.sale.number == self.slips
            self.aside[self.slips] = lines
            self.model[lane].forget()

    @rule(lane=lanes, number=st.integers(1, 4))
    def recall(self, lane: int, number: int) -> None:
        answer = self.tills[lane].suspended.recall(f"S{number}")
        if self.model[lane].state == EMPTY and number in self.aside:
            assert isinstance(answer, SaleView)
            self.model[lane].forget((self.aside.pop(number), ()))
        else:
            assert isinstance(answer, Refused)

    @rule(lane=lanes, line=st.none() | st.integers(0, 4), note=st.sampled_from(["", "sliced", "for Ann"]))
    def note(self, lane: int, line: int | None, note: str) -> None:
        model = self.model[lane]
        lines, tenders = model.state
        answer = self.tills[lane].sale.set_note(line, note)
        there = bool(lines) if line is None else line < len(lines)
        if not there or tenders:
            assert isinstance(answer, Refused)
        else:
            assert isinstance(answer, SaleView)
            model.change(model.state)
            basket = answer.priced.basket
            assert (basket.note if line is None else basket.lines[line].note) == note

    @rule(lane=lanes)
    def complete(self, lane: int) -> None:
        model, sale = self.model[lane], self.tills[lane].sale
        answer = sale.complete()
        if not model.complete:
            assert isinstance(answer, Refused)
            assert answer.code in {Code.MONEY_MISSING, Code.NOTHING_TO_PAY}
            return
        assert isinstance(answer, CompletedSale)
        self.sold(lane)
        assert answer.transaction.receipt.number == model.receipts
        self.hold_the_books_against_the_model()

    @rule(lane=lanes, codes=st.lists(st.sampled_from(sorted(CODES)), min_size=2, max_size=5))
    def scan_several(self, lane: int, codes: list[str]) -> None:
        """What chance alone would seldom bring about: a basket worth undoing."""
        for code in codes:
            self.scan(lane, code, None)

    @rule(lane=lanes, share=st.sampled_from([100, 137]))
    def pay_and_complete(self, lane: int, share: int) -> None:
        self.tender(lane, share)
        self.complete(lane)

    @precondition(lambda self: any(lane.complete for lane in self.model.values()))
    @rule(point=st.sampled_from([CrashPoint.BEFORE_COMMIT, CrashPoint.AFTER_COMMIT]))
    def die_while_completing(self, point: CrashPoint) -> None:
        lane = next(number for number, model in self.model.items() if model.complete)
        with pytest.raises(ProcessDied), dying_at_commit(self.tills[lane].desk, point):
            self.tills[lane].sale.complete()
        if point is CrashPoint.AFTER_COMMIT:
            self.sold(lane)
        self.reopen(lane)
        self.hold_the_books_against_the_model()

    @rule(lane=lanes)
    def reopen(self, lane: int) -> None:
        """The program is gone from one moment to the next; its successor offers what was open."""
        self.tills[lane].close()
        self.tills[lane] = self.opened(lane)
        offered = self.tills[lane].sale.recover()
        assert (offered is None) == (self.model[lane].state == EMPTY)
        self.model[lane].forget(self.model[lane].state)

    @rule(lane=lanes)
    def somebody_else_takes_over(self, lane: int) -> None:
        desk = self.tills[lane].desk
        desk.operator = MANAGER if desk.operator is CASHIER else CASHIER

    def sold(self, lane: int) -> None:
        model = self.model[lane]
        lines, tenders = model.state
        paid = to_the_crown(total(lines)) if tenders else 0
        model.receipts += 1
        model.cash += paid
        self.ledger["cash_in_till"] += paid
        self.ledger["rounding"] -= paid - total(lines)
        for line in lines:
            of_line = taxes(line)
            self.ledger["sales:" + ("+".join(of_line) or "untaxed")] -= extended(line) - sum(of_line.values())
            for code, amount in of_line.items():
                self.ledger[f"tax_payable:{code}"] -= amount
        model.forget()

    @invariant()
    def what_shows_is_the_model(self) -> None:
        for number, till in self.tills.items():
            model, view = self.model[number], till.sale.view
            lines, tenders = model.state
            shown = tuple((line.scanned, line.quantity.thousandths) for line in view.priced.basket.lines)
            assert shown == lines
            assert tuple(tender.amount for tender in view.priced.basket.tenders) == tenders
            assert view.priced.total == total(lines)
            assert view.priced.complete == model.complete
            assert (view.can_undo, view.can_redo) == (bool(model.before), bool(model.after))

    @invariant()
    def what_waits_is_there_for_every_till(self) -> None:
        for till in self.tills.values():
            assert {sale.number for sale in till.suspended.waiting()} == self.aside.keys()

    def hold_the_books_against_the_model(self) -> None:
        report = verify_books(self.tills[1].desk.shop)
        assert report.violations == ()
        assert report.transactions == sum(lane.receipts for lane in self.model.values())
        # A Counter takes an account that came back to nothing for one that never was.
        assert Counter(report.balances) == self.ledger
        for number, till in self.tills.items():
            drawer = till.tills.current()
            assert drawer is not None
            assert drawer.expected.minor == self.model[number].cash


FEW = settings(max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# To see that a fault is seen, its shortest story need not be found.
UNTIL_SEEN = settings(FEW, max_examples=2_000, database=None, phases=[Phase.generate], report_multiple_bugs=False)
MANY = settings(FEW, max_examples=400, stateful_step_count=50)


def test_two_tills_and_a_model() -> None:
    run_state_machine_as_test(Shop, settings=FEW)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_two_tills_and_a_model_for_long() -> None:
    run_state_machine_as_test(Shop, settings=MANY)


FAULTS: dict[str, tuple[str, Callable[[Any], object]]] = {
    "a posting is left out": ("sale_postings", lambda sale: sale_postings(sale)[:-1]),
    "a line is left out": ("sale_lines", lambda priced: sale_lines(priced)[:1]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_machine_sees_a_planted_fault(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    name, wrong = FAULTS[fault]
    monkeypatch.setattr(completion, name, wrong)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Shop, settings=UNTIL_SEEN)


def test_the_machine_sees_an_undo_that_skips(monkeypatch: pytest.MonkeyPatch) -> None:
    undo = sale_module.Sale.undo

    def twice(self: sale_module.Sale) -> SaleView | None:
        return undo(self) and (undo(self) or self.view)

    monkeypatch.setattr(sale_module.Sale, "undo", twice)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Shop, settings=UNTIL_SEEN)
