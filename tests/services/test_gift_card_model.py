"""Cards against a model: no order of business makes them hold anything but what was put there and taken off."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pos.domain.basket import Basket
from pos.domain.gift_card import GiftCardState
from pos.domain.ledger import GIFT_CARD_LIABILITY, TENDERS_HELD
from pos.domain.refusal import Refused
from pos.services.gift_cards import GiftCardView
from pos.services.open_basket import SaleView
from pos.services.sale import CompletedSale
from pos.services.verify import verify_books
from tests.corner_shop import GIFT_CARD, MANAGER, new_shop, open_up
from tests.services.test_gift_cards import OTHER, card_sold


class CardsAgainstAModel(RuleBasedStateMachine):
    """Whatever is sold, paid, given back, voided and paid out: cards and books hold what the model says."""

    @initialize()
    def begin(self) -> None:
        self.room = tempfile.TemporaryDirectory(prefix="kassa-cards-")
        self.lane = open_up(new_shop(Path(self.room.name) / "shop"))
        self.lane.desk.rules = replace(self.lane.desk.rules, cash_out_threshold=3_000)
        self.cards = [GIFT_CARD, OTHER]
        for number in self.cards:
            card_sold(self.lane, 10_000, number)
        self.on = dict.fromkeys(self.cards, 10_000)
        self.loads: dict[str, int] = {}
        self.taken: list[tuple[str, int]] = []
        self.blocked: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "lane"):
            assert verify_books(self.lane.desk.shop).violations == ()
            self.lane.close()
            self.room.cleanup()

    @property
    def basket(self) -> Basket:
        return self.lane.sale.view.priced.basket

    @precondition(lambda self: not self.basket.tenders)
    @rule(code=st.sampled_from(["BREAD", "09520000000011"]))
    def ring_up(self, code: str) -> None:
        assert isinstance(self.lane.sale.scan(code), SaleView)

    @rule(which=st.integers(0, 1), amount=st.integers(1, 20_000))
    def load(self, which: int, amount: int) -> None:
        number = self.cards[which]
        fits = number not in self.loads and number not in self.blocked and not self.basket.tenders
        answer = self.lane.gift_cards.reload(number, amount)
        assert isinstance(answer, SaleView) is fits, answer
        if fits:
            self.loads[number] = amount

    @precondition(lambda self: self.lane.sale.view.priced.due > 0)
    @rule(which=st.integers(0, 1), amount=st.none() | st.integers(1, 3_000))
    def redeem(self, which: int, amount: int | None) -> None:
        number = self.cards[which]
        before = self.lane.sale.view.priced
        answer = self.lane.gift_card_tenders.take(number, amount)
        if isinstance(answer, SaleView):
            took = answer.priced.paid - before.paid
            assert amount in {None, took}
            assert 0 < took <= self.on[number]
            assert number not in self.blocked
            self.on[number] -= took
            self.taken.append((number, took))

    @precondition(lambda self: self.lane.sale.view.priced.due_cash > 100)
    @rule()
    def part_in_cash(self) -> None:
        self.lane.sale.tender_cash(100)
        self.taken.append(("", 0))

    @precondition(lambda self: self.taken)
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(1, len(self.taken)))
        assert isinstance(self.lane.tendering.give_back(number), SaleView)
        card, amount = self.taken.pop(number - 1)
        if card:
            self.on[card] += amount

    @precondition(lambda self: self.basket.lines)
    @rule()
    def settle(self) -> None:
        """Cash for whatever is missing, and the sale is in the books."""
        if not self.lane.sale.view.priced.complete:
            assert isinstance(self.lane.sale.tender_cash(self.lane.sale.view.priced.due_cash), SaleView)
        done = self.lane.sale.complete()
        assert isinstance(done, CompletedSale), done
        for number, amount in self.loads.items():
            self.on[number] += amount
        self.loads.clear()
        self.taken.clear()

    @precondition(lambda self: self.taken)
    @rule()
    def void(self) -> None:
        if isinstance(self.lane.sale.void_sale(), SaleView):
            for number, amount in self.taken:
                if number:
                    self.on[number] += amount
            self.loads.clear()
            self.taken.clear()

    @rule(which=st.integers(0, 1))
    def pay_out(self, which: int) -> None:
        number = self.cards[which]
        fits = 0 < self.on[number] < 3_000 and number not in self.blocked
        answer = self.lane.gift_card_care.cash_out(number)
        assert fits is not isinstance(answer, Refused), answer
        if fits:
            self.on[number] = 0

    @rule(which=st.integers(0, 1))
    def block(self, which: int) -> None:
        number = self.cards[which]
        if number not in self.blocked and number not in self.loads:
            assert isinstance(self.lane.gift_card_care.disable(number, "lost"), GiftCardView)
            self.blocked.add(number)

    @precondition(lambda self: self.blocked)
    @rule()
    def unblock(self) -> None:
        operator, self.lane.desk.operator = self.lane.desk.operator, MANAGER
        assert isinstance(self.lane.gift_card_care.enable(self.blocked.pop(), "found_again"), GiftCardView)
        self.lane.desk.operator = operator

    @rule()
    def restart(self) -> None:
        self.lane.sale.recover()

    @invariant()
    def the_cards_hold_what_the_model_says_and_the_books_hold(self) -> None:
        if not hasattr(self, "lane"):
            return
        for number, amount in self.on.items():
            view = self.lane.gift_cards.balance(number)
            assert isinstance(view, GiftCardView)
            assert view.balance.minor == amount
            assert (view.state is GiftCardState.DISABLED) is (number in self.blocked)
        with self.lane.desk.shop.books.reading() as work:
            assert list(work.audit.answers()) == []
            ledger = work.journal.balances()
        assert -ledger.get(GIFT_CARD_LIABILITY, 0) == sum(self.on.values())
        assert -ledger.get(TENDERS_HELD, 0) == sum(amount for _, amount in self.taken)


CardsAgainstAModel.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestCardsAgainstAModel = CardsAgainstAModel.TestCase
