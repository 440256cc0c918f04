"""Rules of value and refund in the file of a policy: what cannot be meant is refused with its line."""

from __future__ import annotations

import pytest

from pos.domain.policy_rule import Rule, Scope
from pos.domain.refund_rules import CheckHold, Precedence, RefundChoice, RefundPrecedence, RefundTo
from pos.domain.return_value_rules import FeeTax, NoReceiptValue, RestockingFee
from pos.services.policy_file import parse_policy
from pos.strict_yaml import FileFault


def read(body: str) -> Rule:
    (rule,) = parse_policy(f"policy: 1\nrules:\n  - {{id: R1, {body}}}\n", "USD").rules
    return rule


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (
            'restocking_fee: {percent: "15", tax: fee_taxed, unless: [unopened, defective], unless_regions: US-OH}',
            RestockingFee(
                id="R1",
                percent_millionths=150_000,
                tax=FeeTax.FEE_TAXED,
                unless=frozenset({"unopened", "defective"}),
                unless_regions=frozenset({"US-OH"}),
            ),
        ),
        (
            'restocking_fee: {amount: "45.00"}, for: {flag: activatable}',
            RestockingFee(id="R1", amount=4500, scope=Scope(flags=frozenset({"activatable"}))),
        ),
        (
            'refund_tender: {of: cash, to: cash, limit: "750.00", above: mailed_check}',
            RefundTo(id="R1", of=frozenset({"cash"}), to="cash", limit=75_000),
        ),
        (
            "refund_order: {order: classes, classes: [cash, house_card]}",
            RefundPrecedence(id="R1", order=Precedence.CLASSES, classes=("cash", "house_card")),
        ),
        ("check_hold: {days: 10, meanwhile: wait}", CheckHold(id="R1", days=10, meanwhile="")),
        ("refund_choice: {}, override: none", RefundChoice(id="R1", override=None)),
        ('no_receipt_value: {days: 365, cash_below: "25.00"}', NoReceiptValue(id="R1", days=365, cash_below=2500)),
    ],
)
def test_rules_as_a_shop_writes_them(body: str, rule: Rule) -> None:
    assert read(body) == rule


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("restocking_fee: {}", "“restocking_fee.percent” is missing"),
        ('restocking_fee: {percent: "15", amount: "5"}', "“amount” does not go with “percent”"),
        ('restocking_fee: {percent: "101"}', "per cent"),
        ('restocking_fee: {percent: "15", by_line: true}', "never apply"),
        ('restocking_fee: {percent: "15", unless: [opened, worn]}, for: {condition: opened}', "never apply"),
        ("restocking_fee: {percent: 15, tax: none}", "full_tax_refund, tax_on_refunded_part, fee_taxed"),
        ("tax_refund: {}", "“tax_refund.days” is missing"),
        ("day_band: {after: 60}", "“day_band.percent” is missing"),
        ("day_band: {after: 60, percent: 100}", "never apply"),
        ("missing_part: {parts: [charger]}", "“missing_part.percent” is missing"),
        ("rebate: {}", "“rebate.amount” is missing"),
        ("no_receipt_value: {price: current, days: 90}", "never apply"),
        ('no_receipt_value: {pays: cash, cash_below: "5"}', "never apply"),
        ("no_receipt_value: {pays: credit}", "store_credit"),
        ("refund_order: {order: classes}", "“refund_order.classes” is missing"),
        ("refund_order: {classes: [cash]}", "never apply"),
        ("refund_tender: {to: cash}", "“refund_tender.of” is missing"),
        ("refund_tender: {of: cash}", "“refund_tender.limit” is missing"),
        ("refund_tender: {of: cash, to: cash, above: mailed_check}", "“refund_tender.limit” is missing"),
        ('refund_tender: {of: cash, to: cash, limit: "5", above: cash}', "never apply"),
        ("refund_tender: {of: cash, to: check}", "mailed_check"),
        ("refund_choice: {}", "“refund_choice.to” is missing"),
        ("refund_choice: {to: [gold]}", "gold"),
        ("check_hold: {days: 0}", "never apply"),
        ("check_hold: {meanwhile: soon}", "wait"),
        ('cash_limit: {most: "200", instead: cash}', "mailed_check"),
        ("card_unavailable: {to: []}", "“card_unavailable.to” is missing"),
        ("card_unavailable: {to: [credit]}", "credit"),
        ("drawer_short: {to: cash}", "store_credit"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(body: str, said: str) -> None:
    with pytest.raises(FileFault) as found:
        read(body)

    assert said in str(found.value)
    assert found.value.line == 3
