"""Every key a script of returns may use is known, every other is refused with its line, and every field is answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.script.playing import Output, play_files

MANAGER = {"by": "900", "pin": "900155", "reason": "goodwill"}
JUDGED = {"return", "quote_return", "exchange", "quote_exchange"}
AS_STORE_CREDIT = {**MANAGER, "option": "store_credit"}
CARD = "6006490000000000024"
# A script with every key the format has for what comes back.
SCRIPT: dict[str, Any] = {
    "lane": "1",
    "shop": {"currency": "USD", "timezone": "America/New_York", "region": "US-TX", "tax_rates": {"standard": "10"}},
    "items": [
        {"id": "KETTLE", "name": "Kettle", "price": "30.00", "tax": "standard", "category": "home", "family": "pots"},
        {"id": "RED", "name": "Red kettle", "price": "30.00", "tax": "standard", "family": "pots"},
        {"id": "MUG", "name": "Mug", "price": "10.00", "tax": "standard"},
        {"id": "PHONE", "name": "Phone", "price": "300.00", "tax": "standard", "serial": "true"},
        {"id": "OLD", "name": "Old thing", "price": "10.00", "tax": "standard"},
    ],
    "staff": [
        {"id": "101", "name": "Cashier", "role": "cashier", "pin": "471100"},
        {"id": "900", "name": "Manager", "role": "manager", "pin": "900155"},
    ],
    "customers": [{"id": "C1", "name": "Ann", "tier": "plus"}],
    "gift_cards": [{"number": CARD, "balance": "5.00"}],
    "cards": [{"id": "visa-1", "house": "false", "state": "open"}],
    "return_policy": {
        "policy": "1",
        "posted_since": "2020-01-01",
        "rules": [
            {"id": "R1", "window": {"days": "30", "after": {"answer": "manager"}}},
            {"id": "R2", "no_receipt": {}, "for": {"category": "home"}},
            {"id": "R3", "approval": {}, "for": {"item": "OLD"}},
        ],
    },
    "history": [
        {
            "receipt": "OLD-1",
            "at": "2026-02-20T10:00",
            "region": "US-TX",
            "channel": "shop",
            "delivered": "2026-02-21",
            "customer": "C1",
            "tier": "plus",
            "operator": "102",
            "workstation": "1",
            "rounding": "0.00",
            "change": "8.00",
            "points": {"earned": "3", "spent": "0"},
            "rewards": {"earned": "0.00", "spent": "0.00"},
            "lines": [
                {
                    "line": "1",
                    "item": "KETTLE",
                    "qty": "4",
                    "unit_price": "32.00",
                    "discount": "8.00",
                    "taxes": [{"rate": "10", "amount": "12.00"}],
                    "promotions": [{"id": "SALE", "amount": "8.00"}],
                    "final_sale": "false",
                    "flags": ["blue"],
                    "facts": {"worn": "no"},
                    "exchanged": "0",
                },
                {
                    "line": "2",
                    "item": "PHONE",
                    "unit_price": "300.00",
                    "tax_rate": "10",
                    "tax": "30.00",
                    "serials": ["A1"],
                },
                {"line": "3", "item": "OLD", "qty": "2", "unit_price": "10.00", "tax_rate": "10", "tax": "2.00"},
            ],
            "tenders": [
                {"kind": "credit", "amount": "99.00", "card": "visa-1", "state": "declined"},
                {
                    "kind": "debit",
                    "amount": "400.00",
                    "requested": "500.00",
                    "cash_back": "20.00",
                    "card": "maestro-1",
                    "settled": "true",
                    "pin": "true",
                },
                {"kind": "gift_card", "amount": "10.00", "number": CARD},
                {"kind": "cash", "amount": "102.00"},
            ],
        },
        {
            "return": "OLD-2",
            "of": "OLD-1",
            "at": "2026-02-22T10:00",
            "operator": "102",
            "rounding": "0.00",
            "lines": [{"line": "2", "qty": "1", "serial": "A1"}],
            "tenders": [{"kind": "debit", "amount": "330.00", "of": "2"}],
        },
        {
            "return": "OLD-3",
            "at": "2026-02-22T10:00",
            "customer": "C1",
            "id_document": {"kind": "passport", "number": "77"},
            "lines": [{"item": "MUG", "qty": "1"}],
            "tenders": [{"kind": "cash", "amount": "11.00"}],
        },
        {
            "exchange": "OLD-4",
            "of": "OLD-1",
            "at": "2026-02-23T10:00",
            "lines": [{"line": "1", "qty": "1"}],
            "new_lines": [
                {
                    "line": "1",
                    "for": "1",
                    "item": "RED",
                    "qty": "1",
                    "unit_price": "32.00",
                    "discount": "2.00",
                    "tax_rate": "10",
                    "tax": "3.00",
                }
            ],
            "tenders": [],
        },
    ],
    "clock": "2026-03-02T10:00",
    "operator": "101",
    "steps": [
        {
            "quote_return": {
                "as": "q1",
                "receipt": "OLD-1",
                "proof": "receipt",
                "id_document": {"kind": "passport", "number": "77"},
                "customer": "C1",
                "lines": [
                    {
                        "line": "1",
                        "item": "KETTLE",
                        "qty": "1",
                        "condition": "opened",
                        "reason": "changed_mind",
                        "missing": ["box"],
                        "code_missing": "true",
                        "disposition": "damaged",
                        "facts": {"worn": "no"},
                    }
                ],
                "facts": {"rebate_receipt": "false"},
                "refund_to": [{"of": "2", "amount": "10.00", "to": "original"}],
                "whole": "true",
            }
        },
        {"quote_return": {"receipt": "OLD-1", "lines": [{"line": "1"}], "refund_to": "gift_card", "number": CARD}},
        {"quote_return": {"receipt": "OLD-1", "amount": "1.00", "reason": "goodwill"}},
        {"quote_return": {"lines": [{"item": "KETTLE"}], "id_document": {"kind": "passport", "number": "78"}}},
        {"return": {"as": "r1", "receipt": "OLD-1", "lines": [{"line": "3"}]}},
        {"approve": {"as": "a1", "request": "r1", **MANAGER}},
        {"return": {"as": "r2", "again": "r1", "approvals": ["a1"]}},
        {"print": {"document": "r2.return_receipt"}},
        {"return": {"as": "r3", "receipt": "OLD-1", "lines": [{"line": "3"}]}},
        {"decline": {"request": "r3", **MANAGER}},
        {"return": {"as": "r4", "receipt": "OLD-1", "lines": [{"line": "3"}], "approve": AS_STORE_CREDIT}},
        {"quote_exchange": {"receipt": "OLD-1", "lines": [{"line": "1"}], "new_lines": [{"item": "MUG"}]}},
        {
            "exchange": {
                "as": "e1",
                "receipt": "OLD-4",
                "lines": [{"line": "1", "condition": "unopened"}],
                "new_lines": [{"item": "MUG", "qty": "4"}],
                "tenders": [{"cash": "20.00"}],
            }
        },
        {"print": {"document": "e1.exchange_receipt"}},
        {"quote_return": {"card": "maestro-1", "lines": [{"line": "1"}]}},
    ],
}  # fmt: skip
REASON = "code line effect overridable rule value limit remaining from text customer_text remedy"
LINE = "line qty decision reasons merchandise tax fee disposition"
OF_RETURN = "decision reasons lines merchandise tax fee fee_tax deductions rounding refund tenders approvals_needed"
# What is free to be called anything: answers, tax names.
FREE = {"facts", "tax_rates"}


def play(folder: Path, script: dict[str, Any]) -> Output:
    file = folder / "script.yaml"
    file.write_text(json.dumps(script), "utf-8")
    return play_files(file)


def maps(part: object, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each map of the script stands."""
    if isinstance(part, dict):
        yield at
        for key, value in part.items():
            if key not in FREE:
                yield from maps(value, (*at, key))
    elif isinstance(part, list):
        for place, value in enumerate(part):
            yield from maps(value, (*at, place))


PLACES = [at for at in maps(SCRIPT) if at and at[0] in {"history", "steps", "return_policy", "cards"} and len(at) > 1]


def at_place(script: dict[str, Any], at: tuple[Any, ...]) -> dict[str, Any]:
    part: Any = script
    for key in at:
        part = part[key]
    found: dict[str, Any] = part
    return found


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    output = play(tmp_path_factory.mktemp("fields"), SCRIPT)
    assert output.status == 0, output.out + output.err
    return output.steps


def test_every_key_is_known_and_no_step_is_refused(played: list[dict[str, Any]]) -> None:
    assert [step["step"] for step in played if step.get("refused")] == []


@pytest.mark.parametrize("at", PLACES, ids=lambda at: ".".join(map(str, at)))
def test_a_key_nobody_knows_is_refused_and_nothing_is_played(tmp_path: Path, at: tuple[Any, ...]) -> None:
    script = deepcopy(SCRIPT)
    at_place(script, at)["colour"] = "blue"
    output = play(tmp_path, script)

    assert output.status == 2
    line, text = output.error
    assert line is not None
    assert "colour" in text


@pytest.mark.parametrize("step", range(len(SCRIPT["steps"])))
def test_a_field_no_step_answers_cannot_be_expected(tmp_path: Path, step: int) -> None:
    script = deepcopy(SCRIPT)
    script["steps"][step]["expect"] = {"refnud": "1.00"}
    assert play(tmp_path, script).status == 2


@pytest.mark.parametrize("step", [place for place, one in enumerate(SCRIPT["steps"], 1) if JUDGED & set(one)])
def test_a_return_answers_every_field(played: list[dict[str, Any]], step: int) -> None:
    result = played[step - 1]
    assert set(OF_RETURN.split()) <= set(result)
    for line in result["lines"]:
        assert set(LINE.split()) <= set(line)
    for reason in [*result["reasons"], *(one for line in result["lines"] for one in line["reasons"])]:
        assert set(REASON.split()) <= set(reason)
    for tender in result["tenders"]:
        assert {"kind", "amount", "state"} <= set(tender)


def test_what_a_yes_would_bring_what_is_left_and_what_was_printed(played: list[dict[str, Any]]) -> None:
    waits, approved, done = played[4], played[5], played[6]
    assert waits["if_approved"]["refund"] == "11.00"
    assert set(OF_RETURN.split()) - {"decision", "reasons", "approvals_needed"} <= set(waits["if_approved"])
    (needed,) = waits["approvals_needed"]
    assert set(needed) >= {"code", "line", "role", "value", "limit", "options"}
    assert {one["option"] for one in needed["options"]} >= {"as_asked", "store_credit"}
    assert set(approved) >= {"approval", "expires"}
    assert done["receipt"] == "0001-01-R0001"
    assert done["documents"] == ["return_receipt", "exception_form"]
    assert [line["line"] for line in done["remaining"]["lines"]] == [1, 2, 3]
    assert [one["tender"] for one in done["remaining"]["tenders"]] == [1, 2, 3, 4]
    assert all(set(one) == {"tender", "amount"} for one in done["remaining"]["tenders"])
    assert "0001-01-R0001" in played[7]["text"]
    assert played[9]["request"] == "r3"
    assert played[10]["tenders"][0]["kind"] == "store_credit"


def test_an_exchange_answers_both_halves(played: list[dict[str, Any]]) -> None:
    quoted, done = played[11], played[12]
    assert (quoted["returned_value"], quoted["new_value"], quoted["net_due"]) == ("33.00", "11.00", "-22.00")
    assert (done["returned_value"], done["new_value"], done["net_due"], done["change"]) == (
        "33.00",
        "44.00",
        "11.00",
        "9.00",
    )
    assert [line["item"] for line in done["new_lines"]] == ["MUG"]
    assert done["receipt"] == "0001-01-0001"
