"""The decision of a return: hard stops, every kind of rule, what a yes changes, and what is offered instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import Quantity, Unit
from pos.domain.policy_rule import Rule, Scope
from pos.domain.purchase import Purchase, SoldTerms
from pos.domain.refund_rules import RefundTo
from pos.domain.refusal import Code
from pos.domain.return_case import Agreed, CardAccount, CustomerFacts, PastReturn
from pos.domain.return_decision import Decision, Effect, Reason, Verdict
from pos.domain.return_request import IdShown, ShownBy
from pos.domain.return_rules import (
    Answer,
    Approval,
    ConditionRule,
    CountLimit,
    ExchangeLimit,
    ExchangeOnly,
    FinalSale,
    Goodwill,
    IdRule,
    LateStep,
    MissingCode,
    MissingParts,
    NonReturnable,
    NoReceipt,
    NoReturn,
    OtherSeller,
    Per,
    ProofRule,
    Question,
    Rolling,
    Window,
)
from pos.domain.return_value_rules import MissingPart, PromotionMethod, PromotionReturn, RestockingFee
from pos.domain.returning import better, decide, last_return_day
from pos.domain.stored_value import StoredAct, StoredValue
from pos.wording import Wording
from tests.domain.purchases import asked, bought, case_of, goods, paid, policy, sold

ANN = IdShown("driving_licence", "hash-of-ann", "7788")


def judged(purchase: Purchase | None, *lines: Any, rules: tuple[Rule, ...] = (), **more: Any) -> Decision:
    """The decision in a place whose law says nothing."""
    more.setdefault("region", "US-TX")
    return decide(case_of(purchase, *lines, **more), policy(*rules))


def codes(decision: Decision) -> list[Code]:
    return [reason.code for reason in decision.reasons]


def only(decision: Decision) -> Reason:
    (reason,) = decision.reasons
    return reason


def later(days: int) -> datetime:
    return datetime(2026, 1, 10, 12, 0, tzinfo=UTC) + (date(2026, 1, 11) - date(2026, 1, 10)) * days


NO = frozenset({"no"})
KETTLE = sold(1, 3000, tax=266, item="KETTLE", name="Kettle", category="home")
TWO_CUPS = sold(2, 2000, qty=2, item="CUP", name="Cup", category="home")
SALE = bought(KETTLE, TWO_CUPS, tenders=(paid(1, "credit", 5266),))


def test_without_rules_whatever_a_known_sale_still_holds_comes_back_as_it_was_paid() -> None:
    decision = judged(SALE, asked(1), asked(2, 2), now=later(4000))

    assert (decision.verdict, decision.reasons, decision.if_approved) == (Verdict.ALLOWED, (), None)
    assert (decision.now.merchandise, decision.now.tax, decision.now.refund) == (5000, 266, 5266)
    assert [(one.kind, one.amount) for one in decision.now.tenders] == [("credit", 5266)]


def test_goods_of_no_known_sale_do_not_come_back_where_no_rule_takes_them() -> None:
    decision = judged(None, asked(item="CUP"), goods={"CUP": goods("CUP", 1000)})

    assert (decision.verdict, codes(decision)) == (Verdict.REFUSED, [Code.NO_RECEIPT])
    assert (decision.now.refund, decision.if_approved, decision.approvals_needed) == (0, None, ())


BACK = sold(1, 3000, qty=3, returned=3000, returned_net=3000, item="CUP", name="Cup")
PART = sold(1, 3000, qty=3, returned=1000, returned_net=1000, item="CUP", name="Cup")
SERIAL = sold(1, 29900, item="PHONE", name="Phone", serials=("A1",))
TWO_SERIALS = sold(
    1, 59800, qty=2, item="PHONE", name="Phone", serials=("A1", "A2"), back_serials=("A1",), returned=1000
)
CARD = sold(1, 5000, item="GIFT", name="Gift card", stored=StoredValue(StoredAct.SELL, "card-9", "•••• 0024"))


@pytest.mark.parametrize(
    ("purchase", "line", "code"),
    [
        (bought(BACK), asked(1), Code.ALREADY_RETURNED),
        (bought(PART), asked(1, 3), Code.QTY_EXCEEDS_SOLD),
        (bought(SERIAL), asked(1, serial="B7"), Code.SERIAL_MISMATCH),
        (bought(SERIAL), asked(1), Code.SERIAL_REQUIRED),
        (bought(TWO_SERIALS), asked(1, serial="A1"), Code.ALREADY_RETURNED),
        (bought(CARD), asked(1), Code.GIFT_CARD_USED),
        (SALE, asked(9), Code.LINE_UNKNOWN),
        (SALE, asked(1, item="CUP"), Code.ITEM_MISMATCH),
        (SALE, asked(item="TOASTER"), Code.ITEM_MISMATCH),
        (SALE, asked(1, quantity=Quantity(500)), Code.QUANTITY_INVALID),
        (SALE, asked(1, 0), Code.QUANTITY_INVALID),
        (replace(SALE, voided=True), asked(1), Code.SALE_VOIDED),
        (replace(SALE, training=True), asked(1), Code.RECEIPT_OF_TRAINING),
    ],
)
def test_a_hard_stop_is_nobodys_to_override(purchase: Purchase, line: Any, code: Code) -> None:
    used = CardAccount("card-9", "•••• 0024", "gift_card", 1200, used=True)
    yes = Agreed(frozenset(Code))
    for agreed in (None, yes):
        decision = judged(purchase, line, cards={"card-9": used}, agreed=agreed)
        assert (decision.verdict, decision.if_approved, decision.now.refund) == (Verdict.REFUSED, None, 0)
        assert code in codes(decision)
        assert not any(reason.overridable for reason in decision.reasons)


def test_a_gift_card_that_was_not_used_comes_back() -> None:
    whole = CardAccount("card-9", "•••• 0024", "gift_card", 5000)

    assert judged(bought(CARD), asked(1), cards={"card-9": whole}).verdict is Verdict.ALLOWED


def test_weighed_goods_come_back_in_part() -> None:
    bananas = sold(1, 250, item="BANANA", quantity=Quantity(1250, Unit.LB))

    decision = judged(bought(bananas), asked(1, quantity=Quantity(500, Unit.LB)))

    assert (decision.verdict, decision.now.refund) == (Verdict.ALLOWED, 100)


def test_two_wishes_for_one_line_are_counted_together() -> None:
    decision = judged(SALE, asked(2, 1), asked(2, 2))

    assert [line.verdict for line in decision.lines] == [Verdict.ALLOWED, Verdict.REFUSED]
    assert (decision.verdict, decision.now.refund) == (Verdict.PARTIAL, 1000)


def test_a_line_is_found_by_its_item() -> None:
    decision = judged(SALE, asked(item="CUP"))

    assert (decision.lines[0].line, decision.now.refund) == (2, 1000)


def test_goods_of_an_even_exchange_come_back_for_the_old_line() -> None:
    shirt = sold(1, 2500, item="SHIRT-M", exchanged=1, terms=SoldTerms(family="SHIRT"))
    known = {"SHIRT-L": goods("SHIRT-L", 2700, terms=SoldTerms(family="SHIRT"))}
    for line in (asked(1, item="SHIRT-L"), asked(item="SHIRT-L")):
        assert judged(bought(shirt), line, goods=known).now.refund == 2500
    never = replace(shirt, exchanged=0)
    assert codes(judged(bought(never), asked(1, item="SHIRT-L"), goods=known)) == [Code.ITEM_MISMATCH]


# --- Kinds of rules ---------------------------------------------------------------------------------------------------

HOME = Scope(categories=frozenset({"home"}))


@pytest.mark.parametrize(
    ("rule", "line", "code", "verdict"),
    [
        (FinalSale(id="R", scope=HOME), {}, Code.FINAL_SALE, Verdict.REFUSED_OVERRIDABLE),
        (FinalSale(id="R", scope=HOME, override=None), {}, Code.FINAL_SALE, Verdict.REFUSED),
        (NonReturnable(id="R", scope=HOME), {}, Code.NON_RETURNABLE_CATEGORY, Verdict.REFUSED_OVERRIDABLE),
        (NoReturn(id="R", answer=Answer.EXCHANGE), {}, Code.NO_RETURN_RIGHT, Verdict.EXCHANGE_ONLY),
        (OtherSeller(id="R", scope=HOME, override=None), {}, Code.OTHER_SELLER, Verdict.REFUSED),
        (ExchangeOnly(id="R", answer=Answer.SAME_FAMILY), {}, Code.EXCHANGE_ONLY, Verdict.EXCHANGE_ONLY),
        (
            ConditionRule(id="R", accept=frozenset({"unopened"}), answer=Answer.SAME_ITEM),
            {"condition": "opened"},
            Code.OPENED_NOT_RETURNABLE,
            Verdict.EXCHANGE_ONLY,
        ),
        (
            ConditionRule(id="R", accept=frozenset({"unopened", "opened"}), answer=Answer.MANAGER),
            {"condition": "worn"},
            Code.CONDITION_NOT_ACCEPTED,
            Verdict.NEEDS_APPROVAL,
        ),
        (
            ConditionRule(id="R", accept=frozenset({"unopened"}), noted=True),
            {},
            Code.CONDITION_UNKNOWN,
            Verdict.REFUSED_OVERRIDABLE,
        ),
        (MissingCode(id="R"), {"code_missing": True}, Code.MISSING_UPC, Verdict.EXCHANGE_ONLY),
        (MissingParts(id="R"), {"missing": ("lid",)}, Code.MISSING_PARTS, Verdict.REFUSED_OVERRIDABLE),
        (Question(id="R", ask="repair_tried"), {}, Code.ANSWER_NOT_ACCEPTED, Verdict.REFUSED_OVERRIDABLE),
        (Question(id="R", ask="used", wanted=NO), {}, Code.ANSWER_NOT_ACCEPTED, Verdict.REFUSED_OVERRIDABLE),
        (
            Question(id="R", ask="used", wanted=NO),
            {"facts": {"used": "yes"}},
            Code.ANSWER_NOT_ACCEPTED,
            Verdict.REFUSED_OVERRIDABLE,
        ),
        (Approval(id="R"), {}, Code.RETURN_APPROVAL, Verdict.NEEDS_APPROVAL),
        (Approval(id="R", above=3000), {}, Code.RETURN_AMOUNT_LIMIT, Verdict.NEEDS_APPROVAL),
        (Approval(id="R", same_cashier=True), {}, Code.RETURN_SAME_CASHIER, Verdict.NEEDS_APPROVAL),
        (Approval(id="R", own=True), {}, Code.RETURN_OWN, Verdict.NEEDS_APPROVAL),
        (Approval(id="R", within=20_000), {}, Code.RETURN_SOON, Verdict.NEEDS_APPROVAL),
        (
            Approval(id="R", facts=(("looks_used", "yes"),)),
            {"facts": {"looks_used": "true"}},
            Code.RETURN_APPROVAL,
            Verdict.NEEDS_APPROVAL,
        ),
        (IdRule(id="R"), {}, Code.ID_REQUIRED, Verdict.REFUSED_OVERRIDABLE),
        (IdRule(id="R", above=3265), {}, Code.ID_REQUIRED, Verdict.REFUSED_OVERRIDABLE),
        (Window(id="R", days=5), {}, Code.WINDOW_EXPIRED, Verdict.REFUSED_OVERRIDABLE),
        (
            Window(id="R", days=5, after=(LateStep(Answer.MANAGER),)),
            {},
            Code.WINDOW_EXPIRED,
            Verdict.NEEDS_APPROVAL,
        ),
        (Window(id="R", days=5, after=(LateStep(Answer.EXCHANGE),)), {}, Code.WINDOW_EXPIRED, Verdict.EXCHANGE_ONLY),
    ],
)
def test_each_kind_of_rule_has_its_reason_and_a_yes_where_somebody_may_give_it(
    rule: Rule, line: dict[str, Any], code: Code, verdict: Verdict
) -> None:
    purchase = replace(SALE, operator="101")
    decision = judged(purchase, asked(1, **line), rules=(rule,), own_purchase=True)

    assert (decision.verdict, codes(decision), only(decision).rule) == (verdict, [code], "R")
    assert decision.now.refund == 0
    assert decision.lines[0].reasons == decision.reasons
    without = judged(purchase, asked(1, **line))
    assert (without.verdict, without.now.refund) == (Verdict.ALLOWED, 3266)
    if verdict is Verdict.REFUSED:
        assert decision.if_approved is None
        return
    assert decision.if_approved is not None
    assert decision.if_approved.refund == 3266
    (needed,) = decision.approvals_needed
    assert (needed.code, needed.options) == (code, (("as_asked", 3266), ("store_credit", 3266), ("exchange", 3266)))
    agreed = judged(
        purchase, asked(1, **line), rules=(rule,), own_purchase=True, agreed=Agreed(frozenset({code.value}))
    )
    assert (agreed.verdict, agreed.now) == (Verdict.ALLOWED, decision.if_approved)
    assert [reason.effect for reason in agreed.reasons] == [Effect.NOTE]


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        (FinalSale(id="R"), {}),
        (NonReturnable(id="R", scope=Scope(categories=frozenset({"food"}))), {}),
        (ConditionRule(id="R", accept=frozenset({"unopened"})), {}),
        (ConditionRule(id="R", accept=frozenset({"unopened"})), {"condition": "unopened"}),
        (MissingCode(id="R"), {}),
        (MissingParts(id="R"), {}),
        (Question(id="R", ask="repair_tried"), {"facts": {"repair_tried": "true"}}),
        (Question(id="R", ask="used", wanted=NO), {"facts": {"used": "no"}}),
        (Question(id="R", ask="used", wanted=NO), {"facts": {"used": "False"}}),
        (Approval(id="R", above=3266), {}),
        (Approval(id="R", same_cashier=True), {}),
        (Approval(id="R", own=True), {}),
        (Approval(id="R", within=5), {}),
        (IdRule(id="R", above=3266), {}),
        (Window(id="R", days=10), {}),
        (ProofRule(id="R", accept=frozenset({"receipt"})), {}),
        (ExchangeLimit(id="R", times=0), {}),
    ],
)
def test_a_rule_that_does_not_fit_says_nothing(rule: Rule, line: dict[str, Any]) -> None:
    decision = judged(SALE, asked(1, **line), rules=(rule,))

    assert (decision.verdict, decision.reasons) == (Verdict.ALLOWED, ())


def test_what_will_be_asked_hides_no_last_day_from_the_receipt() -> None:
    rules = policy(Window(id="W", days=30), Question(id="Q", ask="used", wanted=NO))
    assert last_return_day(SALE, KETTLE, rules) == SALE.day + timedelta(days=30)


def test_a_sale_of_a_moment_ago_is_told_on_the_shops_clock() -> None:
    prague = timezone(timedelta(hours=1))
    now = datetime(2026, 1, 10, 11, 10, tzinfo=prague)

    decision = judged(SALE, asked(1), rules=(Approval(id="R", within=15),), now=now)

    assert (only(decision).value, only(decision).facts["at"]) == (10, datetime(2026, 1, 10, 11, 0, tzinfo=prague))
    assert Wording("cs").return_reason(only(decision)).endswith("v 11:00.")


def test_a_final_sale_is_what_the_receipt_calls_one() -> None:
    final = bought(replace(KETTLE, terms=SoldTerms(final_sale=True)), TWO_CUPS)

    assert codes(judged(final, asked(1), rules=(FinalSale(id="R"),))) == [Code.FINAL_SALE]
    assert codes(judged(final, asked(2), rules=(FinalSale(id="R"),))) == []


def test_the_proof_ladder() -> None:
    rule = ProofRule(id="R", accept=frozenset({"receipt", "card_lookup"}))

    shown = judged(SALE, asked(1), rules=(rule,), shown_by=ShownBy.CARD_LOOKUP)
    nothing = judged(SALE, asked(1), rules=(rule,), shown_by=ShownBy.NONE)

    assert shown.verdict is Verdict.ALLOWED
    assert codes(nothing) == [Code.RECEIPT_REQUIRED]
    remedy = only(nothing).remedy
    assert remedy is not None
    assert remedy.change == {"shown_by": "receipt"}


def test_late_goods_are_worth_store_credit_and_later_the_lowest_price() -> None:
    rule = Window(
        id="R",
        days=30,
        after=(LateStep(Answer.STORE_CREDIT, days=60), LateStep(Answer.LOWEST)),
    )
    cheap = {"KETTLE": goods("KETTLE", 2900, prices=((date(2026, 2, 1), 1500), (date(2026, 2, 8), 2900)))}
    found = [judged(SALE, asked(1), rules=(rule,), goods=cheap, now=later(days)) for days in (30, 31, 60, 61)]

    assert [[one.kind for one in each.now.tenders] for each in found] == [
        ["credit"],
        ["store_credit"],
        ["store_credit"],
        ["store_credit"],
    ]
    assert [each.now.refund for each in found] == [3266, 3266, 3266, 1633]
    assert [codes(each)[:1] for each in found] == [[], *[[Code.LATE_STORE_CREDIT]] * 3]
    late = found[1].reasons[0]
    assert (late.effect, late.value, late.limit) == (Effect.TENDER, 31, 30)


def test_missing_parts_are_deducted_where_they_have_a_price() -> None:
    rules = (MissingParts(id="R"), MissingPart(id="P", parts=frozenset({"lid"}), amount=500))

    priced = judged(SALE, asked(1, missing=("lid",)), rules=rules)
    other = judged(SALE, asked(1, missing=("lid", "base")), rules=rules)

    assert (priced.verdict, priced.now.refund) == (Verdict.ALLOWED, 2766)
    assert codes(other) == [Code.MISSING_PARTS]
    assert other.reasons[0].facts["parts"] == ("base",)


def test_a_yes_to_missing_parts_gives_away_none_that_has_a_price() -> None:
    rules = (MissingParts(id="R"), MissingPart(id="P", parts=frozenset({"lid"}), amount=500))
    base_and_lid, lid = asked(1, missing=("lid", "base")), asked(2, missing=("lid",))
    yes = Agreed(frozenset({Code.MISSING_PARTS.value}))

    before, agreed = (judged(SALE, base_and_lid, lid, rules=rules, agreed=one) for one in (None, yes))

    assert [(one.code, one.line, one.value) for one in before.approvals_needed] == [(Code.MISSING_PARTS, 1, "base")]
    for amounts in (before.if_approved, agreed.now):
        assert amounts is not None
        assert [(one.line, [kept.amount for kept in one.deductions]) for one in amounts.lines] == [
            (1, [500]),
            (2, [500]),
        ]


def test_the_most_specific_rule_of_a_kind_speaks_and_the_earlier_on_a_tie() -> None:
    loose = ConditionRule(id="A", accept=frozenset({"unopened", "opened"}))
    strict = ConditionRule(id="B", accept=frozenset({"unopened"}), scope=HOME)
    other = ConditionRule(id="C", accept=frozenset(), scope=HOME)

    decision = judged(SALE, asked(1, condition="opened"), rules=(loose, strict, other))

    assert only(decision).rule == "B"
    assert only(decision).facts["before"] == ("A", "C")


def test_all_reasons_are_kept_those_of_milder_rules_too() -> None:
    rules = (
        Window(id="R1", days=5),
        ConditionRule(id="R2", accept=frozenset({"unopened"}), answer=Answer.MANAGER),
        FinalSale(id="R3", scope=HOME, override=None),
        MissingCode(id="R4"),
    )
    decision = judged(SALE, asked(1, condition="opened", code_missing=True), rules=rules)

    assert decision.verdict is Verdict.REFUSED
    assert [reason.rule for reason in decision.reasons] == ["R1", "R3", "R2", "R4"]
    assert decision.approvals_needed == ()


def test_some_lines_go_now_and_the_others_wait() -> None:
    rules = (Approval(id="R", scope=Scope(items=frozenset({"KETTLE"}))),)

    decision = judged(SALE, asked(1), asked(2, 2), rules=rules)

    assert (decision.verdict, decision.now.refund) == (Verdict.PARTIAL, 2000)
    assert [line.verdict for line in decision.lines] == [Verdict.NEEDS_APPROVAL, Verdict.ALLOWED]
    assert decision.if_approved is not None
    assert decision.if_approved.refund == 5266
    assert [(one.code, one.line) for one in decision.approvals_needed] == [(Code.RETURN_APPROVAL, 1)]


def test_all_or_nothing_pays_nothing_while_a_line_waits() -> None:
    rules = (Approval(id="R", scope=Scope(items=frozenset({"KETTLE"}))),)

    decision = judged(SALE, asked(1), asked(2, 2), rules=rules, whole=True)

    assert (decision.verdict, decision.now.refund) == (Verdict.NEEDS_APPROVAL, 0)
    whole = next(reason for reason in decision.reasons if reason.code is Code.WHOLE_ONLY)
    assert whole.remedy is not None
    assert whole.remedy.change == {"leave_out": (0,)}
    assert decision.if_approved is not None
    assert decision.if_approved.refund == 5266
    agreed = judged(SALE, asked(1), asked(2, 2), rules=rules, whole=True, agreed=Agreed(frozenset({"RETURN_APPROVAL"})))
    assert agreed.now.refund == 5266


def test_a_yes_may_lead_to_what_needs_the_next_one() -> None:
    rules = (Window(id="R1", days=5, scope=Scope(items=frozenset({"KETTLE"}))), Approval(id="R2", above=4000))

    decision = judged(SALE, asked(1), asked(2, 2), rules=rules)

    assert decision.now.refund == 2000
    assert decision.if_approved is not None
    assert decision.if_approved.refund == 5266
    assert [one.code for one in decision.approvals_needed] == [Code.WINDOW_EXPIRED, Code.RETURN_AMOUNT_LIMIT]


# --- Exchanges --------------------------------------------------------------------------------------------------------


def test_what_may_only_be_exchanged_is_no_hindrance_in_an_exchange() -> None:
    rules = (ConditionRule(id="R", accept=frozenset({"unopened"}), answer=Answer.SAME_ITEM),)
    opened = asked(1, condition="opened")

    alone = judged(SALE, opened, rules=rules)
    same = judged(SALE, opened, rules=rules, exchange=True, new_items=("KETTLE",), new_total=3266)
    other = judged(SALE, opened, rules=rules, exchange=True, new_items=("TOASTER",), new_total=3266)

    assert (alone.verdict, alone.exchange) == (Verdict.EXCHANGE_ONLY, "same_item")
    assert (same.verdict, [(one.kind, one.amount) for one in same.now.tenders]) == (
        Verdict.ALLOWED,
        [("exchange", 3266)],
    )
    assert other.verdict is Verdict.REFUSED_OVERRIDABLE


def test_another_size_of_the_same_thing() -> None:
    shirt = sold(1, 2500, item="SHIRT-M", terms=SoldTerms(family="SHIRT"))
    known = {"SHIRT-L": goods("SHIRT-L", 2500, terms=SoldTerms(family="SHIRT")), "HAT": goods("HAT", 2500)}
    rules = (ExchangeOnly(id="R", answer=Answer.SAME_FAMILY),)
    sizes = [
        judged(bought(shirt), asked(1), rules=rules, goods=known, exchange=True, new_items=(item,)).verdict
        for item in ("SHIRT-L", "HAT")
    ]
    assert sizes == [Verdict.ALLOWED, Verdict.REFUSED_OVERRIDABLE]


def test_a_unit_is_exchanged_as_often_and_as_long_as_the_policy_says() -> None:
    once = ExchangeLimit(id="L", times=1, days=365)
    mattress = replace(SALE, lines=(replace(KETTLE, exchanged=1), TWO_CUPS))

    assert codes(judged(SALE, asked(1), rules=(once,), exchange=True)) == []
    assert codes(judged(mattress, asked(1), rules=(once,), exchange=True)) == [Code.EXCHANGE_LIMIT]
    assert codes(judged(mattress, asked(1), rules=(once,))) == []
    assert codes(judged(mattress, asked(1), rules=(ExchangeOnly(id="R"), once))) == [
        Code.EXCHANGE_ONLY,
        Code.EXCHANGE_LIMIT,
    ]
    late = judged(SALE, asked(1), rules=(once,), exchange=True, now=later(366))
    assert codes(late) == [Code.WINDOW_EXPIRED]


# --- Without a receipt, and over a while ------------------------------------------------------------------------------

CUP = {"CUP": goods("CUP", 2000, name="Cup")}


def past(day: date, amount: int, *keys: str, with_receipt: bool = False, pieces: int = 1) -> PastReturn:
    return PastReturn(day, amount, pieces, with_receipt, frozenset(keys))


def test_without_a_receipt_an_identity_document_and_store_credit() -> None:
    rules = (NoReceipt(id="N"),)

    nameless = judged(None, asked(item="CUP"), rules=rules, goods=CUP)
    shown = judged(None, asked(item="CUP"), rules=rules, goods=CUP, id_shown=ANN)

    assert (nameless.verdict, codes(nameless)) == (Verdict.REFUSED_OVERRIDABLE, [Code.ID_REQUIRED])
    assert only(nameless).remedy is not None
    assert (shown.verdict, [(one.kind, one.amount) for one in shown.now.tenders]) == (
        Verdict.ALLOWED,
        [("store_credit", 2000)],
    )


@pytest.mark.parametrize(
    ("limit", "earlier", "code"),
    [
        # 100 in 365 days for one identity document.
        (Rolling(365, amount=10_000), [past(date(2025, 6, 1), 8_000, "hash-of-ann")], None),
        (Rolling(365, amount=10_000), [past(date(2025, 6, 1), 8_001, "hash-of-ann")], Code.NO_RECEIPT_LIMIT),
        (Rolling(365, amount=10_000), [past(date(2025, 1, 20), 8_001, "hash-of-ann")], None),
        (Rolling(365, amount=10_000), [past(date(2025, 1, 21), 8_001, "hash-of-ann")], Code.NO_RECEIPT_LIMIT),
        (Rolling(365, amount=10_000), [past(date(2025, 6, 1), 8_001, "hash-of-bob")], None),
        (Rolling(365, amount=10_000), [past(date(2025, 6, 1), 8_001, "hash-of-ann", with_receipt=True)], None),
        # Twice a year.
        (Rolling(365, times=2), [past(date(2025, 6, 1), 1, "hash-of-ann")], None),
        (Rolling(365, times=2), [past(date(2025, 6, 1), 1, "hash-of-ann")] * 2, Code.NO_RECEIPT_COUNT),
        (Rolling(365, pieces=3), [past(date(2025, 6, 1), 1, "hash-of-ann", pieces=3)], Code.NO_RECEIPT_COUNT),
    ],
)
def test_limits_without_a_receipt(limit: Rolling, earlier: list[PastReturn], code: Code | None) -> None:
    rules = (NoReceipt(id="N", limits=(limit,)),)

    decision = judged(None, asked(item="CUP"), rules=rules, goods=CUP, id_shown=ANN, past=tuple(earlier))

    assert [one for one in codes(decision) if one is not Code.NO_RECEIPT_VALUE] == ([code] if code else [])
    assert decision.verdict is (Verdict.REFUSED_OVERRIDABLE if code else Verdict.ALLOWED)


def test_a_count_that_is_only_said_stops_nothing() -> None:
    customer = CustomerFacts("C1")
    earlier = (past(date(2026, 1, 5), 500, "C1", with_receipt=True),)
    limit = CountLimit(id="K", limit=Rolling(30, times=1), per=frozenset({Per.CUSTOMER}))

    stops = judged(SALE, asked(1), rules=(limit,), customer=customer, past=earlier)
    notes = judged(SALE, asked(1), rules=(replace(limit, note=True),), customer=customer, past=earlier)
    stranger = judged(SALE, asked(1), rules=(limit,), past=earlier)

    assert (stops.verdict, codes(stops)) == (Verdict.REFUSED_OVERRIDABLE, [Code.RETURN_COUNT_LIMIT])
    assert (notes.verdict, [one.effect for one in notes.reasons]) == (Verdict.ALLOWED, [Effect.NOTE])
    assert stranger.reasons == ()


@given(total=st.integers(0, 9_000), least=st.booleans(), agreed_to=st.booleans())
def test_an_exchange_for_the_same_or_more(total: int, least: bool, agreed_to: bool) -> None:
    """The kettle with its tax is 3,266, and only where a rule asks for it what is taken has to come to that."""
    rule = ExchangeOnly(id="X", same_or_more=least)
    agreed = Agreed(frozenset({Code.EXCHANGE_WORTH.value})) if agreed_to else None
    swap = {"exchange": True, "new_items": ("TOASTER",), "new_total": total}

    decision = judged(SALE, asked(1), rules=(rule,), agreed=agreed, **swap)
    said = [one for one in decision.reasons if one.code is Code.EXCHANGE_WORTH]

    assert bool(said) == (least and total < 3266)
    assert [(one.value, one.limit) for one in said] == [(total, 3266)] * len(said)
    assert (decision.verdict is Verdict.ALLOWED) == (not said or agreed_to)


# --- Money without goods ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "rules", "verdict", "found"),
    [
        (500, (), Verdict.NEEDS_APPROVAL, [Code.GOODWILL_LIMIT]),
        (500, (Goodwill(id="G", most=500),), Verdict.ALLOWED, []),
        (501, (Goodwill(id="G", most=500),), Verdict.NEEDS_APPROVAL, [Code.GOODWILL_LIMIT]),
        (501, (Goodwill(id="G", most=500, answer=Answer.DENY, override=None),), Verdict.REFUSED, [Code.GOODWILL_LIMIT]),
        (527, (Goodwill(id="G", share=100_000),), Verdict.NEEDS_APPROVAL, [Code.GOODWILL_LIMIT]),
        (526, (Goodwill(id="G", share=100_000),), Verdict.ALLOWED, []),
        (5267, (Goodwill(id="G"),), Verdict.REFUSED, [Code.REFUND_EXCEEDS_PAID]),
        (500, (Goodwill(id="G", most=500, days=10),), Verdict.ALLOWED, []),
        (500, (Goodwill(id="G", most=500, days=9),), Verdict.NEEDS_APPROVAL, [Code.GOODWILL_LATE]),
        (501, (Goodwill(id="G", most=500, days=0),), Verdict.NEEDS_APPROVAL, [Code.GOODWILL_LATE, Code.GOODWILL_LIMIT]),
        (
            *(500, (Goodwill(id="G", days=0, answer=Answer.DENY, override=None),)),
            *(Verdict.REFUSED, [Code.GOODWILL_LATE]),
        ),
    ],
)
def test_money_without_goods(amount: int, rules: tuple[Rule, ...], verdict: Verdict, found: list[Code]) -> None:
    decision = judged(SALE, amount=amount, rules=rules)

    assert (decision.verdict, codes(decision)) == (verdict, found)
    assert decision.now.refund == (amount if verdict is Verdict.ALLOWED else 0)


def test_money_without_goods_is_judged_by_the_rule_that_speaks_of_it() -> None:
    """Rules about goods say nothing of it, and one about a reason only speaks of that."""
    rules = (
        Goodwill(id="ANY", most=100),
        Goodwill(id="PRICE", most=500, scope=Scope(reasons=frozenset({"price_error"}))),
        Goodwill(id="GOODS", most=5000, scope=Scope(categories=frozenset({"home"}), price_below=10_000)),
    )

    other = judged(SALE, amount=500, rules=rules)
    price = judged(SALE, amount=501, reason="price_error", rules=rules)

    assert [one.rule for one in other.reasons] == ["ANY"]
    assert [one.rule for one in price.reasons] == ["PRICE"]


def test_money_without_goods_goes_out_by_no_rule_about_goods() -> None:
    of_goods = RefundTo(id="T", of=frozenset({"cash"}), to="store_credit", scope=Scope(categories=frozenset({"home"})))
    of_prices = replace(of_goods, scope=Scope(reasons=frozenset({"price_error"})))
    cash = bought(sold(1, 5000), tenders=(paid(1, "cash", 5000),))

    def kinds(rule: Rule) -> list[str]:
        given = (Goodwill(id="G", most=500), rule)
        return [one.kind for one in judged(cash, amount=500, reason="price_error", rules=given).now.tenders]

    assert kinds(of_goods) == ["cash"]
    assert kinds(of_prices) == ["store_credit"]


def test_a_request_for_nothing_and_money_for_an_unknown_sale_are_refused() -> None:
    assert codes(judged(SALE)) == [Code.RETURN_EMPTY]
    assert codes(judged(None, amount=100)) == [Code.NO_RECEIPT]


# --- Whichever is better ----------------------------------------------------------------------------------------------


def test_the_better_of_two_versions() -> None:
    case = replace(case_of(SALE, asked(1, condition="opened")), region="US-TX")
    strict = decide(case, policy(Window(id="R", days=5)))
    fee = decide(case, policy(RestockingFee(id="F", percent_millionths=150_000)))
    plain = decide(case, policy())

    assert better(strict, fee) is fee
    assert better(fee, plain) is plain
    assert better(plain, fee) is plain


def test_a_set_comes_back_whole() -> None:
    pair = bought(
        sold(1, 3000, off=(("PAIR", 1200),)), sold(2, 2000, off=(("PAIR", 800),)), tenders=(paid(1, "cash", 3000),)
    )
    rules = (PromotionReturn(id="P", method=PromotionMethod.WHOLE_SET),)

    half = judged(pair, asked(1), rules=rules)
    whole = judged(pair, asked(1), asked(2), rules=rules)

    assert codes(half) == [Code.PROMO_SET_INCOMPLETE]
    assert (whole.verdict, whole.now.refund) == (Verdict.ALLOWED, 3000)


def test_the_words_of_a_rule_come_with_its_reason() -> None:
    rule = Window(id="R", days=5, words=(("cashier", "Ours."),))

    assert only(judged(SALE, asked(1), rules=(rule,))).said("cashier", "cs") == "Ours."


def test_what_only_leads_to_store_credit_offers_no_remedy_that_nobody_tried() -> None:
    """The goods come back either way: an answer that changes no verdict is not offered as a way to a yes."""
    question = Question(id="R", ask="tagged", wanted=frozenset({"yes"}), answer=Answer.STORE_CREDIT)
    case = case_of(bought(sold(1, 1000), region="US-TX"), asked(1), region="US-TX")

    for rules in ([question], [question, ProofRule(id="P", accept=frozenset({"e_receipt"}))]):
        said = [one for one in decide(case, policy(*rules)).reasons if one.rule == "R"]
        assert [(one.effect, one.remedy) for one in said] == [(Effect.TENDER, None)]
