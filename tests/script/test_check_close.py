"""A lane script takes checks to the bank with the close, and prints the list."""

from __future__ import annotations

from pathlib import Path

from tests.script.playing import play_text

LANE = """
lane: 1
shop: {currency: USD, check_limit: "300.00"}
items: [{id: KETTLE, price: "30.00"}]
staff: [{id: "900", role: manager, pin: "900155"}]
operator: "900"
steps:
  - open_till: {float: "100.00"}
  - sale:
      as: s1
      lines: [{item: KETTLE}]
      tenders: [{check: exact, routing: "021000021", account: "123456", number: "1042"}]
  - close_till: {as: c1, count: {"20.00": 5}, note: "All there"}
    expect: {checks: [{number: "1042", amount: "30.00"}], deposit: "100.00"}
  - print: {document: c1.deposit_slip}
  - z_report: {}
    expect: {checks: {number: 1, amount: "30.00"}}
expect_end: {ledger: {checks_deposited: "30.00", checks_in_till: "0.00"}, violations: []}
"""


def test_a_close_takes_the_checks_along(tmp_path: Path) -> None:
    played = play_text(tmp_path, LANE)
    assert played.status == 0, played.only["failed"]
    slip = played.only["steps"][3]["text"]
    assert "Check 1042" in slip
    assert "021000021 · ••••3456" in slip
    assert "$130.00" in slip
