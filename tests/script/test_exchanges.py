"""Exchanges of a script: even, up and down, each one piece of business with one net."""

from __future__ import annotations

from pathlib import Path

from tests.script.playing import play_text

# 30.00 + 8.875 % = 32.66; 40.00 → 43.55; 10.00 → 10.89 (0.8875 rounds to 0.89).
SHOP = """
lane: 1
shop: {currency: USD, timezone: America/New_York, region: US-NY, tax_rates: {standard: "8.875"}}
items:
  - {id: KETTLE, name: Kettle, price: "30.00", tax: standard, category: home, family: kettles}
  - {id: RED, name: Red kettle, price: "30.00", tax: standard, category: home, family: kettles}
  - {id: TOASTER, name: Toaster, price: "40.00", tax: standard, category: home}
  - {id: MUG, name: Mug, price: "10.00", tax: standard, category: home}
history:
  - receipt: OLD-1
    at: "2026-01-10T10:00"
    lines:
      - {line: 1, item: KETTLE, unit_price: "30.00", tax_rate: "8.875", tax: "2.66"}
      - {line: 2, item: KETTLE, unit_price: "30.00", tax_rate: "8.875", tax: "2.66"}
      - {line: 3, item: KETTLE, unit_price: "30.00", tax_rate: "8.875", tax: "2.66"}
    tenders: [{kind: credit, amount: "97.98", card: visa-4242}]
clock: "2026-03-02T10:00"
steps:
"""


def test_even_up_and_down_and_back_to_the_card_that_paid_first(tmp_path: Path) -> None:
    output = play_text(
        tmp_path,
        SHOP
        + """
  - quote_exchange: {receipt: OLD-1, lines: [{line: 1}], new_lines: [{item: TOASTER}]}
    expect: {decision: allowed, returned_value: "32.66", new_value: "43.55", net_due: "10.89", receipt: null}
  - exchange: {as: e1, receipt: OLD-1, lines: [{line: 1}], new_lines: [{item: RED}]}
    expect:
      decision: allowed
      net_due: "0.00"
      refund: "0.00"
      tenders: []
      new_lines: [{item: RED, total: "32.66"}]
      # The red one stands for the line: as much of it is with the customer as before.
      remaining: {lines: [{line: 1, qty: 1}, "..."], tenders: [{amount: "97.98"}]}
      receipt: "0001-01-R0001"
  - exchange: {as: e2, receipt: OLD-1, lines: [{line: 2}], new_lines: [{item: TOASTER}], tenders: [{cash: "11.00"}]}
    expect: {net_due: "10.89", change: "0.11", tenders: [{kind: cash, amount: "11.00"}], receipt: "0001-01-0001"}
  - exchange: {as: e3, receipt: OLD-1, lines: [{line: 3}], new_lines: [{item: MUG}]}
    expect:
      net_due: "-21.77"
      refund: "21.77"
      tenders: [{kind: credit, amount: "21.77", card: visa-4242}]
  - return: {receipt: e2, lines: [{item: TOASTER}]}
    expect:
      refund: "43.55"
      tenders: [{kind: credit, amount: "32.66", card: visa-4242}, {kind: cash, amount: "10.89"}]
  - return: {receipt: e1, lines: [{line: 1}]}
    expect: {refund: "32.66", lines: [{item: RED}], tenders: [{kind: credit, card: visa-4242}]}
expect_end:
  till: {expected: "0.00", takings: {cash: "0.00", credit: "-87.09"}}
  ledger: {exchange_clearing: "0.00"}
  open: []
  violations: []
""",
    )
    assert output.status == 0, output.out + output.err


def test_what_cannot_be_leaves_nothing_in_the_lane(tmp_path: Path) -> None:
    output = play_text(
        tmp_path,
        SHOP
        + """
  - exchange: {receipt: OLD-1, lines: [{line: 1}], new_lines: []}
    expect: {refused: EXCHANGE_INCOMPLETE}
  - exchange: {receipt: OLD-1, lines: [{line: 1}], new_lines: [{item: NOTHING}]}
    expect: {refused: ITEM_UNKNOWN, line: 1}
  - exchange: {receipt: OLD-9, lines: [{line: 1}], new_lines: [{item: MUG}]}
    expect: {refused: RECEIPT_UNKNOWN}
  - exchange: {receipt: OLD-1, lines: [{line: 1, qty: 2}], new_lines: [{item: MUG}]}
    expect: {decision: refused, reasons: [{code: QTY_EXCEEDS_SOLD}], receipt: null}
  - exchange: {receipt: OLD-1, lines: [{line: 1}], new_lines: [{item: TOASTER}], tenders: [{cash: "5.00"}]}
    expect: {refused: MONEY_MISSING, decision: allowed, receipt: null}
  - sale: {lines: [{item: MUG}], tenders: [{cash: exact}]}
    expect: {state: completed, total: "10.89"}
expect_end: {open: [], till: {expected: "10.89"}, violations: []}
""",
    )
    assert output.status == 0, output.out + output.err


LATE = """
staff:
  - {id: "101", name: Cashier, role: cashier, pin: "471100"}
  - {id: "900", name: Manager, role: manager, pin: "900155"}
return_policy:
  policy: 1
  name: House rules
  posted_since: 2020-01-01
  rules: [{id: R1, window: {days: 30, after: {answer: manager}}}]
operator: "101"
steps:
"""


def test_a_yes_to_other_goods_pays_nothing_out_and_lets_the_exchange_happen_once(tmp_path: Path) -> None:
    output = play_text(
        tmp_path,
        SHOP.replace("steps:\n", LATE)
        + """
  - return: {as: r1, receipt: OLD-1, lines: [{line: 2}]}
    expect:
      decision: needs_approval
      approvals_needed:
        - options: [{option: as_asked}, {option: store_credit}, {option: exchange, refund: "32.66"}]
          recommended: store_credit
  - approve: {as: a1, request: r1, by: "900", pin: "900155", reason: goodwill, option: exchange}
  - return: {again: r1, approvals: [a1]}
    expect: {refused: EXCHANGE_AGREED, receipt: null}
  - exchange: {receipt: OLD-1, lines: [{line: 3}], new_lines: [{item: TOASTER}]}
    expect: {decision: needs_approval, receipt: null}
  - exchange: {receipt: OLD-1, lines: [{line: 2}], new_lines: [{item: TOASTER}], tenders: [{cash: "11.00"}]}
    expect: {decision: allowed, net_due: "10.89", receipt: "0001-01-0001"}
  - exchange: {receipt: OLD-1, lines: [{line: 3}], new_lines: [{item: TOASTER}]}
    expect: {decision: needs_approval, receipt: null}
expect_end: {ledger: {exchange_clearing: "0.00"}, violations: []}
""",
    )
    assert output.status == 0, output.out + output.err


def test_a_manager_agrees_to_a_late_exchange_even_and_up(tmp_path: Path) -> None:
    output = play_text(
        tmp_path,
        SHOP.replace("steps:\n", LATE)
        + """
  - exchange: {as: e1, receipt: OLD-1, lines: [{line: 1}], new_lines: [{item: RED}]}
    expect: {decision: needs_approval, reasons: [{code: WINDOW_EXPIRED}], receipt: null}
  - approve: {as: a1, request: e1, by: "900", pin: "900155", reason: goodwill}
  - exchange: {again: e1, approvals: [a1]}
    expect: {decision: allowed, net_due: "0.00", receipt: "0001-01-R0001"}
  - exchange:
      receipt: OLD-1
      lines: [{line: 2}]
      new_lines: [{item: TOASTER}]
      tenders: [{cash: "11.00"}]
      approve: {by: "900", pin: "900155", reason: goodwill}
    expect: {decision: allowed, net_due: "10.89", change: "0.11", receipt: "0001-01-0001"}
  - crash: {at: before_commit}
  - return: {receipt: OLD-1, lines: [{line: 3}], approve: {by: "900", pin: "900155", reason: goodwill}}
    expect: {died: before_commit}
  - crash: {at: after_commit}
  - return: {receipt: OLD-1, lines: [{line: 3}], approve: {by: "900", pin: "900155", reason: goodwill}}
    expect: {died: after_commit}
  - return: {receipt: OLD-1, lines: [{line: 3}]}
    expect: {decision: refused, reasons: [{code: ALREADY_RETURNED}, "..."]}
expect_end: {till: {expected: "10.89"}, ledger: {exchange_clearing: "0.00"}, violations: []}
""",
    )
    assert output.status == 0, output.out + output.err


def test_like_with_like_beside_other_goods_up_down_and_even(tmp_path: Path) -> None:
    """The red kettle costs nothing, whatever else goes out: only the rest is paid, or goes back."""
    output = play_text(
        tmp_path,
        SHOP
        + """
  - exchange:
      as: up
      receipt: OLD-1
      lines: [{line: 1}, {line: 2}]
      new_lines: [{item: RED}, {item: TOASTER}]
      tenders: [{cash: "11.00"}]
    expect:
      decision: allowed
      returned_value: "65.32"
      new_value: "76.21"
      net_due: "10.89"
      change: "0.11"
      tenders: [{kind: cash, amount: "11.00"}]
  - exchange: {receipt: OLD-1, lines: [{line: 3}], new_lines: [{item: RED}, {item: MUG}], tenders: [{cash: "10.89"}]}
    expect: {returned_value: "32.66", new_value: "43.55", net_due: "10.89", tenders: [{kind: cash}], refund: "0.00"}
  - exchange: {receipt: OLD-1, lines: [{line: 1}, {line: 3}], new_lines: [{item: KETTLE}, {item: MUG}]}
    expect: {net_due: "-21.77", refund: "21.77", tenders: [{kind: credit, amount: "21.77", card: visa-4242}]}
  - return: {receipt: OLD-1, lines: [{line: 1}]}
    expect: {refund: "32.66", tenders: [{kind: credit, amount: "32.66"}]}
expect_end:
  ledger: {exchange_clearing: "0.00"}
  open: []
  violations: []
""",
    )
    assert output.status == 0, output.out + output.err
