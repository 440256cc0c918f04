"""Where a refund goes: the tenders of the sale, in their order, up to what each gave."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.purchase import Purchase
from pos.domain.refund import plan, plan_exchange
from pos.domain.return_case import ReturnCase
from pos.domain.return_request import ShownBy
from pos.domain.return_value import value_of
from pos.domain.shop import CashRounding
from tests.domain.purchases import asked, bought, case_of, given_back, paid, policy, sold, went_out

HOUSE = policy()
KRONOR = CashRounding(step=100)


def refunded(case: ReturnCase, places: tuple[int, ...] = (0,)) -> list[tuple[str, int]]:
    planned = plan(case, HOUSE, value_of(case, HOUSE, places))
    assert planned.refund == sum(tender.amount for tender in planned.tenders)
    return went_out(planned)


def split(*kinds_and_amounts: tuple[str, int]) -> Purchase:
    tenders = tuple(paid(n, kind, amount) for n, (kind, amount) in enumerate(kinds_and_amounts, start=1))
    total = sum(amount for _, amount in kinds_and_amounts)
    return bought(sold(1, total, qty=4), tenders=tenders)


def test_all_of_a_sale_goes_back_as_it_was_paid() -> None:
    purchase = split(("cash", 2000), ("credit", 5000), ("gift_card", 1000))

    assert refunded(case_of(purchase, asked(1, 4))) == [("credit", 5000), ("gift_card", 1000), ("cash", 2000)]


def test_part_of_a_sale_goes_to_cards_first_then_to_gift_cards_then_in_cash() -> None:
    purchase = split(("cash", 2000), ("gift_card", 1000), ("credit", 3000))

    assert refunded(case_of(purchase, asked(1, 1))) == [("credit", 1500)]
    assert refunded(case_of(purchase, asked(1, 3))) == [("credit", 3000), ("gift_card", 1000), ("cash", 500)]


def test_a_card_is_told_by_its_charge() -> None:
    purchase = split(("credit", 4000))

    (tender,) = plan(case := case_of(purchase, asked(1)), HOUSE, value_of(case, HOUSE, [0])).tenders

    assert (tender.of, tender.card, tender.attempt, tender.method) == (1, "card-1", "attempt-1", "refund")


def test_what_went_back_to_a_tender_before_or_may_have_counts() -> None:
    tenders = (paid(1, "credit", 3000, refunded=2500), paid(2, "cash", 1000))
    purchase = bought(sold(1, 4000, qty=4, returned=2000, returned_net=2000), tenders=tenders, refunded=2500)

    assert refunded(case_of(purchase, asked(1, 1))) == [("credit", 500), ("cash", 500)]


def test_a_declined_tender_gave_nothing() -> None:
    tenders = (paid(1, "credit", 0, declined=True), paid(2, "cash", 1000))

    assert refunded(case_of(bought(sold(1, 1000), tenders=tenders), asked(1))) == [("cash", 1000)]


def test_cash_back_is_no_part_of_what_may_come_back() -> None:
    tenders = (paid(1, "debit", 1899, cash_back=2000, settled=False),)

    case = case_of(bought(sold(1, 1899), tenders=tenders), asked(1))

    # A void would take the cash back with it.
    assert plan(case, HOUSE, value_of(case, HOUSE, [0])).tenders[0].method == "refund"
    assert refunded(case) == [("debit", 1899)]


def test_three_times_33_40_kronor_in_cash_are_33_34_and_33() -> None:
    purchase = bought(sold(1, 10020, qty=3), currency="SEK", rounding=-20)
    case = case_of(purchase, asked(1), cash_rounding=KRONOR, region="SE")
    amounts, roundings = [], []
    for _ in range(3):
        valued = value_of(case, HOUSE, [0])
        planned = plan(case, HOUSE, valued)
        assert valued.exact + planned.rounding == planned.refund
        amounts.append(planned.refund)
        roundings.append(planned.rounding)
        case = replace(case, purchase=given_back(case, valued, planned))

    assert (amounts, roundings) == ([3300, 3400, 3300], [-40, 60, -40])


def test_everything_that_comes_back_is_what_was_handed_over_to_the_last_coin() -> None:
    for rounding in (-20, 0):
        purchase = bought(sold(1, 10020), currency="SEK", rounding=rounding)
        case = case_of(purchase, asked(1), cash_rounding=KRONOR)
        assert refunded(case) == [("cash", 10020 + rounding)]


def test_where_cash_went_back_as_store_credit_less_than_a_coin_of_its_rounding_stays() -> None:
    """604.00 paid for 603.86 came back as store credit, to the heller: no coin pays out the 0.14."""
    tenders = (paid(1, "gift_card", 9685), paid(2, "cash", 60400, refunded=60386))
    line = sold(1, 70071, qty=2, returned=1000, returned_net=60386)
    purchase = bought(line, tenders=tenders, refunded=60386, rounding=14)
    case = case_of(purchase, asked(1), cash_rounding=KRONOR)

    assert refunded(case) == [("gift_card", 9685)]


def test_only_the_cash_part_is_rounded() -> None:
    tenders = (paid(1, "credit", 5020), paid(2, "cash", 5000))
    purchase = bought(sold(1, 10033), tenders=tenders, currency="SEK", rounding=-13)
    case = case_of(purchase, asked(1), cash_rounding=KRONOR)

    assert refunded(case) == [("credit", 5020), ("cash", 5000)]


def test_a_charge_that_is_not_settled_is_voided_when_all_of_it_comes_back() -> None:
    purchase = bought(sold(1, 4000, qty=2), tenders=(paid(1, "credit", 4000, settled=False),))
    case = case_of(purchase, asked(1, 2))
    planned = plan(case, HOUSE, value_of(case, HOUSE, [0]))
    part = replace(case, request=replace(case.request, lines=(asked(1),)))

    assert (planned.tenders[0].method, [one.code for one in planned.reasons]) == ("void", ["VOID_BEFORE_SETTLEMENT"])
    assert plan(part, HOUSE, value_of(part, HOUSE, [0])).tenders[0].method == "refund"


def test_an_exchange_pays_out_only_what_the_new_goods_leave() -> None:
    purchase = split(("credit", 5000), ("cash", 5000))
    case = case_of(purchase, asked(1, 4))
    valued = value_of(case, HOUSE, [0])

    down = plan_exchange(case, HOUSE, valued, 6000)
    even = plan_exchange(case, HOUSE, valued, 10000)
    up = plan_exchange(case, HOUSE, valued, 12000)

    assert went_out(down) == [("credit", 4000), ("exchange", 1000), ("exchange", 5000)]
    assert [tender.of for tender in down.tenders] == [1, 1, 2]
    assert went_out(even) == went_out(up) == [("exchange", 5000), ("exchange", 5000)]


def test_a_gift_receipt_never_gives_the_buyers_tenders() -> None:
    purchase = split(("credit", 5000))
    case = case_of(purchase, asked(1, 4))
    case = replace(case, request=replace(case.request, shown_by=ShownBy.GIFT_RECEIPT))

    assert refunded(case) == [("store_credit", 5000)]


def test_a_check_goes_out_by_the_shops_rule_of_checks() -> None:
    assert refunded(case_of(split(("check", 5000)), asked(1, 4))) == [("mailed_check", 5000)]
