"""Other ways than back to the tender: what the policy says, holds, limits, closed cards, what a customer asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pos.domain.policy_rule import Rule, Scope
from pos.domain.purchase import Purchase
from pos.domain.refund import Planned, plan
from pos.domain.refund_rules import (
    BadCheck,
    CardGone,
    CashMost,
    CheckHold,
    DrawerShort,
    Precedence,
    RefundChoice,
    RefundPrecedence,
    RefundTo,
    StoreCreditLasts,
)
from pos.domain.return_case import Agreed, CardAccount, CustomerFacts
from pos.domain.return_decision import Effect
from pos.domain.return_request import SendTo, ShownBy
from pos.domain.return_value import value_of
from pos.domain.shop import CashRounding
from pos.domain.tender import TenderKind
from pos.domain.tender_rules import TenderRule
from tests.domain.purchases import NOW, asked, bought, case_of, paid, policy, sold, went_out


def split(*kinds_and_amounts: tuple[str, int], **more: Any) -> Purchase:
    tenders = tuple(paid(n, kind, amount) for n, (kind, amount) in enumerate(kinds_and_amounts, start=1))
    return bought(sold(1, sum(amount for _, amount in kinds_and_amounts), qty=4), tenders=tenders, **more)


def planned(purchase: Purchase | None, *rules: Rule, qty: int = 4, **more: Any) -> Planned:
    lines = (asked(1, qty),) if "amount" not in more else ()
    case = case_of(purchase, *lines, **more)
    house = policy(*rules)
    result = plan(case, house, value_of(case, house, range(len(lines))))
    assert result.refund == sum(tender.amount for tender in result.tenders)
    return result


def said(result: Planned) -> list[tuple[str, str]]:
    return [(reason.code.value, reason.effect.value) for reason in result.reasons]


# --- The order --------------------------------------------------------------------------------------------------------

MIXED = (("cash", 2000), ("credit", 5000), ("debit", 1000))


@pytest.mark.parametrize(
    ("order", "out"),
    [
        (RefundPrecedence(id="O"), [("credit", 4000)]),
        (RefundPrecedence(id="O", order=Precedence.FIRST_PAID), [("cash", 2000), ("credit", 2000)]),
        (RefundPrecedence(id="O", order=Precedence.LAST_PAID), [("debit", 1000), ("credit", 3000)]),
        (RefundPrecedence(id="O", order=Precedence.LOWEST_FIRST), [("debit", 1000), ("cash", 2000), ("credit", 1000)]),
        (RefundPrecedence(id="O", order=Precedence.RATIO), [("credit", 2500), ("debit", 500), ("cash", 1000)]),
        (
            RefundPrecedence(id="O", order=Precedence.CLASSES, classes=("cash", "debit")),
            [("cash", 2000), ("debit", 1000), ("credit", 1000)],
        ),
    ],
)
def test_half_of_a_sale_in_every_order(order: RefundPrecedence, out: list[tuple[str, int]]) -> None:
    assert went_out(planned(split(*MIXED), order, qty=2)) == out


def test_the_house_card_is_a_word_of_its_own() -> None:
    tenders = (paid(1, "credit", 2000), paid(2, "credit", 2000, house_card=True))
    purchase = bought(sold(1, 4000, qty=4), tenders=tenders)

    assert [one.of for one in planned(purchase, qty=2).tenders] == [2]


# --- Other tenders by policy ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("total", "kind"), [(80000, "cash"), (80004, "mailed_check")])
def test_above_a_limit_all_of_it_goes_another_way(total: int, kind: str) -> None:
    result = planned(split(("cash", total)), RefundTo(id="T", of=frozenset({"cash"}), to="cash", limit=80000))

    assert went_out(result) == [(kind, total)]
    assert said(result) == ([] if kind == "cash" else [("MAILED_CHECK", "tender")])


def test_what_was_paid_by_debit_card_may_go_out_in_cash_where_the_shop_says_so() -> None:
    assert went_out(planned(split(("debit", 4000)), RefundTo(id="T", of=frozenset({"debit"}), to="cash"))) == [
        ("cash", 4000)
    ]


@pytest.mark.parametrize(("total", "kind"), [(9996, "cash"), (10004, "mailed_check")])
def test_a_small_check_may_go_out_in_cash(total: int, kind: str) -> None:
    rule = RefundTo(id="T", of=frozenset({"check"}), to="cash", limit=10000)

    assert went_out(planned(split(("check", total)), rule)) == [(kind, total)]


def test_a_gift_card_gets_it_back_or_a_new_store_credit_is_given() -> None:
    purchase = bought(sold(1, 4000, qty=4), tenders=(paid(1, "gift_card", 4000, account="G1", card="…0024"),))

    (back,) = planned(purchase).tenders
    (new,) = planned(purchase, RefundTo(id="T", of=frozenset({"gift_card"}), to="store_credit")).tenders

    assert (back.kind, back.account, back.card) == ("gift_card", "G1", "…0024")
    assert (new.kind, new.account, new.of) == ("store_credit", "", 1)


def test_a_house_account_and_a_tender_of_the_shops_own_go_back_as_they_came() -> None:
    tenders = (paid(1, "house_account", 1000, account="C1"), paid(2, "other", 1000, type="voucher"))
    purchase = bought(sold(1, 2000, qty=4), tenders=tenders)
    rule = TenderRule("voucher", TenderKind.OTHER, "Voucher", refund_to="store_credit")

    assert [(one.kind, one.type, one.account) for one in planned(purchase).tenders] == [
        ("house_account", "", "C1"),
        ("other", "voucher", ""),
    ]
    assert [one.kind for one in planned(purchase, tender_rules=(rule,)).tenders] == ["house_account", "store_credit"]


def test_what_a_shop_never_gives_back_somebody_may_give_as_store_credit() -> None:
    purchase = bought(sold(1, 4000, qty=4), tenders=(paid(1, "other", 4000, type="lunch"),))
    rule = TenderRule("lunch", TenderKind.OTHER, "Lunch card", refund_to="none")

    (reason,) = planned(purchase, tender_rules=(rule,)).reasons

    assert (reason.code, reason.effect, reason.overridable) == ("TENDER_NOT_ALLOWED", Effect.REFUSES, True)
    agreed = Agreed(frozenset({"TENDER_NOT_ALLOWED"}))
    assert went_out(planned(purchase, tender_rules=(rule,), agreed=agreed)) == [("store_credit", 4000)]


def test_the_shops_rule_of_a_tender_says_how_it_goes_back() -> None:
    rule = TenderRule("debit", TenderKind.DEBIT, refund_to="cash")

    assert went_out(planned(split(("debit", 4000)), tender_rules=(rule,))) == [("cash", 4000)]


# --- Checks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "business", "out"),
    [
        (date(2026, 1, 19), False, "store_credit"),
        (date(2026, 1, 20), False, "cash"),
        (date(2026, 1, 23), True, "store_credit"),
        (date(2026, 1, 26), True, "cash"),
    ],
)
def test_while_a_check_may_bounce_its_money_is_store_credit(day: date, business: bool, out: str) -> None:
    hold = CheckHold(id="H", days=10, business_days=business)
    cash = RefundTo(id="T", of=frozenset({"check"}), to="cash")

    result = planned(
        split(("check", 4000)),
        hold,
        cash,
        now=NOW.fromordinal(day.toordinal()),
        holidays=frozenset({date(2026, 1, 19)}),
    )

    assert went_out(result) == [(out, 4000)]
    if out == "store_credit":
        assert said(result) == [("CHECK_HOLD", "tender")]
        assert result.reasons[0].possible_from == (date(2026, 1, 26) if business else date(2026, 1, 20))


def test_a_check_may_have_to_wait() -> None:
    result = planned(split(("check", 4000)), CheckHold(id="H", days=11, meanwhile="", override="manager"))

    (reason,) = result.reasons
    assert (reason.code, reason.effect, reason.role) == ("CHECK_HOLD", Effect.REFUSES, "manager")
    assert (reason.overridable, reason.possible_from, reason.value) == (True, date(2026, 1, 21), 10)


def test_no_money_to_who_owes_the_shop_that_of_a_check() -> None:
    owes = CustomerFacts("C1", open_bad_check=True)

    (reason,) = planned(split(("cash", 4000)), customer=owes).reasons

    assert (reason.code, reason.effect, reason.overridable) == ("BAD_CHECK_OUTSTANDING", Effect.REFUSES, True)
    assert said(planned(split(("cash", 4000)), BadCheck(id="B", of=frozenset({"check"})), customer=owes)) == []
    assert said(planned(split(("cash", 4000)), BadCheck(id="B", refuse=False), customer=owes)) == []
    agreed = Agreed(frozenset({"BAD_CHECK_OUTSTANDING"}))
    assert said(planned(split(("cash", 4000)), customer=owes, agreed=agreed)) == []
    # The rule about what it was paid with, wherever it stands.
    both = (BadCheck(id="A", of=frozenset({"check"})), BadCheck(id="B", of=frozenset({"cash"})))
    assert [one.rule for one in planned(split(("cash", 4000)), *both, customer=owes).reasons] == ["B"]
    kind = (BadCheck(id="A"), BadCheck(id="B", of=frozenset({"cash"}), refuse=False))
    assert said(planned(split(("cash", 4000)), *kind, customer=owes)) == []


# --- Cash -------------------------------------------------------------------------------------------------------------


def test_a_bound_of_some_goods_holds_whatever_lies_beside_them() -> None:
    """A ring does not go out for more cash than it may because a pen comes back with it."""
    purchase = bought(
        sold(1, 40_000, category="jewellery"), sold(2, 200, category="paper"), tenders=(paid(1, "cash", 40_200),)
    )
    bound = CashMost(id="C", most=5_000, override="manager", scope=Scope(categories=frozenset({"jewellery"})))
    house = policy(CashMost(id="ALL", most=50_000), bound)

    def rules(*lines: int) -> list[str]:
        case = case_of(purchase, *(asked(line) for line in lines))
        return [one.rule for one in plan(case, house, value_of(case, house, range(len(lines)))).reasons]

    assert rules(1) == rules(1, 2) == ["C"]
    assert rules(2) == []


def test_more_cash_than_the_shop_gives_needs_somebodys_yes() -> None:
    limit = CashMost(id="C", most=20000, override="manager")

    result = planned(split(("cash", 20004)), limit)

    assert said(result) == [("CASH_LIMIT", "approval")]
    (needed,) = result.approvals_needed
    assert (needed.role, needed.value, needed.limit) == ("manager", 20004, 20000)
    assert needed.options == (("as_asked", 20004), ("mailed_check", 20004), ("store_credit", 20004))
    assert said(planned(split(("cash", 20000)), limit)) == []
    yes = Agreed(frozenset({"CASH_LIMIT"}), "as_asked")
    assert went_out(planned(split(("cash", 20004)), limit, agreed=yes)) == [("cash", 20004)]
    credit = Agreed(frozenset({"CASH_LIMIT"}), "store_credit")
    assert went_out(planned(split(("cash", 20004)), limit, agreed=credit)) == [("store_credit", 20004)]
    by_mail = Agreed(frozenset({"CASH_LIMIT"}), "mailed_check")
    assert went_out(planned(split(("cash", 20004)), limit, agreed=by_mail)) == [("mailed_check", 20004)]


def test_what_the_drawer_does_not_hold_goes_out_another_way() -> None:
    asks = planned(split(("cash", 4000)), drawer=3999)
    by_rule = planned(split(("cash", 4000)), DrawerShort(id="D", to="mailed_check"), drawer=3999)
    agreed = planned(
        split(("cash", 4000)), drawer=3999, agreed=Agreed(frozenset({"DRAWER_INSUFFICIENT"}), "mailed_check")
    )

    assert said(asks) == [("DRAWER_INSUFFICIENT", "approval")]
    assert asks.approvals_needed[0].options == (("store_credit", 4000), ("mailed_check", 4000))
    assert (went_out(by_rule), said(by_rule)) == ([("mailed_check", 4000)], [("DRAWER_INSUFFICIENT", "tender")])
    assert (went_out(agreed), said(agreed)) == ([("mailed_check", 4000)], [("DRAWER_INSUFFICIENT", "tender")])
    assert said(planned(split(("cash", 4000)), drawer=4000)) == []


def test_only_what_goes_out_in_cash_is_held_against_the_drawer() -> None:
    assert said(planned(split(("credit", 4000)), drawer=0)) == []


# --- Cards ------------------------------------------------------------------------------------------------------------


def closed_card() -> Purchase:
    return bought(sold(1, 4000, qty=4), tenders=(paid(1, "credit", 4000, open=False),))


def test_a_closed_card_needs_another_way_and_somebodys_yes() -> None:
    result = planned(closed_card())

    assert said(result) == [("CARD_UNAVAILABLE", "approval")]
    assert went_out(result) == [("store_credit", 4000)]
    assert result.approvals_needed[0].options == (("store_credit", 4000), ("cash", 4000))
    cash = Agreed(frozenset({"CARD_UNAVAILABLE"}), "cash")
    assert went_out(planned(closed_card(), agreed=cash)) == [("cash", 4000)]


def test_a_policy_may_name_the_way_for_closed_cards() -> None:
    result = planned(closed_card(), CardGone(id="K", to=("mailed_check",), ask=False))

    assert (went_out(result), said(result)) == ([("mailed_check", 4000)], [("CARD_UNAVAILABLE", "tender")])


def test_what_a_gift_card_cannot_hold_becomes_store_credit() -> None:
    purchase = bought(sold(1, 4000, qty=4), tenders=(paid(1, "gift_card", 4000, account="G1"),))
    nearly_full = CardAccount("G1", "…0024", "gift_card", 199000, room=1000)
    blocked = CardAccount("G1", "…0024", "gift_card", 0, usable=False)

    full = planned(purchase, cards={"G1": nearly_full})

    assert went_out(full) == [("gift_card", 1000), ("store_credit", 3000)]
    assert said(full) == [("GIFT_CARD_LIMIT", "tender")]
    other = planned(purchase, cards={"G1": blocked})
    assert (went_out(other), said(other)) == ([("store_credit", 4000)], [("GIFT_CARD_DISABLED", "tender")])


# --- What the customer asks for ---------------------------------------------------------------------------------------


def test_another_tender_than_the_sales_needs_somebodys_yes() -> None:
    result = planned(split(("credit", 4000)), refund_to="cash")

    (reason,) = result.reasons
    assert (reason.code, reason.effect, reason.overridable) == ("TENDER_NOT_ALLOWED", Effect.APPROVAL, True)
    assert went_out(result) == [("cash", 4000)]
    assert result.approvals_needed[0].options == (("as_asked", 4000), ("original", 4000), ("store_credit", 4000))
    assert reason.remedy is not None
    assert reason.remedy.change["refund_to"] == "original"
    assert went_out(planned(split(("credit", 4000)), refund_to="original")) == [("credit", 4000)]


@pytest.mark.parametrize(
    ("option", "kind"), [("as_asked", "cash"), ("original", "credit"), ("store_credit", "store_credit")]
)
def test_whoever_agrees_may_choose(option: str, kind: str) -> None:
    agreed = Agreed(frozenset({"TENDER_NOT_ALLOWED"}), option)

    result = planned(split(("credit", 4000)), refund_to="cash", agreed=agreed)

    assert (went_out(result), said(result)) == ([(kind, 4000)], [])


def test_store_credit_chosen_for_another_reason_is_all_of_it() -> None:
    agreed = Agreed(frozenset({"WINDOW_EXPIRED"}), "store_credit")

    assert went_out(planned(split(("credit", 4000)), agreed=agreed)) == [("store_credit", 4000)]


def test_the_policy_may_leave_it_to_the_customer() -> None:
    choice = RefundChoice(id="W", to=frozenset({"store_credit"}), of=frozenset({"cash", "debit"}))

    assert said(planned(split(("cash", 4000)), choice, refund_to="store_credit")) == []
    assert said(planned(split(("credit", 4000)), choice, refund_to="store_credit")) == [
        ("TENDER_NOT_ALLOWED", "approval")
    ]
    never = RefundChoice(id="W", override=None)
    result = planned(split(("credit", 4000)), never, refund_to="cash")
    assert (said(result), result.reasons[0].overridable) == ([("TENDER_NOT_ALLOWED", "refuses")], False)
    assert went_out(result) == [("credit", 4000)]


@pytest.mark.parametrize("kind", ["credit", "house_account", "check", "gold"])
def test_onto_a_card_that_paid_nothing_no_money_goes(kind: str) -> None:
    result = planned(split(("cash", 4000)), refund_to=kind)

    assert (said(result), result.reasons[0].overridable) == ([("TENDER_NOT_ALLOWED", "refuses")], False)


def test_a_tender_of_the_sale_may_be_asked_for_up_to_what_it_gave() -> None:
    purchase = split(("credit", 2000), ("cash", 2000))

    assert went_out(planned(purchase, qty=2, refund_to="cash")) == [("cash", 2000)]
    assert said(planned(purchase, qty=2, refund_to="cash")) == []
    assert said(planned(purchase, qty=3, refund_to="cash")) == [("TENDER_NOT_ALLOWED", "approval")]


def test_piece_by_piece_as_the_customer_wants_it() -> None:
    purchase = split(("credit", 2000), ("cash", 2000))
    pieces = (SendTo(1, 500, "original"), SendTo(2, 1500, "store_credit"))

    result = planned(purchase, qty=2, send_to=pieces)

    assert [(one.of, one.kind, one.amount) for one in result.tenders] == [(1, "credit", 500), (2, "store_credit", 1500)]
    assert said(result) == [("TENDER_NOT_ALLOWED", "approval")]


def test_what_was_not_told_where_to_goes_the_usual_way() -> None:
    result = planned(split(("credit", 2000), ("cash", 2000)), qty=2, send_to=(SendTo(2, 500, "original"),))

    assert (went_out(result), said(result)) == ([("cash", 500), ("credit", 1500)], [])


@pytest.mark.parametrize(
    "pieces", [(SendTo(1, 2001, "original"),), (SendTo(7, 1, "cash"),), (SendTo(1, 1500, ""), SendTo(1, 600, ""))]
)
def test_more_out_of_a_tender_than_it_gave_nobody_may_allow(pieces: tuple[SendTo, ...]) -> None:
    result = planned(split(("credit", 2000), ("cash", 2000)), send_to=pieces)

    assert (said(result), result.reasons[0].overridable) == ([("REFUND_EXCEEDS_PAID", "refuses")], False)


def test_a_small_rest_of_a_gift_card_goes_out_in_cash_on_request_where_the_law_says_so() -> None:
    purchase = bought(sold(1, 400, qty=4), tenders=(paid(1, "gift_card", 400, account="G1"),))
    card = CardAccount("G1", "…0024", "gift_card", 99)
    fuller = CardAccount("G1", "…0024", "gift_card", 100)

    # New York: below 5.00.
    assert said(planned(purchase, cards={"G1": card}, refund_to="cash")) == []
    assert said(planned(purchase, cards={"G1": fuller}, refund_to="cash")) == [("TENDER_NOT_ALLOWED", "approval")]
    assert said(planned(purchase, cards={"G1": card}, refund_to="cash", region="US-TX")) != []
    assert said(planned(purchase, cards={"G1": fuller}, refund_to="cash", cash_out_below=501)) == []
    assert went_out(planned(purchase, cards={"G1": card})) == [("gift_card", 400)]


def test_onto_the_gift_card_of_the_sale_or_one_that_is_named() -> None:
    tenders = (paid(1, "cash", 2000), paid(2, "gift_card", 2000, account="G1"))
    purchase = bought(sold(1, 4000, qty=4), tenders=tenders)
    choice = RefundChoice(id="W", to=frozenset({"gift_card"}))

    assert {one.account for one in planned(purchase, choice, refund_to="gift_card").tenders} == {"G1"}
    named = planned(split(("cash", 4000)), choice, refund_to="gift_card", account="G9")
    assert [(one.kind, one.account) for one in named.tenders] == [("gift_card", "G9")]


@pytest.mark.parametrize("wish", ["credit", "cash", "original"])
def test_a_gift_receipt_gives_store_credit_and_nothing_else(wish: str) -> None:
    result = planned(split(("credit", 4000)), shown_by=ShownBy.GIFT_RECEIPT, refund_to=wish)

    assert went_out(result) == [("store_credit", 4000)]
    assert ("GIFT_RECEIPT", "tender") in said(result)
    for reason in result.reasons:
        if reason.code == "TENDER_NOT_ALLOWED":
            assert reason.remedy is not None
            assert (reason.remedy.code, reason.remedy.change["refund_to"]) == ("STORE_CREDIT", "store_credit")


def test_without_a_sale_it_is_store_credit() -> None:
    result = planned(None, amount=1000)

    assert [(one.kind, one.amount, one.of) for one in result.tenders] == [("store_credit", 1000, 0)]
    assert said(planned(None, amount=1000, refund_to="cash")) == [("TENDER_NOT_ALLOWED", "approval")]


@pytest.mark.parametrize(
    ("region", "until"), [("US-TX", date(2031, 1, 20)), ("US-CA", None), ("SE", date(2027, 1, 20))]
)
def test_store_credit_ends_only_where_the_law_lets_it(region: str, until: date | None) -> None:
    assert planned(None, StoreCreditLasts(id="S", months=12), amount=1000, region=region).store_credit_until == until
    assert planned(None, amount=1000, region=region).store_credit_until is None
    (tender,) = planned(None, StoreCreditLasts(id="S", months=12), amount=1000, region=region).tenders
    assert tender.until == until


def test_cash_for_a_card_is_rounded_and_a_card_never_is() -> None:
    kronor = CashRounding(step=100)
    agreed = Agreed(frozenset({"TENDER_NOT_ALLOWED"}))

    assert planned(split(("credit", 10020)), cash_rounding=kronor).rounding == 0
    result = planned(split(("credit", 10020)), cash_rounding=kronor, refund_to="cash", agreed=agreed)
    assert (went_out(result), result.rounding) == ([("cash", 10000)], -20)


def test_a_rounded_cash_sale_taken_back_as_store_credit_is_what_was_handed_over() -> None:
    purchase = replace(split(("cash", 10020)), rounding=-20, tenders=(paid(1, "cash", 10000),))
    choice = RefundChoice(id="W", to=frozenset({"store_credit"}))

    result = planned(purchase, choice, refund_to="store_credit", cash_rounding=CashRounding(step=100))

    assert (went_out(result), result.rounding) == ([("store_credit", 10000)], -20)
