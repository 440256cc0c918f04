"""What the steps of a sale answer: every field, every refusal, and that a refused step leaves nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.script.playing import Output, play_steps, play_text

SALE_FIELDS = {
    "step", "as", "kind", "ok", "state", "receipt", "lines", "subtotal", "discount", "net", "tax", "taxes", "total",
    "rounding", "tenders", "paid", "change", "due", "points",
}  # fmt: skip


def test_every_field_of_a_sale(tmp_path: Path) -> None:
    played = play_steps(
        tmp_path,
        """
        - sale:
            as: s1
            lines: [{item: KETTLE, qty: 2}, {plu: "4011", qty: "1.25"}]
            tenders: [{cash: "20.00"}, {cash: "50"}]
        """,
    )
    (sale,) = played.steps
    assert played.status == 0
    assert set(sale) == SALE_FIELDS
    assert (sale["step"], sale["as"], sale["kind"], sale["ok"]) == (1, "s1", "sale", True)
    kettle, bananas = sale.pop("lines")
    assert kettle == {
        "line": 1, "item": "KETTLE", "qty": "2", "unit_price": "30.00", "extended": "60.00", "discount": "0.00",
        "net": "60.00", "tax": "5.33", "taxes": {"standard": "5.33"}, "total": "65.33", "promotions": [],
    }  # fmt: skip
    assert (bananas["qty"], bananas["extended"], bananas["taxes"]) == ("1.250", "1.61", {"food": "0.00"})
    first, second = sale.pop("tenders")
    assert first == {
        "tender": 1, "kind": "cash", "amount": "20.00", "card": None, "cash_back": None, "state": "taken", "code": None,
    }  # fmt: skip
    assert (second["tender"], second["amount"]) == (2, "50.00")
    assert {key: sale[key] for key in SALE_FIELDS - {"step", "as", "kind", "ok", "lines", "tenders"}} == {
        "state": "completed", "receipt": "0001-01-0001", "subtotal": "61.61", "discount": "0.00", "net": "61.61",
        "tax": "5.33", "taxes": {"standard": "5.33", "food": "0.00"}, "total": "66.94", "rounding": "0.01",
        "paid": "66.95", "change": "3.05", "due": "0.00", "points": None,
    }  # fmt: skip


def test_the_end_always_holds_the_same_parts(tmp_path: Path) -> None:
    played = play_steps(tmp_path, "- sale: {lines: [{item: KETTLE}], tenders: [{cash: '40'}]}")
    end = played.only["end"]
    assert list(end) == ["till", "ledger", "gift_cards", "stock", "journal", "open", "violations"]
    assert end["till"] == {"expected": "32.65", "takings": {"cash": "32.65"}}
    assert end["ledger"] == {
        "cash_in_till": "32.65", "rounding": "0.01", "sales:standard": "-30.00", "tax_payable:standard": "-2.66",
    }  # fmt: skip
    # Founded, one person, signed on, till opened, one sale, and the drawer that opened for it.
    assert end["journal"]["entries"] == 6
    assert len(end["journal"]["head"]) == 64
    assert end["journal"]["verified"] is True
    assert end["stock"] == {"KETTLE": {"sellable": "-1"}}
    assert (end["gift_cards"], end["open"], end["violations"]) == ({}, [], [])


def test_a_script_of_no_steps_ends_too(tmp_path: Path) -> None:
    played = play_text(tmp_path, "lane: 1\nshop: {currency: KWD}\nsteps: []\n")
    assert played.status == 0
    assert played.only["end"]["till"] == {"expected": "0.000", "takings": {"cash": "0.000"}}


def test_an_open_sale_stands_at_the_end(tmp_path: Path) -> None:
    played = play_steps(tmp_path, "- sale: {as: s1, lines: [{item: KETTLE}], tenders: [{cash: '2.66'}]}")
    assert played.only["end"]["open"] == [
        {"kind": "sale", "as": "s1", "workstation": 1, "state": "open", "total": "32.66", "due": "30.00"}
    ]
    assert played.status == 0


# A line as typed or scanned, and why the sale is refused.
_LINES = (
    ("{item: NOBODY}", "ITEM_UNKNOWN"),
    ("{item: ''}", "ITEM_UNKNOWN"),
    ("{item: }", "ITEM_UNKNOWN"),
    ("{scan: '9520000001019'}", "ITEM_UNKNOWN"),
    ("{scan: KETTLE}", "ITEM_UNKNOWN"),
    ("{plu: '9999', qty: '1.5'}", "ITEM_UNKNOWN"),
    ("{scan: ''}", "CODE_UNREADABLE"),
    ('{scan: "\\e[31m"}', "CODE_UNREADABLE"),
    ("{scan: " + "1" * 5000 + "}", "CODE_UNREADABLE"),
    ("{item: KETTLE, qty: 0}", "QUANTITY_INVALID"),
    ("{item: KETTLE, qty: -1}", "QUANTITY_INVALID"),
    ("{item: KETTLE, qty: '1.5'}", "QUANTITY_INVALID"),
    ("{item: KETTLE, qty: two}", "QUANTITY_INVALID"),
    ("{item: KETTLE, qty: '1,000'}", "QUANTITY_INVALID"),
    ("{item: KETTLE, qty: 1e3}", "QUANTITY_INVALID"),
    ("{item: KETTLE, qty: 1000001}", "QUANTITY_INVALID"),
    ("{item: KETTLE, qty: ''}", "QUANTITY_INVALID"),
    ("{plu: '4011', qty: '0.0001'}", "QUANTITY_INVALID"),
    ("{item: KETTLE, qty: " + "9" * 500 + "}", "QUANTITY_INVALID"),
)


def test_what_a_cashier_types_or_scans_is_refused_never_an_error(tmp_path: Path) -> None:
    steps = "".join(
        f"- sale: {{as: s{number}, lines: [{{item: KETTLE}}, {line}], tenders: [{{cash: exact}}]}}\n"
        f"- tender: {{sale: s{number}, tenders: [{{cash: exact}}]}}\n"
        for number, (line, _) in enumerate(_LINES)
    )
    played = play_steps(tmp_path, f"{steps}- sale: {{lines: [{{item: KETTLE}}], tenders: [{{cash: exact}}]}}\n")
    *pairs, sold = played.steps
    assert played.status == 0
    for (line, code), refused, gone in zip(_LINES, pairs[::2], pairs[1::2], strict=True):
        assert (refused["refused"], refused["line"], refused["ok"]) == (code, 2, True), line
        assert refused["text"]
        assert "state" not in refused
        assert gone["refused"] == "BASKET_EMPTY", line
    # Nothing of the refused sales is left: the next one has its own lines only, and the first number.
    assert ([row["item"] for row in sold["lines"]], sold["receipt"]) == (["KETTLE"], "0001-01-0001")
    assert played.only["end"]["journal"]["entries"] == 6


def test_a_tender_that_is_no_amount_takes_nothing_and_the_next_is_tried(tmp_path: Path) -> None:
    amounts = ["12.345", "-5", "1,50", "ten", "", "1e2", "0", "0.00", "9" * 30, "10 USD"]
    tenders = ", ".join(f"{{cash: '{amount}'}}" for amount in amounts)
    played = play_steps(tmp_path, f"- sale: {{lines: [{{item: KETTLE}}], tenders: [{tenders}, {{cash: exact}}]}}")
    (sale,) = played.steps
    *refused, taken = sale["tenders"]
    assert [(tender["state"], tender["code"]) for tender in refused] == [("refused", "AMOUNT_INVALID")] * 10
    assert (taken["tender"], taken["state"], taken["amount"]) == (11, "taken", "32.65")
    assert (sale["state"], sale["paid"], sale["change"]) == ("completed", "32.65", "0.00")


def test_a_sale_of_nothing_completes_without_tenders(tmp_path: Path) -> None:
    played = play_steps(
        tmp_path,
        """
        - sale: {lines: [{item: FREE, qty: 3}]}
        - sale: {lines: [{item: FREE}], tenders: [{cash: exact}]}
        - sale: {lines: [{item: PENNY}], tenders: []}
        - tender: {tenders: [{cash: exact}]}
        - sale: {}
        - sale: {lines: [], tenders: [{cash: "5"}]}
        """,
    )
    free, paid, open_sale, rounded, empty, tendered = played.steps
    assert (free["state"], free["total"], free["tenders"], free["receipt"]) == ("completed", "0.00", [], "0001-01-0001")
    assert (paid["state"], paid["tenders"][0]["code"]) == ("completed", "NOTHING_TO_PAY")
    # A cent rounds to nothing, but somebody has to say so: no tender, no end.
    assert (open_sale["state"], open_sale["due"]) == ("open", "0.01")
    assert (rounded["state"], rounded["rounding"], rounded["paid"]) == ("completed", "-0.01", "0.00")
    assert (empty["refused"], tendered["refused"]) == ("NOTHING_TO_PAY", "NOTHING_TO_PAY")


def test_who_may_sell(tmp_path: Path) -> None:
    played = play_steps(
        tmp_path,
        """
        - sign_on: {operator: "101", pin: "000000"}
        - sale: {lines: [{item: KETTLE}], tenders: [{cash: exact}]}
        - sign_on: {operator: "300", pin: "300300"}
        - sale: {lines: [{item: KETTLE}], tenders: [{cash: exact}]}
        - sign_on: {operator: "101", pin: "471100"}
        - sale: {lines: [{item: KETTLE}], tenders: [{cash: exact}]}
        - sign_on: {operator: "nobody", pin: "x"}
        """,
        before="""
        staff:
          - {id: "101", pin: "471100"}
          - {id: "300", role: trainee, pin: "300300"}
        """,
    )
    wrong, nobody, trainee, may_not, cashier, sold, unknown = played.steps
    assert (wrong["refused"], nobody["refused"]) == ("PIN_WRONG", "NOT_SIGNED_ON")
    assert (trainee["operator"], may_not["refused"]) == ("300", "NOT_PERMITTED")
    assert (cashier["operator"], sold["state"]) == ("101", "completed")
    assert unknown["refused"] == "PIN_WRONG"


def test_five_wrong_pins_lock_for_half_an_hour_of_the_scripts_clock(tmp_path: Path) -> None:
    wrong = '- sign_on: {operator: "101", pin: "000000"}\n'
    right = '- sign_on: {operator: "101", pin: "471100"}\n'
    staff = 'staff: [{id: "101", pin: "471100"}]'
    played = play_steps(tmp_path, f'{wrong * 5}{right}- clock: "+30m"\n{right}', before=staff)
    answers = [step.get("refused") or step.get("operator") for step in played.steps]
    assert answers == ["PIN_WRONG"] * 4 + ["LOCKED_OUT", "LOCKED_OUT", None, "101"]


def test_the_operator_is_the_first_who_may_sell(tmp_path: Path) -> None:
    staff = 'staff: [{id: "9", role: trainee}, {id: "5", name: Eva}, {id: "1"}]'
    played = play_steps(
        tmp_path,
        "- sale: {as: s1, lines: [{item: KETTLE}], tenders: [{cash: exact}]}\n- print: {document: s1.sale_receipt}",
        before=staff,
    )
    assert "Eva" in played.steps[1]["text"]


def test_a_till_of_the_scripts_own(tmp_path: Path) -> None:
    played = play_steps(
        tmp_path,
        """
        - sale: {lines: [{item: KETTLE}]}
        - open_till: {float: a lot}
        - open_till: {float: "12.345"}
        - open_till: {float: "99.95"}
        - open_till: {}
        - sale: {lines: [{item: KETTLE}], tenders: [{cash: "50"}]}
        """,
    )
    closed, words, digits, opened, twice, sold = played.steps
    assert (closed["refused"], closed["line"]) == ("TILL_CLOSED", 1)
    assert (words["refused"], digits["refused"]) == ("AMOUNT_INVALID", "AMOUNT_INVALID")
    assert "“a lot”" in words["text"]
    assert (opened["expected"], opened["business_day"], len(opened["till"])) == ("99.95", "2026-01-02", 32)
    assert (twice["refused"], sold["state"]) == ("TILL_OPEN", "completed")
    assert played.only["end"]["till"]["expected"] == "132.60"


def test_a_line_the_sale_does_not_have(tmp_path: Path) -> None:
    lines = ["0", "3", "-1", "x", "1.5", "99999999999999999999", ""]
    steps = "".join(f"- void_line: {{sale: s1, line: '{line}'}}\n" for line in lines)
    played = play_steps(tmp_path, f"- sale: {{as: s1, lines: [{{item: KETTLE}}, {{item: FREE}}]}}\n{steps}")
    assert [step.get("refused") for step in played.steps] == [None] + ["LINE_UNKNOWN"] * 7


def test_the_last_line_taken_off_ends_the_sale(tmp_path: Path) -> None:
    played = play_steps(
        tmp_path,
        """
        - sale: {as: s1, lines: [{item: KETTLE}]}
        - void_line: {sale: s1, line: 1}
        - sale: {as: s2, lines: [{item: PENNY}]}
        - tender: {sale: s1, tenders: [{cash: exact}]}
        - void_sale: {sale: s1}
        - tender: {as: t1, sale: s2, tenders: [{cash: "1.00"}]}
        - print: {document: t1.sale_receipt}
        """,
    )
    _, _, _, other, also, done, paper = played.steps
    assert (other["refused"], also["refused"]) == ("BASKET_OPEN", "BASKET_OPEN")
    assert done["receipt"] == "0001-01-0001"
    assert "0001-01-0001" in paper["text"]


def test_paper_is_found_by_the_steps_name_or_the_receipts_number(tmp_path: Path) -> None:
    played = play_steps(
        tmp_path,
        """
        - sale: {as: s1, lines: [{item: KETTLE}], tenders: [{cash: exact}]}
        - print: {document: s1.sale_receipt}
        - print: {document: 0001-01-0001.sale_receipt}
        - print: {document: 0001-01-0002.sale_receipt}
        - sale: {as: s2, lines: [{item: KETTLE}]}
        - print: {document: s2.sale_receipt}
        """,
    )
    _, by_name, by_number, unknown, _, still_open = played.steps
    assert by_name["text"] == by_number["text"]
    assert max(len(row) for row in by_name["text"].splitlines()) == 42
    assert (unknown["refused"], still_open["refused"]) == ("RECEIPT_UNKNOWN", "RECEIPT_UNKNOWN")


def test_the_clock_is_the_shops_and_only_its_step_moves_it(tmp_path: Path) -> None:
    played = play_steps(
        tmp_path,
        """
        - clock: "+0s"
        - clock: "+1d2h3m4s"
        - clock: "2026-07-01T10:00:30"
        - clock: "+30s"
        - sale: {as: s1, lines: [{item: KETTLE}], tenders: [{cash: exact}]}
        - print: {document: s1.sale_receipt}
        """,
    )
    moments = [step.get("now") for step in played.steps[:4]]
    assert moments == ["2026-01-02T09:00", "2026-01-03T11:03:04", "2026-07-01T10:00:30", "2026-07-01T10:01"]
    assert "10:01" in played.steps[5]["text"]


def test_a_clock_set_back_is_in_the_journal_and_the_books_hold(tmp_path: Path) -> None:
    played = play_steps(tmp_path, '- clock: "2025-01-01T10:00"\n- sale: {lines: [{item: FREE}]}')
    assert played.status == 0
    assert played.only["end"]["violations"] == []


def test_the_sentences_are_in_the_language_of_the_shop(tmp_path: Path) -> None:
    sentences = {_refusal(tmp_path, language)["text"] for language in ("en", "cs", "sv")}
    assert len(sentences) == 3


def _refusal(folder: Path, language: str) -> dict[str, Any]:
    script = f"lane: 1\nshop: {{currency: USD, language: {language}}}\nsteps: [{{sale: {{}}}}]\n"
    played: Output = play_text(folder, script)
    return played.steps[0]


def test_an_approval_where_nothing_needs_it_is_ignored(tmp_path: Path) -> None:
    played = play_steps(
        tmp_path,
        """
        - {sale: {lines: [{item: FREE}]}, as: s1, approve: {by: "900", badge: KB-1, reason: x, option: y}}
        - sale: {lines: [{item: FREE}], as: s2, expect: {state: completed}, approve: {by: "900", pin: "1"}}
        """,
    )
    assert [(step["as"], step["state"]) for step in played.steps] == [("s1", "completed"), ("s2", "completed")]
