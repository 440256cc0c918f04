"""The rules shops really have, one after another, with the figures of the trade worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.script.playing import play_text


def play(folder: Path, script: str) -> None:
    output = play_text(folder, script)
    assert output.status == 0, output.out + output.err


SHOP = """
lane: 1
shop: {currency: USD, timezone: America/New_York, region: US-NY, tax_rates: {standard: "6", food: "0"}}
items:
  - {id: KETTLE, name: Kettle, price: "30.00", tax: standard, category: home}
  - {id: CAMERA, name: Camera, price: "100.00", tax: standard, category: camera}
  - {id: SET, name: Set, price: "290.00", tax: food, category: home}
staff:
  - {id: "101", name: Cashier, role: cashier, pin: "471100"}
  - {id: "900", name: Manager, role: manager, pin: "900155"}
return_policy:
  policy: 1
  name: House rules
  posted_since: 2020-01-01
  rules:
"""


def test_units_of_a_line_come_back_in_slices_that_add_up(tmp_path: Path) -> None:
    """290.00 in three: 96.67, 96.66, 96.67 (returns.md 3.3)."""
    play(
        tmp_path,
        SHOP.replace("  rules:\n", "  rules: []\n")
        + """
history:
  - receipt: OLD-1
    at: "2026-02-20T10:00"
    lines: [{line: 1, item: KETTLE, qty: 3, unit_price: "100.00", discount: "10.00", tax_rate: "0", tax: "0.00"}]
    tenders: [{kind: cash, amount: "290.00"}]
clock: "2026-03-02T10:00"
operator: "101"
steps:
  - return: {receipt: OLD-1, lines: [{line: 1}]}
    expect: {refund: "96.67"}
  - return: {receipt: OLD-1, lines: [{line: 1}]}
    expect: {refund: "96.66"}
  - return: {receipt: OLD-1, lines: [{line: 1}]}
    expect: {refund: "96.67", remaining: {lines: [{qty: 0}], tenders: [{amount: "0.00"}]}}
""",
    )


@pytest.mark.parametrize(("day", "decision"), [("2026-03-12", "allowed"), ("2026-03-13", "refused_overridable")])
def test_the_last_day_of_a_window_is_in_time(tmp_path: Path, day: str, decision: str) -> None:
    """30 days from 10 February: 12 March is day 30."""
    play(
        tmp_path,
        SHOP
        + f"""
    - {{id: R1, window: {{days: 30}}}}
history:
  - receipt: OLD-1
    at: "2026-02-10T23:59"
    lines: [{{line: 1, item: KETTLE, unit_price: "30.00", tax_rate: "6", tax: "1.80"}}]
    tenders: [{{kind: cash, amount: "31.80"}}]
clock: "{day}T23:59"
operator: "101"
steps:
  - quote_return: {{receipt: OLD-1, lines: [{{line: 1}}]}}
    expect: {{decision: {decision}}}
""",
    )


def test_cash_of_several_returns_is_rounded_so_that_it_adds_up(tmp_path: Path) -> None:
    """Three returns of 33.40 SEK in cash: 33, 34, 33, together the 100 that were paid (returns.md 11.3)."""
    play(
        tmp_path,
        """
lane: 1
shop:
  {currency: SEK, timezone: Europe/Stockholm, region: SE, prices: tax_included, tax_rates: {moms: "25"},
   cash_rounding: "1.00"}
items: [{id: MUGG, name: Mugg, price: "33.40", tax: moms}]
clock: "2026-03-02T10:00"
steps:
  - sale: {as: s1, lines: [{item: MUGG, qty: 3}], tenders: [{cash: exact}]}
    expect: {total: "100.20", rounding: "-0.20"}
  - return: {receipt: s1, lines: [{line: 1}]}
    expect: {refund: "33.00", tenders: [{kind: cash, amount: "33.00"}]}
  - return: {receipt: s1, lines: [{line: 1}]}
    expect: {refund: "34.00"}
  - return: {receipt: s1, lines: [{line: 1}]}
    expect: {refund: "33.00"}
expect_end: {till: {expected: "0.00"}, violations: []}
""",
    )


def test_tax_comes_back_at_the_rate_of_the_sale(tmp_path: Path) -> None:
    """Sold at 6 %, today's rate is 6.35 %: what was paid comes back (returns.md 3.2)."""
    play(
        tmp_path,
        SHOP.replace('standard: "6"', 'standard: "6.35"').replace("  rules:\n", "  rules: []\n")
        + """
history:
  - receipt: OLD-1
    at: "2026-02-10T10:00"
    lines: [{line: 1, item: CAMERA, unit_price: "100.00", tax_rate: "6", tax: "6.00"}]
    tenders: [{kind: debit, amount: "126.00", cash_back: "20.00", card: maestro-77}]
clock: "2026-03-02T10:00"
operator: "101"
steps:
  - return: {as: r1, receipt: OLD-1, lines: [{line: 1}]}
    # Cash-back was never part of the sale.
    expect: {merchandise: "100.00", tax: "6.00", refund: "106.00", tenders: [{kind: debit, card: maestro-77}]}
""",
    )


def test_a_restocking_fee_with_tax_on_the_part_that_is_paid_back(tmp_path: Path) -> None:
    """15 percent of 100.00 + 6.00 stays: 90.10 comes back (Connecticut, returns.md 4.4)."""
    play(
        tmp_path,
        SHOP
        + """
    - {id: F1, restocking_fee: {percent: "15", tax: tax_on_refunded_part}, for: {category: camera}}
history:
  - receipt: OLD-1
    at: "2026-02-10T10:00"
    lines: [{line: 1, item: CAMERA, unit_price: "100.00", tax_rate: "6", tax: "6.00"}]
    tenders: [{kind: credit, amount: "106.00", card: visa-4242}]
clock: "2026-03-02T10:00"
operator: "101"
steps:
  - return: {receipt: OLD-1, lines: [{line: 1, condition: opened}]}
    expect: {decision: allowed, refund: "90.10", reasons: [{code: RESTOCKING_FEE, rule: F1}, "..."]}
""",
    )
