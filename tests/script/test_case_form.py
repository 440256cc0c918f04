"""Cases a form asks: written as lane scripts that play, and read back as they were asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pos.domain.policy_case import (
    CHEAPEST_FREE,
    EXCHANGE,
    HOUSE_CARD,
    OTHER_SERIAL,
    PAID_BY,
    CaseAsked,
    CasePlayed,
    GoodsAsked,
    PaidAsked,
)
from pos.domain.refusal import Code
from pos.domain.return_decision import Verdict
from pos.script.case_player import ScriptCases
from pos.script.read_case import read_case
from pos.services.policy_file import parse_policy
from pos.wording import Wording
from tests.corner_shop import ITEMS, RULES
from tests.script.playing import settings

EN = Wording("en")
PLAYER = ScriptCases(settings())
BOUGHT, BACK = date(2026, 10, 30), date(2026, 11, 21)
MUG, KETTLE = replace(ITEMS[0], id="MUG", name="Mug"), ITEMS[2]
PHONE = replace(KETTLE, id="PHONE", name="Phone", serial=True)


def case(*goods: GoodsAsked, **said: Any) -> CaseAsked:
    return replace(CaseAsked(goods or (GoodsAsked(KETTLE, 129_900),), BOUGHT, BACK), **said)


def played(asked: CaseAsked, rules: str = "") -> CasePlayed:
    policy = parse_policy(f"policy: 1\nrules:\n{rules}", RULES.currency) if rules else None
    return PLAYER.play(PLAYER.write(asked, RULES), policy, EN)


def codes(one: CasePlayed) -> list[Code]:
    assert one.decision is not None, (one.fault, one.failures, one.refused)
    return [reason.code for reason in one.decision.reasons]


TWO = (GoodsAsked(KETTLE, 129_900, condition="opened"), GoodsAsked(MUG, 19_900, 3, reason="changed_mind"))
CASES = [
    case(),
    case(*TWO, paid=(PaidAsked("cash", 20_000), PaidAsked("credit", 30_000), PaidAsked("credit"))),
    case(*TWO, paid=(PaidAsked("gift_card", 100), PaidAsked("store_credit", 100), PaidAsked("check"))),
    case(GoodsAsked(KETTLE, 129_900), GoodsAsked(KETTLE, 129_900, 2, "worn"), customer=True, tier="gold"),
    case(GoodsAsked(PHONE, 50_000), GoodsAsked(PHONE, 50_000, 2, serial=OTHER_SERIAL)),
    case(GoodsAsked(PHONE, 50_000, serial="")),
    case(proof="none", id_seen=True, before=2),
    case(GoodsAsked(KETTLE, 129_900, missing=("lid",), code_missing=True, facts={"sealed": "no"})),
    case(*TWO, refund_to=EXCHANGE, offer=CHEAPEST_FREE),
    case(refund_to="store_credit", region="SE", offer="10", customer=True, group="b2b"),
    case(GoodsAsked(replace(KETTLE, flags=("clearance",), final_sale=True), 129_900), proof="gift_receipt"),
]


@pytest.mark.parametrize("asked", CASES)
def test_what_a_form_asked_is_read_back_as_it_was_and_plays_as_it_was_kept(asked: CaseAsked) -> None:
    first = played(asked)
    assert not first.fault
    assert not first.failures
    script = PLAYER.write(asked, RULES, first.expectation)
    again = PLAYER.read(script, RULES)
    assert again is not None
    assert PLAYER.write(again, RULES, first.expectation) == script
    assert PLAYER.play(script, None, EN).holds
    assert PLAYER.check(script, EN).expects == 1


def test_every_way_to_pay_can_be_asked_beside_another() -> None:
    for kind in PAID_BY:
        one = played(case(*TWO, paid=(PaidAsked(kind, 10_000), PaidAsked("debit"))))
        assert one.decision is not None, (kind, one)
        assert one.decision.verdict is Verdict.ALLOWED
    assert HOUSE_CARD in PAID_BY


def test_each_line_has_its_own_outcome_and_is_expected_to_keep_it() -> None:
    rules = "  - {id: R1, condition: {accept: [unopened]}}\n"
    one = played(case(*TWO), rules)
    assert one.decision is not None
    assert [line.verdict for line in one.decision.lines] == [Verdict.REFUSED_OVERRIDABLE, Verdict.ALLOWED]
    script = PLAYER.write(case(*TWO), RULES, one.expectation)
    other = rules.replace("unopened", "opened, unopened")
    told = PLAYER.play(script, parse_policy(f"policy: 1\nrules:\n{other}", RULES.currency), EN)
    assert "Line 1, expected: Not returnable. Now: Full refund." in told.failures


def test_what_a_policy_can_ask_for_the_form_can_ask() -> None:
    assert Code.SERIAL_MISMATCH in codes(played(case(GoodsAsked(PHONE, 50_000, serial=OTHER_SERIAL))))
    no_receipt = "  - {id: N1, no_receipt: {limit: {days: 365, times: 2}}}\n"
    asked = case(proof="none", id_seen=True)
    assert Code.NO_RECEIPT_COUNT not in codes(played(asked, no_receipt))
    assert Code.NO_RECEIPT_COUNT in codes(played(replace(asked, before=2), no_receipt))
    whole = "  - {id: V1, promotion: {method: whole_set}}\n"
    missing = '  - {id: M1, missing_part: {parts: [lid], amount: "50.00"}}\n'
    part = played(case(GoodsAsked(KETTLE, 129_900, missing=("lid",))), missing)
    assert part.decision is not None
    assert part.decision.now.refund == 129_900 - 5_000
    set_of_two = case(*TWO, offer=CHEAPEST_FREE)
    assert played(set_of_two, whole).decision is not None
    region = "  - {id: G3, no_return: {}, for: {region: SE}}\n"
    assert Code.NO_RETURN_RIGHT in codes(played(case(region="SE"), region))
    assert Code.NO_RETURN_RIGHT not in codes(played(case(), region))


def test_papers_do_not_break_a_case_the_form_wrote_and_do_one_written_by_hand() -> None:
    kept = PLAYER.write(case(), RULES, {"decision": "allowed", "documents": ["no_such_paper"]})
    assert PLAYER.play(kept, None, EN).holds
    by_hand = kept.replace("steps:\n", "steps:\n  - no_sale: {reason: change}\n")
    assert read_case(by_hand) is None
    assert not PLAYER.play(by_hand, None, EN).holds


def test_what_is_kept_expects_no_papers_and_the_way_to_a_yes() -> None:
    one = played(case(), "  - {id: R1, proof: {accept: [e_receipt]}}\n")
    assert "documents" not in one.expectation
    reasons = one.expectation["reasons"]
    assert isinstance(reasons, list)
    assert [reason["change"] for reason in reasons] == [{"shown_by": "e_receipt"}]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("steps:\n", "stock: {MUG: '3'}\nsteps:\n"),
        ('as: "bought"', 'as: "bought", gift_receipt: "true"'),
        ("lane: 1", "lane: 2"),
        ('pin: "471100"', 'pin: "471199"'),
        ('currency: "CZK"', 'currency: "USD"'),
        ("T15:00", "T16:00"),
    ],
)
def test_what_the_form_cannot_show_is_not_read(old: str, new: str) -> None:
    script = PLAYER.write(case(), RULES)
    assert PLAYER.read(script, RULES) is not None
    assert old in script
    assert PLAYER.read(script.replace(old, new), RULES) is None
    assert PLAYER.read("no: [script", RULES) is None


def test_a_case_without_a_receipt_may_hold_cards_nobody_paid_with() -> None:
    script = PLAYER.write(case(proof="none"), RULES)
    card = 'gift_cards:\n  - {number: "6006490000000000024", kind: "gift_card", balance: "2598.00"}\nstaff:'
    bare = PLAYER.read(script, RULES)
    assert bare is not None
    assert PLAYER.read(script.replace("staff:", card), RULES) == bare
    known = PLAYER.write(case(), RULES)
    assert PLAYER.read(known.replace("staff:", card), RULES) is None


def test_a_case_of_the_shops_own_scripts_is_read_or_not_but_never_crashes() -> None:
    for file in sorted(Path("docs/policies").glob("*.play.yaml")):
        PLAYER.read(file.read_text("utf-8"), RULES)
