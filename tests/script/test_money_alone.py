"""Money without goods in a script: its own limit, counted over the receipt, and whose role reaches as far."""

from __future__ import annotations

from pathlib import Path

from tests.script.playing import play_text

SHOP = """
lane: 1
shop:
  currency: USD
  timezone: America/New_York
  region: US-NY
  tax_rates: {standard: "8.875"}
  roles: [{id: lead, like: cashier, may: [approve], limits: {goodwill: "2.00"}}]
items: [{id: KETTLE, name: Kettle, price: "30.00", tax: standard}]
staff:
  - {id: "101", name: Cashier, role: cashier, pin: "471100"}
  - {id: "201", name: Lead, role: lead, pin: "471299"}
  - {id: "900", name: Manager, role: manager, pin: "900155"}
return_policy:
  policy: 1
  name: House rules
  posted_since: 2020-01-01
  rules: [{id: M1, goodwill: {most: "5.00", percent: 50}}]
operator: "101"
clock: "2026-03-02T10:00"
steps:
  - sale: {as: s1, lines: [{item: KETTLE}], tenders: [{cash: exact}]}
"""


def test_what_was_given_before_counts_and_whoever_agrees_reaches_as_far(tmp_path: Path) -> None:
    output = play_text(
        tmp_path,
        SHOP
        + """
  - quote_return: {receipt: s1, amount: "5.00"}
    expect: {decision: allowed, refund: "5.00", tenders: [{kind: cash, amount: "5.00"}]}
  - return: {as: r1, receipt: s1, amount: "4.00", reason: price_match}
    expect: {decision: allowed, refund: "4.00", receipt: "0001-01-R0001", lines: []}
  - return: {as: r2, receipt: s1, amount: "1.01", reason: goodwill}
    expect:
      decision: needs_approval
      reasons:
        - {code: GOODWILL_LIMIT, rule: M1, value: "5.01", limit: "5.00", remaining: "1.00", change: {amount: 100}}
      approvals_needed: [{options: [{option: as_asked, refund: "1.01"}, {option: store_credit}], recommended: as_asked}]
      if_approved: {refund: "1.01"}
      receipt: null
  - approve: {as: a2, request: r2, by: "201", pin: "471299", reason: goodwill}
  - return: {again: r2, approvals: [a2]}
    expect: {decision: allowed, refund: "1.01"}
  - return: {as: r3, receipt: s1, amount: "2.01", reason: goodwill}
    expect: {decision: needs_approval}
  - approve: {as: a3, request: r3, by: "201", pin: "471299", reason: goodwill}
    expect: {refused: NOT_PERMITTED}
  - approve: {as: a4, request: r3, by: "900", pin: "900155", reason: goodwill}
  - return: {again: r3, approvals: [a4]}
    expect: {decision: allowed, refund: "2.01"}
  - return: {receipt: s1, amount: "25.65"}
    expect: {decision: refused, reasons: [{code: GOODWILL_LIMIT}, {code: REFUND_EXCEEDS_PAID, remaining: "25.64"}]}
expect_end: {till: {expected: "25.64"}, ledger: {goodwill: "7.02"}, violations: []}
""",
    )
    assert output.status == 0, output.out + output.err


def test_what_the_approver_may_know_is_told_with_how_it_usually_is(tmp_path: Path) -> None:
    output = play_text(
        tmp_path,
        SHOP.replace("rules: [", "rules: [{id: A1, approval: {minutes: 30}}, ")
        + """
  - return: {receipt: s1, amount: "1.00"}
    expect: {decision: allowed}
  - clock: "2026-03-02T10:07"
  - return: {receipt: s1, lines: [{line: 1}]}
    expect:
      decision: needs_approval
      signals:
        - {code: receipt_used, count: 1, amount: "1.00", usual: {count: 0, of: 1}}
        - {code: same_cashier, days: 90, usual: {count: 1, of: 1}}
        - {code: soon_after_sale, minutes: 7, usual: {count: 1, of: 1}}
expect_end: {violations: []}
""",
    )
    assert output.status == 0, output.out + output.err
