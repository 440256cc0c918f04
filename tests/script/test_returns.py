"""Returns of a script: judged, agreed to, completed and told, with every figure reckoned by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.script.playing import Output, play_text

# 30.00 + 8.875 % = 32.66 (2.6625); 50.00 + 8.875 % = 54.44 (4.4375).
SHOP = """
lane: 1
shop: {currency: USD, timezone: America/New_York, region: US-NY, tax_rates: {standard: "8.875"}}
items:
  - {id: KETTLE, gtin: "9520000001018", name: Kettle, price: "30.00", tax: standard, category: home}
  - {id: GAME, name: Game, price: "50.00", tax: standard, category: games}
gift_cards: [{number: "6006490000000000024", balance: "25.00"}]
staff:
  - {id: "101", name: Cashier, role: cashier, pin: "471100"}
  - {id: "900", name: Manager, role: manager, pin: "900155"}
customers: [{id: C1, name: Ann}]
history:
  - receipt: OLD-1
    at: "2026-01-10T10:00"
    lines:
      - {line: 1, item: KETTLE, qty: 1, unit_price: "30.00", tax_rate: "8.875", tax: "2.66"}
      - {line: 2, item: GAME, qty: 1, unit_price: "50.00", tax_rate: "8.875", tax: "4.44"}
    tenders:
      - {kind: credit, amount: "99.00", card: visa-1111, state: declined}
      - {kind: credit, amount: "50.00", card: visa-4242}
      - {kind: gift_card, amount: "37.10", number: "6006490000000000024"}
"""
POLICY = """
return_policy:
  policy: 1
  name: House rules
  posted_since: 2020-01-01
  rules:
    - {id: R1, window: {days: 60}, override: manager}
    - {id: R2, window: {days: 15}, for: {category: games}, override: manager}
"""
NOW = """
clock: "2026-03-02T10:00"
operator: "101"
steps:
"""


def play(folder: Path, steps: str, before: str = "") -> Output:
    output = play_text(folder, SHOP + before + NOW + steps)
    assert output.status != 2, output.error
    return output


def test_a_known_sale_goes_back_to_what_paid_it(tmp_path: Path) -> None:
    """Left-out policy: whatever a known sale still holds, to its own tenders, cards first."""
    output = play(
        tmp_path,
        """
  - quote_return: {receipt: OLD-1, lines: [{line: 1, condition: opened, reason: changed_mind}]}
    expect: {decision: allowed, refund: "32.66", receipt: null, tenders: [{state: null}]}
  - return: {as: r1, receipt: OLD-1, lines: [{line: 1, qty: 1, condition: opened, reason: changed_mind}]}
    expect:
      decision: allowed
      lines: [{line: 1, qty: 1, decision: allowed, merchandise: "30.00", tax: "2.66", fee: "0.00"}]
      merchandise: "30.00"
      tax: "2.66"
      refund: "32.66"
      # Every listed tender is counted, the declined one too.
      tenders: [{kind: credit, amount: "32.66", of: 2, card: visa-4242, method: refund, state: taken}]
      remaining:
        lines: [{line: 1, qty: 0}, {line: 2, qty: 1}]
        tenders: [{tender: 1, amount: "0.00"}, {tender: 2, amount: "17.34"}, {tender: 3, amount: "37.10"}]
      receipt: "0001-01-R0001"
      documents: [return_receipt]
  - return: {receipt: r1, lines: [{item: GAME}]}
    expect:
      refund: "54.44"
      tenders:
        - {kind: credit, amount: "17.34", of: 2, card: visa-4242}
        - {kind: gift_card, amount: "37.10", of: 3, number: "6006490000000000024"}
  - return: {receipt: OLD-1, lines: [{line: 1}]}
    expect: {decision: refused, refund: "0.00", reasons: [{code: ALREADY_RETURNED, line: 1, overridable: false}]}
""",
    )
    assert output.status == 0, output.out
    end = output.only["end"]
    assert end["till"]["takings"] == {"cash": "0.00", "credit": "-50.00", "gift_card": "-37.10"}
    assert end["gift_cards"] == {"6006490000000000024": "62.10"}
    assert end["stock"] == {"GAME": {"sellable": "1"}, "KETTLE": {"open_box": "1"}}
    assert end["ledger"]["returns:standard"] == "80.00"
    assert end["ledger"]["tax_payable:standard"] == "7.10"
    assert end["violations"] == []


def test_the_contract_s_own_example(tmp_path: Path) -> None:
    late = "{id: R1, window: {days: 30, after: {answer: manager}}}"
    policy = POLICY.replace("{id: R1, window: {days: 60}, override: manager}", late)
    output = play(
        tmp_path,
        """
  - return:
      as: r1
      receipt: OLD-1
      proof: receipt
      id_document: {kind: driving_licence, number: "D4417788"}
      customer: C1
      lines: [{line: 1, qty: 1, condition: opened, reason: changed_mind}]
      refund_to: credit
    expect:
      decision: needs_approval
      reasons: [{code: WINDOW_EXPIRED, value: 51, limit: 30, effect: approval}]
      refund: "0.00"
      if_approved: {refund: "32.66"}
      receipt: null
  - approve: {as: a1, request: r1, by: "900", pin: "900155", reason: goodwill}
  - return: {again: r1, approvals: [a1]}
    expect: {decision: allowed, refund: "32.66", tenders: [{kind: credit, amount: "32.66", card: visa-4242}]}
""",
        policy,
    )
    assert output.status == 0, output.out


def test_what_is_allowed_comes_back_and_the_rest_waits_for_a_yes(tmp_path: Path) -> None:
    output = play(
        tmp_path,
        """
  - return: {as: r1, receipt: OLD-1, lines: [{line: 1}, {line: 2}]}
    expect:
      decision: partial
      lines:
        - {decision: allowed}
        - {line: 2, decision: refused_overridable, reasons: [{code: WINDOW_EXPIRED, rule: R2}]}
      refund: "32.66"
      if_approved: {refund: "87.10"}
      receipt: "0001-01-R0001"
  - approve: {as: a1, request: r1, by: "900", pin: "900155", reason: goodwill}
  - return: {as: r2, again: r1, approvals: [a1]}
    expect: {decision: allowed, lines: [{line: 2}], refund: "54.44", receipt: "0001-01-R0002"}
  - return: {receipt: OLD-1, lines: [{line: 2}]}
    expect: {decision: refused, reasons: [{code: ALREADY_RETURNED}, "..."]}
""",
        POLICY,
    )
    assert output.status == 0, output.out


def test_a_manager_who_answers_at_once_answers_for_all_of_it(tmp_path: Path) -> None:
    output = play(
        tmp_path,
        """
  - return: {receipt: OLD-1, lines: [{line: 1}, {line: 2}], approve: {by: "900", pin: "000000", reason: goodwill}}
    expect: {refused: PIN_WRONG, decision: partial, receipt: null}
  - return: {receipt: OLD-1, lines: [{line: 1}, {line: 2}], approve: {by: "900", pin: "900155", reason: goodwill}}
    expect: {decision: allowed, refund: "87.10", receipt: "0001-01-R0001"}
""",
        POLICY,
    )
    assert output.status == 0, output.out


def test_a_no_ends_the_request(tmp_path: Path) -> None:
    output = play(
        tmp_path,
        """
  - return: {as: r1, receipt: OLD-1, lines: [{line: 2}]}
    expect: {decision: refused_overridable}
  - decline: {request: r1, by: "900", pin: "900155", reason: goodwill}
    expect: {request: r1}
  - approve: {as: a1, request: r1, by: "900", pin: "900155", reason: goodwill}
    expect: {refused: APPROVAL_UNKNOWN}
""",
        POLICY,
    )
    assert output.steps[1]["request"] == "r1"
    assert output.steps[2]["refused"]


def test_a_sale_of_the_script_names_its_cards_and_counts_its_tenders(tmp_path: Path) -> None:
    output = play(
        tmp_path,
        """
  - terminal: {next: declined}
  - sale: {as: s1, lines: [{item: KETTLE, qty: 2}], tenders: [{credit: "20.00", card: mc-1111}, {cash: exact}]}
    expect: {total: "65.33", tenders: [{state: declined}, {amount: "65.33"}]}
  - return: {receipt: s1, lines: [{scan: "9520000001018"}]}
    expect: {refund: "32.67", tenders: [{kind: cash, amount: "32.67", of: 2}]}
  - return: {receipt: "0001-01-0001", lines: [{item: KETTLE}]}
    expect: {refund: "32.66", remaining: {tenders: [{tender: 2, amount: "0.00"}]}}
""",
    )
    assert output.status == 0, output.out
    assert output.only["end"]["till"] == {"expected": "0.00", "takings": {"cash": "0.00"}}


def test_the_paper_of_a_return(tmp_path: Path) -> None:
    output = play(
        tmp_path,
        """
  - return: {as: r1, receipt: OLD-1, lines: [{line: 1}]}
  - print: {document: r1.return_receipt}
""",
    )
    text = output.steps[1]["text"]
    assert "0001-01-R0001" in text
    assert "OLD-1" in text
    assert "visa-4242" in text


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ("receipt: OLD-9, lines: [{line: 1}]", "RECEIPT_UNKNOWN"),
        ('receipt: "", lines: [{line: 1}]', "RECEIPT_UNKNOWN"),
        ("receipt: OLD-1, lines: [{line: x}]", "LINE_UNKNOWN"),
        ("receipt: OLD-1, lines: [{line: 1, qty: 1.5}]", "QUANTITY_INVALID"),
        ("receipt: OLD-1, lines: [{line: 1, qty: much}]", "QUANTITY_INVALID"),
        ("receipt: OLD-1, lines: [{line: 1, qty: 0}]", "QUANTITY_INVALID"),
        ("receipt: OLD-1", "RETURN_EMPTY"),
        ("receipt: OLD-1, amount: lots", "AMOUNT_INVALID"),
        ("lines: [{scan: nothing}]", "ITEM_UNKNOWN"),
        ("customer: C9, lines: [{item: KETTLE}]", "CUSTOMER_UNKNOWN"),
        ('lines: [{item: KETTLE}], refund_to: gift_card, number: "12"', "GIFT_CARD_UNKNOWN"),
        ("receipt: OLD-1, lines: [{line: 1}], refund_to: [{of: 2, amount: x, to: cash}]", "AMOUNT_INVALID"),
    ],
)
def test_what_cannot_be_is_refused_and_never_an_error_of_the_file(tmp_path: Path, asked: str, refused: str) -> None:
    output = play(tmp_path, f"  - return: {{{asked}}}\n")
    assert output.steps[0]["refused"] == refused
    assert output.steps[0]["text"]


@pytest.mark.parametrize(
    ("asked", "decision", "code"),
    [
        ("receipt: OLD-1, lines: [{line: 9}]", "refused", "LINE_UNKNOWN"),
        ("receipt: OLD-1, lines: [{line: 1, qty: 2}]", "refused", "QTY_EXCEEDS_SOLD"),
        ("lines: [{item: KETTLE}]", "refused", "NO_RECEIPT"),
        ("lines: [{item: NOTHING}]", "refused", "ITEM_UNKNOWN"),
        ('receipt: OLD-1, amount: "5.00"', "needs_approval", "GOODWILL_LIMIT"),
    ],
)
def test_what_can_be_judged_is_not_refused(tmp_path: Path, asked: str, decision: str, code: str) -> None:
    (step,) = play(tmp_path, f"  - return: {{{asked}}}\n").steps
    assert "refused" not in step
    assert step["decision"] == decision
    reason: dict[str, Any] = next(reason for reason in step["reasons"] if reason["code"] == code)
    assert reason["text"]
    assert step["refund"] == "0.00"
    assert step["receipt"] is None


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("return: {recept: OLD-1}", "Did you mean “receipt”"),
        ("return: {receipt: OLD-1, proof: memory}", "“proof” cannot be “memory”"),
        ("return: {receipt: OLD-1, lines: [{qty: 1}]}", "“lines.line” is missing"),
        ("return: {receipt: OLD-1, lines: [{item: KETTLE, scan: x}]}", "A line names its item once"),
        ("return: {again: r9}", "No step above is called “r9”"),
        ("return: {receipt: OLD-1, approvals: [a1]}", "No step above is called “a1”"),
        ("return: {receipt: OLD-1, refund_to: [{of: 1}]}", "“refund_to.to” is missing"),
        ("return: {receipt: OLD-1, new_lines: []}", "“new_lines” is not known here"),
        ("return: {receipt: OLD-1}\n    expect: {desicion: allowed}", "Did you mean “decision”"),
        ("print: {document: r1.return_receipt}", "No step above is called “r1”"),
    ],
)
def test_what_is_wrong_with_the_file_is_said(tmp_path: Path, step: str, words: str) -> None:
    output = play_text(tmp_path, f"{SHOP}{NOW}  - {step}\n")
    assert output.status == 2
    assert words in output.error[1]


def test_a_policy_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text("policy: 1\nname: House\nrules:\n  - {id: R1, window: {dayz: 3}}\n", "utf-8")
    output = play_text(tmp_path, f"{SHOP}return_policy: {{file: policy.yaml}}\n{NOW}  []\n")
    assert output.status == 2
    assert "policy.yaml, line 4" in output.error[1]
    assert "days" in output.error[1]


def test_a_shop_that_is_there_has_this_policy_already(tmp_path: Path) -> None:
    shop, script = tmp_path / "shop", f"{SHOP}{POLICY}{NOW}  []\n"
    assert play_text(tmp_path, script, shop=shop).status == 0
    assert play_text(tmp_path, script, shop=shop).status == 0
    other = play_text(tmp_path, script.replace("days: 60", "days: 61"), shop=shop)
    assert other.status == 2
    assert "return_policy" in other.error[1]


def test_a_closed_card_takes_nothing_back(tmp_path: Path) -> None:
    step = "  - quote_return: {receipt: OLD-1, lines: [{line: 1}]}\n"
    output = play(tmp_path, step, "cards: [{id: visa-4242, state: closed}]\n")
    assert "CARD_UNAVAILABLE" in [reason["code"] for reason in output.steps[0]["reasons"]]


def test_a_card_that_takes_nothing_back_is_asked_again_or_paid_another_way(tmp_path: Path) -> None:
    output = play(
        tmp_path,
        """
  - sale: {as: s1, lines: [{item: KETTLE}, {item: GAME}], tenders: [{credit: "87.10", card: visa-1}]}
  - terminal: {next: declined}
  - return: {as: r1, receipt: s1, lines: [{line: 1}]}
    expect: {decision: allowed, refund: "32.66", tenders: [{kind: credit, amount: "32.66", state: declined}]}
  - refund_instead: {return: r1, to: store_credit}
    expect: {refused: CARD_UNAVAILABLE}
  - terminal: {next: declined}
  - refund_again: {return: r1}
    expect: {state: declined, amount: "32.66"}
  - refund_instead: {as: i1, return: r1, to: store_credit, approve: {by: "900", pin: "900155", reason: goodwill}}
    expect: {kind: store_credit, amount: "32.66", rounding: "0.00", documents: [store_credit, exception_form]}
  - print: {as: form, document: r1.exception_form}
  - refund_again: {return: r1}
    expect: {refused: CARD_ATTEMPT_UNKNOWN}
  - terminal: {next: declined}
  - return: {as: r2, receipt: s1, lines: [{line: 2}]}
  - refund_again: {return: r2}
    expect: {state: taken, amount: "54.44"}
expect_end:
  ledger: {card_suspense: "0.00", store_credit_liability: "-32.66"}
  open: []
  violations: []
""",
    )
    assert output.status == 0, output.out + output.err
    (form,) = (step["text"] for step in json.loads(output.out)["steps"] if step["as"] == "form")
    assert "CARD_UNAVAILABLE" in form
    assert "Store credit" in form


OPENED = """
  - open_till: {float: "100.00"}
  - return: {receipt: OLD-1, lines: [{line: 1, qty: 1, condition: opened}]}
    expect: {decision: allowed}
  - open_box: {item: KETTLE, price: "21.00"}
    expect: {refused: NOT_PERMITTED}
  - sign_on: {operator: "900", pin: "900155"}
"""


def test_what_came_back_opened_is_sold_as_an_item_of_its_own(tmp_path: Path) -> None:
    steps = """
  - open_box: {item: KETTLE, price: "21.00", qty: 2}
    expect: {refused: STOCK_INVALID}
  - open_box: {item: KETTLE, price: "much"}
    expect: {refused: PRICE_UNREADABLE}
  - open_box: {item: POT, price: "21.00"}
    expect: {refused: ITEM_UNKNOWN}
  - open_box: {item: KETTLE, price: "21.00"}
    expect: {item: KETTLE-OB, price: "21.00"}
  - open_box: {item: KETTLE, price: "21.00"}
    expect: {refused: STOCK_INVALID}
  - sale: {lines: [{item: KETTLE-OB}], tenders: [{cash: exact}]}
    expect: {state: completed, net: "21.00"}
"""
    output = play_text(tmp_path, SHOP + NOW + OPENED + steps)
    assert output.status == 0, output.out
    assert output.only["end"]["stock"] == {"KETTLE": {"open_box": "0"}, "KETTLE-OB": {"sellable": "0"}}
    assert output.only["end"]["violations"] == []
