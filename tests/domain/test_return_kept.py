"""What is kept of a return: fees with the three ways of their tax, tax that stays, parts, rebates, rewards, bands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pos.domain.money import Quantity, Unit
from pos.domain.policy_rule import Rule, Scope
from pos.domain.purchase import Buyer, Earned, Purchase
from pos.domain.refund import plan
from pos.domain.return_case import Agreed, ReturnCase
from pos.domain.return_request import ShownBy
from pos.domain.return_value import LineAnswer, ValuedLines, value_of
from pos.domain.return_value_rules import (
    DayBand,
    FeeTax,
    MissingPart,
    NoReceiptPrice,
    NoReceiptValue,
    Rebate,
    RestockingFee,
    Rewards,
    TaxRefund,
)
from tests.domain.purchases import NOW, asked, bought, case_of, given_back, goods, policy, sold

# 100.00 and 6 per cent.
CAMERA = bought(sold(1, 10000, tax=600, rate=60_000, category="camera"))
WITH_TAX = bought(sold(1, 10600, tax=600, rate=60_000, held=True), prices_hold_tax=True)
FIFTEEN = 150_000


def worth(case: ReturnCase, *rules: Rule) -> ValuedLines:
    return value_of(case, policy(*rules), range(len(case.request.lines)))


@pytest.mark.parametrize(
    ("tax", "money"),
    [
        (FeeTax.FULL_TAX_REFUND, (10000, 600, 1500, 0, 9100)),
        (FeeTax.TAX_ON_REFUNDED_PART, (10000, 510, 1500, 0, 9010)),
        (FeeTax.FEE_TAXED, (10000, 600, 1500, 90, 9010)),
    ],
)
def test_fifteen_per_cent_of_a_hundred_and_its_tax(tax: FeeTax, money: tuple[int, ...]) -> None:
    valued = worth(case_of(CAMERA, asked(1)), RestockingFee(id="F", percent_millionths=FIFTEEN, tax=tax))

    assert (valued.merchandise, valued.tax, valued.fee, valued.fee_tax, valued.exact) == money
    assert [reason.code for reason in valued.all_reasons] == ["RESTOCKING_FEE"]


@pytest.mark.parametrize(
    ("tax", "money"),
    [
        (FeeTax.FULL_TAX_REFUND, (10000, 600, 1590, 0, 9010)),
        (FeeTax.TAX_ON_REFUNDED_PART, (10000, 510, 1500, 0, 9010)),
        (FeeTax.FEE_TAXED, (10000, 600, 1500, 90, 9010)),
    ],
)
def test_where_prices_hold_the_tax_the_fee_is_of_the_price(tax: FeeTax, money: tuple[int, ...]) -> None:
    valued = worth(case_of(WITH_TAX, asked(1)), RestockingFee(id="F", percent_millionths=FIFTEEN, tax=tax))

    assert (valued.merchandise, valued.tax, valued.fee, valued.fee_tax, valued.exact) == money


def test_a_flat_fee_is_for_each_unit_or_for_the_line() -> None:
    phones = bought(sold(1, 60000, qty=2))
    case = case_of(phones, asked(1, 2))

    assert worth(case, RestockingFee(id="F", amount=4500)).fee == 9000
    assert worth(case, RestockingFee(id="F", amount=4500, by_line=True)).fee == 4500


def test_a_fee_never_goes_beyond_what_comes_back() -> None:
    assert worth(case_of(bought(sold(1, 1000)), asked(1)), RestockingFee(id="F", amount=4500)).exact == 0


def test_a_fee_is_for_its_scope_alone_and_the_most_specific_holds() -> None:
    every = RestockingFee(id="ALL", percent_millionths=100_000)
    cameras = RestockingFee(id="CAM", percent_millionths=FIFTEEN, scope=Scope(categories=frozenset({"camera"})))

    assert worth(case_of(CAMERA, asked(1)), every, cameras).fee == 1500
    assert worth(case_of(bought(sold(1, 10000)), asked(1)), every, cameras).fee == 1000
    assert worth(case_of(bought(sold(1, 10000)), asked(1)), cameras).fee == 0


@pytest.mark.parametrize("condition", ["unopened", "defective"])
def test_no_fee_for_what_is_unopened_or_defective(condition: str) -> None:
    fee = RestockingFee(id="F", percent_millionths=FIFTEEN, unless=frozenset({"unopened", "defective"}))

    valued = worth(case_of(CAMERA, asked(1, condition=condition)), fee)

    assert (valued.fee, [one.code for one in valued.all_reasons]) == (0, ["RESTOCKING_FEE_WAIVED"])
    assert worth(case_of(CAMERA, asked(1, condition="opened")), fee).fee == 1500


@pytest.mark.parametrize(
    ("sold_in", "here", "fee"), [("US-OH", "US-AL", 0), ("US-OH", "US-NY", 1500), ("US-NY", "US-OH", 1500)]
)
def test_no_fee_where_sale_and_return_are_both_in_certain_states(sold_in: str, here: str, fee: int) -> None:
    rule = RestockingFee(id="F", percent_millionths=FIFTEEN, unless_regions=frozenset({"US-AL", "US-OH"}))

    assert worth(case_of(replace(CAMERA, region=sold_in), asked(1), region=here), rule).fee == fee


def test_somebody_may_waive_a_fee() -> None:
    agreed = case_of(CAMERA, asked(1), agreed=Agreed(frozenset({"FEE_WAIVER"})))
    waived = replace(agreed, request=replace(agreed.request, waive=True))

    assert worth(waived, RestockingFee(id="F", percent_millionths=FIFTEEN)).fee == 0
    assert worth(agreed, RestockingFee(id="F", percent_millionths=FIFTEEN)).fee == 1500, "nobody asked for it"
    assert worth(waived, RestockingFee(id="F", percent_millionths=FIFTEEN, override=None)).fee == 1500


def test_by_law_nothing_is_kept() -> None:
    rules = policy(
        RestockingFee(id="F", percent_millionths=FIFTEEN), DayBand(id="B", after=1, percent_millionths=500_000)
    )

    assert value_of(case_of(CAMERA, asked(1)), rules, [0], {0: LineAnswer(full=True)}).exact == 10600


@pytest.mark.parametrize(("days", "tax"), [(90, 600), (91, 0)])
def test_after_ninety_days_the_price_comes_back_and_the_tax_does_not(days: int, tax: int) -> None:
    now = NOW.fromordinal(CAMERA.day.toordinal() + days)

    valued = worth(case_of(CAMERA, asked(1), now=now), TaxRefund(id="CT", days=90, without_receipt=False))

    assert (valued.merchandise, valued.tax) == (10000, tax)
    assert [one.code for one in valued.all_reasons] == ([] if tax else ["TAX_NOT_REFUNDABLE"])


def test_without_a_receipt_the_tax_may_stay() -> None:
    case = case_of(
        None, asked(item="KETTLE"), goods={"KETTLE": goods("KETTLE", 3000)}, item_taxes={"KETTLE": (("s", 60_000),)}
    )

    assert worth(case).exact == 3180
    stays = TaxRefund(id="CT", without_receipt=False)
    assert worth(case, stays).exact == 3000
    assert [(one.code, one.value) for one in worth(case, stays).all_reasons][-1] == ("TAX_NOT_REFUNDABLE", "none")
    # What goes out is what counts as small: the price alone.
    assert worth(case, stays, NoReceiptValue(id="N", cash_below=3001)).lines[0].pays == "cash"
    assert worth(case, NoReceiptValue(id="N", cash_below=3001)).lines[0].pays == "store_credit"


@pytest.mark.parametrize(("holds_tax", "money"), [(False, (3000, 180)), (True, (2830, 170))])
def test_goods_without_a_receipt_have_the_tax_of_today(holds_tax: bool, money: tuple[int, int]) -> None:
    case = case_of(
        None, asked(item="KETTLE"), goods={"KETTLE": goods("KETTLE", 3000)}, item_taxes={"KETTLE": (("s", 60_000),)}
    )

    valued = worth(replace(case, prices_hold_tax=holds_tax))

    assert (valued.merchandise, valued.tax) == money


def test_goods_without_a_receipt_are_worth_their_lowest_price_of_a_while() -> None:
    prices = ((date.min, 2500), (date(2025, 12, 1), 2000), (date(2025, 12, 10), 3000))
    case = case_of(None, asked(item="KETTLE", qty=2), goods={"KETTLE": goods("KETTLE", 3000, prices=prices)})

    assert worth(case).exact == 4000
    assert worth(case, NoReceiptValue(id="N", days=30)).exact == 6000
    assert worth(case, NoReceiptValue(id="N", price=NoReceiptPrice.CURRENT)).exact == 6000
    (reason,) = worth(case).all_reasons
    assert (reason.code, reason.line, reason.value) == ("NO_RECEIPT_VALUE", 1, 2000)


def test_weighed_goods_without_a_receipt() -> None:
    case = case_of(None, asked(item="BANANA", quantity=Quantity(1250, Unit.LB)), goods={"BANANA": goods("BANANA", 129)})

    assert worth(case).exact == 161


@pytest.mark.parametrize(("price", "pays"), [(2499, "cash"), (2500, "store_credit")])
def test_a_small_sum_without_a_receipt_may_be_cash(price: int, pays: str) -> None:
    case = case_of(None, asked(item="KETTLE"), goods={"KETTLE": goods("KETTLE", price)})
    rules = policy(NoReceiptValue(id="N", cash_below=2500))

    valued = value_of(case, rules, [0])

    assert plan(case, rules, valued).tenders[0].kind == pays == valued.lines[0].pays


def test_late_goods_may_be_worth_their_lowest_price_since_and_never_more_than_was_paid() -> None:
    prices = ((date.min, 3000), (date(2026, 1, 15), 2000), (date(2026, 1, 18), 3500))
    purchase = bought(sold(1, 3000, item="KETTLE", tax=180, rate=60_000))
    case = case_of(purchase, asked(1), goods={"KETTLE": goods("KETTLE", 3500, prices=prices)})
    since = {0: LineAnswer(lowest_since=purchase.day, pays="store_credit")}

    valued = value_of(case, policy(), [0], since)

    assert (valued.merchandise, valued.tax) == (2000, 120)
    dearer = replace(case, goods={"KETTLE": goods("KETTLE", 4000)})
    assert value_of(dearer, policy(), [0], since).exact == 3180
    assert [(one.kind, one.of) for one in plan(case, policy(), valued).tenders] == [("store_credit", 1)]


@pytest.mark.parametrize(("days", "back"), [(60, 10600), (61, 6360), (91, 2650)])
def test_late_within_the_window_part_of_what_was_paid_comes_back(days: int, back: int) -> None:
    bands = (
        DayBand(id="B1", after=60, percent_millionths=600_000),
        DayBand(id="B2", after=90, percent_millionths=250_000),
    )
    now = NOW.fromordinal(CAMERA.day.toordinal() + days)

    valued = worth(case_of(CAMERA, asked(1), now=now), *bands)

    assert valued.exact == back
    assert (valued.merchandise, valued.tax) == (10000, 600)


def test_each_missing_part_is_deducted() -> None:
    charger = MissingPart(id="P1", parts=frozenset({"charger"}), amount=2000)
    others = MissingPart(id="P2", percent_millionths=100_000)
    case = case_of(CAMERA, asked(1, missing=("charger", "strap")))

    valued = worth(case, charger, others)

    assert [(one.code, one.amount) for one in valued.all_deductions] == [
        ("MISSING_PARTS", 2000),
        ("MISSING_PARTS", 1060),
    ]
    assert valued.exact == 10600 - 3060


@pytest.mark.parametrize(
    ("facts", "kept"), [({}, 1000), ({"rebate_receipt": "false"}, 1000), ({"rebate_receipt": "yes"}, 0)]
)
def test_a_rebate_is_kept_unless_its_receipt_comes_back(facts: dict[str, str], kept: int) -> None:
    valued = worth(case_of(CAMERA, asked(1, facts=facts)), Rebate(id="R", amount=1000))

    assert 10600 - valued.exact == kept


def test_a_missing_part_of_some_goods_has_its_own_price() -> None:
    anything = MissingPart(id="P1", parts=frozenset({"charger"}), amount=500)
    camera = replace(anything, id="P2", amount=2000, scope=Scope(items=frozenset({CAMERA.lines[0].item})))

    valued = worth(case_of(CAMERA, asked(1, missing=("charger",))), anything, camera)

    assert [(one.rule, one.value) for one in valued.all_reasons] == [("P2", "charger")]
    assert valued.exact == 10600 - 2000


def test_who_keeps_the_reward_money_is_who_the_rule_is_about() -> None:
    members = Rewards(id="W", claw_back=False, scope=Scope(tiers=frozenset({"member"})))
    member = Buyer("C1", tier="member")

    assert worth(case_of(rewarded(2000, 2000), asked(1)), members).exact == 2000
    assert worth(case_of(replace(rewarded(2000, 2000), buyer=member), asked(1)), members).exact == 2500


def rewarded(earned: int, spent: int) -> Purchase:
    return bought(sold(1, 10000, qty=4), earned=Earned(rewards_earned=earned, rewards_spent=spent))


@pytest.mark.parametrize(("earned", "spent", "kept"), [(2000, 2000, 500), (2000, 0, 0), (0, 0, 0), (2000, 1700, 200)])
def test_reward_money_that_was_spent_is_kept_in_proportion(earned: int, spent: int, kept: int) -> None:
    valued = worth(case_of(rewarded(earned, spent), asked(1)))

    assert 2500 - valued.exact == kept


def test_ten_for_each_fifty_goes_back_with_the_fifty() -> None:
    case = case_of(rewarded(2000, 2000), asked(1, 2))

    assert [(one.code, one.amount) for one in worth(case).deductions] == [("REWARD_CLAWBACK", 1000)]
    assert worth(case, Rewards(id="W", claw_back=False)).exact == 5000


def test_rewards_kept_one_by_one_come_to_what_was_spent() -> None:
    case = case_of(rewarded(1000, 700), asked(1))
    kept = []
    for _ in range(4):
        valued = worth(case)
        kept.append(2500 - valued.exact)
        case = replace(case, purchase=given_back(case, valued, plan(case, policy(), valued)))

    assert (kept, sum(kept)) == ([0, 200, 250, 250], 700)


def test_a_gift_receipt_changes_no_value() -> None:
    case = case_of(CAMERA, asked(1), shown_by=ShownBy.GIFT_RECEIPT)

    assert worth(case).exact == 10600
