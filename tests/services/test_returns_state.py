"""Two tills sell, take back and exchange in any order: nobody gets back more than was paid, and all of it to the end.

What was paid is written down when it is paid, beside the books; what went back is asked of the books, of the banks
behind the terminals, of the gift card and of the drawers.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pos.domain.approval import Approval
from pos.domain.customer_return import CustomerReturn
from pos.domain.ledger import STORE_CREDIT_LIABILITY
from pos.domain.money import Quantity, Unit
from pos.domain.promotion import BuyGet, GetOf, Promotion, Reward, Selection
from pos.domain.refusal import Refused
from pos.domain.return_books import EXCHANGE
from pos.domain.return_decision import Amounts
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.returns_report import Cut
from pos.domain.tender import TenderKind
from pos.domain.transaction import Transaction
from pos.services.approvals import Answer
from pos.services.desk import Desk
from pos.services.exchanges import CompletedExchange, ExchangeView
from pos.services.gift_card_import import NewGiftCard, take_over
from pos.services.gift_card_numbers import hash_number
from pos.services.policy_versions import write_policy
from pos.services.returns import CompletedReturn, Quote, ReturnNeedsApproval
from pos.services.returns_report import make_report
from pos.services.sale import CompletedSale
from pos.services.verify import verify_books
from pos.workstation import Workstation
from tests.corner_shop import (
    CASHIER,
    GIFT_CARD,
    OWNER,
    HandClock,
    bank_of,
    new_shop,
    open_up,
    pay_by_card,
    pin_of,
)

KETTLE, APPLES = "09520000000011", "4135"
GOODS = (KETTLE, "BREAD", "LEMON", APPLES, "DEPOSIT")
FLOAT, ON_IT = 100_000, 3_000_000
# The smallest coin: what cash rounding may add to one payment, at most.
COIN = 100
FREE = Promotion(
    "FREE", "Cheaper one free", BuyGet(1, 1, Reward(percent_millionths=1_000_000), GetOf.CHEAPEST), Selection(all=True)
)
POLICIES = {
    "none": "",
    "agreed": "policy: 1\nrules:\n  - {id: A1, approval: {above: '200.00'}}\n",
    "recalculated": "policy: 1\nrules:\n  - {id: P1, promotion: {method: recalculate}}\n",
    # Nothing is ever kept of it: every return asks for that, and somebody agrees.
    "waived": "policy: 1\nrules:\n  - {id: F1, restocking_fee: {percent: '15'}}\n",
    "shared": "policy: 1\nrules:\n  - {id: M1, refund_order: {order: ratio}}\n",
}
PAYING = st.sampled_from(
    [("cash",), ("card",), ("gift", "cash"), ("card", "gift", "cash"), ("card", "card"), ("gift",)]
)
LANES = st.sampled_from([1, 2])


@dataclass
class Bought:
    """A sale as the customer remembers it: what each line cost and each tender gave, and what is still theirs."""

    sale: Transaction
    tenders: dict[int, int]
    left: dict[int, int] = field(default_factory=dict)
    # How often money went out another way than it came, because somebody agreed to it.
    otherwise: int = 0

    @classmethod
    def of(cls, sale: Transaction) -> Bought:
        given = {one.tender: one.amount for one in sale.tenders}
        counted = [one.tender for one in sale.tenders if one.counted]
        if counted:
            given[counted[-1]] -= sale.change
        return cls(sale, given, {line.line: line.quantity.thousandths for line in sale.lines})

    @property
    def exchanged_for(self) -> int:
        """How many of its tenders are value that came back."""
        return sum(one.kind is TenderKind.EXCHANGE for one in self.sale.tenders)

    def quantity(self, line: int, share: int) -> Quantity:
        """That share of what is left of a line: whole pieces, or any weight."""
        unit = self.sale.lines[line - 1].quantity.unit
        part = max(1, self.left[line] * share // 100)
        if unit is Unit.PIECE:
            part = max(1_000, part // 1_000 * 1_000)
        return Quantity(part, unit)


class Counter(RuleBasedStateMachine):
    """Two tills of one shop and one customer, who has a payment card and a gift card."""

    home: Path

    def __init__(self) -> None:
        super().__init__()
        folder = new_shop(Path(tempfile.mkdtemp(dir=self.home)) / "shop")
        clock = HandClock()
        self.lanes = {number: open_up(folder, number=number, clock=clock, terminal="simulated") for number in (1, 2)}
        with self.desk.shop.books.writing() as work:
            take_over(work, self.desk, [NewGiftCard(GIFT_CARD, ON_IT)], None)
            work.commit()
        self.bought: list[Bought] = []
        self.exchanges = 0

    @property
    def desk(self) -> Desk:
        return self.lanes[1].desk

    @initialize(policy=st.sampled_from(sorted(POLICIES)), promotion=st.booleans())
    def shop_says(self, policy: str, promotion: bool) -> None:
        lane = self.lanes[1]
        lane.desk.operator = OWNER
        if promotion:
            assert not isinstance(lane.promotions.take_in([FREE]), Refused)
        if POLICIES[policy]:
            with lane.desk.shop.books.writing() as work:
                head = write_policy(work, lane.desk, POLICIES[policy], date(2020, 1, 1), None, by=OWNER.id)
                work.commit()
            lane.desk.shop.anchor(head)
        lane.desk.operator = CASHIER

    @rule(
        number=LANES,
        goods=st.lists(st.tuples(st.sampled_from(GOODS), st.integers(1, 3)), min_size=1, max_size=4),
        off=st.sampled_from([0, 0, 70_000]),
        paying=PAYING,
        share=st.integers(10, 90),
    )
    def sell(self, number: int, goods: list[tuple[str, int]], off: int, paying: tuple[str, ...], share: int) -> None:
        lane = self.lanes[number]
        for code, many in goods:
            quantity = Quantity(many * 437, Unit.KG) if code == APPLES else Quantity.pieces(many)
            assert not isinstance(lane.sale.scan(code, quantity), Refused)
        if off:
            assert not isinstance(lane.markdowns.discount_line(0, "goodwill", percent_millionths=off), Refused)
        self.pay(lane, paying, share)
        done = lane.sale.complete()
        assert isinstance(done, CompletedSale), done
        self.bought.append(Bought.of(done.transaction))

    def pay(self, lane: Workstation, paying: tuple[str, ...], share: int) -> None:
        for place, way in enumerate(paying):
            due = lane.sale.view.priced.due
            amount = due if place == len(paying) - 1 else due * share // 100
            if not amount:
                continue
            if way == "card":
                assert not isinstance(pay_by_card(lane, amount), Refused)
            elif way == "gift":
                assert not isinstance(lane.gift_card_tenders.take(GIFT_CARD, amount), Refused)
        if not lane.sale.view.priced.complete:
            assert not isinstance(lane.sale.tender_cash(lane.sale.view.priced.due_cash), Refused)

    @precondition(lambda self: any(any(one.left.values()) for one in self.bought))
    @rule(
        number=LANES, which=st.integers(0, 99), lines=st.sets(st.integers(0, 9), min_size=1, max_size=3), data=st.data()
    )
    def give_back(self, number: int, which: int, lines: set[int], data: st.DataObject) -> None:
        bought = self.one_of(which)
        there = [line for line, left in bought.left.items() if left]
        chosen = sorted({there[pick % len(there)] for pick in lines})
        share = data.draw(st.sampled_from([30, 50, 100]), "share")
        asked = tuple(LineAsked(line, bought.quantity(line, share), condition="unopened") for line in chosen)
        wish = data.draw(st.sampled_from(["", "", "cash", "store_credit"]), "wish")
        self.returned(self.lanes[number], bought, asked, data.draw(st.booleans(), "agrees"), wish)

    def returned(
        self, lane: Workstation, bought: Bought, asked: tuple[LineAsked, ...], agrees: bool, wish: str = ""
    ) -> None:
        """Quoted, agreed to where it must be, and done: for what the quote said."""
        request = ReturnRequest(purchase=bought.sale.id, lines=asked, refund_to=wish, waive=True)
        before = self.desk_counts()
        quote = lane.returns.quote(request)
        assert isinstance(quote, Quote), quote
        assert self.desk_counts() == before
        done = lane.returns.complete(request)
        expected = quote.decision.now
        if isinstance(done, ReturnNeedsApproval):
            assert self.desk_counts() == before, "nothing is written before somebody agreed"
            answer = Answer(OWNER.id, pin_of(OWNER))
            if not agrees:
                assert not isinstance(lane.approvals.decline(done.request.id, answer), Refused)
                assert isinstance(lane.returns.complete(request, approval=done.request.id), Refused)
                assert self.desk_counts() == before
                return
            assert isinstance(lane.approvals.grant(done.request.id, answer), Approval)
            assert quote.decision.if_approved is not None
            expected = quote.decision.if_approved
            done = lane.returns.complete(request, approval=done.request.id)
        assert isinstance(done, CompletedReturn), done
        assert money(done.decision.now) == money(expected)
        assert (done.done.refund, done.done.rounding) == (expected.refund, expected.rounding)
        assert done.waits is None
        self.ways_are_named(bought, done.done, wish)
        for line in asked:
            bought.left[line.line] -= line.quantity.thousandths
        lane.card_tendering.recover()

    def ways_are_named(self, bought: Bought, done: CustomerReturn, wish: str) -> None:
        """Money goes out as it came, or somebody agreed by name to another way."""
        kinds = {one.tender: one.kind.value for one in bought.sale.tenders}
        other = [one for one in done.tenders if one.of and one.kind != kinds[one.of] != TenderKind.EXCHANGE.value]
        assert not other or done.approval or bought.exchanged_for
        # What somebody agreed to and no coin is small enough for is no tender.
        bought.otherwise += bool(other or (wish and done.approval))

    @precondition(lambda self: any(any(one.left.values()) for one in self.bought))
    @rule(number=LANES, which=st.integers(0, 99), pick=st.integers(0, 9))
    def ask_for_more_than_is_left(self, number: int, which: int, pick: int) -> None:
        bought = self.one_of(which)
        line = list(bought.left)[pick % len(bought.left)]
        step = 1_000 if bought.sale.lines[line - 1].quantity.unit is Unit.PIECE else 1
        more = Quantity(bought.left[line] + step, bought.sale.lines[line - 1].quantity.unit)
        before = self.desk_counts()
        done = self.lanes[number].returns.complete(ReturnRequest(bought.sale.id, lines=(LineAsked(line, more),)))
        assert isinstance(done, Refused), done
        assert self.desk_counts() == before

    @precondition(lambda self: any(any(one.left.values()) for one in self.bought))
    @rule(
        number=LANES,
        which=st.integers(0, 99),
        pick=st.integers(0, 9),
        goes=st.sampled_from([KETTLE, "BREAD", "LEMON", "same"]),
        paying=PAYING,
    )
    def exchange(self, number: int, which: int, pick: int, goes: str, paying: tuple[str, ...]) -> None:
        lane, bought = self.lanes[number], self.one_of(which)
        there = [line for line, left in bought.left.items() if left]
        line = bought.sale.lines[there[pick % len(there)] - 1]
        quantity = bought.quantity(line.line, 100)
        new = Quantity.pieces(1)
        if goes == "same":
            goes, new = line.scanned, quantity
        assert not isinstance(lane.sale.scan(goes, new), Refused)
        asked = (LineAsked(line.line, quantity, condition="unopened"),)
        request = ReturnRequest(bought.sale.id, lines=asked, waive=True)
        assert isinstance(lane.exchanges.begin(request), ExchangeView)
        approval = self.agreed_exchange(lane)
        view = lane.exchanges.pay(approval=approval)
        assert isinstance(view, ExchangeView), view
        if view.priced.lines:
            self.pay(lane, paying, 50)
        done = lane.exchanges.complete(approval=approval)
        assert isinstance(done, CompletedExchange), done
        self.exchanges += 1
        assert money(done.view.decision.now) == money(view.decision.now), "what was shown is what was done"
        assert done.returned.done.refund == view.decision.now.refund
        assert bool(view.even) == (done.sale is None)
        if done.sale is not None:
            bought.left[line.line] -= quantity.thousandths
            self.bought.append(Bought.of(done.sale.transaction))
        lane.card_tendering.recover()

    def agreed_exchange(self, lane: Workstation) -> str:
        """The request somebody agreed to, empty where nobody must."""
        view = lane.exchanges.view()
        assert isinstance(view, ExchangeView)
        if not view.decision.approvals_needed:
            return ""
        needs = lane.exchanges.complete()
        assert isinstance(needs, ReturnNeedsApproval), needs
        assert isinstance(lane.approvals.grant(needs.request.id, Answer(OWNER.id, pin_of(OWNER))), Approval)
        return needs.request.id

    def one_of(self, which: int) -> Bought:
        still = [one for one in self.bought if any(one.left.values())]
        return still[which % len(still)]

    def desk_counts(self) -> tuple[int, int]:
        """How many sales and returns are in the books."""
        with self.desk.shop.books.reading() as work:
            return len(tuple(work.transactions.ids())), len(tuple(work.returns.ids()))

    def came_back(self) -> dict[str, list[CustomerReturn]]:
        of: defaultdict[str, list[CustomerReturn]] = defaultdict(list)
        with self.desk.shop.books.reading() as work:
            for one in work.returns.ids():
                done = work.returns.get(one)
                assert done is not None
                of[done.purchase].append(done)
        return of

    @invariant()
    def nobody_gets_more_than_was_paid(self) -> None:
        back = self.came_back()
        for bought in self.bought:
            self.of_one_sale(bought, back[bought.sale.id])
        assert self.charged() >= 0
        assert self.on_gift_card() <= ON_IT

    def of_one_sale(self, bought: Bought, back: list[CustomerReturn]) -> None:
        sale = bought.sale
        assert sum(one.refund - one.rounding for one in back) <= sale.total
        # Each exchange of a chain rounds its own cash, and the goods at its end take over all of that.
        coins = 1 + (self.exchanges if bought.exchanged_for else 0)
        assert sum(one.refund for one in back) <= sale.paid + COIN * coins
        for line in sale.lines:
            gone = [one for done in back for one in done.lines if one.line == line.line and not one.swapped]
            assert sum(one.quantity.thousandths for one in gone) == line.quantity.thousandths - bought.left[line.line]
            assert sum(one.merchandise + one.tax for one in gone) <= line.total
        given: defaultdict[int, int] = defaultdict(int)
        for done in back:
            for tender in done.tenders:
                assert tender.amount > 0
                # Nothing is handed out that no coins make.
                assert tender.kind != "cash" or tender.amount % COIN == 0
                if tender.kind != EXCHANGE and tender.of:
                    given[tender.of] += tender.amount
        for number, amount in given.items():
            # Goods of an exchange may have taken over the rounding of the cash they were paid with.
            taken = sale.tenders[number - 1]
            rounds = COIN if taken.counted or bought.otherwise else 0
            rounds += COIN * self.exchanges if taken.kind is TenderKind.EXCHANGE else 0
            assert amount <= bought.tenders[number] + rounds, (number, given, bought.tenders)

    def on_gift_card(self) -> int:
        with self.desk.shop.books.reading() as work:
            card = work.gift_cards.find(hash_number(self.desk.shop.keys, GIFT_CARD))
        assert card is not None
        return card.balance

    def charged(self) -> int:
        """What the banks behind both terminals hold of the customer's money."""
        return sum(bank_of(lane).balance for lane in self.lanes.values())

    def cash_taken(self) -> int:
        tills = [lane.tills.current() for lane in self.lanes.values()]
        return sum(till.expected.minor - FLOAT for till in tills if till is not None)

    def teardown(self) -> None:
        """All that is left comes back, and what was paid is paid back to the minor unit."""
        for bought in self.bought:
            rest = tuple(
                LineAsked(line, bought.quantity(line, 100), condition="unopened")
                for line, left in bought.left.items()
                if left
            )
            if rest:
                self.returned(self.lanes[2], bought, rest, True)
        self.nobody_gets_more_than_was_paid()
        back = self.came_back()
        for bought in self.bought:
            done = back[bought.sale.id]
            assert sum(one.refund - one.rounding for one in done) == bought.sale.total
            if not any(one.exchange for one in done):
                # Value that came out of cash in an exchange is no sum of coins, each tender of it for itself.
                uneven = (self.exchanges if bought.exchanged_for else 0) + bought.exchanged_for + bought.otherwise
                assert abs(sum(one.refund for one in done) - bought.sale.paid) <= COIN * uneven
        report = verify_books(self.desk.shop)
        assert report.violations == ()
        self.the_report_is_the_sum_of_the_returns(back)
        in_hand = self.cash_taken() + self.charged() + ON_IT - self.on_gift_card()
        credit = -report.balances.get(STORE_CREDIT_LIABILITY, 0)
        # What an exchange uses is not rounded, the rest of it is: it may leave a coin on either side.
        rounded = COIN * sum(bool(one.exchange) for done in back.values() for one in done)
        rounded += COIN * sum(bought.otherwise + bought.exchanged_for for bought in self.bought)
        assert abs(in_hand - credit) <= rounded
        for lane in self.lanes.values():
            lane.close()

    def the_report_is_the_sum_of_the_returns(self, back: dict[str, list[CustomerReturn]]) -> None:
        self.desk.operator = OWNER
        report = make_report(self.desk, date(2020, 1, 1), date(2040, 1, 1))
        assert not isinstance(report, Refused)
        assert report.totals.adds_up
        all_back = [one for done in back.values() for one in done]
        assert (report.totals.returns, report.totals.refund) == (len(all_back), sum(one.refund for one in all_back))
        assert sum(part.amount for part in report.cuts[Cut.TENDER]) == report.totals.refund + report.totals.switched


def money(amounts: Amounts) -> tuple[object, ...]:
    """What an answer comes to, without the reasons for it."""
    lines = tuple((one.line, one.merchandise, one.tax, one.fee, one.deductions) for one in amounts.lines)
    return (lines, amounts.refund, amounts.rounding, tuple(replace(one, until=None) for one in amounts.tenders))


FEW = settings(
    max_examples=7,
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
MANY = settings(FEW, max_examples=400, stateful_step_count=30)


@pytest.mark.parametrize(
    "much", [FEW, pytest.param(MANY, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])], ids=["few", "many"]
)
def test_whatever_happens_nobody_gets_back_more_than_was_paid(tmp_path: Path, much: settings) -> None:
    class Here(Counter):
        home = tmp_path

    run_state_machine_as_test(Here, settings=much)


def test_the_coin_of_a_refund_somebody_agreed_to_is_no_alarm_when_the_rest_settles_it(tmp_path: Path) -> None:
    """Part of a card in cash, rounded up by ten hellers; what is left goes onto the card, ten hellers less."""
    lane = open_up(new_shop(tmp_path / "shop"), terminal="simulated")
    lane.sale.scan("BREAD")
    lane.sale.scan("LEMON")
    assert not isinstance(pay_by_card(lane), Refused)
    sold = lane.sale.complete()
    assert isinstance(sold, CompletedSale)
    one = Quantity.pieces(1)
    in_cash = ReturnRequest(sold.transaction.id, lines=(LineAsked(1, one),), refund_to="cash")
    needs = lane.returns.complete(in_cash)
    assert isinstance(needs, ReturnNeedsApproval)
    assert isinstance(lane.approvals.grant(needs.request.id, Answer(OWNER.id, pin_of(OWNER))), Approval)
    first = lane.returns.complete(in_cash, approval=needs.request.id)
    rest = lane.returns.complete(ReturnRequest(sold.transaction.id, lines=(LineAsked(2, one),)))
    assert isinstance(first, CompletedReturn)
    assert isinstance(rest, CompletedReturn)
    assert first.done.rounding == -rest.done.rounding > 0
    assert first.done.refund + rest.done.refund == sold.transaction.paid
    assert verify_books(lane.desk.shop).violations == ()
    lane.close()


@pytest.mark.parametrize(
    ("keeps", "goes"), [(KETTLE, "LEMON"), ("LEMON", KETTLE)], ids=["part of it kept", "all of it kept"]
)
def test_a_card_gets_no_coin_more_back_than_it_was_charged_by_way_of_an_exchange(
    tmp_path: Path, keeps: str, goes: str
) -> None:
    """Part of a card in cash, rounded up; the rest is exchanged, and what it was exchanged for comes back too."""
    lane = open_up(new_shop(tmp_path / "shop"), terminal="simulated")
    lane.sale.scan("BREAD")
    lane.sale.scan(keeps)
    assert not isinstance(pay_by_card(lane), Refused)
    sold = lane.sale.complete()
    assert isinstance(sold, CompletedSale)
    one = Quantity.pieces(1)
    in_cash = ReturnRequest(sold.transaction.id, lines=(LineAsked(1, one),), refund_to="cash")
    needs = lane.returns.complete(in_cash)
    assert isinstance(needs, ReturnNeedsApproval)
    assert isinstance(lane.approvals.grant(needs.request.id, Answer(OWNER.id, pin_of(OWNER))), Approval)
    first = lane.returns.complete(in_cash, approval=needs.request.id)
    assert isinstance(first, CompletedReturn)
    assert first.done.rounding > 0
    lane.sale.scan(goes)
    assert isinstance(
        lane.exchanges.begin(ReturnRequest(sold.transaction.id, lines=(LineAsked(2, one),))), ExchangeView
    )
    assert isinstance(lane.exchanges.pay(), ExchangeView)
    if not lane.sale.view.priced.complete:
        assert not isinstance(lane.sale.tender_cash(lane.sale.view.priced.due_cash), Refused)
    swapped = lane.exchanges.complete()
    assert isinstance(swapped, CompletedExchange)
    assert swapped.sale is not None
    lane.card_tendering.recover()
    last = lane.returns.complete(ReturnRequest(swapped.sale.transaction.id, lines=(LineAsked(1, one),)))
    assert isinstance(last, CompletedReturn)
    lane.card_tendering.recover()
    assert bank_of(lane).balance == first.done.refund, "of the charge stays what was given for it in cash"
    assert verify_books(lane.desk.shop).violations == ()
    lane.close()
