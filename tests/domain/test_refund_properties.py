"""Any sequence of returns of any sale: parts make the whole, nothing goes beyond what was paid, all of it is exact."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pos.domain.money import Quantity, Unit, allocate
from pos.domain.policy_rule import Policy, Rule
from pos.domain.promotion import BuyGet, GetOf, Promotion, Reward, Step, TierBy, Tiers
from pos.domain.promotions import Candidate, PreparedPromotions, apply_promotions
from pos.domain.purchase import Purchase, PurchaseLine, PurchaseTender
from pos.domain.refund import plan, plan_exchange
from pos.domain.refund_rules import Precedence, RefundPrecedence, RefundTo
from pos.domain.return_case import ReturnCase
from pos.domain.return_request import LineAsked, SendTo
from pos.domain.return_value import value_of
from pos.domain.return_value_rules import (
    DayBand,
    FeeTax,
    MissingPart,
    PromotionMethod,
    PromotionReturn,
    RestockingFee,
    TaxRefund,
)
from pos.domain.shop import CashRounding
from tests.domain.purchases import NOW, bought, case_of, given_back, paid, policy, sold

KINDS = ("cash", "credit", "debit", "gift_card", "store_credit", "house_account")


@st.composite
def lines(draw: st.DrawFn, number: int) -> PurchaseLine:
    extended = draw(st.integers(1, 20_000))
    off = draw(st.integers(0, extended))
    weighed = draw(st.booleans())
    size = draw(st.integers(1, 3000)) if weighed else draw(st.integers(1, 7)) * 1000
    tax = draw(st.integers(0, (extended - off) // 4))
    return sold(
        number,
        extended,
        off=[("OFF", off)] if off else [],
        tax=tax,
        rate=60_000 if tax else 0,
        quantity=Quantity(size, Unit.KG if weighed else Unit.PIECE),
    )


@st.composite
def sales(draw: st.DrawFn) -> tuple[Purchase, CashRounding]:
    rung = [draw(lines(number)) for number in range(1, draw(st.integers(1, 3)) + 1)]
    total = sum(line.total for line in rung)
    assume(total > 0)
    rounding = CashRounding(step=draw(st.sampled_from([1, 5, 10, 100])))
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4))
    amounts = list(allocate(total, [draw(st.integers(1, 100)) for _ in kinds]))
    rounded = 0
    if "cash" in kinds:
        last = len(kinds) - 1 - kinds[::-1].index("cash")
        cash = sum(amount for kind, amount in zip(kinds, amounts, strict=True) if kind == "cash")
        rounded = rounding.rounded(cash) - cash
        assume(amounts[last] + rounded >= 0)
        amounts[last] += rounded
    tenders: list[PurchaseTender] = []
    for number, (kind, amount) in enumerate(zip(kinds, amounts, strict=True), start=1):
        tenders.append(paid(number, kind, amount, account=f"A{number}" if "card" not in kind else ""))
    return bought(*rung, tenders=tuple(tenders), rounding=rounded), rounding


@st.composite
def parts(draw: st.DrawFn, purchase: Purchase) -> tuple[LineAsked, ...]:
    """Some of what is left, some lines twice."""
    asked = []
    for line in purchase.lines:
        left = line.left.thousandths
        step = 1000 if line.quantity.unit is Unit.PIECE else 1
        if left and draw(st.booleans()):
            some = draw(st.integers(1, left // step)) * step
            asked.append(LineAsked(line.line, Quantity(some, line.quantity.unit)))
    return tuple(asked)


def everything_left(purchase: Purchase) -> tuple[LineAsked, ...]:
    return tuple(LineAsked(line.line, line.left) for line in purchase.lines if line.left.thousandths)


@dataclass
class Books:
    """A sale and everything that came back of it."""

    case: ReturnCase
    rules: Policy
    exact: int = 0

    @property
    def purchase(self) -> Purchase:
        assert self.case.purchase is not None
        return self.case.purchase

    def take_back(self, asked: tuple[LineAsked, ...], pieces: tuple[SendTo, ...] = ()) -> int:
        before = self.purchase
        case = replace(self.case, request=replace(self.case.request, lines=asked, send_to=pieces))
        valued = value_of(case, self.rules, range(len(asked)))
        planned = plan(case, self.rules, valued)
        assert planned.refund == sum(tender.amount for tender in planned.tenders) == valued.exact + planned.rounding
        assert all(tender.amount > 0 for tender in planned.tenders)
        assert valued.exact >= 0
        kept = valued.fee + valued.fee_tax + sum(one.amount for one in valued.all_deductions)
        assert valued.merchandise + valued.tax - kept == valued.exact
        for line in valued.lines:
            assert line.merchandise >= 0
            assert line.value >= 0
            assert sum(tax.amount for tax in line.taxes) == line.tax
        self.case = replace(self.case, purchase=given_back(case, valued, planned))
        self.exact += valued.exact
        self.hold()
        assert self.purchase.refunded >= before.refunded
        return planned.refund

    def hold(self) -> None:
        """Nothing went beyond what was paid: of a line, out of a tender, in all."""
        for line in self.purchase.lines:
            assert line.returned_net <= line.net
            assert line.returned_tax <= line.tax
        for tender in self.purchase.tenders:
            assert tender.refunded <= tender.amount
        assert self.purchase.refunded <= self.purchase.total + self.purchase.rounding


def books_of(sale: tuple[Purchase, CashRounding], *rules: Rule) -> Books:
    purchase, rounding = sale
    return Books(case_of(purchase, cash_rounding=rounding, now=NOW), policy(*rules))


orders = st.sampled_from(list(Precedence)).map(lambda order: RefundPrecedence(id="O", order=order, classes=("cash",)))


@given(sale=sales(), order=orders, pick=st.data())
def test_everything_returned_is_exactly_what_was_paid_per_line_and_per_tender(
    sale: tuple[Purchase, CashRounding], order: RefundPrecedence, pick: st.DataObject
) -> None:
    books = books_of(sale, order)
    for _ in range(pick.draw(st.integers(0, 5))):
        asked = pick.draw(parts(books.purchase))
        if asked:
            books.take_back(asked)
    books.take_back(everything_left(books.purchase))

    assert books.exact == books.purchase.total
    assert books.purchase.refunded == books.purchase.total + books.purchase.rounding
    for line in books.purchase.lines:
        assert (line.returned_net, line.returned_tax) == (line.net, line.tax)
    for tender in books.purchase.tenders:
        assert tender.refunded == tender.amount


fees = st.builds(
    RestockingFee,
    id=st.just("F"),
    percent_millionths=st.integers(0, 1_000_000),
    amount=st.integers(0, 3000),
    by_line=st.booleans(),
    tax=st.sampled_from(FeeTax),
)
keeping = st.tuples(
    fees,
    st.builds(DayBand, id=st.just("B"), after=st.integers(0, 20), percent_millionths=st.integers(0, 1_000_000)),
    st.builds(TaxRefund, id=st.just("T"), days=st.integers(0, 20)),
    st.builds(MissingPart, id=st.just("M"), amount=st.integers(0, 9000)),
)


@given(sale=sales(), rules=keeping, pick=st.data())
def test_whatever_is_kept_nothing_goes_beyond_what_was_paid_or_below_nothing(
    sale: tuple[Purchase, CashRounding], rules: tuple[Rule, ...], pick: st.DataObject
) -> None:
    books = books_of(sale, *rules)
    for _ in range(4):
        missing = pick.draw(st.sampled_from([(), ("charger",), ("charger", "strap")]))
        asked = tuple(replace(one, missing=missing) for one in pick.draw(parts(books.purchase)))
        if asked:
            books.take_back(asked)


@given(sale=sales(), pick=st.data())
def test_money_without_goods_and_goods_together_never_come_to_more_than_was_paid(
    sale: tuple[Purchase, CashRounding], pick: st.DataObject
) -> None:
    books = books_of(sale)
    for _ in range(pick.draw(st.integers(1, 3))):
        amount = pick.draw(st.integers(1, books.purchase.total + 10))
        case = replace(books.case, request=replace(books.case.request, lines=(), amount=amount))
        valued = value_of(case, books.rules, [])
        planned = plan(case, books.rules, valued)
        assert valued.exact in {0, amount}
        books.case = replace(books.case, purchase=given_back(case, valued, planned))
        books.hold()
        asked = pick.draw(parts(books.purchase))
        if asked:
            books.take_back(asked)


@given(sale=sales(), pick=st.data())
def test_however_a_customer_wants_it_no_tender_gives_more_than_it_took(
    sale: tuple[Purchase, CashRounding], pick: st.DataObject
) -> None:
    wishes = st.builds(
        SendTo,
        of=st.integers(1, 5),
        amount=st.integers(1, 20_000),
        to=st.sampled_from(["original", "store_credit", "mailed_check", "credit"]),
    )
    books = books_of(sale)
    for _ in range(3):
        asked = pick.draw(parts(books.purchase))
        if asked:
            books.take_back(asked, tuple(pick.draw(st.lists(wishes, max_size=3))))


@given(sale=sales(), limit=st.integers(0, 20_000), pick=st.data())
def test_other_ways_by_policy_keep_to_what_each_tender_took(
    sale: tuple[Purchase, CashRounding], limit: int, pick: st.DataObject
) -> None:
    to = RefundTo(id="T", of=frozenset({"cash", "gift_card"}), to="store_credit", limit=limit, above="mailed_check")
    books = books_of(sale, to)
    for _ in range(4):
        asked = pick.draw(parts(books.purchase))
        if asked:
            books.take_back(asked)


@given(sale=sales(), new_total=st.integers(0, 30_000), pick=st.data())
def test_an_exchange_uses_what_the_new_goods_cost_and_pays_out_the_rest(
    sale: tuple[Purchase, CashRounding], new_total: int, pick: st.DataObject
) -> None:
    asked = pick.draw(parts(sale[0]))
    case = case_of(sale[0], *asked, cash_rounding=sale[1])
    valued = value_of(case, policy(), range(len(asked)))

    planned = plan_exchange(case, policy(), valued, new_total)

    used = sum(tender.amount for tender in planned.tenders if tender.kind == "exchange")
    assert used == min(new_total, valued.exact)
    assert planned.refund == valued.exact + planned.rounding


TEN_OFF = Promotion("TEN", "10 % off", Tiers(TierBy.AMOUNT, (Step(5000, Reward(percent_millionths=100_000)),)))
CHEAPEST = Promotion("FREE", "Cheapest free", BuyGet(1, 1, Reward(percent_millionths=1_000_000), GetOf.CHEAPEST))
THIRD = Promotion("THIRD", "Third at half", BuyGet(2, 1, Reward(percent_millionths=500_000)))


@st.composite
def promoted(draw: st.DrawFn) -> tuple[Purchase, Promotion]:
    promotion = draw(st.sampled_from([TEN_OFF, CHEAPEST, THIRD]))
    bag = [(draw(st.integers(1, 4000)), draw(st.integers(1, 4))) for _ in range(draw(st.integers(1, 4)))]
    candidates = [
        Candidate(f"ITEM{number}", price, Quantity.pieces(count), price * count)
        for number, (price, count) in enumerate(bag, start=1)
    ]
    outcome = apply_promotions(candidates, PreparedPromotions.of([promotion]), NOW)
    rung = []
    for number, ((price, count), shares) in enumerate(zip(bag, outcome.discounts, strict=True), start=1):
        off = sum(one.amount for one in shares)
        tax = (price * count - off) * draw(st.sampled_from([0, 1])) // 10
        more = {"tax": tax, "rate": 100_000} if tax else {}
        rung.append(sold(number, price * count, qty=count, off=[(promotion.id, off)] if off else [], **more))
    assume(sum(line.total for line in rung) > 0)
    return bought(*rung), promotion


@settings(max_examples=200)
@given(bag=promoted(), method=st.sampled_from(PromotionMethod), pick=st.data())
def test_by_every_method_parts_of_a_promotion_come_to_what_was_paid(
    bag: tuple[Purchase, Promotion], method: PromotionMethod, pick: st.DataObject
) -> None:
    purchase, promotion = bag
    books = books_of((purchase, CashRounding()), PromotionReturn(id="P", method=method))
    books.case = replace(books.case, promotions=(promotion,))
    for _ in range(pick.draw(st.integers(0, 4))):
        asked = pick.draw(parts(books.purchase))
        if asked:
            books.take_back(asked)
    books.take_back(everything_left(books.purchase))

    assert books.purchase.refunded == books.purchase.total
